using Digits;

namespace BackpropGen.Samples.Tests;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void The_largest_score_is_the_answer()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Add([0.1f, 0.7f, 0.2f, 0.5f, 0.2f, 0.3f, 0.1f, 0.2f, 0.7f], [1, 2, 2]);

        Assert.Equal(1, matrix[1, 1]);
        Assert.Equal(1, matrix[2, 0]);
        Assert.Equal(1, matrix[2, 2]);
        Assert.Equal(3, matrix.Total);
        Assert.Equal(2.0 / 3, matrix.Accuracy, 12);
    }

    [Fact]
    public void Two_matrices_add_up()
    {
        var sum = new ConfusionMatrix(2);
        var other = new ConfusionMatrix(2);
        sum.Add([1, 0], [0]);
        other.Add([1, 0, 0, 1], [1, 1]);

        sum.Add(other);

        Assert.Equal([1, 0, 1, 1], [sum[0, 0], sum[0, 1], sum[1, 0], sum[1, 1]]);
        Assert.Equal(3, sum.Total);
        Assert.Equal(2, sum.Correct);
    }

    [Fact]
    public void It_is_written_one_row_per_class()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add([1, 0, 1, 0], [0, 1]);
        var output = new StringWriter { NewLine = "\n" };

        matrix.WriteTo(output);

        string[] lines = output.ToString().TrimEnd().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Equal(["0", "1", "·"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..3]);
        Assert.Equal(["1", "1", "·"], lines[3].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..3]);
    }

    [Fact]
    public void No_answers_have_no_accuracy() => Assert.Equal(0, new ConfusionMatrix(2).Accuracy);
}
