//! What was removed from daily work, for complaints and accountability only: one record at a time, by the privacy
//! officer, with a reason (Wpg art. 14(2)).

use crate::config::RecordsConfig;
use crate::open::text;
use crate::record::{LineView, line_view, shown_fields};
use crate::stage;
use crate::store;
use crate::typed::Typed;
use crate::way::fitting_hat;
use crate::write::{self, Act, FieldText, place};
use axum::Form;
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, FieldFaults, Uuid};
use policy::{Resource, Stage};
use site::page::{Choice, Link, Page};
use site::{Cx, FormError, render, render_as};

#[derive(askama::Template)]
#[template(path = "pages/review.html")]
struct ReviewPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    faults: Vec<(String, String)>,
    typed: Typed,
    processings: Vec<Choice>,
    none: bool,
}

impl ReviewPage {
    fn fault(&self, field: &str) -> String {
        self.faults.iter().find(|(f, _)| *f == field).map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

#[derive(askama::Template)]
#[template(path = "pages/reviewed.html")]
struct ReviewedPage {
    page: Page,
    crumbs: Vec<Link>,
    reason: String,
    id: Uuid,
    fields: Vec<(String, String)>,
    history: Vec<LineView>,
    before: Vec<(String, String, String)>,
}

/// `GET /records/review`: which record, and why.
///
/// # Errors
/// When the policy refuses.
pub async fn form(cx: Cx) -> Result<Response, Fault> {
    cx.app.policy.enter(&cx.actor, "record:review")?;
    shown(&cx, Typed::default(), &FieldFaults::default(), false)
}

/// `POST /records/review`: one removed record. Any other record is not there.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn read(cx: Cx, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let typed = Typed(pairs);
    cx.app.policy.enter(&cx.actor, "record:review")?;
    let config = cx.municipality.get::<RecordsConfig>();
    let mut faults = FieldFaults::default();
    let reason = typed.reason("reason", config.reason_min_chars, &mut faults);
    let id = Uuid::try_parse(&typed.get("record"));
    if id.is_err() {
        faults.add("record", "records-search-id-wrong");
    }
    let name = typed.get("processing");
    let known = crate::way::processing(&cx, &name);
    if known.is_err() {
        faults.add("processing", "records-processing-missing");
    }
    let (Ok(id), Ok((processing, regime)), true) = (id, known, faults.is_empty()) else {
        return shown(&cx, typed, &faults, false);
    };
    let target = Resource { stage: Stage::Removed, ..Resource::fenced("record", cx.code(), regime, &processing.id) };
    let permit = cx.permit_as("record:review", &target, &cx.how(fitting_hat(regime), true))?;
    let seal = cx.seal(&permit)?;
    let mut tx = cx.vault(&permit)?.write().await?;
    let found = store::get(&mut tx, permit.municipality(), id).await?.filter(|r| r.processing == processing.id);
    let found = found.filter(|r| stage::of(&cx, processing, r) == Stage::Removed);
    if found.is_none() {
        return shown(&cx, typed, &faults, true);
    }
    let fields = write::opened(&mut tx, seal, permit.municipality(), id).await?;
    let history = store::history(&mut tx, &permit, id).await?;
    let act = Act {
        action: permit.action(),
        processing: "accountability",
        record: id,
        act: "reviewed",
        detail: serde_json::json!({ "reason": reason }),
    };
    write::changed(&mut tx, seal, &cx.deed_for("accountability"), &act, &fields).await?;
    tx.commit().await?;
    let mut before = Vec::new();
    for line in history.iter().filter(|l| l.act == "corrected") {
        let Some(sealed) = &line.sealed_bytes else { continue };
        let detail: serde_json::Value = serde_json::from_str(&line.detail).unwrap_or_default();
        let field = FieldText {
            name: detail["field"].as_str().unwrap_or_default().to_owned(),
            is_special: false,
            text: seal.open_text(&place::history(permit.municipality(), line.id), sealed)?,
        };
        let label = cx.t(&format!("records-field-{}", field.name));
        before.push((cx.words.date_time(line.at), label, crate::note::shown(&field, &cx.words)));
    }
    let mut main = cx.read().await?;
    let accounts = store::accounts(&mut main, &permit).await?;
    let name_of = |account: &Uuid| {
        let known = accounts.iter().find(|(id, _)| id == account);
        known.map_or_else(|| cx.t("records-account-gone"), |(_, name)| name.clone())
    };
    let page = ReviewedPage {
        page: cx.page("records-review-title"),
        crumbs: vec![Link::new("/records/review", cx.t("records-review-title"))],
        reason,
        id,
        fields: shown_fields(&cx, &fields),
        history: history.iter().map(|line| line_view(&cx, line, &name_of)).collect(),
        before,
    };
    render(&page)
}

fn shown(cx: &Cx, typed: Typed, faults: &FieldFaults, none: bool) -> Result<Response, Fault> {
    let lang = cx.words.language();
    let all = cx.app.policy.register().all().iter().filter(|p| p.record);
    let page = ReviewPage {
        page: cx.page("records-review-title"),
        crumbs: vec![Link::new("/records", cx.t("records-title"))],
        errors: cx.summary(faults),
        faults: faults.sentences(&cx.words),
        typed,
        processings: all.map(|p| Choice::new(p.id.as_str(), text(&p.name, lang))).collect(),
        none,
    };
    let status = match (faults.is_empty(), none) {
        (true, false) => StatusCode::OK,
        (true, true) => StatusCode::NOT_FOUND,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    render_as(status, &page)
}
