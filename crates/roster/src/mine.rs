//! An officer's own page, for a phone: shifts, what changed, swaps, requests, powers and the calendar.

use crate::feed;
use crate::period;
use crate::period::web::{Line, line};
use crate::request::web::{days, swap_text};
use crate::request::{self, Ask, Kind, State};
use crate::swap;
use crate::words;
use axum::extract::Path;
use axum::response::Response;
use kit::{At, Fault, Uuid};
use patrol::PatrolConfig;
use patrol::shift::planned;
use people::deed::{self, DeedConfig};
use policy::{Permit, Resource};
use site::page::Choice;
use site::{Cx, Fields, Page, Said, Trouble, render_as, see_other};

/// Shifts that the page shows at once; the others unfold.
const FIRST: usize = 7;
/// Shifts ahead that the page shows.
const MOST: i64 = 40;
/// Days ahead in which requests are shown.
const AHEAD: i64 = 400;
/// Days back in which changes are shown.
const BACK: i64 = 21;

#[derive(askama::Template)]
#[template(path = "mine/pages/mine.html")]
struct MinePage {
    page: Page,
    errors: Said,
    form: Fields,
    request: Uuid,
    away_request: Uuid,
    feed_request: Uuid,
    shifts: Vec<ShiftLine>,
    changes: Vec<Line>,
    swaps: Vec<SwapLine>,
    asked: Vec<AskLine>,
    kinds: Vec<Choice>,
    shift_kinds: Vec<Choice>,
    powers: String,
    trained: String,
    feed: Option<String>,
    rosters: Vec<site::Link>,
}

struct ShiftLine {
    day: String,
    text: String,
    swap: String,
}

struct SwapLine {
    id: Uuid,
    text: String,
    asked: bool,
    own: bool,
    version: i64,
    request: Uuid,
}

struct AskLine {
    id: Uuid,
    text: String,
    tone: &'static str,
    state: String,
    reason: String,
    may_withdraw: bool,
    version: i64,
    request: Uuid,
}

fn permit(cx: &Cx) -> Result<(Permit, Uuid), Fault> {
    let permit = cx.permit("roster:own", &Resource::ordinary("roster", cx.code()).own(true))?;
    let account = permit.actor().ok_or(Fault::SignIn)?;
    Ok((permit, account))
}

/// `GET /roster/mine`.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn mine(cx: Cx) -> Result<Response, Fault> {
    mine_page(&cx, Fields::default(), &Trouble::default()).await
}

pub(crate) async fn mine_page(cx: &Cx, form: Fields, trouble: &Trouble) -> Result<Response, Fault> {
    let (permit, account) = permit(cx)?;
    let today = i64::from(cx.now.day_and_hour(&cx.municipality.zone).0);
    let mut tx = cx.read().await?;
    let shifts = planned::of_officer(&mut tx, &permit, account, cx.now, MOST).await?;
    let taken = period::taken(cx, &mut tx, &permit, account, (today, today + AHEAD)).await?;
    let since = At::from_micros(cx.now.micros() - BACK * 86_400_000_000);
    let changes = period::changes_of(&mut tx, &permit, account, since, 20).await?;
    let swaps = swap::open(&mut tx, &permit, Some(account)).await?;
    let mut asked = request::between(&mut tx, &permit, today, today + AHEAD).await?;
    asked.retain(|request| request.account_id == account);
    let day = cx.now.local(&cx.municipality.zone).date();
    let deed = deed::valid(&mut tx, &permit, account, day).await?;
    let feed = feed::address(cx, &mut tx, &permit, account).await?;
    let mut periods = period::since(&mut tx, &permit, today).await?;
    periods.retain(|period| period.state == period::State::Published);
    drop(tx);
    let is_planned = |shift: Uuid| taken.iter().any(|taken| taken.shift_id == shift);
    let shift_line = |shift: &patrol::shift::Shift| ShiftLine {
        day: words::day(&cx.words, shift.starts_at.day_and_hour(&cx.municipality.zone).0),
        text: format!(
            "{} {}",
            words::times(&cx.words, shift.starts_at, shift.ends_at),
            words::kind(cx, &cx.words, &shift.kind)
        ),
        swap: if is_planned(shift.id) && shift.starts_at > cx.now {
            format!("/roster/mine/swap/{}", shift.id)
        } else {
            String::new()
        },
    };
    let swap_line = |swap: &swap::Swap| SwapLine {
        id: swap.id,
        text: format!("{} {}", swap_text(cx, swap), cx.t(&format!("roster-swap-state-{}", swap.state))),
        asked: swap::web::is_asked(swap, account),
        own: swap.officer == account,
        version: swap.version,
        request: cx.app.clock.id(),
    };
    let ask_line = |request: &request::Request| {
        let tone = match request.state {
            State::Asked if request.kind == Kind::Leave => "soon",
            State::Granted | State::Asked => "ok",
            State::Refused => "late",
            State::Withdrawn => "off",
        };
        let kind = match request.kind {
            Kind::Shift => words::kind(cx, &cx.words, &request.shift_kind),
            kind => cx.t(&format!("roster-kind-{kind}")),
        };
        let wish = request.kind != Kind::Leave && request.state == State::Asked;
        AskLine {
            id: request.id,
            text: format!("{}: {kind}", days(cx, request)),
            tone,
            state: cx.t(&if wish { "roster-ask-wish".to_owned() } else { format!("roster-ask-{}", request.state) }),
            reason: request.reason.clone(),
            may_withdraw: request.kind != Kind::Away
                && (request.state == State::Asked || (request.state == State::Granted && request.first_day > today)),
            version: request.version,
            request: cx.app.clock.id(),
        }
    };
    let places = cx.municipality.get::<DeedConfig>();
    let powers = deed.as_ref().map_or_else(
        || cx.t("roster-no-deed"),
        |deed| {
            let territory: Vec<&str> = deed.territory.iter().map(|code| places.place(code)).collect();
            let values = [
                ("number", deed.number.as_str().into()),
                ("domain", deed.domain.as_str().into()),
                ("territory", territory.join(", ").into()),
                ("until", cx.words.day(deed.until).into()),
            ];
            cx.words.ta("roster-powers", &values)
        },
    );
    let trained = deed.as_ref().and_then(|deed| deed.trained_until).map(|last| cx.words.day(last));
    let language = cx.words.language();
    let patrol = cx.municipality.get::<PatrolConfig>();
    render_as(
        trouble.status(),
        &MinePage {
            errors: trouble.said(cx, "kind"),
            form,
            request: cx.app.clock.id(),
            away_request: cx.app.clock.id(),
            feed_request: cx.app.clock.id(),
            shifts: shifts.iter().map(shift_line).collect(),
            changes: changes.iter().map(|change| line(cx, change)).collect(),
            swaps: swaps.iter().map(swap_line).collect(),
            asked: asked.iter().map(ask_line).collect(),
            kinds: [Kind::Leave, Kind::Free, Kind::Shift]
                .map(|kind| Choice::new(kind.as_str(), cx.t(&format!("roster-kind-{kind}"))))
                .into(),
            shift_kinds: patrol.shifts.iter().map(|s| Choice::new(&s.id, s.name.get(language))).collect(),
            powers,
            trained: trained.map_or_else(
                || cx.t("roster-training-unknown"),
                |last| cx.words.t1("roster-training-until", "day", &last),
            ),
            feed,
            rosters: periods
                .iter()
                .map(|p| site::Link::new(format!("/roster/{}", p.id), period::view::title(cx, p)))
                .collect(),
            page: cx.page("roster-mine"),
        },
    )
}

/// Ends a form of this page: back to it, or the page with what was wrong.
async fn done(cx: &Cx, tx: kit::Tx, form: Fields, done: Result<(), Fault>) -> Result<Response, Fault> {
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other("/roster/mine#requests"))
        }
        Err(fault) => {
            drop(tx);
            mine_page(cx, form, &Trouble::of(fault)?).await
        }
    }
}

fn asked(form: &Fields, account: Uuid) -> Result<Ask, Fault> {
    let text = |name: &str| form.get(name).to_owned();
    Ok(Ask {
        request: form.id("request")?,
        account,
        kind: text("kind"),
        shift_kind: text("shift_kind"),
        first: text("first"),
        last: text("last"),
    })
}

/// `POST /roster/mine/ask`: leave or a wish.
///
/// # Errors
/// As [`request::ask`], except wrong fields.
pub async fn ask(cx: Cx, form: Fields) -> Result<Response, Fault> {
    let (_, account) = permit(&cx)?;
    let mut tx = cx.write().await?;
    let outcome = request::ask(&cx, &mut tx, &asked(&form, account)?).await.map(|_| ());
    done(&cx, tx, form, outcome).await
}

/// `POST /roster/mine/away`: not available.
///
/// # Errors
/// As [`request::away`], except wrong fields.
pub async fn away(cx: Cx, form: Fields) -> Result<Response, Fault> {
    let (_, account) = permit(&cx)?;
    let mut tx = cx.write().await?;
    let ask = Ask {
        first: form.get("away_first").to_owned(),
        last: form.get("away_last").to_owned(),
        ..asked(&form, account)?
    };
    let outcome = request::away(&cx, &mut tx, &ask).await.map(|_| ()).map_err(|fault| match fault {
        Fault::Invalid(mut faults) => {
            for wrong in &mut faults.0 {
                wrong.field = format!("away_{}", wrong.field).into();
            }
            Fault::Invalid(faults)
        }
        other => other,
    });
    done(&cx, tx, form, outcome).await
}

/// `POST /roster/mine/requests/{id}`: takes a request back.
///
/// # Errors
/// As [`request::withdraw`].
pub async fn withdraw(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let (request, version) = (form.id("request")?, form.number("version")?);
    let mut tx = cx.write().await?;
    let outcome = request::withdraw(&cx, &mut tx, request, id, version).await;
    done(&cx, tx, form, outcome).await
}
