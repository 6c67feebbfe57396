using Digits;

namespace BackpropGen.Samples.Tests;

public sealed class MnistFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train-images-idx3-ubyte", "train-labels-idx1-ubyte", false)]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte", false)]
    [InlineData("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", true)]
    [InlineData("train-images.idx3-ubyte.gz", "train-labels.idx1-ubyte.gz", true)]
    public void Every_spelling_is_found(string images, string labels, bool compressed)
    {
        var pixels = new byte[2 * 784];
        pixels[1] = 255;
        pixels[784] = 51;
        byte[] Content(byte[] bytes) => compressed ? TemporaryFolder.Gzip(bytes) : bytes;
        _folder.Write(images, Content(TemporaryFolder.Idx([2, 28, 28], pixels)));
        _folder.Write(labels, Content(TemporaryFolder.Idx([2], [4, 9])));

        LabeledData<float>? train = MnistFolder.ReadTrain(_folder.Path);

        Assert.NotNull(train);
        Assert.Null(MnistFolder.ReadTest(_folder.Path));
        Assert.Equal([4, 9], train.Labels.ToArray());
        Assert.Equal(1f, train.Image(0)[1]);
        Assert.Equal(0.2f, train.Image(1)[0]);
    }

    [Fact]
    public void Counts_that_do_not_match_are_refused()
    {
        _folder.WriteSet("t10k", 5);
        string labels = _folder.Write("t10k-labels-idx1-ubyte", TemporaryFolder.Idx([4], [1, 2, 3, 4]));

        var exception = Assert.Throws<InvalidDataException>(() => MnistFolder.ReadTest(_folder.Path));

        Assert.Equal($"{labels}: expected 5 labels, one per image of t10k-images-idx3-ubyte, found 4.", exception.Message);
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte", "expected train-images-idx3-ubyte (or .gz) beside these labels, found none.")]
    [InlineData("train-labels-idx1-ubyte", "expected train-labels-idx1-ubyte (or .gz) beside these images, found none.")]
    public void One_file_without_the_other_is_refused(string missing, string problem)
    {
        _folder.WriteSet("train", 3);
        File.Delete(Path.Combine(_folder.Path, missing));

        var exception = Assert.Throws<InvalidDataException>(() => MnistFolder.ReadTrain(_folder.Path));

        Assert.EndsWith(problem, exception.Message);
    }

    [Fact]
    public void Other_image_sizes_are_refused()
    {
        _folder.WriteSet("train", 1);
        _folder.Write("train-images-idx3-ubyte", TemporaryFolder.Idx([1, 20, 30], new byte[600]));

        var exception = Assert.Throws<InvalidDataException>(() => MnistFolder.ReadTrain(_folder.Path));

        Assert.EndsWith("expected images of 28 × 28 pixels, found 20 × 30.", exception.Message);
    }

    [Fact]
    public void Labels_beyond_nine_are_refused()
    {
        _folder.WriteSet("train", 3);
        _folder.Write("train-labels-idx1-ubyte", TemporaryFolder.Idx([3], [1, 10, 3]));

        var exception = Assert.Throws<InvalidDataException>(() => MnistFolder.ReadTrain(_folder.Path));

        Assert.EndsWith("expected labels from 0 to 9, found 10 as label 2.", exception.Message);
    }
}
