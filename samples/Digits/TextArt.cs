using BackpropGen;

namespace Digits;

/// <summary>Images as text, for a look at the data.</summary>
internal static class TextArt
{
    private const string Ramp = " .:-=+*#%@";

    /// <summary>Writes images side by side. A character is about twice as tall as wide, so it stands for two pixels, one above the other.</summary>
    public static void Write(TextWriter output, LabeledData<float> data, int first, int count)
    {
        var line = new char[(count * (DigitImages.Side + 2)) - 2];
        for (int y = 0; y < DigitImages.Side; y += 2)
        {
            Array.Fill(line, ' ');
            for (int n = 0; n < count; n++)
            {
                ReadOnlySpan<float> image = data.Image(first + n);
                for (int x = 0; x < DigitImages.Side; x++)
                {
                    float ink = (image[(y * DigitImages.Side) + x] + image[((y + 1) * DigitImages.Side) + x]) / 2;
                    line[(n * (DigitImages.Side + 2)) + x] = Ramp[(int)(ink * (Ramp.Length - 0.01f))];
                }
            }

            output.WriteLine(new string(line).TrimEnd());
        }
    }
}
