//! Key figures: what stands in a column when it is a number, and why there is none when it is not.
//!
//! Names follow the columns of the CBS district and neighbourhood map since 2018; older names are translated,
//! so that figures of several years can be laid side by side. Shares of residents by origin are left out:
//! no purpose of Regie needs them, and deployment advice may not see them.

use super::columns::{Row, Value, is_administrative, plain};
use std::collections::{BTreeMap, BTreeSet};

/// What is known about one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// The figure, in the unit of its key; zero is a figure.
    Value(f64),
    /// There is no figure: the cell is empty, or holds the code for "not available" (CBS -99995).
    Missing,
    /// The publisher withholds it: secret, or too few for a reliable figure (CBS -99997).
    Suppressed,
    /// There is no figure and the publisher does not say why: missing, secret or not applicable
    /// (CBS -99999999 in older years, `.` in StatLine).
    Unspecified,
}

impl Figure {
    /// The number, when there is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Figure::Value(number) => Some(number),
            Figure::Missing | Figure::Suppressed | Figure::Unspecified => None,
        }
    }

    /// The figure that a number of the publisher means: a code for "no figure" is none.
    pub fn of_number(number: f64) -> Figure {
        Figure::read(&Value::Number(number))
    }

    /// Stable word for storage: which kind of figure this is.
    pub fn kind(self) -> &'static str {
        match self {
            Figure::Value(_) => "value",
            Figure::Missing => "missing",
            Figure::Suppressed => "suppressed",
            Figure::Unspecified => "unspecified",
        }
    }

    /// Reads a cell. Numbers from -99990 down are codes of the publisher, never figures.
    pub(super) fn read(value: &Value) -> Figure {
        match value {
            Value::Null => Figure::Missing,
            Value::Text(text) if text.trim().is_empty() => Figure::Missing,
            Value::Text(_) => Figure::Unspecified,
            Value::Number(n) if !n.is_finite() => Figure::Unspecified,
            Value::Number(n) if *n > -99_990.0 => Figure::Value(*n),
            Value::Number(-99_995.0 | -99_999_995.0) => Figure::Missing,
            Value::Number(-99_997.0 | -99_999_997.0) => Figure::Suppressed,
            Value::Number(_) => Figure::Unspecified,
        }
    }
}

/// One key figure of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyFigure {
    /// Name of the figure in lower case; CBS columns of older years carry their present name.
    pub key: String,
    /// The figure, or why there is none.
    pub value: Figure,
    /// An estimate of whoever made the file (column ends in `_schatting` or `_estimate`), not a published figure.
    pub estimate: bool,
}

/// Older column names and their present ones (CBS district and neighbourhood map, 2009-2017 and since 2018).
const RENAMED: &[(&str, &str)] = &[
    ("aant_inw", "aantal_inwoners"),
    ("inwoners", "aantal_inwoners"),
    ("aant_man", "mannen"),
    ("aant_vrouw", "vrouwen"),
    ("p_00_14_jr", "percentage_personen_0_tot_15_jaar"),
    ("p_15_24_jr", "percentage_personen_15_tot_25_jaar"),
    ("p_25_44_jr", "percentage_personen_25_tot_45_jaar"),
    ("p_45_64_jr", "percentage_personen_45_tot_65_jaar"),
    ("p_65_eo_jr", "percentage_personen_65_jaar_en_ouder"),
    ("p_ongehuwd", "percentage_ongehuwd"),
    ("p_gehuwd", "percentage_gehuwd"),
    ("p_gescheid", "percentage_gescheid"),
    ("p_verweduw", "percentage_verweduwd"),
    ("bev_dichth", "bevolkingsdichtheid_inwoners_per_km2"),
    ("aantal_hh", "aantal_huishoudens"),
    ("p_eenp_hh", "percentage_eenpersoonshuishoudens"),
    ("p_hh_z_k", "percentage_huishoudens_zonder_kinderen"),
    ("p_hh_m_k", "percentage_huishoudens_met_kinderen"),
    ("gem_hh_gr", "gemiddelde_huishoudsgrootte"),
    ("oad", "omgevingsadressendichtheid"),
    ("sted", "stedelijkheid_adressen_per_km2"),
    ("opp_tot", "oppervlakte_totaal_in_ha"),
    ("opp_land", "oppervlakte_land_in_ha"),
    ("opp_water", "oppervlakte_water_in_ha"),
];

/// Words in the names of columns about origin, in the plain spelling of [`plain`].
const ORIGIN: &[&str] =
    &["westal", "nwal", "marokk", "antaru", "antill", "surinam", "turk", "overnw", "migratie", "herkomst", "westers"];

/// Whether a column is about the origin of residents, which no purpose of Regie needs.
pub fn is_about_origin(column: &str) -> bool {
    let name = plain(column);
    ORIGIN.iter().any(|word| name.contains(word))
}

/// Columns of the file that are key figures: at least one row has a number there, and they are not about origin.
/// Also the columns left out because they are.
pub(super) fn figure_columns(rows: &[Row]) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut taken = BTreeSet::new();
    let mut left_out = BTreeSet::new();
    for (column, value) in rows.iter().flat_map(|row| &row.properties) {
        if !matches!(value, Value::Number(_)) || taken.contains(column) || is_administrative(column) {
            continue;
        }
        if is_about_origin(column) {
            left_out.insert(column.clone());
        } else {
            taken.insert(column.clone());
        }
    }
    (taken, left_out)
}

/// The key figures of a row, ordered by key.
pub(super) fn figures(row: &Row, columns: &BTreeSet<String>) -> Vec<KeyFigure> {
    let mut found: BTreeMap<(String, bool), Figure> = BTreeMap::new();
    for (column, value) in &row.properties {
        if columns.contains(column) {
            found.entry(key_of(column)).or_insert_with(|| Figure::read(value));
        }
    }
    found.into_iter().map(|((key, estimate), value)| KeyFigure { key, value, estimate }).collect()
}

/// Present name of a column, and whether it holds estimates.
pub fn key_of(column: &str) -> (String, bool) {
    let name = column.trim().to_lowercase().replace([' ', '-'], "_");
    let stem = name.strip_suffix("_schatting").or_else(|| name.strip_suffix("_estimate"));
    let base = stem.unwrap_or(&name);
    let key = RENAMED.iter().find(|(old, _)| *old == base).map_or(base, |(_, new)| new);
    (key.to_owned(), stem.is_some())
}

/// Surface in square metres, from whichever column states it: in m2, km2 or (CBS) hectares.
pub(super) fn surface_m2(row: &Row) -> Option<f64> {
    const UNITS: &[(&str, f64)] = &[
        ("oppervlaktem2", 1.0),
        ("surfacem2", 1.0),
        ("oppervlaktekm2", 1_000_000.0),
        ("opptot", 10_000.0),
        ("oppervlaktetotaalinha", 10_000.0),
    ];
    UNITS.iter().find_map(|(name, unit)| {
        let (_, value) = row.properties.iter().find(|(column, _)| plain(column) == *name)?;
        Figure::read(value).number().filter(|n| *n > 0.0).map(|n| n * unit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_never_a_number_and_zero_stays_zero() {
        for (value, expected) in [
            (Value::Number(0.0), Figure::Value(0.0)),
            (Value::Number(4440.0), Figure::Value(4440.0)),
            (Value::Number(-3.5), Figure::Value(-3.5)),
            (Value::Null, Figure::Missing),
            (Value::Text(" ".into()), Figure::Missing),
            (Value::Text(".".into()), Figure::Unspecified),
            (Value::Number(-99_995.0), Figure::Missing),
            (Value::Number(-99_997.0), Figure::Suppressed),
            (Value::Number(-99_999_997.0), Figure::Suppressed),
            (Value::Number(-99_999_999.0), Figure::Unspecified),
            (Value::Number(-99_999.0), Figure::Unspecified),
            (Value::Number(f64::NAN), Figure::Unspecified),
        ] {
            assert_eq!(Figure::read(&value), expected, "{value:?}");
        }
    }

    #[test]
    fn keys_of_all_years_are_one() {
        for (column, key, estimate) in [
            ("AANT_INW", "aantal_inwoners", false),
            ("aantal_inwoners", "aantal_inwoners", false),
            ("aantal_inwoners_schatting", "aantal_inwoners", true),
            ("P_65_EO_JR", "percentage_personen_65_jaar_en_ouder", false),
            ("WOZ", "woz", false),
        ] {
            assert_eq!(key_of(column), (key.to_owned(), estimate), "{column}");
        }
    }
}
