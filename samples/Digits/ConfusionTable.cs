using BackpropGen;

namespace Digits;

/// <summary>A confusion matrix as text: what the network took each digit for.</summary>
internal static class ConfusionTable
{
    /// <summary>Writes the matrix: one row per actual class, one column per predicted class, and the share that was found.</summary>
    public static void Write(TextWriter output, ConfusionMatrix<float> matrix)
    {
        IEnumerable<int> classes = Enumerable.Range(0, matrix.Classes);
        output.WriteLine("           predicted");
        output.WriteLine($"  actual {string.Concat(classes.Select(predicted => $"{predicted,6}"))}    found");
        foreach (int actual in classes)
        {
            string cells = string.Concat(classes.Select(predicted => $"{Cell(matrix[actual, predicted]),6}"));
            string found = matrix.Actual(actual) == 0 ? "-" : $"{100.0 * matrix[actual, actual] / matrix.Actual(actual):F1} %";
            output.WriteLine($"  {actual,6} {cells}  {found,7}");
        }
    }

    private static string Cell(long count) => count == 0 ? "·" : count.ToString();
}
