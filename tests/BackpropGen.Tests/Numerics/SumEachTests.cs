using System.Numerics;
using BackpropGen.Numerics;

namespace BackpropGen.Tests.Numerics;

/// <summary>Sums across lanes, of integers that float and double hold exactly: any order gives the same.</summary>
public sealed class SumEachTests
{
    private static readonly Vector256<float>[] Singles =
        [.. Enumerable.Range(0, 8).Select(i => Vector256.Create([.. Enumerable.Range(0, 8).Select(lane => (float)((i + 1) * (100 + (lane * lane)))).ToArray()]))];

    private static readonly Vector256<double>[] Doubles =
        [.. Enumerable.Range(0, 4).Select(i => Vector256.Create([.. Enumerable.Range(0, 4).Select(lane => (double)((i + 1) * (100 + (lane * lane)))).ToArray()]))];

    [Fact]
    public void EachLaneIsTheSumOfItsArgument()
    {
        Vector256<float>[] v = Singles;
        Check(Simd.SumEach(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]), v, 8);
        Check(Simd.SumEach(v[0], v[1], v[2], v[3]), v, 4);
        Check(Simd.SumEach(v[0], v[1], v[2]), v, 3);
        Check(Simd.SumEach(v[0], v[1]), v, 2);
        Check(Simd.SumEach(v[0]), v, 1);

        Vector256<double>[] d = Doubles;
        Check(Simd.SumEach(d[0], d[1], d[2], d[3]), d, 4);
        Check(Simd.SumEach(d[0], d[1]), d, 2);
        Check(Simd.SumEach(d[0]), d, 1);
    }

    [Fact]
    public void SumOfOneVectorHasTheBitsOfTheSumsOfSeveral()
    {
        var random = new Random(3);
        for (int i = 0; i < 1_000; i++)
        {
            Vector256<float> v = Vector256.Create([.. Enumerable.Range(0, 8).Select(_ => random.NextSingle() - 0.5f).ToArray()]);
            Assert.Equal(Simd.SumEach(v, v, v, v)[0], Simd.SumEach(v)[0]);
            Vector256<double> d = Vector256.Create([.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() - 0.5).ToArray()]);
            Assert.Equal(Simd.SumEach(d, d, d, d)[0], Simd.SumEach(d)[0]);
        }
    }

    [Fact]
    public void MaxAcrossIsTheLargestLaneWhereverItStands()
    {
        for (int lane = 0; lane < 8; lane++)
        {
            Assert.Equal(3, Simd.MaxAcross(Vector256.Create(-5f).WithElement(lane, 3)));
            Assert.Equal(3, Simd.MaxAcross(Vector256.Create(-5d).WithElement(lane / 2, 3)));
        }
    }

    private static void Check<T>(Vector256<T> actual, Vector256<T>[] arguments, int count)
        where T : unmanaged, INumber<T>
    {
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
        {
            T sum = T.Zero;
            for (int i = 0; lane < count && i < Vector256<T>.Count; i++)
            {
                sum += arguments[lane].GetElement(i);
            }

            Assert.Equal(sum, actual.GetElement(lane));
        }
    }
}
