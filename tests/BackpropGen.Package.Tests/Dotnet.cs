using System.Diagnostics;

namespace BackpropGen.Package.Tests;

/// <summary>Runs the command line of .NET as a user would, free of what a test run leaves in the environment.</summary>
internal static class Dotnet
{
    /// <summary>A restore over a slow line takes minutes; whatever takes longer than this has stopped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs a command and demands that it succeeds.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    /// <returns>What it wrote to the standard output.</returns>
    public static Task<string> RunAsync(string folder, params string[] arguments) => RunAsync(folder, [], arguments);

    /// <summary>Runs a command and demands that it succeeds.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="environment">Variables of the environment, as "NAME=value".</param>
    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    /// <returns>What it wrote to the standard output.</returns>
    public static async Task<string> RunAsync(string folder, string[] environment, params string[] arguments)
    {
        (int exitCode, string output, string errors) = await ExecuteAsync(folder, environment, arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} gave {exitCode}:\n{output}\n{errors}");
        return output;
    }

    /// <summary>Runs a command and demands that it fails.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    /// <returns>What it wrote to the standard output.</returns>
    public static async Task<string> FailAsync(string folder, params string[] arguments)
    {
        (int exitCode, string output, string _) = await ExecuteAsync(folder, [], arguments);
        Assert.True(exitCode != 0, $"dotnet {string.Join(' ', arguments)} succeeded:\n{output}");
        return output;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> ExecuteAsync(string folder, string[] environment, string[] arguments)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var process = new Process { StartInfo = Describe(folder, environment, arguments) };
        process.Start();
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end within {Patience}.");
        }
    }

    private static ProcessStartInfo Describe(string folder, string[] environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A test run is itself a child of MSBuild, whose settings would lead a build inside it astray.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        // A compiler or build server that outlived the command would keep the output streams open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";

        // A program for an older runtime than the one installed runs on the newer one.
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (string[] variable in environment.Select(text => text.Split('=', 2)))
        {
            start.Environment[variable[0]] = variable[1];
        }

        return start;
    }
}
