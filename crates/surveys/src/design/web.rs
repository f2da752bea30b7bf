//! Screens of the adviser: a questionnaire, its questions, publishing and codes.

use super::{
    Act, Head, NewQuestion, Standing, change_standing, copy, create, make_codes, move_question, save_head,
    save_question,
};
use crate::SurveysConfig;
use crate::front::Saved;
use crate::model::{Kind, Question, State, Survey};
use crate::outcome::web::tone;
use crate::store;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::{Fault, Text};
use policy::Resource;
use site::{Choice, Cx, Fields, Link, Page, Said, Trouble, render_as, see_other};
use std::collections::BTreeMap;

/// A field in one language.
struct InLanguage {
    name: String,
    label: String,
    value: String,
    error: String,
}

/// A text field in every language of the municipality: `title-nl`, `title-en`. The first carries the fault.
fn in_languages(cx: &Cx, form: &Fields, field: &str, label: &str, errors: &Said) -> Vec<InLanguage> {
    let one = |(i, language): (usize, &String)| {
        let name = if i == 0 { field.to_owned() } else { format!("{field}-{language}") };
        InLanguage {
            label: format!("{} ({})", cx.t(label), cx.t(&format!("surveys-language-{language}"))),
            value: form.get(&name).to_owned(),
            error: if i == 0 { errors.at(field).to_owned() } else { String::new() },
            name,
        }
    };
    cx.municipality.file.languages.iter().enumerate().map(one).collect()
}

/// What was typed in every language.
fn typed(cx: &Cx, form: &Fields, field: &str) -> Text {
    let one = |(i, language): (usize, &String)| {
        let name = if i == 0 { field.to_owned() } else { format!("{field}-{language}") };
        (language.clone(), form.get(&name).replace("\r\n", "\n"))
    };
    let texts: BTreeMap<String, String> = cx.municipality.file.languages.iter().enumerate().map(one).collect();
    Text(texts.into_iter().filter(|(_, t)| !t.is_empty()).collect())
}

/// The form as it shows a text.
fn with_text(cx: &Cx, form: Fields, field: &str, text: &Text) -> Fields {
    let fill = |form: Fields, (i, language): (usize, &String)| {
        let name = if i == 0 { field.to_owned() } else { format!("{field}-{language}") };
        form.with(name, text.0.get(language).cloned().unwrap_or_default())
    };
    cx.municipality.file.languages.iter().enumerate().fold(form, fill)
}

fn crumbs(cx: &Cx, survey: Option<&Survey>) -> Vec<Link> {
    let all = Link::new("/surveys/manage", cx.t("surveys-manage"));
    let one = survey.map(|s| Link::new(format!("/surveys/{}/design", s.slug), s.design.title.get(cx.words.language())));
    std::iter::once(all).chain(one).collect()
}

async fn found(cx: &Cx, slug: &str) -> Result<Survey, Fault> {
    let permit = cx.permit("survey:edit", &Resource::open("survey", cx.code()))?;
    let mut tx = cx.read().await?;
    store::by_slug(&mut tx, permit.municipality(), slug).await?.ok_or(Fault::NotFound)
}

#[derive(askama::Template)]
#[template(path = "design/pages/head.html")]
struct HeadPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    request: String,
    form: Fields,
    titles: Vec<InLanguage>,
    intros: Vec<InLanguage>,
    errors: Said,
}

fn head_page(cx: &Cx, survey: Option<&Survey>, form: Fields, trouble: &Trouble) -> Result<Response, Fault> {
    let errors = trouble.said(cx, "title");
    let page = HeadPage {
        page: cx.page(if survey.is_some() { "surveys-edit-head" } else { "surveys-new" }),
        crumbs: crumbs(cx, survey),
        action: survey.map_or_else(|| "/surveys/new".to_owned(), |s| format!("/surveys/{}/head", s.slug)),
        request: cx.app.clock.id().to_string(),
        titles: in_languages(cx, &form, "title", "surveys-field-title", &errors),
        intros: in_languages(cx, &form, "intro", "surveys-field-intro", &errors),
        form,
        errors,
    };
    render_as(trouble.status(), &page)
}

fn head(cx: &Cx, form: &Fields) -> Result<Head, Fault> {
    Ok(Head {
        request: form.id("request")?,
        version: form.number("version").unwrap_or(0),
        title: typed(cx, form, "title"),
        intro: typed(cx, form, "intro"),
    })
}

/// `GET /surveys/new`
///
/// # Errors
/// When the policy refuses.
pub async fn new(cx: Cx) -> Result<Response, Fault> {
    cx.permit("survey:edit", &Resource::open("survey", cx.code()))?;
    head_page(&cx, None, Fields::default(), &Trouble::default())
}

/// `POST /surveys/new`
///
/// # Errors
/// When the policy or the database refuses.
pub async fn new_submit(cx: Cx, form: Fields) -> Result<Response, Fault> {
    match create(&cx, head(&cx, &form)?).await {
        Ok(slug) => Ok(see_other(&format!("/surveys/{slug}/design?saved=1"))),
        Err(fault) => head_page(&cx, None, form, &Trouble::of(fault)?),
    }
}

/// `GET /surveys/{slug}/head`
///
/// # Errors
/// When the policy refuses, or there is no such questionnaire.
pub async fn edit_head(cx: Cx, Path(slug): Path<String>) -> Result<Response, Fault> {
    let survey = found(&cx, &slug).await?;
    let form = Fields::default().with("version", survey.version.to_string());
    let form = with_text(&cx, form, "title", &survey.design.title);
    let form = with_text(&cx, form, "intro", &survey.design.intro);
    head_page(&cx, Some(&survey), form, &Trouble::default())
}

/// `POST /surveys/{slug}/head`
///
/// # Errors
/// As [`edit_head`], or when the database refuses.
pub async fn edit_head_submit(cx: Cx, Path(slug): Path<String>, form: Fields) -> Result<Response, Fault> {
    match save_head(&cx, &slug, head(&cx, &form)?).await {
        Ok(()) => Ok(see_other(&format!("/surveys/{slug}/design?saved=1"))),
        Err(fault) => head_page(&cx, Some(&found(&cx, &slug).await?), form, &Trouble::of(fault)?),
    }
}

/// A question in the list.
struct Line {
    id: String,
    number: usize,
    text: String,
    kind: String,
    note: String,
    error: String,
    href: String,
    first: bool,
    last: bool,
}

#[derive(askama::Template)]
#[template(path = "design/pages/design.html")]
struct DesignPage {
    page: Page,
    crumbs: Vec<Link>,
    slug: String,
    version: i64,
    request: String,
    intro: String,
    state: String,
    tone: &'static str,
    draft: bool,
    open: bool,
    closed: bool,
    shown: bool,
    dates: String,
    codes: String,
    lines: Vec<Line>,
    events: Vec<(String, String)>,
    form: Fields,
    errors: Said,
}

async fn design_page(
    cx: &Cx,
    survey: &Survey,
    saved: &Saved,
    form: Fields,
    trouble: &Trouble,
) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let history = store::events(&mut tx, cx.code(), survey.id).await?;
    let language = cx.words.language();
    let errors = trouble.said(cx, "questions");
    let last = survey.design.questions.len();
    let lines =
        survey.design.questions.iter().enumerate().map(|(i, q)| line(cx, survey, i, q, last, &errors)).collect();
    let page = DesignPage {
        page: saved.on(cx, cx.page_titled(survey.design.title.get(language).to_owned())),
        crumbs: crumbs(cx, None),
        slug: survey.slug.clone(),
        version: survey.version,
        request: cx.app.clock.id().to_string(),
        intro: survey.design.intro.get(language).to_owned(),
        state: cx.t(&format!("surveys-state-{}", survey.state)),
        tone: tone(survey.state),
        draft: survey.state == State::Draft,
        open: survey.state == State::Open,
        closed: survey.state == State::Closed,
        shown: survey.shown,
        dates: survey
            .opens_on
            .zip(survey.closes_on)
            .map(|(a, b)| format!("{} – {}", cx.words.day(a), cx.words.day(b)))
            .unwrap_or_default(),
        codes: if survey.codes > 0 { cx.words.whole(survey.codes) } else { String::new() },
        lines,
        events: history
            .into_iter()
            .map(|e| (cx.words.date_time(e.at), format!("{} {}", cx.t(&format!("surveys-act-{}", e.act)), e.note)))
            .collect(),
        form,
        errors,
    };
    render_as(trouble.status(), &page)
}

fn line(cx: &Cx, survey: &Survey, i: usize, q: &Question, count: usize, errors: &Said) -> Line {
    let mut notes = vec![];
    if q.required {
        notes.push(cx.t("surveys-required"));
    }
    if let Some(when) = &q.only_if {
        let nr = survey.design.questions.iter().position(|x| x.id == when.question).map_or(0, |i| i + 1);
        notes.push(cx.words.tn("surveys-when-note", i64::try_from(nr).unwrap_or(0)));
    }
    Line {
        id: q.id.clone(),
        number: i + 1,
        text: q.text.get(cx.words.language()).to_owned(),
        kind: cx.t(&format!("surveys-kind-{}", q.kind)),
        note: notes.join(", "),
        error: errors.at(&format!("question-{}", q.id)).to_owned(),
        href: format!("/surveys/{}/questions/{}", survey.slug, q.id),
        first: i == 0,
        last: i + 1 == count,
    }
}

/// `GET /surveys/{slug}/design`
///
/// # Errors
/// When the policy refuses, there is no such questionnaire, or the database cannot be read.
pub async fn design(cx: Cx, Path(slug): Path<String>, Query(saved): Query<Saved>) -> Result<Response, Fault> {
    let survey = found(&cx, &slug).await?;
    let today = cx.now.local(&cx.municipality.zone).date();
    let form = Fields::default().with("opens_on", today.to_string());
    design_page(&cx, &survey, &saved, form, &Trouble::default()).await
}

/// `POST /surveys/{slug}/state`: publish, close, put away, show or hide the results.
///
/// # Errors
/// As [`design`], or when the step is not allowed.
pub async fn state_submit(cx: Cx, Path(slug): Path<String>, form: Fields) -> Result<Response, Fault> {
    let to = match form.get("to") {
        "open" => Standing::Open(form.get("opens_on").to_owned(), form.get("closes_on").to_owned()),
        "closed" => Standing::Closed,
        "archived" => Standing::Archived,
        "show" => Standing::Shown(true),
        "hide" => Standing::Shown(false),
        _ => return Err(Fault::Bad("fault-bad-request")),
    };
    match change_standing(&cx, &slug, (form.id("request")?, form.number("version")?), to).await {
        Ok(()) => Ok(see_other(&format!("/surveys/{slug}/design?saved=1"))),
        Err(fault) => {
            let trouble = Trouble::of(fault)?;
            design_page(&cx, &found(&cx, &slug).await?, &Saved::default(), form, &trouble).await
        }
    }
}

/// `POST /surveys/{slug}/copy`
///
/// # Errors
/// As [`design`].
pub async fn copy_submit(cx: Cx, Path(slug): Path<String>, form: Fields) -> Result<Response, Fault> {
    let made = copy(&cx, &slug, form.id("request")?).await?;
    Ok(see_other(&format!("/surveys/{made}/design?saved=1")))
}

/// `POST /surveys/{slug}/codes`: gives a CSV with one-time codes and the address of each invitation. It is the only
/// time that they can be had.
///
/// # Errors
/// As [`design`].
pub async fn codes_submit(cx: Cx, Path(slug): Path<String>, form: Fields) -> Result<Response, Fault> {
    let made = make_codes(&cx, &slug, (form.id("request")?, form.number("version")?), form.get("codes")).await;
    let codes = match made {
        Ok(codes) => codes,
        Err(fault) => {
            let trouble = Trouble::of(fault)?;
            return design_page(&cx, &found(&cx, &slug).await?, &Saved::default(), form, &trouble).await;
        }
    };
    let mut text = String::from("code,address\r\n");
    for code in codes {
        text.push_str(&format!("{code},{}/surveys/{slug}?code={code}\r\n", cx.app.public_url));
    }
    let name = format!("attachment; filename=\"codes-{slug}.csv\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, text).into_response())
}

#[derive(askama::Template)]
#[template(path = "design/pages/question.html")]
struct QuestionPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    request: String,
    form: Fields,
    kinds: Vec<Choice>,
    texts: Vec<InLanguage>,
    hints: Vec<InLanguage>,
    options: Vec<InLanguage>,
    whens: Vec<Choice>,
    pick_hint: String,
    errors: Said,
}

fn question_page(cx: &Cx, survey: &Survey, id: &str, form: Fields, trouble: &Trouble) -> Result<Response, Fault> {
    let errors = trouble.said(cx, "text");
    let language = cx.words.language();
    let earlier = survey.design.questions.iter().enumerate().take_while(|(_, q)| q.id != id);
    let whens = earlier.flat_map(|(i, q)| {
        let choice = move |o: &crate::model::Opt| {
            let label = format!("{}. {}: {}", i + 1, q.text.get(language), o.text.get(language));
            Choice::new(format!("{}:{}", q.id, o.id), label)
        };
        q.options.iter().filter(|_| q.kind != Kind::Rank).map(choice)
    });
    let config = cx.municipality.get::<SurveysConfig>();
    let page = QuestionPage {
        page: cx.page(if id == "new" { "surveys-question-new" } else { "surveys-question-edit" }),
        crumbs: crumbs(cx, Some(survey)),
        action: format!("/surveys/{}/questions/{id}", survey.slug),
        request: cx.app.clock.id().to_string(),
        kinds: Kind::ALL.iter().map(|k| Choice::new(k.as_str(), cx.t(&format!("surveys-kind-{k}")))).collect(),
        texts: in_languages(cx, &form, "text", "surveys-question", &errors),
        hints: in_languages(cx, &form, "hint", "surveys-hint", &errors),
        options: in_languages(cx, &form, "options", "surveys-options", &errors),
        whens: std::iter::once(Choice::new("", cx.t("surveys-when-always"))).chain(whens).collect(),
        pick_hint: cx.words.tn("surveys-pick-hint", config.rank_pick),
        form,
        errors,
    };
    render_as(trouble.status(), &page)
}

/// `GET /surveys/{slug}/questions/{question}`: `new`, or the id of one.
///
/// # Errors
/// When the policy refuses, there is no such question, or the questionnaire was published.
pub async fn question(cx: Cx, Path((slug, id)): Path<(String, String)>) -> Result<Response, Fault> {
    let survey = found(&cx, &slug).await?;
    if survey.state != State::Draft {
        return Err(Fault::Rule { key: "surveys-frozen", values: vec![] });
    }
    let form = Fields::default().with("version", survey.version.to_string());
    if id == "new" {
        return question_page(&cx, &survey, "new", form.with("kind", "one"), &Trouble::default());
    }
    let q = survey.design.question(&id).ok_or(Fault::NotFound)?;
    let lines = |language: &String| {
        let texts = q.options.iter().map(|o| o.text.0.get(language).cloned().unwrap_or_default());
        (language.clone(), texts.collect::<Vec<_>>().join("\n"))
    };
    let options = Text(cx.municipality.file.languages.iter().map(lines).collect());
    let form = with_text(&cx, form.with("kind", q.kind.as_str()), "text", &q.text);
    let form = with_text(&cx, form, "hint", &q.hint);
    let form = with_text(&cx, form, "options", &options)
        .with("required", if q.required { "yes" } else { "" })
        .with("pick", q.pick.to_string())
        .with("least", q.least.to_string())
        .with("most", q.most.to_string())
        .with("only_if", q.only_if.as_ref().map(|w| format!("{}:{}", w.question, w.option)).unwrap_or_default());
    question_page(&cx, &survey, &id, form, &Trouble::default())
}

/// `POST /surveys/{slug}/questions/{question}`
///
/// # Errors
/// As [`question`], or when the database refuses.
pub async fn question_submit(
    cx: Cx,
    Path((slug, id)): Path<(String, String)>,
    form: Fields,
) -> Result<Response, Fault> {
    let lines = |text: &String| -> Vec<String> {
        text.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect()
    };
    let mut options = typed(&cx, &form, "options").0;
    for language in &cx.municipality.file.languages {
        options.entry(language.clone()).or_default();
    }
    let new = NewQuestion {
        request: form.id("request")?,
        version: form.number("version")?,
        kind: form.get("kind").parse().ok(),
        text: typed(&cx, &form, "text"),
        hint: typed(&cx, &form, "hint"),
        lines: options.iter().map(|(language, text)| (language.clone(), lines(text))).collect(),
        required: form.get("required") == "yes",
        pick: form.get("pick").to_owned(),
        least: form.get("least").to_owned(),
        most: form.get("most").to_owned(),
        only_if: form.get("only_if").to_owned(),
    };
    let which = Some(id.as_str()).filter(|id| *id != "new");
    match save_question(&cx, &slug, which, new).await {
        Ok(()) => Ok(see_other(&format!("/surveys/{slug}/design?saved=1"))),
        Err(fault) => question_page(&cx, &found(&cx, &slug).await?, &id, form, &Trouble::of(fault)?),
    }
}

/// `POST /surveys/{slug}/questions/{question}/move`: up, down or away.
///
/// # Errors
/// As [`question_submit`].
pub async fn move_submit(cx: Cx, Path((slug, id)): Path<(String, String)>, form: Fields) -> Result<Response, Fault> {
    let act = match form.get("act") {
        "up" => Act::Up,
        "down" => Act::Down,
        "remove" => Act::Remove,
        _ => return Err(Fault::Bad("fault-bad-request")),
    };
    move_question(&cx, &slug, &id, act, (form.id("request")?, form.number("version")?)).await?;
    Ok(see_other(&format!("/surveys/{slug}/design?saved=1")))
}
