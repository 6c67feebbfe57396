using BackpropGen.Numerics;

namespace BackpropGen;

/// <summary>Orders of rows that are drawn at random, the same for the same seed for ever.</summary>
internal static class RowOrder
{
    /// <summary>Keeps these numbers apart from those of the weights of a network with the same seed ("shuffle" in ASCII).</summary>
    private const ulong Salt = 0x73_68_75_66_66_6C_65;

    /// <summary>Fills with 0, 1, 2, …</summary>
    public static void Ascending(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
    }

    /// <summary>
    /// Brings the entries into a random order, all orders being equally likely (Fisher and Yates). It depends on nothing but its arguments,
    /// so that the order of any epoch can be had again without those before it.
    /// </summary>
    /// <param name="order">What to bring into another order.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="stream">Selects one of the unrelated orders of a seed: the number of the epoch.</param>
    public static void Shuffle(Span<int> order, ulong seed, int stream)
    {
        var random = new RandomSource(seed ^ Salt, stream);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = Next(ref random, i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>Uniform in 0 … bound − 1: the high half of a product, drawn again where it would favour some numbers (Lemire, 2019).</summary>
    private static int Next(ref RandomSource random, int bound)
    {
        ulong unfair = (0 - (ulong)bound) % (ulong)bound;
        while (true)
        {
            ulong high = Math.BigMul(random.NextUInt64(), (ulong)bound, out ulong low);
            if (low >= unfair)
            {
                return (int)high;
            }
        }
    }
}
