using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace BackpropGen.Generator.Tests.Hosts;

/// <summary>
/// A debugger steps through emitted code as through any other: the symbols, which here are written as the command-line compiler writes
/// them, hold the files themselves, and for every statement a sequence point on its line.
/// </summary>
public sealed class SteppingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EmittedFiles_AreInTheSymbols(bool optimize)
    {
        CSharpCompilation compilation = Compile(optimize);
        using Symbols symbols = Symbols.Of(compilation);

        string[] emitted = [.. compilation.SyntaxTrees.Select(tree => tree.FilePath).Where(IsEmitted)];
        Assert.True(emitted.Length > 25, $"Only {emitted.Length} files were emitted.");
        Assert.Subset(symbols.EmbeddedDocuments.ToHashSet(), emitted.ToHashSet());
    }

    /// <summary>Every method, of the passes as of the kernels, in Release too: there it is the JIT compiler that may move things about.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EveryMethod_HasSequencePointsInItsFile(bool optimize)
    {
        using Symbols symbols = Symbols.Of(Compile(optimize));

        (string Method, (string Document, int Line)[] Points)[] methods = [.. symbols.Methods().Where(method => method.Points.All(point => IsEmitted(point.Document)))];
        Assert.True(methods.Length > 300, $"Only {methods.Length} methods were found.");
        string[] without = [.. methods.Where(method => method.Points.Length == 0).Select(method => method.Method)];
        Assert.True(without.Length == 0, string.Join('\n', without));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EveryStatement_HasASequencePoint(bool optimize)
    {
        CSharpCompilation compilation = Compile(optimize);
        using Symbols symbols = Symbols.Of(compilation);
        HashSet<(string Document, int Line)> points = [.. symbols.Methods().SelectMany(method => method.Points)];

        (string Document, int Line)[] statements = [.. compilation.SyntaxTrees.Where(tree => IsEmitted(tree.FilePath)).SelectMany(StatementsOf)];
        Assert.True(statements.Length > 3_000, $"Only {statements.Length} statements were found.");
        string[] without = [.. statements.Where(statement => !points.Contains(statement)).Select(statement => $"{statement.Document}({statement.Line})")];
        Assert.True(without.Length == 0, string.Join('\n', without));
    }

    private static bool IsEmitted(string path) => path.EndsWith(".g.cs", StringComparison.Ordinal);

    private static CSharpCompilation Compile(bool optimize) => new UserProject(Optimize: optimize).CompileQuietly(SettingsTests.Networks);

    /// <summary>Where statements start that do something: calls, assignments, declarations with a value, returns.</summary>
    private static IEnumerable<(string Document, int Line)> StatementsOf(SyntaxTree tree) => tree.GetRoot().DescendantNodes()
        .Where(node => node is ExpressionStatementSyntax or ReturnStatementSyntax
            || (node is LocalDeclarationStatementSyntax { IsConst: false } local && local.Declaration.Variables.All(variable => variable.Initializer is not null)))
        .Select(node => (tree.FilePath, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1));

    /// <summary>An assembly and its symbols, in memory.</summary>
    private sealed class Symbols : IDisposable
    {
        private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

        private readonly PEReader _image;
        private readonly MetadataReaderProvider _provider;
        private readonly MetadataReader _reader;

        private Symbols(Stream image, Stream symbols)
        {
            _image = new PEReader(image);
            _provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
            _reader = _provider.GetMetadataReader();
        }

        /// <summary>The files whose text stands in the symbols.</summary>
        public IEnumerable<string> EmbeddedDocuments =>
            from handle in _reader.Documents
            where _reader.GetCustomDebugInformation(handle).Any(
                information => _reader.GetGuid(_reader.GetCustomDebugInformation(information).Kind) == EmbeddedSource)
            select _reader.GetString(_reader.GetDocument(handle).Name);

        /// <summary>The compiler embeds what a generator added, since it lies in no folder.</summary>
        public static Symbols Of(CSharpCompilation compilation)
        {
            var image = new MemoryStream();
            var symbols = new MemoryStream();
            EmitResult result = compilation.Emit(
                image,
                symbols,
                options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: "App.pdb"),
                embeddedTexts: compilation.SyntaxTrees.Where(tree => IsEmitted(tree.FilePath)).Select(tree => EmbeddedText.FromSource(tree.FilePath, tree.GetText())));
            Assert.True(result.Success, string.Join('\n', result.Diagnostics));
            image.Position = 0;
            symbols.Position = 0;
            return new Symbols(image, symbols);
        }

        /// <summary>The methods with a body, and the lines where a debugger stops in them.</summary>
        public IEnumerable<(string Method, (string Document, int Line)[] Points)> Methods()
        {
            MetadataReader metadata = _image.GetMetadataReader();
            foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
            {
                MethodDefinition method = metadata.GetMethodDefinition(handle);
                if (method.RelativeVirtualAddress != 0 && !IsWrittenByTheCompiler(metadata, method))
                {
                    string type = metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name);
                    yield return ($"{type}.{metadata.GetString(method.Name)}", [.. PointsOf(handle)]);
                }
            }
        }

        public void Dispose()
        {
            _provider.Dispose();
            _image.Dispose();
        }

        private IEnumerable<(string Document, int Line)> PointsOf(MethodDefinitionHandle method) =>
            from point in _reader.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints()
            where !point.IsHidden
            select (_reader.GetString(_reader.GetDocument(point.Document).Name), point.StartLine);

        /// <summary>Attributes and the like that the compiler adds, which have no source.</summary>
        private static bool IsWrittenByTheCompiler(MetadataReader metadata, MethodDefinition method)
        {
            TypeDefinition type = metadata.GetTypeDefinition(method.GetDeclaringType());
            return metadata.GetString(type.Namespace) is not "Games" && type.GetDeclaringType().IsNil;
        }
    }
}
