// Learns to read digits: drawn ones without any arguments, MNIST files with --data; --help lists the options.

using System.Diagnostics;
using System.Text;
using Digits;

Console.OutputEncoding = Encoding.UTF8;

try
{
    Options options = Options.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(Options.Usage);
        return 0;
    }

    // 1. The data.
    var clock = Stopwatch.StartNew();
    DataSplit data = DataSplit.From(options);
    Console.WriteLine(
        $"{(options.DataFolder is null ? "Drew" : "Read")} {data.Train.Count:N0} images to train on and " +
        $"{data.Test.Count:N0} to test on in {clock.Elapsed.TotalSeconds:F2} s, for instance:");
    TextArt.Write(Console.Out, data.Train, first: 0, count: Math.Min(4, data.Train.Count));

    // 2. The network: DigitNet.cs declares it, the generator wrote its code.
    Console.WriteLine(DigitNet.Summary.TrimEnd());

    // 3. Training: one network per seed.
    var accuracies = new List<double>();
    var confusion = new ConfusionMatrix(DigitNet.OutputSize);
    for (int run = 0; run < options.Seeds; run++)
    {
        ulong seed = options.Seed + (ulong)run;
        var net = new DigitNet(seed);

        clock.Restart();
        Console.WriteLine();
        Console.WriteLine($"Training with seed {seed}");
        TrainingDisplay.Run(options.Epochs, data.Train.Count, display => Train(net, seed, data, options, display));

        ConfusionMatrix result = Test(net, data.Test);
        accuracies.Add(result.Accuracy);
        confusion.Add(result);
        Console.WriteLine($"Test accuracy {100 * result.Accuracy:F2} % after {clock.Elapsed.TotalSeconds:F1} s");
    }

    // 4. What it learnt.
    Console.WriteLine();
    confusion.WriteTo(Console.Out);
    if (options.Seeds > 1)
    {
        Console.WriteLine();
        Console.WriteLine(
            $"Mean test accuracy of {options.Seeds} seeds {100 * accuracies.Average():F2} %, " +
            $"from {100 * accuracies.Min():F2} to {100 * accuracies.Max():F2} %");
    }

    return 0;
}
catch (OptionException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

// Every epoch goes through all images once, in a new order; the last batch is smaller where the images do not divide evenly.
static void Train(DigitNet net, ulong seed, DataSplit data, Options options, TrainingDisplay display)
{
    int count = data.Train.Count;
    var random = new SplitMix64(seed);
    int[] order = [.. Enumerable.Range(0, count)];
    int batchSize = Math.Min(options.Batch, count);
    var images = new float[batchSize * DigitNet.InputSize];
    var labels = new int[batchSize];

    for (int epoch = 1; epoch <= options.Epochs; epoch++)
    {
        display.Begin(epoch);
        random.Shuffle(order);

        double lossSum = 0;
        for (int done = 0; done < count;)
        {
            int n = Math.Min(batchSize, count - done);
            data.Train.Gather(order.AsSpan(done, n), images, labels);
            float loss = net.TrainStep(images.AsSpan(0, n * DigitNet.InputSize), labels.AsSpan(0, n));

            done += n;
            lossSum += loss * n;
            display.Progress(done, lossSum / done);
        }

        display.End(epoch, lossSum / count, Test(net, data.Test).Accuracy);
    }
}

static ConfusionMatrix Test(DigitNet net, Dataset test)
{
    var probabilities = new float[test.Count * DigitNet.OutputSize];
    net.Predict(test.Images, probabilities);

    var confusion = new ConfusionMatrix(DigitNet.OutputSize);
    confusion.Add(probabilities, test.Labels);
    return confusion;
}
