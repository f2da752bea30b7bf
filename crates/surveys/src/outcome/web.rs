//! Pages of results: for staff while a questionnaire runs and after, for everybody when the adviser shows them; the
//! same figures as CSV; and the open answers, for the adviser.

use super::view::{SampleView, option_name, samples};
use crate::model::{Kind, State, Survey};
use crate::store;
use crate::tally::Total;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::{Fault, Tx};
use policy::Resource;
use site::{Cx, Link, Page, render};

#[derive(askama::Template)]
#[template(path = "outcome/pages/results.html")]
struct ResultsPage {
    page: Page,
    crumbs: Vec<Link>,
    lead: String,
    csv: String,
    /// Whether figures still move.
    running: bool,
    texts: bool,
    texts_href: String,
    samples: Vec<SampleView>,
    compared: String,
}

async fn page(cx: &Cx, tx: &mut Tx, survey: &Survey, public: bool) -> Result<Response, Fault> {
    let (totals, summaries) = super::of(cx, tx, survey).await?;
    let earlier = before(cx, tx, survey).await?;
    let old: Vec<Total> = match &earlier {
        Some(old) => store::totals(tx, cx.code(), old.id).await?,
        None => vec![],
    };
    let language = cx.words.language();
    let title = survey.design.title.get(language);
    let dates = survey.opens_on.zip(survey.closes_on).map(|(first, last)| {
        let (first, last) = (cx.words.day(first), cx.words.day(last));
        cx.words.ta("surveys-results-dates", &[("first", first.into()), ("last", last.into())])
    });
    let crumbs = if public {
        Link::new("/surveys", cx.t("surveys-title"))
    } else {
        Link::new("/surveys/manage", cx.t("surveys-manage"))
    };
    render(&ResultsPage {
        page: cx.page_titled(cx.words.t1("surveys-results-of", "title", title)),
        crumbs: vec![crumbs],
        lead: dates.unwrap_or_default(),
        csv: format!("/surveys/{}/{}.csv", survey.slug, if public { "outcome" } else { "results" }),
        running: survey.state == State::Open,
        texts: !public && cx.may("survey:edit") && survey.design.questions.iter().any(|q| q.kind == Kind::Words),
        texts_href: format!("/surveys/{}/words", survey.slug),
        samples: samples(cx, survey, (&totals, &summaries), &old),
        compared: earlier
            .map(|old| cx.words.t1("surveys-compared", "title", old.design.title.get(language)))
            .unwrap_or_default(),
    })
}

/// The questionnaire of the same series that was closed before this one.
async fn before(cx: &Cx, tx: &mut Tx, survey: &Survey) -> Result<Option<Survey>, Fault> {
    let mut all = store::all(tx, cx.code()).await?;
    let until = survey.closed_at.unwrap_or(cx.now);
    all.retain(|s| s.series == survey.series && s.id != survey.id && s.closed_at.is_some_and(|at| at < until));
    Ok(all.into_iter().max_by_key(|s| s.closed_at))
}

async fn for_staff(cx: &Cx, tx: &mut Tx, slug: &str) -> Result<Survey, Fault> {
    let permit = cx.permit("survey:read", &Resource::open("survey", cx.code()))?;
    store::by_slug(tx, permit.municipality(), slug).await?.ok_or(Fault::NotFound)
}

async fn for_all(cx: &Cx, tx: &mut Tx, slug: &str) -> Result<Survey, Fault> {
    let permit = cx.permit("survey:answer", &Resource::ordinary("survey", cx.code()))?;
    store::by_slug(tx, permit.municipality(), slug).await?.filter(|s| s.shown).ok_or(Fault::NotFound)
}

/// `GET /surveys/{slug}/results`
///
/// # Errors
/// When the policy refuses, there is no such questionnaire, or the database cannot be read.
pub async fn results(cx: Cx, Path(slug): Path<String>) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let survey = for_staff(&cx, &mut tx, &slug).await?;
    page(&cx, &mut tx, &survey, false).await
}

/// `GET /surveys/{slug}/outcome`: for everybody, once the adviser shows it.
///
/// # Errors
/// As [`results`].
pub async fn public(cx: Cx, Path(slug): Path<String>) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let survey = for_all(&cx, &mut tx, &slug).await?;
    page(&cx, &mut tx, &survey, true).await
}

/// `GET /surveys/{slug}/results.csv`
///
/// # Errors
/// As [`results`].
pub async fn results_csv(cx: Cx, Path(slug): Path<String>) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let survey = for_staff(&cx, &mut tx, &slug).await?;
    csv(&cx, &mut tx, &survey).await
}

/// `GET /surveys/{slug}/outcome.csv`
///
/// # Errors
/// As [`results`].
pub async fn public_csv(cx: Cx, Path(slug): Path<String>) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let survey = for_all(&cx, &mut tx, &slug).await?;
    csv(&cx, &mut tx, &survey).await
}

/// A text that a spreadsheet does not take for a formula.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() }
}

/// Totals only: no single answer, no open words.
async fn csv(cx: &Cx, tx: &mut Tx, survey: &Survey) -> Result<Response, Fault> {
    let (totals, _) = super::of(cx, tx, survey).await?;
    let sheet = cx.municipality.get::<areas::Atlas>().sheet();
    let mut out = csv::WriterBuilder::new().from_writer(vec![]);
    let head = [
        "sample",
        "question",
        "question_text",
        "option",
        "option_text",
        "area",
        "area_name",
        "status",
        "n",
        "value",
        "low_95",
        "high_95",
    ];
    let failed = |e: csv::Error| Fault::Internal(e.to_string());
    out.write_record(head).map_err(failed)?;
    for total in &totals {
        let Some(question) = survey.design.question(&total.question) else { continue };
        let number = |v: Option<f64>| v.map(|v| format!("{v:.2}")).unwrap_or_default();
        let area = if total.area.is_empty() { cx.municipality.file.name.as_str() } else { sheet.name(&total.area) };
        out.write_record([
            total.sample.as_str(),
            &total.question,
            &safe(question.text.get(cx.words.language())),
            &total.option,
            &safe(&option_name(&cx.words, question, &total.option)),
            &total.area,
            area,
            total.status.as_str(),
            &if total.n > 0 { total.n.to_string() } else { String::new() },
            &number(total.value),
            &number(total.low),
            &number(total.high),
        ])
        .map_err(failed)?;
    }
    let bytes = out.into_inner().map_err(|e| Fault::Internal(e.to_string()))?;
    let name = format!("attachment; filename=\"{}.csv\"", survey.slug);
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

#[derive(askama::Template)]
#[template(path = "outcome/pages/words.html")]
struct WordsPage {
    page: Page,
    crumbs: Vec<Link>,
    questions: Vec<(String, Vec<String>)>,
}

/// `GET /surveys/{slug}/words`: the open answers, without area, age or day, in an order that says nothing.
///
/// # Errors
/// As [`results`].
pub async fn words(cx: Cx, Path(slug): Path<String>) -> Result<Response, Fault> {
    let permit = cx.permit("survey:edit", &Resource::open("survey", cx.code()))?;
    let mut tx = cx.read().await?;
    let survey = store::by_slug(&mut tx, permit.municipality(), &slug).await?.ok_or(Fault::NotFound)?;
    let answers = store::answers(&mut tx, permit.municipality(), survey.id).await?;
    let of = |id: &str| answers.iter().filter_map(|(_, a)| a.given.get(id)?.first().cloned()).collect::<Vec<_>>();
    let language = cx.words.language();
    render(&WordsPage {
        page: cx.page("surveys-words-title"),
        crumbs: vec![
            Link::new("/surveys/manage", cx.t("surveys-manage")),
            Link::new(format!("/surveys/{slug}/results"), survey.design.title.get(language)),
        ],
        questions: survey
            .design
            .questions
            .iter()
            .filter(|q| q.kind == Kind::Words)
            .map(|q| (q.text.get(language).to_owned(), of(&q.id)))
            .collect(),
    })
}

/// One questionnaire in a list.
struct Listed {
    title: String,
    intro: String,
    href: String,
    note: String,
}

#[derive(askama::Template)]
#[template(path = "outcome/pages/list.html")]
struct ListPage {
    page: Page,
    open: Vec<Listed>,
    results: Vec<Listed>,
    manage: bool,
}

/// `GET /surveys`: what can be answered now, and what came out of earlier ones.
///
/// # Errors
/// As [`results`].
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("survey:answer", &Resource::ordinary("survey", cx.code()))?;
    let mut tx = cx.read().await?;
    let today = cx.now.local(&cx.municipality.zone).date();
    let (mut open, mut results) = (vec![], vec![]);
    for survey in store::all(&mut tx, permit.municipality()).await? {
        let listed = |href: String, note: String| Listed {
            title: survey.design.title.get(cx.words.language()).to_owned(),
            intro: survey.design.intro.get(cx.words.language()).to_owned(),
            href,
            note,
        };
        if survey.answerable(today) {
            let last = survey.closes_on.map(|d| cx.words.day(d)).unwrap_or_default();
            open.push(listed(format!("/surveys/{}", survey.slug), cx.words.t1("surveys-until", "day", &last)));
        } else if survey.shown {
            let n = survey.summary.iter().map(|s| s.n).sum();
            results.push(listed(format!("/surveys/{}/outcome", survey.slug), cx.words.tn("surveys-response", n)));
        }
    }
    render(&ListPage { page: cx.page("surveys-title"), open, results, manage: cx.may("survey:read") })
}

/// One questionnaire in the list of staff.
struct Managed {
    title: String,
    href: String,
    state: String,
    tone: &'static str,
    dates: String,
    n: String,
    results: String,
}

#[derive(askama::Template)]
#[template(path = "outcome/pages/manage.html")]
struct ManagePage {
    page: Page,
    rows: Vec<Managed>,
    may_edit: bool,
}

/// `GET /surveys/manage`: every questionnaire, for staff.
///
/// # Errors
/// As [`results`].
pub async fn manage(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("survey:read", &Resource::open("survey", cx.code()))?;
    let mut tx = cx.read().await?;
    let counts = store::counts(&mut tx, permit.municipality()).await?;
    let may_edit = cx.may("survey:edit");
    let rows = store::all(&mut tx, permit.municipality()).await?.into_iter().map(|s| {
        let kept: i64 = s.summary.iter().map(|x| x.n).sum();
        let n = if s.closed_at.is_some() { kept } else { counts.iter().find(|c| c.0 == s.id).map_or(0, |c| c.1) };
        let results = format!("/surveys/{}/results", s.slug);
        Managed {
            title: s.design.title.get(cx.words.language()).to_owned(),
            href: if may_edit { format!("/surveys/{}/design", s.slug) } else { results.clone() },
            state: cx.t(&format!("surveys-state-{}", s.state)),
            tone: tone(s.state),
            dates: s
                .opens_on
                .zip(s.closes_on)
                .map(|(a, b)| format!("{} – {}", cx.words.day(a), cx.words.day(b)))
                .unwrap_or_default(),
            n: cx.words.whole(n),
            results: if s.state == State::Draft { String::new() } else { results },
        }
    });
    let rows = rows.collect();
    render(&ManagePage { page: cx.page("surveys-manage"), rows, may_edit })
}

/// The tone of a state's badge.
pub(crate) fn tone(state: State) -> &'static str {
    match state {
        State::Draft => "neutral",
        State::Open => "ok",
        State::Closed => "info",
        State::Archived => "off",
    }
}
