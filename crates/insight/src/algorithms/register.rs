//! The entries of the algorithm register, with the fields of the Dutch publication standard 1.0
//! (algoritmes.overheid.nl): what the code declares, and what the municipality says of its own use (`algorithms.toml`).

use crate::config::PictureConfig;
use crate::place::reason_word;
use jiff::civil::{Date, date};
use kit::Text;
use kit::config::{ConfigError, load};
use picture::{Input, Limit};
use serde::{Deserialize, Serialize};
use site::Cx;
use std::collections::BTreeMap;
use std::path::Path;
use utoipa::ToSchema;

/// Version of the publication standard.
const STANDARD: &str = "1.0";
/// Value of the standard: what this is about.
const CATEGORY: &str = "Openbare orde en veiligheid";
/// Value of the standard: no high-risk AI system (AI Act annex III), but it steers where officers go.
const PUBLICATION: &str = "Impactvolle algoritmes";

/// A calculation of this program that advises people.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Declared {
    pub id: &'static str,
    /// The last day on which its method was changed.
    pub revised: Date,
}

/// Every calculation.
pub(crate) const ALL: [Declared; 6] = [
    Declared { id: "forecast", revised: date(2026, 11, 23) },
    Declared { id: "warning", revised: date(2026, 11, 23) },
    Declared { id: "clusters", revised: date(2026, 11, 23) },
    Declared { id: "effect", revised: date(2026, 11, 23) },
    Declared { id: "rounds", revised: date(2026, 11, 23) },
    Declared { id: "suggest", revised: date(2026, 11, 23) },
];

/// What a municipality says of its use of the calculations (`algorithms.toml`); sits on its shelf. Where it is absent
/// the calculations are in development.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlgorithmsConfig {
    /// Department that works with them.
    pub department: Text,
    /// The municipality's page about them.
    pub website: String,
    /// Where the source code is published.
    pub source_code: String,
    /// First day of real use, by calculation; one that is not named is in development.
    #[serde(default)]
    pub in_use_since: BTreeMap<String, Date>,
    /// Last day of real use, by calculation.
    #[serde(default)]
    pub in_use_until: BTreeMap<String, Date>,
    /// Impact assessments that were done: title and address (DPIA, IAMA).
    #[serde(default)]
    pub assessment: Vec<Link>,
}

/// A title, with an address when there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AlgorithmLink)]
pub struct Link {
    /// Title.
    pub title: String,
    /// Address, or empty.
    #[serde(default)]
    pub link: String,
}

impl AlgorithmsConfig {
    /// Reads `algorithms.toml` in `folder`.
    ///
    /// # Errors
    /// As [`load`], and when it names a calculation that does not exist.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("algorithms.toml");
        let config: Self = load(&path)?;
        let named = config.in_use_since.keys().chain(config.in_use_until.keys());
        match named.into_iter().find(|id| ALL.iter().all(|a| a.id != id.as_str())) {
            Some(id) => Err(ConfigError::Wrong {
                path: path.display().to_string(),
                why: format!("there is no calculation `{id}`"),
            }),
            None => Ok(config),
        }
    }
}

/// One algorithm, with the names of the publication standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Algorithm {
    /// Id within this register.
    pub source_id: String,
    /// Name.
    pub name: String,
    /// What it does, in a sentence.
    pub description_short: String,
    /// Organisation that uses it.
    pub organization: String,
    /// Department (older versions of the standard).
    pub department: String,
    /// Sort of algorithm (older versions of the standard).
    #[serde(rename = "type")]
    pub kind: String,
    /// Themes, from the list of the standard.
    pub category: Vec<String>,
    /// `In ontwikkeling`, `In gebruik` or `Buiten gebruik`.
    pub status: String,
    /// First day of use.
    #[schema(format = Date)]
    pub begin_date: Option<String>,
    /// Last day of use.
    #[schema(format = Date)]
    pub end_date: Option<String>,
    /// E-mail address for questions.
    pub contact_email: String,
    /// Website.
    pub website: String,
    /// Category of publication, from the list of the standard.
    pub publication_category: String,
    /// This entry.
    pub url: String,
    /// Goal and impact.
    pub goal: String,
    /// Considerations.
    pub proportionality: String,
    /// Human intervention.
    pub human_intervention: String,
    /// Risks and how they are managed.
    pub risks: String,
    /// Lawful basis.
    pub lawful_basis: String,
    /// The laws, with their addresses.
    pub lawful_basis_grouping: Vec<Link>,
    /// State of the impact assessments.
    pub impacttoetsen: String,
    /// Impact assessments, with their addresses.
    pub impacttoetsen_grouping: Vec<Link>,
    /// Data.
    pub source_data: String,
    /// Technical operation.
    pub methods_and_models: String,
    /// Supplier.
    pub provider: String,
    /// Source code.
    pub publiccode: String,
    /// Language of this entry, ISO 639-3 in capitals.
    pub lang: String,
    /// Version of the standard.
    pub standard_version: String,
    /// Search words.
    pub tags: String,
    /// Last day on which the method was changed.
    #[schema(format = Date)]
    pub revision_date: String,
}

/// The algorithm register of the municipality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AlgorithmList {
    /// Every algorithm.
    pub algorithms: Vec<Algorithm>,
}

/// The register in the language of the reader.
pub(crate) fn entries(cx: &Cx) -> Vec<Algorithm> {
    let own = cx.municipality.find::<AlgorithmsConfig>();
    let own = own.as_deref().cloned().unwrap_or_default();
    ALL.iter().map(|declared| entry(cx, &own, *declared)).collect()
}

fn entry(cx: &Cx, own: &AlgorithmsConfig, declared: Declared) -> Algorithm {
    let id = declared.id;
    let register = &cx.municipality.get::<PictureConfig>().register;
    let language = cx.words.language();
    let today = cx.now.local(&cx.municipality.zone).date();
    let say = |what: &str| cx.t(&format!("algorithms-{id}-{what}"));
    let (since, until) = (own.in_use_since.get(id), own.in_use_until.get(id));
    let status = match (since, until) {
        (_, Some(until)) if *until < today => "Buiten gebruik",
        (Some(since), _) if *since <= today => "In gebruik",
        _ => "In ontwikkeling",
    };
    let department = own.department.get(language);
    Algorithm {
        source_id: id.to_owned(),
        name: say("title"),
        description_short: cx.t(&format!("registers-algorithm-{id}-short")),
        organization: register.owner.get(language).to_owned(),
        department: match department.is_empty() {
            true => cx.t("registers-algorithm-department-none"),
            false => department.to_owned(),
        },
        kind: cx.t("registers-algorithm-type"),
        category: vec![CATEGORY.to_owned()],
        status: status.to_owned(),
        begin_date: since.map(ToString::to_string),
        end_date: until.map(ToString::to_string),
        contact_email: register.contact.clone(),
        website: own.website.clone(),
        publication_category: PUBLICATION.to_owned(),
        url: format!("{}/algorithms#algorithm-{id}", cx.app.public_url),
        goal: format!("{} {}", say("purpose"), say("not")),
        proportionality: cx.t(&format!("registers-algorithm-{id}-weighing")),
        human_intervention: say("human"),
        risks: say("risks"),
        lawful_basis: say("basis"),
        lawful_basis_grouping: vec![
            Link { title: "AVG art. 6(1)(e)".into(), link: "https://eur-lex.europa.eu/eli/reg/2016/679/oj".into() },
            Link { title: "Gemeentewet art. 172".into(), link: "https://wetten.overheid.nl/BWBR0005416".into() },
        ],
        impacttoetsen: register.assessment.get(language).to_owned(),
        impacttoetsen_grouping: own.assessment.clone(),
        source_data: say("data"),
        methods_and_models: methods(cx, id),
        provider: cx.t("registers-algorithm-provider"),
        publiccode: match own.source_code.is_empty() {
            true => cx.t("algorithms-code-text"),
            false => own.source_code.clone(),
        },
        lang: if language == "en" { "ENG" } else { "NLD" }.to_owned(),
        standard_version: STANDARD.to_owned(),
        tags: "handhaving, leefbaarheid, openbare ruimte".to_owned(),
        revision_date: declared.revised.to_string(),
    }
}

/// How it works, with the model's own account where there is one.
fn methods(cx: &Cx, id: &str) -> String {
    let account = if id == "forecast" { account(cx) } else { Vec::new() };
    let account = account.iter().map(|(label, text)| format!("{label}: {}.", text.trim_end_matches('.')));
    std::iter::once(logic(cx, id)).chain(account).collect::<Vec<_>>().join(" ")
}

/// How a calculation works, in words: of the forecast that of the model which this municipality chose.
pub(crate) fn logic(cx: &Cx, id: &str) -> String {
    match id {
        "forecast" => {
            let model = cx.municipality.get::<PictureConfig>().forecast.model;
            cx.t(&format!("algorithms-forecast-logic-{}", model.as_str()))
        }
        _ => cx.t(&format!("algorithms-{id}-logic")),
    }
}

/// What the model says of itself ([`picture::Declaration`]) as label and text; empty for a model that says nothing.
pub(crate) fn account(cx: &Cx) -> Vec<(String, String)> {
    let Some(declared) = cx.municipality.get::<PictureConfig>().model().declaration() else { return Vec::new() };
    let list = |keys: Vec<String>| keys.iter().map(|key| cx.t(key)).collect::<Vec<_>>().join("; ");
    let settings = declared.settings.iter().map(|s| {
        let decimals = usize::from(s.value.fract() != 0.0);
        let name = cx.t(&format!("algorithms-setting-{}", s.name.replace('_', "-")));
        format!("{name}: {}", cx.words.number(s.value, decimals))
    });
    let model = cx.t(&format!("picture-model-{}", declared.name));
    let version = [("model", model.into()), ("version", i64::from(declared.version).into())];
    let officers = if declared.officers { "algorithms-officers-yes" } else { "algorithms-officers-no" };
    [
        ("model", cx.words.ta("algorithms-model-version", &version)),
        ("inputs", list(declared.inputs.iter().map(|i| format!("algorithms-input-{}", input_word(*i))).collect())),
        ("parts", list(declared.parts.iter().map(|r| format!("place-part-{}", reason_word(*r))).collect())),
        ("settings", settings.collect::<Vec<_>>().join("; ")),
        ("officers", cx.t(officers)),
        ("limits", list(declared.limits.iter().map(|l| format!("algorithms-limit-{}", limit_word(*l))).collect())),
    ]
    .into_iter()
    .map(|(label, text)| (cx.t(&format!("algorithms-account-{label}")), text))
    .collect()
}

fn input_word(input: Input) -> &'static str {
    match input {
        Input::Cell => "cell",
        Input::Day => "day",
        Input::Hour => "hour",
        Input::Group => "group",
        Input::Source => "source",
    }
}

fn limit_word(limit: Limit) -> &'static str {
    match limit {
        Limit::ReportsOnly => "reports-only",
        Limit::NoPersons => "no-persons",
        Limit::NewPlaces => "new-places",
        Limit::FewEvents => "few-events",
        Limit::SuddenChange => "sudden-change",
    }
}

/// The fields as label and text, in the order of the standard; what is empty is left out.
pub(crate) fn fields(cx: &Cx, entry: &Algorithm) -> Vec<(String, String)> {
    let day = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |day| cx.words.day(day));
    let begin = entry.begin_date.as_deref().map_or_else(|| cx.t("registers-algorithm-begin-none"), day);
    let assessments = std::iter::once(entry.impacttoetsen.as_str())
        .chain(entry.impacttoetsen_grouping.iter().map(|a| a.title.as_str()));
    let laws = std::iter::once(entry.lawful_basis.as_str())
        .chain(entry.lawful_basis_grouping.iter().map(|a| a.title.as_str()));
    [
        ("organization", entry.organization.clone()),
        ("department", entry.department.clone()),
        ("description_short", entry.description_short.clone()),
        ("type", entry.kind.clone()),
        ("category", entry.category.join(", ")),
        ("publication_category", entry.publication_category.clone()),
        ("status", entry.status.clone()),
        ("begin_date", begin),
        ("website", entry.website.clone()),
        ("goal", entry.goal.clone()),
        ("proportionality", entry.proportionality.clone()),
        ("human_intervention", entry.human_intervention.clone()),
        ("risks", entry.risks.clone()),
        ("lawful_basis", laws.collect::<Vec<_>>().join(" ")),
        ("impacttoetsen", assessments.collect::<Vec<_>>().join(" ")),
        ("source_data", entry.source_data.clone()),
        ("methods_and_models", entry.methods_and_models.clone()),
        ("provider", entry.provider.clone()),
        ("publiccode", entry.publiccode.clone()),
        ("contact_email", entry.contact_email.clone()),
        ("lang", entry.lang.clone()),
        ("revision_date", day(&entry.revision_date)),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(name, text)| (cx.t(&format!("registers-algorithm-label-{name}")), text))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_municipalities_say_how_they_use_the_calculations() {
        for folder in ["heemskerk", "stlouis"] {
            AlgorithmsConfig::read(&testkit::root().join("config").join(folder)).unwrap();
        }
        let dir = testkit::folder();
        let text = std::fs::read_to_string(testkit::root().join("config/heemskerk/algorithms.toml")).unwrap();
        std::fs::write(dir.join("algorithms.toml"), format!("{text}\n[in_use_since]\nperson-score = \"2024-01-01\"\n"))
            .unwrap();
        let error = AlgorithmsConfig::read(&dir).unwrap_err().to_string();
        assert!(error.contains("person-score"), "{error}");
    }

    #[tokio::test]
    async fn every_field_of_the_standard_is_there() {
        let app = testkit::app(testkit::sqlite().await, |m| {
            m.put(PictureConfig::read(&m.folder.clone()).unwrap());
            let mut own = AlgorithmsConfig::read(&m.folder.clone()).unwrap();
            own.in_use_since.insert("forecast".into(), date(2024, 1, 1));
            own.in_use_since.insert("warning".into(), date(2023, 1, 1));
            own.in_use_until.insert("warning".into(), date(2024, 6, 2));
            m.put(own);
        });
        let cx = testkit::cx(&app, None);
        let json = serde_json::to_value(AlgorithmList { algorithms: entries(&cx) }).unwrap();
        let all = json["algorithms"].as_array().unwrap();
        assert_eq!(
            all.iter().map(|a| a["status"].as_str().unwrap()).collect::<Vec<_>>(),
            [
                "In gebruik",
                "Buiten gebruik",
                "In ontwikkeling",
                "In ontwikkeling",
                "In ontwikkeling",
                "In ontwikkeling"
            ]
        );
        // what the model declares is what the register says
        let forecast = all[0]["methods_and_models"].as_str().unwrap();
        let declared = PictureConfig::read(&cx.municipality.folder.clone()).unwrap().model().declaration().unwrap();
        assert_eq!(
            forecast.matches("meldingen hier").count() + forecast.matches("Meldingen hier").count(),
            2,
            "{forecast}"
        );
        assert!(forecast.contains(&format!("versie {}", declared.version)) && forecast.contains("wie er meldt"));
        assert_eq!(account(&cx).len(), 6);
        assert!(
            account(&cx).iter().all(|(label, text)| !label.contains("algorithms-") && !text.contains("algorithms-"))
        );
        // Fields that version 1.0 of the standard demands or asks for.
        for name in [
            "name",
            "description_short",
            "organization",
            "category",
            "status",
            "contact_email",
            "publication_category",
            "url",
            "goal",
            "proportionality",
            "human_intervention",
            "risks",
            "lawful_basis",
            "lawful_basis_grouping",
            "impacttoetsen",
            "source_data",
            "methods_and_models",
            "provider",
            "publiccode",
            "lang",
            "standard_version",
            "source_id",
            "tags",
            "department",
            "type",
            "revision_date",
            "website",
        ] {
            for entry in all {
                let value = &entry[name];
                let full = value.as_str().is_some_and(|s| !s.is_empty() && !s.contains("algorithm"))
                    || value.as_array().is_some_and(|a| !a.is_empty())
                    || name == "url";
                assert!(full, "{name}: {value}");
            }
        }
    }
}
