namespace BackpropGen.Generator;

/// <summary>The names of the steps of the pipeline, by which tests ask what was cached.</summary>
internal static class TrackingNames
{
    /// <summary>The parsed declaration: a spec, or null where there is an error. Runs again whenever the compilation changes.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>The value-equatable specs of valid networks; a file is emitted anew only when its spec is another.</summary>
    public const string Spec = nameof(Spec);
}
