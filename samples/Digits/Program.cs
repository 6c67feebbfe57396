// Learns to read digits: drawn ones without any arguments, MNIST files with --data; --help lists the options.

using System.Diagnostics;
using System.Text;
using BackpropGen;
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

    Pictures.CheckFolder(options.OutputFolder);

    // 1. The data.
    var clock = Stopwatch.StartNew();
    DataSplit data = DataSplit.From(options);
    Console.WriteLine(
        $"{(options.DataFolder is null ? "Drew" : "Read")} {data.Train.Count:N0} images to train on and " +
        $"{data.Test.Count:N0} to test on in {clock.Elapsed.TotalSeconds:F2} s, for instance:");
    TextArt.Write(Console.Out, data.Train, first: 0, count: Math.Min(4, data.Train.Count));

    // 2. The network: DigitNet.cs declares it, the generator wrote its code.
    Console.WriteLine(DigitNet.Summary.TrimEnd());

    // 3. Training: one network per seed. The test images are looked at after every epoch, but nothing is decided by them.
    var histories = new List<TrainingHistory>();
    var confusion = new ConfusionMatrix<float>(DigitNet.OutputSize);
    var probabilities = new float[data.Test.Count * DigitNet.OutputSize];
    for (int run = 0; run < options.Seeds; run++)
    {
        ulong seed = options.Seed + (ulong)run;
        var net = new DigitNet(seed);

        clock.Restart();
        Console.WriteLine();
        Console.WriteLine($"Training with seed {seed}");
        TrainingResult result = TrainingDisplay.Run(display => Trainer.Fit(
            net,
            data.Train,
            new TrainingOptions { Epochs = options.Epochs, BatchSize = options.Batch, Seed = seed, Observers = [display] },
            validation: data.Test,
            metrics: [new Accuracy<float>()]));
        histories.Add(result.History);
        Console.WriteLine($"Test accuracy {100 * result.History[^1].Metrics[0]:F2} % after {clock.Elapsed.TotalSeconds:F1} s");

        net.Predict(data.Test.Inputs.Span, probabilities);
        confusion.Add(probabilities, data.Test.Labels.Span);
    }

    // 4. What it learnt.
    Console.WriteLine();
    ConfusionTable.Write(Console.Out, confusion);
    Console.WriteLine();
    if (options.Seeds > 1)
    {
        double[] accuracies = [.. histories.Select(history => history[^1].Metrics[0])];
        Console.WriteLine(
            $"Mean test accuracy of {options.Seeds} seeds {100 * accuracies.Average():F2} %, " +
            $"from {100 * accuracies.Min():F2} to {100 * accuracies.Max():F2} %");
    }

    // 5. The pictures.
    string withoutText = Charts.CanWrite ? "" : ", without text, for there is no font here";
    string lossFile = Pictures.SaveLoss(options.OutputFolder, histories);
    Console.WriteLine($"Losses in {lossFile}{withoutText}");
    string confusionFile = Pictures.SaveConfusion(options.OutputFolder, confusion);
    Console.WriteLine($"Confusion matrix in {confusionFile}{withoutText}");
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
