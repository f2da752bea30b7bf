//! The list of categories with what they ask, and the page of one category.

use super::store::{self, DraftForm};
use super::{Known, Sent, Trouble, get, ops, permit, stamp};
use crate::category::questions::{self, Question};
use crate::category::stops::{self, Stop};
use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, Uuid};
use site::app::Shared;
use site::{Cx, FormError, Link, Page, render, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "category/pages/list.html")]
struct ListPage {
    page: Page,
    groups: Vec<Group>,
}

struct Group {
    name: String,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    name: String,
    asked: String,
    draft: String,
    stop: String,
}

/// `GET /forms`: every category, with what it asks and its stops.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = permit(&cx, "form:read")?;
    let mut tx = cx.read().await?;
    let asked = questions::all_asked(&mut tx, permit.municipality()).await?;
    let drafts = store::drafts(&mut tx, permit.municipality()).await?;
    let stops = stops::all(&mut tx, permit.municipality(), "").await?;
    drop(tx);
    let catalogue = cx.municipality.get::<crate::Catalogue>();
    let language = cx.words.language();
    let row = |id: &str, name: &str| {
        let now = asked.iter().find(|f| f.category == id).map(|f| f.questions.as_slice()).unwrap_or_default();
        let draft = drafts.iter().find(|(c, _)| c == id).map_or(now, |(_, d)| &d.questions);
        let stop = stops.iter().filter(|s| s.category == id && !s.is_over(cx.now)).min_by_key(|s| s.from);
        Row {
            href: format!("/forms/{id}"),
            name: name.to_owned(),
            asked: count(&cx, now.len()),
            draft: if draft == now { String::new() } else { cx.t("category-draft-badge") },
            stop: stop
                .map(|s| cx.t(if s.in_force(cx.now) { "category-stop-now" } else { "category-stop-planned" }))
                .unwrap_or_default(),
        }
    };
    let groups = catalogue.mains.iter().map(|main| Group {
        name: main.name.get(language).to_owned(),
        rows: catalogue.of_main(&main.id).map(|c| row(&c.id, c.name.get(language))).collect(),
    });
    render(&ListPage { groups: groups.collect(), page: cx.page("category-title") })
}

fn count(cx: &Cx, n: usize) -> String {
    cx.words.tn("category-questions", i64::try_from(n).unwrap_or(i64::MAX))
}

#[derive(askama::Template)]
#[template(path = "category/pages/category.html")]
struct CategoryPage {
    page: Page,
    app: Shared,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    may_edit: bool,
    href: String,
    hint: String,
    version: i64,
    rows: Vec<QuestionRow>,
    is_changed: bool,
    is_published: bool,
    standing: String,
    stops: Vec<StopRow>,
    versions: Vec<VersionRow>,
}

struct QuestionRow {
    id: String,
    href: String,
    label: String,
    about: String,
    only_if: String,
    is_first: bool,
    is_last: bool,
}

struct StopRow {
    href: String,
    tone: &'static str,
    state: String,
    period: String,
    message: String,
    version: i64,
    is_over: bool,
}

struct VersionRow {
    number: i64,
    title: String,
    iso: String,
    at: String,
    by: String,
    questions: Vec<String>,
    is_asked: bool,
}

impl CategoryPage {
    /// A new request id for one form.
    fn fresh(&self) -> Uuid {
        self.app.clock.id()
    }
}

/// `GET /forms/{category}`: what a category asks, its stops and its versions.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn page(cx: Cx, Path(category): Path<String>) -> Result<Response, Fault> {
    shown(&cx, &Known::of(&cx, category)?, &Trouble::none()).await
}

pub(super) async fn shown(cx: &Cx, known: &Known, trouble: &Trouble) -> Result<Response, Fault> {
    let permit = permit(cx, "form:read")?;
    let mut tx = cx.read().await?;
    let draft = store::draft(&mut tx, permit.municipality(), &known.id).await?;
    let versions = store::versions(&mut tx, permit.municipality(), &known.id).await?;
    let stops = stops::all(&mut tx, permit.municipality(), &known.id).await?;
    drop(tx);
    let asked = ops::asked_now(&versions, draft.published)?;
    let href = format!("/forms/{}", known.id);
    let rows = rows(cx, &href, &draft);
    let standing = match (draft.published, asked == draft.questions, asked.is_empty()) {
        (_, false, _) => "category-standing-draft",
        (0, ..) | (_, _, true) => "category-standing-none",
        _ => "category-standing-published",
    };
    let page = CategoryPage {
        page: trouble.on(cx.page_titled(known.name(cx))),
        app: cx.app.clone(),
        crumbs: vec![Link::new("/forms", cx.t("category-title"))],
        errors: trouble.errors.clone(),
        may_edit: cx.may("form:edit"),
        hint: known.category().map(|c| c.hint.get(cx.words.language()).to_owned()).unwrap_or_default(),
        version: draft.version,
        rows,
        is_changed: asked != draft.questions,
        is_published: draft.published > 0,
        standing: cx.t(standing),
        stops: stops.iter().map(|s| stop_row(cx, &href, s)).collect(),
        versions: versions.iter().map(|v| version_row(cx, v, draft.published)).collect::<Result<_, _>>()?,
        href,
    };
    render_as(trouble.status, &page)
}

fn rows(cx: &Cx, href: &str, draft: &DraftForm) -> Vec<QuestionRow> {
    let all = &draft.questions;
    let last = all.len().saturating_sub(1);
    let row = |(n, q): (usize, &Question)| QuestionRow {
        id: q.id.clone(),
        href: format!("{href}/questions/{}", q.id),
        label: q.label.get(cx.words.language()).to_owned(),
        about: [
            cx.t(&format!("category-kind-{}", q.kind)),
            cx.t(if q.required { "category-required-yes" } else { "category-required-no" }),
        ]
        .join(", "),
        only_if: q.when.as_ref().and_then(|c| questions::only_if(&cx.words, all, c)).unwrap_or_default(),
        is_first: n == 0,
        is_last: n == last,
    };
    all.iter().enumerate().map(row).collect()
}

fn stop_row(cx: &Cx, href: &str, stop: &Stop) -> StopRow {
    let (tone, key) = match (stop.is_over(cx.now), stop.in_force(cx.now)) {
        (true, _) => ("off", "category-stop-over"),
        (_, true) => ("late", "category-stop-now"),
        _ => ("soon", "category-stop-planned"),
    };
    let time = |at| cx.words.date_time(at);
    StopRow {
        href: format!("{href}/stops/{}", stop.id),
        tone,
        state: cx.t(key),
        period: match stop.until {
            Some(until) => {
                cx.words.ta("category-stop-period", &[("from", time(stop.from).into()), ("until", time(until).into())])
            }
            None => cx.words.t1("category-stop-open", "from", &time(stop.from)),
        },
        message: stop.message.get(cx.words.language()).to_owned(),
        version: stop.version,
        is_over: stop.is_over(cx.now),
    }
}

fn version_row(cx: &Cx, version: &store::Version, published: i64) -> Result<VersionRow, Fault> {
    let questions = version.read()?;
    let language = cx.words.language();
    Ok(VersionRow {
        number: version.number,
        title: cx.words.ta(
            "category-version",
            &[("number", version.number.into()), ("questions", count(cx, questions.len()).into())],
        ),
        iso: cx.words.iso(version.published_at),
        at: cx.words.date_time(version.published_at),
        by: version.by.clone().unwrap_or_else(|| cx.t("category-by-none")),
        questions: questions.iter().map(|q| q.label.get(language).to_owned()).collect(),
        is_asked: version.number == published,
    })
}

/// `POST /forms/{category}/arrange`: a question goes up, down or away; the form's `to` says which.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Bad`] for a form that is not ours, or when the policy refuses or the database fails.
pub async fn arrange(cx: Cx, Path(category): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Fault> {
    let known = Known::of(&cx, category)?;
    let permit = permit(&cx, "form:edit")?;
    let (request, version) = stamp(&sent)?;
    let back = format!("/forms/{}", known.id);
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    let edit = |questions: &mut Vec<Question>| {
        let at = questions.iter().position(|q| q.id == get(&sent, "question")).ok_or(Fault::NotFound)?;
        match get(&sent, "to") {
            "up" if at > 0 => questions.swap(at, at - 1),
            "down" if at + 1 < questions.len() => questions.swap(at, at + 1),
            "up" | "down" => {}
            "away" => {
                questions.remove(at);
            }
            _ => return Err(Fault::Bad("fault-bad-request")),
        }
        Ok(())
    };
    match ops::change(&cx, &mut tx, &permit, (&known.id, version), edit).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&back))
        }
        Err(fault) => {
            drop(tx);
            shown(&cx, &known, &Trouble::of(&cx, fault)?).await
        }
    }
}

/// `POST /forms/{category}/publish`: the draft is published (`what=publish`), or a version is taken up again as the
/// draft (`what=take-up` with its `number`; 0 empties the draft).
///
/// # Errors
/// As [`arrange`].
pub async fn publish(cx: Cx, Path(category): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Fault> {
    let known = Known::of(&cx, category)?;
    let permit = permit(&cx, "form:edit")?;
    let (request, version) = stamp(&sent)?;
    let back = format!("/forms/{}", known.id);
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    let done = match (get(&sent, "what"), get(&sent, "number").parse()) {
        ("publish", _) => ops::publish(&cx, &mut tx, &permit, &known.id, version).await,
        ("take-up", Ok(number)) => ops::take_up(&cx, &mut tx, &permit, (&known.id, version), number).await,
        _ => Err(Fault::Bad("fault-bad-request")),
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&back))
        }
        Err(fault) => {
            drop(tx);
            shown(&cx, &known, &Trouble::of(&cx, fault)?).await
        }
    }
}
