using System.Diagnostics.CodeAnalysis;

namespace BackpropGen;

/// <summary>All tensors of a safetensors file, whoever wrote it. (A network reads its own by <c>Load</c>, without holding them twice.)</summary>
/// <remarks>
/// Nothing in the file is believed before it is checked: whatever is wrong, an <see cref="InvalidDataException"/> says what, and memory is
/// taken only for what is really there. https://github.com/huggingface/safetensors describes the format.
/// </remarks>
public sealed class SafetensorsFile
{
    private readonly Dictionary<string, SafetensorsTensor> _byName;

    private SafetensorsFile(List<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
        _byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>What <c>__metadata__</c> says.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>A tensor by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public SafetensorsTensor this[string name] => _byName[name];

    /// <summary>Finds a tensor.</summary>
    /// <param name="name">The name.</param>
    /// <param name="tensor">The tensor, or null.</param>
    /// <returns>Whether there is one of that name.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out SafetensorsTensor? tensor) => _byName.TryGetValue(name, out tensor);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its tensors.</returns>
    /// <exception cref="InvalidDataException">It is not a whole and sound safetensors file.</exception>
    public static SafetensorsFile Read(string path) => BoundedReader.Open(path, Read);

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream, at the start of the header.</param>
    /// <returns>Its tensors.</returns>
    /// <exception cref="InvalidDataException">It is not a whole and sound safetensors file.</exception>
    public static SafetensorsFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        SafetensorsHeader header = SafetensorsHeader.Read(stream);
        if (header.Entries.FirstOrDefault(entry => entry.Length > Array.MaxLength) is { } huge)
        {
            throw new InvalidDataException($"{SafetensorsHeader.Quote(huge.Name)} is {huge.TypeAndShape}, more than an array holds.");
        }

        var tensors = new List<SafetensorsTensor>();
        foreach (SafetensorsEntry entry in header.Entries)
        {
            byte[] data = BoundedReader.Read(stream, (int)entry.Length, $"data of {SafetensorsHeader.Quote(entry.Name)}");
            tensors.Add(new SafetensorsTensor(entry, data));
        }

        BoundedReader.ExpectEnd(stream);
        return new SafetensorsFile(tensors, header.Metadata);
    }
}
