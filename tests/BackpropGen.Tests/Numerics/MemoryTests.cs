using System.Runtime.CompilerServices;
using BackpropGen.Numerics;

namespace BackpropGen.Tests.Numerics;

/// <summary>Buffers, scratch memory and the vector vocabulary.</summary>
public class MemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(100_000)]
    public void BuffersAreZeroedAndReadableBeyondTheirEnd(int length)
    {
        AssertBuffer<float>(length);
        AssertBuffer<double>(length);
        AssertBuffer<byte>(length);
        AssertBuffer<decimal>(length);
    }

    [Fact]
    public void ANegativeLengthIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedBuffer<float>(-1));

    [Fact]
    public void ScratchGrowsAndIsKept()
    {
        AlignedBuffer<float> small = ThreadScratch<float>.Rent(10);
        Assert.True(small.Length >= 10);
        AlignedBuffer<float> large = ThreadScratch<float>.Rent(small.Length + 1);
        Assert.NotSame(small, large);
        Assert.Same(large, ThreadScratch<float>.Rent(10));

        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = ThreadScratch<float>.Rent(large.Length);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void EveryThreadHasScratchOfItsOwn()
    {
        AlignedBuffer<double> mine = ThreadScratch<double>.Rent(8);
        AlignedBuffer<double>? other = null;
        var thread = new Thread(() => other = ThreadScratch<double>.Rent(8));
        thread.Start();
        thread.Join();
        Assert.NotNull(other);
        Assert.NotSame(mine, other);
    }

    [Fact]
    public void LoadsAndStoresAreAtElementOffsets()
    {
        float[] values = [.. Enumerable.Range(0, 20).Select(i => (float)i)];
        Assert.Equal(Vector256.Create(3f, 4, 5, 6, 7, 8, 9, 10), Simd.Load(ref values[0], 3));
        Assert.Equal(Vector256.Create(2f, 3, 4, 5, 6, 7, 8, 9), Simd.Load(ref values[3], -1));
        Assert.Equal(Vector256.Create(5f), Simd.Broadcast(ref values[0], 5));
        Assert.Equal(Vector256.Create(18f, 19, 0, 0, 0, 0, 0, 0), Simd.LoadFirst(ref values[0], 18, 2));
        for (int count = 0; count <= 8; count++)
        {
            Assert.Equal([.. values[12..(12 + count)], .. new float[8 - count]], Lanes(Simd.LoadFirst(ref values[0], 12, count)));
        }

        for (int lane = 0; lane < 8; lane++)
        {
            Assert.Equal(Vector256.Create(3f + lane), Simd.Broadcast(Simd.Load(ref values[0], 3), lane));
        }

        Simd.Store(Vector256.Create(-1f), ref values[0], 12);
        Assert.Equal([11f, -1, -1, -1, -1, -1, -1, -1, -1], values[11..]);

        double[] wide = [.. Enumerable.Range(0, 9).Select(i => (double)i)];
        Assert.Equal(Vector256.Create(3.0, 4, 5, 6), Simd.Load(ref wide[0], 3));
        Assert.Equal(Vector256.Create(5.0), Simd.Broadcast(ref wide[0], 5));
        Assert.Equal(Vector256.Create(7.0, 8, 0, 0), Simd.LoadFirst(ref wide[0], 7, 2));
        for (int count = 0; count <= 4; count++)
        {
            Assert.Equal([.. wide[5..(5 + count)], .. new double[4 - count]], Lanes(Simd.LoadFirst(ref wide[0], 5, count)));
        }

        for (int lane = 0; lane < 4; lane++)
        {
            Assert.Equal(Vector256.Create(3.0 + lane), Simd.Broadcast(Simd.Load(ref wide[0], 3), lane));
        }

        Simd.Store(Vector256.Create(-1.0), ref wide[0], 5);
        Assert.Equal([4.0, -1, -1, -1, -1], wide[4..]);
    }

    [Fact]
    public void ReductionsFollowTheirStatedOrder()
    {
        // Powers of two so far apart that another order of the additions would give another sum.
        var single = Vector256.Create(1e8f, 1f, -1e8f, 3f, 1f, 1e8f, 2f, -1e8f);
        float expected = (single[0] + single[4] + (single[2] + single[6])) + (single[1] + single[5] + (single[3] + single[7]));
        Assert.Equal(expected, Simd.Sum(single));
        Assert.Equal(1e8f, Simd.MaxAcross(single));
        Assert.Equal(-2f, Simd.MaxAcross(Vector256.Create(-9f, -8, -7, -6, -5, -4, -3, -2)));

        var wide = Vector256.Create(1e16, 1, -1e16, 3);
        Assert.Equal((wide[0] + wide[2]) + (wide[1] + wide[3]), Simd.Sum(wide));
        Assert.Equal(1e16, Simd.MaxAcross(wide));
        for (int lane = 0; lane < 8; lane++)
        {
            Assert.Equal(7f, Simd.MaxAcross(Vector256<float>.Zero.WithElement(lane, 7f)));
        }
    }

    [Fact]
    public void MasksCoverTheFirstLanes()
    {
        for (int count = 0; count <= 8; count++)
        {
            Vector256<float> mask = Simd.FirstLanesSingle(count);
            Assert.Equal((1u << count) - 1, mask.ExtractMostSignificantBits());
            Assert.Equal((float)count, Simd.Sum(mask & Vector256<float>.One));
        }

        for (int count = 0; count <= 4; count++)
        {
            Vector256<double> mask = Simd.FirstLanesDouble(count);
            Assert.Equal((1u << count) - 1, mask.ExtractMostSignificantBits());
            Assert.Equal(count, Simd.Sum(mask & Vector256<double>.One));
        }
    }

    [Fact]
    public void ProductsAreAddedAndSubtracted()
    {
        Assert.Equal(Vector256.Create(17f), Simd.MultiplyAdd(Vector256.Create(3f), Vector256.Create(4f), Vector256.Create(5f)));
        Assert.Equal(Vector256.Create(-7f), Simd.NegateMultiplyAdd(Vector256.Create(3f), Vector256.Create(4f), Vector256.Create(5f)));
        Assert.Equal(Vector256.Create(17.0), Simd.MultiplyAdd(Vector256.Create(3.0), Vector256.Create(4.0), Vector256.Create(5.0)));
        Assert.Equal(Vector256.Create(-7.0), Simd.NegateMultiplyAdd(Vector256.Create(3.0), Vector256.Create(4.0), Vector256.Create(5.0)));
    }

    private static void AssertBuffer<T>(int length)
        where T : unmanaged
    {
        var buffer = new AlignedBuffer<T>(length);
        Assert.Equal(length, buffer.Length);
        Assert.Equal(length, buffer.Span.Length);
        Assert.True(buffer.Span.SequenceEqual(new T[length]));
        Assert.True(length == 0 || Unsafe.AreSame(ref buffer.Origin, ref buffer.Span[0]));

        // 64 bytes after the end are this buffer's own: still zero after all of the buffer has been written.
        ref byte end = ref Unsafe.As<T, byte>(ref Unsafe.Add(ref buffer.Origin, length));
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(buffer.Span).Fill(0xFF);
        for (int i = 0; i < 64; i++)
        {
            Assert.Equal(0, Unsafe.Add(ref end, i));
        }
    }

    private static T[] Lanes<T>(Vector256<T> vector)
        where T : unmanaged
    {
        var lanes = new T[Vector256<T>.Count];
        vector.CopyTo(lanes);
        return lanes;
    }
}
