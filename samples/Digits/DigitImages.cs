using BackpropGen;

namespace Digits;

/// <summary>Images of digits as samples: 28 × 28 pixels from 0 to 1, row by row, with the digit as label.</summary>
internal static class DigitImages
{
    /// <summary>The side of an image in pixels.</summary>
    public const int Side = 28;

    /// <summary>The number of pixels of an image.</summary>
    public const int Pixels = Side * Side;

    /// <summary>Images of bytes, scaled to [0, 1].</summary>
    /// <param name="pixels">[N × Pixels].</param>
    /// <param name="labels">[N], 0 to 9.</param>
    public static LabeledData<float> FromBytes(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> labels)
    {
        if (pixels.Length != labels.Length * Pixels)
        {
            throw new ArgumentException($"{labels.Length} labels need {labels.Length * Pixels} pixels, not {pixels.Length}.", nameof(pixels));
        }

        var images = new float[pixels.Length];
        for (int i = 0; i < images.Length; i++)
        {
            images[i] = pixels[i] / 255f;
        }

        var digits = new int[labels.Length];
        for (int i = 0; i < digits.Length; i++)
        {
            digits[i] = labels[i];
        }

        return new LabeledData<float>(images, digits);
    }

    /// <summary>The pixels of one image.</summary>
    public static ReadOnlySpan<float> Image(this LabeledData<float> data, int index) => data.Inputs.Span.Slice(index * Pixels, Pixels);
}
