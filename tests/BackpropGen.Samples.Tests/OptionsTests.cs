using Digits;

namespace BackpropGen.Samples.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Without_arguments_the_defaults_hold()
    {
        Options options = Options.Parse([]);

        Assert.Null(options.DataFolder);
        Assert.Null(options.Train);
        Assert.Null(options.Test);
        Assert.Equal(5, options.Epochs);
        Assert.Equal(64, options.Batch);
        Assert.Equal(1UL, options.Seed);
        Assert.Equal(1, options.Seeds);
        Assert.Equal(".", options.OutputFolder);
        Assert.False(options.Help);
    }

    [Theory]
    [InlineData("--train 8000 --test 2000 --epochs 10 --batch 32 --seed 18446744073709551615 --seeds 5")]
    [InlineData("--train=8000 --test=2000 --epochs=10 --batch=32 --seed=18446744073709551615 --seeds=5")]
    public void Every_number_is_read(string line)
    {
        Options options = Options.Parse(line.Split(' '));

        Assert.Equal(8000, options.Train);
        Assert.Equal(2000, options.Test);
        Assert.Equal(10, options.Epochs);
        Assert.Equal(32, options.Batch);
        Assert.Equal(ulong.MaxValue, options.Seed);
        Assert.Equal(5, options.Seeds);
    }

    [Fact]
    public void Folders_are_read()
    {
        string folder = Path.GetTempPath();

        Assert.Equal(folder, Options.Parse(["--data", folder]).DataFolder);
        Assert.Equal(folder, Options.Parse(["--output", folder]).OutputFolder);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_recognised(string argument) => Assert.True(Options.Parse([argument]).Help);

    [Theory]
    [InlineData("--epoch 3", "There is no option '--epoch'; --help lists those there are.")]
    [InlineData("mnist", "There is no option 'mnist'; --help lists those there are.")]
    [InlineData("--epochs", "--epochs needs a value.")]
    [InlineData("--epochs --batch 3", "--epochs needs a value.")]
    [InlineData("--epochs 0", "--epochs needs a whole number from 1 to 10000, not '0'.")]
    [InlineData("--epochs 1.5", "--epochs needs a whole number from 1 to 10000, not '1.5'.")]
    [InlineData("--batch 99999999999", "--batch needs a whole number from 1 to 65536, not '99999999999'.")]
    [InlineData("--seeds=", "--seeds needs a whole number from 1 to 1000, not ''.")]
    [InlineData("--seed -1", "--seed needs a whole number from 0 to 18446744073709551615, not '-1'.")]
    [InlineData("--seed 1 --seed 2", "--seed is given twice.")]
    [InlineData("--data /no/such/folder", "--data needs a folder, and there is none at '/no/such/folder'.")]
    [InlineData("--output /no/such/folder", "--output needs a folder, and there is none at '/no/such/folder'.")]
    public void What_makes_no_sense_gives_one_sentence(string line, string message) =>
        Assert.Equal(message, Assert.Throws<OptionException>(() => Options.Parse(line.Split(' '))).Message);

    [Fact]
    public void Help_names_every_option()
    {
        foreach (string option in new[] { "--data", "--train", "--test", "--epochs", "--batch", "--seed", "--seeds", "--output", "--help" })
        {
            Assert.Contains($"  {option} ", Options.Usage);
        }
    }
}
