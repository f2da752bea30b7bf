//! Configuration: the server's own file, and one folder of dated data per municipality.
//!
//! Unknown keys are refused everywhere, so that a typing error is found at start and not in court.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::any::{Any, TypeId};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is wrong in a configuration file.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {why}")]
    Unreadable {
        /// Which file.
        path: String,
        /// The system's words.
        why: String,
    },
    /// The text is not what Regie expects there; names the line and the key.
    #[error("{path}: {why}")]
    Wrong {
        /// Which file.
        path: String,
        /// Line, key and expectation.
        why: String,
    },
}

/// Reads a TOML file into `T`; `T` refuses unknown keys.
///
/// # Errors
/// When the file is missing or its content does not fit; the message names file, line and key.
pub fn load<T: DeserializeOwned>(path: &Path) -> Result<T, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| ConfigError::Unreadable { path: path.display().to_string(), why: e.to_string() })?;
    toml::from_str(&text)
        .map_err(|e| ConfigError::Wrong { path: path.display().to_string(), why: e.to_string().trim().to_owned() })
}

/// A text of the municipality in each language that it offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<String, String>);

impl Text {
    /// The text in `language`, else Dutch, else whatever there is.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        self.0.get(language).or_else(|| self.0.get("nl")).or_else(|| self.0.values().next()).map_or("", |s| s)
    }
}

/// The server's own file, `regie.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// Address and port to listen on.
    pub listen: String,
    /// The address by which residents reach this server, without a slash at the end.
    pub public_url: String,
    /// Where records live.
    pub storage: StorageConfig,
    /// How mail leaves.
    pub mail: MailConfig,
    /// Folders of the municipalities, relative to this file; the first is the one of public pages.
    pub municipalities: Vec<PathBuf>,
    /// Folder of the national law's data, relative to this file.
    pub law: PathBuf,
    /// The master keys of the vaults, relative to this file; outside every database and its backups.
    pub keys: PathBuf,
    /// Proxies (CIDR) whose `X-Forwarded-For` tells where a request comes from; nobody else's does.
    #[serde(default)]
    pub trusted_proxies: Vec<ipnet::IpNet>,
    /// The sign-in providers of municipalities.
    #[serde(default)]
    pub oidc: Vec<OidcConfig>,
    /// How far the program may go for figures and to other systems.
    #[serde(default)]
    pub fetch: crate::fetch::Reach,
    /// Where the processing log is exported to; without it the lines stay in their vaults.
    pub otlp: Option<OtlpConfig>,
    /// The virus scanner that looks at each file before it is opened; without it nothing is scanned.
    pub scan: Option<crate::scan::ScanConfig>,
}

/// The processing logbook that the lines are exported to (OTLP over HTTP, JSON).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtlpConfig {
    /// The whole address, e.g. `https://logboek.example/v1/traces`.
    pub endpoint: String,
    /// File with the token that the logbook asks for (`Authorization: Bearer`), relative to this file.
    pub token_file: Option<PathBuf>,
    /// Whether it may have an address of a private network or of this machine.
    #[serde(default)]
    pub allow_private_addresses: bool,
    /// Whether it may be reached without TLS: for tests on this machine only.
    #[serde(default)]
    pub allow_http: bool,
}

/// The sign-in provider (OpenID Connect) of one municipality.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcConfig {
    /// Municipality code.
    pub municipality: String,
    /// What people call it, for the button on the sign-in page.
    pub name: String,
    /// Issuer, exactly as the provider writes it; its discovery document lies below this address.
    pub issuer: String,
    /// Id of Regie at the provider.
    pub client_id: String,
    /// File with the secret that the provider gave to Regie, relative to this file.
    pub client_secret_file: PathBuf,
    /// Claim that lists a person's groups.
    #[serde(default = "groups_claim")]
    pub groups_claim: String,
    /// Scopes to ask for besides `openid`.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// Group at the provider → role here. Who is in none of them gets no access.
    pub roles: BTreeMap<String, String>,
    /// Values of the claim `acr` that count as a second factor.
    #[serde(default)]
    pub acr: Vec<String>,
    /// Values of the claim `amr` that count as a second factor.
    #[serde(default)]
    pub amr: Vec<String>,
    /// Whether the provider may have an address of a private network or of this machine.
    #[serde(default)]
    pub allow_private_addresses: bool,
    /// Whether the provider may be reached without TLS: for tests on this machine only.
    #[serde(default)]
    pub allow_http: bool,
}

fn groups_claim() -> String {
    "groups".to_owned()
}

fn scopes() -> Vec<String> {
    vec!["profile".to_owned(), "email".to_owned()]
}

/// Where records live.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "lowercase")]
pub enum StorageConfig {
    /// One file per vault in a folder relative to the configuration file.
    Sqlite {
        /// The folder.
        dir: PathBuf,
    },
    /// One PostgreSQL address per vault, each with a role of its own.
    Postgres {
        /// `main = "postgres://…"`.
        vaults: BTreeMap<String, String>,
    },
}

/// How mail leaves: by SMTP, or into a folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// The sender, e.g. `Gemeente Heemskerk <regie@heemskerk.example>`.
    pub from: String,
    /// SMTP server (TLS); leave out for a folder.
    pub smtp_host: Option<String>,
    /// SMTP user.
    pub smtp_user: Option<String>,
    /// SMTP password.
    pub smtp_password: Option<String>,
    /// A folder that gets one `.eml` file per mail; leave out for SMTP.
    pub folder: Option<PathBuf>,
    /// How the connection to the SMTP server is guarded.
    #[serde(default)]
    pub smtp_tls: SmtpTls,
    /// Port of the SMTP server; without it 465, 587 or 25, as `smtp_tls` says.
    pub smtp_port: Option<u16>,
    /// For how many days a mail that cannot be delivered is tried again.
    #[serde(default = "retry_days")]
    pub retry_days: u32,
    /// Whether a mail is sent again when the program stopped while it handed the mail over. Only for a server that drops
    /// a second mail with the same Message-ID; otherwise a person decides.
    #[serde(default)]
    pub send_unsure_again: bool,
    /// File that remembers which mail was being handed over when the program stopped, relative to this file.
    pub journal: Option<PathBuf>,
    /// A Maildir that the mail server puts answers and bounces in; leave out when nothing comes back.
    pub inbox: Option<PathBuf>,
    /// Mails in `inbox` larger than this are not read, in megabytes.
    #[serde(default = "inbox_megabytes")]
    pub inbox_most_megabytes: u64,
}

/// How the connection to an SMTP server is guarded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    /// TLS from the first byte (port 465).
    #[default]
    Whole,
    /// TLS after `STARTTLS` (port 587); without it nothing is sent.
    Starttls,
    /// None (port 25): only for a server on this machine.
    None,
}

fn retry_days() -> u32 {
    3
}

fn inbox_megabytes() -> u64 {
    30
}

impl ServerConfig {
    /// Reads `path` and makes the folders in it absolute.
    ///
    /// # Errors
    /// As [`load`].
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let mut config: Self = load(path)?;
        let base = path.parent().unwrap_or(Path::new(".")).to_owned();
        let absolute = |p: &PathBuf| base.join(p);
        config.municipalities = config.municipalities.iter().map(absolute).collect();
        config.law = absolute(&config.law);
        config.keys = absolute(&config.keys);
        for oidc in &mut config.oidc {
            oidc.client_secret_file = base.join(&oidc.client_secret_file);
        }
        if let Some(file) = config.otlp.as_mut().and_then(|otlp| otlp.token_file.as_mut()) {
            *file = base.join(&*file);
        }
        if let StorageConfig::Sqlite { dir } = &mut config.storage {
            *dir = base.join(&*dir);
        }
        config.mail.journal.get_or_insert_with(|| PathBuf::from("mail-journal"));
        for path in [&mut config.mail.folder, &mut config.mail.journal, &mut config.mail.inbox].into_iter().flatten() {
            *path = base.join(&*path);
        }
        if config.municipalities.is_empty() {
            return Err(ConfigError::Wrong {
                path: path.display().to_string(),
                why: "`municipalities` needs at least one folder".to_owned(),
            });
        }
        Ok(config)
    }
}

/// What `municipality.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MunicipalityFile {
    /// Code: `GM` and four digits (CBS), or another code for a municipality elsewhere.
    pub code: String,
    /// Name as residents say it.
    pub name: String,
    /// Short name in addresses.
    pub slug: String,
    /// IANA time zone.
    pub time_zone: String,
    /// The metric plane of cells and distances: `rd` or `equirectangular`.
    pub crs: String,
    /// West, south, east, north in degrees WGS84.
    pub bounds: [f64; 4],
    /// Longitude and latitude of the map's middle.
    pub centre: [f64; 2],
    /// Languages offered, the first is the default.
    pub languages: Vec<String>,
    /// Inhabitants by year.
    pub inhabitants: Vec<Inhabitants>,
    /// How residents reach the municipality.
    pub contact: Contact,
    /// Where the enforcement team starts its rounds.
    pub base: Base,
    /// Extra non-working days of this municipality (Algemene termijnenwet art. 3(3)).
    #[serde(default)]
    pub extra_holidays: Vec<jiff::civil::Date>,
    /// How the doors are guarded.
    pub security: Security,
    /// How much a stranger may ask.
    pub limits: Limits,
    /// What makes a report look like junk.
    pub junk: Junk,
    /// How the public sees reports.
    pub public: PublicView,
}

/// How much a stranger may ask, so that one sender cannot drown the others.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Reports from one address within the window, by the form and by the API together.
    pub reports: u32,
    /// The window in minutes.
    pub reports_window_minutes: u32,
    /// Other messages of a stranger from one address within the same window: steps of the form, searches, answers.
    pub steps: u32,
    /// Reports from all addresses together within their window; what comes above is kept, but waits for a look.
    pub all_reports: u32,
    /// That window in minutes.
    pub all_reports_window_minutes: u32,
    /// Minutes that the confirmations of such reports wait, so that a flood does not mail strangers.
    pub flood_mail_minutes: u32,
}

impl Limits {
    /// The limit of reports as [`crate::throttle::count`] wants it.
    #[must_use]
    pub fn of_reports(self) -> crate::throttle::Limit {
        crate::throttle::Limit { failures: self.reports.into(), window_s: i64::from(self.reports_window_minutes) * 60 }
    }

    /// The limit of steps as [`crate::throttle::count`] wants it.
    #[must_use]
    pub fn of_steps(self) -> crate::throttle::Limit {
        crate::throttle::Limit { failures: self.steps.into(), ..self.of_reports() }
    }

    /// The limit of all senders together as [`crate::throttle::wait`] wants it.
    #[must_use]
    pub fn of_all_reports(self) -> crate::throttle::Limit {
        crate::throttle::Limit {
            failures: self.all_reports.into(),
            window_s: i64::from(self.all_reports_window_minutes) * 60,
        }
    }
}

/// What makes a report look like junk: plain rules that a moderator can read. Such a report is kept and waits for a
/// look; nothing is ever thrown away by them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Junk {
    /// Web addresses in one report above which it looks like junk.
    pub links: u32,
    /// From the how-manieth report with the same words within the window.
    pub same_words: u32,
    /// That window in minutes.
    pub same_words_minutes: u32,
    /// Shorter words than this many characters are often the same for good reasons.
    pub same_words_length: u32,
    /// Words that no report needs.
    pub words: Vec<String>,
}

/// How the public sees reports.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicView {
    /// Side in metres of the grid on whose middle points reports are shown, so that no house can be read from it.
    pub round_m: f64,
}

/// How the doors are guarded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Security {
    /// For how many minutes a second factor opens the fenced vaults (1 to 60).
    pub step_up_minutes: u8,
    /// For how many minutes a stated purpose opens a fenced vault before it is asked again.
    pub opening_minutes: u32,
    /// Minutes without a request after which a session ends.
    pub session_idle_minutes: u32,
    /// Hours after which a session ends in any case.
    pub session_hours: u32,
    /// Networks of the municipality's own offices (CIDR); some records open only from there.
    pub office_networks: Vec<ipnet::IpNet>,
}

/// Inhabitants on 1 January of a year.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inhabitants {
    /// Year.
    pub year: i16,
    /// Persons.
    pub value: f64,
    /// Where the figure comes from.
    pub source: String,
}

/// How residents reach the municipality.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Organisation.
    pub organisation: String,
    /// E-mail.
    pub email: String,
    /// Telephone.
    pub phone: String,
}

/// Where the enforcement team starts its rounds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// Name of the place.
    pub name: String,
    /// Longitude.
    pub lon: f64,
    /// Latitude.
    pub lat: f64,
}

/// A municipality as the program holds it: its file, its time zone, and what each area of the
/// domain read from its folder.
#[derive(Debug)]
pub struct Municipality {
    /// What `municipality.toml` says.
    pub file: MunicipalityFile,
    /// Its time zone.
    pub zone: TimeZone,
    /// Its folder.
    pub folder: PathBuf,
    shelf: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

impl Municipality {
    /// Reads `municipality.toml` in `folder`.
    ///
    /// # Errors
    /// As [`load`], and when the time zone is unknown.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("municipality.toml");
        let file: MunicipalityFile = load(&path)?;
        let wrong = |why: String| ConfigError::Wrong { path: path.display().to_string(), why };
        let zone = TimeZone::get(&file.time_zone).map_err(|e| wrong(e.to_string()))?;
        let [west, south, east, north] = file.bounds;
        if !(west < east && south < north) {
            return Err(wrong("`bounds` must be west, south, east, north".to_owned()));
        }
        if !(1.0..=1000.0).contains(&file.public.round_m) {
            return Err(wrong("`public.round_m` must be 1 to 1000 metres".to_owned()));
        }
        Ok(Self { file, zone, folder: folder.to_owned(), shelf: HashMap::new() })
    }

    /// The code, first column of every key.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.file.code
    }

    /// Whether a point lies within the municipality's bounds.
    #[must_use]
    pub fn contains(&self, lon: f64, lat: f64) -> bool {
        let [west, south, east, north] = self.file.bounds;
        (west..=east).contains(&lon) && (south..=north).contains(&lat)
    }

    /// Inhabitants in `year`: the figure of that year, else the nearest year's.
    #[must_use]
    pub fn inhabitants(&self, year: i16) -> Option<&Inhabitants> {
        self.file.inhabitants.iter().min_by_key(|i| (i32::from(i.year) - i32::from(year)).abs())
    }

    /// Puts what an area of the domain read from the folder on the shelf.
    pub fn put<T: Send + Sync + 'static>(&mut self, item: T) {
        self.shelf.insert(TypeId::of::<T>(), Arc::new(item));
    }

    /// Takes it from the shelf, if it is there.
    #[must_use]
    pub fn find<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.shelf.get(&TypeId::of::<T>()).cloned().and_then(|item| item.downcast::<T>().ok())
    }

    /// Takes it from the shelf.
    ///
    /// # Panics
    /// When the program forgot to load it at start: a fault of the program, found by its first test.
    #[must_use]
    #[allow(clippy::panic, reason = "every item is put on the shelf at start")]
    pub fn get<T: Send + Sync + 'static>(&self) -> Arc<T> {
        match self.find() {
            Some(item) => item,
            None => panic!("{} was not loaded for {}", std::any::type_name::<T>(), self.file.code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_are_refused_with_file_and_key() {
        let dir = std::env::temp_dir().join(format!("regie-config-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let path = dir.join("regie.toml");
        std::fs::write(&path, "listen = \"x\"\nlisten_on = \"y\"\n").unwrap();
        let error = ServerConfig::read(&path).unwrap_err().to_string();
        assert!(error.contains("regie.toml") && error.contains("listen_on"), "{error}");
    }
}
