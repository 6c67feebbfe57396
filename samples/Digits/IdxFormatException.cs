namespace Digits;

/// <summary>A data file is not what it should be; the message names the file, what was expected and what was found.</summary>
internal sealed class IdxFormatException : Exception
{
    /// <summary>An exception about one file.</summary>
    public IdxFormatException(string path, string problem, Exception? cause = null)
        : base($"{path}: {problem}", cause)
    {
    }
}
