//! `exchange.toml` and `signalen.toml` of a municipality: how other systems reach us, which partners we are linked
//! with, and what the words of Signalen are here.

use kit::config::{ConfigError, load};
use serde::Deserialize;
use signals::model::{Channel, Kind, Source, State, Urgency};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What the municipality agreed with other systems; sits on its shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeConfig {
    /// Open311.
    pub open311: Open311,
    /// Links with Signalen.
    pub signalen: Links,
    /// The words of Signalen; `None` when the municipality has no `signalen.toml`.
    #[serde(skip)]
    pub words: Option<SignalenWords>,
}

/// How Open311 answers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Open311 {
    /// The jurisdiction of this endpoint.
    pub jurisdiction_id: String,
    /// `test` or `production`, for the discovery document.
    pub kind: String,
    /// SHA-256 of the keys that may report; empty: no key is needed.
    pub key_hashes: Vec<String>,
    /// Longest range of a list, in days.
    pub days: i64,
    /// Most reports in one answer.
    pub most: usize,
    /// Within how many minutes the same report again is no new one.
    pub same_report_minutes: i64,
}

/// The links with partners.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// Minutes between two questions to a partner about a report.
    pub poll_minutes: i64,
    /// Most reports from one partner in an hour.
    pub received_per_hour: i64,
    /// The partners.
    #[serde(default, rename = "link")]
    pub links: Vec<Link>,
}

/// Which API of the partner is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Api {
    /// `/signals/v1/private`, with a token.
    Private,
    /// `/signals/v1/public`, without.
    Public,
    /// Another municipality with Regie.
    Regie,
}

/// A link to one partner's system.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Id.
    pub id: String,
    /// Name of the partner.
    pub name: String,
    /// Address, without a slash at the end.
    pub base_url: String,
    /// Which API.
    pub api: Api,
    /// File with our token there.
    pub token_file: Option<PathBuf>,
    /// Where a token is to be had instead.
    pub oauth: Option<Oauth>,
    /// What they call us.
    #[serde(default)]
    pub source: String,
    /// Category here for what has no other.
    pub fallback: Option<String>,
    /// Category here → `main/sub` there, before those of `signalen.toml`.
    #[serde(default)]
    pub categories: BTreeMap<String, String>,
    /// Whether reports may go there.
    pub sends: bool,
    /// Whether reports may come from there.
    pub receives: bool,
}

/// OAuth 2.0 client credentials (RFC 6749, section 4.4).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oauth {
    /// The token endpoint.
    pub token_url: String,
    /// Our id there.
    pub client_id: String,
    /// File with our secret there.
    pub client_secret_file: PathBuf,
    /// Scope to ask for.
    #[serde(default)]
    pub scope: String,
}

/// What the words of Signalen are here (`signalen.toml`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignalenWords {
    numbers: Numbers,
    state: Vec<StateWord>,
    #[serde(rename = "type")]
    kind: Vec<KindWord>,
    priority: Vec<PriorityWord>,
    source: Vec<SourceWord>,
    category: Vec<CategoryWord>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    prefix: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StateWord {
    code: String,
    name: String,
    to: State,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindWord {
    code: String,
    to: Kind,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PriorityWord {
    code: String,
    to: Urgency,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceWord {
    name: String,
    from: Source,
    channel: Channel,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryWord {
    slug: String,
    to: String,
}

impl SignalenWords {
    /// What stands before a number of Signalen.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.numbers.prefix
    }

    /// The state here of a code, or of the name that the history shows.
    #[must_use]
    pub fn state(&self, word: &str) -> Option<State> {
        let word = word.trim();
        let found = self.state.iter().find(|s| s.code == word).or_else(|| self.state.iter().find(|s| s.name == word));
        found.map(|s| s.to)
    }

    /// Code and name there of a state here; the first one that maps to it.
    #[must_use]
    pub fn state_there(&self, state: State) -> (&str, &str) {
        let named = self.state.iter().find(|s| s.to == state && !s.code.is_empty());
        named.map_or(("b", "In behandeling"), |s| (&s.code, &s.name))
    }

    /// Every code of a state, for tests and pages.
    pub fn state_codes(&self) -> impl Iterator<Item = (&str, State)> {
        self.state.iter().map(|s| (s.code.as_str(), s.to))
    }

    /// What a type asks of the municipality.
    #[must_use]
    pub fn kind(&self, code: &str) -> Option<Kind> {
        self.kind.iter().find(|k| k.code == code.trim()).map(|k| k.to)
    }

    /// How soon a priority must be looked at.
    #[must_use]
    pub fn urgency(&self, code: &str) -> Option<Urgency> {
        self.priority.iter().find(|p| p.code == code.trim()).map(|p| p.to)
    }

    /// Where a source comes from, and by which way; unknown ones are residents by the form.
    #[must_use]
    pub fn source(&self, name: &str) -> (Source, Channel) {
        let name = name.trim().to_lowercase();
        let found = self.source.iter().find(|s| s.name.to_lowercase() == name);
        found.map_or((Source::Resident, Channel::Web), |s| (s.from, s.channel))
    }

    /// The category here of `main/sub` there.
    #[must_use]
    pub fn category(&self, slug: &str) -> Option<&str> {
        self.category.iter().find(|c| c.slug == slug).map(|c| c.to.as_str())
    }

    /// `main/sub` there of a category here.
    #[must_use]
    pub fn category_there(&self, id: &str) -> Option<&str> {
        self.category.iter().find(|c| c.to == id).map(|c| c.slug.as_str())
    }
}

impl ExchangeConfig {
    /// Reads `exchange.toml` and, when it is there, `signalen.toml` in a municipality's folder.
    ///
    /// # Errors
    /// When a file is wrong, names a category that is not in the catalogue, or a link stands twice.
    pub fn read(folder: &Path, catalogue: &signals::Catalogue) -> Result<Self, ConfigError> {
        let path = folder.join("exchange.toml");
        let mut config: Self = load(&path)?;
        let wrong = |path: &Path, why: String| ConfigError::Wrong { path: path.display().to_string(), why };
        for (i, link) in config.signalen.links.iter_mut().enumerate() {
            link.base_url = link.base_url.trim_end_matches('/').to_owned();
            for file in link.token_file.iter_mut().chain(link.oauth.as_mut().map(|o| &mut o.client_secret_file)) {
                *file = folder.join(&*file);
            }
            let unknown = link.fallback.iter().chain(link.categories.keys()).find(|id| catalogue.get(id).is_none());
            if let Some(id) = unknown {
                return Err(wrong(&path, format!("link `{}`: no category `{id}`", link.id)));
            }
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if link.id.is_empty() || !link.id.chars().all(plain) {
                return Err(wrong(&path, format!("link {}: `id` is made of a-z, 0-9 and -", i + 1)));
            }
        }
        let ids: Vec<&str> = config.signalen.links.iter().map(|l| l.id.as_str()).collect();
        if let Some(twice) = ids.iter().enumerate().find(|(i, id)| ids[..*i].contains(id)).map(|(_, id)| *id) {
            return Err(wrong(&path, format!("link `{twice}` stands twice")));
        }
        let path = folder.join("signalen.toml");
        if path.exists() {
            let words: SignalenWords = load(&path)?;
            if let Some(line) = words.category.iter().find(|c| catalogue.get(&c.to).is_none()) {
                return Err(wrong(&path, format!("`{}`: no category `{}`", line.slug, line.to)));
            }
            config.words = Some(words);
        }
        if config.words.is_none() && !config.signalen.links.is_empty() {
            return Err(wrong(&path, "links with Signalen need this file".to_owned()));
        }
        Ok(config)
    }

    /// The link with this id.
    #[must_use]
    pub fn link(&self, id: &str) -> Option<&Link> {
        self.signalen.links.iter().find(|l| l.id == id)
    }
}
