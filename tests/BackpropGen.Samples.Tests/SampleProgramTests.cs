using System.Globalization;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace BackpropGen.Samples.Tests;

public sealed class SampleProgramTests
{
    private const string FourLayerProgram = "FourLayer.dll";
    private const string DigitsProgram = "Digits.dll";

    [Fact]
    public async Task FourLayer_agrees_with_central_differences_and_fits_the_screen()
    {
        (int exitCode, string output, string error) = await SampleProgram.Run(FourLayerProgram);

        Assert.Empty(error);
        Assert.Equal(0, exitCode);
        Assert.Contains("All values agree", output);
        Assert.Contains("∂x = δ1·W1ᵀ", output);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 120));
    }

    [Fact]
    public async Task Digits_learns_its_drawn_digits_and_prints_plain_lines_into_a_pipe()
    {
        using var pictures = new TemporaryFolder();
        (int exitCode, string output, string error) = await SampleProgram.Run(
            DigitsProgram, "--train", "2000", "--test", "500", "--epochs", "4", "--output", pictures.Path);

        Assert.Empty(error);
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain('\e', output);
        Assert.Contains("epoch 4/4", output);
        Assert.Contains("predicted", output);
        string accuracy = Regex.Match(output, @"^Test accuracy (\d+\.\d+) %", RegexOptions.Multiline).Groups[1].Value;
        Assert.InRange(double.Parse(accuracy, CultureInfo.InvariantCulture), 85, 100);
        Assert.Equal(["confusion.png", "loss.png"], Directory.GetFiles(pictures.Path).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(pictures.Path), picture =>
        {
            Assert.Contains(picture, output);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(picture)[..4]);
        });

        // Ten cells of a hundred are dark, those on the diagonal: what was read right.
        using SKBitmap confusion = SKBitmap.Decode(Path.Combine(pictures.Path, "confusion.png"));
        Assert.InRange((double)confusion.Pixels.Count(IsDark) / confusion.Pixels.Length, 0.05, 0.15);

        static bool IsDark(SKColor color) => color.Red + color.Green + color.Blue < 300;
    }

    [Fact]
    public async Task Digits_gives_the_same_result_for_the_same_seed_and_a_mean_for_several()
    {
        using var pictures = new TemporaryFolder();
        string[] arguments =
            ["--train", "300", "--test", "100", "--epochs", "2", "--seeds", "2", "--batch", "40", "--output", pictures.Path];
        (_, string first, _) = await SampleProgram.Run(DigitsProgram, arguments);
        (_, string second, _) = await SampleProgram.Run(DigitsProgram, arguments);

        Match mean = Regex.Match(first, "Mean test accuracy of 2 seeds.*");
        Assert.True(mean.Success);
        Assert.Contains(mean.Value, second);
    }

    [Fact]
    public async Task Digits_trains_on_MNIST_files()
    {
        using var folder = new TemporaryFolder();
        folder.WriteSet("t10k", 20);

        (int exitCode, string output, string error) = await SampleProgram.Run(
            DigitsProgram, "--data", folder.Path, "--epochs", "1", "--output", folder.Path);

        Assert.Empty(error);
        Assert.Equal(0, exitCode);
        Assert.Contains("Read 16 images to train on and 4 to test on", output);
    }

    [Fact]
    public async Task Digits_explains_its_options()
    {
        (int exitCode, string output, _) = await SampleProgram.Run(DigitsProgram, "--help");

        Assert.Equal(0, exitCode);
        Assert.Contains("--data DIR", output);
    }

    [Fact]
    public async Task Digits_refuses_a_bad_option_with_one_sentence()
    {
        (int exitCode, string output, string error) = await SampleProgram.Run(DigitsProgram, "--epochs", "many");

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Equal("--epochs needs a whole number from 1 to 10000, not 'many'.", error.Trim());
    }

    [Fact]
    public async Task Digits_refuses_a_folder_that_it_cannot_write_to_before_it_trains()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        (int exitCode, string output, string error) = await SampleProgram.Run(DigitsProgram, "--output", "/proc", "--train", "100", "--test", "10");

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Equal("--output needs a folder for the pictures, and nothing can be written to '/proc'.", error.Trim());
    }

    [Fact]
    public async Task Digits_refuses_a_damaged_file_by_name()
    {
        using var folder = new TemporaryFolder();
        folder.WriteSet("train", 20);
        string images = Path.Combine(folder.Path, "train-images-idx3-ubyte");
        File.WriteAllBytes(images, File.ReadAllBytes(images)[..^100]);

        (int exitCode, _, string error) = await SampleProgram.Run(DigitsProgram, "--data", folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Equal($"{images}: expected 15,680 bytes of data (20 × 28 × 28), found 15,580: the file is cut short.", error.Trim());
    }
}
