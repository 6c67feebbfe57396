using BackpropGen;

namespace Iris;

/// <summary>A network that has been trained, and how well it does on the test flowers.</summary>
/// <param name="Network">The network.</param>
/// <param name="History">Its losses, and the accuracy on the test flowers as the first metric.</param>
/// <param name="Precision">Of the flowers taken for a species, the share that is of it.</param>
/// <param name="Recall">Of the flowers of a species, the share that was found.</param>
internal sealed record TrainedNetwork(IrisNet Network, TrainingHistory History, PrecisionScore<float> Precision, RecallScore<float> Recall)
{
    /// <summary>What the test flowers were taken for.</summary>
    public ConfusionMatrix<float> Confusion => Precision.Matrix;

    /// <summary>Trains a network. The test flowers are looked at after every epoch, but nothing is decided by them.</summary>
    /// <param name="train">Standardised.</param>
    /// <param name="test">Standardised in the same way.</param>
    /// <param name="options">How many epochs, and the seed.</param>
    /// <param name="balanced">Whether a flower counts the more in training, the fewer there are of its species.</param>
    public static TrainedNetwork Train(LabeledData<float> train, LabeledData<float> test, Options options, bool balanced)
    {
        var network = new IrisNet((ulong)options.Seed);
        var precision = new PrecisionScore<float>(IrisNet.OutputSize);
        var recall = new RecallScore<float>(IrisNet.OutputSize);
        TrainingResult result = Trainer.Fit(
            network,
            train,
            new TrainingOptions { Epochs = options.Epochs, BatchSize = 32, Seed = (ulong)options.Seed, BalancedClassWeights = balanced },
            validation: test,
            metrics: [new Accuracy<float>(), precision, recall]);
        return new TrainedNetwork(network, result.History, precision, recall);
    }
}
