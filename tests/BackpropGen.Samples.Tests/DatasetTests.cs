using Digits;

namespace BackpropGen.Samples.Tests;

public sealed class DatasetTests
{
    [Fact]
    public void Gather_copies_images_and_labels_in_the_given_order()
    {
        Dataset data = StrokeDigits.Draw(5, seed: 1);
        var images = new float[3 * 784];
        var labels = new int[3];

        data.Gather([4, 0], images, labels);

        Assert.Equal(data.Image(4).ToArray(), images[..784]);
        Assert.Equal(data.Image(0).ToArray(), images[784..(2 * 784)]);
        Assert.All(images[(2 * 784)..], pixel => Assert.Equal(0, pixel));
        Assert.Equal([data.Labels[4], data.Labels[0], 0], labels);
    }

    [Fact]
    public void Pixels_and_labels_must_match() =>
        Assert.Throws<ArgumentException>(() => Dataset.FromBytes(new byte[784], [1, 2]));
}
