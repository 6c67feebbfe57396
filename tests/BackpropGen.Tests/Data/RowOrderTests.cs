namespace BackpropGen.Tests.Data;

/// <summary>The orders of rows, seen through splits: every order is as likely as any other.</summary>
public sealed class RowOrderTests
{
    [Fact]
    public void EveryOrderOfThreeIsAsLikely()
    {
        var counts = new Dictionary<string, int>();
        var data = new TargetData<float>(new float[] { 0, 1, 2 }, new float[] { 0, 1, 2 }, 3);
        const int Draws = 6_000;
        for (ulong seed = 0; seed < Draws; seed++)
        {
            (TargetData<float> first, TargetData<float> second) = data.Split(1.0 / 3, seed);
            string order = string.Join(' ', second.Inputs.ToArray().Concat(first.Inputs.ToArray()));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // Six standard errors of a binomial count with p = 1/6.
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 1_000 - 174, 1_000 + 174));
    }
}
