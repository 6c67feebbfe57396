namespace Digits;

/// <summary>Counts, for every digit, what the network took it for.</summary>
/// <param name="classes">The number of classes.</param>
internal sealed class ConfusionMatrix(int classes)
{
    private readonly int[,] _counts = new int[classes, classes];

    /// <summary>How many answers were counted.</summary>
    public int Total { get; private set; }

    /// <summary>How many of them were right.</summary>
    public int Correct { get; private set; }

    /// <summary>The share of right answers.</summary>
    public double Accuracy => Total == 0 ? 0 : (double)Correct / Total;

    /// <summary>How often a class was taken for another, or for itself.</summary>
    public int this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>Counts one answer per label: the class with the largest score.</summary>
    /// <param name="scores">[N × classes].</param>
    /// <param name="labels">[N].</param>
    public void Add(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        for (int n = 0; n < labels.Length; n++)
        {
            int predicted = IndexOfLargest(scores.Slice(n * classes, classes));
            _counts[labels[n], predicted]++;
            Total++;
            Correct += predicted == labels[n] ? 1 : 0;
        }
    }

    /// <summary>Adds the counts of another matrix of the same classes.</summary>
    public void Add(ConfusionMatrix other)
    {
        for (int actual = 0; actual < classes; actual++)
        {
            for (int predicted = 0; predicted < classes; predicted++)
            {
                _counts[actual, predicted] += other[actual, predicted];
            }
        }

        Total += other.Total;
        Correct += other.Correct;
    }

    /// <summary>Writes the matrix: one row per actual class, one column per predicted class, and the share that was found.</summary>
    public void WriteTo(TextWriter output)
    {
        IEnumerable<int> all = Enumerable.Range(0, classes);
        output.WriteLine("           predicted");
        output.WriteLine($"  actual {string.Concat(all.Select(predicted => $"{predicted,6}"))}    found");
        for (int actual = 0; actual < classes; actual++)
        {
            int row = actual;
            int count = all.Sum(predicted => _counts[row, predicted]);
            string cells = string.Concat(all.Select(predicted => $"{Cell(row, predicted),6}"));
            string found = count == 0 ? "-" : $"{100.0 * _counts[row, row] / count:F1} %";
            output.WriteLine($"  {actual,6} {cells}  {found,7}");
        }
    }

    private string Cell(int actual, int predicted) =>
        _counts[actual, predicted] == 0 ? "·" : _counts[actual, predicted].ToString();

    private static int IndexOfLargest(ReadOnlySpan<float> scores)
    {
        int largest = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            largest = scores[i] > scores[largest] ? i : largest;
        }

        return largest;
    }
}
