//! The coordinator's screen of requests: leave that waits, swaps that wait, who is not available, and what is open.

use super::{Ask, Decision, Kind, Request, State};
use crate::officer;
use crate::period::web::permit;
use crate::swap::{self, Answer, Swap};
use crate::words;
use axum::extract::Path;
use axum::response::Response;
use kit::{Fault, Tx, Uuid};
use policy::Permit;
use site::page::Choice;
use site::{Cx, Fields, Link, Page, Said, Trouble, render_as, see_other};

/// Days ahead that the screen shows.
const AHEAD: i64 = 400;
/// Days back in which an absence stays on the screen.
const BACK: i64 = 0;

/// How much leave and how many swaps wait for the coordinator.
pub(crate) async fn waiting(cx: &Cx, tx: &mut Tx, permit: &Permit) -> Result<(usize, usize), Fault> {
    let leave = leave_waiting(cx, tx, permit).await?.len();
    let swaps = swap::open(tx, permit, None).await?;
    Ok((leave, swaps.iter().filter(|swap| swap.state == swap::State::Accepted).count()))
}

async fn leave_waiting(cx: &Cx, tx: &mut Tx, permit: &Permit) -> Result<Vec<Request>, Fault> {
    let today = today(cx);
    let mut all = super::between(tx, permit, today, today + AHEAD).await?;
    all.retain(|request| request.kind == Kind::Leave && request.state == State::Asked);
    Ok(all)
}

fn today(cx: &Cx) -> i64 {
    i64::from(cx.now.day_and_hour(&cx.municipality.zone).0)
}

/// The days of a request: `ma 3 juni` or `ma 3 juni t/m wo 5 juni`.
pub(crate) fn days(cx: &Cx, request: &Request) -> String {
    let day = |day: i64| words::day(&cx.words, i32::try_from(day).unwrap_or(0));
    if request.first_day == request.last_day {
        return day(request.first_day);
    }
    let values = [("first", day(request.first_day).into()), ("last", day(request.last_day).into())];
    cx.words.ta("roster-days", &values)
}

#[derive(askama::Template)]
#[template(path = "request/pages/requests.html")]
struct RequestsPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Said,
    form: Fields,
    request: Uuid,
    leave: Vec<LeaveLine>,
    swaps: Vec<SwapLine>,
    away: Vec<LeaveLine>,
    granted: Vec<String>,
    people: Vec<Choice>,
}

struct LeaveLine {
    id: Uuid,
    name: String,
    days: String,
    version: i64,
    request: Uuid,
}

struct SwapLine {
    id: Uuid,
    text: String,
    version: i64,
    request: Uuid,
}

/// `GET /roster/requests`.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn requests(cx: Cx) -> Result<Response, Fault> {
    requests_page(&cx, Fields::default(), &Trouble::default()).await
}

async fn requests_page(cx: &Cx, form: Fields, trouble: &Trouble) -> Result<Response, Fault> {
    let permit = permit(cx, "roster:edit")?;
    let mut tx = cx.read().await?;
    let leave = leave_waiting(cx, &mut tx, &permit).await?;
    let swaps = swap::open(&mut tx, &permit, None).await?;
    let all = super::between(&mut tx, &permit, today(cx) - BACK, today(cx) + AHEAD).await?;
    let known = officer::known(&mut tx, &permit).await?;
    drop(tx);
    let line = |request: &Request| LeaveLine {
        id: request.id,
        name: request.person.clone(),
        days: days(cx, request),
        version: request.version,
        request: cx.app.clock.id(),
    };
    let of = |kind: Kind| all.iter().filter(move |q| q.kind == kind && q.state == State::Granted);
    let accepted = swaps.iter().filter(|swap| swap.state == swap::State::Accepted);
    render_as(
        trouble.status(),
        &RequestsPage {
            crumbs: vec![Link::new("/roster", cx.t("roster-title"))],
            errors: trouble.said(cx, "reason"),
            form,
            request: cx.app.clock.id(),
            leave: leave.iter().map(line).collect(),
            swaps: accepted
                .map(|s| SwapLine { id: s.id, text: swap_text(cx, s), version: s.version, request: cx.app.clock.id() })
                .collect(),
            away: of(Kind::Away).map(line).collect(),
            granted: of(Kind::Leave).map(|q| format!("{}: {}", q.person, days(cx, q))).collect(),
            people: std::iter::once(Choice::new("", cx.t("roster-choose")))
                .chain(known.iter().map(|k| Choice::new(k.id.to_string(), &k.name)))
                .collect(),
            page: cx.page("roster-requests"),
        },
    )
}

/// A swap in words.
pub(crate) fn swap_text(cx: &Cx, swap: &Swap) -> String {
    let shift = |kind: &str, at| words::shift(cx, &cx.words, kind, at, None);
    let mut values = vec![
        ("officer", swap.officer_name.clone()),
        ("other", swap.other_name.clone()),
        ("shift", shift(&swap.kind, swap.starts_at)),
    ];
    let mut key = "roster-swap-gift";
    if let (Some(kind), Some(at)) = (&swap.other_kind, swap.other_starts_at) {
        key = "roster-swap-both";
        values.push(("back", shift(kind, at)));
    }
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    cx.words.ta(key, &values)
}

/// Ends a form of this screen: back to it, or the screen with what was wrong.
async fn done(cx: &Cx, tx: Tx, form: Fields, done: Result<(), Fault>) -> Result<Response, Fault> {
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other("/roster/requests"))
        }
        Err(fault) => {
            drop(tx);
            requests_page(cx, form, &Trouble::of(fault)?).await
        }
    }
}

/// `POST /roster/requests/{id}`: grants or refuses leave.
///
/// # Errors
/// As [`super::decide`], except wrong fields.
pub async fn decide(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let decision = Decision {
        request: form.id("request")?,
        version: form.number("version")?,
        grant: form.get("answer") == "yes",
        reason: form.get("reason").to_owned(),
    };
    let mut tx = cx.write().await?;
    let outcome = super::decide(&cx, &mut tx, id, &decision).await;
    done(&cx, tx, form.with("of", id.to_string()), outcome).await
}

/// `POST /roster/away`: somebody is not available.
///
/// # Errors
/// As [`super::away`], except wrong fields.
pub async fn away(cx: Cx, form: Fields) -> Result<Response, Fault> {
    let permit = permit(&cx, "roster:edit")?;
    let account = Uuid::try_parse(form.get("account")).ok();
    let mut tx = cx.write().await?;
    let known = officer::known(&mut tx, &permit).await?;
    let Some(account) = account.filter(|account| known.iter().any(|k| k.id == *account)) else {
        let mut faults = kit::FieldFaults::default();
        faults.add("account", "roster-officer-missing");
        return done(&cx, tx, form, Err(Fault::Invalid(faults))).await;
    };
    let ask = Ask {
        request: form.id("request")?,
        account,
        first: form.get("first").to_owned(),
        last: form.get("last").to_owned(),
        ..Ask::default()
    };
    let outcome = super::away(&cx, &mut tx, &ask).await.map(|_| ());
    match outcome {
        // What is open now stands on the list of rosters, each with who can come.
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other("/roster"))
        }
        wrong => done(&cx, tx, form, wrong).await,
    }
}

/// `POST /roster/requests/{id}/back`: somebody is available again.
///
/// # Errors
/// As [`super::back`].
pub async fn back(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let (request, version) = (form.id("request")?, form.number("version")?);
    let mut tx = cx.write().await?;
    let outcome = super::back(&cx, &mut tx, request, id, version).await;
    done(&cx, tx, form, outcome).await
}

/// `POST /roster/swaps/{id}`: the coordinator's decision on a swap.
///
/// # Errors
/// As [`swap::decide`], except wrong fields.
pub async fn swap(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let answer = Answer {
        request: form.id("request")?,
        swap: id,
        version: form.number("version")?,
        yes: form.get("answer") == "yes",
        reason: form.get("reason").to_owned(),
    };
    let mut tx = cx.write().await?;
    let outcome = swap::decide(&cx, &mut tx, &answer).await;
    done(&cx, tx, form.with("of", id.to_string()), outcome).await
}
