//! What the forms of partners, covenants and authorisations share: sent fields, typed days, faults shown again.

use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;
use kit::clock::{day_date, day_number};
use kit::{At, Fault, FieldFaults, Municipality, Uuid};
use site::{Choice, Cx, FormError, Link, Page};

/// Longest one-line text, in characters.
const LINE: usize = 200;
/// Longest text of more lines: a paragraph, not a document.
const PARAGRAPH: usize = 4000;

/// What a form sent; a group of check boxes sends its name more than once.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// A form that is filled in beforehand.
    #[must_use]
    pub(crate) fn filled<const N: usize>(fields: [(&str, String); N]) -> Self {
        Self(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// The same form with a ticked box for each of `values`.
    #[must_use]
    pub(crate) fn with_ticked(mut self, name: &str, values: impl IntoIterator<Item = String>) -> Self {
        self.0.extend(values.into_iter().map(|value| (name.to_owned(), value)));
        self
    }

    /// The value of a field without spaces around it; empty when it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The same as a text of its own.
    pub(crate) fn text(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// The values of the boxes that were ticked.
    pub(crate) fn ticked(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.clone()).collect()
    }

    /// Whether the box `value` was ticked.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(key, v)| key == name && v == value)
    }

    /// The id in a field.
    ///
    /// # Errors
    /// [`Fault::Bad`] when there is none: the page itself put it there.
    pub(crate) fn id(&self, name: &str) -> Result<Uuid, Fault> {
        Uuid::try_parse(self.get(name)).map_err(|_| Fault::Bad("fault-bad-request"))
    }

    /// The number in a field.
    ///
    /// # Errors
    /// As [`Fields::id`].
    pub(crate) fn number(&self, name: &str) -> Result<i64, Fault> {
        self.get(name).parse().map_err(|_| Fault::Bad("fault-bad-request"))
    }

    /// The day in a field.
    pub(crate) fn day(&self, name: &str) -> Day {
        Day::typed(self.get(name))
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        form.map(|Form(fields)| Self(fields)).map_err(|_| Fault::Bad("fault-bad-request"))
    }
}

/// A day as somebody typed it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Day {
    /// Nothing.
    #[default]
    Absent,
    /// Something that is no day.
    Unreadable,
    /// Days since 1970-01-01.
    Of(i32),
}

impl Day {
    /// Reads what a date field sends, `2024-06-30`.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        match text.trim() {
            "" => Self::Absent,
            text => text.parse().map_or(Self::Unreadable, |date| Self::Of(day_number(date))),
        }
    }

    /// The first instant of the day in the municipality.
    pub(crate) fn start(self, municipality: &Municipality) -> Option<At> {
        match self {
            Self::Of(day) => day_date(day).to_zoned(municipality.zone.clone()).ok().map(|z| At(z.timestamp())),
            _ => None,
        }
    }

    /// The first instant after the day.
    pub(crate) fn end(self, municipality: &Municipality) -> Option<At> {
        match self {
            Self::Of(day) => Self::Of(day.saturating_add(1)).start(municipality),
            _ => None,
        }
    }
}

/// The local day of an instant, as a date field wants it.
pub(crate) fn iso_day(cx: &Cx, at: At) -> String {
    at.local(&cx.municipality.zone).date().to_string()
}

/// The last day that counts when `until` is the first instant that does not.
pub(crate) fn last_day(until: At) -> At {
    At::from_micros(until.micros() - 1)
}

/// Adds a fault when a one-line text that must be there is not, or is too long.
pub(crate) fn line(faults: &mut FieldFaults, field: &'static str, text: &str, missing: &'static str) {
    if text.trim().is_empty() {
        faults.add(field, missing);
    }
    short(faults, field, text, LINE);
}

/// The same for a text of more lines.
pub(crate) fn paragraph(faults: &mut FieldFaults, field: &'static str, text: &str, missing: &'static str) {
    if text.trim().is_empty() {
        faults.add(field, missing);
    }
    short(faults, field, text, PARAGRAPH);
}

/// Adds a fault when a text that may be empty is too long for one line.
pub(crate) fn optional_line(faults: &mut FieldFaults, field: &'static str, text: &str) {
    short(faults, field, text, LINE);
}

fn short(faults: &mut FieldFaults, field: &'static str, text: &str, most: usize) {
    if text.chars().count() > most {
        faults.add_with(field, "partners-too-long", vec![("most", most.to_string())]);
    }
}

/// Adds a fault when the text is no e-mail address; whether it may be empty, the caller says.
pub(crate) fn email(faults: &mut FieldFaults, field: &'static str, text: &str, required: bool) {
    let whole = text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    if (required || !text.is_empty()) && (!whole || text.contains(char::is_whitespace)) {
        faults.add(field, "partners-email-wrong");
    }
    short(faults, field, text, LINE);
}

/// One fault of one field, as the end of an operation.
pub(crate) fn wrong(field: &'static str, key: &'static str) -> Fault {
    let mut faults = FieldFaults::default();
    faults.add(field, key);
    Fault::Invalid(faults)
}

/// What is wrong with a form that is shown again.
#[derive(Debug, Default)]
pub(crate) struct Trouble {
    faults: FieldFaults,
    stale: bool,
}

impl Trouble {
    /// Sorts out the end of an operation: a trouble to show with the form, or a fault of another kind.
    pub(crate) fn of(fault: Fault) -> Result<Self, Fault> {
        match fault {
            Fault::Invalid(faults) => Ok(Self { faults, stale: false }),
            Fault::Stale => Ok(Self { faults: FieldFaults::default(), stale: true }),
            other => Err(other),
        }
    }

    /// The status of the page that shows the form again.
    pub(crate) fn status(&self) -> StatusCode {
        match (self.stale, self.faults.is_empty()) {
            (true, _) => StatusCode::CONFLICT,
            (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::OK,
        }
    }

    /// The sentences in the reader's language.
    pub(crate) fn said(&self, cx: &Cx, first_field: &str) -> Said {
        let mut all = cx.summary(&self.faults);
        if self.stale {
            all.push(FormError { field: first_field.to_owned(), text: cx.t("partners-stale") });
        }
        Said { all }
    }
}

/// The faults of a form in words, for its page.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Each fault, for the summary.
    pub(crate) all: Vec<FormError>,
}

impl Said {
    /// The sentence of a field; empty when it is right.
    pub(crate) fn at(&self, field: &str) -> &str {
        self.all.iter().find(|e| e.field == field).map_or("", |e| &e.text)
    }
}

/// Whether a form was just saved.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Saved {
    /// Present after a redirect.
    saved: Option<u8>,
}

impl Saved {
    /// The page, with the message that the form was saved.
    pub(crate) fn on(&self, cx: &Cx, page: Page) -> Page {
        if self.saved.is_some() { page.with_notice("success", cx.t("partners-saved")) } else { page }
    }
}

/// The processings of fenced records as choices, each with its regime.
pub(crate) fn processings(cx: &Cx) -> Vec<Choice> {
    let register = cx.app.policy.register();
    let fenced = register.all().iter().filter(|p| p.record);
    fenced.map(|p| Choice::new(p.id.clone(), processing_name(cx, &p.id))).collect()
}

/// The name of a processing with its regimes, `Bibob-onderzoek, R6`; the id when the register lost it.
pub(crate) fn processing_name(cx: &Cx, id: &str) -> String {
    let Some(processing) = cx.app.policy.register().get(id) else { return id.to_owned() };
    let regimes: Vec<&str> = processing.regimes.iter().map(|r| r.code()).collect();
    format!("{}, {}", processing.name.get(cx.words.language()), regimes.join(" "))
}

/// Organisations, covenants and authorisations as tabs; `current` is the address of the list.
pub(crate) fn tabs(cx: &Cx, current: &str) -> Vec<Link> {
    [
        ("/partners", cx.t("partners-title"), "partner:read"),
        ("/covenants", cx.t("covenants-title"), "partner:read"),
        ("/authorisations", cx.t("authorisations-title"), "authorisation:read"),
    ]
    .into_iter()
    .filter(|(_, _, action)| cx.may(action))
    .map(|(href, label, _)| Link { current: href == current, ..Link::new(href, label) })
    .collect()
}
