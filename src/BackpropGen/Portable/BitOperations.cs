namespace System.Numerics;

/// <summary>Operations on bits that newer .NET has.</summary>
internal static class BitOperations
{
    public static ulong RotateLeft(ulong value, int offset) => (value << offset) | (value >> (64 - offset));
}
