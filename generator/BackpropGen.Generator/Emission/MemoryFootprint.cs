using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>What a network allocates, in bytes.</summary>
/// <param name="Parameters">The block of parameters.</param>
/// <param name="Gradients">The block of gradients, of the same layout.</param>
/// <param name="Transposed">The transposed weights.</param>
/// <param name="OptimizerState">What the optimizer keeps, as blocks of the layout of the parameters.</param>
/// <param name="PerThread">The room that each thread has for itself.</param>
/// <param name="PerSample">The workspace of training for each sample of the batch.</param>
internal sealed record MemoryFootprint(long Parameters, long Gradients, long Transposed, long OptimizerState, long PerThread, long PerSample)
{
    /// <summary>All that is allocated with the network, whatever the batch and the number of threads.</summary>
    public long Total => Parameters + Gradients + Transposed + OptimizerState;

    /// <summary>The footprint of a network.</summary>
    public static MemoryFootprint Of(LoweredProgram program)
    {
        long block = Bytes(program.Parameters.BlockLength);
        return new MemoryFootprint(
            block,
            block,
            Bytes(program.Parameters.TransposedLength),
            OptimizerEmitter.StateBlocks(program) * block,
            Bytes(program.Parameters.PanelRoom),
            Bytes(program.Training.Columns));

        long Bytes(long elements) => elements * program.Element.Size;
    }
}
