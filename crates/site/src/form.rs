//! Sent forms: their fields by name, and what was wrong with one that is shown again.

use crate::{Cx, FormError};
use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;
use kit::clock::day_number;
use kit::{Fault, FieldFaults, Uuid};

/// What a form sent; a group of check boxes sends its name more than once.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The value of a field without spaces around it; empty when it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// Whether the box `value` was ticked.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(key, v)| key == name && v == value)
    }

    /// The values of the boxes that were ticked.
    #[must_use]
    pub fn ticked(&self, name: &str) -> Vec<String> {
        self.all(name).into_iter().filter(|value| !value.is_empty()).collect()
    }

    /// Every value of a field, empty ones too.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }

    /// The names and values in the order in which they were sent.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The same form with one more value.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }

    /// The same form with a ticked box for each of `values`.
    #[must_use]
    pub fn with_all(mut self, name: &str, values: &[String]) -> Self {
        self.0.extend(values.iter().map(|v| (name.to_owned(), v.clone())));
        self
    }

    /// The id in a field.
    ///
    /// # Errors
    /// [`Fault::Bad`] when there is none: the page itself put it there.
    pub fn id(&self, name: &str) -> Result<Uuid, Fault> {
        Uuid::try_parse(self.get(name)).map_err(|_| Fault::Bad("fault-bad-request"))
    }

    /// The number in a field.
    ///
    /// # Errors
    /// As [`Fields::id`].
    pub fn number(&self, name: &str) -> Result<i64, Fault> {
        self.get(name).parse().map_err(|_| Fault::Bad("fault-bad-request"))
    }

    /// The day in a field, days since 1970-01-01; `None` when it is empty or no day.
    #[must_use]
    pub fn day(&self, name: &str) -> Option<i64> {
        self.get(name).parse().ok().map(|d| i64::from(day_number(d)))
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
pub struct Trouble {
    /// Per field what to do.
    pub faults: FieldFaults,
    stale: bool,
}

impl Trouble {
    /// Sorts out the end of an operation: a trouble to show with the form, or a fault of another kind.
    ///
    /// # Errors
    /// The fault, when the form has no part in it.
    pub fn of(fault: Fault) -> Result<Self, Fault> {
        match fault {
            Fault::Invalid(faults) => Ok(Self { faults, stale: false }),
            Fault::Stale => Ok(Self { faults: FieldFaults::default(), stale: true }),
            other => Err(other),
        }
    }

    /// The status of the page that shows the form again.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match (self.stale, self.faults.is_empty()) {
            (true, _) => StatusCode::CONFLICT,
            (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::OK,
        }
    }

    /// The sentences in the reader's language.
    #[must_use]
    pub fn said(&self, cx: &Cx, first_field: &str) -> Said {
        let mut all = cx.summary(&self.faults);
        if self.stale {
            all.push(FormError { field: first_field.to_owned(), text: cx.t("site-stale") });
        }
        Said { all }
    }
}

/// The faults of a form in words, for its page.
#[derive(Debug, Default)]
pub struct Said {
    /// Each fault, for the summary.
    pub all: Vec<FormError>,
}

impl Said {
    /// The sentence of a field; empty when it is right.
    #[must_use]
    pub fn at(&self, field: &str) -> &str {
        self.all.iter().find(|e| e.field == field).map_or("", |e| &e.text)
    }
}
