using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Lowering;

/// <summary>Where the rows of one value stand: element (n, j) is at Column·N + n·Stride + j, N being the number of rows in the pass.</summary>
/// <param name="Column">The sum of the strides of everything before it.</param>
/// <param name="Stride">The length of one row, padded.</param>
internal sealed record WorkspaceSlot(int Column, int Stride);

/// <summary>The memory plan of a pass: one workspace, in which values whose lifetimes do not meet share their place.</summary>
internal sealed class WorkspacePlan
{
    private readonly Dictionary<Value, WorkspaceSlot> _slots;

    private WorkspacePlan(Dictionary<Value, WorkspaceSlot> slots, int columns)
    {
        _slots = slots;
        Columns = columns;
    }

    /// <summary>The elements of workspace that one sample takes.</summary>
    public int Columns { get; }

    public WorkspaceSlot this[Value value] => _slots[value];

    public bool Contains(Value value) => _slots.ContainsKey(value);

    /// <summary>The values in the workspace, in order of definition.</summary>
    public IEnumerable<Value> Values => _slots.Keys.OrderBy(value => value.Id);

    /// <summary>
    /// A row length: whole panels, and never an even number of them in wide rows, because rows a power of two apart fall into the same few
    /// sets of the first-level cache.
    /// </summary>
    public static int RowStride(int columns, ElementType element)
    {
        int padded = element.Padded(columns);
        if (padded <= element.Lanes)
        {
            return padded;
        }

        int panels = (padded + element.PanelWidth - 1) / element.PanelWidth;
        return (panels >= 4 && panels % 2 == 0 ? panels + 1 : panels) * element.PanelWidth;
    }

    /// <summary>Plans a list of steps.</summary>
    /// <param name="steps">The steps in order; a value lives from the first that writes it to the last that reads it.</param>
    /// <param name="element">The element type.</param>
    /// <param name="livesToTheEnd">Whether a value must outlive the steps.</param>
    /// <param name="passOf">
    /// The number of the pass that a step belongs to, where several threads run each pass: one may be at its first step while another is
    /// at the last, so all steps of a pass are at the same time. Null where the steps run one after the other.
    /// </param>
    public static WorkspacePlan Create(
        IReadOnlyList<Step> steps, ElementType element, Func<Value, bool> livesToTheEnd, Func<Step, int>? passOf = null)
    {
        var places = new List<Place>();
        var placeOf = new Dictionary<Value, Place>();
        for (int index = 0; index < steps.Count; index++)
        {
            int time = passOf?.Invoke(steps[index]) ?? index;
            foreach (Value read in steps[index].Reads.Where(placeOf.ContainsKey))
            {
                placeOf[read].End = Math.Max(placeOf[read].End, time);
            }

            foreach (Value write in steps[index].Writes)
            {
                if (!placeOf.TryGetValue(write, out Place? place))
                {
                    place = InPlaceOf(steps, index, livesToTheEnd) is { } source && placeOf.TryGetValue(source, out Place? shared)
                        ? shared
                        : new Place(RowStride(write.Shape.Columns, element), time);
                    placeOf[write] = place;
                    if (!places.Contains(place))
                    {
                        places.Add(place);
                    }
                }

                place.End = livesToTheEnd(write) ? int.MaxValue : Math.Max(place.End, time);
            }
        }

        int columns = 0;
        var placed = new List<Place>();
        foreach (Place place in places)
        {
            place.Column = FirstFit(place, placed);
            placed.Add(place);
            columns = Math.Max(columns, place.Column + place.Stride);
        }

        return new WorkspacePlan(placeOf.ToDictionary(pair => pair.Key, pair => new WorkspaceSlot(pair.Value.Column, pair.Value.Stride)), columns);
    }

    /// <summary>The value that the step at <paramref name="index"/> may overwrite with its result, element for element, or null.</summary>
    private static Value? InPlaceOf(IReadOnlyList<Step> steps, int index, Func<Value, bool> livesToTheEnd)
    {
        Value? source = steps[index] switch
        {
            ActivateStep step => step.Input,
            ActivationGradientStep step => step.Upstream,
            _ => null,
        };
        bool isReadLater = source is not null && steps.Skip(index + 1).Any(step => step.Reads.Contains(source));
        return source is null || isReadLater || livesToTheEnd(source) ? null : source;
    }

    /// <summary>The lowest column where <paramref name="place"/> meets nothing that lives at the same time.</summary>
    private static int FirstFit(Place place, IEnumerable<Place> placed)
    {
        int column = 0;
        foreach (Place other in placed.Where(other => other.Start <= place.End && place.Start <= other.End).OrderBy(other => other.Column))
        {
            if (column + place.Stride <= other.Column)
            {
                break;
            }

            column = Math.Max(column, other.Column + other.Stride);
        }

        return column;
    }

    private sealed class Place(int stride, int start)
    {
        public int Stride { get; } = stride;

        public int Start { get; } = start;

        public int End { get; set; } = start;

        public int Column { get; set; }
    }
}
