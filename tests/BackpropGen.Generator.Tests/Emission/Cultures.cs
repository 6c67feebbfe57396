using System.Globalization;

namespace BackpropGen.Generator.Tests.Emission;

/// <summary>Cultures in which careless code writes other text.</summary>
internal static class Cultures
{
    /// <summary>A culture that differs in everything, whatever the machine knows of real ones.</summary>
    public static CultureInfo Hostile
    {
        get
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NegativeSign = "−";
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            culture.NumberFormat.NumberGroupSizes = [2];
            culture.NumberFormat.NaNSymbol = "keine Zahl";
            culture.NumberFormat.PositiveInfinitySymbol = "unendlich";
            return culture;
        }
    }

    /// <summary>Finnish and Arabic as the machine knows them, Turkish for its letter i, and the hostile one.</summary>
    public static IEnumerable<CultureInfo> All =>
        [CultureInfo.GetCultureInfo("fi-FI"), CultureInfo.GetCultureInfo("ar-SA"), CultureInfo.GetCultureInfo("tr-TR"), Hostile];
}
