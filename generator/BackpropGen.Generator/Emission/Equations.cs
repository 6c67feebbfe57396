using System.Globalization;
using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Emission.Kernels;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>The mathematics of each step: the lines a reader ticks off.</summary>
internal static class Equations
{
    /// <summary>The heading of a layer's part of a pass: "Dense1: 4 → 5, sigmoid".</summary>
    public static string Heading(Layer layer) => string.Format(
        CultureInfo.InvariantCulture, "── {0}: {1} → {2}, {3} ──", layer.Name, layer.Inputs, layer.Outputs, layer.Spec.Activation.Kind.ToString().ToLowerInvariant());

    /// <summary>All equations of the network in the order of the derivation: forward, loss, backward.</summary>
    public static IEnumerable<Equation> All(LoweredProgram program)
    {
        var steps = new List<Step>(program.Forward) { program.Loss };
        if (program.LossGivesOutputGradient)
        {
            steps.Add(program.OutputGradient!);
        }

        steps.AddRange(program.Backward);
        return steps.SelectMany(step => Of(step, program));
    }

    /// <summary>The equations of one step.</summary>
    public static IEnumerable<Equation> Of(Step step, LoweredProgram program) => step switch
    {
        DenseStep s => Dense(s),
        KernelStep s => KernelTexts.Of(s).Equations(s),
        ActivateStep s => Activate(s),
        LossStep s => Loss(s, program),
        ActivationGradientStep s => ActivationGradient(s),
        WeightGradientStep s => WeightGradient(s),
        InputGradientStep s => InputGradient(s),
        _ => throw new InvalidOperationException($"No equation for {step}."),
    };

    private static IEnumerable<Equation> Dense(DenseStep step)
    {
        string number = CSharpLiteral.Int(step.Layer.Number);
        string x = step.Input.Name;
        string bias = step.Bias is null ? string.Empty : $" + {step.Bias.Name}";
        string latexBias = step.Bias is null ? string.Empty : $" + {Notation.Latex(step.Bias)}";
        string text = $"z{number} = {x}·{step.Weights.Name}{bias}";
        string latex = $"z_{{{number}}} = {Notation.Latex(step.Input)} {Notation.Latex(step.Weights)}{latexBias}";
        if (step.Output is { } h)
        {
            ActivationRule rule = LoweredProgram.RuleOf(step.Layer);
            text += $",  {h.Name} = {rule.Symbol}(z{number})";
            latex += $@", \quad {Notation.Latex(h)} = {rule.LatexSymbol}(z_{{{number}}})";
        }

        yield return new Equation($"F{number}", text, latex, Shape.Batch(step.Layer.Outputs).ToString());
    }

    private static IEnumerable<Equation> Activate(ActivateStep step)
    {
        ActivationRule rule = ActivationRules.Of(step.Activation.Kind);
        yield return new Equation(
            $"F{CSharpLiteral.Int(step.Layer.Number)}",
            $"{step.Output.Name} = {rule.Symbol}({step.Input.Name})",
            $"{Notation.Latex(step.Output)} = {rule.LatexSymbol}({Notation.Latex(step.Input)})",
            Notation.ShapeOf(step.Output));
    }

    private static IEnumerable<Equation> Loss(LossStep step, LoweredProgram program)
    {
        LossRule rule = LossRules.Of(step.Loss.Kind);
        string divisor = Reductions.Describe(step.Loss, rule);
        string input = step.Input.Name;
        string tag = step.Gradient.Role == Role.Delta ? $"D{CSharpLiteral.Int(step.Layer.Number)}" : $"G{CSharpLiteral.Int(step.Layer.Number)}";
        string formula;
        string latex;
        string gradient;
        string latexGradient;
        switch (step.Source)
        {
            case LossSource.Logits:
                (formula, latex) = ($"−Σ y·ln p,  p = softmax({input})", $@"-\sum y \ln p, \quad p = \operatorname{{softmax}}({Notation.Latex(step.Input)})");
                (gradient, latexGradient) = ("p − y", "p - y");
                break;
            case LossSource.LogProbabilities:
                (formula, latex) = (rule.Formula.Replace("h", input), rule.LatexFormula.Replace("h", Notation.Latex(step.Input)));
                (gradient, latexGradient) = ($"p − y,  p = exp({input})", $@"p - y, \quad p = e^{{{Notation.Latex(step.Input)}}}");
                break;
            default:
                // "h" stands for the output in the table; the code calls it by its own name.
                (formula, latex) = (Rename(rule.Formula, input), rule.LatexFormula);
                (gradient, latexGradient) = (Rename(rule.Gradient, input), rule.LatexGradient);
                break;
        }

        yield return new Equation("H", $"H = {formula}", $"H = {latex}", string.Empty, $"({divisor})");
        yield return new Equation(
            tag, $"{Notation.Of(step.Gradient)} = {gradient}", $"{Notation.Latex(step.Gradient)} = {latexGradient}", Notation.ShapeOf(step.Gradient));
    }

    /// <summary>Puts a value's name in the place of the symbol h, where it stands as a symbol of its own.</summary>
    private static string Rename(string formula, string name) =>
        System.Text.RegularExpressions.Regex.Replace(formula, @"(?<![\w∂])h(?![\w])", name);

    private static IEnumerable<Equation> ActivationGradient(ActivationGradientStep step)
    {
        string number = CSharpLiteral.Int(step.Layer.Number);
        string tag = step.Result.Role == Role.InputGradient ? "X" : $"D{number}";
        ActivationRule rule = ActivationRules.Of(step.Activation.Kind);
        if (rule.IsRowWise)
        {
            yield return new Equation(
                tag,
                $"{Notation.Of(step.Result)} = {rule.Derivative}",
                $"{Notation.Latex(step.Result)} = {rule.LatexDerivative}",
                Notation.ShapeOf(step.Result),
                $"h = {step.Output!.Name}");
            yield break;
        }

        yield return new Equation(
            tag,
            $"{Notation.Of(step.Result)} = {Notation.Of(step.Upstream)} ⊙ {rule.Symbol}′({ArgumentOf(step)})",
            $@"{Notation.Latex(step.Result)} = {Notation.Latex(step.Upstream)} \odot {rule.LatexSymbol}'({LatexArgumentOf(step)})",
            Notation.ShapeOf(step.Result),
            rule.DerivativeEquation);
    }

    private static IEnumerable<Equation> WeightGradient(WeightGradientStep step)
    {
        string number = CSharpLiteral.Int(step.Layer.Number);
        yield return new Equation(
            $"W{number}",
            $"{Notation.Of(step.WeightGradient)} = {step.Input.Name}ᵀ·{Notation.Of(step.Delta)}",
            $@"{Notation.Latex(step.WeightGradient)} = {Notation.Latex(step.Input)}^\top {Notation.Latex(step.Delta)}",
            Notation.ShapeOf(step.WeightGradient));
        if (step.BiasGradient is { } bias)
        {
            yield return new Equation(
                $"B{number}",
                $"{Notation.Of(bias)} = column sums of {Notation.Of(step.Delta)}",
                $@"{Notation.Latex(bias)} = \textstyle\sum_n {Notation.Latex(step.Delta)}",
                Notation.ShapeOf(bias));
        }
    }

    private static IEnumerable<Equation> InputGradient(InputGradientStep step)
    {
        string product = $"{Notation.Of(step.Delta)}·{step.Weights.Name}ᵀ";
        string latexProduct = $@"{Notation.Latex(step.Delta)} {Notation.Latex(step.Weights)}^\top";
        string shape = Notation.ShapeOf(step.Result);
        string below = CSharpLiteral.Int(step.Layer.Number - 1);
        if (step.Epilogue is { } epilogue)
        {
            ActivationRule rule = ActivationRules.Of(epilogue.Activation.Kind);
            yield return new Equation(
                $"D{CSharpLiteral.Int(epilogue.Layer.Number)}",
                $"{Notation.Of(step.Result)} = ({product}) ⊙ {rule.Symbol}′({ArgumentOf(epilogue)})",
                $@"{Notation.Latex(step.Result)} = ({latexProduct}) \odot {rule.LatexSymbol}'({LatexArgumentOf(epilogue)})",
                shape,
                rule.DerivativeEquation);
            yield break;
        }

        string tag = step.Result.Role switch
        {
            Role.InputGradient => "X",
            Role.Delta => $"D{CSharpLiteral.Int(step.Result.Layer)}",
            _ => $"G{below}",
        };
        yield return new Equation(tag, $"{Notation.Of(step.Result)} = {product}", $"{Notation.Latex(step.Result)} = {latexProduct}", shape);
    }

    /// <summary>z of the layer whose activation is differentiated; an activation layer's z is the h below it, or x.</summary>
    private static string ArgumentOf(ActivationGradientStep step) => step.PreActivation?.Name
        ?? (step.Layer.Spec is not ActivationLayerSpec ? $"z{CSharpLiteral.Int(step.Layer.Number)}" : step.Layer.Number == 1 ? "x" : $"h{CSharpLiteral.Int(step.Layer.Number - 1)}");

    private static string LatexArgumentOf(ActivationGradientStep step)
    {
        string argument = ArgumentOf(step);
        return argument.Length == 1 ? argument : $"{argument[0]}_{{{argument.Substring(1)}}}";
    }
}
