using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>One row per element-wise activation: how f and ∂h ⊙ f′ are written on vectors in C#.</summary>
internal static class ActivationSyntax
{
    /// <summary>f(z) as an expression.</summary>
    public static string Forward(ActivationSpec activation, string z, ElementType element)
    {
        string parameter = CSharpLiteral.Number(activation.Parameter, element);
        string zero = Zero(element);
        return activation.Kind switch
        {
            Activation.Identity => z,
            Activation.Relu => $"Vector256.Max({z}, {zero})",
            Activation.LeakyRelu or Activation.Elu or Activation.Softplus => $"VectorMath.{activation.Kind}({z}, {parameter})",
            _ => $"VectorMath.{activation.Kind}({z})",
        };
    }

    /// <summary>∂h ⊙ f′ as an expression; reads z or h as the activation's rule says.</summary>
    public static string Gradient(ActivationSpec activation, string upstream, string z, string h, ElementType element)
    {
        string parameter = CSharpLiteral.Number(activation.Parameter, element);
        string one = $"Vector256<{element.Keyword}>.One";
        return activation.Kind switch
        {
            Activation.Identity => upstream,
            Activation.Relu => $"{upstream} & Vector256.GreaterThan({h}, {Zero(element)})",
            Activation.Sigmoid => $"{upstream} * ({h} * ({one} - {h}))",
            Activation.Tanh => $"{upstream} * Simd.NegateMultiplyAdd({h}, {h}, {one})",
            Activation.LeakyRelu or Activation.Elu => $"{upstream} * VectorMath.{activation.Kind}Derivative({h}, {parameter})",
            Activation.Selu or Activation.Relu6 or Activation.HardTanh or Activation.HardSigmoid =>
                $"{upstream} * VectorMath.{activation.Kind}Derivative({h})",
            Activation.Softplus => $"{upstream} * VectorMath.{activation.Kind}Derivative({z}, {parameter})",
            _ => $"{upstream} * VectorMath.{activation.Kind}Derivative({z})",
        };
    }

    public static string Zero(ElementType element) => $"Vector256<{element.Keyword}>.Zero";
}
