using System.Buffers.Binary;
using System.Text;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>The table in a 64-bit little-endian ELF file of the versions that it needs of other libraries (.gnu.version_r).</summary>
internal static class ElfVersionNeeds
{
    private const int SectionTableOffset = 0x28;
    private const int SectionEntrySize = 0x3A;
    private const int SectionCount = 0x3C;
    private const uint VersionNeeds = 0x6FFFFFFE;
    private const ushort Weak = 2;

    /// <summary>Marks a version as one that may be missing. The file is replaced, not overwritten: a copy of it may be loaded.</summary>
    public static void MakeWeak(string path, string version)
    {
        byte[] file = File.ReadAllBytes(path);
        bool found = false;
        foreach (int entry in Entries(file, version))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(entry + 4), Weak);
            found = true;
        }

        if (!found)
        {
            throw new InvalidDataException($"{path} does not list {version} among the versions it needs.");
        }

        string changed = path + ".weak";
        File.WriteAllBytes(changed, file);
        File.Move(changed, path, overwrite: true);
    }

    /// <summary>The offsets of the entries (Elf64_Vernaux) that name the version.</summary>
    private static IEnumerable<int> Entries(byte[] file, string version)
    {
        byte[] name = [.. Encoding.ASCII.GetBytes(version), 0];
        for (int section = 0; section < Read16(file, SectionCount); section++)
        {
            int header = (int)Read64(file, SectionTableOffset) + (section * Read16(file, SectionEntrySize));
            if (Read32(file, header + 4) != VersionNeeds)
            {
                continue;
            }

            int strings = (int)Read64(file, Section(file, Read32(file, header + 40)) + 24);
            int need = (int)Read64(file, header + 24);
            for (uint library = Read32(file, header + 44); library > 0; library--)
            {
                int entry = need + (int)Read32(file, need + 8);
                for (int i = Read16(file, need + 2); i > 0; i--)
                {
                    if (file.AsSpan(strings + (int)Read32(file, entry + 8)).StartsWith(name))
                    {
                        yield return entry;
                    }

                    entry += (int)Read32(file, entry + 12);
                }

                need += (int)Read32(file, need + 12);
            }
        }
    }

    private static int Section(byte[] file, uint index) =>
        (int)Read64(file, SectionTableOffset) + ((int)index * Read16(file, SectionEntrySize));

    private static ushort Read16(byte[] file, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(offset));

    private static uint Read32(byte[] file, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(offset));

    private static ulong Read64(byte[] file, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(offset));
}
