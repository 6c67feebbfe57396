using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <summary>The random masks of dropout. Called by emitted code; not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropoutMasks
{
    /// <summary>Fills a mask: 0 with the probability <paramref name="rate"/>, otherwise 1/(1 − rate); the padding is 0.</summary>
    /// <remarks>
    /// The numbers are those of SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014) from a start that
    /// mixes seed and mask. Each 64 bits give two values, so the probability is exact to 2⁻³².
    /// </remarks>
    /// <param name="mask">The first element of the first row.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="stride">The length of a row.</param>
    /// <param name="rate">The probability of 0.</param>
    /// <param name="start">Where the random numbers start, see <see cref="Start"/>.</param>
    /// <param name="number">How many masks were drawn before from this start.</param>
    /// <typeparam name="T">The element type.</typeparam>
    public static void Fill<T>(ref T mask, nint rows, int columns, int stride, double rate, long start, long number)
        where T : unmanaged
    {
        T kept = Real.From<T>(1 / (1 - rate));
        ulong threshold = (ulong)(rate * 4294967296.0);
        ulong state = Mix((ulong)start) + Mix(~(ulong)number);
        for (nint n = 0; n < rows; n++)
        {
            ref T row = ref Unsafe.Add(ref mask, n * stride);
            int j = 0;
            for (; j + 1 < columns; j += 2)
            {
                ulong bits = Next(ref state);
                Unsafe.Add(ref row, j) = (uint)bits < threshold ? default : kept;
                Unsafe.Add(ref row, j + 1) = (bits >> 32) < threshold ? default : kept;
            }

            if (j < columns)
            {
                Unsafe.Add(ref row, j) = (uint)Next(ref state) < threshold ? default : kept;
                j++;
            }

            for (; j < stride; j++)
            {
                Unsafe.Add(ref row, j) = default;
            }
        }
    }

    /// <summary>Where the random numbers of a seed start: 53 bits, which a double holds, too, so that checkpoints can keep them as a number.</summary>
    /// <param name="seed">The seed of the network.</param>
    /// <returns>0 or more, below 2⁵³.</returns>
    public static long Start(ulong seed) => (long)(Mix(seed) >> 11);

    private static ulong Next(ref ulong state) => Mix(state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
