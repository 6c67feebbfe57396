using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.Parsing;

/// <summary>
/// A digest of what networks can see of the rest of a compilation: usings, names of types, base types, constants, references, options. Other
/// members and the arguments of attributes are not in it, nor white space and comments. While it stays the same, what a network declares
/// is a matter of the files that it stands in, and of those of its base classes and containing types.
/// </summary>
/// <param name="High">One half of 128 bits, so that two outlines differ if their digests do not collide, which they never will.</param>
/// <param name="Low">The other.</param>
internal readonly record struct Outline(ulong High, ulong Low)
{
    private static readonly ConditionalWeakTable<Compilation, StrongBox<Outline>> OfCompilations = new();
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<Outline>> OfTrees = new();

    /// <summary>The outline of a compilation. Only files that have changed since the last are read.</summary>
    public static Outline Of(Compilation compilation) => OfCompilations.GetValue(compilation, Read).Value;

    private static StrongBox<Outline> Read(Compilation compilation)
    {
        var digest = new Digest();
        digest.Add(compilation.AssemblyName ?? string.Empty);
        digest.Add(Identities.Of(compilation.Options));
        foreach (MetadataReference reference in compilation.ExternalReferences)
        {
            // Another project is a new object after each of its edits; what matters is its outline, too.
            if (reference is CompilationReference project)
            {
                digest.Add(Of(project.Compilation));
            }
            else
            {
                digest.Add(Identities.Of(reference));
            }
        }

        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            digest.Add(OfTrees.GetValue(tree, Read).Value);
        }

        return new StrongBox<Outline>(digest.Result);
    }

    private static StrongBox<Outline> Read(SyntaxTree tree)
    {
        var digest = new Digest();
        digest.Add(Identities.Of(tree.Options));
        if (tree.GetRoot() is CompilationUnitSyntax root)
        {
            foreach (SyntaxToken token in root.DescendantTokens(static node => !IsHidden(node)))
            {
                digest.Add(token.Text);
            }
        }
        else
        {
            digest.Add(Identities.Of(tree));
        }

        return new StrongBox<Outline>(digest.Result);
    }

    /// <summary>What no network sees unless it is in its own files.</summary>
    private static bool IsHidden(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or EventFieldDeclarationSyntax or GlobalStatementSyntax => true,
        FieldDeclarationSyntax field => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        AttributeArgumentListSyntax => node.Parent?.Parent is AttributeListSyntax { Target: null },
        _ => false,
    };

    /// <summary>FNV-1a over 64 bits, twice, the second time with another start and another factor.</summary>
    private struct Digest()
    {
        private ulong _high = 14695981039346656037;
        private ulong _low = 0x9E3779B97F4A7C15;

        public readonly Outline Result => new(_high, _low);

        public void Add(string text)
        {
            foreach (char character in text)
            {
                Add((ulong)character);
            }

            // No character, so that "ab" and "c" are not "a" and "bc".
            Add(0x10000ul);
        }

        public void Add(Outline outline)
        {
            Add(outline.High);
            Add(outline.Low);
        }

        public void Add(ulong value)
        {
            unchecked
            {
                _high = (_high ^ value) * 1099511628211;
                _low = (_low ^ value) * 0xD6E8FEB86659FD93;
                _low ^= _low >> 32;
            }
        }
    }
}
