using BackpropGen.Generator.Emission;

namespace BackpropGen.Generator.Tests.Emission;

/// <summary>How a constant number of inputs falls into the blocks of a weight gradient.</summary>
public sealed class RowBlocksTests
{
    [Fact]
    public void Split_CoversEveryInputOnce()
    {
        for (int rows = 1; rows <= 200; rows++)
        {
            int next = 0;
            foreach ((int start, int count) in RowBlocks.Split(rows))
            {
                Assert.Equal(next, start);
                next += count;
            }

            Assert.Equal(rows, next);
        }
    }

    [Fact]
    public void Split_KeepsTheUnitsBusyFromEightInputsOn()
    {
        for (int rows = 8; rows <= 200; rows++)
        {
            Assert.All(RowBlocks.Split(rows), block => Assert.InRange(block.Rows, 4, RowBlocks.Largest));
        }
    }

    [Fact]
    public void Split_PutsTheLargestBlocksFirst()
    {
        // What a kernel copies in the order of reading are the inputs of its largest blocks, from the first on.
        for (int rows = 1; rows <= 200; rows++)
        {
            int[] sizes = [.. RowBlocks.Split(rows).Select(block => block.Rows)];
            Assert.Equal(sizes.OrderByDescending(size => size), sizes);
        }
    }
}
