using System.Runtime.InteropServices;
using TorchSharp;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>Loads the native parts of TorchSharp, and gives them their threads.</summary>
internal static class TorchLibrary
{
    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Loads them once, and sets the number of threads of an operation.</summary>
    public static void Prepare(int threads)
    {
        _ = Loaded.Value;
        torch.set_num_threads(threads);
    }

    private static bool Load()
    {
        if (OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64)
        {
            LoadInOrder(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"));
        }

        torch.set_num_interop_threads(1);
        return true;
    }

    /// <summary>
    /// The parts come from two packages, and not all of them say that they need their neighbours from the same folder; loaded in the
    /// order of their dependencies, each finds the others in the process.
    /// </summary>
    private static void LoadInOrder(string folder)
    {
        NativeLibrary.Load(Path.Combine(folder, "libc10.so"));
        NativeLibrary.Load(Path.Combine(folder, "libtorch_cpu.so"));
        NativeLibrary.Load(Path.Combine(folder, "libtorch.so"));

        string wrapper = Path.Combine(folder, "libLibTorchSharp.so");
        try
        {
            NativeLibrary.Load(wrapper);
        }
        catch (DllNotFoundException exception) when (exception.Message.Contains(StartupVersion, StringComparison.Ordinal))
        {
            ElfVersionNeeds.MakeWeak(wrapper, StartupVersion);
            NativeLibrary.Load(wrapper);
        }
    }

    /// <summary>
    /// TorchSharp 0.107 is built with GCC 13, and all that it needs of its newer libstdc++ is the name of a function that initialises
    /// streams, which it never calls. With the libstdc++ of GCC 12 (Debian 12) the loader refuses it nevertheless, unless the need is weak.
    /// </summary>
    private const string StartupVersion = "GLIBCXX_3.4.32";
}
