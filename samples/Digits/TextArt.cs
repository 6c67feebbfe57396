namespace Digits;

/// <summary>Images as text, for a look at the data.</summary>
internal static class TextArt
{
    private const string Ramp = " .:-=+*#%@";

    /// <summary>Writes images side by side. A character is about twice as tall as wide, so it stands for two pixels, one above the other.</summary>
    public static void Write(TextWriter output, Dataset data, int first, int count)
    {
        var line = new char[(count * (Dataset.Side + 2)) - 2];
        for (int y = 0; y < Dataset.Side; y += 2)
        {
            Array.Fill(line, ' ');
            for (int n = 0; n < count; n++)
            {
                ReadOnlySpan<float> image = data.Image(first + n);
                for (int x = 0; x < Dataset.Side; x++)
                {
                    float ink = (image[(y * Dataset.Side) + x] + image[((y + 1) * Dataset.Side) + x]) / 2;
                    line[(n * (Dataset.Side + 2)) + x] = Ramp[(int)(ink * (Ramp.Length - 0.01f))];
                }
            }

            output.WriteLine(new string(line).TrimEnd());
        }
    }
}
