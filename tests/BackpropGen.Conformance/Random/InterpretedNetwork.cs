using System.Collections.Immutable;
using BackpropGen.Generator;
using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>A network evaluated by the graph interpreter: the reference for networks that no file describes.</summary>
internal sealed class InterpretedNetwork
{
    private readonly NetworkGraph _graph;
    private readonly ImmutableArray<LayerValues> _layers;

    public InterpretedNetwork(NetworkSpec spec)
    {
        _graph = Differentiator.Differentiate(GraphBuilder.Build(spec));
        _layers = LayerValues.Of(_graph);
    }

    /// <summary>The numbers of a forward and a backward pass.</summary>
    public ReferenceValues Evaluate(GraphData data)
    {
        IReadOnlyDictionary<string, Matrix> values = GraphInterpreter.Evaluate(_graph, data);
        Matrix outputs = Get(_layers[^1].Output);
        return new ReferenceValues(
            [.. _layers.Select(layer => new ReferenceLayer(Get(layer.PreActivation).Data, Get(layer.Output).Data, Get(layer.Delta!).Data))],
            Predict(outputs),
            Get(_graph.Single(Role.SampleLoss)).Data,
            Get(_graph.Single(Role.Loss)).Data[0],
            [.. _graph.Parameters().SelectMany(parameter => values["d" + parameter.Name].Data)],
            _graph.Spec.InputGradients ? Get(_layers[0].InputGradient!).Data : null,
            Get(_layers[^1].OutputGradient!).Data);

        Matrix Get(Value value) => values[value.Name];
    }

    private double[] Predict(Matrix outputs) => LossRules.Of(_graph.Spec.Loss.Kind).Prediction switch
    {
        PredictionTransform.Softmax => [.. Enumerable.Range(0, outputs.Rows).SelectMany(row => ReferenceMath.Softmax(outputs.Row(row)))],
        PredictionTransform.Sigmoid => Array.ConvertAll(outputs.Data, ReferenceMath.Sigmoid),
        PredictionTransform.Exponential => Array.ConvertAll(outputs.Data, Math.Exp),
        _ => outputs.Data,
    };
}
