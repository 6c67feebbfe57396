using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>The files of a network, one per concern; the table of contents of this room.</summary>
internal static class ProgramEmitter
{
    public static IReadOnlyList<GeneratedFile> Emit(LoweredProgram program)
    {
        string name = program.Spec.Host.Name;
        var files = new List<GeneratedFile>
        {
            FileFrame.Write(
                program,
                "Network",
                $"{name}: the network and its facts.",
                writer => new NetworkEmitter(program, writer).Emit(),
                writer => NetworkEmitter.EmitTypeDocumentation(writer, program),
                $" : {string.Join(", ", NetworkEmitter.Interfaces(program))}"),
            FileFrame.Write(program, "Parameters", $"{name}: parameters and gradients.", writer => new ParameterEmitter(program, writer).Emit()),
            FileFrame.Write(program, "Forward", $"{name}: the forward pass.", writer => new ForwardEmitter(program, writer).Emit()),
            FileFrame.Write(program, "Backward", $"{name}: loss and backward pass.", writer => new BackwardEmitter(program, writer).Emit()),
            FileFrame.Write(program, "Predict", $"{name}: inference and evaluation.", writer => new InferenceEmitter(program, writer).Emit()),
        };
        if (program.Spec.Optimizer is not null)
        {
            files.Add(FileFrame.Write(program, "Optimizer", $"{name}: the training step.", writer => new OptimizerEmitter(program, writer).Emit()));
        }

        if (program.Spec.Parallelism > 1)
        {
            files.Add(FileFrame.Write(program, "Threads", $"{name}: the division of the passes among threads.", writer => new ThreadsEmitter(program, writer).Emit()));
        }

        files.Add(FileFrame.Write(program, "Formats", $"{name}: description and files.", writer => new FormatsEmitter(program, writer).Emit()));
        if (KernelEmitter.IsNeeded(program))
        {
            files.Add(FileFrame.Write(program, "Kernels", $"{name}: the kernels.", writer => new KernelEmitter(program, writer).Emit()));
        }

        return files;
    }
}
