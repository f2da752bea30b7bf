//! The page of each step.

use super::draft::Draft;
use super::elsewhere::{self, Elsewhere};
use super::form::FormView;
use super::known::{self, Known};
use super::step::{COUNT, Step};
use super::suggest::{self, Guess};
use super::{review, store};
use crate::category::questions::{self, QuestionView};
use crate::category::{Catalogue, stops};
use crate::handle::view;
use crate::intake::{Desk, clean};
use crate::kind;
use crate::model::Kind;
use axum::Form;
use axum::response::Response;
use kit::{At, Fault, FieldFaults, Tx};
use policy::{Permit, Resource};
use serde::Deserialize;
use site::page::Page;
use site::{Choice, Cx, render};

/// What is said above the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Note {
    /// Nothing.
    #[default]
    None,
    /// This form was sent before, and this is another text.
    Again,
    /// The steps before are gone: a day is over.
    Gone,
}

/// A place that fits the typed address, as a button's value and label.
struct Found {
    value: String,
    label: String,
}

/// Places that fit a typed address.
async fn search(cx: &Cx, tx: &mut Tx, typed: &str) -> Result<Vec<Found>, Fault> {
    let permit = cx.permit("area:read", &Resource::open("area", cx.code()))?;
    let found = areas::address::search(tx, &permit, typed).await?;
    let value = |f: &areas::address::Found| format!("{:.6} {:.6}|{}", f.point.0, f.point.1, f.label);
    Ok(found.into_iter().map(|f| Found { value: value(&f), label: f.label }).collect())
}

#[derive(askama::Template)]
#[template(path = "report/pages/found.html")]
struct FoundPiece {
    page: Page,
    found: Vec<Found>,
}

/// An address as far as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typing {
    address: String,
}

/// `POST /report/addresses`: a piece of a page with places that fit the address so far; nothing is kept.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn addresses(cx: Cx, Form(typing): Form<Typing>) -> Result<Response, Fault> {
    cx.permit("report:create", &Resource::ordinary("signal", cx.code()))?;
    let mut tx = cx.read().await?;
    let found = search(&cx, &mut tx, &typing.address).await?;
    drop(tx);
    render(&FoundPiece { found, page: cx.page("report-title") })
}

/// One line of the check.
struct Row {
    label: String,
    value: String,
    href: String,
}

#[derive(askama::Template)]
#[template(path = "report/pages/form.html")]
pub(super) struct StepPage {
    page: Page,
    form: FormView,
    step: Step,
    action: &'static str,
    progress: String,
    note: Note,
    elsewhere: Vec<Elsewhere>,
    warned: Vec<Elsewhere>,
    photos_again: bool,
    kinds: Vec<Choice>,
    guesses: Vec<Guess>,
    away: Vec<Choice>,
    questions: Vec<QuestionView>,
    found: Vec<Found>,
    known: Vec<Known>,
    rows: Vec<Row>,
    then: String,
    is_signed: bool,
}

impl StepPage {
    /// The first step, with nothing in it.
    pub(super) fn empty(cx: &Cx) -> Self {
        Self::of(cx, Step::Words, FormView::empty(cx))
    }

    fn of(cx: &Cx, step: Step, form: FormView) -> Self {
        let catalogue = cx.municipality.get::<Catalogue>();
        let title = match (step, form.draft.kind()) {
            (Step::Place, Kind::Complaint | Kind::Question) => "report-title-place-optional".to_owned(),
            _ => format!("report-title-{step}"),
        };
        let mut page = cx.page(&title);
        // the address of the form itself answers nothing when the language is changed
        page.path = if form.fresh { "/report".to_owned() } else { step.href(form.draft.id, form.draft.to_check) };
        let numbers = [("number", step.number().into()), ("most", COUNT.into())];
        let first = step == Step::Words;
        Self {
            page,
            step,
            action: if step == Step::Check { "/report" } else { "/report/draft" },
            progress: cx.words.ta("report-progress", &numbers),
            note: Note::None,
            elsewhere: if first { elsewhere::elsewhere(cx, &catalogue.redirects) } else { vec![] },
            warned: vec![],
            photos_again: false,
            kinds: if first { kinds(cx) } else { vec![] },
            guesses: vec![],
            away: vec![],
            questions: vec![],
            found: vec![],
            known: vec![],
            rows: vec![],
            then: String::new(),
            is_signed: kind::is_signed(form.draft.kind()),
            form,
        }
    }

    /// The page of `step` with what was typed and what is wrong with it.
    pub(super) async fn new(
        cx: &Cx,
        tx: &mut Tx,
        permit: &Permit,
        draft: Draft,
        step: Step,
        faults: &FieldFaults,
    ) -> Result<Self, Fault> {
        let pending = store::pending(tx, permit, draft.id).await?;
        let catalogue = cx.municipality.get::<Catalogue>();
        let stops = match step {
            Step::Category => stops::stops(tx, cx.code(), cx.now).await?,
            _ => vec![],
        };
        let form = FormView::new(cx, draft, faults, &pending, &stops);
        let mut page = Self::of(cx, step, form);
        let draft = &page.form.draft;
        match step {
            Step::Category => {
                page.guesses = suggest::guesses(cx, &draft.words);
                page.guesses.retain(|g| stops.iter().all(|s| s.category != g.value));
                page.away = elsewhere::choices(cx, &catalogue);
            }
            Step::Questions => {
                let asked = questions::asked(tx, cx.code(), &draft.category).await?;
                page.questions = questions::views(&cx.words, &asked.questions, &draft.answers, faults);
            }
            Step::Known => page.known = known::near(cx, tx, permit, draft).await?,
            Step::Check => {
                let review = review::review(cx, tx, draft).await?;
                let answers = questions::shown(&cx.words, &review.form.questions, &review.answers);
                page.rows = rows(cx, draft, page.form.kept.len(), &answers);
                page.then = then(cx, draft);
            }
            Step::Place if draft.place.is_none() => page.found = search(cx, tx, &draft.address).await?,
            Step::Words | Step::Place | Step::Contact => {}
        }
        Ok(page)
    }

    /// The same with a sentence above the form.
    pub(super) fn with_note(self, note: Note) -> Self {
        Self { note, ..self }
    }

    /// The same with a sentence about the place.
    pub(super) fn with_place_note(mut self, note: String) -> Self {
        self.form.place_note = note;
        self
    }

    /// The same with what the words seem to mean; photos that came along are not kept.
    pub(super) fn with_warning(self, warned: Vec<Elsewhere>, photos_again: bool) -> Self {
        Self { warned, photos_again, ..self }
    }

    /// Whether something else than a report was chosen.
    fn other_kind(&self) -> bool {
        self.form.draft.kind() != Kind::Report
    }

    /// Whether the words are still missing at the end.
    fn asks_words(&self) -> bool {
        clean(&self.form.draft.words).chars().count() < *crate::intake::WORDS.start()
    }
}

/// The kinds of messages, with what each means for the sender.
fn kinds(cx: &Cx) -> Vec<Choice> {
    Kind::ALL
        .iter()
        .map(|k| Choice {
            hint: cx.t(&format!("report-kind-hint-{k}")),
            ..Choice::new(k.as_str(), cx.t(&format!("report-kind-{k}")))
        })
        .collect()
}

/// What happens after sending, and by when.
fn then(cx: &Cx, draft: &Draft) -> String {
    let desk = Desk::of(&cx.municipality);
    let kind = draft.kind();
    let due = desk
        .catalogue
        .get(&draft.category)
        .and_then(|category| kind::due(&cx.app.law.terms, &desk, kind, category, cx.now))
        .map(|due| cx.words.weekday(At::from_micros(due.micros() - 1).local(&cx.municipality.zone).date()));
    cx.words.t1(&format!("report-then-{kind}"), "day", &due.unwrap_or_default())
}

/// All that will be sent, each line with the step that changes it.
fn rows(cx: &Cx, draft: &Draft, photos: usize, answers: &[(String, String)]) -> Vec<Row> {
    let desk = Desk::of(&cx.municipality);
    let row = |step: Step, label: String, value: String| Row { label, value, href: step.href(draft.id, true) };
    let mut rows = vec![
        row(Step::Words, cx.t("report-check-kind"), cx.t(&format!("kind-{}", draft.kind()))),
        row(Step::Words, cx.t("report-check-words"), clean(&draft.words)),
        row(Step::Words, cx.t("photo-label"), cx.words.tn("report-check-photos", i64::try_from(photos).unwrap_or(0))),
        row(
            Step::Category,
            cx.t("report-check-category"),
            desk.catalogue.name(&draft.category, cx.words.language()).to_owned(),
        ),
    ];
    rows.extend(answers.iter().map(|(label, value)| row(Step::Questions, label.clone(), value.clone())));
    let area = match draft.place {
        Some((lon, lat)) => desk.sheet.neighbourhood(lon, lat),
        None => Some(draft.area.as_str()).filter(|a| !a.is_empty()),
    };
    let mut place = view::place(cx, &desk, &clean(&draft.address), area);
    if draft.place.is_some() {
        place = cx.words.t1("report-check-point", "place", &place);
    }
    rows.push(row(Step::Place, cx.t("report-check-place"), place));
    if let Some(at) = super::draft::local_instant(cx, &draft.occurred_at) {
        rows.push(row(Step::Place, cx.t("report-when"), cx.words.date_time(at)));
    }
    let reporter = &draft.reporter;
    let contact: Vec<String> = [&reporter.name, &reporter.postal, &reporter.email, &reporter.phone]
        .into_iter()
        .map(|text| clean(text))
        .filter(|text| !text.is_empty())
        .collect();
    let contact = if contact.is_empty() { cx.t("report-check-anonymous") } else { contact.join("\n") };
    rows.push(row(Step::Contact, cx.t("report-check-contact"), contact));
    rows
}
