// A type that the compiler expects for records and that netstandard2.0 lacks.
#pragma warning disable IDE0130 // it must stand in the compiler's namespace

using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>Lets records and init-only properties compile for netstandard2.0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit
{
}
