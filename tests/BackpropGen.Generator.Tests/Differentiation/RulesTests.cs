using BackpropGen.Generator.Differentiation;

namespace BackpropGen.Generator.Tests.Differentiation;

/// <summary>The tables of activations and losses.</summary>
public class RulesTests
{
    [Fact]
    public void Every_activation_has_its_row() =>
        Assert.All(Enum.GetValues<Activation>(), kind => Assert.Equal(kind, ActivationRules.Of(kind).Kind));

    [Fact]
    public void Every_loss_has_its_row() => Assert.All(Enum.GetValues<Loss>(), kind => Assert.Equal(kind, LossRules.Of(kind).Kind));

    [Fact]
    public void Equations_are_complete_and_balanced()
    {
        IEnumerable<string> activations = Enum.GetValues<Activation>().Select(ActivationRules.Of)
            .SelectMany(rule => new[] { rule.Equation, rule.DerivativeEquation, rule.LatexEquation, rule.LatexDerivativeEquation });
        IEnumerable<string> losses = Enum.GetValues<Loss>().Select(LossRules.Of)
            .SelectMany(rule => new[] { rule.Formula, rule.Gradient, rule.LatexFormula, rule.LatexGradient });

        Assert.All(activations.Concat(losses), text =>
        {
            Assert.False(string.IsNullOrWhiteSpace(text));
            Assert.Equal(text.Count(c => c == '('), text.Count(c => c == ')'));
            Assert.Equal(text.Count(c => c == '{'), text.Count(c => c == '}'));
            Assert.Equal(text.Count(c => c == '['), text.Count(c => c == ']'));
            Assert.DoesNotContain("\n", text);
        });
    }

    [Fact]
    public void Equations_name_their_function()
    {
        ActivationRule sigmoid = ActivationRules.Of(Activation.Sigmoid);
        Assert.Equal("σ(z) = 1/(1 + e⁻ᶻ)", sigmoid.Equation);
        Assert.Equal("σ′(z) = h ⊙ (1 − h)", sigmoid.DerivativeEquation);
        Assert.Equal(@"\sigma(z) = 1 / (1 + e^{-z})", sigmoid.LatexEquation);
        Assert.Equal(@"\sigma'(z) = h \odot (1 - h)", sigmoid.LatexDerivativeEquation);
        Assert.Equal("∂z = h ⊙ (∂h − Σⱼ hⱼ·∂hⱼ)", ActivationRules.Of(Activation.Softmax).DerivativeEquation);
    }

    [Fact]
    public void An_equation_of_a_derivative_speaks_of_what_the_derivative_needs() =>
        Assert.All(Enum.GetValues<Activation>().Select(ActivationRules.Of), rule =>
        {
            Assert.Equal(rule.Needs == DerivativeNeeds.Input, rule.Derivative.Contains('z'));
            Assert.Equal(rule.Needs == DerivativeNeeds.Output, rule.Derivative.Contains('h') && rule.Needs != DerivativeNeeds.Input);
        });

    [Fact]
    public void Few_derivatives_need_z()
    {
        Assert.Equal("Gelu GeluTanh HardSwish Mish Silu Softplus Softsign", Names(rule => rule.Needs == DerivativeNeeds.Input));
        Assert.Equal("Identity", Names(rule => rule.Needs == DerivativeNeeds.Nothing));
    }

    [Fact]
    public void The_softmax_family_works_on_rows() => Assert.Equal("LogSoftmax Softmax", Names(rule => rule.IsRowWise));

    [Fact]
    public void The_relu_family_starts_with_He() =>
        Assert.Equal(
            "Elu Gelu GeluTanh HardSwish LeakyRelu Mish Relu Relu6 Selu Silu Softplus",
            Names(rule => rule.Initializer == Initializer.HeNormal));

    [Fact]
    public void All_others_start_with_Glorot() =>
        Assert.Equal(
            "HardSigmoid HardTanh Identity LogSoftmax Sigmoid Softmax Softsign Tanh",
            Names(rule => rule.Initializer == Initializer.GlorotUniform));

    [Fact]
    public void Targets_are_labels_for_the_losses_over_classes()
    {
        Assert.Equal("CrossEntropy MultiMargin NegativeLogLikelihood SoftmaxCrossEntropy", Losses(rule => rule.TakesLabels));
        Assert.Equal("MultiMargin NegativeLogLikelihood", Losses(rule => !rule.TakesRows));
    }

    [Fact]
    public void Losses_over_classes_are_not_element_wise() =>
        Assert.Equal(
            "CrossEntropy KullbackLeiblerDivergence MultiMargin NegativeLogLikelihood SoftmaxCrossEntropy",
            Losses(rule => !rule.IsElementwise));

    [Fact]
    public void Predictions_of_logits_and_log_rates_are_transformed()
    {
        Assert.Equal("SoftmaxCrossEntropy", Losses(rule => rule.Prediction == PredictionTransform.Softmax));
        Assert.Equal("BinaryCrossEntropyWithLogits", Losses(rule => rule.Prediction == PredictionTransform.Sigmoid));
        Assert.Equal("PoissonNegativeLogLikelihood", Losses(rule => rule.Prediction == PredictionTransform.Exponential));
        Assert.Equal(
            "BinaryCrossEntropyWithLogits SoftmaxCrossEntropy", Losses(rule => rule.Output == OutputMeaning.Logits));
    }

    private static string Names(Func<ActivationRule, bool> condition) => string.Join(
        " ", Enum.GetValues<Activation>().Select(ActivationRules.Of).Where(condition).Select(rule => rule.Kind.ToString()).Order(StringComparer.Ordinal));

    private static string Losses(Func<LossRule, bool> condition) => string.Join(
        " ", Enum.GetValues<Loss>().Select(LossRules.Of).Where(condition).Select(rule => rule.Kind.ToString()).Order(StringComparer.Ordinal));
}
