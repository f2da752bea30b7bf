//! What rosters know of an officer, for requests of data subjects (AVG art. 15-17): told in words, and erased as far as it
//! may go. Names of colleagues are left out (AVG art. 15(4)). The caller has the permit.

mod store;

use crate::officer::{self, Profile};
use crate::period::{self, web::line};
use crate::request::{self, web::days};
use crate::words;
use kit::clock::day_date;
use kit::{At, Fault, Tx, Uuid, audit};
use policy::Permit;
use site::Cx;

/// Most changes that are told.
const MOST: i64 = 1_000;

/// What is kept of an officer: the name of each field and what stands in it, a line for each thing. Empty fields are left
/// out.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(cx: &Cx, tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<(&'static str, String)>, Fault> {
    let last = |day: i64| cx.words.day(day_date(i32::try_from(day).unwrap_or(0)));
    let profile = officer::of(tx, permit, account).await?.map(|p| profile_lines(cx, &p)).unwrap_or_default();
    let skills = officer::skills(tx, permit).await?.into_iter().filter(|s| s.account_id == account);
    let skills = skills.map(|s| match s.valid_until {
        Some(day) => {
            let values = [("skill", words::skill(cx, &s.skill).into()), ("day", last(day).into())];
            cx.words.ta("roster-subject-skill", &values)
        }
        None => words::skill(cx, &s.skill),
    });
    let skills = skills.collect();
    let loans = officer::loans(tx, permit).await?.into_iter().filter(|l| l.account_id == account);
    let loans = loans.map(|l| {
        let values = [
            ("borrower", l.borrower.into()),
            ("agreement", l.agreement.into()),
            ("first", last(l.valid_from).into()),
            ("last", last(l.valid_until).into()),
        ];
        cx.words.ta("roster-subject-loan", &values)
    });
    let loans = loans.collect();
    let feed = store::feed(tx, permit, account).await?;
    let feed = feed.map(|at| cx.words.t1("roster-subject-feed", "day", &cx.words.date(at)));
    let asked = request::of_officer(tx, permit, account).await?;
    let asked = asked.iter().map(|r| asked_line(cx, r)).collect();
    let swaps = store::swaps(tx, permit, account).await?.into_iter().map(|s| {
        let state = cx.t(&format!("roster-swap-state-{}", s.state));
        format!("{}: {state}", duty(cx, &s.kind, s.starts_at, s.ends_at))
    });
    let swaps = swaps.collect();
    let duties = store::duties(tx, permit, account).await?;
    let duties = duties.iter().map(|d| duty(cx, &d.kind, d.starts_at, d.ends_at)).collect();
    let changes = period::changes_of(tx, permit, account, At::from_micros(0), MOST).await?;
    let changes = changes.iter().map(|c| line(cx, c)).map(|l| format!("{}: {}", l.at, l.text)).collect();
    let all: [(&str, Vec<String>); 8] = [
        ("roster-profile", profile),
        ("roster-skills", skills),
        ("roster-loans", loans),
        ("roster-feed", feed.into_iter().collect()),
        ("roster-requests", asked),
        ("roster-swaps", swaps),
        ("roster-duties", duties),
        ("roster-changes", changes),
    ];
    Ok(all.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(name, lines)| (name, lines.join("\n"))).collect())
}

fn profile_lines(cx: &Cx, p: &Profile) -> Vec<String> {
    let config = cx.municipality.get::<patrol::PatrolConfig>();
    let team = config.team_name(&p.team, cx.words.language());
    let values = [("team", team.into()), ("hours", words::hours(&cx.words, p.contract_min).into())];
    let mut lines = vec![cx.words.ta("roster-subject-contract", &values)];
    if !p.employer.is_empty() && p.employer != cx.code() {
        lines.push(cx.words.t1("roster-subject-employer", "employer", &p.employer));
    }
    if let Some(day) = p.adult_from.and_then(|day| i32::try_from(day).ok()) {
        lines.push(cx.words.t1("roster-subject-adult", "day", &cx.words.day(day_date(day))));
    }
    let agreed = [
        (p.is_short_rest, "short-rest"),
        (p.is_collective, "collective"),
        (p.is_sunday_work, "sunday-work"),
        (p.is_few_sundays, "few-sundays"),
    ];
    lines.extend(agreed.into_iter().filter(|(is, _)| *is).map(|(_, what)| cx.t(&format!("roster-condition-{what}"))));
    lines
}

fn asked_line(cx: &Cx, request: &request::Request) -> String {
    let year = day_date(i32::try_from(request.last_day).unwrap_or(0)).year();
    let kind = match request.kind {
        request::Kind::Shift => words::kind(cx, &cx.words, &request.shift_kind),
        kind => cx.t(&format!("roster-kind-{kind}")),
    };
    let state = cx.t(&format!("roster-ask-{}", request.state));
    format!("{} {year}: {kind}, {state}. {}", days(cx, request), request.reason).trim().to_owned()
}

fn duty(cx: &Cx, kind: &str, from: At, until: At) -> String {
    let times = words::times(&cx.words, from, until);
    format!("{}, {times}: {}", cx.words.date(from), words::kind(cx, &cx.words, kind))
}

/// Erases what nothing needs any more of an officer whose account is closed: the secret address of the calendar, requests
/// for days ahead, swaps that wait, and, when no shift of the officer is left, contract, skills and agreements. Shifts that
/// were worked and what changed in them stay as long as the law asks (ATW art. 4:3); the rule is `working-time`.
///
/// # Errors
/// When the database refuses.
pub async fn erase(cx: &Cx, tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<(), Fault> {
    let today = i64::from(cx.now.day_and_hour(&cx.municipality.zone).0);
    store::erase(tx, permit, account, today).await?;
    let detail = serde_json::json!({ "officer": "erased" });
    let deed = cx.deed_for("rights");
    Ok(audit::record(tx, &deed, permit.action(), "roster_officer", &account.to_string(), &detail).await?)
}
