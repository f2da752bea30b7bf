//! What ends soon: deeds, trainings, skills and agreements; and officers who cannot be planned yet.

use crate::words;
use jiff::ToSpan as _;
use jiff::civil::Date;
use kit::clock::day_date;
use kit::{Fault, Tx, Uuid};
use people::deed::{self, DeedConfig};
use policy::Permit;
use site::Cx;

/// Something to arrange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The page on which to do it.
    pub href: String,
    /// What, in a sentence.
    pub text: String,
}

/// Everything that ends within the days of `deeds.toml`, and who lacks a deed or contract hours.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(cx: &Cx, tx: &mut Tx, permit: &Permit) -> Result<Vec<Warning>, Fault> {
    let today = cx.now.local(&cx.municipality.zone).date();
    let soon = today.saturating_add(i64::from(cx.municipality.get::<DeedConfig>().warn_days).days());
    let mut out = Vec::new();
    let mut warn = |account: Uuid, key: &str, values: &[(&str, String)]| {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        out.push(Warning { href: format!("/roster/officers/{account}"), text: cx.words.ta(key, &values) });
    };
    let deeds = deed::since(tx, permit, today).await?;
    for ending in deed::ending(tx, permit, today, soon).await? {
        let name = ("name", ending.person.clone());
        if let Some(last) = ending.deed {
            warn(ending.account_id, "roster-warn-deed", &[name.clone(), ("day", cx.words.day(last))]);
        }
        if let Some(last) = ending.training {
            warn(ending.account_id, "roster-warn-training", &[name, ("day", cx.words.day(last))]);
        }
    }
    let profiles = super::planned(tx, permit).await?;
    for known in super::known(tx, permit).await? {
        let profile = profiles.iter().find(|profile| profile.account_id == known.id);
        if profile.is_none() {
            warn(known.id, "roster-warn-profile", &[("name", known.name.clone())]);
        } else if profile.is_some_and(|p| p.is_planned) && !deeds.iter().any(|d| d.account_id == known.id) {
            warn(known.id, "roster-warn-no-deed", &[("name", known.name.clone())]);
        }
    }
    let day = |number: i64| day_date(i32::try_from(number).unwrap_or(0));
    let is_soon = |last: Date| (today..soon).contains(&last);
    let name = |account: Uuid| profiles.iter().find(|p| p.account_id == account && p.active).map(|p| p.name.clone());
    for skill in super::skills(tx, permit).await? {
        let Some((last, name)) = skill.valid_until.map(day).filter(|d| is_soon(*d)).zip(name(skill.account_id)) else {
            continue;
        };
        let skill_name = words::skill(cx, &skill.skill);
        let values = [("name", name), ("skill", skill_name), ("day", cx.words.day(last))];
        warn(skill.account_id, "roster-warn-skill", &values);
    }
    for loan in super::loans(tx, permit).await? {
        let last = day(loan.valid_until);
        if let Some(name) = name(loan.account_id).filter(|_| is_soon(last)) {
            let values = [("name", name), ("agreement", loan.agreement.clone()), ("day", cx.words.day(last))];
            warn(loan.account_id, "roster-warn-loan", &values);
        }
    }
    Ok(out)
}
