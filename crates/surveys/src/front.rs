//! What the forms of questionnaires share: sent fields, and faults shown again.

use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;
use kit::{Fault, FieldFaults, Uuid};
use site::{Cx, FormError, Page};

/// What a form sent; a group of check boxes sends its name more than once.
#[derive(Clone, Debug, Default)]
pub struct Fields(pub(crate) Vec<(String, String)>);

impl Fields {
    /// The value of a field without spaces around it; empty when it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value of a field.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }

    /// The same form with one more value.
    pub(crate) fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.push((name.into(), value.into()));
        self
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
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        form.map(|Form(fields)| Self(fields)).map_err(|_| Fault::Bad("fault-bad-request"))
    }
}

/// What is wrong with a form that is shown again.
#[derive(Debug, Default)]
pub(crate) struct Trouble {
    pub(crate) faults: FieldFaults,
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
            all.push(FormError { field: first_field.to_owned(), text: cx.t("surveys-stale") });
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
        if self.saved.is_some() { page.with_notice("success", cx.t("surveys-saved")) } else { page }
    }
}

/// An id without a time in it (UUID version 4): from the random bits of two time-ordered ones.
pub(crate) fn blind_id(cx: &Cx) -> Uuid {
    let random = || cx.app.clock.id().as_u128() & 0x3fff_ffff_ffff_ffff;
    let bits = (random() << 64) | (random() << 2) ^ random();
    let bits = bits & !(0xf_u128 << 76) | (4 << 76);
    Uuid::from_u128(bits & !(3_u128 << 62) | (2 << 62))
}
