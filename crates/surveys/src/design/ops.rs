//! The adviser's verbs: permit, rule, record, history, audit, job.

use crate::answer;
use crate::config::SurveysConfig;
use crate::model::{Design, Kind, LINE, MOST, PARAGRAPH, Question, State, Survey, When, options, slug};
use crate::{outcome, store};
use jiff::civil::Date;
use kit::{At, Fault, FieldFaults, Text, Tx, Uuid, audit, jobs, once};
use policy::{Permit, Resource};
use site::Cx;
use std::collections::BTreeMap;

/// The job that closes a questionnaire after its last day.
pub const CLOSE: &str = "survey-close";

/// Title and introduction as typed.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Made with the form.
    pub request: Uuid,
    /// Version on the form; 0 for a new one.
    pub version: i64,
    /// Title in each language.
    pub title: Text,
    /// Introduction in each language.
    pub intro: Text,
}

/// A question as typed.
#[derive(Clone, Debug, Default)]
pub struct NewQuestion {
    /// Made with the form.
    pub request: Uuid,
    /// Version of the questionnaire on the form.
    pub version: i64,
    /// Kind.
    pub kind: Option<Kind>,
    /// The question in each language.
    pub text: Text,
    /// The line below it.
    pub hint: Text,
    /// Options in each language, a line each.
    pub lines: BTreeMap<String, Vec<String>>,
    /// Whether it must be answered.
    pub required: bool,
    /// How many options to choose; empty takes the municipality's own number.
    pub pick: String,
    /// Lowest number.
    pub least: String,
    /// Highest number.
    pub most: String,
    /// `question:option` of an earlier question, or empty.
    pub only_if: String,
}

/// What happens to a question besides a change of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// Away.
    Remove,
}

/// Where a questionnaire should stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Published, to be answered from the first up to and including the last day.
    Open(String, String),
    /// Closed now.
    Closed,
    /// Put away.
    Archived,
    /// Results shown to everybody, or no longer.
    Shown(bool),
}

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("survey:edit", &Resource::open("survey", cx.code()))
}

async fn found(tx: &mut Tx, permit: &Permit, slug: &str) -> Result<Survey, Fault> {
    store::by_slug(tx, permit.municipality(), slug).await?.ok_or(Fault::NotFound)
}

async fn written(cx: &Cx, tx: &mut Tx, permit: &Permit, survey: Uuid, act: &str, note: &str) -> Result<(), Fault> {
    store::add_event(tx, permit, survey, kit::clock::id_at(cx.now), act, note, cx.now).await?;
    let detail = serde_json::json!({ "act": act, "note": note });
    audit::record(tx, &cx.deed(), "survey:edit", "survey", &survey.to_string(), &detail).await?;
    Ok(())
}

fn short(faults: &mut FieldFaults, field: &'static str, text: &Text, most: usize) {
    if text.0.values().any(|t| t.chars().count() > most) {
        faults.add_with(field, "surveys-too-long", vec![("most", most.to_string())]);
    }
}

fn check_head(head: &Head) -> Result<(), Fault> {
    let mut faults = FieldFaults::default();
    if head.title.0.values().all(|t| t.trim().is_empty()) {
        faults.add("title", "surveys-title-missing");
    }
    short(&mut faults, "title", &head.title, LINE);
    short(&mut faults, "intro", &head.intro, PARAGRAPH);
    faults.ok()
}

/// Makes a draft; gives its slug.
///
/// # Errors
/// [`Fault::Invalid`] without a title, or when the policy or the database refuses.
pub async fn create(cx: &Cx, head: Head) -> Result<String, Fault> {
    let permit = permit(cx)?;
    check_head(&head)?;
    let design = Design { title: head.title, intro: head.intro, ..Design::default() };
    made(cx, &permit, head.request, design, None).await
}

/// Makes a draft with the questions of another; gives its slug. The two are of one series.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy or the database refuses.
pub async fn copy(cx: &Cx, of: &str, request: Uuid) -> Result<String, Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.read().await?;
    let old = found(&mut tx, &permit, of).await?;
    drop(tx);
    made(cx, &permit, request, old.design, Some(old.series)).await
}

async fn made(
    cx: &Cx,
    permit: &Permit,
    request: Uuid,
    design: Design,
    series: Option<String>,
) -> Result<String, Fault> {
    let mut tx = cx.write().await?;
    let taken: Vec<String> = store::all(&mut tx, permit.municipality()).await?.into_iter().map(|s| s.slug).collect();
    let word = slug(design.title.get("nl"), &|s| taken.iter().any(|t| t == s));
    if let once::Claim::Replay(slug) = once::claim(&mut tx, cx.code(), request, cx.now, &word).await? {
        return Ok(slug);
    }
    let survey = Survey {
        id: request,
        series: series.unwrap_or_else(|| word.clone()),
        slug: word,
        design,
        state: State::Draft,
        opens_on: None,
        closes_on: None,
        closed_at: None,
        codes: 0,
        summary: vec![],
        shown: false,
        version: 1,
    };
    store::insert(&mut tx, permit, &survey, cx.now).await?;
    written(cx, &mut tx, permit, survey.id, "create", "").await?;
    tx.commit().await?;
    Ok(survey.slug)
}

/// Opens a draft for a change, makes it, and keeps it: the shape of every change of a design.
async fn redesign(
    cx: &Cx,
    slug: &str,
    (request, version): (Uuid, i64),
    act: &str,
    change: impl FnOnce(&mut Design) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), request, cx.now, slug).await? != once::Claim::New {
        return Ok(());
    }
    let survey = found(&mut tx, &permit, slug).await?;
    if survey.state != State::Draft {
        return Err(Fault::Rule { key: "surveys-frozen", values: vec![] });
    }
    let mut design = survey.design;
    change(&mut design)?;
    if !store::set_design(&mut tx, &permit, survey.id, version, &design, cx.now).await? {
        return Err(Fault::Stale);
    }
    written(cx, &mut tx, &permit, survey.id, act, "").await?;
    Ok(tx.commit().await?)
}

/// Changes title and introduction of a draft.
///
/// # Errors
/// [`Fault::Invalid`], [`Fault::Rule`] when it was published, [`Fault::Stale`], or when the policy or database refuses.
pub async fn save_head(cx: &Cx, slug: &str, head: Head) -> Result<(), Fault> {
    check_head(&head)?;
    redesign(cx, slug, (head.request, head.version), "head", |design| {
        (design.title, design.intro) = (head.title, head.intro);
        Ok(())
    })
    .await
}

/// Adds a question (`id` none) or changes one.
///
/// # Errors
/// As [`save_head`].
pub async fn save_question(cx: &Cx, slug: &str, id: Option<&str>, new: NewQuestion) -> Result<(), Fault> {
    let config = cx.municipality.get::<SurveysConfig>();
    let first = cx.municipality.file.languages.first().cloned().unwrap_or_default();
    redesign(cx, slug, (new.request, new.version), "question", |design| {
        let before = match id {
            Some(id) => Some(design.question(id).cloned().ok_or(Fault::NotFound)?),
            None => None,
        };
        let position = before.as_ref().and_then(|b| design.questions.iter().position(|q| q.id == b.id));
        let earlier = design.questions.get(..position.unwrap_or(design.questions.len())).unwrap_or_default();
        let mut question = check_question(&new, earlier, &config, &first, before.as_ref())?;
        if let Some(place) = position.and_then(|p| design.questions.get_mut(p)) {
            *place = question;
            return Ok(());
        }
        if design.questions.len() >= MOST {
            return Err(wrong("kind", "surveys-questions-many"));
        }
        design.made += 1;
        question.id = format!("q{}", design.made);
        design.questions.push(question);
        Ok(())
    })
    .await
}

fn wrong(field: &'static str, key: &'static str) -> Fault {
    let mut faults = FieldFaults::default();
    faults.add(field, key);
    Fault::Invalid(faults)
}

fn check_question(
    new: &NewQuestion,
    earlier: &[Question],
    config: &SurveysConfig,
    first: &str,
    before: Option<&Question>,
) -> Result<Question, Fault> {
    let mut faults = FieldFaults::default();
    let kind = new.kind.unwrap_or(Kind::One);
    if new.kind.is_none() {
        faults.add("kind", "surveys-kind-missing");
    }
    if new.text.0.values().all(|t| t.trim().is_empty()) {
        faults.add("text", "surveys-question-text-missing");
    }
    short(&mut faults, "text", &new.text, LINE);
    short(&mut faults, "hint", &new.hint, LINE);
    let made = options(&new.lines, first, before.map_or(&[], |b| b.options.as_slice()));
    if kind.has_options() {
        if made.len() < 2 {
            faults.add("options", "surveys-options-missing");
        }
        if new.lines.values().any(|lines| lines.len() != made.len()) {
            faults.add("options", "surveys-options-uneven");
        }
        if made.iter().any(|o| o.text.0.values().any(|t| t.chars().count() > LINE)) {
            faults.add_with("options", "surveys-too-long", vec![("most", LINE.to_string())]);
        }
    }
    let mut number = |field: &'static str, text: &str, otherwise: i64| match (text.trim(), text.trim().parse::<i64>()) {
        ("", _) => otherwise,
        (_, Ok(n)) if n.abs() <= 1_000_000 => n,
        _ => {
            faults.add(field, "surveys-number-shape");
            otherwise
        }
    };
    let pick = number("pick", &new.pick, config.rank_pick);
    let least = number("least", &new.least, 0);
    let most = number("most", &new.most, 100);
    if kind == Kind::Number && most <= least {
        faults.add("most", "surveys-number-order");
    }
    if kind == Kind::Rank && !(1..=i64::try_from(made.len()).unwrap_or(0)).contains(&pick) {
        faults.add("pick", "surveys-pick-wrong");
    }
    let only_if = new.only_if.split_once(':').map(|(q, o)| When { question: q.to_owned(), option: o.to_owned() });
    if let Some(when) = &only_if
        && !earlier.iter().any(|q| q.id == when.question && q.options.iter().any(|o| o.id == when.option))
    {
        faults.add("only_if", "surveys-when-wrong");
    }
    faults.ok()?;
    Ok(Question {
        id: before.map(|b| b.id.clone()).unwrap_or_default(),
        kind,
        text: new.text.clone(),
        hint: new.hint.clone(),
        options: if kind.has_options() { made } else { vec![] },
        required: new.required,
        pick,
        least,
        most,
        only_if,
    })
}

/// Moves or removes a question.
///
/// # Errors
/// As [`save_head`]; [`Fault::NotFound`] without such a question.
pub async fn move_question(cx: &Cx, slug: &str, id: &str, act: Act, form: (Uuid, i64)) -> Result<(), Fault> {
    redesign(cx, slug, form, "order", |design| {
        let at = design.questions.iter().position(|q| q.id == id).ok_or(Fault::NotFound)?;
        let last = design.questions.len() - 1;
        match act {
            Act::Up if at > 0 => design.questions.swap(at, at - 1),
            Act::Down if at < last => design.questions.swap(at, at + 1),
            Act::Remove => drop(design.questions.remove(at)),
            Act::Up | Act::Down => {}
        }
        Ok(())
    })
    .await
}

/// The days between which a questionnaire can be answered, as typed.
fn days(cx: &Cx, opens: &str, closes: &str) -> Result<(Date, Date), Fault> {
    let mut faults = FieldFaults::default();
    let today = cx.now.local(&cx.municipality.zone).date();
    let (first, last) = (opens.trim().parse::<Date>(), closes.trim().parse::<Date>());
    if first.is_err() {
        faults.add("opens_on", "surveys-day-missing");
    }
    match (&first, &last) {
        (_, Err(_)) => faults.add("closes_on", "surveys-day-missing"),
        (_, Ok(last)) if *last < today => faults.add("closes_on", "surveys-day-past"),
        (Ok(first), Ok(last)) if last < first => faults.add("closes_on", "surveys-day-order"),
        _ => {}
    }
    faults.ok()?;
    Ok((first.unwrap_or(today), last.unwrap_or(today)))
}

/// Publishes, closes or puts away a questionnaire, or shows its results.
///
/// # Errors
/// [`Fault::Invalid`] with what is missing, [`Fault::Rule`] when that step is not allowed now, [`Fault::Stale`],
/// [`Fault::NotFound`], or when the policy or the database refuses.
pub async fn change_standing(cx: &Cx, slug: &str, form: (Uuid, i64), to: Standing) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), form.0, cx.now, slug).await? != once::Claim::New {
        return Ok(());
    }
    let mut survey = found(&mut tx, &permit, slug).await?;
    if survey.version != form.1 {
        return Err(Fault::Stale);
    }
    let next = match &to {
        Standing::Open(..) => State::Open,
        Standing::Closed => State::Closed,
        Standing::Archived => State::Archived,
        Standing::Shown(_) if matches!(survey.state, State::Closed | State::Archived) => survey.state,
        Standing::Shown(_) => return Err(Fault::Rule { key: "surveys-not-closed", values: vec![] }),
    };
    if !matches!(to, Standing::Shown(_)) && !survey.state.may_become(next) {
        return Err(Fault::Rule { key: "surveys-step-wrong", values: vec![] });
    }
    let mut note = String::new();
    let act = match to {
        Standing::Open(opens, closes) => {
            survey.design.check(&cx.municipality.file.languages).ok()?;
            let (first, last) = days(cx, &opens, &closes)?;
            (survey.opens_on, survey.closes_on) = (Some(first), Some(last));
            note = format!("{first} – {last}");
            let payload = serde_json::json!({ "survey": survey.slug });
            let after = last.tomorrow().unwrap_or(last).to_zoned(cx.municipality.zone.clone());
            let run_at = after.map_or(cx.now, |z| At(z.timestamp()));
            jobs::enqueue(&mut tx, cx.code(), CLOSE, &payload, Some(&survey.id.to_string()), run_at).await?;
            "open"
        }
        Standing::Closed => return close(cx, tx, &permit, survey, "close").await,
        Standing::Archived => "archive",
        Standing::Shown(shown) => {
            survey.shown = shown;
            if shown { "show" } else { "hide" }
        }
    };
    survey.state = next;
    if !store::set_standing(&mut tx, &permit, &survey, cx.now).await? {
        return Err(Fault::Stale);
    }
    written(cx, &mut tx, &permit, survey.id, act, &note).await?;
    Ok(tx.commit().await?)
}

/// Makes the totals, destroys the codes that nobody used, and closes.
async fn close(cx: &Cx, mut tx: Tx, permit: &Permit, mut survey: Survey, act: &str) -> Result<(), Fault> {
    let (totals, summary) = outcome::count(cx, &mut tx, &survey).await?;
    store::add_totals(&mut tx, permit, survey.id, &totals).await?;
    store::drop_codes(&mut tx, permit, survey.id).await?;
    let note = summary.iter().map(|s| s.n).sum::<i64>().to_string();
    (survey.state, survey.closed_at, survey.summary) = (State::Closed, Some(cx.now), summary);
    if !store::set_standing(&mut tx, permit, &survey, cx.now).await? {
        return Err(Fault::Stale);
    }
    written(cx, &mut tx, permit, survey.id, act, &note).await?;
    Ok(tx.commit().await?)
}

/// Job [`CLOSE`]: closes the questionnaire that it names when its last day is over.
///
/// # Errors
/// When the database refuses.
pub async fn close_due(app: site::Shared, job: jobs::Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    let cx = Cx::system(&app, &municipality, "survey:edit");
    let payload: serde_json::Value = serde_json::from_str(&job.payload)?;
    let slug = payload["survey"].as_str().unwrap_or_default();
    // the system has no role; what everybody may do opens the same municipality
    let permit = cx.permit("survey:answer", &Resource::ordinary("survey", cx.code()))?;
    let mut tx = cx.write().await?;
    let Some(survey) = store::by_slug(&mut tx, cx.code(), slug).await? else { return Ok(()) };
    let today = cx.now.local(&municipality.zone).date();
    if survey.state == State::Open && survey.closes_on.is_some_and(|last| last < today) {
        close(&cx, tx, &permit, survey, "close-due").await?;
    }
    Ok(())
}

/// Makes `many` one-time codes for an invited sample and gives them; only their fingerprints are kept.
///
/// # Errors
/// [`Fault::Invalid`] for a wrong number, [`Fault::Rule`] when the questionnaire is closed or the same request came
/// before (codes are shown once), [`Fault::Stale`], [`Fault::NotFound`], or when the policy or the database refuses.
pub async fn make_codes(cx: &Cx, slug: &str, form: (Uuid, i64), many: &str) -> Result<Vec<String>, Fault> {
    let permit = permit(cx)?;
    let config = cx.municipality.get::<SurveysConfig>();
    let mut tx = cx.write().await?;
    let mut survey = found(&mut tx, &permit, slug).await?;
    if !matches!(survey.state, State::Draft | State::Open) {
        return Err(Fault::Rule { key: "surveys-step-wrong", values: vec![] });
    }
    let room = config.codes_most - survey.codes;
    let many = many.trim().parse::<i64>().ok().filter(|n| (1..=room).contains(n)).ok_or_else(|| {
        let mut faults = FieldFaults::default();
        faults.add_with("codes", "surveys-codes-number", vec![("most", room.max(0).to_string())]);
        Fault::Invalid(faults)
    })?;
    if once::claim(&mut tx, cx.code(), form.0, cx.now, slug).await? != once::Claim::New {
        return Err(Fault::Rule { key: "surveys-codes-once", values: vec![] });
    }
    let codes: Vec<String> = (0..many).map(|_| answer::new_code(cx)).collect();
    let seal = cx.app.seals.of("main")?;
    let hashes: Vec<String> = codes.iter().map(|code| answer::code_hash(seal, survey.id, code)).collect();
    store::add_codes(&mut tx, &permit, survey.id, &hashes).await?;
    survey.codes += many;
    survey.version = form.1;
    if !store::set_standing(&mut tx, &permit, &survey, cx.now).await? {
        return Err(Fault::Stale);
    }
    written(cx, &mut tx, &permit, survey.id, "codes", &many.to_string()).await?;
    tx.commit().await?;
    Ok(codes)
}
