using Digits;

namespace BackpropGen.Samples.Tests;

public sealed class ConfusionTableTests
{
    [Fact]
    public void It_has_one_row_per_class_and_the_share_that_was_found()
    {
        var matrix = new ConfusionMatrix<float>(3);
        matrix.Add([1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1], [0, 1, 1, 1]);

        string[] lines = Lines(matrix);

        Assert.Equal(5, lines.Length);
        Assert.Equal(["0", "1", "·", "·", "100.0", "%"], Words(lines[2]));
        Assert.Equal(["1", "1", "·", "2", "0.0", "%"], Words(lines[3]));
        Assert.Equal(["2", "·", "·", "·", "-"], Words(lines[4]));
    }

    [Fact]
    public void An_answer_that_is_no_class_counts_as_not_found()
    {
        var matrix = new ConfusionMatrix<float>(2);
        matrix.Add([1, 0, float.NaN, float.NaN], [0, 0]);

        Assert.Equal(["0", "1", "·", "50.0", "%"], Words(Lines(matrix)[2]));
    }

    private static string[] Lines(ConfusionMatrix<float> matrix)
    {
        var output = new StringWriter { NewLine = "\n" };
        ConfusionTable.Write(output, matrix);
        return output.ToString().TrimEnd().Split('\n');
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
