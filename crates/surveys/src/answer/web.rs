//! The page on which people answer; the adviser's preview and the page to type paper answers are the same page.

use super::{give, open};
use crate::SurveysConfig;
use crate::front::blind_id;
use crate::model::{Channel, Kind, Question, Survey};
use crate::store;
use axum::extract::{Path, Query};
use axum::response::Response;
use kit::Fault;
use policy::Resource;
use serde::Deserialize;
use site::{Choice, Cx, Fields, Link, Page, Said, Trouble, render, render_as, see_other};

/// A control of a question on priorities.
struct Pick {
    name: String,
    label: String,
    selected: String,
}

/// A question as it is asked.
struct Asked {
    id: String,
    legend: String,
    kind: &'static str,
    hint: String,
    error: String,
    required: bool,
    choices: Vec<Choice>,
    /// What was chosen or typed before.
    value: String,
    values: Vec<String>,
    picks: Vec<Pick>,
}

impl Asked {
    fn has(&self, value: &str) -> bool {
        self.values.iter().any(|v| v == value)
    }
}

#[derive(askama::Template)]
#[template(path = "answer/pages/form.html")]
struct FormPage {
    page: Page,
    crumbs: Vec<Link>,
    intro: Vec<String>,
    until: String,
    /// Where it is sent; empty for a preview.
    action: String,
    paper: bool,
    request: String,
    questions: Vec<Asked>,
    areas: Vec<Choice>,
    ages: Vec<Choice>,
    code: bool,
    form: Fields,
    errors: Said,
}

/// What the page is for.
#[derive(Clone, Copy, PartialEq)]
enum Use {
    Answer,
    Paper,
    /// After one was kept.
    PaperAgain,
    Preview,
}

fn page(cx: &Cx, survey: &Survey, purpose: Use, form: Fields, trouble: &Trouble) -> Result<Response, Fault> {
    let language = cx.words.language();
    let config = cx.municipality.get::<SurveysConfig>();
    let sheet = cx.municipality.get::<areas::Atlas>().sheet();
    let errors = trouble.said(cx, "form");
    let not_told = || Choice::new("", cx.t("surveys-not-told"));
    let request = match form.get("request") {
        "" => blind_id(cx).to_string(),
        kept => kept.to_owned(),
    };
    let crumbs = match purpose {
        Use::Answer => Link::new("/surveys", cx.t("surveys-title")),
        _ => Link::new(format!("/surveys/{}/design", survey.slug), cx.t("surveys-design")),
    };
    let mut frame = cx.page_titled(survey.design.title.get(language).to_owned());
    if purpose == Use::PaperAgain {
        frame = frame.with_notice("success", cx.t("surveys-paper-kept"));
    }
    let view = FormPage {
        page: frame,
        crumbs: vec![crumbs],
        intro: survey.design.intro.get(language).split("\n\n").map(str::to_owned).collect(),
        until: survey.closes_on.map(|d| cx.words.t1("surveys-until", "day", &cx.words.day(d))).unwrap_or_default(),
        action: match purpose {
            Use::Answer => format!("/surveys/{}", survey.slug),
            Use::Paper | Use::PaperAgain => format!("/surveys/{}/paper", survey.slug),
            Use::Preview => String::new(),
        },
        paper: matches!(purpose, Use::Paper | Use::PaperAgain),
        request,
        questions: survey
            .design
            .questions
            .iter()
            .enumerate()
            .map(|(i, q)| asked(cx, survey, i, q, &form, &errors))
            .collect(),
        areas: std::iter::once(not_told())
            .chain(sheet.neighbourhoods().map(|a| Choice::new(&a.code, &a.name)))
            .collect(),
        ages: std::iter::once(not_told())
            .chain(config.ages.iter().map(|a| Choice::new(&a.id, a.name.get(language))))
            .collect(),
        code: survey.codes > 0,
        form,
        errors,
    };
    render_as(trouble.status(), &view)
}

fn asked(cx: &Cx, survey: &Survey, index: usize, question: &Question, form: &Fields, errors: &Said) -> Asked {
    let language = cx.words.language();
    let options: Vec<Choice> = question.options.iter().map(|o| Choice::new(&o.id, o.text.get(language))).collect();
    let mut hints = vec![question.hint.get(language).to_owned()];
    if let Some(when) = &question.only_if {
        let nr = survey.design.questions.iter().position(|q| q.id == when.question).map_or(0, |i| i + 1);
        let option =
            survey.design.question(&when.question).and_then(|q| q.options.iter().find(|o| o.id == when.option));
        let option = option.map_or("", |o| o.text.get(language));
        let values = [("nr", nr.to_string().into()), ("option", option.into())];
        hints.insert(0, cx.words.ta("surveys-only-if-hint", &values));
    }
    let choices = match question.kind {
        Kind::Scale5 | Kind::Scale10 => {
            (1..=question.kind.top().unwrap_or(5)).map(|m| Choice::new(m.to_string(), m.to_string())).collect()
        }
        _ => options.clone(),
    };
    match question.kind {
        Kind::Words => hints.push(cx.t("surveys-words-hint")),
        Kind::Several => hints.push(cx.t("surveys-several-hint")),
        Kind::Scale5 | Kind::Scale10 => hints.push(cx.words.tn("surveys-scale-hint", question.kind.top().unwrap_or(5))),
        Kind::Rank => hints.push(cx.words.tn("surveys-rank-hint", question.pick)),
        Kind::Number => {
            let values =
                [("least", cx.words.whole(question.least).into()), ("most", cx.words.whole(question.most).into())];
            hints.push(cx.words.ta("surveys-number-hint", &values));
        }
        Kind::One => {}
    }
    hints.retain(|h| !h.is_empty());
    let picks = if question.kind == Kind::Rank { question.controls() } else { vec![] };
    Asked {
        legend: format!("{}. {}", index + 1, question.text.get(language)),
        kind: question.kind.as_str(),
        hint: hints.join(" "),
        error: errors.at(&question.id).to_owned(),
        required: question.required,
        value: form.get(&question.id).to_owned(),
        values: form.all(&question.id),
        choices: if question.kind == Kind::Rank {
            std::iter::once(Choice::new("", cx.t("surveys-choose"))).chain(choices).collect()
        } else {
            choices
        },
        picks: picks
            .into_iter()
            .enumerate()
            .map(|(place, name)| Pick {
                label: cx.words.tn("surveys-rank-place", i64::try_from(place + 1).unwrap_or(1)),
                selected: form.get(&name).to_owned(),
                name,
            })
            .collect(),
        id: question.id.clone(),
    }
}

/// A code in the address of an invitation.
#[derive(Debug, Default, Deserialize)]
pub struct Invitation {
    /// The one-time code.
    code: Option<String>,
    /// Present after a paper answer was kept.
    saved: Option<u8>,
}

/// `GET /surveys/{slug}`
///
/// # Errors
/// When there is no such questionnaire, it cannot be answered now, or the database cannot be read.
pub async fn form(cx: Cx, Path(slug): Path<String>, Query(query): Query<Invitation>) -> Result<Response, Fault> {
    cx.permit("survey:answer", &Resource::ordinary("survey", cx.code()))?;
    let mut tx = cx.read().await?;
    let survey = open(&cx, &mut tx, &slug).await?;
    let form = Fields::default().with("code", query.code.unwrap_or_default().chars().take(20).collect::<String>());
    page(&cx, &survey, Use::Answer, form, &Trouble::default())
}

async fn again(cx: &Cx, slug: &str, purpose: Use, form: Fields, fault: Fault) -> Result<Response, Fault> {
    let trouble = Trouble::of(fault)?;
    let mut tx = cx.read().await?;
    let survey = open(cx, &mut tx, slug).await?;
    page(cx, &survey, purpose, form, &trouble)
}

/// `POST /surveys/{slug}`
///
/// # Errors
/// As [`form`].
pub async fn send(cx: Cx, Path(slug): Path<String>, form: Fields) -> Result<Response, Fault> {
    match give(&cx, &slug, &form, Channel::Web).await {
        Ok(()) => Ok(see_other(&format!("/surveys/{slug}/thanks"))),
        Err(fault) => again(&cx, &slug, Use::Answer, form, fault).await,
    }
}

#[derive(askama::Template)]
#[template(path = "answer/pages/thanks.html")]
struct ThanksPage {
    page: Page,
}

/// `GET /surveys/{slug}/thanks`
///
/// # Errors
/// When the page cannot be made.
pub async fn thanks(cx: Cx, Path(_): Path<String>) -> Result<Response, Fault> {
    render(&ThanksPage { page: cx.page("surveys-thanks") })
}

/// `GET /surveys/{slug}/paper`: staff types an answer that came on paper.
///
/// # Errors
/// As [`form`], and when the policy refuses.
pub async fn paper(cx: Cx, Path(slug): Path<String>, Query(query): Query<Invitation>) -> Result<Response, Fault> {
    cx.permit("survey:edit", &Resource::ordinary("survey-answer", cx.code()))?;
    let mut tx = cx.read().await?;
    let survey = open(&cx, &mut tx, &slug).await?;
    let form = Fields::default();
    let trouble = Trouble::default();
    page(&cx, &survey, if query.saved.is_some() { Use::PaperAgain } else { Use::Paper }, form, &trouble)
}

/// `POST /surveys/{slug}/paper`
///
/// # Errors
/// As [`paper`].
pub async fn paper_submit(cx: Cx, Path(slug): Path<String>, form: Fields) -> Result<Response, Fault> {
    match give(&cx, &slug, &form, Channel::Paper).await {
        Ok(()) => Ok(see_other(&format!("/surveys/{slug}/paper?saved=1"))),
        Err(fault) => again(&cx, &slug, Use::Paper, form, fault).await,
    }
}

/// `GET /surveys/{slug}/preview`: how it will look; nothing can be sent.
///
/// # Errors
/// When the policy refuses, there is no such questionnaire, or the database cannot be read.
pub async fn preview(cx: Cx, Path(slug): Path<String>) -> Result<Response, Fault> {
    let permit = cx.permit("survey:edit", &Resource::open("survey", cx.code()))?;
    let mut tx = cx.read().await?;
    let survey = store::by_slug(&mut tx, permit.municipality(), &slug).await?.ok_or(Fault::NotFound)?;
    page(&cx, &survey, Use::Preview, Fields::default(), &Trouble::default())
}
