using System.Text;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>Writes indented C#: '\n' always, four spaces, no blanks at line ends. The only place where emitted text is put together.</summary>
/// <param name="dialect">What the text may call.</param>
/// <param name="uncheckedBodies">
/// Whether the bodies of methods are <c>unchecked</c>: for projects that check integers for overflow, which would cost every offset a branch.
/// </param>
internal sealed class SourceWriter(Dialect dialect = Dialect.Hardware, bool uncheckedBodies = false)
{
    private const string Indentation = "    ";

    /// <summary>The length at which signatures and doc comments are broken.</summary>
    private const int LineLength = 140;

    /// <summary>The room, in characters, that is kept for the next file: enough for nearly all.</summary>
    private const int Room = 1 << 18;

    /// <summary>The room of the last file.</summary>
    [ThreadStatic]
    private static StringBuilder? t_free;

    private readonly StringBuilder _text = Interlocked.Exchange(ref t_free, null) ?? new StringBuilder(Room);
    private int _depth;
    private bool _isInType;
    private bool _blankPending;
    private bool _isAtStart = true;

    /// <summary>What the text may call.</summary>
    public Dialect Dialect => dialect;

    /// <summary>Asks the JIT compiler to optimise the method that follows from its first call on.</summary>
    public void Optimized()
    {
        if (dialect.HasOptimizedMethods())
        {
            Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        }
    }

    /// <summary>Writes a line at the current depth; text with line breaks is indented line by line.</summary>
    public void Line(string text)
    {
        FlushBlank();
        int start = 0;
        for (int end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', start))
        {
            AppendLine(text, start, end);
            start = end + 1;
        }

        AppendLine(text, start, text.Length);
    }

    /// <summary>Asks for one blank line before the next text. Repeated requests, and those at the start or the end of a block, write nothing.</summary>
    public void Blank() => _blankPending = true;

    /// <summary>Opens a block under a head line; disposing closes it.</summary>
    public Block Open(string head)
    {
        Line(head);
        return head.EndsWith(")", StringComparison.Ordinal) ? OpenBody() : Open();
    }

    /// <summary>Opens a type: what has a parameter list in it is a method.</summary>
    public Block OpenType(string head)
    {
        Line(head);
        Block block = Open();
        _isInType = true;
        return block;
    }

    /// <summary>Opens a method: its parameters on one line where they fit, else one to a line.</summary>
    public Block OpenMethod(string head, params string[] parameters)
    {
        string line = $"{head}({string.Join(", ", parameters)})";
        if (line.Length + (_depth * Indentation.Length) <= LineLength)
        {
            Line(line);
            return OpenBody();
        }

        Line($"{head}(");
        _depth++;
        for (int i = 0; i < parameters.Length; i++)
        {
            Line(parameters[i] + (i + 1 < parameters.Length ? "," : ")"));
        }

        _depth--;
        return OpenBody();
    }

    /// <summary>Opens a block; disposing closes it.</summary>
    public Block Open()
    {
        var block = new Block(this, "}", _isInType);
        Line("{");
        _depth++;
        _isAtStart = true;
        _isInType = false;
        return block;
    }

    /// <summary>Indents what follows; disposing goes back.</summary>
    public Block Indent()
    {
        _depth++;
        return new Block(this, null, _isInType);
    }

    /// <summary>Opens the block of a method, or that of a statement with a condition.</summary>
    private Block OpenBody()
    {
        if (!uncheckedBodies || !_isInType)
        {
            return Open();
        }

        Block method = Open();
        Line("unchecked");
        Open();
        return method with { IsUnchecked = true };
    }

    /// <summary>Writes a doc comment: one element, on one line where it fits, else wrapped between words. Line breaks in the text stay.</summary>
    public void Doc(string element, string text)
    {
        string open = $"<{element}>";
        string close = $"</{element.Split(' ')[0]}>";
        int room = LineLength - (_depth * Indentation.Length) - "/// ".Length;
        if (!text.Contains("\n") && text.Length + open.Length + close.Length <= room)
        {
            Line($"/// {open}{text}{close}");
            return;
        }

        Line($"/// {open}");
        foreach (string line in text.Split('\n').SelectMany(line => Wrap(line, room)))
        {
            Line(line.Length == 0 ? "///" : $"/// {line}");
        }

        Line($"/// {close}");
    }

    /// <summary>Writes lines as they are in a doc comment, spaces included.</summary>
    public void Code(IEnumerable<string> lines)
    {
        Line("/// <code>");
        foreach (string line in lines)
        {
            Line(line.Length == 0 ? "///" : $"/// {line.Replace("&", "&amp;").Replace("<", "&lt;")}");
        }

        Line("/// </code>");
    }

    public override string ToString() => _text.ToString();

    /// <summary>The whole text; nothing may be written after it.</summary>
    public string Finish()
    {
        string text = _text.ToString();
        if (_text.Capacity == Room)
        {
            t_free = _text.Clear();
        }

        return text;
    }

    private void AppendLine(string text, int start, int end)
    {
        if (end > start)
        {
            for (int i = 0; i < _depth; i++)
            {
                _text.Append(Indentation);
            }

            _text.Append(text, start, end - start);
        }

        _text.Append('\n');
    }

    /// <summary>Breaks a line between words, never inside a tag.</summary>
    private static IEnumerable<string> Wrap(string text, int room)
    {
        var line = new StringBuilder();
        for (int start = NextWord(text, 0); start < text.Length;)
        {
            int end = EndOfWord(text, start);
            if (line.Length > 0 && line.Length + 1 + (end - start) > room)
            {
                yield return line.ToString();
                line.Clear();
            }

            if (line.Length > 0)
            {
                line.Append(' ');
            }

            line.Append(text, start, end - start);
            start = NextWord(text, end);
        }

        yield return line.ToString();
    }

    private static int NextWord(string text, int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    private static int EndOfWord(string text, int position)
    {
        bool isInTag = false;
        for (; position < text.Length && (isInTag || !char.IsWhiteSpace(text[position])); position++)
        {
            isInTag = text[position] == '<' || (isInTag && text[position] != '>');
        }

        return position;
    }

    private void FlushBlank()
    {
        if (_blankPending && !_isAtStart)
        {
            _text.Append('\n');
        }

        _blankPending = false;
        _isAtStart = false;
    }

    private void Close(Block block)
    {
        if (block.IsUnchecked)
        {
            CloseOne("}");
        }

        CloseOne(block.Closing);
        _isInType = block.WasInType;
    }

    private void CloseOne(string? closing)
    {
        _depth--;
        _blankPending = false;
        if (closing is not null)
        {
            Line(closing);
        }
    }

    /// <summary>An open block.</summary>
    /// <param name="Writer">What it was opened in.</param>
    /// <param name="Closing">What closes it.</param>
    /// <param name="WasInType">Whether it stands among the members of a type.</param>
    /// <param name="IsUnchecked">Whether a block <c>unchecked</c> is open within.</param>
    internal readonly record struct Block(SourceWriter Writer, string? Closing, bool WasInType, bool IsUnchecked = false) : IDisposable
    {
        /// <summary>Closes the block; the default one was never opened.</summary>
        public void Dispose() => Writer?.Close(this);
    }
}
