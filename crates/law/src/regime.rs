//! Data regimes: every record belongs to exactly one, and each regime that the law fences off has its own vault.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The legal regime of a record. It never changes: content moves to another regime only by a recorded disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Regime {
    /// Open or statistical data: no personal data, small-cell rules apply.
    R0,
    /// Personal data under the AVG (GDPR) and UAVG: reports, permits, supervision, policy.
    R1,
    /// Police data of enforcement officers who act as investigators (Wpg). The AVG and the Wpg exclude each other.
    R2,
    /// Police data that the mayor received (Wpg art. 16(1)(c)): secrecy, strict purpose, no reuse.
    R3,
    /// Joint processing in the statutory partnerships: care and safety house, RIEC (WGS).
    R4,
    /// Case meetings on radicalisation, chaired by the mayor.
    R5,
    /// Bibob secrecy: forms, own findings, advice (Wet Bibob art. 28).
    R6,
    /// Care, youth and benefit data of the social domain.
    R7,
    /// Compulsory mental health care: crisis measures, exploratory inquiries (Wvggz).
    R8,
    /// Address and person register (BRP): read only for a statutory task, never a store of its own.
    R9,
    /// Victims of a disaster and their relatives (SIS).
    R10,
}

impl Regime {
    /// All regimes, by number.
    pub const ALL: [Regime; 11] =
        [Self::R0, Self::R1, Self::R2, Self::R3, Self::R4, Self::R5, Self::R6, Self::R7, Self::R8, Self::R9, Self::R10];

    /// The code, `R0` to `R10`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::R0 => "R0",
            Self::R1 => "R1",
            Self::R2 => "R2",
            Self::R3 => "R3",
            Self::R4 => "R4",
            Self::R5 => "R5",
            Self::R6 => "R6",
            Self::R7 => "R7",
            Self::R8 => "R8",
            Self::R9 => "R9",
            Self::R10 => "R10",
        }
    }

    /// Name of the vault (a database of its own) that holds the regime. `R9` is a source, used under the statutory
    /// task of the record it serves; what is kept of it is `R1` and lies in `main`.
    pub const fn vault(self) -> &'static str {
        match self {
            Self::R0 | Self::R1 | Self::R9 => "main",
            Self::R2 => "wpg",
            Self::R3 => "police",
            Self::R4 => "partnership",
            Self::R5 => "radicalisation",
            Self::R6 => "bibob",
            Self::R7 => "social",
            Self::R8 => "ggz",
            Self::R10 => "victims",
        }
    }

    /// Official short name of the law or laws that make the regime, as cited (Dutch); `None` for open data.
    pub const fn law(self) -> Option<&'static str> {
        match self {
            Self::R0 => None,
            Self::R1 => Some("AVG; UAVG"),
            Self::R2 => Some("Wet politiegegevens"),
            Self::R3 => Some("Wet politiegegevens, art. 16"),
            Self::R4 => Some("Wet gegevensverwerking door samenwerkingsverbanden"),
            Self::R5 => {
                Some("Wet gegevensverwerking persoonsgerichte aanpak radicalisering en terroristische activiteiten")
            }
            Self::R6 => Some("Wet Bibob"),
            Self::R7 => Some("Wmo 2015; Jeugdwet; Participatiewet; Wet SUWI"),
            Self::R8 => Some("Wet verplichte geestelijke gezondheidszorg"),
            Self::R9 => Some("Wet basisregistratie personen"),
            Self::R10 => Some("Besluit veiligheidsregio's"),
        }
    }

    /// Whether every read is logged with its reason: the regimes that the law fences off, R2 to R8, and victims.
    pub const fn read_needs_reason(self) -> bool {
        !matches!(self, Self::R0 | Self::R1 | Self::R9)
    }
}

impl fmt::Display for Regime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The code names no regime.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no data regime; a regime is R0 to R10")]
pub struct UnknownRegime(pub String);

impl FromStr for Regime {
    type Err = UnknownRegime;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|regime| regime.code() == code).ok_or_else(|| UnknownRegime(code.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fenced_regime_has_a_vault_of_its_own() {
        let table = [
            ("open data", Regime::R0, "main"),
            ("AVG", Regime::R1, "main"),
            ("Wpg art. 8, 9, 13", Regime::R2, "wpg"),
            ("Wpg art. 16(1)(c)", Regime::R3, "police"),
            ("WGS", Regime::R4, "partnership"),
            ("radicalisation case meetings", Regime::R5, "radicalisation"),
            ("Wet Bibob art. 28", Regime::R6, "bibob"),
            ("Wmo 2015, Jeugdwet, SUWI", Regime::R7, "social"),
            ("Wvggz", Regime::R8, "ggz"),
            ("Wet BRP: used under the task of the record it serves", Regime::R9, "main"),
            ("Bvr art. 2.1.3, SIS", Regime::R10, "victims"),
        ];
        assert_eq!(table.len(), Regime::ALL.len());
        for (law, regime, vault) in table {
            assert_eq!(regime.vault(), vault, "{law}");
            assert_eq!(regime.read_needs_reason(), vault != "main", "{law}");
            assert_eq!(regime.law().is_none(), regime == Regime::R0, "{law}");
        }
    }

    #[test]
    fn codes_go_there_and_back() {
        for regime in Regime::ALL {
            assert_eq!(regime.code().parse(), Ok(regime));
            assert_eq!(regime.to_string(), regime.code());
        }
        for wrong in ["", "r0", "R11", "R01", "AVG"] {
            assert_eq!(wrong.parse::<Regime>(), Err(UnknownRegime(wrong.to_owned())));
        }
    }
}
