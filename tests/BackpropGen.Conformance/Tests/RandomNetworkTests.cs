namespace BackpropGen.Conformance.Tests;

/// <summary>Emitted code against the graph interpreter and central differences, on networks that no file describes.</summary>
public class RandomNetworkTests
{
    private const int Count = 40;
    private const int Seed = 4543;

    [Fact]
    public void Emitted_code_gives_the_numbers_of_the_interpreter()
    {
        CaseResult[] results = [.. CaseRunner.Run(RandomNetworks.Create(Count, Seed))];

        Assert.Equal(Count, results.Length);
        Assert.All(results, result => Assert.True(
            result.Outcome == Outcome.Passed, string.Join('\n', [result.Name, result.Declaration, .. result.Messages])));
    }

    [Fact]
    public void A_network_does_not_depend_on_how_many_are_drawn()
    {
        ReferenceCase alone = RandomNetworks.Create(3, Seed).Last().Case!;
        ReferenceCase among = RandomNetworks.Create(5, Seed).ElementAt(2).Case!;

        Assert.Equal(alone.Name, among.Name);
        Assert.Equal(alone.Spec, among.Spec);
        Assert.Equal(alone.Expected.Gradients, among.Expected.Gradients);
    }

    [Fact]
    public void Seeds_give_different_networks() =>
        Assert.NotEqual(RandomNetworks.Create(1, 1).Single().Case!.Spec, RandomNetworks.Create(1, 2).Single().Case!.Spec);
}
