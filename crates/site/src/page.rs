//! The frame around every page, and how a page becomes a response.

use axum::response::{Html, IntoResponse, Response};
use kit::{Fault, Words};

/// What `layout.html` reads as `page`.
#[derive(Clone, Debug)]
pub struct Page {
    /// Language of the page.
    pub lang: String,
    /// Title and first heading.
    pub title: String,
    /// Name of the municipality.
    pub municipality: String,
    /// Main menu, for who is signed in.
    pub menu: Vec<MenuItem>,
    /// Who is signed in.
    pub user: Option<PageUser>,
    /// Base path of static files.
    pub assets: String,
    /// Path and query of this page.
    pub path: String,
    /// A message on top.
    pub notice: Option<Notice>,
    /// Texts, dates and numbers in the page's language.
    pub words: Words,
}

impl Page {
    /// The text of a key.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.words.t(key)
    }

    /// The same page with a message on top; `kind` is info, success, warning or error.
    #[must_use]
    pub fn with_notice(mut self, kind: &'static str, text: String) -> Self {
        self.notice = Some(Notice { kind, text });
        self
    }
}

/// One line of the main menu.
#[derive(Clone, Debug)]
pub struct MenuItem {
    /// Address.
    pub href: String,
    /// Text.
    pub label: String,
    /// Whether this page lies under it.
    pub current: bool,
    /// The rooms of one part of the work, when it has several; the item itself leads to the first.
    pub rooms: Vec<MenuItem>,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct PageUser {
    /// Name.
    pub name: String,
    /// Role in words.
    pub role: String,
}

/// A message on top of a page.
#[derive(Clone, Debug)]
pub struct Notice {
    /// info, success, warning or error.
    pub kind: &'static str,
    /// The sentence.
    pub text: String,
}

/// One line of the error summary.
#[derive(Clone, Debug)]
pub struct FormError {
    /// Name of the control.
    pub field: String,
    /// What to do.
    pub text: String,
}

/// One choice of a select, radio group or tile group.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A line below the label (tiles).
    pub hint: String,
    /// Icon (tiles).
    pub icon: String,
}

impl Choice {
    /// A choice without hint or icon.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }
}

/// A link of a breadcrumb or of tabs.
#[derive(Clone, Debug)]
pub struct Link {
    /// Address.
    pub href: String,
    /// Text.
    pub label: String,
    /// Whether it is this page (tabs).
    pub current: bool,
}

impl Link {
    /// A link that is not this page.
    #[must_use]
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), current: false }
    }
}

/// Renders a page; pages about persons and cases are never kept by a cache.
///
/// # Errors
/// [`Fault::Internal`] when the template fails.
pub fn render<T: askama::Template>(template: &T) -> Result<Response, Fault> {
    let html = template.render().map_err(|e| Fault::Internal(e.to_string()))?;
    Ok(([(axum::http::header::CACHE_CONTROL, "no-store")], Html(html)).into_response())
}

/// Renders a page with another status than 200 (a form with faults: 422).
///
/// # Errors
/// As [`render`].
pub fn render_as<T: askama::Template>(status: axum::http::StatusCode, template: &T) -> Result<Response, Fault> {
    let mut response = render(template)?;
    *response.status_mut() = status;
    Ok(response)
}

/// Sends the reader on after a form (303).
#[must_use]
pub fn see_other(to: &str) -> Response {
    axum::response::Redirect::to(to).into_response()
}
