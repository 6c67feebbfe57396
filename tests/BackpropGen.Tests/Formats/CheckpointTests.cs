using System.Numerics;

namespace BackpropGen.Tests.Formats;

/// <summary>Checkpoints: training goes on to the same bits, and a file that does not fit changes nothing.</summary>
public sealed class CheckpointTests
{
    [Theory]
    [MemberData(nameof(AllNetworks.TrainableDoubleNames), MemberType = typeof(AllNetworks))]
    public void Training_goes_on_to_the_same_bits(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        Resume(network);
    }

    [Theory]
    [MemberData(nameof(AllNetworks.TrainableSingleNames), MemberType = typeof(AllNetworks))]
    public void Training_of_floats_goes_on_to_the_same_bits(string name) => Resume(AllNetworks.Single(name));

    private static void Resume<T>(NetworkCase<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Batch<T>[] batches = [.. Enumerable.Range(0, 6).Select(seed => Batch<T>.Random(network, 5, seed))];
        ITestNetwork<T> whole = network.Create(1);
        Train(whole, batches[..3]);
        var stream = new MemoryStream();
        Checkpoint.Save(stream, (ITrainableNetwork<T>)whole, "position 3");
        Train(whole, batches[3..]);

        ITestNetwork<T> resumed = network.Create(2);
        Train(resumed, batches[4..]);
        Assert.Equal("position 3", Checkpoint.Load(new TrickleStream(stream.ToArray()), (ITrainableNetwork<T>)resumed));
        Train(resumed, batches[3..]);

        Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
    }

    [Fact]
    public void The_learning_rate_and_the_text_come_back()
    {
        const string Text = "{\"position\": 7, \"name\": \"größer – 🎲\", \"quote\": \"\\\"\"}\0\n";
        var network = new SmallFileNet(seed: 1) { LearningRate = 0.1f / 3 };
        byte[] file = Saved(network, Text);

        var other = new SmallFileNet(seed: 2);
        Assert.Equal(Text, Checkpoint.Load(new MemoryStream(file), other));
        Assert.Equal(0.1f / 3, other.LearningRate);
    }

    [Fact]
    public void A_text_that_is_none_is_not_saved() =>
        Assert.ThrowsAny<ArgumentException>(() => Saved(new SmallFileNet(seed: 1), "\ud800"));

    [Fact]
    public void A_network_loads_the_weights_of_a_checkpoint()
    {
        var trained = new SmallFileNet(seed: 1);
        trained.TrainStep([1, 2, 3], [1]);
        var network = new SmallFileNet(seed: 2);

        network.Load(new MemoryStream(Saved(trained)));

        Assert.Equal(trained.Parameters.ToArray(), network.Parameters.ToArray());
    }

    [Fact]
    public void Weights_alone_are_no_checkpoint()
    {
        var stream = new MemoryStream();
        new SmallFileNet(seed: 1).Save(stream);

        AssertRefused(stream.ToArray(), "The file has weights alone and is no checkpoint");
    }

    [Fact]
    public void The_state_of_another_optimizer_is_refused() => AssertRefused(
        Saved(new SmallSgdNet(seed: 1)),
        "The checkpoint does not fit the optimizer of SmallFileNet (3 → 4 → 2): optimizer.state.");

    [Theory]
    [InlineData("NaN")]
    [InlineData("-1")]
    public void A_number_that_cannot_be_is_refused(string rate)
    {
        byte[] file = Saved(new SmallFileNet(seed: 1) { LearningRate = 0.25f });
        string header = SafetensorsBytes.HeaderOf(file);
        string wrong = header.Replace("0.25", rate == "NaN" ? "\\\"NaN\\\"" : rate, StringComparison.Ordinal);
        Assert.NotEqual(header, wrong);

        AssertRefused(SafetensorsBytes.Of(wrong, file[(8 + (int)BitConverter.ToInt64(file))..]), "The state of the optimizer does not fit");
    }

    [Fact]
    public void A_checkpoint_cut_anywhere_changes_nothing()
    {
        byte[] file = Saved(new SmallFileNet(seed: 2));
        for (int length = 0; length < file.Length; length += 3)
        {
            AssertRefused(file[..length], string.Empty);
        }
    }

    [Fact]
    public void Damaged_numbers_let_nothing_escape_but_the_documented_exception()
    {
        byte[] whole = Saved(new SmallFileNet(seed: 2), "text");
        string header = SafetensorsBytes.HeaderOf(whole);
        int start = header.IndexOf("backpropgen.optimizer_numbers", StringComparison.Ordinal);
        int end = header.IndexOf("backpropgen.training_state", StringComparison.Ordinal);
        var random = new Random(3);
        var network = new SmallFileNet(seed: 1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            char[] text = header.ToCharArray();
            for (int changes = random.Next(1, 3); changes > 0; changes--)
            {
                text[random.Next(start, end)] = "{}[]\",:0123456789eE+-.\\nul "[random.Next(26)];
            }

            try
            {
                Checkpoint.Load(new MemoryStream(SafetensorsBytes.Of(new string(text), whole[(8 + (int)BitConverter.ToInt64(whole))..])), network);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 10_000, 20_000);
    }

    private static void Train<T>(ITestNetwork<T> network, Batch<T>[] batches)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (Batch<T> batch in batches)
        {
            network.TrainStep(batch);
        }
    }

    private static byte[] Saved(ITrainableNetwork<float> network, string text = "")
    {
        var stream = new MemoryStream();
        Checkpoint.Save(stream, network, text);
        return stream.ToArray();
    }

    private static void AssertRefused(byte[] file, string message)
    {
        var network = new SmallFileNet(seed: 5);
        network.TrainStep([1, 2, 3], [1]);
        byte[] before = Saved(network);

        var exception = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(new MemoryStream(file), network));

        Assert.StartsWith(message, exception.Message);
        Assert.Equal(before, Saved(network));
    }
}
