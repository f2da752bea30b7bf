//! Recognises the columns of a boundary file: the statistical office renames them nearly every year.
//!
//! Names are compared without case, spaces, underscores and a trailing year: `BU_CODE`, `buurtcode` and
//! `Buurt_code_2023` are one column.

use super::{BoundaryError, Level};

/// A value in a column, as GeoJSON and GeoPackage have in common.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing stands there.
    Null,
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// One feature of a file: its columns in order, and its outline in the coordinates of the file.
pub(super) struct Row {
    pub properties: Vec<(String, Value)>,
    pub outline: geo::MultiPolygon<f64>,
}

/// What a row says about which area it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Identity {
    pub code: String,
    pub name: String,
    pub level: Level,
    pub parent: Option<String>,
    pub municipality: String,
}

/// Name of a column without what varies from year to year.
pub(super) fn plain(column: &str) -> String {
    let name: String = column.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    match &name[stem.len()..] {
        year if year.len() == 4 && (year.starts_with("19") || year.starts_with("20")) => stem.to_owned(),
        _ => name,
    }
}

/// Columns with the code of a level.
fn code_columns(level: Level) -> &'static [&'static str] {
    match level {
        Level::Neighbourhood => &["bucode", "buurtcode", "bu"],
        Level::District => &["wkcode", "wijkcode", "wk"],
        Level::Municipality => &["gmcode", "gemeentecode", "gm"],
    }
}

/// Columns with the name of a level.
fn name_columns(level: Level) -> &'static [&'static str] {
    match level {
        Level::Neighbourhood => &["bunaam", "buurtnaam", "buname"],
        Level::District => &["wknaam", "wijknaam", "wkname"],
        Level::Municipality => &["gmnaam", "gemeentenaam", "gmname"],
    }
}

/// Columns with a code of whichever level.
const ANY_CODE: &[&str] = &["code", "statcode", "gwbcode", "gwbcode10"];
/// Columns with a name of whichever level.
const ANY_NAME: &[&str] = &["name", "naam", "statnaam", "statname", "gwbnaam"];
/// Levels in the order in which a row is tried: a neighbourhood also carries the codes above it.
const SMALLEST_FIRST: [Level; 3] = [Level::Neighbourhood, Level::District, Level::Municipality];

/// Whether the column can hold the code of an area.
pub(super) fn is_code(column: &str) -> bool {
    let name = plain(column);
    ANY_CODE.contains(&name.as_str())
        || SMALLEST_FIRST.iter().any(|level| code_columns(*level).contains(&name.as_str()))
}

impl Row {
    /// Text of the first of these columns that has one, trimmed.
    fn text(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|wanted| {
            self.properties.iter().find_map(|(column, value)| match value {
                Value::Text(text) if !text.trim().is_empty() && plain(column) == *wanted => Some(text.trim()),
                _ => None,
            })
        })
    }

    /// Whether this is the water part of an area (CBS: column WATER or H2O is JA; WATER is one of JA, NEE, B).
    pub(super) fn is_water(&self) -> bool {
        self.text(&["water", "h2o"]).is_some_and(|text| text.eq_ignore_ascii_case("ja"))
    }

    /// Which area the row is. `number` is the number of the feature, from 1, for the error.
    pub(super) fn identity(&self, number: usize) -> Result<Identity, BoundaryError> {
        let stated = self.text(&["level", "niveau"]);
        let bad_level = |code: &str| BoundaryError::BadLevel {
            feature: number,
            code: code.to_owned(),
            level: stated.unwrap_or_default().to_owned(),
        };
        let expected = match stated {
            Some(word) => Some(Level::parse(word).ok_or_else(|| bad_level("-"))?),
            None => None,
        };
        let code = match expected {
            Some(level) => self.text(code_columns(level)).or_else(|| self.text(ANY_CODE)),
            None => {
                SMALLEST_FIRST.iter().find_map(|level| self.text(code_columns(*level))).or_else(|| self.text(ANY_CODE))
            }
        };
        let bad_code = |value: &str| BoundaryError::BadCode { feature: number, value: value.to_owned() };
        let found = code.ok_or_else(|| bad_code(""))?;
        if let Some((code, level)) = cbs_code(found) {
            if expected.is_some_and(|wanted| wanted != level) {
                return Err(bad_level(&code));
            }
            let digits = &code[2..];
            let municipality = format!("GM{}", &digits[..4]);
            let parent = match level {
                Level::Municipality => None,
                Level::District => Some(municipality.clone()),
                Level::Neighbourhood => Some(format!("WK{}", &digits[..6])),
            };
            let name = self.name(level).unwrap_or(&code).to_owned();
            return Ok(Identity { name, level, parent, municipality, code });
        }
        // Codes of others are taken when the file says itself what they are.
        let level = expected.ok_or_else(|| bad_code(found))?;
        if found.chars().count() > 40 || found.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(bad_code(found));
        }
        let municipality = match level {
            Level::Municipality => found,
            _ => self
                .text(&["municipality"])
                .ok_or_else(|| BoundaryError::NoMunicipality { feature: number, code: found.to_owned() })?,
        };
        let parent = match level {
            Level::Municipality => None,
            _ => Some(self.text(&["parent"]).unwrap_or(municipality).to_owned()),
        };
        Ok(Identity {
            code: found.to_owned(),
            name: self.name(level).unwrap_or(found).to_owned(),
            level,
            parent,
            municipality: municipality.to_owned(),
        })
    }

    fn name(&self, level: Level) -> Option<&str> {
        self.text(name_columns(level)).or_else(|| self.text(ANY_NAME))
    }
}

/// A code of the statistical office in capitals with its level: GM + 4, WK + 6 or BU + 8 digits.
pub(super) fn cbs_code(text: &str) -> Option<(String, Level)> {
    let code = text.to_ascii_uppercase();
    let level = match (code.get(..2)?, code.len()) {
        ("GM", 6) => Level::Municipality,
        ("WK", 8) => Level::District,
        ("BU", 10) => Level::Neighbourhood,
        _ => return None,
    };
    code[2..].bytes().all(|b| b.is_ascii_digit()).then_some((code, level))
}

/// Whether the column says which area it is or how it is drawn, and so is never a key figure.
pub(super) fn is_administrative(column: &str) -> bool {
    const OTHER: &[&str] = &[
        "id",
        "fid",
        "gid",
        "ogcfid",
        "objectid",
        "jaar",
        "year",
        "water",
        "h2o",
        "level",
        "niveau",
        "parent",
        "municipality",
        "jrstatcode",
        "rubriek",
        "indwbi",
        "dekperc",
        "dekkingspercentage",
        "indelingswijzigingwijkenenbuurten",
        "meestvoorkomendepostcode",
        "lon",
        "lat",
        "x",
        "y",
        "oppervlaktem2",
        "oppervlaktekm2",
    ];
    let name = plain(column);
    is_code(column)
        || ANY_NAME.contains(&name.as_str())
        || OTHER.contains(&name.as_str())
        || SMALLEST_FIRST.iter().any(|level| name_columns(*level).contains(&name.as_str()))
        || name.starts_with("postcode")
        || name.starts_with("shape")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(properties: &[(&str, &str)]) -> Row {
        let properties = properties.iter().map(|(k, v)| (k.to_string(), Value::Text(v.to_string()))).collect();
        Row { properties, outline: geo::MultiPolygon::new(Vec::new()) }
    }

    #[test]
    fn columns_of_all_years_are_one() {
        for (column, expected) in [
            ("BU_CODE", "bucode"),
            ("buurtcode", "buurtcode"),
            ("Buurt_code_2023", "buurtcode"),
            ("BU_2021", "bu"),
            ("gwb_code_10", "gwbcode10"),
            ("postcode4", "postcode4"),
        ] {
            assert_eq!(plain(column), expected, "{column}");
        }
    }

    #[test]
    fn identity_of_a_row() {
        // (columns, code, name, level, parent, municipality)
        type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str, Level, Option<&'a str>, &'a str);
        let cases: &[Case] = &[
            (
                &[("GM_CODE", "GM0396"), ("WK_CODE", "WK039601"), ("BU_CODE", "BU03960100"), ("BU_NAAM", "Centrum")],
                "BU03960100",
                "Centrum",
                Level::Neighbourhood,
                Some("WK039601"),
                "GM0396",
            ),
            (
                &[("wijkcode", "wk039601"), ("wijknaam", "Heemskerk-Dorp"), ("gemeentenaam", "Heemskerk")],
                "WK039601",
                "Heemskerk-Dorp",
                Level::District,
                Some("GM0396"),
                "GM0396",
            ),
            (
                &[("statcode", "GM0396"), ("statnaam", "Heemskerk")],
                "GM0396",
                "Heemskerk",
                Level::Municipality,
                None,
                "GM0396",
            ),
            (
                &[("gwb_code", "BU03960100")],
                "BU03960100",
                "BU03960100",
                Level::Neighbourhood,
                Some("WK039601"),
                "GM0396",
            ),
            (
                &[("level", "Wijk"), ("code", "STL-N"), ("name", "North"), ("municipality", "US-STL")],
                "STL-N",
                "North",
                Level::District,
                Some("US-STL"),
                "US-STL",
            ),
            (
                &[("level", "neighbourhood"), ("code", "STL-01"), ("parent", "STL-N"), ("municipality", "US-STL")],
                "STL-01",
                "STL-01",
                Level::Neighbourhood,
                Some("STL-N"),
                "US-STL",
            ),
            (&[("level", "municipality"), ("code", "US-STL")], "US-STL", "US-STL", Level::Municipality, None, "US-STL"),
        ];
        for (columns, code, name, level, parent, municipality) in cases {
            let got = row(columns).identity(1).expect(code);
            assert_eq!(
                (got.code.as_str(), got.name.as_str(), got.level, got.parent.as_deref(), got.municipality.as_str()),
                (*code, *name, *level, *parent, *municipality)
            );
        }
    }

    #[test]
    fn a_row_without_a_sound_code_is_refused() {
        for (columns, kind) in [
            (&[("buurtcode", "BU0396010")][..], "bad-code"),
            (&[("buurtnaam", "Centrum")][..], "bad-code"),
            (&[("code", "STL-01"), ("name", "x")][..], "bad-code"),
            (&[("level", "municipality"), ("code", "two words")][..], "bad-code"),
            (&[("level", "block"), ("code", "STL-01")][..], "bad-level"),
            (&[("level", "district"), ("code", "BU03960100")][..], "bad-level"),
            (&[("level", "district"), ("code", "STL-N")][..], "no-municipality"),
        ] {
            assert_eq!(row(columns).identity(1).expect_err(kind).kind(), kind);
        }
    }
}
