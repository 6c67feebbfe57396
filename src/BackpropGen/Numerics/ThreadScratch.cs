using System.ComponentModel;

namespace BackpropGen.Numerics;

/// <summary>
/// One scratch buffer per thread, so that many threads can predict with one network at once and allocate nothing once warm.
/// </summary>
/// <remarks>
/// The buffer belongs to the caller until the next <see cref="Rent"/> on the same thread. Nothing may be called in
/// between that rents as well, and the contents are whatever the last user left.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ThreadScratch<T>
    where T : unmanaged
{
    [ThreadStatic]
    private static AlignedBuffer<T>? Buffer;

    /// <summary>Returns this thread's buffer, grown to <paramref name="length"/> elements or more; the contents are arbitrary.</summary>
    public static AlignedBuffer<T> Rent(int length)
    {
        AlignedBuffer<T>? buffer = Buffer;
        return buffer is not null && buffer.Length >= length ? buffer : Grow(length);
    }

    private static AlignedBuffer<T> Grow(int length)
    {
        var buffer = new AlignedBuffer<T>(length);
        Buffer = buffer;
        return buffer;
    }
}
