namespace BackpropGen.Package.Tests;

/// <summary>A project of somebody who has only the package.</summary>
internal sealed class Consumer
{
    private readonly string _folder;

    private Consumer(string folder) => _folder = folder;

    private string Name => Path.GetFileName(_folder);

    private string Output => Path.Combine(_folder, "out");

    /// <summary>The project file.</summary>
    public string ProjectFile => Path.Combine(_folder, $"{Name}.csproj");

    /// <summary>Writes a console project with one source file.</summary>
    /// <param name="package">The package, and the world it is consumed in.</param>
    /// <param name="name">The name of the project.</param>
    /// <param name="framework">Its target framework.</param>
    /// <param name="program">The text of its only source file.</param>
    /// <param name="settings">Further properties; they come last, and so replace those of other consumers.</param>
    /// <param name="editorConfig">The text of its .editorconfig.</param>
    public static Consumer Create(
        PackageFixture package, string name, string framework, string program, string settings = "", string editorConfig = "root = true\n")
    {
        var consumer = new Consumer(Directory.CreateDirectory(Path.Combine(package.ConsumersFolder, name)).FullName);
        consumer.Write(".editorconfig", editorConfig);
        consumer.Write("Program.cs", program);
        consumer.WriteProject(framework, "Exe", settings, Reference(package));
        return consumer;
    }

    /// <summary>Writes a project.</summary>
    /// <param name="package">The package, and the world it is consumed in.</param>
    /// <param name="name">The name of the project.</param>
    /// <param name="framework">Its target framework.</param>
    /// <param name="settings">The output type, then further properties as "Name=value".</param>
    /// <param name="sources">The texts of its source files.</param>
    public static Consumer Create(PackageFixture package, string name, string framework, string[] settings, params string[] sources)
    {
        var consumer = new Consumer(Directory.CreateDirectory(Path.Combine(package.ConsumersFolder, name)).FullName);
        for (int i = 0; i < sources.Length; i++)
        {
            consumer.Write(i == 0 ? "Program.cs" : $"Source{i}.cs", sources[i]);
        }

        IEnumerable<string[]> properties = settings.Skip(1).Select(setting => setting.Split('=', 2));
        consumer.WriteProject(
            framework, settings[0], string.Concat(properties.Select(pair => $"<{pair[0]}>{pair[1]}</{pair[0]}>\n")), Reference(package));
        return consumer;
    }

    /// <summary>Writes another file of the project.</summary>
    public void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);

    /// <summary>Reads a file that a build has left in the folder of the project.</summary>
    public string Read(string name) => File.ReadAllText(Path.Combine(_folder, name));

    /// <summary>Writes a console project that knows the package through a library alone.</summary>
    /// <param name="name">The name of the project.</param>
    /// <param name="framework">Its target framework.</param>
    /// <param name="program">The text of its only source file.</param>
    public Consumer Host(string name, string framework, string program)
    {
        var host = new Consumer(Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(_folder)!, name)).FullName);
        File.WriteAllText(Path.Combine(host._folder, "Program.cs"), program);
        host.WriteProject(framework, "Exe", string.Empty, $"""<ProjectReference Include="{ProjectFile}" />""");
        return host;
    }

    /// <summary>Restores and builds it, which must succeed.</summary>
    /// <param name="options">More arguments for the build.</param>
    public Task BuildAsync(params string[] options) =>
        Dotnet.RunAsync(_folder, ["build", "--configuration", "Release", "--output", Output, .. options]);

    /// <summary>Restores and builds it, which must fail.</summary>
    /// <param name="options">More arguments for the build.</param>
    /// <returns>What the build wrote.</returns>
    public Task<string> FailToBuildAsync(params string[] options) =>
        Dotnet.FailAsync(_folder, ["build", "--configuration", "Release", "--output", Output, .. options]);

    /// <summary>Restores, builds and runs it, each of which must succeed.</summary>
    /// <param name="options">More arguments for the build.</param>
    /// <returns>What the program wrote.</returns>
    public async Task<string> RunAsync(params string[] options)
    {
        await BuildAsync(options);
        return await RunBuiltAsync();
    }

    /// <summary>Runs it once more.</summary>
    /// <param name="environment">Variables, as "NAME=value".</param>
    /// <returns>What the program wrote.</returns>
    public Task<string> RunBuiltAsync(params string[] environment) =>
        Dotnet.RunAsync(_folder, environment, Path.Combine(Output, $"{Name}.dll"));

    /// <summary>Publishes it for this machine, which must succeed without a warning of the trimmer or the AOT compiler.</summary>
    /// <returns>The program.</returns>
    public async Task<string> PublishAsync()
    {
        string log = await Dotnet.RunAsync(
            _folder, "publish", "--configuration", "Release", "--runtime", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, "--output", Output);
        Assert.DoesNotContain("warning IL", log, StringComparison.Ordinal);
        return Path.Combine(Output, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name);
    }

    private static string Reference(PackageFixture package) => $"""<PackageReference Include="BackpropGen" Version="[{package.Version}]" />""";

    private void WriteProject(string framework, string outputType, string properties, string reference)
    {
        File.WriteAllText(ProjectFile, $"""
            <Project Sdk="Microsoft.NET.Sdk">

              <PropertyGroup>
                <OutputType>{outputType}</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <InvariantGlobalization>true</InvariantGlobalization>
                <UseAppHost>false</UseAppHost>
                {properties}
              </PropertyGroup>

              <ItemGroup>
                {reference}
              </ItemGroup>

            </Project>
            """);
    }
}
