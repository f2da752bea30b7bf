//! The export of Signalen as records: its CSV files, or pages of its API. Files that are not whole, not UTF-8, or not
//! what they seem stop everything; a record that does not fit is told with its line.

mod api;
mod tables;

use kit::At;

/// One file of the export.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What is wrong, and where: a locale key whose variable is `value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// File.
    pub file: String,
    /// Line, where the file has lines; 0 otherwise.
    pub line: u64,
    /// Number of the report in Signalen, where it is known.
    pub number: String,
    /// Locale key.
    pub key: &'static str,
    /// What the sentence names.
    pub value: String,
}

impl Wrong {
    pub(super) fn file(file: &str, key: &'static str, value: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: 0, number: String::new(), key, value: value.into() }
    }

    /// The sentence in the reader's language.
    #[must_use]
    pub fn sentence(&self, words: &kit::Words) -> String {
        words.t1(self.key, "value", &self.value)
    }
}

/// A report of Signalen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Record {
    pub file: String,
    pub line: u64,
    /// Its number, digits only.
    pub number: String,
    pub created: Option<At>,
    pub incident: Option<At>,
    pub text: String,
    pub text_extra: String,
    /// `main/sub`.
    pub slug: String,
    /// The two coordinates in the order of the file: older exports write the longitude in the column `lat`.
    pub point: Option<(f64, f64)>,
    pub address: String,
    /// Oldest first.
    pub statuses: Vec<Status>,
    pub notes: Vec<(At, String)>,
    pub priority: String,
    pub kind: String,
    pub source: String,
    pub email: String,
    pub phone: String,
}

/// A state that a report got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Status {
    pub at: At,
    /// Code, or the name that the history shows.
    pub word: String,
    pub text: String,
}

impl Record {
    pub(super) fn wrong(&self, key: &'static str, value: impl Into<String>) -> Wrong {
        Wrong { file: self.file.clone(), line: self.line, number: self.number.clone(), key, value: value.into() }
    }
}

/// What was read: the records, and those that could not be.
pub(super) struct Export {
    pub records: Vec<Record>,
    pub wrong: Vec<Wrong>,
    /// Files that nothing was taken from.
    pub unused: Vec<String>,
}

/// Reads a set of files.
pub(super) fn read(files: &[File], contact: bool) -> Result<Export, Vec<Wrong>> {
    if files.is_empty() {
        return Err(vec![Wrong::file("", "exchange-file-none", "")]);
    }
    let texts = texts(files)?;
    let json = texts.iter().any(|(_, text)| text.trim_start().starts_with(['{', '[']));
    if json { api::read(&texts) } else { tables::read(&texts, contact) }
}

/// The files as text: UTF-8 without its mark, and no page of a website.
fn texts(files: &[File]) -> Result<Vec<(&str, &str)>, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let mut texts = Vec::new();
    for file in files {
        match text(file) {
            Ok(text) => texts.push((file.name.as_str(), text)),
            Err(key) => wrong.push(Wrong::file(&file.name, key, "")),
        }
    }
    if wrong.is_empty() { Ok(texts) } else { Err(wrong) }
}

fn text(file: &File) -> Result<&str, &'static str> {
    let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\x1f\x8b") {
        return Err("exchange-file-packed");
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "exchange-file-encoding")?;
    if text.contains('\0') {
        return Err("exchange-file-encoding");
    }
    if text.trim_start().starts_with('<') {
        return Err("exchange-file-html");
    }
    if text.trim().is_empty() {
        return Err("exchange-file-empty");
    }
    Ok(text)
}

/// An instant with its offset; exports write a space before the time and an offset of hours only.
fn instant(text: &str) -> Option<At> {
    let text = text.trim().replacen(' ', "T", 1);
    text.parse::<jiff::Timestamp>().ok().map(|t| At::from_micros(t.as_microsecond()))
}

/// An address of Signalen in one line.
pub(super) fn address(value: &serde_json::Value) -> String {
    let part = |name: &str| match &value[name] {
        serde_json::Value::String(text) => text.trim().to_owned(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let addition = Some(part("huisnummer_toevoeging")).filter(|a| !a.is_empty()).map(|a| format!("-{a}"));
    let house = format!("{}{}{}", part("huisnummer"), part("huisletter"), addition.unwrap_or_default());
    let join = |parts: [String; 2]| parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
    let street = join([part("openbare_ruimte"), house]);
    let town = join([part("postcode"), part("woonplaats")]);
    [street, town].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
}
