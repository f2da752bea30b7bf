//! The macros and the layout, rendered: controls are tied to their hint and error, nothing is inline,
//! and every text exists in both languages.

use crate::page::{Choice, FormError, Link, MenuItem, Page, PageUser};
use askama::Template;
use std::path::Path;
use std::sync::Arc;

#[derive(Template)]
#[template(
    ext = "html",
    source = r##"{% extends "layout.html" %}{% import "macros.html" as ui %}
{% block breadcrumb %}{{ ui::breadcrumb(links) }}{% endblock %}
{% block main %}
{{ ui::error_summary(errors) }}
{{ ui::field("place", "Waar?", evil, hint = "Straat", error = "Vul <in>") }}
{{ ui::field("mail", "Mail", "", kind = "email", required = false, autocomplete = "email") }}
{{ ui::textarea("text", "Wat?", evil, hint = "kort") }}
{{ ui::select("kind", "Soort", choices, "b") }}
{{ ui::radios("why", "Waarom", choices, "a", error = "Kies") }}
{{ ui::radio_tiles("cat", "Categorie", choices, "a") }}
{{ ui::checkbox("keep", "Bewaar", true) }}
{{ ui::badge("late", evil) }}{{ ui::notice("info", evil) }}{{ ui::empty("Niets", evil) }}
<ul class="tiles">{{ ui::tile("Open", "3", note = "meer", href = "/x", trend = "up") }}</ul>
<table><tr>{{ ui::th("Wat", href = "?sort=a", sort = "ascending", numeric = true) }}</tr></table>
{{ ui::pagination("", "?after=1") }}{{ ui::tabs("Delen", links) }}{{ ui::steps(labels, 2) }}
{% endblock %}"##
)]
struct Sheet {
    page: Page,
    evil: &'static str,
    errors: Vec<FormError>,
    links: Vec<Link>,
    choices: Vec<Choice>,
    labels: Vec<&'static str>,
}

fn library() -> Arc<kit::words::Library> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales");
    Arc::new(kit::words::Library::from_dir(&root).unwrap())
}

fn sheet(language: &str) -> String {
    let words = library().words(language, jiff::tz::TimeZone::UTC);
    let page = Page {
        lang: language.to_owned(),
        title: "Proef".to_owned(),
        municipality: "Gemeente Heemskerk".to_owned(),
        menu: vec![MenuItem { href: "/".to_owned(), label: "Start".to_owned(), current: true, rooms: vec![] }],
        user: Some(PageUser { name: "A <b>".to_owned(), role: "raad".to_owned() }),
        assets: "/static/x".to_owned(),
        path: "/a?b=1&c=\"2\"".to_owned(),
        notice: None,
        words,
    };
    let choices = vec![Choice::new("a", "A & B"), Choice::new("b", "B")];
    let evil = "<script>alert('x')</script>\"";
    let errors = vec![FormError { field: "place".to_owned(), text: "Vul in".to_owned() }];
    let links = vec![Link { current: true, ..Link::new("/a", "A") }];
    Sheet { page, evil, errors, links, choices, labels: vec!["een", "twee", "drie"] }.render().unwrap()
}

#[test]
fn controls_are_tied_to_their_hint_and_error() {
    let html = sheet("nl");
    for part in [
        r#"<label for="place">"#,
        r#"aria-describedby="place-hint place-error" aria-invalid="true""#,
        r#"id="place-hint""#,
        r#"id="place-error""#,
        r##"<a href="#place">"##,
        r#"aria-describedby="text-hint""#,
        r#"<option value="b" selected>"#,
        r#"value="a" checked"#,
        r#"autocomplete="email""#,
        r#"<span class="badge late">"#,
        r#"aria-sort="ascending""#,
        r#"rel="next""#,
        r#"<li aria-current="step">"#,
        r#"<li class="done">"#,
        r#"href="/" aria-current="page""#,
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains(r#"rel="prev""#), "an empty address gives no link");
}

#[test]
fn nothing_is_inline_and_all_text_is_escaped() {
    let html = sheet("nl");
    for banned in ["<script>", "<style", " style=", " onclick=", "A <b>", "c=\"2\""] {
        assert!(!html.contains(banned), "{banned}: {html}");
    }
}

#[test]
fn every_text_of_the_layout_exists_in_both_languages() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("pages");
    let mut keys = Vec::new();
    for file in ["layout.html", "macros.html", "fault.html"] {
        let text = std::fs::read_to_string(pages.join(file)).unwrap();
        keys.extend(text.split("page.t(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
    }
    assert!(keys.len() > 15, "{keys:?}");
    for language in ["nl", "en"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../locales/{language}"));
        let all: String =
            std::fs::read_dir(path).unwrap().map(|f| std::fs::read_to_string(f.unwrap().path()).unwrap()).collect();
        for key in &keys {
            assert!(all.lines().any(|l| l.starts_with(&format!("{key} ="))), "{language}: {key}");
        }
    }
}
