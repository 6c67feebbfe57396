using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BackpropGen;

/// <content>The state as text. It is written out member by member, without reflection, so that it survives trimming.</content>
public sealed partial record TrainerState
{
    /// <summary>
    /// The state as one JSON object, in which every number comes back to the same bits: what JSON has no number for is the string "NaN",
    /// "Infinity" or "-Infinity", and the best parameters are the Base64 of their doubles in little-endian order.
    /// </summary>
    /// <returns>Text for <see cref="FromJson"/>.</returns>
    public string ToJson()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber(nameof(Seed), Seed);
            json.WriteNumber(nameof(SampleCount), SampleCount);
            json.WriteNumber(nameof(Epoch), Epoch);
            json.WriteNumber(nameof(Position), Position);
            json.WriteNumber(nameof(Step), Step);
            WriteDouble(json, nameof(LossSum), LossSum);
            if (BestEpoch is { } bestEpoch)
            {
                json.WriteNumber(nameof(BestEpoch), bestEpoch);
            }

            WriteDouble(json, nameof(BestValue), BestValue);
            json.WriteNumber(nameof(EpochsWithoutImprovement), EpochsWithoutImprovement);
            if (Plateau is { } plateau)
            {
                json.WriteStartObject(nameof(Plateau));
                WriteDouble(json, nameof(plateau.LearningRate), plateau.LearningRate);
                WriteDouble(json, nameof(plateau.Best), plateau.Best);
                json.WriteNumber(nameof(plateau.BadEpochs), plateau.BadEpochs);
                json.WriteNumber(nameof(plateau.Cooldown), plateau.Cooldown);
                json.WriteEndObject();
            }

            if (OwnLearningRate is { } ownLearningRate)
            {
                WriteDouble(json, nameof(OwnLearningRate), ownLearningRate);
            }

            json.WriteBoolean(nameof(RestoredBest), RestoredBest);
            if (BestParameters is { } best)
            {
                json.WriteBase64String(nameof(BestParameters), BytesOf(best));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>The state that <see cref="ToJson"/> made text of.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="InvalidDataException">The text is not such a state: no JSON, or a member is missing, unknown or of another kind.</exception>
    public static TrainerState FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            // Half of a surrogate pair is an ArgumentException.
            using JsonDocument document = JsonDocument.Parse(json);
            var members = new Members(document.RootElement);
            var state = new TrainerState
            {
                Seed = members.Take(nameof(Seed)).GetUInt64(),
                SampleCount = members.Take(nameof(SampleCount)).GetInt32(),
                Epoch = members.Take(nameof(Epoch)).GetInt32(),
                Position = members.Take(nameof(Position)).GetInt32(),
                Step = members.Take(nameof(Step)).GetInt64(),
                LossSum = ReadDouble(members.Take(nameof(LossSum))),
                BestEpoch = members.TakeOptional(nameof(BestEpoch))?.GetInt32(),
                BestValue = ReadDouble(members.Take(nameof(BestValue))),
                EpochsWithoutImprovement = members.Take(nameof(EpochsWithoutImprovement)).GetInt32(),
                Plateau = members.TakeOptional(nameof(Plateau)) is { } plateau ? ReadPlateau(plateau) : null,
                OwnLearningRate = members.TakeOptional(nameof(OwnLearningRate)) is { } ownLearningRate ? ReadDouble(ownLearningRate) : null,
                RestoredBest = members.Take(nameof(RestoredBest)).GetBoolean(),
                BestParameters = members.TakeOptional(nameof(BestParameters)) is { } best ? DoublesOf(best.GetBytesFromBase64()) : null,
            };
            members.AllTaken();
            return state;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The text is no state of a trainer: {exception.Message}", exception);
        }
    }

    private static PlateauState ReadPlateau(JsonElement plateau)
    {
        var members = new Members(plateau);
        var state = new PlateauState(
            ReadDouble(members.Take(nameof(PlateauState.LearningRate))),
            ReadDouble(members.Take(nameof(PlateauState.Best))),
            members.Take(nameof(PlateauState.BadEpochs)).GetInt32(),
            members.Take(nameof(PlateauState.Cooldown)).GetInt32());
        members.AllTaken();
        return state;
    }

    private static void WriteDouble(Utf8JsonWriter json, string name, double value)
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

    private static double ReadDouble(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? double.Parse(element.GetString()!, CultureInfo.InvariantCulture) : element.GetDouble();

    private static byte[] BytesOf(IReadOnlyList<double> values)
    {
        var bytes = new byte[values.Count * sizeof(double)];
        for (int i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        return bytes;
    }

    private static double[] DoublesOf(byte[] bytes)
    {
        if (bytes.Length % sizeof(double) != 0)
        {
            throw new FormatException(FormattableString.Invariant($"{bytes.Length} bytes of parameters are no whole doubles."));
        }

        var values = new double[bytes.Length / sizeof(double)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)));
        }

        return values;
    }

    /// <summary>The members of a JSON object, to be taken out one by one until none is left.</summary>
    private sealed class Members
    {
        private readonly Dictionary<string, JsonElement> _left = new(StringComparer.Ordinal);

        public Members(JsonElement element)
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                if (!_left.TryAdd(member.Name, member.Value))
                {
                    throw new FormatException($"'{member.Name}' is there twice.");
                }
            }
        }

        public JsonElement Take(string name) => TakeOptional(name) ?? throw new FormatException($"'{name}' is missing.");

        public JsonElement? TakeOptional(string name) => _left.Remove(name, out JsonElement value) ? value : null;

        public void AllTaken()
        {
            if (_left.Count > 0)
            {
                throw new FormatException($"'{_left.Keys.First()}' is unknown.");
            }
        }
    }
}
