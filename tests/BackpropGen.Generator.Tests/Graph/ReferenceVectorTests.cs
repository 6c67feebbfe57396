using System.Text.Json;
using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Testing;
using BackpropGen.Testing;

namespace BackpropGen.Generator.Tests.Graph;

/// <summary>
/// The interpreter against PyTorch: every number of every case, to the case's own tolerance. It makes the interpreter an oracle.
/// </summary>
public class ReferenceVectorTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "vectors");

    public static TheoryData<string> Cases() => new(
        Directory.GetFiles(Path.Combine(Folder, "core"))
            .Concat(Directory.GetFiles(Path.Combine(Folder, "optimizers")))
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void All_cases_are_there() => Assert.Equal(60 + 21, Cases().Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_interpreter_agrees_with_PyTorch(string path)
    {
        VectorFile file = VectorFile.Read(Path.Combine(Folder, path));
        NetworkGraph graph = Differentiator.Differentiate(GraphBuilder.Build(VectorNetwork.ToSpec(file)));

        IReadOnlyDictionary<string, Matrix> values = GraphInterpreter.Evaluate(graph, VectorNetwork.ToData(file));

        LayerValues[] layers = [.. LayerValues.Of(graph)];
        Assert.Equal(file.Forward.Length, layers.Length);
        foreach ((LayerValues layer, VectorLayerResult expected) in layers.Zip(file.Forward))
        {
            AreClose(file, $"z{layer.Number}", expected.Z.Data, values[layer.PreActivation.Name].Data);
            AreClose(file, $"h{layer.Number}", expected.H.Data, values[layer.Output.Name].Data);
            AreClose(file, $"δ{layer.Number}", expected.Dz.Data, values[layer.Delta!.Name].Data);
        }

        AreClose(file, "row losses", file.RowLosses.Data, values["L"].Data);
        AreClose(file, "loss", [file.LossValue], values["H"].Data);
        AreClose(file, "∂x", file.Grads.X!.Data, values["dx"].Data);
        AreClose(file, "gradients", file.FlatGradients, Gradients(layers, values));
    }

    [Fact]
    public void Derivatives_at_kinks_are_those_of_PyTorch()
    {
        using JsonDocument kinks = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "kinks.json")));
        int compared = 0;
        foreach (JsonElement kink in kinks.RootElement.GetProperty("activations").EnumerateArray())
        {
            if (kink.GetProperty("derivative_at").ValueKind == JsonValueKind.Null)
            {
                continue; // PyTorch contradicts itself there, see the note in the file
            }

            JsonElement activation = kink.GetProperty("activation");
            ActivationSpec spec = VectorNetwork.ToActivation(new VectorActivation(
                activation.GetProperty("type").GetString()!,
                activation.TryGetProperty("alpha", out JsonElement alpha) ? alpha.GetDouble() : null));
            double z = kink.GetProperty("z").GetDouble();

            Assert.Equal(kink.GetProperty("h").GetDouble(), ReferenceActivation.Apply(spec, [z])[0], 1e-15);
            Assert.Equal(kink.GetProperty("derivative_at").GetDouble(), Derivative(spec, z), 1e-15);
            Assert.Equal(kink.GetProperty("derivative_left").GetDouble(), Derivative(spec, z - 1e-9), 1e-12);
            Assert.Equal(kink.GetProperty("derivative_right").GetDouble(), Derivative(spec, z + 1e-9), 1e-12);
            compared++;
        }

        Assert.Equal(13, compared);
    }

    private static double Derivative(ActivationSpec activation, double z)
    {
        double[] h = ReferenceActivation.Apply(activation, [z]);
        return ReferenceActivation.Gradient(activation, [1], [z], h)[0];
    }

    private static double[] Gradients(IEnumerable<LayerValues> layers, IReadOnlyDictionary<string, Matrix> values) => layers
        .SelectMany(layer => new[] { layer.WeightGradient, layer.BiasGradient })
        .Where(gradient => gradient is not null)
        .SelectMany(gradient => values[gradient!.Name].Data)
        .ToArray();

    private static void AreClose(VectorFile file, string what, double[] expected, double[] actual)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {actual.Length} numbers, {expected.Length} expected.");
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                file.Tolerance.Fits(actual[i], expected[i]),
                FormattableString.Invariant($"{what}[{i}] is {actual[i]:R}, {expected[i]:R} expected."));
        }
    }
}
