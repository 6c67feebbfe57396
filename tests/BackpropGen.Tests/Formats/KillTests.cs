using System.Diagnostics;
using System.Globalization;

namespace BackpropGen.Tests.Formats;

/// <summary>A process killed in the middle of saving leaves a whole file.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 30;

    private readonly string _folder = Directory.CreateTempSubdirectory("backpropgen-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_killed_save_leaves_the_previous_file_or_the_new_one()
    {
        string path = Path.Combine(_folder, "network.safetensors");
        var random = new Random(1);
        int next = 1;
        int interrupted = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            int last = SaveUntilKilled(path, next, random.Next(25));

            // The version that was reported last, or the one that was being saved.
            SafetensorsFile file = SafetensorsFile.Read(path);
            float[] values = [.. file.Tensors.SelectMany(tensor => tensor.ToSingles())];
            int version = (int)values[0];
            Assert.All(file.Tensors, tensor => Assert.DoesNotContain(tensor.ToSingles(), value => value != version));
            Assert.InRange(version, last, last + 1);
            next = version + 1;

            string[] left = Directory.GetFiles(_folder).Where(name => name != path).ToArray();
            Assert.All(left, name => Assert.EndsWith(".tmp", name));
            interrupted += left.Length;
            Array.ForEach(left, File.Delete);
        }

        // Otherwise no kill met a save, and the test showed nothing.
        Assert.InRange(interrupted, 1, Kills);
    }

    /// <summary>Starts the child, lets it save once and a few milliseconds more, and kills it.</summary>
    /// <returns>The last version it reported as saved.</returns>
    private static int SaveUntilKilled(string path, int firstVersion, int milliseconds)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "BackpropGen.Saver.dll"), path, firstVersion.ToString(CultureInfo.InvariantCulture) },
        };
        using Process child = Process.Start(start)!;
        string? line = child.StandardOutput.ReadLine();
        Thread.Sleep(milliseconds);
        child.Kill();
        int last = int.Parse(line!, CultureInfo.InvariantCulture);

        // A line cut off by the kill has no end; such a version has been saved, too, but is not counted as reported.
        string rest = child.StandardOutput.ReadToEnd();
        string[] whole = rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        return whole.Length == 0 ? last : int.Parse(whole[^1], CultureInfo.InvariantCulture);
    }
}
