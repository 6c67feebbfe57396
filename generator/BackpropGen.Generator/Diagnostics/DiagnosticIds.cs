namespace BackpropGen.Generator.Diagnostics;

/// <summary>
/// The ids of all diagnostics: BPG0xxx the class and its surroundings, BPG1xxx topology and shapes, BPG3xxx memory, BPG4xxx loss,
/// numerics and hyper-parameters. A number is never used for anything else again.
/// </summary>
internal static class DiagnosticIds
{
    public const string LanguageVersionTooLow = "BPG0001";
    public const string ClassNotPartial = "BPG0002";
    public const string ContainingTypeNotPartial = "BPG0003";
    public const string UnsupportedHost = "BPG0004";
    public const string MemberCollision = "BPG0005";
    public const string BaseConstructorMissing = "BPG0006";
    public const string NetworkAttributeMissing = "BPG0007";
    public const string ClassNameCollision = "BPG0008";

    public const string NoLayers = "BPG1001";
    public const string InputsOutOfRange = "BPG1002";
    public const string UnitsOutOfRange = "BPG1003";
    public const string TooManyLayers = "BPG1004";
    public const string TooManyParameters = "BPG1005";
    public const string LayersInSeveralDeclarations = "BPG1006";
    public const string InvalidLayerName = "BPG1007";
    public const string DuplicateLayerName = "BPG1008";
    public const string LayerNameCollision = "BPG1009";
    public const string SoftmaxOverOneUnit = "BPG1010";
    public const string UndefinedEnumValue = "BPG1011";
    public const string ParallelismOutOfRange = "BPG1012";
    public const string NothingToLearn = "BPG1013";
    public const string DropoutIsLast = "BPG1014";

    public const string MemoryBudgetExceeded = "BPG3001";

    public const string SoftmaxTwice = "BPG4001";
    public const string SigmoidTwice = "BPG4002";
    public const string OutputActivationMismatch = "BPG4003";
    public const string OneClass = "BPG4004";
    public const string WeightCountMismatch = "BPG4005";
    public const string WeightOutOfRange = "BPG4006";
    public const string WeightsNotTaken = "BPG4007";
    public const string LabelSmoothingOutOfRange = "BPG4008";
    public const string LabelSmoothingNotTaken = "BPG4009";
    public const string LossParameterOutOfRange = "BPG4010";
    public const string LossParameterIgnored = "BPG4011";
    public const string ActivationParameterOutOfRange = "BPG4012";
    public const string ActivationParameterIgnored = "BPG4013";
    public const string SeveralOptimizers = "BPG4014";
    public const string OptimizerParameterOutOfRange = "BPG4015";
    public const string NesterovNeedsMomentum = "BPG4016";
    public const string ClippingTwice = "BPG4017";
    public const string LayerDecayIgnored = "BPG4018";
    public const string SigmoidStackTooDeep = "BPG4019";
    public const string SaturatingStackTooDeep = "BPG4020";
    public const string LogitsCutAtZero = "BPG4021";
    public const string HeBeforeSaturation = "BPG4022";
    public const string GlorotBeforeRelu = "BPG4023";
    public const string LearningRateOfMeans = "BPG4024";
    public const string TooLittleWorkForThreads = "BPG4025";
    public const string LayerParameterOutOfRange = "BPG4026";
}
