using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace BackpropGen.Package.Tests;

/// <summary>What a debugger finds.</summary>
[Collection(PackageTests.Name)]
public sealed class SymbolTests(PackageFixture package)
{
    /// <summary>What Roslyn calls a source that the symbols carry.</summary>
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public void TheSymbolsCarryTheSources(string framework)
    {
        using ZipArchive archive = package.OpenSymbols();
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbImage(Bytes(archive, $"lib/{framework}/BackpropGen.pdb"));
        MetadataReader reader = provider.GetMetadataReader();
        HashSet<string> embedded = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == EmbeddedSource && information.Parent.Kind == HandleKind.Document)
            .Select(information => reader.GetString(reader.GetDocument((DocumentHandle)information.Parent).Name))
            .ToHashSet();

        string[] documents = reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)).ToArray();
        Assert.Contains(documents, document => document.EndsWith("Numerics/Simd.cs", StringComparison.Ordinal));
        Assert.All(documents, document => Assert.Contains(document, embedded));
    }

    [Theory]
    [InlineData("lib/net8.0/BackpropGen.dll")]
    [InlineData("lib/net10.0/BackpropGen.dll")]
    [InlineData("analyzers/dotnet/cs/BackpropGen.Generator.dll")]
    [InlineData("analyzers/dotnet/cs/BackpropGen.Generator.CodeFixes.dll")]
    public void TheSameSourcesGiveTheSameBytes(string file)
    {
        using ZipArchive archive = package.Open();
        using var assembly = new PEReader(Bytes(archive, file));
        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);

        // The folder that it was built in is in the name of the symbols unless paths are mapped.
        DebugDirectoryEntry symbols = assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        Assert.DoesNotContain(Path.GetTempPath(), assembly.ReadCodeViewDebugDirectoryData(symbols).Path, StringComparison.Ordinal);
    }

    private static ImmutableArray<byte> Bytes(ZipArchive archive, string name)
    {
        using Stream stream = archive.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return [.. copy.ToArray()];
    }
}
