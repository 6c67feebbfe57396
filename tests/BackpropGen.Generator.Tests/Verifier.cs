using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Tests;

/// <summary>
/// The entry point and the conventions of Verify.SourceGenerators, for where that package cannot be restored: one file
/// <c>Snapshots/Class.Method#Hint.g.verified.cs</c> per emitted file, its first line the hint name; on a mismatch the emitted text is left
/// beside it as <c>.received.cs</c>, to be compared and, where it is right, renamed. To adopt the package, delete this file and reference it.
/// </summary>
internal static class Verifier
{
    /// <summary>Compares the files that a driver's run emitted with the snapshots of the calling test.</summary>
    public static async Task Verify(GeneratorDriver driver, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string folder = Path.Combine(ProjectFolder(), "Snapshots");
        string prefix = $"{Path.GetFileNameWithoutExtension(file)}.{method}#";
        Directory.CreateDirectory(folder);
        List<string> differing = [];
        HashSet<string> expected = [];
        foreach (GeneratedSourceResult source in driver.GetRunResult().Results.SelectMany(result => result.GeneratedSources))
        {
            string stem = Path.Combine(folder, prefix + source.HintName[..^".cs".Length]);
            string received = $"//HintName: {source.HintName}\n{WithoutVersion(source.SourceText.ToString())}";
            string verified = $"{stem}.verified.cs";
            expected.Add(verified);
            if (File.Exists(verified) && await File.ReadAllTextAsync(verified) == received)
            {
                File.Delete($"{stem}.received.cs");
                continue;
            }

            await File.WriteAllTextAsync($"{stem}.received.cs", received);
            differing.Add(Path.GetFileName(verified));
        }

        differing.AddRange(Directory.GetFiles(folder, $"{prefix}*.verified.cs").Except(expected).Select(path => $"{Path.GetFileName(path)} (no longer emitted)"));
        Assert.True(differing.Count == 0, $"Snapshots differ; compare the .received.cs files beside them: {string.Join(", ", differing)}");
        Assert.NotEmpty(expected);
    }

    /// <summary>The folder of the tests; looked for, because a deterministic build does not say where the source files are.</summary>
    private static string ProjectFolder()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BackpropGen.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        }

        return Path.Combine(folder, "tests", "BackpropGen.Generator.Tests");
    }

    /// <summary>A new version of the generator is no reason to change snapshots.</summary>
    private static string WithoutVersion(string text) =>
        Regex.Replace(text, "(BackpropGen (?=[0-9])|\"BackpropGen\", \")[0-9]+\\.[0-9]+\\.[0-9]+", "$1{version}");
}
