using System.Numerics;
using System.Runtime.CompilerServices;

namespace BackpropGen.Conformance;

/// <summary>
/// Masks of dropout that are not random: the emitted code under test calls this in the place of <c>DropoutMasks</c>.
/// </summary>
public static class GivenMasks
{
    [ThreadStatic]
    private static IReadOnlyList<double[]>? masks;

    /// <summary>The masks of the dropout layers in order, each [N × columns], for the networks that this thread runs from now on.</summary>
    internal static void Use(IReadOnlyList<double[]> given) => masks = given;

    /// <summary>Fills a mask. Rows beyond the given ones start again with the first.</summary>
    /// <param name="mask">Its first element.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="stride">The length of a row.</param>
    /// <param name="rate">What the given masks were drawn with.</param>
    /// <param name="start">Of no use here.</param>
    /// <param name="number">How many masks were drawn before.</param>
    public static void Fill<T>(ref T mask, nint rows, int columns, int stride, double rate, long start, long number)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] given = masks![(int)(number % masks.Count)];
        for (nint n = 0; n < rows; n++)
        {
            for (int j = 0; j < stride; j++)
            {
                double value = j < columns ? given[(int)(((n * columns) + j) % given.Length)] : 0;
                Unsafe.Add(ref mask, (n * stride) + j) = T.CreateTruncating(value);
            }
        }
    }
}
