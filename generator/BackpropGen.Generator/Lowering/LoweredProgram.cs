using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Lowering;

/// <summary>What the emitter prints: the steps of each pass, and where everything stands in memory.</summary>
internal sealed class LoweredProgram
{
    private readonly LoweringContext _context;
    private readonly LoweringContext _predicting;

    private LoweredProgram(
        NetworkGraph graph,
        LoweringContext context,
        LoweringContext predicting,
        IReadOnlyList<Step> forward,
        LossStep loss,
        IReadOnlyList<Step> backward,
        IReadOnlyList<Step> evaluation,
        IReadOnlyList<Step> inference)
    {
        _context = context;
        Graph = graph;
        Forward = forward;
        Loss = loss;
        Backward = backward;
        Evaluation = evaluation;
        Inference = inference;
        _predicting = predicting;
    }

    public NetworkGraph Graph { get; }

    public NetworkSpec Spec => Graph.Spec;

    public ElementType Element => _context.Element;

    public IReadOnlyList<Layer> Layers => _context.Layers;

    public Layer LastLayer => _context.LastLayer;

    /// <summary>How many samples are worth a thread of their own; null where every pass runs on one thread.</summary>
    public int? SamplesPerPart => _context.SamplesPerPart;

    /// <summary>Whether the passes are written for several threads.</summary>
    public bool IsParallel => SamplesPerPart is not null;

    /// <summary>The forward pass, which keeps what the backward pass reads.</summary>
    public IReadOnlyList<Step> Forward { get; }

    /// <summary>The loss, and the gradient the backward pass starts from.</summary>
    public LossStep Loss { get; }

    /// <summary>∂h → δ of the last layer, or null where they are one.</summary>
    public ActivationGradientStep? OutputGradient => _context.OutputGradientStep;

    /// <summary>Whether <see cref="OutputGradient"/> follows the loss; otherwise the loss gives δ at once.</summary>
    public bool LossGivesOutputGradient => _context.LossGivesOutputGradient;

    /// <summary>Whether a training step may add −η·∂W to W without keeping ∂W.</summary>
    public bool CanUpdateInPlace => _context.CanUpdateInPlace;

    /// <summary>The backward pass from δ of the last layer.</summary>
    public IReadOnlyList<Step> Backward { get; }

    /// <summary>The part of <see cref="Backward"/> that computes δ sample by sample.</summary>
    public IReadOnlyList<Step> Deltas => Backward.Where(step => step is not WeightGradientStep).ToList();

    /// <summary>The part of <see cref="Backward"/> that sums over the samples.</summary>
    public IReadOnlyList<Step> WeightGradients => Backward.Where(step => step is WeightGradientStep).ToList();

    /// <summary>The forward pass that an evaluation runs before the loss: that of inference, with what the loss reads.</summary>
    public IReadOnlyList<Step> Evaluation { get; }

    /// <summary>The forward pass of inference: nothing is kept.</summary>
    public IReadOnlyList<Step> Inference { get; }

    public ParameterPlan Parameters { get; private set; } = null!;

    /// <summary>The workspace of training: forward, loss and backward pass.</summary>
    public WorkspacePlan Training { get; private set; } = null!;

    /// <summary>The workspace of inference.</summary>
    public WorkspacePlan Prediction { get; private set; } = null!;

    /// <summary>y: where target rows are staged, padded, before the loss reads them.</summary>
    public Value Target => Graph.Inputs.Single(value => value.Role == Role.Target);

    /// <summary>x.</summary>
    public Value Input => Graph.Inputs.Single(value => value.Role == Role.Input);

    /// <summary>The output of the network: h of the last layer, or its z where f is the identity.</summary>
    public Value Output { get; private set; } = null!;

    /// <summary>The output of inference.</summary>
    public Value PredictedOutput { get; private set; } = null!;

    /// <summary>Whether inference is another pass than the forward pass of training.</summary>
    public bool InferenceDiffers => Graph.InferenceDiffers;

    /// <summary>Whether the forward pass draws random numbers.</summary>
    public bool Draws => Graph.Forward.OfType<DropoutMask>().Any();

    /// <summary>The value that stands for another after lowering (z for h where f is the identity).</summary>
    public Value Resolve(Value value) => _context.Resolve(value);

    public Schedule ScheduleOf(DenseStep step) => _context.ScheduleOf(step.Layer);

    public Schedule ScheduleOf(WeightGradientStep step) => _context.ScheduleOf(step.Layer);

    public Schedule ScheduleOf(InputGradientStep step) => _context.TransposedScheduleOf(step.Layer);

    /// <summary>Splits the lowered steps at the loss and plans the memory of each pass.</summary>
    public static LoweredProgram Assemble(
        NetworkGraph graph, LoweringContext context, IReadOnlyList<Step> steps, (IReadOnlyList<Step> Steps, LoweringContext Context)? inference)
    {
        LossStep loss = steps.OfType<LossStep>().Single();
        var forward = steps.TakeWhile(step => step != loss).ToList();
        var backward = steps.SkipWhile(step => step != loss).Skip(1).ToList();
        LoweringContext predicting = inference?.Context ?? context;
        var evaluated = (inference?.Steps ?? forward).Select(WithKernelOfTraining).ToList();
        var predicted = evaluated.Select(WithoutUnreadPreActivation).ToList();
        var program = new LoweredProgram(graph, context, predicting, forward, loss, backward, evaluated, predicted);
        program.PlanMemory();
        return program;

        Step WithKernelOfTraining(Step step) =>
            step is DenseStep dense && context.ScheduleOf(dense.Layer) == Schedule.Tiled
                ? forward.OfType<DenseStep>().Single(other => other.Layer == dense.Layer) with { Input = dense.Input }
                : step;

        // Inline loops are written for each pass; a kernel is written once, and with all it stores.
        Step WithoutUnreadPreActivation(Step step) =>
            step is DenseStep { Output: not null, PreActivation: not null } dense && context.ScheduleOf(dense.Layer) != Schedule.Tiled
                ? dense with { PreActivation = null }
                : step;
    }

    private void PlanMemory()
    {
        Value lastOutput = Graph.Forward.OfType<SampleLoss>().Single().Output;
        Output = _context.Resolve(lastOutput);

        var stage = new StageStep(Target);
        var steps = new List<Step>(Forward) { stage, Loss };
        if (OutputGradient is not null)
        {
            steps.Add(new StageStep(OutputGradient.Upstream));
            steps.Add(OutputGradient);
        }

        steps.AddRange(Backward);
        var forwardValues = new HashSet<Value>(Forward.SelectMany(step => step.Writes));
        var readBackward = new HashSet<Value>(steps.Skip(Forward.Count).SelectMany(step => step.Reads));

        Training = WorkspacePlan.Create(steps, Element, LivesToTheEnd, SamplesPerPart is null ? null : PassOf);
        PredictedOutput = _predicting.Resolve(lastOutput);
        Prediction = WorkspacePlan.Create(Inference, Element, value => value == PredictedOutput);
        Parameters = ParameterPlan.Create(_context, Backward);

        int PassOf(Step step) => Forward.Contains(step) ? 0 : step is WeightGradientStep ? 2 : 1;

        bool LivesToTheEnd(Value value) => value.Role switch
        {
            Role.Target or Role.Packed or Role.LossTerm => false,
            Role.InputGradient => true,

            // A second backward pass from the same forward pass must find what the first one read.
            // An evaluation runs other steps in the same places, and may read a value for longer.
            _ => Spec.KeepIntermediates || value == Output || (Graph.InferenceDiffers && forwardValues.Contains(value)) || (forwardValues.Contains(value) && readBackward.Contains(value)),
        };
    }

    /// <summary>The rule of an activation, by layer.</summary>
    public static ActivationRule RuleOf(Layer layer) => ActivationRules.Of(layer.Spec.Activation.Kind);

    /// <summary>Rows given by the caller (targets, ∂h) are staged, padded: a write that only the memory plan needs to see.</summary>
    private sealed record StageStep(Value Rows) : Step
    {
        public override IEnumerable<Value> Reads => [];

        public override IEnumerable<Value> Writes => Present(Rows);
    }
}
