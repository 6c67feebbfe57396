// Learns to tell three species of iris apart, few of one of them; --help lists the options.

using System.Text;
using BackpropGen;
using Iris;

Console.OutputEncoding = Encoding.UTF8;

try
{
    Options options = Options.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(Options.Usage);
        return 0;
    }

    // 1. The data: a file of flowers, which is drawn first where there is none.
    string file = options.DataFile ?? options.DrawnFile ?? Path.Combine(Directory.CreateTempSubdirectory("iris-").FullName, "iris.csv");
    if (options.DataFile is null)
    {
        FlowerFile.Write(file, FisherFlowers.Draw([300, 600, 60], options.Seed));
    }

    Flowers flowers = FlowerFile.Read(file);
    string counts = string.Join(", ", flowers.Species.Select((name, label) => $"{flowers.Samples.Labels.Span.Count(label)} {name}"));
    Console.WriteLine($"Read {counts} from {file}");

    // 2. Three flowers of ten are set aside, of every species alike; what the inputs are standardised with comes from the others alone.
    (LabeledData<float> train, LabeledData<float> test) = flowers.Samples.Split(0.3, (ulong)options.Seed, stratify: true);
    Standardization standardization = Standardization.Of(train);
    train = standardization.Apply(train);
    test = standardization.Apply(test);
    Console.WriteLine($"{train.Count} flowers to learn from, with these means and deviations, and {test.Count} to test with");
    Tables.WriteInputs(standardization);

    // 3. The network: IrisNet.cs declares it, the generator wrote its code.
    Console.WriteLine();
    Console.WriteLine(IrisNet.Summary);

    // 4. Training, once with every flower counting the same, once with every species counting the same.
    TrainedNetwork plain = TrainedNetwork.Train(train, test, options, balanced: false);
    TrainedNetwork weighted = TrainedNetwork.Train(train, test, options, balanced: true);
    Console.WriteLine($"Training without and with class weights (a flower counts {Weights(train, flowers.Species)})");
    Tables.WriteEpochs(plain, weighted);

    // 5. What they learnt.
    Console.WriteLine();
    Console.WriteLine("The test flowers, without class weights");
    Tables.WriteConfusion(plain, flowers.Species);
    Console.WriteLine("and with them");
    Tables.WriteConfusion(weighted, flowers.Species);
    Tables.WriteScores(plain, weighted, flowers.Species);

    // 6. A new flower.
    float[] flower = [6.0f, 2.8f, 4.9f, 1.7f];
    Console.WriteLine();
    Console.WriteLine($"A flower with sepals of {flower[0]:F1} × {flower[1]:F1} cm and petals of {flower[2]:F1} × {flower[3]:F1} cm");
    foreach ((string name, TrainedNetwork trained) in new[] { ("without weights", plain), ("with weights", weighted) })
    {
        var probabilities = new float[IrisNet.OutputSize];
        trained.Network.Predict(standardization.Apply(flower), probabilities);
        int best = Array.IndexOf(probabilities, probabilities.Max());
        string others = string.Join(", ", flowers.Species.Select((species, label) => $"{species} {100 * probabilities[label]:F1} %"));
        Console.WriteLine($"  {name,-15}  {flowers.Species[best]}   ({others})");
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

static string Weights(LabeledData<float> train, IReadOnlyList<string> species)
{
    LabeledData<float> balanced = train.WithBalancedClassWeights();
    return string.Join(", ", species.Select((name, label) => $"{name} {balanced.SampleWeights.Span[balanced.Labels.Span.IndexOf(label)]:F2}"));
}
