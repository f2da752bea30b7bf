//! Officers, deeds and rosters for the demonstration, made by the same operations that people use.

use crate::officer::{self, LoanDraft, ProfileDraft};
use crate::period::{self, NewPeriod};
use crate::request::{self, Ask};
use jiff::ToSpan as _;
use jiff::civil::Date;
use kit::{Fault, Uuid};
use people::deed::{self, Draft};
use site::Cx;

/// An invented officer.
#[derive(Clone, Debug)]
pub struct DemoOfficer {
    /// Account.
    pub account: Uuid,
    /// Team id.
    pub team: &'static str,
    /// Contract hours a week.
    pub hours: &'static str,
    /// Skills.
    pub skills: &'static [&'static str],
    /// Number of the deed.
    pub deed: &'static str,
    /// Days from today until the deed ends.
    pub deed_days: i64,
    /// Days from today until the training ends.
    pub training_days: i64,
    /// Code of the employer when another municipality lends the officer; else empty.
    pub employer: &'static str,
}

/// Writes officers with their deeds and loans. `cx` is that of a coordinator.
///
/// # Errors
/// When an operation refuses.
pub async fn officers(cx: &Cx, officers: &[DemoOfficer]) -> Result<(), Fault> {
    let today = cx.now.local(&cx.municipality.zone).date();
    let mut tx = cx.write().await?;
    for one in officers {
        let until = today.saturating_add(one.deed_days.days());
        deed::save(
            cx,
            &mut tx,
            &Draft {
                request: cx.app.clock.id(),
                account: one.account,
                number: one.deed.to_owned(),
                domain: "I".to_owned(),
                territory: cx
                    .municipality
                    .get::<deed::DeedConfig>()
                    .municipalities
                    .iter()
                    .map(|m| m.code.clone())
                    .collect(),
                means: vec!["handcuffs".to_owned()],
                from: until.saturating_sub(5.years()).saturating_add(1.day()).to_string(),
                until: until.to_string(),
                trained_until: today.saturating_add(one.training_days.days()).to_string(),
                ..Draft::default()
            },
        )
        .await?;
        let profile = ProfileDraft {
            request: cx.app.clock.id(),
            account: one.account,
            team: one.team.to_owned(),
            employer: one.employer.to_owned(),
            hours: one.hours.to_owned(),
            conditions: vec!["sunday_work".to_owned()],
            night_cap: "count".to_owned(),
            is_planned: true,
            skills: one.skills.iter().map(|skill| ((*skill).to_owned(), String::new())).collect(),
            ..ProfileDraft::default()
        };
        officer::save(cx, &mut tx, &profile).await?;
        if !one.employer.is_empty() {
            let loan = LoanDraft {
                request: cx.app.clock.id(),
                account: one.account,
                borrower: cx.code().to_owned(),
                agreement: "IJmond 2024-07".to_owned(),
                from: today.saturating_sub(1.year()).to_string(),
                until: today.saturating_add(1.year()).to_string(),
            };
            officer::lend(cx, &mut tx, &loan).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// The same with a wish or leave of each, and a roster of `weeks` weeks from `monday` per team, filled, and published
/// when `publish` names the team.
///
/// # Errors
/// When an operation refuses.
pub async fn seed(cx: &Cx, officers: &[DemoOfficer], monday: Date, weeks: i64, publish: &[&str]) -> Result<(), Fault> {
    self::officers(cx, officers).await?;
    let mut tx = cx.write().await?;
    for (n, one) in officers.iter().enumerate() {
        let day = monday.saturating_add((5 + 6 * n as i64 % 14).days()).to_string();
        let request = cx.app.clock.id();
        let kind = if n == 1 { "leave" } else { "free" };
        let ask = Ask { request, account: one.account, kind: kind.to_owned(), first: day, ..Ask::default() };
        request::ask(cx, &mut tx, &ask).await?;
    }
    tx.commit().await?;
    let mut teams: Vec<&str> = officers.iter().map(|one| one.team).collect();
    teams.dedup();
    for team in teams {
        let new = NewPeriod {
            request: cx.app.clock.id(),
            team: team.to_owned(),
            first_day: monday.to_string(),
            weeks: weeks.to_string(),
        };
        let mut tx = cx.write().await?;
        let id = period::make(cx, &mut tx, &new).await?;
        period::fill(cx, &mut tx, cx.app.clock.id(), id).await?;
        if publish.contains(&team) {
            let permit = period::web::permit(cx, "roster:read")?;
            let version = period::get(&mut tx, &permit, id).await?.version;
            period::publish(cx, &mut tx, cx.app.clock.id(), id, version).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}
