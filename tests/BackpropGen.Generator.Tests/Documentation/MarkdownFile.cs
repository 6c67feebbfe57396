namespace BackpropGen.Generator.Tests.Documentation;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Line">The number of its first line.</param>
/// <param name="Kind">What stands after the opening fence: "csharp", "csharp emitted".</param>
/// <param name="Lines">What is between the fences.</param>
internal sealed record CodeBlock(int Line, string Kind, IReadOnlyList<string> Lines)
{
    public string Text => string.Join("\n", Lines);
}

/// <summary>A page of the documentation.</summary>
internal sealed class MarkdownFile
{
    private const string Fence = "```";

    private MarkdownFile(string path, string text, IReadOnlyList<CodeBlock> blocks)
    {
        Path = path;
        Text = text;
        Blocks = blocks;
    }

    /// <summary>The root of the repository: the folder of the solution.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The full path.</summary>
    public string Path { get; }

    public string Text { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>Reads a page, named by its path from the root of the repository.</summary>
    public static MarkdownFile Read(string name)
    {
        string path = System.IO.Path.Combine(RepositoryRoot, name);
        string text = File.ReadAllText(path);
        string[] lines = text.Split('\n');
        var blocks = new List<CodeBlock>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                int end = Array.IndexOf(lines, Fence, i + 1);
                Assert.True(end > 0, $"{name}, line {i + 1}: the block is not closed.");
                blocks.Add(new CodeBlock(i + 2, lines[i][Fence.Length..], lines[(i + 1)..end]));
                i = end;
            }
        }

        return new MarkdownFile(path, text, blocks);
    }

    /// <summary>The blocks of a kind; at least one.</summary>
    public IReadOnlyList<CodeBlock> BlocksOf(string kind)
    {
        CodeBlock[] blocks = [.. Blocks.Where(block => block.Kind == kind)];
        Assert.NotEmpty(blocks);
        return blocks;
    }

    private static string FindRepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "BackpropGen.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
