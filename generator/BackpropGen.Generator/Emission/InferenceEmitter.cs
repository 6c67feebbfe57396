using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>Predict and Evaluate: passes that keep nothing, in the scratch memory of the calling thread.</summary>
internal sealed class InferenceEmitter(LoweredProgram program, SourceWriter writer)
{
    /// <summary>The elements of scratch that a tile of samples may take: 64 Ki elements stay inside a second-level cache.</summary>
    private const int TileElements = 64 * 1024;

    private string Type => program.Element.Keyword;

    private PredictionTransform Transform => LossRules.Of(program.Spec.Loss.Kind).Prediction;

    public void Emit()
    {
        EmitPredict();
        foreach ((string type, string name, string suffix) in BatchParameters.TargetsOf(program))
        {
            EmitEvaluate(type, name, suffix);
        }

        new PassEmitter(program, program.Prediction, writer).Emit(
            "InferencePass",
            "The forward pass of inference: nothing is kept but the output.",
            program.Inference,
            [($"ref {Type} x", "ref x"), ($"ref {Type} workspace", "ref workspace"), ("nint batch", "batch")]);
        if (program.InferenceDiffers)
        {
            new PassEmitter(program, program.Training, writer).Emit(
                "EvaluationPass",
                "The forward pass of inference in the places of training, where the loss finds the output.",
                program.Evaluation,
                [($"ref {Type} x", "ref x"), ($"ref {Type} workspace", "ref workspace"), ("nint batch", "batch")]);
        }

        EmitTransform();
    }

    private void EmitPredict()
    {
        WorkspaceSlot slot = program.Prediction[program.PredictedOutput];
        writer.Doc("summary", $"Inference: gives {PredictionWords()}. Keeps nothing.");
        writer.Doc("remarks", "Safe to call from many threads at once on one network, as long as no other member changes it meanwhile.");
        BatchParameters.DocInputs(writer, program);
        writer.Doc("param name=\"outputs\"", $"Receives [N × {program.LastLayer.Outputs}].");
        writer.Doc("exception cref=\"ArgumentException\"", "The inputs are not a whole number of samples, or the outputs do not fit them.");
        using (writer.Open($"public void Predict(ReadOnlySpan<{Type}> inputs, Span<{Type}> outputs)"))
        {
            writer.Line("int batch = NetworkGuard.BatchSize(inputs.Length, InputSize, nameof(inputs));");
            writer.Line("NetworkGuard.Length(outputs.Length, batch, OutputSize, nameof(outputs));");
            writer.Line("ImportParameters();");
            writer.Blank();
            writer.Line("// Tiles of samples that stay in the cache from the first layer to the last.");
            writer.Line($"const int TileRows = {TileRows(program.Prediction.Columns)};");
            writer.Line($"ref {Type} workspace = ref ThreadScratch<{Type}>.Rent({program.Prediction.Columns} * Math.Min(batch, TileRows)).Origin;");
            using (writer.Open("for (int first = 0; first < batch; first += TileRows)"))
            {
                writer.Line("int rows = Math.Min(TileRows, batch - first);");
                writer.Line($"ref {Type} x = ref MemoryMarshal.GetReference(inputs.Slice(first * InputSize));");
                writer.Line("InferencePass(ref x, ref workspace, rows);");
                writer.Line($"ref {Type} {program.PredictedOutput.Name} = ref Unsafe.Add(ref workspace, (nint){slot.Column} * rows);");
                if (Transform != PredictionTransform.None)
                {
                    writer.Line($"PredictionPass(ref {program.PredictedOutput.Name}, rows);");
                }

                writer.Line(
                    $"RowMatrix.Unpad(ref {program.PredictedOutput.Name}, {slot.Stride}, OutputSize, outputs.Slice(first * OutputSize, rows * OutputSize));");
            }
        }
    }

    private void EmitEvaluate(string type, string name, string suffix)
    {
        int columns = program.Training.Columns;
        writer.Blank();
        writer.Doc("summary", "The loss of a batch, without gradients; parameters, gradients and the last Forward stay as they are.");
        BatchParameters.DocInputs(writer, program);
        BatchParameters.DocTargets(writer, program, name);
        writer.Doc("returns", "The loss of the batch.");
        writer.Doc("exception cref=\"ArgumentException\"", BatchParameters.MisfitWords("the inputs", name));
        using (writer.Open($"public {Type} Evaluate(ReadOnlySpan<{Type}> inputs, {type} {name}, ReadOnlySpan<{Type}> sampleWeights = default)"))
        {
            writer.Line("int batch = NetworkGuard.BatchSize(inputs.Length, InputSize, nameof(inputs));");
            BatchParameters.EmitTargetChecks(writer, name);
            writer.Line("ImportParameters();");
            writer.Blank();
            writer.Line($"const int TileRows = {TileRows(columns)};");
            writer.Line($"AlignedBuffer<{Type}> scratch = ThreadScratch<{Type}>.Rent({columns + 1} * Math.Min(batch, TileRows));");
            writer.Line($"{Type} scale = LossScale({name}, sampleWeights, batch);");
            writer.Line($"{Type} loss = 0;");
            using (writer.Open("for (int first = 0; first < batch; first += TileRows)"))
            {
                writer.Line("int rows = Math.Min(TileRows, batch - first);");
                writer.Line($"ref {Type} x = ref MemoryMarshal.GetReference(inputs.Slice(first * InputSize));");
                EmitTileTargets(writer, program, name);
                writer.Line($"Span<{Type}> sampleLosses = scratch.Span.Slice({columns} * rows, rows);");
                writer.Blank();
                if (program.IsParallel)
                {
                    writer.Line("ForwardPass(ref x, ref scratch.Origin, samples: rows, first: 0, rows);");
                    writer.Line($"Loss{suffix}({name}OfTile, weightsOfTile, scale, ref scratch.Origin, samples: rows, first: 0, rows, sampleLosses);");
                    writer.Line("loss += TotalLoss(sampleLosses) * scale;");
                }
                else
                {
                    writer.Line($"{(program.InferenceDiffers ? "EvaluationPass" : "ForwardPass")}(ref x, ref scratch.Origin, rows);");
                    string scales = program.CanUpdateInPlace ? "scale, scale" : "scale";
                    writer.Line($"loss += Loss{suffix}({name}OfTile, weightsOfTile, {scales}, ref scratch.Origin, rows, sampleLosses);");
                }
            }

            writer.Blank();
            writer.Line("return loss;");
        }
    }

    /// <summary>Names the targets and the sample weights of the tile that starts at <c>first</c>.</summary>
    public static void EmitTileTargets(SourceWriter writer, LoweredProgram program, string name)
    {
        string type = program.Element.Keyword;
        writer.Line(name == "labels"
            ? "ReadOnlySpan<int> labelsOfTile = labels.Slice(first, rows);"
            : $"ReadOnlySpan<{type}> targetsOfTile = targets.Slice(first * OutputSize, rows * OutputSize);");
        writer.Line($"ReadOnlySpan<{type}> weightsOfTile = sampleWeights.IsEmpty ? default : sampleWeights.Slice(first, rows);");
    }

    /// <summary>Whole blocks of twelve rows, so that no tile but the last leaves a remainder to the kernels.</summary>
    private static int TileRows(int columns) => Math.Max(12, Math.Min(1020, TileElements / columns / 12 * 12));

    private void EmitTransform()
    {
        if (Transform == PredictionTransform.None)
        {
            return;
        }

        Value output = program.PredictedOutput;
        ElementType element = program.Element;
        var rows = new RowLoops(writer, element, program.LastLayer.Outputs);
        int Stride(Value value) => program.Prediction[value].Stride;
        (string equation, string function) = Transform switch
        {
            PredictionTransform.Softmax => ($"p = softmax({output.Name})", string.Empty),
            PredictionTransform.Sigmoid => ($"p = σ({output.Name})", "Sigmoid"),
            _ => ($"rate = exp({output.Name})", "Exp"),
        };
        writer.Blank();
        writer.Doc("summary", $"From the output to the prediction, in place: {equation}.");
        writer.Optimized();
        using (writer.Open($"private static void PredictionPass(ref {Type} {output.Name}, nint batch)"))
        {
            if (Transform == PredictionTransform.Softmax)
            {
                SoftmaxRows.Softmax(rows, output, output, Stride);
                return;
            }

            using (writer.Open("for (nint n = 0; n < batch; n++)"))
            {
                rows.ForEach(isMasked: false, vector =>
                    writer.Line(vector.Store($"VectorMath.{function}({vector.Load(output, Stride(output))})", output, Stride(output))));
            }
        }
    }

    private string PredictionWords() => Transform switch
    {
        PredictionTransform.Softmax => "the probability of every class",
        PredictionTransform.Sigmoid => "the probability of every output",
        PredictionTransform.Exponential => "the rate of every output",
        _ => "the outputs of the last layer",
    };
}
