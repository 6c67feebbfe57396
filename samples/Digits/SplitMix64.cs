namespace Digits;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, 2014): small random numbers that are the same on every platform and in every version of .NET.
/// </summary>
/// <param name="seed">Any number; neighbouring seeds give unrelated sequences.</param>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong bits = _state += 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>A whole number from 0 to <paramref name="bound"/> − 1.</summary>
    public int NextInt(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number from [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public float Uniform(float low, float high) => low + ((high - low) * ((Next() >> 40) * (1f / (1 << 24))));

    /// <summary>A normal number with mean 0 (Box and Muller, 1958).</summary>
    public float Normal(float deviation)
    {
        float radius = MathF.Sqrt(-2 * MathF.Log(1 - Uniform(0, 1)));
        return deviation * radius * MathF.Cos(Uniform(0, MathF.Tau));
    }
}
