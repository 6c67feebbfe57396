using System.Text.Json;
using BackpropGen.Generator;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Testing;
using BackpropGen.Testing;

namespace BackpropGen.Conformance;

/// <summary>Reads the table of derivatives exactly at kinks as cases.</summary>
/// <remarks>
/// Each row becomes a layer with W the unit matrix and b = 0, so that z = x is the kink in every element, under the summed squared
/// error against targets h − 1/2: ∂L/∂h = 1, and δ is the derivative in question.
/// </remarks>
internal static class KinkFile
{
    public const string Schema = "nn-vectors/1/kinks";

    /// <summary>Wide enough for vectors of every width and a remainder.</summary>
    private const int Width = 21;

    private const int Batch = 3;

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record Row(VectorActivation Activation, double Z, double H, double? DerivativeAt);

    private sealed record Table(Row[] Activations);

    /// <summary>The cases of the table; a derivative that PyTorch leaves open makes none.</summary>
    public static IReadOnlyList<CaseSource> Read(string path)
    {
        Table table = JsonSerializer.Deserialize<Table>(File.ReadAllBytes(path), Options)!;
        return [.. table.Activations.Where(row => row.DerivativeAt is not null).Select(ToCase)];
    }

    private static CaseSource ToCase(Row row)
    {
        VectorActivation activation = row.Activation;
        double? parameter = activation.Alpha ?? activation.Beta;
        string name = FormattableString.Invariant($"kink_{activation.Type}{parameter}_at_{row.Z}");
        var dense = new DenseSpec("", Width, VectorNetwork.ToActivation(activation));
        var spec = new NetworkSpec(
            new HostSpec("", default, "Net", "Net", DeclaresConstructor: false),
            Width,
            new EquatableArray<LayerSpec>([dense]),
            new LossSpec(Loss.MeanSquaredError, Reduction.Sum));

        double derivative = row.DerivativeAt!.Value;
        var values = new ReferenceValues(
            [new ReferenceLayer(Filled(row.Z), Filled(row.H), Filled(derivative))],
            Predictions: Filled(row.H),
            SampleLosses: Enumerable.Repeat(Width / 4.0, Batch).ToArray(),
            Loss: Batch * Width / 4.0,
            Gradients:
            [
                .. Enumerable.Repeat(Batch * row.Z * derivative, Width * Width),
                .. Enumerable.Repeat(Batch * derivative, Width),
            ],
            InputGradients: Filled(derivative),
            OutputGradients: Filled(1));

        return new CaseSource(name, new ReferenceCase(
            name,
            spec,
            [new(Precision.Double, new Tolerance(1e-9, 1e-12)), new(Precision.Single, VectorCases.FloatTolerance(nasty: false))],
            Filled(row.Z),
            [.. Enumerable.Range(0, Width * Width).Select(i => i / Width == i % Width ? 1.0 : 0.0), .. new double[Width]],
            [new Targets(null, Filled(row.H - 0.5), null)],
            values));
    }

    private static double[] Filled(double value) => Enumerable.Repeat(value, Batch * Width).ToArray();
}
