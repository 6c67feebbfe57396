namespace BackpropGen.Package.Tests;

/// <summary>A console project of somebody who has only the package.</summary>
internal sealed class Consumer
{
    private readonly string _folder;

    private Consumer(string folder) => _folder = folder;

    /// <summary>Writes the project.</summary>
    /// <param name="package">The package, and the world it is consumed in.</param>
    /// <param name="name">The name of the project.</param>
    /// <param name="framework">Its target framework.</param>
    /// <param name="program">The text of its only source file.</param>
    /// <param name="settings">Further properties; they come last, and so replace those of other consumers.</param>
    /// <param name="editorConfig">The text of its .editorconfig.</param>
    public static Consumer Create(
        PackageFixture package, string name, string framework, string program, string settings = "", string editorConfig = "root = true\n")
    {
        string folder = Directory.CreateDirectory(Path.Combine(package.ConsumersFolder, name)).FullName;
        File.WriteAllText(Path.Combine(folder, ".editorconfig"), editorConfig);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">

              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <InvariantGlobalization>true</InvariantGlobalization>
                <UseAppHost>false</UseAppHost>
                {settings}
              </PropertyGroup>

              <ItemGroup>
                <PackageReference Include="BackpropGen" Version="[{package.Version}]" />
              </ItemGroup>

            </Project>
            """);
        return new Consumer(folder);
    }

    /// <summary>Writes another file of the project.</summary>
    public void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);

    /// <summary>Reads a file that a build has left in the folder of the project.</summary>
    public string Read(string name) => File.ReadAllText(Path.Combine(_folder, name));

    private string Output => Path.Combine(_folder, "out");

    /// <summary>Restores, builds and runs it, each of which must succeed.</summary>
    /// <param name="options">More arguments for the build.</param>
    /// <returns>What the program wrote.</returns>
    public async Task<string> RunAsync(params string[] options)
    {
        await Dotnet.RunAsync(_folder, ["build", "--configuration", "Release", "--output", Output, .. options]);
        return await Dotnet.RunAsync(_folder, Path.Combine(Output, $"{Path.GetFileName(_folder)}.dll"));
    }

    /// <summary>Restores and builds it, which must fail.</summary>
    /// <param name="options">More arguments for the build.</param>
    /// <returns>What the build wrote.</returns>
    public Task<string> FailToBuildAsync(params string[] options) =>
        Dotnet.FailAsync(_folder, ["build", "--configuration", "Release", "--output", Output, .. options]);
}
