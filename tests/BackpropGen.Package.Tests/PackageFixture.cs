using System.Globalization;
using System.IO.Compression;

namespace BackpropGen.Package.Tests;

/// <summary>
/// The package, packed once for all tests, in a temporary folder that is also the world of its consumers. All build output goes there
/// too, so that packing starts from nothing, as in a fresh clone, and disturbs no other build of the repository.
/// </summary>
public sealed class PackageFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backpropgen-").FullName;

    /// <summary>New for every run, so that no cache can answer with an older package.</summary>
    public string Version { get; } = $"0.1.0-test.{DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The folder below which consumers live.</summary>
    public string ConsumersFolder => Path.Combine(_folder, "consumers");

    private string PackagesFolder => Path.Combine(_folder, "packages");

    /// <summary>Opens the package.</summary>
    public ZipArchive Open() => ZipFile.OpenRead(Path.Combine(PackagesFolder, $"BackpropGen.{Version}.nupkg"));

    /// <summary>Opens the package of symbols beside it.</summary>
    public ZipArchive OpenSymbols() => ZipFile.OpenRead(Path.Combine(PackagesFolder, $"BackpropGen.{Version}.snupkg"));

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await Dotnet.RunAsync(
            RepositoryRoot(),
            "pack",
            "src/BackpropGen",
            "--configuration", "Release",
            "--output", PackagesFolder,
            "--artifacts-path", Path.Combine(_folder, "build"),
            "-p:ContinuousIntegrationBuild=true",
            $"-p:Version={Version}");
        await PrepareConsumersAsync();
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Consumers find the package beside whatever sources the machine has, and unpack it here. Packages that the machine already holds,
    /// such as the reference assemblies of an older .NET, need no download. Empty build files keep those of folders above out.
    /// </summary>
    private async Task PrepareConsumersAsync()
    {
        Directory.CreateDirectory(ConsumersFolder);
        string locals = await Dotnet.RunAsync(_folder, "nuget", "locals", "global-packages", "--list");
        string machinePackages = locals.Split(": ", 2)[1].Trim();
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{PackagesFolder}" />
              </packageSources>
            </configuration>
            """);
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <RestorePackagesPath>{Path.Combine(_folder, "restored")}</RestorePackagesPath>
                <RestoreFallbackFolders>{machinePackages}</RestoreFallbackFolders>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");

        void Write(string name, string content) => File.WriteAllText(Path.Combine(ConsumersFolder, name), content);
    }

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BackpropGen.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds BackpropGen.sln.");
    }
}
