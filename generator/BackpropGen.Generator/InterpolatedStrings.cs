// What the compiler expects for interpolated strings, and netstandard2.0 lacks: without it every $"…" with a number is a call of
// string.Format, which took a sixth of the time of emission.
#pragma warning disable IDE0130 // it must stand in the compiler's namespace

using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace System.Runtime.CompilerServices;

/// <summary>Marks the type below for the compiler.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
[EditorBrowsable(EditorBrowsableState.Never)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute
{
}

/// <summary>Puts an interpolated string together, independent of culture.</summary>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
internal readonly ref struct DefaultInterpolatedStringHandler
{
    /// <summary>Enough for a line; longer texts are rare.</summary>
    private const int Capacity = 256;

    /// <summary>The builder of the last string, free for the next. A string within a hole of another finds none and makes its own.</summary>
    [ThreadStatic]
    private static StringBuilder? t_free;

    private readonly StringBuilder _text;

    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        _ = literalLength;
        _ = formattedCount;
        _text = t_free ?? new StringBuilder(Capacity);
        t_free = null;
    }

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(string? value) => _text.Append(value);

    public void AppendFormatted<T>(T value) => _text.Append(TextOf(value, null));

    public void AppendFormatted<T>(T value, string? format) => _text.Append(TextOf(value, format));

    public void AppendFormatted<T>(T value, int alignment, string? format = null)
    {
        string text = TextOf(value, format);
        _text.Append(alignment < 0 ? text.PadRight(-alignment) : text.PadLeft(alignment));
    }

    public string ToStringAndClear()
    {
        string result = _text.ToString();
        if (_text.Capacity <= 16 * Capacity)
        {
            _text.Clear();
            t_free = _text;
        }

        return result;
    }

    private static string TextOf<T>(T value, string? format) => value switch
    {
        null => string.Empty,
        string text => text,
        IFormattable number => number.ToString(format, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };
}
