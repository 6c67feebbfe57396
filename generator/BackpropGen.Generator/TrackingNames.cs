namespace BackpropGen.Generator;

/// <summary>The names of the steps of the pipeline, by which tests ask what was cached.</summary>
internal static class TrackingNames
{
    /// <summary>The parsed declaration: spec and diagnostics together. Runs again whenever the compilation changes.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>The value-equatable specs of valid networks; a file is emitted anew only when its spec is another.</summary>
    public const string Spec = nameof(Spec);

    /// <summary>The diagnostics of every network, valid or not.</summary>
    public const string Diagnostics = nameof(Diagnostics);

    /// <summary>The diagnostics of classes that declare layers or optimizers but no network.</summary>
    public const string Orphans = nameof(Orphans);
}
