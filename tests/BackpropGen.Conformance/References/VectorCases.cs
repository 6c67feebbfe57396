using BackpropGen.Generator;
using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Testing;
using BackpropGen.Testing;

namespace BackpropGen.Conformance;

/// <summary>Turns a reference file into a case to check.</summary>
/// <remarks>
/// Double must meet the file's own tolerance, float 1e-4 relative and 1e-5 absolute. The cases tagged <c>nasty</c> hold numbers up to
/// 1000 in which a float network rounds at 6e-5 and more: there the absolute part grows with the largest number involved (the tensor's
/// own, and for a loss that of the outputs it is made of), and everything must still be finite. References below the smallest float are
/// zero to a float network, which the absolute part covers; references that no float can hold do not have to be met.
/// </remarks>
internal static class VectorCases
{
    public const string Schema = "nn-vectors/1";

    /// <summary>The case of a file, or the reason why it is skipped.</summary>
    public static CaseSource Convert(VectorFile file)
    {
        string? reason = Unsupported(file);
        if (reason is not null)
        {
            return new CaseSource(file.Name, null, SkipReason: reason);
        }

        try
        {
            NetworkSpec spec = VectorNetwork.ToSpec(file);
            spec = spec with
            {
                Layers = new EquatableArray<LayerSpec>(spec.Layers.Select(layer => layer with { Name = "" })),
                Optimizer = file.Optimizer is null ? null : ToOptimizer(file.Optimizer),
                InputGradients = file.Grads.X is not null,
            };
            return new CaseSource(file.Name, new ReferenceCase(
                file.Name,
                spec,
                Precisions(file),
                file.X.Data,
                file.FlatParameters,
                ToTargets(file, spec.Loss),
                ToValues(file, spec),
                ToTrajectory(file))
            {
                Masks = [.. file.Net.Layers.Where(layer => layer.Mask is not null).Select(layer => Array.ConvertAll(layer.Mask!.Data, kept => kept * layer.Scale!.Value))],
            });
        }
        catch (NotSupportedException exception)
        {
            return new CaseSource(file.Name, null, SkipReason: exception.Message);
        }
    }

    /// <summary>What the declaration language does not have yet, or null.</summary>
    private static string? Unsupported(VectorFile file)
    {
        VectorLayer? layer = file.Net.Layers.FirstOrDefault(layer => layer.Type is not ("dense" or "activation" or "layer_norm" or "dropout"));
        if (layer is not null)
        {
            return $"layer type {layer.Type} is not supported yet";
        }

        if (file.Net.InputShape.Length != 1 || file.Net.InputDtype == "int")
        {
            return $"inputs of shape [{string.Join(", ", file.Net.InputShape)}] and type {file.Net.InputDtype} are not supported yet";
        }

        return null;
    }

    private static PrecisionCheck[] Precisions(VectorFile file) =>
    [
        new(Precision.Double, new Tolerance(file.Tolerance.Rtol, file.Tolerance.Atol)),
        new(Precision.Single, FloatTolerance(nasty: file.Tags.Contains("nasty"))),
    ];

    /// <summary>How close a float network must come to the numbers of a file.</summary>
    public static Tolerance FloatTolerance(bool nasty) => nasty
        ? new Tolerance(1e-4, 1e-5, ToleranceScale.MagnitudeFromOne, float.MaxValue)
        : new Tolerance(1e-4, 1e-5);

    /// <summary>The targets as given; one-hot rows also as labels where class weights do not make the two differ.</summary>
    private static List<Targets> ToTargets(VectorFile file, LossSpec loss)
    {
        double[]? weights = file.Loss.SampleWeights;
        if (file.HasLabels)
        {
            return [new Targets(file.Labels, null, weights)];
        }

        List<Targets> targets = [];
        LossRule rule = LossRules.Of(loss.Kind);
        if (rule.TakesRows)
        {
            targets.Add(new Targets(null, file.Target.Data, weights));
        }

        if (rule.TakesLabels && file.Loss.TargetKind == "one_hot" && loss.ClassWeights.Count == 0)
        {
            int[] labels = [.. file.Target.Data.Chunk(file.Net.OutputShape[0]).Select(row => Array.IndexOf(row, row.Max()))];
            targets.Add(new Targets(labels, null, weights));
        }

        return targets.Count > 0 ? targets : throw new NotSupportedException($"{loss.Kind} does not take {file.Loss.TargetKind} targets");
    }

    private static ReferenceValues ToValues(VectorFile file, NetworkSpec spec) => new(
        [.. file.Forward.Select(layer => new ReferenceLayer(layer.Z.Data, layer.H.Data, layer.Dz.Data))],
        file.Predictions.Data,
        file.RowLosses.Data,
        file.LossValue,
        file.FlatGradients,
        file.Grads.X?.Data,
        spec.Layers[spec.Layers.Count - 1].Activation.Kind == Activation.Identity ? file.Forward[^1].Dz.Data : null);

    /// <summary>The optimizer of a file with its clipping.</summary>
    private static OptimizerSpec ToOptimizer(VectorOptimizer optimizer)
    {
        OptimizerSpec spec = ToUnclipped(optimizer);
        return optimizer.Clip switch
        {
            null => spec,
            { Type: "global_norm", MaxNorm: { } norm } => spec with { ClipNorm = norm },
            { Type: "value", ClipValue: { } value } => spec with { ClipValue = value },
            { Type: var type } => throw new NotSupportedException($"gradient clipping ({type}) is not supported yet"),
        };
    }

    private static OptimizerSpec ToUnclipped(VectorOptimizer optimizer)
    {
        (double rate, double decay) = (optimizer.Lr, optimizer.WeightDecay);
        (double beta1, double beta2, double epsilon) = (optimizer.Beta1 ?? 0, optimizer.Beta2 ?? 0, optimizer.Eps ?? 0);
        return optimizer.Type switch
        {
            "sgd" => new SgdSpec(rate, optimizer.Momentum ?? 0, optimizer.Dampening ?? 0, optimizer.Nesterov ?? false, decay),
            "adam" => new AdamSpec(rate, beta1, beta2, epsilon, decay, optimizer.Amsgrad ?? false),
            "adamw" => new AdamSpec(rate, beta1, beta2, epsilon, decay, optimizer.Amsgrad ?? false) { DecoupledWeightDecay = true },
            "rmsprop" => new RmsPropSpec(rate, optimizer.Alpha!.Value, epsilon, optimizer.Momentum ?? 0, optimizer.Centered ?? false, decay),
            "adagrad" => new AdagradSpec(rate, optimizer.LrDecay ?? 0, optimizer.InitialAccumulatorValue ?? 0, epsilon, decay),
            "adadelta" => new AdadeltaSpec(rate, optimizer.Rho!.Value, epsilon, decay),
            "adamax" => new AdamaxSpec(rate, beta1, beta2, epsilon, decay),
            "nadam" => new NAdamSpec(rate, beta1, beta2, epsilon, optimizer.MomentumDecay!.Value, decay),
            "radam" => new RAdamSpec(rate, beta1, beta2, epsilon, decay),
            "lion" => new LionSpec(rate, beta1, beta2, decay) { DecoupledWeightDecay = true },
            _ => throw new NotSupportedException($"optimizer {optimizer.Type} is not supported yet"),
        };
    }

    private static ReferenceTrajectory? ToTrajectory(VectorFile file)
    {
        VectorTrajectory? trajectory = file.Trajectory;
        if (trajectory is null)
        {
            return null;
        }

        IEnumerable<ReferenceStep> steps = trajectory.Lr.Select((rate, i) => new ReferenceStep(
            rate,
            trajectory.Losses[i],
            trajectory.GradNorms[i],
            trajectory.ParamsAfter.TryGetValue(FormattableString.Invariant($"{i + 1}"), out VectorParameter[]? after)
                ? VectorFile.Flatten(after)
                : null));
        return new ReferenceTrajectory([.. steps], trajectory.Losses[^1]);
    }
}
