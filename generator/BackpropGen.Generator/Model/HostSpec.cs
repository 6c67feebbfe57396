namespace BackpropGen.Generator.Model;

/// <summary>The user's partial class and where it stands, so that every emitted file can reopen it.</summary>
/// <param name="Namespace">The full namespace, or the empty string for the global one.</param>
/// <param name="ContainingTypes">The types around the class, outermost first, as they must be reopened ("partial class Outer&lt;T&gt;").</param>
/// <param name="Name">The name of the class, escaped where it is a keyword.</param>
/// <param name="FileName">What the names of its files begin with: no other type of the project has the same, in whatever case.</param>
/// <param name="DeclaresConstructor">Whether the user wrote an instance constructor; if so, none is emitted.</param>
/// <param name="Shadowed">Those of <see cref="UsedTypes"/> whose simple names mean something else where the class stands, in alphabetical order.</param>
/// <param name="ChecksOverflow">Whether the project checks integers for overflow (CheckForOverflowUnderflow), of which emitted code has no need.</param>
internal sealed record HostSpec(
    string Namespace,
    EquatableArray<string> ContainingTypes,
    string Name,
    string FileName,
    bool DeclaresConstructor,
    EquatableArray<string> Shadowed = default,
    bool ChecksOverflow = false);
