//! From one step to the next, and from the last step to a report.

use super::draft::{Draft, Press};
use super::elsewhere::{self, ElsewherePage};
use super::pages::{Note, StepPage};
use super::review::{self, Review};
use super::step::Step;
use super::typed::Sent;
use super::{flow, kept, known, store};
use crate::category::{Catalogue, questions};
use crate::contact;
use crate::intake::{self, Created, Desk, clean};
use crate::photo::Ready;
use axum::extract::{Multipart, Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, FieldFaults, Tx, Uuid};
use policy::{Permit, Resource};
use serde::Deserialize;
use site::{Cx, render, render_as, see_other};

/// From where a step was opened.
#[derive(Debug, Deserialize)]
pub struct From {
    to: Option<String>,
}

/// `GET /report/draft/{id}/{step}`: a step of a draft.
///
/// # Errors
/// [`Fault::NotFound`] for what is no step, or when the policy refuses or the database cannot be read.
pub async fn step(cx: Cx, Path((id, step)): Path<(Uuid, String)>, Query(from): Query<From>) -> Result<Response, Fault> {
    let permit = cx.permit("report:create", &Resource::ordinary("signal", cx.code()))?;
    let step: Step = step.parse().map_err(|_| Fault::NotFound)?;
    let mut tx = cx.read().await?;
    let Some(mut draft) = kept::load(&cx, &mut tx, &permit, id).await? else { return Ok(see_other("/report")) };
    if draft.is_sent {
        return Ok(see_other(&contact::status_path(&cx, draft.report)?));
    }
    draft.to_check = from.to.is_some_and(|to| to == Step::Check.as_str());
    let instead = match step {
        Step::Check => {
            let mut faults = review::review(&cx, &mut tx, &draft).await?.faults;
            faults.0.retain(|f| f.key != SHORT);
            Step::first(&faults).map(|first| first.href(id, true))
        }
        Step::Questions => {
            let asked = questions::asked(&mut tx, cx.code(), &draft.category).await?;
            asked.questions.is_empty().then(|| Step::Category.href(id, draft.to_check))
        }
        Step::Known => {
            let near = known::near(&cx, &mut tx, &permit, &draft).await?;
            near.is_empty().then(|| Step::Contact.href(id, false))
        }
        _ => None,
    };
    match instead {
        Some(href) => Ok(see_other(&href)),
        None => {
            let page = StepPage::new(&cx, &mut tx, &permit, draft, step, &FieldFaults::default()).await?;
            drop(tx);
            let mut response = render(&page)?;
            let never = axum::http::HeaderValue::from_static("noindex, nofollow");
            response.headers_mut().insert("x-robots-tag", never);
            Ok(response)
        }
    }
}

/// The fault of words that are missing.
const SHORT: &str = "signal-words-short";

/// `POST /report/draft`: a step is done, or the map or "back" was pressed on it.
///
/// # Errors
/// When the body is no form of ours, the policy refuses, or the database does.
pub async fn go(cx: Cx, body: Multipart) -> Result<Response, Fault> {
    let permit = cx.permit("report:create", &Resource::ordinary("signal", cx.code()))?;
    let sent = Sent::read(body).await?;
    if sent.step().is_none() { Err(Fault::Bad("fault-bad-request")) } else { take(&cx, &permit, sent, false).await }
}

/// `POST /report`: the report is sent, from the last step or as one form with everything in it.
///
/// # Errors
/// When the body is no form, the policy refuses, or the database does.
pub async fn send(cx: Cx, body: Multipart) -> Result<Response, Fault> {
    let permit = cx.permit("report:create", &Resource::ordinary("signal", cx.code()))?;
    let sent = Sent::read(body).await?;
    take(&cx, &permit, sent, true).await
}

async fn take(cx: &Cx, permit: &Permit, mut sent: Sent, sends: bool) -> Result<Response, Fault> {
    let uploads = std::mem::take(&mut sent.uploads);
    let step = sent.step();
    let mut photo_faults = FieldFaults::default();
    let ready = flow::ready(cx, uploads, &mut photo_faults).await;
    let mut tx = cx.write().await?;
    let (base, note) = match begun(cx, &mut tx, permit, &sent).await? {
        Begun::Sent(id) => return Ok(see_other(&contact::status_path(cx, id)?)),
        Begun::Draft(base, note) => (*base, note),
    };
    let mut draft = sent.onto(base);
    if note == Note::Again {
        draft.id = Draft::fresh(cx).id;
    }
    if note == Note::Gone {
        kept::save(cx, &mut tx, permit, &draft).await?;
        let page = StepPage::new(cx, &mut tx, permit, draft, Step::Words, &FieldFaults::default()).await?;
        tx.commit().await?;
        return render_as(StatusCode::CONFLICT, &page.with_note(note));
    }
    if draft.press == Press::Send
        && let Some(response) = not_here(cx, &mut tx, permit, &mut draft, (step, !ready.is_empty())).await?
    {
        tx.commit().await?;
        return Ok(response);
    }
    photo_faults.0.extend(draft.faults.0.extract_if(.., |f| f.field == "photo"));
    let (ready, waiting) = flow::fitting(&mut tx, permit, &mut draft, ready, &mut photo_faults).await?;
    let at = step.unwrap_or(Step::Check);
    let hand = Hand { draft, ready, waiting, at, is_whole: step.is_none() };
    match hand.draft.press {
        Press::Send if sends => finish(cx, tx, permit, hand, photo_faults).await,
        Press::Send => onward(cx, tx, permit, hand, photo_faults).await,
        Press::Back => back(cx, tx, permit, hand).await,
        Press::Map(_) | Press::Find | Press::Found | Press::Whole | Press::NoPoint => map(cx, tx, permit, hand).await,
    }
}

/// A form at hand, with its new photos.
struct Hand {
    draft: Draft,
    ready: Vec<Ready>,
    /// How many photos wait from before.
    waiting: usize,
    at: Step,
    /// Whether it came in one piece instead of step by step.
    is_whole: bool,
}

/// What a form goes on from.
enum Begun {
    /// It was sent already: the report with this id.
    Sent(Uuid),
    /// What was typed before.
    Draft(Box<Draft>, Note),
}

async fn begun(cx: &Cx, tx: &mut Tx, permit: &Permit, sent: &Sent) -> Result<Begun, Fault> {
    let fresh = Draft::fresh(cx);
    let (Some(id), Some(step)) = (sent.id(), sent.step()) else { return Ok(Begun::Draft(Box::new(fresh), Note::None)) };
    let Some(draft) = kept::load(cx, tx, permit, id).await? else {
        return Ok(Begun::Draft(Box::new(fresh), if step == Step::Words { Note::None } else { Note::Gone }));
    };
    if !draft.is_sent {
        return Ok(Begun::Draft(Box::new(draft), Note::None));
    }
    // "back" after sending, to the first step, and something else is told there: another report
    let words = clean(&sent.onto(Draft::default()).words);
    let is_other =
        step == Step::Words && store::said(tx, permit, draft.report).await?.is_some_and(|said| said != words);
    Ok(if is_other { Begun::Draft(Box::new(fresh), Note::Again) } else { Begun::Sent(draft.report) })
}

/// The page for what belongs to another organisation, of which nothing is kept: chosen, or plainly meant by words about
/// which the reader was not yet asked.
async fn not_here(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    draft: &mut Draft,
    (step, has_photos): (Option<Step>, bool),
) -> Result<Option<Response>, Fault> {
    let catalogue = cx.municipality.get::<Catalogue>();
    if let Some(redirect) = elsewhere::chosen(&catalogue, &draft.category) {
        store::drop_draft(tx, permit, draft.id).await?;
        store::drop_all_pending(tx, permit, draft.id).await?;
        let page = ElsewherePage::new(cx, redirect, std::mem::take(draft));
        return page.map(|page| render(&page)).transpose();
    }
    let tells = matches!(step, None | Some(Step::Words | Step::Check));
    let meant = if tells { elsewhere::meant(&catalogue, &draft.words, &draft.told) } else { vec![] };
    if meant.is_empty() {
        return Ok(None);
    }
    for redirect in &meant {
        draft.told = format!("{} {}", draft.told, redirect.id).trim().to_owned();
    }
    let warned = elsewhere::elsewhere(cx, meant);
    let page = StepPage::new(cx, tx, permit, std::mem::take(draft), Step::Words, &FieldFaults::default()).await?;
    render(&page.with_warning(warned, has_photos)).map(Some)
}

/// Keeps photos and draft, for what comes next.
async fn keep(cx: &Cx, tx: &mut Tx, permit: &Permit, hand: &Hand) -> Result<(), Fault> {
    flow::keep(cx, tx, permit, hand.draft.id, &hand.ready).await?;
    kept::save(cx, tx, permit, &hand.draft).await
}

async fn back(cx: &Cx, mut tx: Tx, permit: &Permit, hand: Hand) -> Result<Response, Fault> {
    keep(cx, &mut tx, permit, &hand).await?;
    let asked = questions::asked(&mut tx, cx.code(), &hand.draft.category).await?;
    tx.commit().await?;
    let before = hand.at.before(!asked.questions.is_empty());
    Ok(see_other(&before.href(hand.draft.id, hand.draft.to_check)))
}

async fn map(cx: &Cx, mut tx: Tx, permit: &Permit, mut hand: Hand) -> Result<Response, Fault> {
    let note = flow::press_on_map(cx, &Desk::of(&cx.municipality), &mut hand.draft);
    keep(cx, &mut tx, permit, &hand).await?;
    if note.is_empty() {
        tx.commit().await?;
        let href = Step::Place.href(hand.draft.id, hand.draft.to_check);
        return Ok(see_other(&format!("{href}#place")));
    }
    let page = StepPage::new(cx, &mut tx, permit, hand.draft, Step::Place, &FieldFaults::default()).await?;
    tx.commit().await?;
    render(&page.with_place_note(note))
}

async fn onward(
    cx: &Cx,
    mut tx: Tx,
    permit: &Permit,
    mut hand: Hand,
    mut faults: FieldFaults,
) -> Result<Response, Fault> {
    if hand.at == Step::Place && hand.draft.place.is_none() {
        // an address that was typed whole needs no press on the proposal
        let open = cx.permit("area:read", &Resource::open("area", cx.code()))?;
        hand.draft.place = areas::address::exact(&mut tx, &open, &hand.draft.address).await?.map(|found| found.point);
    }
    let Review { form, faults: found, .. } = review::review(cx, &mut tx, &hand.draft).await?;
    flow::join(&mut faults, found);
    // a photo alone is enough to go on; the words are asked at the end
    let has_photo = hand.waiting + hand.ready.len() > 0;
    faults.0.retain(|f| Step::of(&f.field) == hand.at && !(has_photo && f.key == SHORT));
    if !faults.is_empty() {
        return wrong(cx, tx, permit, hand, &faults).await;
    }
    let knows = hand.at == Step::Place && !known::near(cx, &mut tx, permit, &hand.draft).await?.is_empty();
    let next = match hand.at.next(!form.questions.is_empty(), knows) {
        next @ (Step::Questions | Step::Known) => next,
        _ if hand.draft.to_check => Step::Check,
        next => next,
    };
    keep(cx, &mut tx, permit, &hand).await?;
    tx.commit().await?;
    Ok(see_other(&next.href(hand.draft.id, hand.draft.to_check && next != Step::Check)))
}

/// The step again, with what is wrong with it.
async fn wrong(cx: &Cx, mut tx: Tx, permit: &Permit, hand: Hand, faults: &FieldFaults) -> Result<Response, Fault> {
    keep(cx, &mut tx, permit, &hand).await?;
    let page = StepPage::new(cx, &mut tx, permit, hand.draft, hand.at, faults).await?;
    tx.commit().await?;
    render_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn finish(
    cx: &Cx,
    mut tx: Tx,
    permit: &Permit,
    mut hand: Hand,
    mut faults: FieldFaults,
) -> Result<Response, Fault> {
    let mut review = review::review(cx, &mut tx, &hand.draft).await?;
    flow::join(&mut faults, review.faults);
    if let Some(first) = Step::first(&faults) {
        let only_words = !hand.is_whole && faults.0.iter().all(|f| f.key == SHORT);
        faults.0.retain(|f| Step::of(&f.field) == first);
        (hand.at, hand.draft.to_check) = (if only_words { Step::Check } else { first }, true);
        return wrong(cx, tx, permit, hand, &faults).await;
    }
    let (form, id) = (hand.draft.id, if hand.is_whole { hand.draft.id } else { hand.draft.report });
    review.new.id = id;
    match intake::create(cx, &mut tx, permit, review.new).await? {
        Created::New(_) => {
            questions::keep(&mut tx, permit, id, &review.form, &review.answers).await?;
            flow::attach(cx, &mut tx, permit, (form, id), &hand.ready).await?;
            if hand.is_whole {
                // its id is that of the report, which the public may come to see: no draft may answer to it
                store::drop_draft(&mut tx, permit, form).await?;
            } else {
                let sent = Draft { id: form, report: id, is_sent: true, ..Draft::default() };
                kept::save(cx, &mut tx, permit, &sent).await?;
            }
            tx.commit().await?;
        }
        Created::Replay(_) if hand.is_whole && !flow::says(&mut tx, permit, &hand.draft).await? => {
            flow::renew(cx, &mut tx, permit, &mut hand.draft).await?;
            keep(cx, &mut tx, permit, &hand).await?;
            let page = StepPage::new(cx, &mut tx, permit, hand.draft, Step::Words, &FieldFaults::default()).await?;
            tx.commit().await?;
            return render_as(StatusCode::CONFLICT, &page.with_note(Note::Again));
        }
        Created::Replay(_) => {}
    }
    Ok(see_other(&contact::status_path(cx, id)?))
}
