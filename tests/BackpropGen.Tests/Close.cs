using System.Numerics;

namespace BackpropGen.Tests;

/// <summary>Comparisons of numbers that were computed in two ways.</summary>
internal static class Close
{
    /// <summary>Demands |actual − expected| ≤ absolute + relative · |expected| of every element, naming the first that fails.</summary>
    public static void All<T, TExpected>(
        ReadOnlySpan<TExpected> expected, ReadOnlySpan<T> actual, double relative, double absolute, string what)
        where T : INumber<T>
        where TExpected : INumber<TExpected>
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            One(double.CreateChecked(expected[i]), double.CreateChecked(actual[i]), relative, absolute, $"{what}[{i}]");
        }
    }

    public static void One(double expected, double actual, double relative, double absolute, string what)
    {
        // Written so that NaN fails.
        if (!(Math.Abs(actual - expected) <= absolute + (relative * Math.Abs(expected))))
        {
            Assert.Fail($"{what}: {expected:R} expected, {actual:R} found.");
        }
    }

    /// <summary>Demands the same bits.</summary>
    public static void Bitwise<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged =>
        Assert.True(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(expected).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(actual)),
            "The bits differ.");
}
