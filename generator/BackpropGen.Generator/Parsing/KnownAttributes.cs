using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing;

/// <summary>The attributes of the declaration language, by the names under which the compiler knows them.</summary>
internal static class KnownAttributes
{
    public const string NeuralNetwork = "BackpropGen.NeuralNetworkAttribute";
    public const string Dense = "BackpropGen.DenseAttribute";
    public const string Activation = "BackpropGen.ActivationAttribute";
    public const string LayerNorm = "BackpropGen.LayerNormAttribute";
    public const string Dropout = "BackpropGen.DropoutAttribute";
    public const string Sgd = "BackpropGen.SgdAttribute";
    public const string Adam = "BackpropGen.AdamAttribute";
    public const string AdamW = "BackpropGen.AdamWAttribute";
    public const string RmsProp = "BackpropGen.RmsPropAttribute";
    public const string Adagrad = "BackpropGen.AdagradAttribute";
    public const string Adadelta = "BackpropGen.AdadeltaAttribute";
    public const string Adamax = "BackpropGen.AdamaxAttribute";
    public const string NAdam = "BackpropGen.NAdamAttribute";
    public const string RAdam = "BackpropGen.RAdamAttribute";
    public const string Lion = "BackpropGen.LionAttribute";

    public const string MemoryBudget = "BackpropGen.MemoryBudgetAttribute";

    public static readonly IReadOnlyList<string> Layers = [Dense, Activation, LayerNorm, Dropout];

    public static readonly IReadOnlyList<string> Optimizers = [Sgd, Adam, AdamW, RmsProp, Adagrad, Adadelta, Adamax, NAdam, RAdam, Lion];

    private static readonly HashSet<string> OfNetworks = [.. Layers, .. Optimizers, MemoryBudget];

    /// <summary>The metadata name of an attribute's class.</summary>
    public static string MetadataNameOf(AttributeData data) => data.AttributeClass?.ToDisplayString() ?? string.Empty;

    /// <summary>Whether an attribute makes a class a network.</summary>
    public static bool IsNetwork(AttributeData data) => MetadataNameOf(data) == NeuralNetwork;

    /// <summary>Whether an attribute is a layer.</summary>
    public static bool IsLayer(AttributeData data) => Layers.Contains(MetadataNameOf(data));

    /// <summary>Whether an attribute is an optimizer.</summary>
    public static bool IsOptimizer(AttributeData data) => Optimizers.Contains(MetadataNameOf(data));

    /// <summary>Whether an attribute says something about a network, so that it means nothing elsewhere.</summary>
    public static bool BelongsToNetwork(AttributeData data) => OfNetworks.Contains(MetadataNameOf(data));
}
