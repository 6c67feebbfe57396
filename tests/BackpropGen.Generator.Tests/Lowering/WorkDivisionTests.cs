extern alias runtime;

using BackpropGen.Generator.Emission;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;
using PassPart = runtime::BackpropGen.Numerics.PassPart;

namespace BackpropGen.Generator.Tests.Lowering;

/// <summary>The division of a batch among threads leaves no trace in the results, and no row of one thread in the way of another.</summary>
public sealed class WorkDivisionTests
{
    private static readonly NetworkSpec Wide = Named.Digits with { Parallelism = 4 };

    /// <summary>Every row falls into the same tile as in the undivided batch, or its sums would be added up in another order.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(61)]
    public void EveryRow_FallsIntoTheSameTileAsInTheWholeBatch(int parts)
    {
        int least = 3 * WorkDivision.CutRows;
        for (int batch = parts * least; batch < (parts * least) + 300; batch++)
        {
            IEnumerable<(int, int)> divided = Enumerable.Range(0, parts).Select(index => new PassPart(index, parts)).SelectMany(part =>
            {
                int first = part.Start(batch, WorkDivision.CutRows);
                return RowBlocks.Split(part.End(batch, WorkDivision.CutRows) - first).Select(block => (first + block.Start, block.Rows));
            });
            Assert.Equal(RowBlocks.Split(batch), divided);
        }
    }

    [Fact]
    public void Cuts_StandBetweenTheLargestTiles() => Assert.Equal(0, WorkDivision.CutRows % RowBlocks.Largest);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Parallelism_DecidesWhetherPassesAreDivided(int parallelism, bool isParallel) =>
        Assert.Equal(isParallel, RandomNetworks.Lower(Wide with { Parallelism = parallelism }).IsParallel);

    [Fact]
    public void NetworksWithLittleWork_AreNotDivided() => Assert.False(RandomNetworks.Lower(Named.FourLayer with { Parallelism = 16 }).IsParallel);

    [Fact]
    public void EveryDelta_ComesBeforeAnyWeightGradient()
    {
        LoweredProgram program = RandomNetworks.Lower(Wide);
        Assert.Equal(program.Backward, program.Deltas.Concat(program.WeightGradients));
        Assert.Equal(3, program.WeightGradients.Count);
    }

    /// <summary>One thread may be at the first step of a pass while another is at its last, so what a pass touches stands apart.</summary>
    [Fact]
    public void ValuesOfOnePass_ShareNoMemory()
    {
        LoweredProgram program = RandomNetworks.Lower(Wide);
        IReadOnlyList<Step>[] passes = [program.Forward, [program.Loss, .. program.Deltas], program.WeightGradients];
        Assert.All(passes, pass =>
        {
            Value[] values = [.. pass.SelectMany(step => step.Reads.Concat(step.Writes)).Distinct().Where(program.Training.Contains)];
            foreach (Value one in values)
            {
                foreach (Value other in values.Where(other => other != one))
                {
                    (WorkspaceSlot a, WorkspaceSlot b) = (program.Training[one], program.Training[other]);
                    Assert.True(a.Column + a.Stride <= b.Column || b.Column + b.Stride <= a.Column, $"{one.Name} meets {other.Name}.");
                }
            }
        });
    }

    [Fact]
    public void OneThread_IsNotMentioned()
    {
        string[] words = ["PassPart", "PassData", "PartedPass", "Parallelism", "SamplesPerPart"];
        Assert.Empty(words.Intersect(Words(Named.Digits)));
        Assert.Equal(words, words.Intersect(Words(Wide)));
        Assert.Equal(Compiler.Compile(Named.Digits), Compiler.Compile(Named.Digits with { Parallelism = 1 }));

        static IEnumerable<string> Words(NetworkSpec spec) =>
            Compiler.Compile(spec).SelectMany(file => file.Source.Split([' ', '.', '<', '(', ',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }
}
