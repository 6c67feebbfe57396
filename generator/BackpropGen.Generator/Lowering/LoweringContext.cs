using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Lowering;

/// <summary>The facts every pass may ask for: the layers, the element type, how each layer is scheduled, which values became one.</summary>
internal sealed class LoweringContext
{
    /// <summary>
    /// The longest sum that is shown inline: it is one chain of multiply-adds, each of which waits for the last, and W is read anew for every
    /// sample. Beyond, several chains and register blocking over the samples pay.
    /// </summary>
    private const int InlineTerms = 8;

    private readonly Dictionary<Value, Value> _replacements = new();
    private readonly NetworkGraph _graph;
    private int _nextId;

    public LoweringContext(NetworkGraph graph)
    {
        Spec = graph.Spec;
        Layers = Layer.Of(graph.Spec);
        Element = ElementType.Of(graph.Spec.Precision);

        // Kernels outside dense layers are not divided among threads.
        bool divides = Spec.Parallelism > 1 && !graph.Ops().Any(op => op is KernelOp);
        SamplesPerPart = divides ? WorkDivision.SamplesPerPart(Layers) : null;
        _nextId = graph.Values().Max(value => value.Id) + 1;
        _graph = graph;
    }

    /// <summary>The parameters of a layer, in their flat order.</summary>
    public IEnumerable<Value> ParametersOf(Layer layer) => _graph.Parameters().Where(value => value.Layer == layer.Number);

    public NetworkSpec Spec { get; }

    public IReadOnlyList<Layer> Layers { get; }

    public ElementType Element { get; }

    /// <summary>How many samples are worth a thread of their own; null where every pass runs on one thread.</summary>
    public int? SamplesPerPart { get; }

    /// <summary>∂h → δ of the last layer, where its f is not the identity: where a backward pass from a given ∂h begins.</summary>
    public ActivationGradientStep? OutputGradientStep { get; set; }

    /// <summary>Whether the loss yields ∂h of the last layer, so that <see cref="OutputGradientStep"/> follows it.</summary>
    public bool LossGivesOutputGradient { get; set; }

    public Layer LastLayer => Layers[Layers.Count - 1];

    /// <summary>
    /// Whether a training step may add −η·∂W to W without keeping ∂W: plain gradient descent, whose step is linear in the gradient. The
    /// backward pass is linear in δ, so it does that by itself when δ starts from the gradient of the loss times −η.
    /// </summary>
    public bool CanUpdateInPlace =>
        Spec.Optimizer is SgdSpec { Momentum: 0, WeightDecay: 0, Clips: false, Averages: false }
        && Spec.Layers.OfType<DenseSpec>().All(layer => layer.WeightDecay is null or 0)
        && _graph.Parameters().All(value => Layers[value.Layer - 1].Dense is not null);

    /// <summary>How the forward product and the weight gradient of a layer are written.</summary>
    public Schedule ScheduleOf(Layer layer) =>
        IsNarrow(layer) ? Schedule.Narrow : ScheduleFor(layer.Outputs, layer.Inputs);

    /// <summary>How the input gradient of a layer, a product with Wᵀ, is written.</summary>
    public Schedule TransposedScheduleOf(Layer layer) =>
        IsNarrow(layer) ? Schedule.Narrow : ScheduleFor(layer.Inputs, layer.Outputs);

    /// <summary>
    /// Whether a layer has so few units that rows of outputs would leave most lanes empty: half a vector at most. Its inputs must be whole
    /// vectors, because what lies in the padding of h is f(0), which would creep into the padding of W; and x is not padded at all.
    /// </summary>
    private bool IsNarrow(Layer layer) =>
        layer.Number > 1 && layer.Outputs * 2 <= Element.Lanes && layer.Inputs % Element.Lanes == 0;

    // One panel wide at most: a row of sums is then one or two registers.
    private Schedule ScheduleFor(int columns, int terms) =>
        columns <= Element.PanelWidth && terms <= InlineTerms ? Schedule.Inline : Schedule.Tiled;

    /// <summary>
    /// Whether f (or f′) is applied in the block that computes its argument. Inline loops hold one row at a time, so every
    /// element-wise function fits; a tile holds twelve vectors, so only the cheap ones do.
    /// </summary>
    public static bool FitsEpilogue(ActivationSpec activation, Schedule schedule, bool derivative)
    {
        ActivationRule rule = ActivationRules.Of(activation.Kind);
        return !rule.IsRowWise && (schedule != Schedule.Tiled || (derivative ? rule.CheapDerivative : rule.CheapForward));
    }

    /// <summary>A place in the workspace for a copy of <paramref name="source"/>, so many columns per sample.</summary>
    public Value Packed(Value source, string suffix, int columns) =>
        new(_nextId++, source.Name + suffix, Shape.Batch(columns), Role.Packed, source.Layer);

    /// <summary>A place in the workspace for one number per sample.</summary>
    public Value LossTerm(string name) => new(_nextId++, name, Shape.Batch(1), Role.LossTerm, LastLayer.Number);

    /// <summary>A copy of <paramref name="source"/> in a room of constant size, of which every thread has its own.</summary>
    public Value PackedByPart(Value source, string suffix, int rows, int columns) =>
        new(_nextId++, source.Name + suffix, Shape.Matrix(rows, columns), Role.Packed, source.Layer);

    /// <summary>Makes <paramref name="value"/> another name of <paramref name="replacement"/>.</summary>
    public void Replace(Value value, Value replacement) => _replacements[value] = replacement;

    /// <summary>The value that a name stands for after all replacements.</summary>
    public Value Resolve(Value value)
    {
        while (_replacements.TryGetValue(value, out Value? replacement))
        {
            value = replacement;
        }

        return value;
    }
}
