using System.Diagnostics;

namespace BackpropGen.Tests.Formats;

/// <summary>What AtomicFile replaces, what it does not, and what it says.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backpropgen-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_pipe_is_written_into()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string pipe = Path.Combine(_folder, "pipe");
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
            Assert.Equal(0, made.ExitCode);
        }

        // The writer waits for the reader and the reader for the writer.
        Task<byte[]> read = Task.Run(() => File.ReadAllBytes(pipe));
        await Task.Run(() => AtomicFile.Write(pipe, stream => stream.Write([1, 2, 3])));

        Assert.Equal([1, 2, 3], await read.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal([pipe], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_device_is_written_into_also_through_a_link()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // Were it replaced, the file would keep what was written; the administrator could even do that to /dev/null.
        string link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, "/dev/null");
        FileMode? mode = null;
        AtomicFile.Write(link, stream =>
        {
            mode = ((FileStream)stream).Name == link ? FileMode.Open : FileMode.Create;
            stream.Write([1, 2, 3]);
        });

        Assert.Equal(FileMode.Open, mode);
        Assert.Empty(File.ReadAllBytes("/dev/null"));
        Assert.Equal("/dev/null", new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void An_empty_file_is_replaced_as_a_whole_too()
    {
        string path = Path.Combine(_folder, "empty");
        File.WriteAllBytes(path, []);
        AtomicFile.Write(path, stream =>
        {
            stream.Write([1, 2, 3]);
            stream.Flush();
            Assert.Empty(File.ReadAllBytes(path));
        });
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public void A_read_only_file_is_replaced_and_stays_so()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (byte[] content in new byte[][] { [], [9] })
        {
            string path = Path.Combine(_folder, $"file{content.Length}");
            File.WriteAllBytes(path, content);
            File.SetUnixFileMode(path, UnixFileMode.UserRead);
            AtomicFile.Write(path, stream => stream.Write([1, 2, 3]));
            Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
            Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData("a", 240)]
    [InlineData("語", 80)]
    [InlineData("🎲", 60)]
    public void A_long_name_leaves_room_for_the_temporary_one(string character, int count)
    {
        string path = Path.Combine(_folder, string.Concat(Enumerable.Repeat(character, count)));
        AtomicFile.Write(path, stream => stream.Write([1, 2, 3]));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_refusal_names_the_file_that_was_asked_for()
    {
        string missing = Path.Combine(_folder, "missing", "file.bin");
        var exception = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(missing, _ => { }));
        Assert.Contains($"'{missing}'", exception.Message, StringComparison.Ordinal);

        string folder = Directory.CreateDirectory(Path.Combine(_folder, "folder")).FullName;
        Exception other = Assert.ThrowsAny<Exception>(() => AtomicFile.Write(folder, _ => { }));
        Assert.True(other is IOException or UnauthorizedAccessException, other.ToString());
        Assert.DoesNotContain(".tmp", other.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }
}
