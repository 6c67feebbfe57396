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
                ToTrajectory(file)));
        }
        catch (NotSupportedException exception)
        {
            return new CaseSource(file.Name, null, SkipReason: exception.Message);
        }
    }

    /// <summary>What the declaration language does not have yet, or null.</summary>
    private static string? Unsupported(VectorFile file)
    {
        VectorLayer? layer = file.Net.Layers.FirstOrDefault(layer => layer.Type is not ("dense" or "activation"));
        if (layer is not null)
        {
            return $"layer type {layer.Type} is not supported yet";
        }

        if (file.Net.InputShape.Length != 1 || file.Net.InputDtype == "int")
        {
            return $"inputs of shape [{string.Join(", ", file.Net.InputShape)}] and type {file.Net.InputDtype} are not supported yet";
        }

        VectorOptimizer? optimizer = file.Optimizer;
        return optimizer switch
        {
            null => null,
            { Clip: not null } => $"gradient clipping ({optimizer.Clip.Type}) is not supported yet",
            { Amsgrad: true } => $"the AMSGrad variant of {optimizer.Type} is not supported yet",
            { Type: "sgd" or "adam" or "adamw" } => null,
            _ => $"optimizer {optimizer.Type} is not supported yet",
        };
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

    private static OptimizerSpec ToOptimizer(VectorOptimizer optimizer) => optimizer.Type == "sgd"
        ? new SgdSpec(
            optimizer.Lr, optimizer.Momentum ?? 0, optimizer.Dampening ?? 0, optimizer.Nesterov ?? false, optimizer.WeightDecay)
        : new AdamSpec(
            optimizer.Lr, optimizer.Beta1!.Value, optimizer.Beta2!.Value, optimizer.Eps!.Value, optimizer.WeightDecay,
            DecoupledDecay: optimizer.Type == "adamw");

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
