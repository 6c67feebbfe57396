using Digits;

namespace BackpropGen.Samples.Tests;

public sealed class DigitImagesTests
{
    [Fact]
    public void Bytes_become_images_from_zero_to_one()
    {
        var pixels = new byte[2 * 784];
        pixels[3] = 255;
        pixels[784] = 51;

        LabeledData<float> data = DigitImages.FromBytes(pixels, [7, 2]);

        Assert.Equal(2, data.Count);
        Assert.Equal(784, data.Features);
        Assert.Equal([7, 2], data.Labels.ToArray());
        Assert.Equal(1f, data.Image(0)[3]);
        Assert.Equal(0.2f, data.Image(1)[0]);
        Assert.Equal(1.2f, data.Inputs.ToArray().Sum());
    }

    [Fact]
    public void Pixels_and_labels_must_match() =>
        Assert.Throws<ArgumentException>(() => DigitImages.FromBytes(new byte[784], [1, 2]));
}
