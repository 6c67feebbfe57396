using System.Buffers;
using System.Buffers.Binary;

namespace BackpropGen;

/// <summary>What newer .NET has for files, under its own names.</summary>
internal static class FilePolyfills
{
    public static void Write(this Stream stream, ReadOnlySpan<byte> bytes)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(copy);
        stream.Write(copy, 0, bytes.Length);
        ArrayPool<byte>.Shared.Return(copy);
    }

    public static int ReadAtLeast(this Stream stream, Span<byte> buffer, int minimumBytes, bool throwOnEndOfStream)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length, 1 << 16));
        int total = 0;
        while (total < minimumBytes)
        {
            int read = stream.Read(chunk, 0, Math.Min(chunk.Length, buffer.Length - total));
            if (read == 0)
            {
                break;
            }

            chunk.AsSpan(0, read).CopyTo(buffer[total..]);
            total += read;
        }

        ArrayPool<byte>.Shared.Return(chunk);
        return total < minimumBytes && throwOnEndOfStream ? throw new EndOfStreamException() : total;
    }

    public static bool TryAdd<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key, TValue value)
    {
        bool isNew = !dictionary.ContainsKey(key);
        if (isNew)
        {
            dictionary.Add(key, value);
        }

        return isNew;
    }

    public static bool Remove<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key, out TValue value) =>
        dictionary.TryGetValue(key, out value) && dictionary.Remove(key);

    public static HashSet<T> ToHashSet<T>(this IEnumerable<T> source, IEqualityComparer<T> comparer) => new(source, comparer);

    extension(Array)
    {
        public static int MaxLength => 0x7FFFFFC7;
    }

    extension(OperatingSystem)
    {
        /// <summary>Here the question is whether there are no permissions of Unix to keep, and nothing here can read them.</summary>
        public static bool IsWindows() => true;
    }

    extension(FileInfo file)
    {
        /// <summary>Links are not followed: a link is replaced by the file.</summary>
        public string? LinkTarget => null;

        public FileSystemInfo? ResolveLinkTarget(bool returnFinalTarget) => null;
    }

    extension(File)
    {
        public static void Move(string source, string destination, bool overwrite)
        {
            if (overwrite && File.Exists(destination))
            {
                File.Replace(source, destination, destinationBackupFileName: null);
            }
            else
            {
                File.Move(source, destination);
            }
        }

        /// <summary>Never called: see <see cref="IsWindows"/>.</summary>
        public static int GetUnixFileMode(string path) => throw new PlatformNotSupportedException();

        /// <summary>Never called: see <see cref="IsWindows"/>.</summary>
        public static void SetUnixFileMode(string path, int mode) => throw new PlatformNotSupportedException();
    }

    extension(BitConverter)
    {
        public static unsafe float Int32BitsToSingle(int value) => *(float*)&value;
    }

    extension(BinaryPrimitives)
    {
        public static float ReadSingleLittleEndian(ReadOnlySpan<byte> source) =>
            BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(source));

        public static double ReadDoubleLittleEndian(ReadOnlySpan<byte> source) =>
            BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(source));

        public static unsafe void WriteSingleLittleEndian(Span<byte> destination, float value) =>
            BinaryPrimitives.WriteInt32LittleEndian(destination, *(int*)&value);

        /// <summary>A number of 16 bits, which float has too: 1 bit of sign, 5 of exponent, 10 of mantissa.</summary>
        public static float ReadHalfLittleEndian(ReadOnlySpan<byte> source)
        {
            int bits = BinaryPrimitives.ReadUInt16LittleEndian(source);
            int exponent = (bits >> 10) & 31;
            int mantissa = bits & 1023;
            int sign = (bits >> 15) << 31;
            return exponent switch
            {
                0 => (sign == 0 ? 1 : -1) * mantissa * (1f / (1 << 24)),
                31 => BitConverter.Int32BitsToSingle(sign | 0x7F800000 | (mantissa << 13)),
                _ => BitConverter.Int32BitsToSingle(sign | ((exponent + 112) << 23) | (mantissa << 13)),
            };
        }
    }
}
