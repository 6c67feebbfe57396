namespace BackpropGen.Generator;

/// <summary>The names of the steps of the pipeline, by which tests ask what was cached.</summary>
internal static class TrackingNames
{
    /// <summary>The parsed declarations: a spec, or null where there is an error. The same object as before while nothing that a class can see has changed.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>The value-equatable specs of valid networks; a file is emitted anew only when its spec is another.</summary>
    public const string Spec = nameof(Spec);
}
