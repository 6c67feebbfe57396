using BackpropGen;

namespace Digits;

/// <summary>What to train on and what to test on.</summary>
/// <param name="Train">The images to learn.</param>
/// <param name="Test">The images to be asked about, none of which is learnt.</param>
internal sealed record DataSplit(LabeledData<float> Train, LabeledData<float> Test)
{
    private const int DrawnTrain = 8_000;
    private const int DrawnTest = 2_000;

    /// <summary>The data that the options ask for.</summary>
    public static DataSplit From(Options options) =>
        options.DataFolder is null ? Draw(options) : Load(options.DataFolder, options);

    private static DataSplit Draw(Options options)
    {
        int train = options.Train ?? DrawnTrain;
        int test = options.Test ?? DrawnTest;
        LabeledData<float> digits = StrokeDigits.Draw(train + test, options.Seed);
        return new DataSplit(First(digits, train), Last(digits, test));
    }

    private static DataSplit Load(string folder, Options options)
    {
        LabeledData<float>? train = MnistFolder.ReadTrain(folder);
        LabeledData<float>? test = MnistFolder.ReadTest(folder);
        if (train is not null && test is not null)
        {
            return new DataSplit(
                First(train, AtMost("--train", options.Train ?? train.Count, train.Count)),
                Last(test, AtMost("--test", options.Test ?? test.Count, test.Count)));
        }

        LabeledData<float> all = train ?? test ?? throw new InvalidDataException(
            $"{folder}: expected train-images-idx3-ubyte and train-labels-idx1-ubyte, or the same with t10k, plain or .gz; found neither.");
        return all.Count >= 2
            ? SplitOne(all, options)
            : throw new InvalidDataException($"{folder}: expected at least 2 images to train on and to test on, found 1.");
    }

    /// <summary>Training images from the front, test images from the back, 80 : 20 unless the options say otherwise.</summary>
    private static DataSplit SplitOne(LabeledData<float> all, Options options)
    {
        if (options.Train is null)
        {
            int back = AtMost("--test", options.Test ?? Math.Max(1, all.Count / 5), all.Count - 1);
            return new DataSplit(First(all, all.Count - back), Last(all, back));
        }

        int train = AtMost("--train", options.Train.Value, all.Count - 1);
        int test = AtMost("--test", options.Test ?? (all.Count - train), all.Count - train);
        return new DataSplit(First(all, train), Last(all, test));
    }

    private static LabeledData<float> First(LabeledData<float> data, int count) => data.Slice(0, count);

    private static LabeledData<float> Last(LabeledData<float> data, int count) => data.Slice(data.Count - count, count);

    private static int AtMost(string option, int wanted, int available) =>
        wanted <= available
            ? wanted
            : throw new OptionException($"{option} asks for {wanted:N0} images, but there are {available:N0} for it.");
}
