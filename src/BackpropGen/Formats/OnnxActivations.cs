namespace BackpropGen;

/// <summary>
/// Activations as nodes of ONNX. Floats take the operator of the name where there is one; for doubles ONNX Runtime has few of these, and
/// they are put together from arithmetic, which it has.
/// </summary>
internal static class OnnxActivations
{
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;

    /// <summary>Adds f(z).</summary>
    /// <returns>The name of the value.</returns>
    public static string Add<T>(OnnxGraph<T> graph, Activation activation, double? parameter, string z)
        where T : unmanaged
    {
        string Constant(double value) => graph.Constant(value);
        string Times(string a, string b) => graph.Add("Mul", a, b);
        string Plus(string a, string b) => graph.Add("Add", a, b);
        string Clip(string value, double low, double high) => graph.Add("Clip", value, Constant(low), Constant(high));
        string Negative() => graph.Add("Min", z, Constant(0));

        switch (activation)
        {
            case Activation.Identity:
                return z;

            case Activation.Relu or Activation.Sigmoid or Activation.Tanh:
                return graph.Add(activation.ToString(), z);

            case Activation.LeakyRelu or Activation.Elu when !OnnxGraph<T>.IsDouble:
                return graph.Add(activation.ToString(), [z], OnnxGraph<T>.Attribute("alpha", parameter!.Value));

            case Activation.LeakyRelu:
                return Plus(graph.Add("Relu", z), Times(Negative(), Constant(parameter!.Value)));

            case Activation.Elu:
                return Plus(graph.Add("Relu", z), Times(graph.Add("Sub", graph.Add("Exp", Negative()), Constant(1)), Constant(parameter!.Value)));

            case Activation.Selu when !OnnxGraph<T>.IsDouble:
                return graph.Add("Selu", [z], OnnxGraph<T>.Attribute("alpha", SeluAlpha), OnnxGraph<T>.Attribute("gamma", SeluScale));

            case Activation.Selu:
                return Times(Add(graph, Activation.Elu, SeluAlpha, z), Constant(SeluScale));

            case Activation.Gelu:
                string erf = graph.AddAsFloat("Erf", Times(z, Constant(Math.Sqrt(0.5))));
                return Times(Times(z, Constant(0.5)), Plus(erf, Constant(1)));

            case Activation.GeluTanh:
                string cube = Times(Times(Times(z, z), z), Constant(0.044715));
                string tanh = graph.Add("Tanh", Times(Plus(z, cube), Constant(Math.Sqrt(2 / Math.PI))));
                return Times(Times(z, Constant(0.5)), Plus(tanh, Constant(1)));

            case Activation.Silu when OnnxGraph<T>.IsDouble:
                // z / (1 + e⁻ᶻ): ONNX Runtime makes one operator of z·σ(z), which it has for floats alone, and then refuses the model.
                return graph.Add("Div", z, Plus(graph.Add("Exp", graph.Add("Neg", z)), Constant(1)));

            case Activation.Silu:
                return Times(z, graph.Add("Sigmoid", z));

            case Activation.Mish:
                return Times(z, graph.Add("Tanh", Add(graph, Activation.Softplus, 1, z)));

            case Activation.Softplus when parameter != 1:
                string scaled = Add(graph, Activation.Softplus, 1, Times(z, Constant(parameter!.Value)));
                return graph.Add("Div", scaled, Constant(parameter.Value));

            case Activation.Softplus when !OnnxGraph<T>.IsDouble:
                return graph.Add("Softplus", z);

            case Activation.Softplus:
                // max(z, 0) + ln(1 + e^−|z|): no power of e overflows.
                string power = graph.Add("Exp", graph.Add("Neg", graph.Add("Abs", z)));
                return Plus(graph.Add("Relu", z), graph.Add("Log", Plus(power, Constant(1))));

            case Activation.Softsign:
                return graph.Add("Div", z, Plus(graph.Add("Abs", z), Constant(1)));

            case Activation.HardSigmoid:
                return graph.Add("Div", Clip(Plus(z, Constant(3)), 0, 6), Constant(6));

            case Activation.HardSwish:
                return Times(z, Add(graph, Activation.HardSigmoid, null, z));

            case Activation.HardTanh:
                return Clip(z, -1, 1);

            case Activation.Relu6:
                return Clip(z, 0, 6);

            case Activation.Softmax or Activation.LogSoftmax:
                return graph.Add(activation.ToString(), [z], OnnxGraph<T>.Attribute("axis", 1));

            default:
                throw new InvalidOperationException($"No ONNX nodes for {activation}.");
        }
    }
}
