using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>The exponential moving average of the parameters: to look at, and to use in their place.</summary>
internal sealed class AverageEmitter(LoweredProgram program, SourceWriter writer)
{
    private string Type => program.Element.Keyword;

    /// <summary>Writes where the average starts, at the beginning of a step.</summary>
    public static void EmitStart(SourceWriter writer)
    {
        using (writer.Open("if (!_hasAverages)"))
        {
            writer.Line("// The average starts at the parameters before the first step, wherever they came from.");
            writer.Line("_parameters.Span.CopyTo(_averages.Span);");
            writer.Line("_hasAverages = true;");
        }
    }

    public void Emit()
    {
        writer.Blank();
        writer.Line($"private readonly AlignedBuffer<{Type}> _averages = new({program.Parameters.BlockLength});");
        writer.Line("private bool _hasAverages;  // whether there was a step");
        writer.Line("private bool _averagesAreSwapped;");
        writer.Blank();
        writer.Doc("summary", "Copies the moving averages of the parameters out, in the order of <see cref=\"Parameters\"/>; before the first step, the parameters.");
        writer.Doc("param name=\"destination\"", $"Receives [{program.Parameters.LogicalCount}], one value per parameter.");
        writer.Doc("exception cref=\"ArgumentException\"", "The destination has another length.");
        using (writer.Open($"public void CopyAveragesTo(Span<{Type}> destination)"))
        {
            writer.Line("NetworkGuard.Length(destination.Length, ParameterCount, nameof(destination), \"one value per parameter\");");
            writer.Line("ImportParameters();");
            writer.Line("bool standsApart = _hasAverages && !_averagesAreSwapped;");
            writer.Line("UnpackParameters(standsApart ? _averages.Span : _parameters.Span, destination);");
        }

        writer.Blank();
        writer.Doc("summary", "Exchanges the parameters and their moving averages, so that every member works with the averages; called again, it puts them back.");
        writer.Doc("remarks", "While they are exchanged, a step of training throws an <see cref=\"InvalidOperationException\"/>, and so does what sets the parameters.");
        using (writer.Open("public void SwapAverages()"))
        {
            writer.Line("ImportParameters();");
            using (writer.Open("if (_hasAverages)"))
            {
                writer.Line("ParameterBlock.Exchange(_parameters, _averages);");
            }

            writer.Blank();
            writer.Line("_averagesAreSwapped = !_averagesAreSwapped;");
            writer.Line("ExportParameters();");
        }
    }
}
