using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>The parameters and gradients as the user sees them: flat logical views, and the same per layer.</summary>
internal sealed class ParameterEmitter(LoweredProgram program, SourceWriter writer)
{
    private readonly ParameterPlan _plan = program.Parameters;

    private string Type => program.Element.Keyword;

    public void Emit()
    {
        EmitViews();
        EmitCopies();
        EmitSync();
        EmitMoves();
        foreach (Layer layer in program.Layers)
        {
            new LayerViewEmitter(program, writer, layer).Emit();
        }
    }

    private void EmitViews()
    {
        string orScale = _plan.Tensors.Any(tensor => tensor.Value.Role == Graph.Role.Scale) ? " or γ" : string.Empty;
        string order = $"Layers in order, W row by row ([inputs × units]){orScale}, then b.";
        writer.Line("// The flat views. Kernels want panels, users want rows: a view is a copy, made when first asked for, and from then on kept in step");
        writer.Line("// with the panels before and after every call, so that a span held by the caller stays the truth.");
        writer.Line($"private {Type}[]? _parameterView;");
        writer.Line($"private {Type}[]? _gradientView;");
        writer.Blank();
        writer.Doc("summary", $"All parameters as one flat view, [{program.Parameters.LogicalCount}]. {order}");
        writer.Doc(
            "remarks",
            "What is written to the span takes effect at the next call. Once the view has been asked for, every call that reads or changes the\n"
            + "parameters copies them once more; to load or save parameters only, <see cref=\"SetParameters\"/> and <see cref=\"CopyParametersTo\"/> cost nothing later.");
        using (writer.Open($"public Span<{Type}> Parameters"))
        {
            using (writer.Open("get"))
            {
                using (writer.Open("if (_parameterView is null)"))
                {
                    writer.Line($"_parameterView = new {Type}[ParameterCount];");
                    writer.Line("UnpackParameters(_parameters.Span, _parameterView);");
                }

                writer.Blank();
                writer.Line("return _parameterView;");
            }
        }

        writer.Blank();
        writer.Doc("summary", $"The gradients of the last backward pass as one flat view, [{program.Parameters.LogicalCount}], in the order of <see cref=\"Parameters\"/>.");
        string inPlace = program.CanUpdateInPlace
            ? "\nOnce the view has been asked for, <c>TrainStep</c> fills it too; before, plain gradient descent keeps no gradients but moves the weights at once."
            : string.Empty;
        writer.Doc("remarks", $"What is written to the span is what <c>ApplyGradients</c> applies and what an accumulating backward pass adds to.{inPlace}");
        using (writer.Open($"public Span<{Type}> Gradients"))
        {
            using (writer.Open("get"))
            {
                using (writer.Open("if (_gradientView is null)"))
                {
                    writer.Line($"_gradientView = new {Type}[ParameterCount];");
                    writer.Line("UnpackParameters(_gradients.Span, _gradientView);");
                }

                writer.Blank();
                writer.Line("return _gradientView;");
            }
        }
    }

    private void EmitCopies()
    {
        writer.Blank();
        writer.Doc("summary", "Copies all parameters out, in the order of <see cref=\"Parameters\"/>.");
        writer.Doc("param name=\"destination\"", $"Receives [{program.Parameters.LogicalCount}], one value per parameter.");
        writer.Doc("exception cref=\"ArgumentException\"", "The destination has another length.");
        using (writer.Open($"public void CopyParametersTo(Span<{Type}> destination)"))
        {
            writer.Line("NetworkGuard.Length(destination.Length, ParameterCount, nameof(destination), \"one value per parameter\");");
            writer.Line("ImportParameters();");
            writer.Line("UnpackParameters(_parameters.Span, destination);");
        }

        writer.Blank();
        writer.Doc("summary", "Replaces all parameters, in the order of <see cref=\"Parameters\"/>.");
        writer.Doc("param name=\"source\"", $"[{program.Parameters.LogicalCount}], one value per parameter.");
        writer.Doc("exception cref=\"ArgumentException\"", "The source has another length.");
        bool averages = program.Spec.Optimizer is { Averages: true };
        if (averages)
        {
            writer.Doc("exception cref=\"InvalidOperationException\"", "The averages stand in place of the parameters.");
        }

        using (writer.Open($"public void SetParameters(ReadOnlySpan<{Type}> source)"))
        {
            if (averages)
            {
                writer.Line("NetworkGuard.Replacing(_averagesAreSwapped);");
            }

            writer.Line("NetworkGuard.Length(source.Length, ParameterCount, nameof(source), \"one value per parameter\");");
            writer.Line("PackParameters(source, _parameters.Span);");
            writer.Line("ExportParameters();");
        }
    }

    private void EmitSync()
    {
        Sync("ImportParameters", "Takes over what the caller wrote to the parameter view.", "_parameterView", "PackParameters(_parameterView, _parameters.Span);");
        Sync("ExportParameters", "Shows new parameters in the view.", "_parameterView", "UnpackParameters(_parameters.Span, _parameterView);");
        Sync("ImportGradients", "Takes over what the caller wrote to the gradient view.", "_gradientView", "PackParameters(_gradientView, _gradients.Span);");
        Sync("ExportGradients", "Shows new gradients in the view.", "_gradientView", "UnpackParameters(_gradients.Span, _gradientView);");

        void Sync(string name, string summary, string view, string statement)
        {
            writer.Blank();
            writer.Doc("summary", summary);
            using (writer.Open($"private void {name}()"))
            {
                using (writer.Open($"if ({view} is not null)"))
                {
                    writer.Line(statement);
                }
            }
        }
    }

    private void EmitMoves()
    {
        Move("PackParameters", "From the flat order to panels; the padding becomes zero.", $"ReadOnlySpan<{Type}> flat, Span<{Type}> block", "flat, block", "Pack", fromFlat: true);
        Move("UnpackParameters", "From panels to the flat order.", $"ReadOnlySpan<{Type}> block, Span<{Type}> flat", "block, flat", "Unpack", fromFlat: false);

        void Move(string name, string summary, string parameters, string arguments, string helper, bool fromFlat)
        {
            var moves = new StatementList(writer, name, parameters, arguments, "private static", Moves(helper, fromFlat).ToList());
            writer.Blank();
            writer.Doc("summary", summary);
            using (writer.Open($"private static void {name}({parameters})"))
            {
                moves.EmitStatements();
            }

            moves.EmitParts();
        }

        IEnumerable<string> Moves(string helper, bool fromFlat)
        {
            foreach (ParameterTensor tensor in _plan.Tensors)
            {
                string flat = $"flat.Slice({tensor.LogicalOffset}, {tensor.Count})";
                if (tensor.IsMatrix)
                {
                    string block = $"block.Slice({tensor.Offset}, {tensor.Stored(program.Element)})";
                    yield return $"PanelMatrix.{helper}{(tensor.IsByUnits ? "Transposed" : string.Empty)}({(fromFlat ? flat : block)}, {(fromFlat ? block : flat)}, {tensor.Rows}, {tensor.Columns});";
                    continue;
                }

                string vector = $"block.Slice({tensor.Offset}, {tensor.Count})";
                yield return fromFlat ? $"{flat}.CopyTo({vector});" : $"{vector}.CopyTo({flat});";

                // A step that met NaN leaves it in the padding, too, and sums across lanes would bring it back.
                long padding = tensor.Stored(program.Element) - tensor.Count;
                if (fromFlat && padding > 0)
                {
                    yield return $"block.Slice({tensor.Offset + tensor.Count}, {padding}).Clear();";
                }
            }
        }
    }
}
