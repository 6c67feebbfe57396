using System.Text.Json;
using BackpropGen.Testing;

namespace BackpropGen.Conformance;

/// <summary>Finds reference files and reads the cases they hold.</summary>
internal static class VectorFolder
{
    /// <summary>The copy of tests/vectors beside this program.</summary>
    public static string Default => Path.Combine(AppContext.BaseDirectory, "vectors");

    /// <summary>The JSON files of a folder and its subfolders in ordinal order, or the file itself.</summary>
    /// <exception cref="FileNotFoundException">There is no such file or folder, or no JSON file in it.</exception>
    public static IReadOnlyList<string> Files(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"There is no file or folder {path}.");
        }

        string[] files = Directory.GetFiles(path, "*.json", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new FileNotFoundException($"There is no JSON file in {path}.");
    }

    /// <summary>The cases of a file; a file that cannot be read is one case with an error.</summary>
    public static IReadOnlyList<CaseSource> Read(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        try
        {
            string? schema = SchemaOf(path);
            return schema switch
            {
                VectorCases.Schema => [VectorCases.Convert(VectorFile.Read(path))],
                KinkFile.Schema => KinkFile.Read(path),
                _ => [new CaseSource(name, null, SkipReason: $"not a case of {VectorCases.Schema}, but of the schema '{schema}'")],
            };
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or JsonException or InvalidOperationException
            or FormatException or OverflowException or NullReferenceException or ArgumentException or KeyNotFoundException)
        {
            return [new CaseSource(name, null, Error: $"cannot be read: {exception.Message}")];
        }
    }

    private static string? SchemaOf(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("schema", out JsonElement schema)
            ? schema.GetString()
            : null;
    }
}
