//! `/templates`: the texts of messages, which the coordinator changes without a release. Every version is kept.

use super::letters::{self, About, Letter};
use super::store::{self, Version};
use super::template::{self, BODY, Event, SUBJECT, VARIABLES, Wrong};
use crate::Catalogue;
use crate::intake::clean;
use crate::model::State;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{At, Fault, FieldFaults, Uuid, audit};
use policy::Resource;
use serde::Deserialize;
use site::page::{Choice, Link, Page};
use site::{Cx, FormError, render, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "contact/pages/templates.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
    languages: Vec<String>,
}

struct Row {
    name: String,
    cells: Vec<Cell>,
}

struct Cell {
    href: String,
    language: String,
    text: String,
    own: String,
}

#[derive(askama::Template)]
#[template(path = "contact/pages/template.html")]
struct EditPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    subject_fault: String,
    body_fault: String,
    may_edit: bool,
    event: Event,
    language: String,
    category: String,
    categories: Vec<Choice>,
    languages: Vec<Choice>,
    request: Uuid,
    version: i64,
    subject: String,
    body: String,
    rows: usize,
    standing: String,
    own: bool,
    preview: Option<Letter>,
    variables: Vec<(String, String)>,
    history: Vec<Past>,
}

struct Past {
    at: String,
    iso: String,
    who: String,
    what: String,
    subject: String,
    body: String,
}

/// Which text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    language: String,
    category: String,
}

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TemplateForm {
    request: String,
    version: String,
    language: String,
    category: String,
    subject: String,
    body: String,
    what: String,
}

fn resource(cx: &Cx) -> Resource<'_> {
    Resource::ordinary("template", cx.code())
}

/// `GET /templates`: every message, in every language, and whether its text is the municipality's own.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("form:read", &resource(&cx))?;
    let mut tx = cx.read().await?;
    let own = store::templates(&mut tx, &permit).await?;
    drop(tx);
    let languages = cx.municipality.file.languages.clone();
    let catalogue = cx.municipality.get::<Catalogue>();
    let rows = Event::ALL
        .iter()
        .map(|event| Row {
            name: cx.t(&format!("contact-event-{event}")),
            cells: languages.iter().map(|language| cell(&cx, &catalogue, &own, *event, language)).collect(),
        })
        .collect();
    render(&ListPage {
        page: cx.page("contact-templates-title"),
        rows,
        languages: languages.iter().map(|l| cx.t(&format!("contact-language-{l}"))).collect(),
    })
}

fn cell(cx: &Cx, catalogue: &Catalogue, own: &[Version], event: Event, language: &str) -> Cell {
    let of: Vec<_> = own
        .iter()
        .filter(|v| v.event == event.as_str() && v.language == language && !v.body.is_empty())
        .map(|v| match v.category.as_str() {
            "" => cx.t("contact-template-all"),
            category => catalogue.name(category, cx.words.language()).to_owned(),
        })
        .collect();
    Cell {
        href: format!("/templates/{event}?language={language}"),
        language: cx.t(&format!("contact-language-{language}")),
        text: cx.t(if of.is_empty() { "contact-template-built-in" } else { "contact-template-own" }),
        own: of.join(", "),
    }
}

/// The language and category of a text, when the municipality has them.
fn which(cx: &Cx, which: &Which) -> Result<(String, String), Fault> {
    let offered = &cx.municipality.file.languages;
    let language = match which.language.as_str() {
        "" => offered.first().cloned().unwrap_or_default(),
        language if offered.iter().any(|l| l == language) => language.to_owned(),
        _ => return Err(Fault::NotFound),
    };
    let known = which.category.is_empty() || cx.municipality.get::<Catalogue>().get(&which.category).is_some();
    if known { Ok((language, which.category.clone())) } else { Err(Fault::NotFound) }
}

fn event(text: &str) -> Result<Event, Fault> {
    text.parse().map_err(|_| Fault::NotFound)
}

/// `GET /templates/{event}?language=…&category=…`: one text, its variables and its history.
///
/// # Errors
/// [`Fault::NotFound`] for what the municipality has not, or when the policy refuses.
pub async fn one(cx: Cx, Path(name): Path<String>, Query(asked): Query<Which>) -> Result<Response, Fault> {
    let (language, category) = which(&cx, &asked)?;
    let page = page(&cx, event(&name)?, (&language, &category), None, &FieldFaults::default(), None).await?;
    render(&page)
}

async fn page(
    cx: &Cx,
    event: Event,
    (language, category): (&str, &str),
    typed: Option<&TemplateForm>,
    faults: &FieldFaults,
    preview: Option<Letter>,
) -> Result<EditPage, Fault> {
    let permit = cx.permit("form:read", &resource(cx))?;
    let mut tx = cx.read().await?;
    let versions = store::versions(&mut tx, &permit, event, category, language).await?;
    let general = store::template(&mut tx, cx.code(), event, category, language).await?;
    drop(tx);
    let words = cx.app.library.words(language, cx.municipality.zone.clone());
    let newest = versions.first();
    let own = newest.is_some_and(|v| !v.body.is_empty());
    let standing = match (own, &general, category) {
        (true, _, _) => "contact-template-standing-own",
        (false, Some(_), c) if !c.is_empty() => "contact-template-standing-general",
        _ => "contact-template-standing-built-in",
    };
    let text = general.unwrap_or_else(|| letters::built_in(&words, event));
    let (subject, body) = typed.map_or((text.subject, text.body), |t| (t.subject.clone(), t.body.replace('\r', "")));
    let lang = cx.words.language();
    let mut categories = vec![Choice::new("", cx.t("contact-template-all"))];
    let catalogue = cx.municipality.get::<Catalogue>();
    categories.extend(catalogue.categories.iter().map(|c| Choice::new(c.id.as_str(), c.name.get(lang))));
    let name = cx.t(&format!("contact-event-{event}"));
    Ok(EditPage {
        page: cx.page_titled(cx.words.t1("contact-template-title", "name", &name)),
        crumbs: vec![Link::new("/templates", cx.t("contact-templates-title"))],
        errors: cx.summary(faults),
        subject_fault: faults.of("subject", &cx.words).unwrap_or_default(),
        body_fault: faults.of("body", &cx.words).unwrap_or_default(),
        may_edit: cx.may("form:edit"),
        event,
        categories,
        languages: cx
            .municipality
            .file
            .languages
            .iter()
            .map(|l| Choice::new(l.as_str(), cx.t(&format!("contact-language-{l}"))))
            .collect(),
        language: language.to_owned(),
        category: category.to_owned(),
        request: cx.app.clock.id(),
        version: newest.map_or(0, |v| v.version),
        rows: body.lines().count().clamp(8, 30) + 2,
        subject,
        body,
        standing: cx.t(standing),
        own,
        preview,
        variables: VARIABLES.iter().map(|v| (format!("{{ ${v} }}"), cx.t(&format!("contact-variable-{v}")))).collect(),
        history: versions
            .iter()
            .map(|v| Past {
                at: cx.words.date_time(v.at),
                iso: cx.words.iso(v.at),
                who: v.actor.clone().unwrap_or_default(),
                what: cx.t(if v.body.is_empty() { "contact-template-restored" } else { "contact-template-changed" }),
                subject: v.subject.clone(),
                body: v.body.clone(),
            })
            .collect(),
    })
}

fn check(form: &TemplateForm) -> (Letter, FieldFaults) {
    let letter = Letter { subject: clean(&form.subject), body: clean(&form.body.replace('\r', "")) };
    let mut faults = FieldFaults::default();
    for (field, text, most) in [("subject", &letter.subject, SUBJECT), ("body", &letter.body, BODY)] {
        if text.is_empty() {
            faults.add(field, "contact-template-empty");
        } else if text.chars().count() > most {
            faults.add_with(field, "contact-template-long", vec![("most", most.to_string())]);
        }
        match template::check(text) {
            Ok(()) => {}
            Err(Wrong::Brace(line)) => {
                faults.add_with(field, "contact-template-brace", vec![("line", line.to_string())]);
            }
            Err(Wrong::Unknown(line, name)) => {
                let values = vec![("line", line.to_string()), ("name", name)];
                faults.add_with(field, "contact-template-unknown", values);
            }
        }
    }
    if letter.subject.contains('\n') {
        faults.add("subject", "contact-template-subject-line");
    }
    (letter, faults)
}

/// The text with an example report: nobody's data.
fn example(cx: &Cx, letter: &Letter, language: &str, category: &str) -> Result<Letter, Fault> {
    let words = cx.app.library.words(language, cx.municipality.zone.clone());
    let catalogue = cx.municipality.get::<Catalogue>();
    let first = catalogue.categories.first().map_or("", |c| c.id.as_str());
    let note = words.t("contact-example-note");
    let about = About {
        id: Uuid::nil(),
        reference: "7K2M-9QXP",
        category: if category.is_empty() { first } else { category },
        state: State::InProgress,
        reported_at: cx.now,
        due_at: Some(At::from_micros(cx.now.micros() + 7 * 86_400_000_000)),
        language,
        note: &note,
        link: format!("{}/report/status/…", cx.app.public_url),
    };
    let values = letters::values(cx, &words, &about)?;
    Ok(Letter { subject: template::fill(&letter.subject, &values), body: template::fill(&letter.body, &values) })
}

/// `POST /templates/{event}`: shows the text with an example, keeps it, or goes back to the text that is built in.
///
/// # Errors
/// As [`one`]; what the sender can mend comes back with what was typed; [`Fault::Stale`] when somebody else was first.
pub async fn edit(cx: Cx, Path(name): Path<String>, Form(form): Form<TemplateForm>) -> Result<Response, Fault> {
    let permit = cx.permit("form:edit", &resource(&cx))?;
    let event = event(&name)?;
    let asked = Which { language: form.language.clone(), category: form.category.clone() };
    let (language, category) = which(&cx, &asked)?;
    let (Ok(request), Ok(version)) = (Uuid::try_parse(&form.request), form.version.parse::<i64>()) else {
        return Err(Fault::Bad("fault-bad-request"));
    };
    let (letter, faults) = check(&form);
    let place = (language.as_str(), category.as_str());
    let letter = match form.what.as_str() {
        "restore" => Letter::default(),
        "save" | "preview" if !faults.is_empty() => {
            let page = page(&cx, event, place, Some(&form), &faults, None).await?;
            return render_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        "preview" => {
            let shown = example(&cx, &letter, &language, &category)?;
            return render(&page(&cx, event, place, Some(&form), &faults, Some(shown)).await?);
        }
        "save" => letter,
        _ => return Err(Fault::Bad("fault-bad-request")),
    };
    let back = format!("/templates/{event}?language={language}&category={category}");
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, cx.code(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    let next = (event, place.1, place.0);
    if store::add_version(&mut tx, &permit, next, version + 1, &letter, (cx.actor.account, cx.now)).await? == 0 {
        return Err(Fault::Stale);
    }
    let detail = serde_json::json!({ "language": language, "category": category, "version": version + 1 });
    audit::record(&mut tx, &cx.deed(), permit.action(), "template", event.as_str(), &detail).await?;
    tx.commit().await?;
    Ok(see_other(&back))
}
