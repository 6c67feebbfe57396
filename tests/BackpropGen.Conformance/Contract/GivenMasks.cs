using System.Numerics;
using System.Runtime.CompilerServices;

namespace BackpropGen.Conformance;

/// <summary>
/// Masks of dropout that are not random: a class under test that has a nested class <c>DropoutMasks</c> finds it before that of the
/// library, and takes its masks from here.
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
    /// <param name="number">How many masks were drawn before.</param>
    public static void Fill<T>(ref T mask, nint rows, int columns, int stride, ulong number)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] given = masks![(int)(number % (ulong)masks.Count)];
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
