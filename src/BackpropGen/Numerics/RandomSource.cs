using System.Numerics;

namespace BackpropGen.Numerics;

/// <summary>
/// A stream of random numbers that is the same for the same seed on every machine and in every version:
/// xoshiro256** (Blackman and Vigna, 2018), its state filled by SplitMix64.
/// </summary>
/// <remarks>A mutable struct: pass it by reference, or copies repeat the same numbers.</remarks>
public struct RandomSource
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>The second normal of the last pair, while <see cref="_hasSpareNormal"/>.</summary>
    private double _spareNormal;
    private bool _hasSpareNormal;

    /// <summary>Starts stream number <paramref name="stream"/> of <paramref name="seed"/>; streams of one seed are unrelated.</summary>
    public RandomSource(ulong seed, int stream = 0)
    {
        // Mixing the seed before the stream is added keeps (seed, stream + 1) apart from (seed + 1, stream).
        ulong state = seed;
        state = SplitMix64(ref state) + (uint)stream;
        _s0 = SplitMix64(ref state);
        _s1 = SplitMix64(ref state);
        _s2 = SplitMix64(ref state);
        _s3 = SplitMix64(ref state);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>The next number uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next standard normal number, by Marsaglia's polar method (1964).</summary>
    public double NextNormal()
    {
        if (_hasSpareNormal)
        {
            _hasSpareNormal = false;
            return _spareNormal;
        }

        double u;
        double v;
        double square;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            square = (u * u) + (v * v);
        }
        while (square >= 1 || square == 0);

        double radius = Math.Sqrt(-2 * Math.Log(square) / square);
        _spareNormal = v * radius;
        _hasSpareNormal = true;
        return u * radius;
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
