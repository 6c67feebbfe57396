using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Diagnostics;

/// <summary>
/// All diagnostics. Each has a page in docs/diagnostics and a row in AnalyzerReleases; arguments are strings, formatted without regard to
/// culture by whoever reports.
/// </summary>
internal static class DiagnosticDescriptors
{
    // First, because every descriptor below enters it.
    private static readonly List<DiagnosticDescriptor> Table = [];

    /// <summary>{0} class, {1} the C# version of the compilation.</summary>
    public static readonly DiagnosticDescriptor LanguageVersionTooLow = Error(
        DiagnosticIds.LanguageVersionTooLow,
        "A network needs C# 9 or later",
        "'{0}': a network needs C# 9 or later, but this project compiles as C# {1}");

    /// <summary>{0} class.</summary>
    public static readonly DiagnosticDescriptor ClassNotPartial = Error(
        DiagnosticIds.ClassNotPartial,
        "A network class must be partial",
        "'{0}' must be partial, because its network is generated into another part of it");

    /// <summary>{0} containing type, {1} class.</summary>
    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = Error(
        DiagnosticIds.ContainingTypeNotPartial,
        "A type that contains a network must be partial",
        "'{0}' must be partial, because it contains the network '{1}'");

    /// <summary>{0} class, {1} what it is: "is static".</summary>
    public static readonly DiagnosticDescriptor UnsupportedHost = Error(
        DiagnosticIds.UnsupportedHost,
        "This type cannot be a network",
        "'{0}' {1}, but a network needs an ordinary class");

    /// <summary>{0} class, {1} member.</summary>
    public static readonly DiagnosticDescriptor MemberCollision = Error(
        DiagnosticIds.MemberCollision,
        "A member has a name that the generated code needs",
        "'{0}' has a member '{1}', a name that the code generated for it needs for itself");

    /// <summary>{0} class.</summary>
    public static readonly DiagnosticDescriptor ClassNameCollision = Error(
        DiagnosticIds.ClassNameCollision,
        "The class has a name that the generated code needs",
        "'{0}' cannot be the name of a network, because the code generated for it needs that name for a member");

    /// <summary>{0} class, {1} base class.</summary>
    public static readonly DiagnosticDescriptor BaseConstructorMissing = Error(
        DiagnosticIds.BaseConstructorMissing,
        "The generated constructor cannot call the base class",
        "'{0}' needs a constructor of its own, because its base class '{1}' has none that can be called without arguments");

    /// <summary>{0} attribute, {1} class.</summary>
    public static readonly DiagnosticDescriptor NetworkAttributeMissing = Warning(
        DiagnosticIds.NetworkAttributeMissing,
        "A layer or optimizer without a network",
        "{0}: '{1}' is no network without [NeuralNetwork], so nothing is generated for it");

    /// <summary>{0} network.</summary>
    public static readonly DiagnosticDescriptor NoLayers = Error(
        DiagnosticIds.NoLayers,
        "A network needs layers",
        "{0}: a network needs 1 to 1,000 layers, but 0 were given");

    /// <summary>{0} network, {1} inputs.</summary>
    public static readonly DiagnosticDescriptor InputsOutOfRange = Error(
        DiagnosticIds.InputsOutOfRange,
        "The number of inputs is out of range",
        "{0}: a network needs 1 to 65,536 inputs, but {1} were given");

    /// <summary>{0} layer, {1} units.</summary>
    public static readonly DiagnosticDescriptor UnitsOutOfRange = Error(
        DiagnosticIds.UnitsOutOfRange,
        "The number of units is out of range",
        "{0}: a layer needs 1 to 65,536 units, but {1} were given");

    /// <summary>{0} network, {1} layers.</summary>
    public static readonly DiagnosticDescriptor TooManyLayers = Error(
        DiagnosticIds.TooManyLayers,
        "Too many layers",
        "{0}: a network may have up to 1,000 layers, but {1} were given");

    /// <summary>{0} network, {1} parameters.</summary>
    public static readonly DiagnosticDescriptor TooManyParameters = Error(
        DiagnosticIds.TooManyParameters,
        "Too many parameters",
        "{0}: a network may have up to 500,000,000 parameters, but its layers have {1}");

    /// <summary>{0} layer, {1} class, {2} number of declarations with layers.</summary>
    public static readonly DiagnosticDescriptor LayersInSeveralDeclarations = Error(
        DiagnosticIds.LayersInSeveralDeclarations,
        "The layers stand in several declarations",
        "{0}: all layers of '{1}' must stand in 1 declaration, because their order is undefined across the {2} that have some");

    /// <summary>{0} layer, {1} name.</summary>
    public static readonly DiagnosticDescriptor InvalidLayerName = Error(
        DiagnosticIds.InvalidLayerName,
        "The name of a layer is no identifier",
        "{0}: the name of a layer must be a C# identifier and no keyword, but it is \"{1}\"");

    /// <summary>{0} layer, {1} name, {2} position of the layer, {3} position of the other one.</summary>
    public static readonly DiagnosticDescriptor DuplicateLayerName = Error(
        DiagnosticIds.DuplicateLayerName,
        "Two layers have the same name",
        "{0}: layers {2} and {3} are both named '{1}', if upper and lower case of the first letter are the same");

    /// <summary>{0} layer, {1} name, {2} class.</summary>
    public static readonly DiagnosticDescriptor LayerNameCollision = Error(
        DiagnosticIds.LayerNameCollision,
        "The name of a layer is taken",
        "{0}: the layer cannot be named '{1}', because '{2}' or the code generated for it needs that name for something else");

    /// <summary>{0} layer, {1} activation.</summary>
    public static readonly DiagnosticDescriptor SoftmaxOverOneUnit = Error(
        DiagnosticIds.SoftmaxOverOneUnit,
        "Softmax over one unit is constant",
        "{0}: {1} needs at least 2 units, but has 1, over which it is constant");

    /// <summary>{0} attribute, {1} value, {2} enum, {3} its last value.</summary>
    public static readonly DiagnosticDescriptor UndefinedEnumValue = Error(
        DiagnosticIds.UndefinedEnumValue,
        "The value is not a member of the enum",
        "{0}: {2} has members from 0 to {3}, but {1} was given");

    /// <summary>{0} network, {1} threads.</summary>
    public static readonly DiagnosticDescriptor ParallelismOutOfRange = Error(
        DiagnosticIds.ParallelismOutOfRange,
        "The number of threads is out of range",
        "{0}: Parallelism must be 1 to 1,024 threads, but {1} was given");

    /// <summary>{0} network, {1} layers.</summary>
    public static readonly DiagnosticDescriptor NothingToLearn = Error(
        DiagnosticIds.NothingToLearn,
        "A network without a dense layer has nothing to learn",
        "{0}: a network needs at least 1 layer with weights, but its {1} layers are all activations");

    /// <summary>{0} layer, {1} activation.</summary>
    public static readonly DiagnosticDescriptor SoftmaxTwice = Error(
        DiagnosticIds.SoftmaxTwice,
        "The loss already contains softmax",
        "{0}: the loss SoftmaxCrossEntropy already contains softmax, so the last layer must give logits and not {1}");

    /// <summary>{0} layer, {1} activation.</summary>
    public static readonly DiagnosticDescriptor SigmoidTwice = Error(
        DiagnosticIds.SigmoidTwice,
        "The loss already contains the sigmoid",
        "{0}: the loss BinaryCrossEntropyWithLogits already contains the sigmoid, so the last layer must give logits and not {1}");

    /// <summary>{0} layer, {1} loss, {2} activations it takes, {3} the one it gets.</summary>
    public static readonly DiagnosticDescriptor OutputActivationMismatch = Error(
        DiagnosticIds.OutputActivationMismatch,
        "The loss needs another output activation",
        "{0}: the loss {1} needs a last layer that ends with {2}, but it ends with {3}");

    /// <summary>{0} layer, {1} loss.</summary>
    public static readonly DiagnosticDescriptor OneClass = Error(
        DiagnosticIds.OneClass,
        "A loss over classes needs at least two",
        "{0}: the loss {1} needs at least 2 outputs, one per class, but the network has 1");

    /// <summary>{0} network, {1} property, {2} outputs, {3} weights given.</summary>
    public static readonly DiagnosticDescriptor WeightCountMismatch = Error(
        DiagnosticIds.WeightCountMismatch,
        "The number of weights is not the number of outputs",
        "{0}: {1} needs {2} weights, one per output, but {3} were given");

    /// <summary>{0} network, {1} property, {2} what was given.</summary>
    public static readonly DiagnosticDescriptor WeightOutOfRange = Error(
        DiagnosticIds.WeightOutOfRange,
        "A weight is out of range",
        "{0}: {1} needs finite weights of at least 0 and one above 0, but {2}");

    /// <summary>{0} network, {1} property, {2} losses that take it, {3} the loss.</summary>
    public static readonly DiagnosticDescriptor WeightsNotTaken = Error(
        DiagnosticIds.WeightsNotTaken,
        "The loss takes no such weights",
        "{0}: {1} belongs to {2}, but the loss is {3}");

    /// <summary>{0} network, {1} what was given.</summary>
    public static readonly DiagnosticDescriptor LabelSmoothingOutOfRange = Error(
        DiagnosticIds.LabelSmoothingOutOfRange,
        "The label smoothing is out of range",
        "{0}: LabelSmoothing must be at least 0 and below 1, but {1} was given");

    /// <summary>{0} network, {1} the loss.</summary>
    public static readonly DiagnosticDescriptor LabelSmoothingNotTaken = Error(
        DiagnosticIds.LabelSmoothingNotTaken,
        "The loss takes no label smoothing",
        "{0}: LabelSmoothing belongs to SoftmaxCrossEntropy, but the loss is {1}");

    /// <summary>{0} network, {1} property, {2} range, {3} what was given.</summary>
    public static readonly DiagnosticDescriptor LossParameterOutOfRange = Error(
        DiagnosticIds.LossParameterOutOfRange,
        "The parameter of the loss is out of range",
        "{0}: {1} must be {2}, but {3} was given");

    /// <summary>{0} network, {1} property, {2} the loss that takes it, {3} the loss.</summary>
    public static readonly DiagnosticDescriptor LossParameterIgnored = Warning(
        DiagnosticIds.LossParameterIgnored,
        "The loss ignores the parameter",
        "{0}: {1} belongs to {2} and is ignored, because the loss is {3}");

    /// <summary>{0} layer, {1} layers.</summary>
    public static readonly DiagnosticDescriptor DropoutIsLast = Error(
        DiagnosticIds.DropoutIsLast,
        "Dropout as the last layer",
        "{0}: layer {1} of {1} would set outputs to zero at random; dropout needs a layer after it");

    /// <summary>{0} layer, {1} property, {2} range, {3} what was given.</summary>
    public static readonly DiagnosticDescriptor LayerParameterOutOfRange = Error(
        DiagnosticIds.LayerParameterOutOfRange,
        "The parameter of the layer is out of range",
        "{0}: {1} must be {2}, but {3} was given");

    /// <summary>{0} layer, {1} property, {2} activation, {3} range, {4} what was given.</summary>
    public static readonly DiagnosticDescriptor ActivationParameterOutOfRange = Error(
        DiagnosticIds.ActivationParameterOutOfRange,
        "The parameter of the activation is out of range",
        "{0}: {1} of {2} must be {3}, but {4} was given");

    /// <summary>{0} layer, {1} property, {2} activations that take it, {3} the activation.</summary>
    public static readonly DiagnosticDescriptor ActivationParameterIgnored = Warning(
        DiagnosticIds.ActivationParameterIgnored,
        "The activation ignores the parameter",
        "{0}: {1} belongs to {2} and is ignored, because the activation is {3}");

    /// <summary>{0} attribute, {1} class, {2} number of optimizers.</summary>
    public static readonly DiagnosticDescriptor SeveralOptimizers = Error(
        DiagnosticIds.SeveralOptimizers,
        "A network has one optimizer",
        "{0}: a network may have 1 optimizer, but '{1}' has {2}");

    /// <summary>{0} optimizer, {1} property, {2} range, {3} what was given.</summary>
    public static readonly DiagnosticDescriptor OptimizerParameterOutOfRange = Error(
        DiagnosticIds.OptimizerParameterOutOfRange,
        "The hyper-parameter is out of range",
        "{0}: {1} must be {2}, but {3} was given");

    /// <summary>{0} optimizer, {1} momentum, {2} dampening.</summary>
    public static readonly DiagnosticDescriptor NesterovNeedsMomentum = Error(
        DiagnosticIds.NesterovNeedsMomentum,
        "Nesterov needs a momentum and no dampening",
        "{0}: Nesterov needs a momentum above 0 and a dampening of 0, but they are {1} and {2}");

    /// <summary>{0} optimizer, {1} largest norm, {2} largest magnitude.</summary>
    public static readonly DiagnosticDescriptor ClippingTwice = Error(
        DiagnosticIds.ClippingTwice,
        "Gradients are clipped in one way",
        "{0}: gradients may be clipped by norm or by value, but ClipNorm is {1} and ClipValue is {2}");

    /// <summary>{0} layer, {1} class.</summary>
    public static readonly DiagnosticDescriptor LayerDecayIgnored = Warning(
        DiagnosticIds.LayerDecayIgnored,
        "Weight decay without an optimizer",
        "{0}: WeightDecay is ignored, because '{1}' has no optimizer");

    /// <summary>{0} budget, {1} bytes needed, {2} bytes allowed, {3} the largest tensor, {4} its bytes.</summary>
    public static readonly DiagnosticDescriptor MemoryBudgetExceeded = Demand(
        DiagnosticIds.MemoryBudgetExceeded,
        "The network exceeds its memory budget",
        "{0}: the network takes {1} bytes, but {2} are allowed; its largest tensor, {3}, has {4}");

    /// <summary>{0} layer, {1} number of sigmoids in a row, {2} the most, {3} the largest factor of the gradient.</summary>
    public static readonly DiagnosticDescriptor SigmoidStackTooDeep = Warning(
        DiagnosticIds.SigmoidStackTooDeep,
        "Gradients vanish in a deep stack of sigmoids",
        "{0}: {1} sigmoids stand in a row, more than {2}, and their derivatives multiply to {3} at most, so that hardly any gradient comes through");

    /// <summary>{0} layer, {1} number of activations in a row, {2} the most.</summary>
    public static readonly DiagnosticDescriptor SaturatingStackTooDeep = Info(
        DiagnosticIds.SaturatingStackTooDeep,
        "Gradients may vanish in a deep stack of saturating activations",
        "{0}: {1} saturating activations stand in a row, more than {2}; orthogonal weights keep the gradient from vanishing in them");

    /// <summary>{0} layer, {1} what reads the logits, {2} activation, {3} number of outputs.</summary>
    public static readonly DiagnosticDescriptor LogitsCutAtZero = Warning(
        DiagnosticIds.LogitsCutAtZero,
        "Logits are cut off at zero",
        "{0}: {1} reads logits of both signs, but {2} cuts all {3} of them off at 0, where they get no gradient");

    /// <summary>{0} layer, {1} initializer, {2} its variance, {3} activation, {4} the better variance, {5} its initializer.</summary>
    public static readonly DiagnosticDescriptor HeBeforeSaturation = Warning(
        DiagnosticIds.HeBeforeSaturation,
        "The initializer of ReLU before a saturating activation",
        "{0}: {1} starts the weights with a variance of {2}, which is for ReLU; {3} saturates less with {4}, that of {5}");

    /// <summary>{0} layer, {1} initializer, {2} its variance, {3} activation, {4} the better variance, {5} its initializer.</summary>
    public static readonly DiagnosticDescriptor GlorotBeforeRelu = Info(
        DiagnosticIds.GlorotBeforeRelu,
        "Another initializer than He before an activation of the ReLU family",
        "{0}: {1} starts the weights with a variance of {2}; {3} keeps the size of what passes it better with {4}, that of {5}");

    /// <summary>{0} optimizer, {1} learning rate, {2} samples of a batch, {3} summands of its loss.</summary>
    public static readonly DiagnosticDescriptor LearningRateOfMeans = Warning(
        DiagnosticIds.LearningRateOfMeans,
        "A learning rate for means with a loss that is a sum",
        "{0}: a learning rate of {1} is one for means, but with Reduction.Sum a batch of {2} takes a step {3} times as long");

    /// <summary>{0} network, {1} threads, {2} multiply-adds per sample, {3} the least.</summary>
    public static readonly DiagnosticDescriptor TooLittleWorkForThreads = Warning(
        DiagnosticIds.TooLittleWorkForThreads,
        "Too little work for several threads",
        "{0}: Parallelism is {1}, but a training step has {2} multiply-adds per sample, and below {3} all of it runs on 1 thread");

    /// <summary>All of them, in the order of this file.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All => Table.ToImmutableArray();

    /// <summary>A diagnostic of this kind.</summary>
    public static Diagnostic At(this DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        Diagnostic.Create(descriptor, location, arguments);

    /// <summary>A diagnostic of this kind on a value, with the nearest valid one as C# text for the code fix.</summary>
    public static Diagnostic AtValue(this DiagnosticDescriptor descriptor, Location location, string nearest, params string[] arguments) =>
        Diagnostic.Create(descriptor, location, ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.NearestValue, nearest), arguments);

    /// <summary>Nothing is generated, so to hide an error would only bring up others: it is not configurable.</summary>
    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Describe(id, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The user has demanded it, and may take that back; the network is generated all the same.</summary>
    private static DiagnosticDescriptor Demand(string id, string title, string message) =>
        Describe(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Info(string id, string title, string message) =>
        Describe(id, title, message, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Describe(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Describe(string id, string title, string message, DiagnosticSeverity severity, params string[] tags)
    {
        var descriptor = new DiagnosticDescriptor(
            id,
            title,
            message,
            "BackpropGen",
            severity,
            isEnabledByDefault: true,
            helpLinkUri: $"https://github.com/backpropgen/backpropgen/blob/main/docs/diagnostics/{id}.md",
            customTags: tags);
        Table.Add(descriptor);
        return descriptor;
    }
}
