//! The sheet of one vault: what was found, opened, and the form of a decision for each.

use super::{crumbs, id_of};
use crate::rights::Fields;
use crate::rights::decide::{self, NewDecision, RECEIVERS};
use crate::rights::gather::{self, Opened, Place};
use crate::rights::letter::{kept, label};
use crate::rights::model::{Act, Dossier, Finding, State, is_guarded};
use crate::rights::{ops, search};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, FieldFaults, Uuid};
use site::page::{Choice, FormError, Link, Page, render_as};
use site::{Cx, see_other};

/// Grounds that fit best where even the existence is guarded, in this order.
const GUARDED: [&str; 2] = ["wpg-27-1-b", "uavg-41-d"];

#[derive(askama::Template)]
#[template(path = "rights/pages/sheet.html")]
struct SheetPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    action: String,
    version: i64,
    right: String,
    is_guarded: bool,
    rows: Vec<Row>,
    grounds: Vec<Choice>,
    faults: FieldFaults,
    fault_of: String,
}

struct Row {
    id: String,
    title: String,
    is_sure: bool,
    is_gone: bool,
    stage: Option<String>,
    facts: Vec<(String, String)>,
    /// Name, label, text and whether it is given.
    fields: Vec<(String, String, String, bool)>,
    names: Vec<Choice>,
    receivers: Vec<String>,
    is_receivers_given: bool,
    decided: Option<String>,
    tasks: Vec<Todo>,
    /// Whether the form is shown.
    is_open: bool,
    acts: Vec<Choice>,
    gives: bool,
    corrects: bool,
    form: Form,
    request: String,
}

/// What the form holds: what was typed, else what was decided, else what is proposed.
struct Form {
    act: String,
    ground: String,
    reason: String,
    is_mentioned: bool,
    field: String,
    text: String,
}

struct Todo {
    id: String,
    text: String,
    done: Option<String>,
    request: String,
}

impl SheetPage {
    fn fault(&self, row: &Row, field: &str) -> String {
        if self.fault_of != row.id {
            return String::new();
        }
        self.faults.of(field, &self.page.words).unwrap_or_default()
    }
}

/// `GET /rights/{id}/vaults/{vault}`.
pub async fn sheet(cx: Cx, Path((id, vault)): Path<(String, String)>) -> Result<Response, Fault> {
    page(&cx, (id_of(&id)?, &vault), StatusCode::OK, &Fields::default(), FieldFaults::default()).await
}

async fn page(
    cx: &Cx,
    (id, vault): (Uuid, &str),
    status: StatusCode,
    typed: &Fields,
    faults: FieldFaults,
) -> Result<Response, Fault> {
    let permit = ops::handle(cx)?;
    let dossier = ops::get(cx, &mut cx.read().await?, &permit, id).await?;
    let place = gather::enter(cx, &dossier, vault)?;
    let (sheet, version) = search::sheet(cx, &dossier, &place).await?.ok_or(Fault::NotFound)?;
    let found = search::opened(cx, &dossier, &place).await?;
    let right = cx.app.law.rights.right(dossier.kind, place.regime, dossier.received(&cx.municipality.zone));
    let language = cx.words.language();
    let grounds = decide::grounds(cx, &dossier, &place);
    let rows = sheet
        .findings
        .iter()
        .map(|f| row(cx, (&dossier, &place), f, found.iter().find(|o| o.id == f.id), typed))
        .collect();
    let mut choices = vec![Choice::new("", cx.t("rights-ground-choose"))];
    choices.extend(grounds.iter().map(|g| Choice::new(&g.id, format!("{} ({})", g.name.get(language), g.article))));
    let name = cx.t(&format!("rights-vault-{vault}"));
    render_as(
        status,
        &SheetPage {
            crumbs: [crumbs(cx), vec![Link::new(format!("/rights/{id}"), dossier.reference.clone())]].concat(),
            errors: cx.summary(&faults),
            action: search::href(id, vault),
            version,
            right: right
                .map_or_else(|| cx.t("rights-no-right"), |r| format!("{} ({})", r.name.get(language), r.article)),
            is_guarded: is_guarded(place.regime),
            rows,
            grounds: choices,
            faults,
            fault_of: typed.text("finding"),
            page: cx.page_titled(cx.words.t1("rights-sheet-title", "vault", &name)),
        },
    )
}

fn row(
    cx: &Cx,
    (dossier, place): (&Dossier, &Place),
    finding: &Finding,
    found: Option<&Opened>,
    typed: &Fields,
) -> Row {
    let words = &cx.words;
    let has_right = decide::has_right(cx, dossier, place);
    let proposed = Act::proposed(dossier.kind, place.regime, has_right);
    let is_typed = typed.text("finding") == finding.id.to_string();
    let decision = finding.decision.as_ref();
    let is_given = |name: &str| match (is_typed, decision) {
        (true, _) => typed.ticked("field-").any(|f| f == name),
        (_, Some(d)) if d.act == Act::Give => d.fields.iter().any(|f| f == name),
        _ => true,
    };
    let grounds = decide::grounds(cx, dossier, place);
    let usual = || {
        let guarded = GUARDED.iter().find(|id| grounds.iter().any(|g| g.id == **id));
        guarded.filter(|_| is_guarded(place.regime)).map(|id| (*id).to_owned()).unwrap_or_default()
    };
    let form = match (is_typed, decision) {
        (true, _) => Form {
            act: typed.text("act"),
            ground: typed.text("ground"),
            reason: typed.text("reason"),
            is_mentioned: !typed.get("mention").is_empty(),
            field: typed.text("field"),
            text: typed.text("text"),
        },
        (_, Some(d)) => Form {
            act: d.act.to_string(),
            ground: d.ground.clone(),
            reason: d.reason.clone(),
            is_mentioned: d.is_mentioned,
            field: String::new(),
            text: String::new(),
        },
        _ => Form {
            act: proposed.to_string(),
            ground: usual(),
            reason: String::new(),
            is_mentioned: !is_guarded(place.regime),
            field: String::new(),
            text: String::new(),
        },
    };
    let choices = Act::choices(dossier.kind, has_right);
    let language = words.language();
    let processing = cx.app.policy.register().get(&finding.processing);
    let mut facts = vec![(
        words.t("rights-processing"),
        processing.map_or_else(|| finding.processing.clone(), |p| p.name.get(language).to_owned()),
    )];
    if let Some(found) = found {
        let origin = if found.is_received { "rights-origin-received" } else { "rights-origin-own" };
        facts.push((words.t("rights-origin"), words.t(origin)));
        if let Some((rule, until)) = &found.kept {
            facts.push((words.t("rights-kept"), kept(words, rule, *until)));
        }
    }
    let day = found.map(|o| words.date(o.created_at)).unwrap_or_default();
    let done = decision.is_some_and(|d| d.act.reaches_receivers() && d.act != Act::Correct);
    Row {
        id: finding.id.to_string(),
        title: format!("{} {day}", words.t(&format!("rights-what-{}", finding.what))).trim().to_owned(),
        is_sure: found.is_none_or(|o| o.is_sure),
        is_gone: found.is_none(),
        stage: found.filter(|o| o.stage != "free").map(|o| words.t(&format!("rights-stage-{}", o.stage))),
        facts,
        fields: found.map_or_else(Vec::new, |o| {
            let field = |f: &gather::Field| (f.name.clone(), label(words, &f.name), f.text.clone(), is_given(&f.name));
            o.fields.iter().map(field).collect()
        }),
        names: found
            .map_or_else(Vec::new, |o| o.fields.iter().map(|f| Choice::new(&f.name, label(words, &f.name))).collect()),
        receivers: found.map_or_else(Vec::new, |o| {
            o.receivers.iter().map(|r| format!("{} ({})", r.receiver, words.date(r.at))).collect()
        }),
        is_receivers_given: is_given(RECEIVERS),
        decided: decision.map(|d| {
            let act = words.t(&format!("rights-act-{}", d.act));
            words.ta("rights-decided-on", &[("act", act.into()), ("day", words.date_time(d.at).into())])
        }),
        tasks: finding
            .tasks
            .iter()
            .map(|t| Todo {
                id: t.id.to_string(),
                text: match t.receiver.is_empty() {
                    true => words.t("rights-task-by-hand"),
                    false => words.t1("rights-task-tell", "receiver", &t.receiver),
                },
                done: t.done_at.map(|at| words.date_time(at)),
                request: cx.app.clock.id().to_string(),
            })
            .collect(),
        is_open: matches!(dossier.state, State::Identified | State::Searched) && found.is_some() && !done,
        acts: choices.iter().map(|a| Choice::new(a.as_str(), words.t(&format!("rights-act-{a}")))).collect(),
        gives: choices.contains(&Act::Give),
        corrects: choices.contains(&Act::Correct),
        form,
        request: cx.app.clock.id().to_string(),
    }
}

/// `POST /rights/{id}/vaults/{vault}`: the decision on one finding.
pub async fn finding(cx: Cx, Path((id, vault)): Path<(String, String)>, fields: Fields) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    let new = NewDecision {
        request: fields.id("request")?,
        version: fields.number("version")?,
        finding: fields.id("finding")?,
        act: fields.text("act"),
        ground: fields.text("ground"),
        reason: fields.text("reason"),
        is_mentioned: !fields.get("mention").is_empty(),
        fields: fields.ticked("field-").map(str::to_owned).collect(),
        field: fields.text("field"),
        text: fields.text("text"),
    };
    match decide::decide(&cx, id, &vault, &new).await {
        Ok(()) => Ok(see_other(&search::href(id, &vault))),
        Err(Fault::Invalid(faults)) => page(&cx, (id, &vault), StatusCode::UNPROCESSABLE_ENTITY, &fields, faults).await,
        Err(other) => Err(other),
    }
}

/// `POST /rights/{id}/vaults/{vault}/told`: a receiver was told, or a task by hand was done.
pub async fn tick(cx: Cx, Path((id, vault)): Path<(String, String)>, fields: Fields) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    let which = (fields.id("finding")?, fields.id("task")?);
    decide::tick(&cx, (id, &vault), which, (fields.id("request")?, fields.number("version")?)).await?;
    Ok(see_other(&search::href(id, &vault)))
}
