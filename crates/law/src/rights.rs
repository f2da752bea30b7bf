//! Rights of the person concerned: what somebody may ask about the data on himself, and on what ground that can be
//! refused (AVG art. 12-23, UAVG art. 41, Wpg art. 25-28).
//!
//! A ground never works by itself: a person weighs it, and the refusal names the article and the reasons. The term
//! within which must be answered is T31 of the [register of terms](crate::register).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::regime::Regime;
use crate::text::{RegisterError, Text, Validity, check_validity};
use crate::word::word_enum;

word_enum! {
    /// What is asked.
    pub enum RequestKind {
        /// To see what is kept, why, and who got it.
        Access = "access",
        /// To correct or complete it.
        Rectification = "rectification",
        /// To erase it; under the Wpg, to destroy it.
        Erasure = "erasure",
        /// To keep it but not use it; under the Wpg, to shield it.
        Restriction = "restriction",
        /// To stop using it, for reasons of the person's own situation.
        Objection = "objection",
    }
}

/// A right to ask something about records of some regimes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Right {
    /// Id in the register, `wpg-access`.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// What may be asked.
    pub kind: RequestKind,
    /// The regimes of the records.
    pub regimes: Vec<Regime>,
    /// Article, as cited.
    pub article: String,
    /// A condition that a page should show beside it.
    #[serde(default)]
    pub note: Option<Text>,
    /// First day on which the register vouches for the right (the article itself may be older).
    pub valid_from: Date,
    /// First day on which it no longer holds.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// Whether the text of the law was read; if not, a lawyer must check the right before it is relied on.
    pub verified: bool,
}

/// A ground on which a request can be refused, wholly or in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalGround {
    /// Id in the register, `uavg-41-d`.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// The requests that it can meet.
    pub kinds: Vec<RequestKind>,
    /// The regimes of the records.
    pub regimes: Vec<Regime>,
    /// Article, as cited.
    pub article: String,
    /// A condition that a page should show beside it.
    #[serde(default)]
    pub note: Option<Text>,
    /// First day on which the register vouches for the ground (the article itself may be older).
    pub valid_from: Date,
    /// First day on which it no longer holds.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// Whether the text of the law was read; if not, a lawyer must check the ground before it is relied on.
    pub verified: bool,
}

/// The rights and the grounds of refusal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RightsRegister {
    #[serde(rename = "right")]
    rights: Vec<Right>,
    #[serde(rename = "ground")]
    grounds: Vec<RefusalGround>,
}

impl RightsRegister {
    /// Reads the register (`config/law/refusals.toml`). Refuses unknown keys, entries without an article, regime or
    /// kind, and two versions of the same entry on the same day.
    pub fn parse(toml: &str) -> Result<Self, RegisterError> {
        let register: Self = toml::from_str(toml)?;
        let rights = register.rights.iter().map(|r| (&r.id, &r.name, &r.note, &r.article, r.regimes.is_empty()));
        let grounds = register
            .grounds
            .iter()
            .map(|g| (&g.id, &g.name, &g.note, &g.article, g.regimes.is_empty() || g.kinds.is_empty()));
        for (id, name, note, article, about_nothing) in rights.chain(grounds) {
            let wrong = |what| Err(RegisterError::Entry { id: id.clone(), what });
            if about_nothing {
                return wrong("no regime or no kind of request is named");
            }
            if article.trim().is_empty() {
                return wrong("no article is named");
            }
            if !name.is_whole() || note.as_ref().is_some_and(|note| !note.is_whole()) {
                return wrong("a text is missing in Dutch or English");
            }
        }
        let period = |from, until| Validity { from, until };
        check_validity(register.rights.iter().map(|r| (r.id.as_str(), period(r.valid_from, r.valid_until))))?;
        check_validity(register.grounds.iter().map(|g| (g.id.as_str(), period(g.valid_from, g.valid_until))))?;
        Ok(register)
    }

    /// The right to ask this about records of a regime on a day; `None`: the law of that regime does not give it.
    pub fn right(&self, kind: RequestKind, regime: Regime, on: Date) -> Option<&Right> {
        self.rights.iter().find(|right| {
            right.kind == kind
                && right.regimes.contains(&regime)
                && Validity { from: right.valid_from, until: right.valid_until }.covers(on)
        })
    }

    /// The grounds on which such a request about records of a regime can be refused on a day, in the order of the file.
    pub fn grounds(&self, kind: RequestKind, regime: Regime, on: Date) -> impl Iterator<Item = &RefusalGround> {
        self.grounds.iter().filter(move |ground| {
            ground.kinds.contains(&kind)
                && ground.regimes.contains(&regime)
                && Validity { from: ground.valid_from, until: ground.valid_until }.covers(on)
        })
    }

    /// The ground with an id that is in force on a day: to show a refusal again.
    pub fn ground(&self, id: &str, on: Date) -> Option<&RefusalGround> {
        self.grounds.iter().find(|ground| {
            ground.id == id && Validity { from: ground.valid_from, until: ground.valid_until }.covers(on)
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use RequestKind::{Access, Erasure, Objection, Rectification, Restriction};

    const FILE: &str = include_str!("../../../config/law/refusals.toml");
    const DAY: Date = date(2026, 6, 1);

    fn register() -> RightsRegister {
        RightsRegister::parse(FILE).unwrap()
    }

    #[test]
    fn who_may_ask_what() {
        let register = register();
        let table = [
            (Access, Regime::R1, Some("AVG art. 15")),
            (Rectification, Regime::R4, Some("AVG art. 16")),
            (Erasure, Regime::R7, Some("AVG art. 17")),
            (Restriction, Regime::R8, Some("AVG art. 18")),
            (Objection, Regime::R1, Some("AVG art. 21")),
            (Access, Regime::R2, Some("Wpg art. 25")),
            (Rectification, Regime::R2, Some("Wpg art. 28(1)")),
            (Erasure, Regime::R3, Some("Wpg art. 28(2)")),
            (Objection, Regime::R2, None),
            (Rectification, Regime::R9, Some("Wet BRP art. 2.58")),
            (Objection, Regime::R9, None),
            (Access, Regime::R0, None),
        ];
        for (kind, regime, article) in table {
            let right = register.right(kind, regime, DAY);
            assert_eq!(right.map(|right| right.article.as_str()), article, "{kind} {regime}");
        }
        for regime in Regime::ALL.into_iter().filter(|regime| *regime != Regime::R0) {
            assert!(register.right(Access, regime, DAY).is_some(), "{regime}: everybody may ask what is kept on him");
        }
    }

    #[test]
    fn which_grounds_fit() {
        let register = register();
        let table = [
            ("avg-12-5", "AVG art. 12(5)", Access, Regime::R1, true),
            ("avg-12-5", "AVG art. 12(5)", Access, Regime::R2, false),
            ("avg-15-4", "AVG art. 15(4)", Access, Regime::R1, true),
            ("avg-15-4", "AVG art. 15(4)", Erasure, Regime::R1, false),
            ("avg-17-3-b", "AVG art. 17(3)(b)", Erasure, Regime::R6, true),
            ("avg-17-3-b", "AVG art. 17(3)(b)", Access, Regime::R6, false),
            ("avg-21-1", "AVG art. 21(1)", Objection, Regime::R1, true),
            ("uavg-41-d", "UAVG art. 41(1)(d); AVG art. 23", Restriction, Regime::R4, true),
            ("uavg-41-d", "UAVG art. 41(1)(d); AVG art. 23", Access, Regime::R2, false),
            ("wpg-27-1-b", "Wpg art. 27(1)(b)", Access, Regime::R2, true),
            ("wpg-27-1-b", "Wpg art. 27(1)(b)", Access, Regime::R1, false),
            ("wpg-28-shield", "Wpg art. 28", Erasure, Regime::R2, true),
            ("wpg-28-shield", "Wpg art. 28", Rectification, Regime::R2, false),
        ];
        for (id, article, kind, regime, fits) in table {
            assert_eq!(register.grounds(kind, regime, DAY).any(|ground| ground.id == id), fits, "{id} {kind} {regime}");
            let ground = register.ground(id, DAY).unwrap();
            assert!(ground.article.starts_with(article), "{id}: {}", ground.article);
        }
        assert!(register.ground("wpg-27-1-a", date(2018, 12, 31)).is_none(), "Wpg 27 as it reads from 2019");
        assert!(
            register.grounds(Access, Regime::R1, date(2018, 5, 24)).next().is_none(),
            "the AVG is from 25 May 2018"
        );
    }

    #[test]
    fn a_ground_meets_only_a_right_that_exists() {
        let register = register();
        for regime in Regime::ALL {
            for kind in RequestKind::ALL.iter().copied() {
                let grounds = register.grounds(kind, regime, DAY).count();
                let right = register.right(kind, regime, DAY).is_some();
                assert_eq!(grounds > 0, right, "{kind} {regime}: {grounds} grounds");
            }
        }
    }

    #[test]
    fn wrong_registers_are_refused() {
        let entry = |head: &str, more: &str| {
            format!(
                "[[{head}]]\nid = \"a\"\nname = {{ nl = \"a\", en = \"a\" }}\nregimes = [\"R1\"]\narticle = \"b\"\n\
                 valid_from = \"2020-01-01\"\nverified = true\n{more}\n"
            )
        };
        let right = entry("right", "kind = \"access\"");
        let ground = entry("ground", "kinds = [\"access\"]");
        let both = right.clone() + &ground;
        assert!(RightsRegister::parse(&both).is_ok(), "a right and a ground may share an id");
        let table = [
            ("no grounds", right.clone(), "missing field `ground`"),
            ("no kind", both.replace("[\"access\"]", "[]"), "no regime or no kind"),
            ("no regime", both.replace("[\"R1\"]", "[]"), "no regime or no kind"),
            ("unknown kind", both.replace("\"access\"", "\"wish\""), "unknown variant `wish`"),
            ("no article", both.replace("\"b\"", "\"\""), "no article"),
            ("no English", both.replace("en = \"a\"", "en = \"\""), "a text is missing"),
            ("a right twice", both.clone() + &right, "in force on 2020-01-01"),
            ("a ground twice", both.clone() + &ground, "in force on 2020-01-01"),
        ];
        for (case, toml, expected) in table {
            let error = RightsRegister::parse(&toml).unwrap_err().to_string();
            assert!(error.contains(expected), "{case}: {error}");
        }
    }
}
