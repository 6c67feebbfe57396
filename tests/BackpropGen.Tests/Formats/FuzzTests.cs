namespace BackpropGen.Tests.Formats;

/// <summary>Damaged files by the hundred thousand: each is read, or refused with the documented exception.</summary>
public sealed class FuzzTests
{
    private const int Count = 240_000;

    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", "\"", ",", ":", "0", "-1", "1e9", "9223372036854775807", "18446744073709551616", "null", "\\ud800", "\\u0000",
        "\"dtype\"", "\"shape\"", "\"data_offsets\"", "__metadata__", "F64", "F4", "[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":{\"a\":", "dense1.weight",
    ];

    [Fact]
    public void Nothing_escapes_but_the_documented_exception()
    {
        var stream = new MemoryStream();
        new SmallFileNet(seed: 1).Save(stream);
        byte[] whole = stream.ToArray();
        byte[] listed = SafetensorsBytes.Of(
            """{"b":{"dtype":"I64","shape":[],"data_offsets":[8,16]},"__metadata__":{"who":"\u00e9"},"a":{"shape":[2,1],"data_offsets":[0,8],"dtype":"F32"}}""",
            new byte[16]);
        var random = new Random(20_240_607);
        var network = new SmallFileNet(seed: 2);
        int refused = 0;
        for (int i = 0; i < Count; i++)
        {
            byte[] file = Mutate(i % 2 == 0 ? whole : listed, random);
            try
            {
                if (i % 4 < 2)
                {
                    SafetensorsFile.Read(i % 3 == 0 ? new TrickleStream(file) : new MemoryStream(file));
                }
                else
                {
                    network.Load(i % 3 == 0 ? new TrickleStream(file) : new MemoryStream(file));
                }
            }
            catch (InvalidDataException exception)
            {
                Assert.InRange(exception.Message.Length, 1, 4000);
                refused++;
            }
        }

        // Most damage is found; what hits the data or the text of the metadata leaves a sound file.
        Assert.InRange(refused, Count / 2, Count - 1000);
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int header = Math.Min(bytes.Count, (int)BitConverter.ToInt64(original) + 8);
            int at = random.Next(Math.Max(1, random.Next(3) == 0 ? bytes.Count : header));
            switch (random.Next(7))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(Math.Min(at, bytes.Count), System.Text.Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5 when at < bytes.Count:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
                default:
                    Digit(bytes, at, random);
                    break;
            }
        }

        // Half of the files get a length that fits, so that the damage reaches the parser.
        if (bytes.Count >= 8 && random.Next(2) == 0)
        {
            int grown = bytes.Count - original.Length;
            long length = BitConverter.ToInt64(original) + grown;
            for (int i = 0; i < 8; i++)
            {
                bytes[i] = (byte)(length >> (8 * i));
            }
        }

        return [.. bytes];
    }

    /// <summary>Changes a digit, so that sizes and offsets go wrong in sound JSON.</summary>
    private static void Digit(List<byte> bytes, int from, Random random)
    {
        int at = bytes.FindIndex(Math.Min(from, bytes.Count), value => value is >= (byte)'0' and <= (byte)'9');
        if (at >= 0)
        {
            bytes[at] = (byte)('0' + random.Next(10));
        }
    }
}
