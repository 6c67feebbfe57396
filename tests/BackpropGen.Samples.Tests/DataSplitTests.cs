using Digits;

namespace BackpropGen.Samples.Tests;

public sealed class DataSplitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", 16, 4)]
    [InlineData("--train 5 --test 3", 5, 3)]
    [InlineData("--train 15", 15, 5)]
    [InlineData("--test 1", 19, 1)]
    public void One_set_is_split_front_to_train_back_to_test(string options, int train, int test)
    {
        _folder.WriteSet("t10k", 20);

        DataSplit split = Split(options);

        Assert.Equal(Enumerable.Range(0, train), Numbers(split.Train));
        Assert.Equal(Enumerable.Range(20 - test, test), Numbers(split.Test));
    }

    [Theory]
    [InlineData("", 20, 6)]
    [InlineData("--train 20 --test 6", 20, 6)]
    [InlineData("--train 7 --test 2", 7, 2)]
    public void Two_sets_are_used_as_they_are(string options, int train, int test)
    {
        _folder.WriteSet("train", 20);
        _folder.WriteSet("t10k", 6);

        DataSplit split = Split(options);

        Assert.Equal(Enumerable.Range(0, train), Numbers(split.Train));
        Assert.Equal(Enumerable.Range(6 - test, test), Numbers(split.Test));
    }

    [Theory]
    [InlineData("--train 20", "--train asks for 20 images, but there are 19 for it.")]
    [InlineData("--train 15 --test 6", "--test asks for 6 images, but there are 5 for it.")]
    [InlineData("--test 20", "--test asks for 20 images, but there are 19 for it.")]
    public void More_images_than_there_are_is_refused(string options, string message)
    {
        _folder.WriteSet("train", 20);

        Assert.Equal(message, Assert.Throws<OptionException>(() => Split(options)).Message);
    }

    [Fact]
    public void A_single_image_cannot_be_split()
    {
        _folder.WriteSet("train", 1);

        var exception = Assert.Throws<InvalidDataException>(() => Split(""));

        Assert.EndsWith("expected at least 2 images to train on and to test on, found 1.", exception.Message);
    }

    [Fact]
    public void An_empty_folder_is_refused()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Split(""));

        Assert.StartsWith($"{_folder.Path}: expected train-images-idx3-ubyte", exception.Message);
    }

    [Fact]
    public void Drawn_digits_are_split_without_overlap()
    {
        DataSplit split = DataSplit.From(Options.Parse(["--train", "30", "--test", "10", "--seed", "5"]));
        LabeledData<float> all = StrokeDigits.Draw(40, seed: 5);

        Assert.Equal(all.Inputs[..(30 * 784)].ToArray(), split.Train.Inputs.ToArray());
        Assert.Equal(all.Inputs[(30 * 784)..].ToArray(), split.Test.Inputs.ToArray());
    }

    private DataSplit Split(string options) =>
        DataSplit.From(Options.Parse(["--data", _folder.Path, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));

    private static IEnumerable<int> Numbers(LabeledData<float> data) =>
        Enumerable.Range(0, data.Count).Select(n => (int)MathF.Round(data.Image(n)[0] * 255));
}
