namespace Digits;

/// <summary>Images with their labels.</summary>
internal sealed class Dataset
{
    /// <summary>The side of an image in pixels.</summary>
    public const int Side = 28;

    /// <summary>The number of pixels of an image.</summary>
    public const int Pixels = Side * Side;

    private Dataset(ReadOnlyMemory<float> images, ReadOnlyMemory<int> labels) => (_images, _labels) = (images, labels);

    private readonly ReadOnlyMemory<float> _images;
    private readonly ReadOnlyMemory<int> _labels;

    /// <summary>The number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>The pixels, 0 to 1, [Count × Pixels].</summary>
    public ReadOnlySpan<float> Images => _images.Span;

    /// <summary>The digits, 0 to 9, [Count].</summary>
    public ReadOnlySpan<int> Labels => _labels.Span;

    /// <summary>Images of bytes, scaled to [0, 1].</summary>
    /// <param name="pixels">[N × Pixels].</param>
    /// <param name="labels">[N], 0 to 9.</param>
    public static Dataset FromBytes(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> labels)
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

        return new Dataset(images, digits);
    }

    /// <summary>The pixels of one image.</summary>
    public ReadOnlySpan<float> Image(int index) => Images.Slice(index * Pixels, Pixels);

    /// <summary>The first images; they share the memory of this set.</summary>
    public Dataset First(int count) => new(_images[..(count * Pixels)], _labels[..count]);

    /// <summary>The last images; they share the memory of this set.</summary>
    public Dataset Last(int count) => new(_images[^(count * Pixels)..], _labels[^count..]);

    /// <summary>Copies the images of the given numbers, in that order, into a batch.</summary>
    public void Gather(ReadOnlySpan<int> indices, Span<float> images, Span<int> labels)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            Image(indices[i]).CopyTo(images.Slice(i * Pixels, Pixels));
            labels[i] = Labels[indices[i]];
        }
    }
}
