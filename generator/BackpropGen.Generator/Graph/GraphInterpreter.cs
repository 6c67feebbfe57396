using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Graph;

/// <summary>A batch and the parameters to evaluate a graph with.</summary>
/// <param name="Inputs">x, [N × inputs].</param>
/// <param name="Targets">y, [N × outputs]; one-hot rows for labels.</param>
/// <param name="Parameters">All parameters in flat order: layers in order, W row by row ([inputs × units]), then b.</param>
/// <param name="TargetsAreLabels">Whether the targets were given as labels, which matters for the divisor under class weights.</param>
/// <param name="SampleWeights">s, one per sample; null for all ones.</param>
/// <param name="OutputGradients">∂H/∂h of the last layer where it is given instead of following from the loss; else null.</param>
internal sealed record GraphData(
    double[] Inputs,
    double[] Targets,
    double[] Parameters,
    bool TargetsAreLabels = false,
    double[]? SampleWeights = null,
    double[]? OutputGradients = null)
{
    /// <summary>Values of operations that are random, by name: the masks of dropout.</summary>
    public IReadOnlyDictionary<string, double[]> Given { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Labels as one-hot rows.</summary>
    public static double[] OneHot(IReadOnlyList<int> labels, int classes)
    {
        double[] rows = new double[labels.Count * classes];
        for (int i = 0; i < labels.Count; i++)
        {
            rows[(i * classes) + labels[i]] = 1;
        }

        return rows;
    }
}

/// <summary>
/// Evaluates a graph in double, one operation after another, with plain loops: what the emitted code is compared with.
/// </summary>
internal sealed class GraphInterpreter
{
    private readonly Dictionary<Value, Matrix> _values = [];
    private readonly GraphData _data;
    private readonly int _rows;

    private GraphInterpreter(NetworkGraph graph, GraphData data)
    {
        _data = data;
        _rows = data.Inputs.Length / graph.Spec.Inputs;
    }

    /// <summary>Every value of the graph, by name.</summary>
    public static IReadOnlyDictionary<string, Matrix> Evaluate(NetworkGraph graph, GraphData data)
    {
        var interpreter = new GraphInterpreter(graph, data);
        interpreter.BindInputs(graph);
        foreach (Op op in graph.Ops())
        {
            interpreter.Bind(op);
        }

        return interpreter._values.ToDictionary(pair => pair.Key.Name, pair => pair.Value);
    }

    private void BindInputs(NetworkGraph graph)
    {
        Bind(graph.Single(Role.Input), _data.Inputs);
        Bind(graph.Single(Role.Target), _data.Targets);
        Bind(graph.Single(Role.SampleWeight), _data.SampleWeights ?? Enumerable.Repeat(1.0, _rows).ToArray());

        int offset = 0;
        foreach (Value parameter in graph.Parameters())
        {
            int length = parameter.Shape.Rows * parameter.Shape.Columns;
            Bind(parameter, _data.Parameters.Skip(offset).Take(length).ToArray());
            offset += length;
        }

        Require(offset == _data.Parameters.Length, $"The network has {offset} parameters, {_data.Parameters.Length} were given.");
    }

    private void Bind(Value value, double[] data)
    {
        int rows = value.Shape.IsBatched ? _rows : value.Shape.Rows;
        Require(
            data.Length == rows * value.Shape.Columns,
            $"{value.Name} has the shape {value.Shape} with N = {_rows}, {data.Length} numbers were given.");
        _values.Add(value, new Matrix(rows, value.Shape.Columns, data));
    }

    private void Bind(Op op)
    {
        if (op is KernelOp kernel)
        {
            // What is random is given.
            IReadOnlyList<Matrix> results = op.Results.All(result => _data.Given.ContainsKey(result.Name))
                ? op.Results.Select(result => new Matrix(_rows, result.Shape.Columns, _data.Given[result.Name])).ToList()
                : kernel.Evaluate(op.Operands.Select(operand => _values[operand]).ToList());
            for (int i = 0; i < results.Count; i++)
            {
                _values.Add(op.Results[i], results[i]);
            }
        }
        else
        {
            _values.Add(op.Result, Evaluate(op));
        }
    }

    private Matrix Evaluate(Op op) => op switch
    {
        MatMul matMul => Multiply(
            matMul.TransposeLeft ? _values[matMul.Left].Transposed() : _values[matMul.Left],
            matMul.TransposeRight ? _values[matMul.Right].Transposed() : _values[matMul.Right]),
        AddBias add => AddToRows(_values[add.Input], _values[add.Bias]),
        Activate activate => ByRow(_values[activate.Input], (_, z) => ReferenceActivation.Apply(activate.Activation, z)),
        ActivationGradient gradient => Evaluate(gradient),
        ColumnSum sum => SumColumns(_values[sum.Input]),
        SampleLoss loss => Evaluate(loss),
        ReduceLoss reduce => new Matrix(1, 1, [_values[reduce.SampleLosses].Data.Sum() / Divisor(reduce.Loss, reduce.Target, reduce.SampleWeight)]),
        LossGradient gradient => Evaluate(gradient),
        _ => throw new InvalidOperationException($"{op.Result.Name} is bound by an unknown operation, {op.GetType().Name}."),
    };

    private Matrix Evaluate(ActivationGradient op)
    {
        Matrix? z = op.PreActivation is null ? null : _values[op.PreActivation];
        Matrix? h = op.Output is null ? null : _values[op.Output];
        return ByRow(
            _values[op.Upstream],
            (i, upstream) => ReferenceActivation.Gradient(op.Activation, upstream, z?.Row(i), h?.Row(i)));
    }

    private Matrix Evaluate(SampleLoss op) => ByRow(
        _values[op.Output],
        (i, h) => [_values[op.SampleWeight][i, 0] * ReferenceLoss.OfSample(op.Loss, h, _values[op.Target].Row(i))]);

    private Matrix Evaluate(LossGradient op)
    {
        Matrix output = _values[op.Output];
        if (_data.OutputGradients is not null)
        {
            Require(
                _data.OutputGradients.Length == output.Data.Length,
                $"{output.Data.Length} output gradients are needed, {_data.OutputGradients.Length} were given.");
            return new Matrix(output.Rows, output.Columns, _data.OutputGradients);
        }

        double divisor = Divisor(op.Loss, op.Target, op.SampleWeight);
        return ByRow(output, (i, h) =>
        {
            double scale = _values[op.SampleWeight][i, 0] / divisor;
            return ReferenceLoss.Gradient(op.Loss, h, _values[op.Target].Row(i)).Select(gradient => scale * gradient).ToArray();
        });
    }

    private double Divisor(LossSpec loss, Value target, Value sampleWeight) =>
        ReferenceLoss.Divisor(loss, _values[target], _values[sampleWeight].Data, _data.TargetsAreLabels);

    private static Matrix Multiply(Matrix left, Matrix right)
    {
        var result = new Matrix(left.Rows, right.Columns);
        for (int i = 0; i < left.Rows; i++)
        {
            for (int j = 0; j < right.Columns; j++)
            {
                double sum = 0;
                for (int k = 0; k < left.Columns; k++)
                {
                    sum += left[i, k] * right[k, j];
                }

                result[i, j] = sum;
            }
        }

        return result;
    }

    private static Matrix AddToRows(Matrix input, Matrix bias) =>
        ByRow(input, (_, row) => row.Select((value, j) => value + bias[0, j]).ToArray());

    private static Matrix SumColumns(Matrix input)
    {
        var result = new Matrix(1, input.Columns);
        for (int i = 0; i < input.Rows; i++)
        {
            for (int j = 0; j < input.Columns; j++)
            {
                result[0, j] += input[i, j];
            }
        }

        return result;
    }

    /// <summary>Applies a function of row number and row to every row.</summary>
    private static Matrix ByRow(Matrix input, Func<int, double[], double[]> function)
    {
        double[][] rows = Enumerable.Range(0, input.Rows).Select(i => function(i, input.Row(i))).ToArray();
        return new Matrix(input.Rows, rows[0].Length, rows.SelectMany(row => row).ToArray());
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
