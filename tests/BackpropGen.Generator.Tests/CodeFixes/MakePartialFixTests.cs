using BackpropGen.Generator.CodeFixes;

namespace BackpropGen.Generator.Tests.CodeFixes;

public sealed class MakePartialFixTests
{
    [Theory]
    [InlineData("public sealed class", "public sealed partial class")]
    [InlineData("class", "partial class")]
    [InlineData("/* plain */ class", "/* plain */ partial class")]
    public Task TheClass_BecomesPartial(string before, string after) =>
        CodeFixTest<MakePartialFix>.Expect(
            $$"""
            /// <summary>A network.</summary>
            [NeuralNetwork(2)]
            [Dense(3)]
            {{before}} {|BPG0002:Net|} { }
            """,
            $$"""
            /// <summary>A network.</summary>
            [NeuralNetwork(2)]
            [Dense(3)]
            {{after}} Net { }
            """,
            "Make 'Net' partial");

    /// <summary>The fix of the class takes all that it stands in along.</summary>
    [Fact]
    public Task ContainingTypes_BecomePartialWithIt() =>
        CodeFixTest<MakePartialFix>.Expect(
            """
            public static class {|BPG0003:Outer|}
            {
                // A struct.
                struct {|BPG0003:Middle|}
                {
                    [NeuralNetwork(2)]
                    [Dense(3)]
                    public class {|BPG0002:Net|} { }
                }
            }
            """,
            """
            public static partial class Outer
            {
                // A struct.
                partial struct Middle
                {
                    [NeuralNetwork(2)]
                    [Dense(3)]
                    public partial class Net { }
                }
            }
            """,
            ids: 2);

    /// <summary>Where the class is partial, each containing type has a fix, and one action applies them all.</summary>
    [Fact]
    public Task ContainingTypes_AreFixedTogether() =>
        CodeFixTest<MakePartialFix>.Expect(
            """
            class {|BPG0003:Outer|}
            {
                public interface {|BPG0003:IMiddle|}
                {
                    [NeuralNetwork(2)] [Dense(3)] public partial class Net { }
                }
            }
            """,
            """
            partial class Outer
            {
                public partial interface IMiddle
                {
                    [NeuralNetwork(2)] [Dense(3)] public partial class Net { }
                }
            }
            """);
}
