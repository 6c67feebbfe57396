using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace BackpropGen.Numerics;

/// <summary>
/// The worker threads of the process, shared by all networks. They are made when first wanted, wait for work in a short spin and then
/// parked, and end with the process.
/// </summary>
/// <remarks>
/// Work is a number of parts that need not wait for each other. The calling thread and the workers take one part after the other until
/// none is left, so any number of threads, even one, gets through any number of parts: a worker that the system wakes late finds its part
/// done. There are never more workers than the machine has further processors.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WorkerTeam
{
    /// <summary>The most parts: they are counted in 16 bits of <see cref="Counters.Board"/>.</summary>
    private const int MaxParts = 0x7FFF;

    /// <summary>How often the calling thread looks for the last parts before it offers its processor to other threads.</summary>
    private const int LooksBeforeYield = 2_000;

    /// <summary>The passes of a training step follow each other within microseconds, steps mostly within this time; parking costs more.</summary>
    private static readonly long IdleTicks = Stopwatch.Frequency / 10_000;

    private static readonly SemaphoreSlim Wake = new(0);

    private static Counters s_counters;
    private static TeamWork? s_work;
    private static ExceptionDispatchInfo? s_error;
    private static uint s_round;
    private static int s_busy;
    private static int s_workers;
    private static int s_parked;
    private static long s_partsOfWorkers;

    /// <summary>The number of worker threads so far.</summary>
    public static int Workers => Volatile.Read(ref s_workers);

    /// <summary>The number of workers that are parked: they take no processor time.</summary>
    public static int Parked => Volatile.Read(ref s_parked);

    /// <summary>How many parts workers have done; the calling threads have done the others.</summary>
    public static long PartsOfWorkers => Interlocked.Read(ref s_partsOfWorkers);

    /// <summary>
    /// Runs all parts and returns when the last is done. Where the team is at work for another thread, the calling thread does them alone.
    /// </summary>
    internal static void Run(TeamWork work, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, MaxParts);
        if (Interlocked.CompareExchange(ref s_busy, 1, 0) != 0)
        {
            for (int part = 0; part < parts; part++)
            {
                work.RunPart(part, parts);
            }

            return;
        }

        ExceptionDispatchInfo? error;
        try
        {
            HireWorkers(parts - 1);
            s_work = work;
            s_counters.Left = parts;

            // A full fence: who takes a part from the board sees the work, and who parks after we have counted the parked sees the board.
            Interlocked.Exchange(ref s_counters.Board, ((long)++s_round << 32) | ((long)parts << 16));
            int parked = Math.Min(Volatile.Read(ref s_parked), parts - 1);
            if (parked > 0)
            {
                Wake.Release(parked);
            }

            while (TryTake(out int part))
            {
                Do(part, parts);
            }

            for (int look = 0; Volatile.Read(ref s_counters.Left) > 0; look++)
            {
                if (look < LooksBeforeYield)
                {
                    Thread.SpinWait(4);
                }
                else
                {
                    Thread.Yield();
                }
            }

            error = s_error;
            s_error = null;
            s_work = null;
        }
        finally
        {
            Volatile.Write(ref s_busy, 0);
        }

        error?.Throw();
    }

    /// <summary>Takes the next part from the board, unless none is left.</summary>
    private static bool TryTake(out int part)
    {
        // The board holds the number of the round, so that a part of a round long over can never be taken.
        long board = Volatile.Read(ref s_counters.Board);
        while (HasParts(board))
        {
            long seen = Interlocked.CompareExchange(ref s_counters.Board, board + 1, board);
            if (seen == board)
            {
                part = (int)(board & 0xFFFF);
                return true;
            }

            board = seen;
        }

        part = 0;
        return false;
    }

    private static bool HasParts(long board) => (board & 0xFFFF) < ((board >> 16) & 0xFFFF);

    /// <summary>A part that has been taken keeps its round open, so the work cannot change meanwhile. What it throws, the calling thread rethrows.</summary>
    private static void Do(int part, int parts)
    {
        try
        {
            s_work!.RunPart(part, parts);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref s_error, ExceptionDispatchInfo.Capture(exception), null);
        }

        Interlocked.Decrement(ref s_counters.Left);
    }

    private static void HireWorkers(int wanted)
    {
        int most = Math.Min(wanted, Math.Max(1, Environment.ProcessorCount - 1));
        while (s_workers < most)
        {
            new Thread(Work) { IsBackground = true, Name = "BackpropGen worker" }.UnsafeStart();
            Volatile.Write(ref s_workers, s_workers + 1);
        }
    }

    private static void Work()
    {
        while (true)
        {
            while (TryTake(out int part))
            {
                Interlocked.Increment(ref s_partsOfWorkers);
                Do(part, (int)((Volatile.Read(ref s_counters.Board) >> 16) & 0xFFFF));
            }

            if (!SpinForParts())
            {
                Park();
            }
        }
    }

    private static bool SpinForParts()
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            for (int look = 0; look < 32; look++)
            {
                if (HasParts(Volatile.Read(ref s_counters.Board)))
                {
                    return true;
                }

                Thread.SpinWait(4);
            }
        }
        while (Stopwatch.GetTimestamp() - start < IdleTicks);
        return false;
    }

    private static void Park()
    {
        // The other half of the fence in Run. A release that comes too late stays in the semaphore and costs one more spin later.
        Interlocked.Increment(ref s_parked);
        if (!HasParts(Volatile.Read(ref s_counters.Board)))
        {
            Wake.Wait();
        }

        Interlocked.Decrement(ref s_parked);
    }

    /// <summary>What all threads write to, each on cache lines of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Counters
    {
        /// <summary>The round (32 bits), its number of parts (16) and the next part to take (16).</summary>
        [FieldOffset(128)]
        public long Board;

        /// <summary>The parts of the round that are not done.</summary>
        [FieldOffset(256)]
        public int Left;
    }
}

/// <summary>Work in parts that need not wait for each other.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TeamWork
{
    /// <summary>Only this library has work for the team.</summary>
    private protected TeamWork()
    {
    }

    /// <summary>Does part number <paramref name="index"/> of <paramref name="count"/>.</summary>
    internal abstract void RunPart(int index, int count);
}
