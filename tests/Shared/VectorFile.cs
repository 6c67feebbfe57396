using System.Text.Json;

namespace BackpropGen.Testing;

/// <summary>
/// One reference case in the schema <c>nn-vectors/1</c>, as tests/vectors/README.md describes it: a network, a batch, and what PyTorch
/// makes of them in double. Property names are those of the file in Pascal case.
/// </summary>
public sealed record VectorFile(
    string Schema,
    string Name,
    string Group,
    string[] Tags,
    bool InputsFloat32Exact,
    double? KinkMargin,
    VectorTolerance Tolerance,
    VectorNet Net,
    VectorLoss Loss,
    int Batch,
    VectorTensor X,
    VectorTensor Target,
    VectorParameter[] Params,
    VectorLayerResult[] Forward,
    VectorTensor Predictions,
    VectorTensor RowLosses,
    double LossValue,
    VectorGradients Grads,
    VectorOptimizer? Optimizer = null,
    VectorTrajectory? Trajectory = null)
{
    private const string ExpectedSchema = "nn-vectors/1";

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Whether the targets are class labels; else they are rows of the output's shape.</summary>
    public bool HasLabels => Loss.TargetKind == "class_index";

    /// <summary>The targets as labels.</summary>
    public int[] Labels => Array.ConvertAll(Target.Data, value => checked((int)value));

    /// <summary>All parameters one after another: layers in order, W row by row ([in, out]), then b.</summary>
    public double[] FlatParameters => Flatten(Params);

    /// <summary>The gradients in the order of <see cref="FlatParameters"/>.</summary>
    public double[] FlatGradients => Flatten(Grads.Params);

    /// <summary>Reads a case.</summary>
    /// <exception cref="InvalidDataException">The file is not of the schema.</exception>
    public static VectorFile Read(string path)
    {
        VectorFile? file;
        try
        {
            file = JsonSerializer.Deserialize<VectorFile>(File.ReadAllBytes(path), Options);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not a case of {ExpectedSchema}: {exception.Message}", exception);
        }

        return file?.Schema == ExpectedSchema
            ? file
            : throw new InvalidDataException($"{path} has the schema '{file?.Schema}', '{ExpectedSchema}' is needed.");
    }

    /// <summary>Parameter tensors one after another.</summary>
    public static double[] Flatten(IEnumerable<VectorParameter> parameters) => parameters.SelectMany(parameter => parameter.Data).ToArray();
}

/// <summary>A tensor, row by row.</summary>
public sealed record VectorTensor(int[] Shape, double[] Data);

/// <summary>A tensor of a layer's parameters (or its gradient): "W" or "b" of the dense layer with the given id.</summary>
public sealed record VectorParameter(string Layer, string Name, int[] Shape, double[] Data);

/// <summary>A number a fits the reference r where |a − r| ≤ Atol + Rtol·|r|.</summary>
public sealed record VectorTolerance(double Rtol, double Atol)
{
    /// <summary>Whether a computed number fits the reference.</summary>
    public bool Fits(double actual, double reference) => Math.Abs(actual - reference) <= Atol + (Rtol * Math.Abs(reference));
}

/// <summary>The topology.</summary>
public sealed record VectorNet(int[] InputShape, string InputDtype, int[] OutputShape, VectorLayer[] Layers, int NumParameters);

/// <summary>A layer. Each kind has some of the last, and the others are absent.</summary>
public sealed record VectorLayer(string Id, string Type, VectorActivation Activation, int[] InShape, int[] OutShape, int? Units = null, bool? Bias = null,
    double? Eps = null, bool? Affine = null, double? P = null, double? Scale = null, VectorTensor? Mask = null);

/// <summary>An activation; only the parameter that it has is present.</summary>
public sealed record VectorActivation(string Type, double? Alpha = null, double? Beta = null);

/// <summary>A loss; only the parameters that it has are present.</summary>
public sealed record VectorLoss(
    string Type,
    string Reduction,
    string TargetKind,
    string MeanDivisor,
    double Divisor,
    double[]? SampleWeights = null,
    double[]? ClassWeights = null,
    double[]? PosWeight = null,
    double? LabelSmoothing = null,
    double? Delta = null,
    double? Beta = null,
    double? Tau = null,
    double? Margin = null,
    int? P = null);

/// <summary>What a layer gives: z before the activation, h after it, and ∂loss/∂z.</summary>
public sealed record VectorLayerResult(string Layer, string Type, VectorTensor Z, VectorTensor H, VectorTensor Dz);

/// <summary>The gradients of the reduced loss.</summary>
public sealed record VectorGradients(VectorTensor? X, VectorParameter[] Params);

/// <summary>An optimizer; only the hyper-parameters that it has are present.</summary>
public sealed record VectorOptimizer(
    string Type,
    double Lr,
    double WeightDecay = 0,
    double? Momentum = null,
    double? Dampening = null,
    bool? Nesterov = null,
    double? Beta1 = null,
    double? Beta2 = null,
    double? Eps = null,
    bool? Amsgrad = null,
    double? Alpha = null,
    bool? Centered = null,
    double? Rho = null,
    double? LrDecay = null,
    double? InitialAccumulatorValue = null,
    double? MomentumDecay = null,
    double[]? LrPerStep = null,
    VectorClip? Clip = null);

/// <summary>Gradient clipping.</summary>
public sealed record VectorClip(string Type, double? MaxNorm = null, double? ClipValue = null);

/// <summary>Ten optimizer steps on the same batch.</summary>
/// <param name="Lr">The learning rate of each step.</param>
/// <param name="Losses">The loss before any step, then after each: eleven numbers.</param>
/// <param name="GradNorms">The L2 norm of the whole gradient of each step.</param>
/// <param name="ParamsAfter">The parameters after steps "1", "2" and "10".</param>
public sealed record VectorTrajectory(double[] Lr, double[] Losses, double[] GradNorms, Dictionary<string, VectorParameter[]> ParamsAfter);
