//! One error for the web: it decides the status, the page or problem+json, and what the log may say.

use crate::db::DbError;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::borrow::Cow;

/// Faults of a form, by field: the locale key of what to do, and values for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldFaults(pub Vec<FieldFault>);

/// One fault of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// The field's name in the form or in the JSON.
    pub field: Cow<'static, str>,
    /// Locale key of a sentence that says what to do.
    pub key: &'static str,
    /// Values for the sentence.
    pub values: Vec<(&'static str, String)>,
}

impl FieldFaults {
    /// Adds a fault without values.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, key: &'static str) {
        self.add_with(field, key, vec![]);
    }

    /// Adds a fault with values for its sentence.
    pub fn add_with(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        key: &'static str,
        values: Vec<(&'static str, String)>,
    ) {
        self.0.push(FieldFault { field: field.into(), key, values });
    }

    /// Whether the form is right.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sentence for `field`, if it has a fault.
    #[must_use]
    pub fn of(&self, field: &str, words: &crate::Words) -> Option<String> {
        self.0.iter().find(|f| f.field == field).map(|f| f.sentence(words))
    }

    /// Every fault as `(field, sentence)`, for the summary on top of a form.
    #[must_use]
    pub fn sentences(&self, words: &crate::Words) -> Vec<(String, String)> {
        self.0.iter().map(|f| (f.field.to_string(), f.sentence(words))).collect()
    }

    /// `Err(Fault::Invalid)` when there is any fault.
    ///
    /// # Errors
    /// See above.
    pub fn ok(self) -> Result<(), Fault> {
        if self.is_empty() { Ok(()) } else { Err(Fault::Invalid(self)) }
    }
}

impl FieldFault {
    /// The sentence in the user's language.
    #[must_use]
    pub fn sentence(&self, words: &crate::Words) -> String {
        let values: Vec<_> = self.values.iter().map(|(k, v)| (*k, v.as_str().into())).collect();
        words.ta(self.key, &values)
    }
}

/// What a request can end in besides success.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Fault {
    /// There is no such record or page, or its existence is not yours to know.
    #[error("not found")]
    NotFound,
    /// The address exists, but not for this method (RFC 9110, 15.5.6).
    #[error("no such method here")]
    Method,
    /// Sign in first.
    #[error("not signed in")]
    SignIn,
    /// The policy refused; the roles that may, so that the page can say whom to ask.
    #[error("refused: {action}")]
    Refused {
        /// The action of the policy.
        action: String,
        /// Roles that are allowed to do it.
        who: Vec<String>,
        /// The fences that refused somebody whose role may (`fence-*` of the policies).
        fences: Vec<String>,
    },
    /// Fields are wrong.
    #[error("invalid input")]
    Invalid(FieldFaults),
    /// Somebody changed the record since the form was opened.
    #[error("stale form")]
    Stale,
    /// The rules do not allow this now; locale key and values of a sentence that says why.
    #[error("not allowed now: {key}")]
    Rule {
        /// Locale key.
        key: &'static str,
        /// Values.
        values: Vec<(&'static str, String)>,
    },
    /// The request cannot be read; locale key of a sentence that says what to send.
    #[error("bad request: {0}")]
    Bad(&'static str),
    /// More bytes than allowed, in megabytes.
    #[error("more than {0} MB")]
    TooLarge(u64),
    /// Too many tries; seconds to wait.
    #[error("wait {0} s")]
    Wait(i64),
    /// The request came from another site.
    #[error("request from another site")]
    OtherSite,
    /// Our fault; the words are for the log only.
    #[error("{0}")]
    Internal(String),
}

impl Fault {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Refused { .. } | Self::OtherSite => StatusCode::FORBIDDEN,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Stale | Self::Rule { .. } => StatusCode::CONFLICT,
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The word that names this fault in problem+json and in locale keys (`fault-<word>-title`).
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Method => "method",
            Self::SignIn => "sign-in",
            Self::Refused { .. } => "refused",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Rule { .. } => "rule",
            Self::Bad(_) => "bad",
            Self::TooLarge(_) => "too-large",
            Self::Wait(_) => "wait",
            Self::OtherSite => "other-site",
            Self::Internal(_) => "internal",
        }
    }
}

impl From<DbError> for Fault {
    fn from(error: DbError) -> Self {
        match &error {
            // PostgreSQL cannot hold a NUL in a text (SQLSTATE 22021): what was sent is wrong, not the program.
            DbError::Sqlx(sqlx::Error::Database(e)) if e.code().as_deref() == Some("22021") => {
                Self::Bad("fault-bad-request")
            }
            _ => Self::Internal(error.to_string()),
        }
    }
}

impl From<anyhow::Error> for Fault {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(format!("{error:#}"))
    }
}

/// The response carries the fault along; the site's outermost layer turns it into a page or
/// problem+json in the reader's language.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
