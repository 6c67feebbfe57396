namespace BackpropGen.Tests.Formats;

/// <summary>Files that are reached through links.</summary>
public sealed class FileLinkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backpropgen-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "network.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_file_behind_a_link_is_replaced_and_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string link = System.IO.Path.Combine(_folder, "link");
        new SmallFileNet(seed: 1).Save(Path);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(link, Path);

        new SmallFileNet(seed: 2).Save(link);

        Assert.Equal(Path, new FileInfo(link).LinkTarget);
        var saved = new MemoryStream();
        new SmallFileNet(seed: 2).Save(saved);
        Assert.Equal(saved.ToArray(), File.ReadAllBytes(Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }
}
