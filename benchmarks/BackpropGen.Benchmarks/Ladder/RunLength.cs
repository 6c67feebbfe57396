namespace BackpropGen.Benchmarks.Ladder;

/// <summary>How long to measure.</summary>
/// <param name="Slice">How long one contestant runs before the next one's turn, unless a single step takes longer.</param>
/// <param name="Rounds">How many turns each has, unless its slices take long.</param>
/// <param name="Budget">How long one contestant may run on one rung before its rounds are reduced.</param>
/// <param name="FewestRounds">To how many they are reduced at most.</param>
/// <param name="CheckBudget">How long one contestant may take for the steps after which its loss is compared.</param>
internal sealed record RunLength(TimeSpan Slice, int Rounds, TimeSpan Budget, int FewestRounds, TimeSpan CheckBudget)
{
    public static readonly RunLength Full = new(
        TimeSpan.FromMilliseconds(8), 41, TimeSpan.FromSeconds(1.5), 3, TimeSpan.FromSeconds(30));

    public static readonly RunLength Quick = new(
        TimeSpan.FromMilliseconds(2), 11, TimeSpan.FromSeconds(0.25), 2, TimeSpan.FromSeconds(1));
}
