using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using BackpropGen.Generator;
using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>
/// Three fixed networks, trained for 200 steps: what their weights come to says whether two processors, or two settings of one, compute the
/// same. One has many activations, one the wide layers whose kernels work in blocks, and one activations with kinks inside such kernels: a
/// rounding that moves a z across a kink is no longer a rounding afterwards.
/// </summary>
internal static class TrainingRun
{
    /// <summary>How the names begin of the networks whose activations have kinks.</summary>
    public const string Kinked = "Kinked";

    private const int Steps = 200;

    /// <summary>Neither a whole number of blocks of rows nor of vectors.</summary>
    private const int Batch = 37;

    private static readonly (Precision Precision, NetworkSpec Spec)[] Networks =
    [
        .. from precision in new[] { Precision.Single, Precision.Double }
           from spec in new[]
           {
               Network("Smooth", 11, (19, Activation.Tanh), (33, Activation.Gelu), (8, Activation.Silu), (17, Activation.Sigmoid), (5, Activation.Identity)),
               Network("Wide", 70, (100, Activation.Silu), (48, Activation.Tanh), (7, Activation.Identity)),
               Network(Kinked, 70, (100, Activation.Relu), (48, Activation.LeakyRelu), (7, Activation.Identity)),
           }
           select (precision, spec with { Precision = precision, Host = spec.Host with { Name = $"{spec.Host.Name}{precision}" } }),
    ];

    /// <summary>The vectors of this process, such as "512 bits, fused multiply-add".</summary>
    public static string Vectors => (Vector512.IsHardwareAccelerated, Vector256.IsHardwareAccelerated, Vector128.IsHardwareAccelerated) switch
    {
        (true, _, _) => "512 bits",
        (_, true, _) => "256 bits",
        (_, _, true) => "128 bits",
        _ => "none",
    } + (Fma.IsSupported ? ", fused multiply-add" : "");

    /// <summary>The vectors of this process; then a line for each network: its name, the loss of the last step, and the weights.</summary>
    public static IEnumerable<string> Lines()
    {
        yield return Vectors;
        SourceUnit[] units = [.. Networks.Select(network => new SourceUnit(network.Spec.Host.Name, SourceWriter.Write([network.Spec])))];
        IReadOnlyList<CompiledUnit> compiled = InProcessCompiler.Compile(units);
        for (int i = 0; i < units.Length; i++)
        {
            Type type = compiled[i].Assembly!.GetType($"{SourceWriter.Namespace}.{units[i].Name}", throwOnError: true)!;
            IEnumerable<double> numbers = Train(CaseRunner.Instantiate(type, Networks[i].Precision));
            yield return $"{units[i].Name} {string.Join(' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}";
        }
    }

    private static IEnumerable<double> Train(INetworkHandle network)
    {
        // Rounded to float, so that both precisions see the same data.
        var random = new Random(5);
        double[] inputs = [.. Enumerable.Range(0, Batch * network.Sizes.Inputs).Select(_ => (double)((2 * random.NextSingle()) - 1))];
        var targets = new Targets([.. Enumerable.Range(0, Batch).Select(_ => random.Next(network.Sizes.Outputs))], null, null);
        double loss = 0;
        for (int step = 0; step < Steps; step++)
        {
            loss = network.TrainStep(inputs, targets);
        }

        return network.CopyParameters().Prepend(loss);
    }

    private static NetworkSpec Network(string name, int inputs, params (int Units, Activation Activation)[] layers) => new(
        new HostSpec(SourceWriter.Namespace, default, name, "", DeclaresConstructor: false),
        inputs,
        new EquatableArray<LayerSpec>(layers.Select((layer, i) => new DenseSpec(
            FormattableString.Invariant($"Dense{i + 1}"), layer.Units, new ActivationSpec(layer.Activation, Parameter: 0.1)))),
        new LossSpec(Loss.SoftmaxCrossEntropy),
        new SgdSpec(LearningRate: 0.05));
}
