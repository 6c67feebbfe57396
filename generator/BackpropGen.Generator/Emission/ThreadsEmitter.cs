using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// How the passes are divided among threads: how many parts a batch is worth, and what one part of each pass does. A part has its own rows of
/// the batch, or its own rows of every ∂W; the parts of one pass never wait for each other.
/// </summary>
internal sealed class ThreadsEmitter(LoweredProgram program, SourceWriter writer)
{
    /// <summary>The elements of the parameter block that are worth a thread in the loop of the optimizer, which memory limits.</summary>
    private const int ElementsPerPart = 32 * 1024;

    private string Type => program.Element.Keyword;

    private int PanelRoom => program.Parameters.PanelRoom;

    /// <summary>The most parts that the loop of the optimizer is worth.</summary>
    public static int OptimizerParts(LoweredProgram program) => program.IsParallel ? Math.Max(1, program.Parameters.BlockLength / ElementsPerPart) : 1;

    /// <summary>Whether δ of any layer, or ∂x, follows from the first one; not so in a network of one layer without ∂x.</summary>
    public static bool HasDeltas(LoweredProgram program) => program.Deltas.Count > 0;

    /// <summary>The statement that runs a pass over the samples that Forward kept.</summary>
    public static string RunKept(string pass, string targets = "") =>
        $"{pass}Parts.Run(PartsOf(batch), new() {{ Batch = batch, Inputs = _inputs.Span{targets} }});";

    /// <summary>The targets and weights of a pass, as what follows the inputs.</summary>
    public static string Targets(string name, string values, string weights) =>
        $", {(name == "labels" ? "Labels" : "Targets")} = {values}, SampleWeights = {weights}";

    public void Emit()
    {
        EmitProperty();
        if (!program.IsParallel)
        {
            return;
        }

        EmitShared();
        EmitForward();
        foreach ((_, string name, string suffix) in BatchParameters.TargetsOf(program))
        {
            EmitLoss(name, suffix);
        }

        if (HasDeltas(program) || program.OutputGradient is not null)
        {
            EmitOutputGradient();
        }

        EmitGradient();
    }

    /// <summary>The declaration of the pass object of a part, made when first used.</summary>
    public static void EmitPass(SourceWriter writer, string type, string name)
    {
        string field = $"_{char.ToLowerInvariant(name[0])}{name.Substring(1)}Parts";
        writer.Line($"private PartedPass<{type}>? {field};");
        writer.Blank();
        writer.Line($"private PartedPass<{type}> {name}Parts => {field} ??= new({name}Part);");
    }

    private void EmitProperty()
    {
        int threads = program.Spec.Parallelism;
        writer.Line($"private int _parallelism = {CSharpLiteral.Int(threads)};");
        if (program.IsParallel && PanelRoom > 0)
        {
            writer.Blank();
            writer.Line("// The room of each part for the panel it works on, of Wᵀ or of a copy of δ.");
            writer.Line($"private AlignedBuffer<{Type}> _panels = new({CSharpLiteral.Int(threads)} * {CSharpLiteral.Int(PanelRoom)});");
        }

        writer.Blank();
        writer.Doc("summary", "The most threads that a pass of training may use, from 1 to 1,024.");
        writer.Doc("remarks", program.IsParallel
            ? "A pass uses as many as its batch is worth, and no more threads run than the machine has processors.\nThe results have the same bits for any number."
            : "Even the largest batches of this network are too little work to be divided: every pass runs on one thread.");
        writer.Doc("exception cref=\"ArgumentOutOfRangeException\"", "The number is not from 1 to 1,024.");
        using (writer.Open("public int Parallelism"))
        {
            writer.Line("get => _parallelism;");
            if (!program.IsParallel || PanelRoom == 0)
            {
                writer.Line("set => _parallelism = NetworkGuard.Parallelism(value);");
                return;
            }

            using (writer.Open("set"))
            {
                writer.Line("_parallelism = NetworkGuard.Parallelism(value);");
                using (writer.Open($"if (_panels.Length / {CSharpLiteral.Int(PanelRoom)} < value)"))
                {
                    writer.Line($"_panels = new AlignedBuffer<{Type}>(NetworkGuard.WorkspaceLength({CSharpLiteral.Int(PanelRoom)}, value));");
                }
            }
        }
    }

    private void EmitShared()
    {
        writer.Blank();
        writer.Doc("summary", "The samples that are worth a thread: waking one for fewer would cost more than it saves.");
        writer.Line($"private const int SamplesPerPart = {CSharpLiteral.Int(program.SamplesPerPart!.Value)};");
        writer.Blank();
        writer.Line("// What the parts of a pass share beside its samples; set before they start.");
        writer.Line($"private ({Type} GradientScale, int FirstLoss, bool InputGradients, bool Accumulate, bool InPlace) _pass;");
        writer.Blank();
        writer.Doc("summary", "The number of parts of a pass over a batch.");
        writer.Line("private int PartsOf(int batch) => Math.Max(1, Math.Min(batch / SamplesPerPart, _parallelism));");
        writer.Blank();
        writer.Doc(
            "summary",
            "The rows of a part. Cut at multiples of the largest block of rows, a row falls into the same block as in the whole batch, and its sums\n"
            + "are added up in the same order.");
        using (writer.Open("private static (int First, int Count) RowsOf(PassPart part, int batch)"))
        {
            writer.Line($"int first = part.Start(batch, {WorkDivision.CutRows});");
            writer.Line($"return (first, part.End(batch, {WorkDivision.CutRows}) - first);");
        }

        if (PanelRoom > 0)
        {
            writer.Blank();
            writer.Doc("summary", "The room of a part for the panel it works on.");
            writer.Line($"private ref {Type} PanelsOf(PassPart part) => ref Unsafe.Add(ref _panels.Origin, part.Index * {CSharpLiteral.Int(PanelRoom)});");
        }

        writer.Blank();
        writer.Doc("summary", "The sum of the sample losses, always in their order.");
        using (writer.Open($"private static {Type} TotalLoss(ReadOnlySpan<{Type}> sampleLosses)"))
        {
            writer.Line($"{Type} loss = 0;");
            using (writer.Open("for (int n = 0; n < sampleLosses.Length; n++)"))
            {
                writer.Line("loss += sampleLosses[n];");
            }

            writer.Blank();
            writer.Line("return loss;");
        }
    }

    private void EmitForward()
    {
        using (OpenPart("Forward", "The forward pass over the rows of a part."))
        {
            writer.Line("(int first, int rows) = RowsOf(part, data.Batch);");
            writer.Line(FirstInput);
            writer.Line($"ForwardPass(ref x, ref _workspace.Origin, data.Batch, first, rows);");
        }
    }

    private void EmitLoss(string name, string suffix)
    {
        using (OpenPart($"Loss{suffix}", "From the output to the loss and to δ of every layer, for the rows of a part."))
        {
            writer.Line("(int first, int rows) = RowsOf(part, data.Batch);");
            writer.Line(name == "labels"
                ? "ReadOnlySpan<int> labels = data.Labels.Slice(first, rows);"
                : $"ReadOnlySpan<{Type}> targets = data.Targets.Slice(first * OutputSize, rows * OutputSize);");
            writer.Line($"ReadOnlySpan<{Type}> sampleWeights = data.SampleWeights.IsEmpty ? default : data.SampleWeights.Slice(first, rows);");
            writer.Line($"Span<{Type}> sampleLosses = _sampleLosses.AsSpan(_pass.FirstLoss + first, rows);");
            writer.Line($"Loss{suffix}({name}, sampleWeights, _pass.GradientScale, ref _workspace.Origin, data.Batch, first, rows, sampleLosses);");
            if (program.LossGivesOutputGradient)
            {
                writer.Line("OutputGradientPart(part, data);");
            }
            else if (HasDeltas(program))
            {
                writer.Line(FirstInput);
                writer.Line(DeltaCall);
            }
        }
    }

    private void EmitOutputGradient()
    {
        using (OpenPart("OutputGradient", "From the gradient of the output to δ of every layer, for the rows of a part."))
        {
            writer.Line("(int first, int rows) = RowsOf(part, data.Batch);");
            writer.Line(FirstInput);
            if (program.OutputGradient is not null)
            {
                writer.Line("OutputGradientPass(ref _workspace.Origin, data.Batch, first, rows);");
            }

            if (HasDeltas(program))
            {
                writer.Line(DeltaCall);
            }
        }
    }

    private void EmitGradient()
    {
        using (OpenPart("Gradient", "∂W and ∂b of every layer from all samples: some rows of each ∂W in every part."))
        {
            if (program.CanUpdateInPlace)
            {
                writer.Line($"ref {Type} gradients = ref (_pass.InPlace ? ref _parameters.Origin : ref _gradients.Origin);");
            }

            string gradients = program.CanUpdateInPlace ? "ref gradients" : "ref _gradients.Origin";
            string panels = PanelRoom > 0 ? "ref PanelsOf(part), " : string.Empty;
            writer.Line("ref " + Type + " x = ref MemoryMarshal.GetReference(data.Inputs);");
            writer.Line($"GradientPass(ref x, ref _workspace.Origin, {gradients}, {panels}data.Batch, _pass.Accumulate, part);");
        }
    }

    private string FirstInput => $"ref {Type} x = ref MemoryMarshal.GetReference(data.Inputs.Slice(first * InputSize));";

    private string DeltaCall =>
        $"DeltaPass(ref x, ref _workspace.Origin, {(PanelRoom > 0 ? "ref PanelsOf(part), " : string.Empty)}data.Batch, first, rows, _pass.InputGradients);";

    private SourceWriter.Block OpenPart(string name, string summary)
    {
        writer.Blank();
        EmitPass(writer, Type, name);
        writer.Blank();
        writer.Doc("summary", summary);
        return writer.Open($"private void {name}Part(PassPart part, in PassData<{Type}> data)");
    }
}
