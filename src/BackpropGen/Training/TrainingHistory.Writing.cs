using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BackpropGen;

/// <content>The history as text: invariant culture, lines end with \n, numbers as short as they can be and still read back to the same double.</content>
public sealed partial class TrainingHistory
{
    /// <summary>Whether a column that is not a metric has a name.</summary>
    internal static bool IsReserved(string name) => name is "epoch" or "loss" or "val_loss" or "learning_rate" or "seconds";

    /// <summary>
    /// The columns, named as Keras names them: epoch, loss, val_loss (with validation), the metrics, learning_rate, seconds.
    /// </summary>
    public IReadOnlyList<string> Columns =>
        ["epoch", "loss", .. HasValidation ? ["val_loss"] : Array.Empty<string>(), .. MetricNames, "learning_rate", "seconds"];

    /// <summary>Writes a line of column names and a line per epoch, separated by commas. What is not finite is NaN, Infinity or -Infinity.</summary>
    /// <param name="writer">Receives the text.</param>
    public void WriteCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(string.Join(',', Columns.Select(Quoted)));
        writer.Write('\n');
        foreach (EpochRecord record in _records)
        {
            writer.Write(record.Epoch.ToString(CultureInfo.InvariantCulture));
            foreach (double value in Values(record))
            {
                writer.Write(',');
                writer.Write(value.ToString("R", CultureInfo.InvariantCulture));
            }

            writer.Write('\n');
        }
    }

    /// <summary>Writes the file, in UTF-8; one of that name is replaced.</summary>
    /// <param name="path">Where.</param>
    public void WriteCsv(string path)
    {
        using var writer = new StreamWriter(path);
        WriteCsv(writer);
    }

    /// <summary>
    /// Writes one JSON object per epoch and line, its properties named like the columns. What is not finite is the string "NaN", "Infinity" or
    /// "-Infinity", which JsonNumberHandling.AllowNamedFloatingPointLiterals reads.
    /// </summary>
    /// <param name="writer">Receives the text.</param>
    public void WriteJsonLines(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        string[] columns = [.. Columns];
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        foreach (EpochRecord record in _records)
        {
            json.WriteStartObject();
            json.WriteNumber(columns[0], record.Epoch);
            int column = 1;
            foreach (double value in Values(record))
            {
                WriteNumber(json, columns[column++], value);
            }

            json.WriteEndObject();
            json.Flush();
            writer.Write(Encoding.UTF8.GetString(bytes.WrittenSpan));
            writer.Write('\n');
            bytes.Clear();
            json.Reset();
        }
    }

    /// <summary>Writes the file, in UTF-8; one of that name is replaced.</summary>
    /// <param name="path">Where.</param>
    public void WriteJsonLines(string path)
    {
        using var writer = new StreamWriter(path);
        WriteJsonLines(writer);
    }

    /// <summary>What stands in the columns after the first.</summary>
    private IEnumerable<double> Values(EpochRecord record) =>
    [
        record.Loss,
        .. HasValidation ? [record.ValidationLoss ?? double.NaN] : Array.Empty<double>(),
        .. record.Metrics,
        record.LearningRate,
        record.Duration.TotalSeconds,
    ];

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A field of RFC 4180: in quotes where it has a separator, a quote or a line break in it.</summary>
    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
