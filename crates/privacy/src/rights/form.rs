//! The fields of a sent form, by name.

use axum::extract::{Form, FromRequest, Request};
use kit::{Fault, Uuid};

/// What a form sent.
#[derive(Clone, Debug, Default)]
pub struct Fields(pub(crate) Vec<(String, String)>);

impl Fields {
    /// The value of a field without blanks around it; empty when it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The value without control characters, as a text that is kept.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.get(name).chars().filter(|c| !c.is_control() || *c == '\n').collect()
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

    /// What follows `prefix` in the names of the boxes that were ticked.
    pub fn ticked<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(|(_, value)| !value.is_empty()).filter_map(move |(key, _)| key.strip_prefix(prefix))
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        form.map(|Form(fields)| Self(fields)).map_err(|_| Fault::Bad("fault-bad-request"))
    }
}
