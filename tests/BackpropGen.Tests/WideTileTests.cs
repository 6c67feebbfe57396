using System.Reflection;
using System.Runtime.InteropServices;

namespace BackpropGen.Tests;

/// <summary>
/// A kernel has two ways to compute its largest blocks, and the processor decides which runs: the bits must not depend on it. On a machine
/// without 512-bit vectors, .NET composes them, so both can be called anywhere.
/// </summary>
public sealed class WideTileTests
{
    private delegate void ThreeMatrices<T>(ref T a, ref T b, ref T c);

    private delegate void FourMatrices<T>(ref T a, ref T b, ref T c, ref T d);

    private delegate void FiveMatrices<T>(ref T a, ref T b, ref T c, ref T d, ref T e);

    private delegate void OuterProduct<T>(ref T left, ref T delta, ref T result, nint batch, bool accumulate);

    public static TheoryData<Type> SingleNetworks => new() { typeof(DigitsSingle), typeof(WideningSingle), typeof(NarrowingSingle) };

    public static TheoryData<Type> DoubleNetworks => new() { typeof(Digits), typeof(Widening), typeof(Narrowing) };

    [Theory]
    [MemberData(nameof(SingleNetworks))]
    public void WideTile_GivesTheSameBits(Type network) => Check(network, random => random.NextSingle() - 0.5f);

    [Theory]
    [MemberData(nameof(DoubleNetworks))]
    public void WideTile_GivesTheSameBitsInDouble(Type network) => Check(network, random => random.NextDouble() - 0.5);

    private static void Check<T>(Type network, Func<Random, T> next)
        where T : unmanaged
    {
        const BindingFlags Private = BindingFlags.NonPublic | BindingFlags.Static;
        List<MethodInfo> wide = network.GetMethods(Private).Where(method => method.Name.EndsWith("Wide", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(wide);
        foreach (MethodInfo method in wide)
        {
            MethodInfo narrow = network.GetMethod(method.Name[..^"Wide".Length], Private)!;
            foreach (bool accumulate in new[] { false, true })
            {
                T[] expected = Call(narrow, accumulate, next);
                T[] actual = Call(method, accumulate, next);
                Assert.True(MemoryMarshal.AsBytes<T>(expected).SequenceEqual(MemoryMarshal.AsBytes<T>(actual)), method.Name);
            }
        }
    }

    /// <summary>What all matrices hold after a call that began with the same numbers every time.</summary>
    private static T[] Call<T>(MethodInfo method, bool accumulate, Func<Random, T> next)
        where T : unmanaged
    {
        // Longer than the 6 rows of 784 inputs and than 19 rows of any width that a block walks over.
        const int Length = 19 * 1024;
        var random = new Random(5);
        T[][] m = Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, Length).Select(_ => next(random)).ToArray()).ToArray();
        switch (method.GetParameters().Length)
        {
            case 3:
                method.CreateDelegate<ThreeMatrices<T>>()(ref m[0][0], ref m[1][0], ref m[2][0]);
                break;
            case 4:
                method.CreateDelegate<FourMatrices<T>>()(ref m[0][0], ref m[1][0], ref m[2][0], ref m[3][0]);
                break;
            case 5 when method.GetParameters()[3].ParameterType == typeof(nint):
                method.CreateDelegate<OuterProduct<T>>()(ref m[0][0], ref m[1][0], ref m[2][0], 19, accumulate);
                break;
            default:
                method.CreateDelegate<FiveMatrices<T>>()(ref m[0][0], ref m[1][0], ref m[2][0], ref m[3][0], ref m[4][0]);
                break;
        }

        return m.SelectMany(matrix => matrix).ToArray();
    }
}
