//! What the forms of groups and followers share.

use areas::Atlas;
use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;
use kit::clock::day_number;
use kit::{Fault, FieldFaults, Uuid};
use signals::Catalogue;
use site::{Choice, Cx, FormError};

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
    pub(crate) fn ticked(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.clone()).collect()
    }

    /// The same form with one more value.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// The same form with a ticked box for each of `values`.
    pub(crate) fn with_all(mut self, name: &str, values: &[String]) -> Self {
        self.0.extend(values.iter().map(|v| (name.to_owned(), v.clone())));
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

    /// The day in a field, days since 1970-01-01.
    pub(crate) fn day(&self, name: &str) -> Option<i64> {
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
            all.push(FormError { field: first_field.to_owned(), text: cx.t("neighbours-stale") });
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

/// Adds a fault when a text is too long.
pub(crate) fn short(faults: &mut FieldFaults, field: &'static str, text: &str, most: usize) {
    if text.chars().count() > most {
        faults.add_with(field, "neighbours-too-long", vec![("most", most.to_string())]);
    }
}

/// The neighbourhoods as choices.
pub(crate) fn area_choices(cx: &Cx) -> Vec<Choice> {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    sheet.neighbourhoods().map(|a| Choice::new(&a.code, &a.name)).collect()
}

/// The main categories as choices: what a message can be about.
pub(crate) fn topic_choices(cx: &Cx) -> Vec<Choice> {
    let catalogue = cx.municipality.get::<Catalogue>();
    catalogue.mains.iter().map(|m| Choice::new(&m.id, m.name.get(cx.words.language()))).collect()
}

/// Those of which something is shown to the public: what there can be news about.
pub(crate) fn public_topics(cx: &Cx) -> Vec<Choice> {
    let catalogue = cx.municipality.get::<Catalogue>();
    let public = |c: &Choice| catalogue.of_main(&c.value).any(|category| category.public);
    topic_choices(cx).into_iter().filter(public).collect()
}

/// Whether each of `values` is one of the choices.
pub(crate) fn among(values: &[String], choices: &[Choice]) -> bool {
    values.iter().all(|v| choices.iter().any(|c| c.value == *v))
}

/// The names of areas in a language of no matter; all of them when there are none.
pub(crate) fn area_names(cx: &Cx, areas: &[String]) -> String {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let names: Vec<&str> = areas.iter().map(|a| sheet.name(a)).collect();
    if names.is_empty() { cx.municipality.file.name.clone() } else { names.join(", ") }
}

/// The names of main categories; empty when there are none.
pub(crate) fn topic_names(cx: &Cx, topics: &[String], language: &str) -> String {
    let catalogue = cx.municipality.get::<Catalogue>();
    let name = |id: &String| catalogue.mains.iter().find(|m| m.id == *id).map(|m| m.name.get(language).to_owned());
    topics.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}
