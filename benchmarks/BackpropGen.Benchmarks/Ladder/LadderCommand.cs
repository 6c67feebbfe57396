using BackpropGen.Benchmarks.Contestants;
using BackpropGen.Benchmarks.Machine;

namespace BackpropGen.Benchmarks.Ladder;

/// <summary>The command <c>ladder</c>: every rung, every contestant, one table per rung.</summary>
internal static class LadderCommand
{
    public const string Usage = """
        ladder     one training step (forward, loss, backward, update) or one inference, against the peers
          --rung R        only the rungs of this name, for instance T5; may be repeated
          --peers A,B     only these peers: torch, torch-tuned, onnx, loops, tensorprimitives
          --quick         all rungs in under a minute
          --json FILE     write the results there, too
        """;

    public static int Run(Arguments arguments)
    {
        IReadOnlyList<string> families = arguments.All("rung");
        string[] keys = arguments.All("peers") is { Count: > 0 } lists
            ? [.. lists.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries))]
            : [.. Peers.All.Select(peer => peer.Key)];
        RunLength length = arguments.Has("quick") ? RunLength.Quick : RunLength.Full;
        string? json = arguments.Last("json");
        arguments.RejectUnknown();
        Rung[] rungs = Choose(families);
        Peer[] peers = [Peers.Emitted, Peers.EmittedOnOneThread, .. keys.Select(Find)];

        LadderTable.WriteHeader(Console.Out);
        List<RungResult> results = [];
        foreach (Rung rung in rungs)
        {
            RungResult result = Measure(rung, peers, length);
            LadderTable.Write(Console.Out, result);
            results.Add(result);
        }

        if (json is not null)
        {
            LadderJson.Write(json, results);
        }

        return 0;
    }

    private static RungResult Measure(Rung rung, Peer[] peers, RunLength length)
    {
        var data = new RungData(rung);
        var speed = new MachineSpeed();
        List<string> notes = [];
        List<Entrant> entrants = [];
        try
        {
            foreach (Peer peer in peers.Where(peer => peer.Takes(rung)))
            {
                if (Create(peer, data, notes) is { } contestant)
                {
                    entrants.Add(new Entrant(peer.Name, contestant));
                }
            }

            notes.Insert(0, ResultCheck.Run(rung, entrants, length.CheckBudget));
            RoundRobin.Run(entrants, length, speed, onThreads: rung.Threads > 1);
            return new RungResult(
                rung, [.. entrants.Select(entrant => entrant.ToMeasurement())], speed.PeakGflops, speed.ClockGigahertz, notes);
        }
        finally
        {
            entrants.ForEach(entrant => entrant.Contestant.Dispose());
        }
    }

    /// <summary>A peer whose native library is not for this system is left out, with a note.</summary>
    private static IContestant? Create(Peer peer, RungData data, List<string> notes)
    {
        try
        {
            return peer.Create(data);
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException or NotSupportedException)
        {
            string reason = exception.GetBaseException().Message;
            notes.Add($"without {peer.Name}: {reason.AsSpan(0, (reason + "\n").IndexOf('\n', StringComparison.Ordinal))}");
            return null;
        }
    }

    private static Rung[] Choose(IReadOnlyList<string> families)
    {
        foreach (string family in families)
        {
            if (!Rungs.All.Any(rung => IsOf(rung, family)))
            {
                throw new UsageException($"There is no rung {family}.");
            }
        }

        return [.. Rungs.All.Where(rung => families.Count == 0 || families.Any(family => IsOf(rung, family)))];
    }

    private static bool IsOf(Rung rung, string family) => rung.Family.Equals(family, StringComparison.OrdinalIgnoreCase);

    private static Peer Find(string key) => Peers.All.FirstOrDefault(peer => peer.Key == key)
        ?? throw new UsageException($"There is no peer {key}.");
}
