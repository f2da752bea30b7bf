//! The officer's screen of a swap: who could take a shift over, and against which shift.

use super::{Answer, Offer, State, judge};
use crate::period;
use crate::question::{self, Question};
use crate::words;
use axum::extract::Path;
use axum::response::Response;
use kit::{Fault, Uuid};
use policy::Resource;
use site::{Cx, Fields, Link, Page, Said, Trouble, render_as, see_other};

/// Days before and after a shift in which a shift in return is looked for.
const NEAR_DAYS: i32 = 10;

#[derive(askama::Template)]
#[template(path = "swap/pages/swap.html")]
struct SwapPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    request: Uuid,
    lead: String,
    errors: Said,
    colleagues: Vec<Colleague>,
}

/// A colleague who may take the shift over, alone or against one of his own.
struct Colleague {
    id: Uuid,
    name: String,
    gift: bool,
    back: Vec<Back>,
}

struct Back {
    id: Uuid,
    text: String,
}

/// `GET /roster/mine/swap/{shift}`.
///
/// # Errors
/// [`Fault::NotFound`] for a shift that is not the reader's own of a published roster, or when the policy or the
/// database refuses.
pub async fn swap(cx: Cx, Path(shift): Path<Uuid>) -> Result<Response, Fault> {
    swap_page(&cx, shift, &Trouble::default()).await
}

async fn swap_page(cx: &Cx, shift: Uuid, trouble: &Trouble) -> Result<Response, Fault> {
    let permit = cx.permit("roster:own", &Resource::ordinary("roster-swap", cx.code()).own(true))?;
    let account = permit.actor().ok_or(Fault::SignIn)?;
    let mut tx = cx.read().await?;
    let roster = period::of_shift(&mut tx, &permit, shift).await?;
    let question = question::read(cx, &mut tx, &permit, roster).await?;
    drop(tx);
    let (officer, index) = (question.officer(account)?, question.shift(shift)?);
    if question.period.state != period::State::Published || !question.plan.has(officer, index) {
        return Err(Fault::NotFound);
    }
    let row = &question.shifts[index];
    let colleagues = (0..question.people.len()).filter(|&other| other != officer && !question.plan.has(other, index));
    let colleagues = colleagues.map(|other| colleague(cx, &question, account, other, index));
    let mut colleagues = colleagues.collect::<Result<Vec<_>, _>>()?;
    colleagues.retain(|colleague| colleague.gift || !colleague.back.is_empty());
    render_as(
        trouble.status(),
        &SwapPage {
            crumbs: vec![Link::new("/roster/mine", cx.t("roster-mine"))],
            action: format!("/roster/mine/swap/{shift}"),
            request: cx.app.clock.id(),
            lead: words::shift(cx, &cx.words, &row.kind, row.starts_at, Some(row.ends_at)),
            errors: trouble.said(cx, "other"),
            colleagues,
            page: cx.page("roster-swap"),
        },
    )
}

fn colleague(cx: &Cx, question: &Question, account: Uuid, other: usize, shift: usize) -> Result<Colleague, Fault> {
    let person = &question.people[other];
    let can = |back: Option<usize>| {
        let offer = Offer {
            request: Uuid::nil(),
            shift: question.shifts[shift].id,
            other: person.id,
            other_shift: back.map(|back| question.shifts[back].id),
        };
        judge(question, account, &offer).map(|verdict| verdict.can())
    };
    let day = |shift: usize| question.roster.shifts[shift].duty.day;
    let mut back = Vec::new();
    for own in (0..question.own).filter(|&s| question.plan.has(other, s) && question.shifts[s].starts_at > cx.now) {
        if (day(own) - day(shift)).abs() <= NEAR_DAYS && can(Some(own))? {
            let row = &question.shifts[own];
            let text = words::shift(cx, &cx.words, &row.kind, row.starts_at, Some(row.ends_at));
            back.push(Back { id: row.id, text });
        }
    }
    Ok(Colleague { id: person.id, name: person.name.clone(), gift: can(None)?, back })
}

/// `POST /roster/mine/swap/{shift}`: the field `to` is a colleague, with `:` and a shift when there is one in return.
///
/// # Errors
/// As [`super::offer`], except wrong fields.
pub async fn offer(cx: Cx, Path(shift): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let (other, back) = form.get("to").split_once(':').unwrap_or((form.get("to"), ""));
    let other = Uuid::try_parse(other).map_err(|_| Fault::Bad("fault-bad-request"))?;
    let other_shift = Uuid::try_parse(back).ok();
    let mut tx = cx.write().await?;
    match super::offer(&cx, &mut tx, &Offer { request: form.id("request")?, shift, other, other_shift }).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other("/roster/mine#swaps"))
        }
        Err(fault) => {
            drop(tx);
            swap_page(&cx, shift, &Trouble::of(fault)?).await
        }
    }
}

/// `POST /roster/mine/swaps/{id}`: `answer` is `yes` or `no` of the colleague, or `withdraw` of who offered.
///
/// # Errors
/// As [`super::answer`] and [`super::withdraw`].
pub async fn answer(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let (request, version) = (form.id("request")?, form.number("version")?);
    let mut tx = cx.write().await?;
    let outcome = if form.get("answer") == "withdraw" {
        super::withdraw(&cx, &mut tx, request, id, version).await
    } else {
        let yes = form.get("answer") == "yes";
        let answer = Answer { request, swap: id, version, yes, reason: String::new() };
        super::answer(&cx, &mut tx, &answer).await
    };
    match outcome {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other("/roster/mine#swaps"))
        }
        Err(fault) => {
            drop(tx);
            crate::mine::mine_page(&cx, Fields::default(), &Trouble::of(fault)?).await
        }
    }
}

/// Whether a swap waits for this officer.
pub(crate) fn is_asked(swap: &super::Swap, account: Uuid) -> bool {
    swap.other == account && swap.state == State::Offered
}
