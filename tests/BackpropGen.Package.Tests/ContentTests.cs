using System.IO.Compression;
using System.Xml.Linq;

namespace BackpropGen.Package.Tests;

/// <summary>What is in the package, and what is not.</summary>
[Collection(PackageTests.Name)]
public sealed class ContentTests(PackageFixture package)
{
    [Fact]
    public void TheFilesAreTheLibraryTheGeneratorAndTheReadme()
    {
        using ZipArchive archive = package.Open();
        string[] files = archive.Entries.Select(entry => entry.FullName).Where(IsContent).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(
            [
                "README.md",
                "analyzers/dotnet/cs/BackpropGen.Generator.CodeFixes.dll",
                "analyzers/dotnet/cs/BackpropGen.Generator.dll",
                "build/BackpropGen.targets",
                "icon.png",
                "lib/net10.0/BackpropGen.Portable.dll",
                "lib/net10.0/BackpropGen.dll",
                "lib/net10.0/BackpropGen.xml",
                "lib/net8.0/BackpropGen.Portable.dll",
                "lib/net8.0/BackpropGen.dll",
                "lib/net8.0/BackpropGen.xml",
                "lib/netstandard2.0/BackpropGen.Portable.dll",
                "lib/netstandard2.0/BackpropGen.dll",
                "lib/netstandard2.0/BackpropGen.xml",
                "ref/net10.0/BackpropGen.dll",
                "ref/net10.0/BackpropGen.xml",
                "ref/net8.0/BackpropGen.dll",
                "ref/net8.0/BackpropGen.xml",
            ],
            files);
    }

    [Fact]
    public void TheReadmeIsThatOfTheRepository()
    {
        using ZipArchive archive = package.Open();
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")), Read(archive, "README.md"));
    }

    [Fact]
    public void TheDocumentationDescribesTheAttributes()
    {
        using ZipArchive archive = package.Open();
        foreach (string framework in new[] { "ref/net8.0", "ref/net10.0", "lib/netstandard2.0" })
        {
            var members = XDocument.Parse(Read(archive, $"{framework}/BackpropGen.xml")).Descendants("member");
            Assert.Contains(members, member => (string?)member.Attribute("name") == "T:BackpropGen.NeuralNetworkAttribute");
        }
    }

    [Fact]
    public void TheMetadataIsComplete()
    {
        XElement metadata = Metadata();
        Assert.Equal("BackpropGen", Value("id"));
        Assert.Equal(package.Version, Value("version"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.NotEmpty(Value("releaseNotes"));
        Assert.NotEmpty(Value("authors"));
        Assert.NotEmpty(Value("copyright"));
        Assert.NotEmpty(Value("tags"));
        Assert.True(Value("description").Length > 50);

        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
    }

    /// <summary>The library works at run time: an asset of development alone would be left out of the consumer's output.</summary>
    [Fact]
    public void ThePackageDependsOnNothingAndIsNoDevelopmentDependency()
    {
        XElement metadata = Metadata();
        string[] frameworks = Groups(metadata).Select(group => group.Framework).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal([".NETStandard2.0", "net10.0", "net8.0"], frameworks);
        Assert.All(Groups(metadata).Where(group => group.Framework != ".NETStandard2.0"), group => Assert.Empty(group.Dependencies));
        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName is "developmentDependency");
    }

    /// <summary>Spans and references to memory are no part of netstandard2.0.</summary>
    [Fact]
    public void OnOlderTargetsThePackageDependsOnSpansAlone() =>
        Assert.Equal(
            ["System.Memory", "System.Runtime.CompilerServices.Unsafe"],
            Groups(Metadata()).Single(group => group.Framework == ".NETStandard2.0").Dependencies.Order(StringComparer.Ordinal));

    /// <summary>The dependencies of each target framework.</summary>
    private static IEnumerable<(string Framework, string[] Dependencies)> Groups(XElement metadata) =>
        metadata.Descendants().Where(element => element.Name.LocalName == "group" && element.Parent!.Name.LocalName == "dependencies")
            .Select(group => (
                (string)group.Attribute("targetFramework")!,
                group.Elements().Select(dependency => (string)dependency.Attribute("id")!).ToArray()));

    private XElement Metadata()
    {
        using ZipArchive archive = package.Open();
        return XDocument.Parse(Read(archive, "BackpropGen.nuspec")).Root!.Elements().Single();
    }

    /// <summary>Whether an entry is content, and not the bookkeeping of the package format.</summary>
    private static bool IsContent(string name) =>
        !name.StartsWith("_rels/", StringComparison.Ordinal)
        && !name.StartsWith("package/", StringComparison.Ordinal)
        && name is not ("[Content_Types].xml" or "BackpropGen.nuspec");

    private static string Read(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
