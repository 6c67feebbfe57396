using System.Text;
using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>The mathematics of this network as Markdown with LaTeX, under the same tags as the comments in the code.</summary>
internal static class DerivationText
{
    public static string Write(LoweredProgram program)
    {
        var text = new StringBuilder();
        text.Append($"# {program.Spec.Host.Name}: {NetworkSummary.Line(program)}\n\n");
        text.Append("Row vectors: a batch of $N$ samples is a matrix with one sample per row, $W$ is [inputs × units]. ");
        text.Append("$\\partial v$ stands for $\\partial H / \\partial v$, $\\delta_l$ for $\\partial H / \\partial z_l$, $\\odot$ for the product element by element.\n\n");
        string part = string.Empty;
        foreach (Equation equation in Equations.All(program))
        {
            string next = equation.Tag[0] switch { 'F' => "Forward", 'H' => "Loss", _ => "Backward" };
            if (next != part)
            {
                text.Append($"## {next}\n\n");
                part = next;
            }

            string shape = equation.Shape.Length == 0 ? string.Empty : $@" \quad \small {equation.Shape.Replace("×", @"\times")}";
            text.Append($"$${equation.Latex}{shape} \\tag{{{equation.Tag}}}$$\n\n");
            if (equation.Tag == "H")
            {
                text.Append($"{Capitalised(equation.Note.Trim('(', ')'))}.\n\n");
            }
        }

        text.Append("## Activations\n\n");
        foreach (ActivationRule rule in program.Layers.Select(layer => layer.Spec.Activation.Kind).Distinct().Select(ActivationRules.Of))
        {
            text.Append($"$${rule.LatexEquation} \\qquad {rule.LatexDerivativeEquation}$$\n\n");
        }

        return text.ToString();
    }

    private static string Capitalised(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence.Substring(1);
}
