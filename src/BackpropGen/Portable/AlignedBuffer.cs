using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <summary>
/// A zeroed buffer. At least 64 readable bytes follow the last element, so a vector may be loaded from any element without leaving the
/// memory of the buffer.
/// </summary>
/// <remarks>An ordinary array: here nothing can be pinned for good, so that a start on a cache line would not last.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Spare = 64;

    private readonly T[] _storage;

    /// <summary>Allocates <paramref name="length"/> zeros.</summary>
    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _storage = new T[checked(length + (Spare / Unsafe.SizeOf<T>()))];
        Length = length;
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>All elements.</summary>
    public Span<T> Span => new(_storage, 0, Length);

    /// <summary>The first element (or, in an empty buffer, where it would be).</summary>
    public ref T Origin
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _storage[0];
    }
}
