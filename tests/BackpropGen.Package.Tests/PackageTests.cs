namespace BackpropGen.Package.Tests;

/// <summary>The tests that share one package.</summary>
[CollectionDefinition(Name)]
public sealed class PackageTests : ICollectionFixture<PackageFixture>
{
    public const string Name = "Package";
}
