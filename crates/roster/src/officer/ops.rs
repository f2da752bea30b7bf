//! What can be done with officers: write down what a roster needs, lend and end a loan.

use super::{LoanRow, Profile, SkillRow, night_cap, store};
use crate::RosterConfig;
use jiff::civil::Date;
use kit::clock::day_number;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use patrol::PatrolConfig;
use people::deed::DeedConfig;
use policy::Resource;
use site::{Cx, Fields};

/// Most contract hours a week that a form takes.
const MOST_HOURS: f64 = 60.0;
/// Longest number of an agreement, in characters.
const LINE: usize = 60;

/// A profile as it was filled in; texts are checked here.
#[derive(Clone, Debug, Default)]
pub struct ProfileDraft {
    /// Made with the form.
    pub request: Uuid,
    /// The officer's account.
    pub account: Uuid,
    /// Version on the form; 0: there was no profile.
    pub version: i64,
    /// Team id.
    pub team: String,
    /// Code of the employer; empty: this municipality.
    pub employer: String,
    /// Contract hours a week, `36` or `28,8`.
    pub hours: String,
    /// First day on which the officer is 18; empty: is already.
    pub adult_from: String,
    /// Ticked conditions: `short_rest`, `collective`, `sunday_work`, `few_sundays`.
    pub conditions: Vec<String>,
    /// Which limit on night work holds.
    pub night_cap: String,
    /// Whether the officer is planned.
    pub is_planned: bool,
    /// Skills with their last day; an empty day: always.
    pub skills: Vec<(String, String)>,
}

impl ProfileDraft {
    /// Reads a form; skills are boxes `skill` with a day in `until-<skill>`.
    #[must_use]
    pub fn of(request: Uuid, account: Uuid, version: i64, fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        Self {
            request,
            account,
            version,
            team: text("team"),
            employer: text("employer"),
            hours: text("hours"),
            adult_from: text("adult_from"),
            conditions: fields.ticked("condition"),
            night_cap: text("night_cap"),
            is_planned: fields.get("is_planned") == "yes",
            skills: fields.ticked("skill").into_iter().map(|s| (s.clone(), text(&format!("until-{s}")))).collect(),
        }
    }
}

fn number(day: &str) -> Option<i64> {
    day.trim().parse::<Date>().ok().map(|day| i64::from(day_number(day)))
}

fn check(cx: &Cx, draft: &ProfileDraft) -> Result<(Profile, Vec<SkillRow>), FieldFaults> {
    let mut faults = FieldFaults::default();
    let config = cx.municipality.get::<RosterConfig>();
    if cx.municipality.get::<PatrolConfig>().team(&draft.team).is_none() {
        faults.add("team", "roster-team-missing");
    }
    let places = &cx.municipality.get::<DeedConfig>().municipalities;
    if !draft.employer.is_empty() && !places.iter().any(|m| m.code == draft.employer) {
        faults.add("employer", "roster-employer-wrong");
    }
    let hours: Option<f64> = draft.hours.trim().replace(',', ".").parse().ok();
    let hours = hours.filter(|h| (0.0..=MOST_HOURS).contains(h));
    if hours.is_none() {
        faults.add_with("hours", "roster-hours-wrong", vec![("most", MOST_HOURS.to_string())]);
    }
    let adult_from = number(&draft.adult_from);
    if adult_from.is_none() && !draft.adult_from.is_empty() {
        faults.add("adult_from", "roster-adult-wrong");
    }
    if night_cap(&draft.night_cap).is_none() {
        faults.add("night_cap", "roster-night-cap-missing");
    }
    let mut skills = Vec::new();
    for (skill, until) in &draft.skills {
        let valid_until = number(until);
        if !config.skills.iter().any(|s| s.id == *skill) || (valid_until.is_none() && !until.is_empty()) {
            faults.add("skill", "roster-skill-wrong");
        }
        skills.push(SkillRow { account_id: draft.account, skill: skill.clone(), valid_until });
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let has = |word: &str| draft.conditions.iter().any(|c| c == word);
    let today = i64::from(cx.now.day_and_hour(&cx.municipality.zone).0);
    let profile = Profile {
        account_id: draft.account,
        name: String::new(),
        active: true,
        team: draft.team.clone(),
        employer: draft.employer.clone(),
        contract_min: (hours.unwrap_or(0.0) * 60.0).round() as i64,
        // The day is of no use any more once it has passed.
        adult_from: adult_from.filter(|day| *day > today),
        is_short_rest: has("short_rest"),
        is_collective: has("collective"),
        is_sunday_work: has("sunday_work"),
        is_few_sundays: has("few_sundays"),
        night_cap: draft.night_cap.clone(),
        is_planned: draft.is_planned,
        version: draft.version,
    };
    Ok((profile, skills))
}

/// Writes what a roster needs of an officer, once per form.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, [`Fault::Stale`], [`Fault::NotFound`] when the account is no open one
/// of an officer, or when the policy or the database refuses.
pub async fn save(cx: &Cx, tx: &mut Tx, draft: &ProfileDraft) -> Result<(), Fault> {
    let permit = cx.permit("roster:edit", &Resource::ordinary("roster-officer", cx.code()))?;
    let answer = format!("/roster/officers/{}", draft.account);
    if once::claim(tx, cx.code(), draft.request, cx.now, &answer).await? != Claim::New {
        return Ok(());
    }
    if !store::known(tx, &permit).await?.iter().any(|known| known.id == draft.account) {
        return Err(Fault::NotFound);
    }
    let (profile, skills) = check(cx, draft).map_err(Fault::Invalid)?;
    let written = match draft.version {
        0 => store::insert(tx, &permit, &profile).await?,
        _ => store::update(tx, &permit, &profile).await?,
    };
    if written == 0 {
        return Err(Fault::Stale);
    }
    store::set_skills(tx, &permit, draft.account, &skills).await?;
    let detail = serde_json::json!({
        "team": profile.team, "contract_min": profile.contract_min, "planned": profile.is_planned,
        "skills": skills.iter().map(|s| &s.skill).collect::<Vec<_>>(),
    });
    audit::record(tx, &cx.deed(), permit.action(), "roster_officer", &draft.account.to_string(), &detail).await?;
    Ok(())
}

/// A loan as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct LoanDraft {
    /// Made with the form; the id of the agreement.
    pub request: Uuid,
    /// The officer's account.
    pub account: Uuid,
    /// Code of the municipality that borrows.
    pub borrower: String,
    /// Number of the agreement.
    pub agreement: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
}

/// Writes an agreement by which a municipality borrows the officer, once per form. Whether the deed gives powers there
/// is checked for each shift.
///
/// # Errors
/// As [`save`].
pub async fn lend(cx: &Cx, tx: &mut Tx, draft: &LoanDraft) -> Result<(), Fault> {
    let permit = cx.permit("roster:edit", &Resource::ordinary("roster-officer", cx.code()))?;
    let answer = format!("/roster/officers/{}", draft.account);
    if once::claim(tx, cx.code(), draft.request, cx.now, &answer).await? != Claim::New {
        return Ok(());
    }
    let Some(profile) = super::of(tx, &permit, draft.account).await? else { return Err(Fault::NotFound) };
    let employer = if profile.employer.is_empty() { cx.code() } else { &profile.employer };
    let mut faults = FieldFaults::default();
    let places = &cx.municipality.get::<DeedConfig>().municipalities;
    if draft.borrower == employer || !places.iter().any(|m| m.code == draft.borrower) {
        faults.add("borrower", "roster-borrower-wrong");
    }
    let agreement = draft.agreement.trim();
    if agreement.is_empty() || agreement.chars().count() > LINE {
        faults.add("agreement", "roster-agreement-missing");
    }
    let (from, until) = (number(&draft.from), number(&draft.until));
    if from.is_none() {
        faults.add("loan_from", "roster-day-missing");
    }
    if until.is_none_or(|until| from.is_some_and(|from| until < from)) {
        faults.add("loan_until", "roster-last-day-wrong");
    }
    let (Some(valid_from), Some(valid_until), true) = (from, until, faults.is_empty()) else {
        return Err(Fault::Invalid(faults));
    };
    let loan = LoanRow {
        id: draft.request,
        account_id: draft.account,
        borrower: draft.borrower.clone(),
        agreement: agreement.to_owned(),
        valid_from,
        valid_until,
    };
    store::insert_loan(tx, &permit, &loan).await?;
    let detail = serde_json::json!({ "borrower": loan.borrower, "agreement": loan.agreement });
    audit::record(tx, &cx.deed(), permit.action(), "roster_officer", &draft.account.to_string(), &detail).await?;
    Ok(())
}

/// Ends an agreement today, once per form.
///
/// # Errors
/// [`Fault::NotFound`] when it ended already, or when the policy or the database refuses.
pub async fn end_loan(cx: &Cx, tx: &mut Tx, request: Uuid, account: Uuid, id: Uuid) -> Result<(), Fault> {
    let permit = cx.permit("roster:edit", &Resource::ordinary("roster-officer", cx.code()))?;
    let answer = format!("/roster/officers/{account}");
    if once::claim(tx, cx.code(), request, cx.now, &answer).await? != Claim::New {
        return Ok(());
    }
    let today = i64::from(cx.now.day_and_hour(&cx.municipality.zone).0);
    if store::end_loan(tx, &permit, account, id, today).await? == 0 {
        return Err(Fault::NotFound);
    }
    let detail = serde_json::json!({ "ended": id });
    audit::record(tx, &cx.deed(), permit.action(), "roster_officer", &account.to_string(), &detail).await?;
    Ok(())
}
