//! Competence: which body may take which decision, and on what article that rests.
//!
//! A decision by the wrong body is unlawful. So each decision stores who took it, and [`Competence::check`] refuses
//! every body that the rule of that day does not name. A decision for which there is no rule is refused too.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::{RegisterError, Text, Validity, check_validity};

/// Who can be competent to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// *Raad*: frames, by-laws, budget, control.
    Council,
    /// *College van burgemeester en wethouders*: daily government.
    Executive,
    /// *Burgemeester*: public order and own powers.
    Mayor,
    /// The mayors of a police unit and the chief public prosecutor, jointly (Politiewet 2012 art. 39).
    MayorsAndProsecutor,
    /// Chair of the safety region, in a disaster of more than local meaning (Wet veiligheidsregio's art. 39).
    SafetyRegionChair,
}

impl Body {
    /// All bodies.
    pub const ALL: [Body; 5] =
        [Self::Council, Self::Executive, Self::Mayor, Self::MayorsAndProsecutor, Self::SafetyRegionChair];

    /// The name in configuration and in translation keys, for instance `council`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Council => "council",
            Self::Executive => "executive",
            Self::Mayor => "mayor",
            Self::MayorsAndProsecutor => "mayors-and-prosecutor",
            Self::SafetyRegionChair => "safety-region-chair",
        }
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether the body may let somebody else decide in its name (Awb art. 10:3), and whom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mandate {
    /// Nobody: the body decides itself. What a rule does not say is not allowed.
    #[default]
    None,
    /// An official, by a recorded mandate.
    Official,
    /// Only an alderman.
    Alderman,
    /// Only an assistant public prosecutor (*hulpofficier van justitie*).
    AssistantProsecutor,
}

/// One rule: who may take a kind of decision, from when and on what basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The kind of decision, kebab-case.
    pub kind: String,
    /// Its name.
    pub name: Text,
    /// The competent body; if there are several, any of them, as `note` says.
    pub bodies: Vec<Body>,
    /// Article of the law or section of the plan, as cited.
    pub article: String,
    /// Whether the power exists only if the council gave it by by-law.
    #[serde(default)]
    pub needs_by_law: bool,
    /// Who may decide in the name of the body.
    #[serde(default)]
    pub mandate: Mandate,
    /// A condition that a page should show beside the decision.
    #[serde(default)]
    pub note: Option<Text>,
    /// First day on which the register vouches for the rule (the article itself may be older).
    pub valid_from: Date,
    /// First day on which the rule no longer holds.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// Whether the text of the law was read; if not, a lawyer must check the rule before it is relied on.
    pub verified: bool,
}

impl Rule {
    fn validity(&self) -> Validity {
        Validity { from: self.valid_from, until: self.valid_until }
    }
}

/// Why a body may not take a decision: enough for a page to say who may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongBody {
    /// The kind of decision.
    pub kind: String,
    /// Who wanted to take it.
    pub given: Body,
    /// Who may take it. Empty: no rule was in force, so nobody may.
    pub required: Vec<Body>,
    /// The article of the rule. `None`: no rule was in force.
    pub article: Option<String>,
}

impl fmt::Display for WrongBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(article) = &self.article else {
            return write!(f, "no rule says who may decide on {}, so {} may not", self.kind, self.given);
        };
        let required: Vec<_> = self.required.iter().map(|body| body.name()).collect();
        write!(f, "{} may not decide on {}; competent is {} ({article})", self.given, self.kind, required.join(" or "))
    }
}

impl std::error::Error for WrongBody {}

/// The table of decision kinds and competent bodies.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Competence {
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

impl Competence {
    /// Reads the table (`config/law/competence.toml`). Refuses unknown keys, rules without a body or article, and
    /// two rules for the same kind on the same day.
    pub fn parse(toml: &str) -> Result<Self, RegisterError> {
        let table: Self = toml::from_str(toml)?;
        for rule in &table.rules {
            let wrong = |what| Err(RegisterError::Entry { id: rule.kind.clone(), what });
            if rule.bodies.is_empty() {
                return wrong("no body is named");
            }
            if rule.article.trim().is_empty() {
                return wrong("no article is named");
            }
            if !rule.name.is_whole() || rule.note.as_ref().is_some_and(|note| !note.is_whole()) {
                return wrong("a text is missing in Dutch or English");
            }
        }
        check_validity(table.rules.iter().map(|rule| (rule.kind.as_str(), rule.validity())))?;
        Ok(table)
    }

    /// All rules, in the order of the file.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule for a kind of decision on a day.
    pub fn get(&self, kind: &str, on_date: Date) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.kind == kind && rule.validity().covers(on_date))
    }

    /// The rule that lets `body` take the decision on that day, or who may instead.
    ///
    /// The check says nothing on the by-law that a rule may need ([`Rule::needs_by_law`]) nor on a mandate.
    pub fn check(&self, kind: &str, body: Body, on_date: Date) -> Result<&Rule, WrongBody> {
        let rule = self.get(kind, on_date);
        match rule {
            Some(rule) if rule.bodies.contains(&body) => Ok(rule),
            _ => Err(WrongBody {
                kind: kind.to_owned(),
                given: body,
                required: rule.map(|rule| rule.bodies.clone()).unwrap_or_default(),
                article: rule.map(|rule| rule.article.clone()),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const FILE: &str = include_str!("../../../config/law/competence.toml");

    #[test]
    fn only_the_competent_body_decides() {
        use Body::{Council, Executive, Mayor, MayorsAndProsecutor, SafetyRegionChair};
        let competence = Competence::parse(FILE).unwrap();
        let table: [(&str, &str, &[Body]); 22] = [
            ("safety-plan", "Politiewet 2012 art. 38b(1)", &[Council]),
            ("safety-goals", "Politiewet 2012 art. 38b(1)", &[Council]),
            ("regional-police-plan", "Politiewet 2012 art. 39(1)", &[MayorsAndProsecutor]),
            ("year-programme", "IVHP 5.3", &[Executive]),
            ("programme-to-council", "IVHP 5.3", &[Executive]),
            ("deviation-main-lines", "IVHP 5.4", &[Council]),
            ("by-law", "Gemeentewet art. 149", &[Council]),
            ("public-order-order", "Gemeentewet art. 172(3)", &[Mayor]),
            ("area-ban", "Gemeentewet art. 172a", &[Mayor]),
            ("parents-order", "Gemeentewet art. 172b", &[Mayor]),
            ("emergency-order", "Gemeentewet art. 175", &[Mayor]),
            ("emergency-by-law", "Gemeentewet art. 176", &[Mayor]),
            ("emergency-by-law-ratification", "Gemeentewet art. 176", &[Council]),
            ("security-risk-area", "Gemeentewet art. 151b", &[Mayor]),
            ("camera-surveillance", "Gemeentewet art. 151c", &[Mayor]),
            ("dwelling-closure", "Gemeentewet art. 174a", &[Mayor]),
            ("drug-closure", "Opiumwet art. 13b", &[Mayor]),
            ("event-permit", "Gemeentewet art. 174", &[Mayor]),
            ("penalty-order", "Gemeentewet art. 125", &[Executive, Mayor]),
            ("nuisance-fine", "Gemeentewet art. 154b(4)", &[Executive, Mayor]),
            ("exploratory-inquiry", "Wvggz art. 5:2", &[Executive]),
            ("disaster-command-regional", "Wet veiligheidsregio's art. 39", &[SafetyRegionChair]),
        ];
        for (kind, article, bodies) in table {
            for body in Body::ALL {
                match competence.check(kind, body, date(2026, 6, 1)) {
                    Ok(rule) => {
                        assert!(bodies.contains(&body), "{kind}: {body} must not decide");
                        assert!(rule.article.starts_with(article), "{kind}: {}", rule.article);
                    }
                    Err(wrong) => {
                        assert!(!bodies.contains(&body), "{kind}: {body} must be able to decide");
                        assert_eq!((wrong.given, wrong.required.as_slice()), (body, bodies), "{kind}");
                        assert!(wrong.article.unwrap().starts_with(article), "{kind}");
                    }
                }
            }
        }
    }

    #[test]
    fn powers_that_need_a_by_law() {
        let competence = Competence::parse(FILE).unwrap();
        let needing: Vec<_> =
            competence.rules().iter().filter(|rule| rule.needs_by_law).map(|rule| rule.article.as_str()).collect();
        assert_eq!(
            needing,
            ["Gemeentewet art. 151b", "Gemeentewet art. 151c", "Gemeentewet art. 151d", "Gemeentewet art. 154b(4)"]
        );
    }

    #[test]
    fn without_a_rule_nobody_decides() {
        let competence = Competence::parse(FILE).unwrap();
        let table = [
            ("unknown kind", "street-party", date(2026, 6, 1)),
            ("Gemw 151d is in force from 1 July 2017", "housing-nuisance-order", date(2017, 6, 30)),
            ("Gemw 174a as it reads from 2024", "dwelling-closure", date(2023, 12, 31)),
        ];
        for (case, kind, day) in table {
            for body in Body::ALL {
                let wrong = competence.check(kind, body, day).unwrap_err();
                assert!(wrong.required.is_empty() && wrong.article.is_none(), "{case}");
            }
        }
    }

    #[test]
    fn a_refusal_says_who_may() {
        let competence = Competence::parse(FILE).unwrap();
        let refusal = |kind, body| competence.check(kind, body, date(2026, 6, 1)).unwrap_err().to_string();
        assert_eq!(
            refusal("safety-plan", Body::Executive),
            "executive may not decide on safety-plan; competent is council (Politiewet 2012 art. 38b(1))"
        );
        assert_eq!(
            refusal("coercion-order", Body::Council),
            "council may not decide on coercion-order; competent is executive or mayor (Gemeentewet art. 125)"
        );
        assert_eq!(refusal("nothing", Body::Mayor), "no rule says who may decide on nothing, so mayor may not");
    }

    #[test]
    fn names_in_configuration() {
        #[derive(Deserialize)]
        struct Holder {
            body: Body,
        }
        for body in Body::ALL {
            let holder: Holder = toml::from_str(&format!("body = \"{body}\"")).unwrap();
            assert_eq!(holder.body, body);
        }
    }

    #[test]
    fn wrong_tables_are_refused() {
        let rule = |bodies: &str, nl: &str, more: &str| {
            format!(
                "[[rule]]\nkind = \"a\"\nname = {{ nl = \"{nl}\", en = \"a\" }}\nbodies = [{bodies}]\narticle = \"b\"\n\
                 verified = true\nvalid_from = \"2020-01-01\"\n{more}\n"
            )
        };
        let right = rule("\"mayor\"", "a", "");
        assert!(Competence::parse(&right).is_ok());
        let table = [
            ("unknown key", rule("\"mayor\"", "a", "mandat = \"none\""), "unknown field `mandat`"),
            ("unknown body", rule("\"sheriff\"", "a", ""), "unknown variant `sheriff`"),
            ("no body", rule("", "a", ""), "no body is named"),
            ("no Dutch", rule("\"mayor\"", " ", ""), "a text is missing"),
            ("twice", right.clone() + &right, "in force on 2020-01-01"),
        ];
        for (case, toml, expected) in table {
            let error = Competence::parse(&toml).unwrap_err().to_string();
            assert!(error.contains(expected), "{case}: {error}");
        }
    }
}
