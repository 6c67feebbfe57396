using System.Runtime.CompilerServices;
using BackpropGen.Numerics;

namespace BackpropGen.Tests.Numerics;

/// <summary>Where buffers start.</summary>
public class AlignmentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(100_000)]
    public void BuffersStartOnCacheLines(int length)
    {
        AssertAligned<float>(length);
        AssertAligned<double>(length);
        AssertAligned<byte>(length);
        AssertAligned<decimal>(length);
    }

    private static void AssertAligned<T>(int length)
        where T : unmanaged =>
        Assert.Equal(0, Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref new AlignedBuffer<T>(length).Origin) % 64);
}
