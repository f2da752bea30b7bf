//! The pages below every page: what this site is, privacy, accessibility.

use crate::Cx;
use crate::page::{Page, render};
use axum::response::Response;
use kit::Fault;

#[derive(askama::Template)]
#[template(path = "about.html")]
struct AboutPage {
    page: Page,
    lead: String,
    sections: Vec<(String, String)>,
    contact: Contact,
}

struct Contact {
    organisation: String,
    email: String,
    phone: String,
}

fn text_page(cx: &Cx, name: &str, sections: &[&str]) -> Result<Response, Fault> {
    let contact = &cx.municipality.file.contact;
    let municipality = &cx.municipality.file.name;
    render(&AboutPage {
        page: cx.page(&format!("about-{name}-title")),
        lead: cx.words.t1(&format!("about-{name}-lead"), "municipality", municipality),
        sections: sections
            .iter()
            .map(|s| {
                let key = format!("about-{name}-{s}");
                (cx.t(&format!("{key}-title")), cx.words.t1(&format!("{key}-text"), "municipality", municipality))
            })
            .collect(),
        contact: Contact {
            organisation: contact.organisation.clone(),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
        },
    })
}

/// `GET /about`
pub async fn about(cx: Cx) -> Result<Response, Fault> {
    text_page(&cx, "site", &["what", "open"])
}

/// `GET /privacy`
pub async fn privacy(cx: Cx) -> Result<Response, Fault> {
    text_page(&cx, "privacy", &["what", "why", "who", "rights"])
}

/// `GET /accessibility`
pub async fn accessibility(cx: Cx) -> Result<Response, Fault> {
    text_page(&cx, "accessibility", &["how", "state", "help"])
}
