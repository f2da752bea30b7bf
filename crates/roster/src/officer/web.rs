//! Screens of officers: the list, one officer with profile, deeds and agreements, and the form of a deed.

mod deed;

pub use deed::{edit as deed_edit, edit_submit as deed_edit_submit, new as deed_new, new_submit as deed_new_submit};

use super::warn::{self, Warning};
use super::{LoanDraft, Profile, ProfileDraft, SkillRow};
use crate::RosterConfig;
use crate::words;
use axum::extract::Path;
use axum::response::Response;
use kit::clock::day_date;
use kit::{Fault, Uuid};
use patrol::PatrolConfig;
use people::deed::{self as deeds, DeedConfig};
use policy::{Permit, Resource};
use site::page::Choice;
use site::{Cx, Fields, Link, Page, Said, Trouble, render, render_as, see_other};

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("roster:edit", &Resource::ordinary("roster-officer", cx.code()))
}

fn iso(day: Option<i64>) -> String {
    day.map(|day| day_date(i32::try_from(day).unwrap_or(0)).to_string()).unwrap_or_default()
}

#[derive(askama::Template)]
#[template(path = "officer/pages/list.html")]
struct ListPage {
    page: Page,
    crumbs: Vec<Link>,
    warnings: Vec<Warning>,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    name: String,
    team: String,
    hours: String,
    deed: String,
    skills: String,
}

/// `GET /roster/officers`.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let mut tx = cx.read().await?;
    let known = super::known(&mut tx, &permit).await?;
    let profiles = super::planned(&mut tx, &permit).await?;
    let skills = super::skills(&mut tx, &permit).await?;
    let today = cx.now.local(&cx.municipality.zone).date();
    let all = deeds::since(&mut tx, &permit, today).await?;
    let warnings = warn::all(&cx, &mut tx, &permit).await?;
    drop(tx);
    let patrol = cx.municipality.get::<PatrolConfig>();
    let row = |known: &super::Known| {
        let profile = profiles.iter().find(|p| p.account_id == known.id);
        let deed = all.iter().find(|d| d.account_id == known.id && d.is_valid(today));
        let own = skills.iter().filter(|s| s.account_id == known.id);
        Row {
            href: format!("/roster/officers/{}", known.id),
            name: known.name.clone(),
            team: profile.map(|p| patrol.team_name(&p.team, cx.words.language()).to_owned()).unwrap_or_default(),
            hours: profile.map(|p| hours(&cx, p)).unwrap_or_default(),
            deed: deed
                .map(|d| {
                    cx.words.ta(
                        "roster-deed-until",
                        &[("number", d.number.as_str().into()), ("day", cx.words.day(d.until).into())],
                    )
                })
                .unwrap_or_default(),
            skills: own.map(|s| words::skill(&cx, &s.skill)).collect::<Vec<_>>().join(", "),
        }
    };
    render(&ListPage {
        crumbs: vec![Link::new("/roster", cx.t("roster-title"))],
        warnings,
        rows: known.iter().map(row).collect(),
        page: cx.page("roster-officers"),
    })
}

/// Contract hours as a form takes them: `36`, `28,8`.
fn hours(cx: &Cx, profile: &Profile) -> String {
    let decimals = usize::from(profile.contract_min % 60 != 0) * 2;
    cx.words.number(profile.contract_min as f64 / 60.0, decimals)
}

#[derive(askama::Template)]
#[template(path = "officer/pages/officer.html")]
struct OfficerPage {
    page: Page,
    crumbs: Vec<Link>,
    id: Uuid,
    errors: Said,
    form: Fields,
    version: i64,
    requests: [Uuid; 2],
    teams: Vec<Choice>,
    employers: Vec<Choice>,
    borrowers: Vec<Choice>,
    caps: Vec<Choice>,
    conditions: Vec<Choice>,
    skills: Vec<SkillLine>,
    deeds: Vec<DeedLine>,
    loans: Vec<LoanLine>,
}

struct SkillLine {
    id: String,
    name: String,
    on: bool,
    until: String,
}

struct DeedLine {
    href: String,
    number: String,
    text: String,
    tone: &'static str,
    state: String,
}

struct LoanLine {
    id: Uuid,
    text: String,
    open: bool,
    request: Uuid,
}

/// `GET /roster/officers/{id}`.
///
/// # Errors
/// [`Fault::NotFound`] for an account that is no open one of an officer, or when the policy or the database refuses.
pub async fn officer(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    officer_page(&cx, id, None, &Trouble::default()).await
}

/// The form as the profile fills it; a new one gets the usual values.
fn filled(cx: &Cx, profile: Option<&Profile>, skills: &[SkillRow]) -> Fields {
    let form = Fields::default();
    let Some(p) = profile else {
        return form.with("is_planned", "yes").with("condition", "sunday_work").with("night_cap", "count");
    };
    let ticked: Vec<String> = [
        ("short_rest", p.is_short_rest),
        ("collective", p.is_collective),
        ("sunday_work", p.is_sunday_work),
        ("few_sundays", p.is_few_sundays),
    ]
    .iter()
    .filter(|(_, on)| *on)
    .map(|(word, _)| (*word).to_owned())
    .collect();
    let form = form
        .with("team", p.team.clone())
        .with("employer", p.employer.clone())
        .with("hours", hours(cx, p))
        .with("adult_from", iso(p.adult_from))
        .with("night_cap", p.night_cap.clone())
        .with("is_planned", if p.is_planned { "yes" } else { "" })
        .with_all("condition", &ticked);
    skills.iter().fold(form, |form, skill| {
        form.with("skill", skill.skill.clone()).with(format!("until-{}", skill.skill), iso(skill.valid_until))
    })
}

async fn officer_page(cx: &Cx, id: Uuid, form: Option<Fields>, trouble: &Trouble) -> Result<Response, Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.read().await?;
    let known =
        super::known(&mut tx, &permit).await?.into_iter().find(|known| known.id == id).ok_or(Fault::NotFound)?;
    let profile = super::of(&mut tx, &permit, id).await?;
    let mut skills = super::skills(&mut tx, &permit).await?;
    skills.retain(|skill| skill.account_id == id);
    let mut loans = super::loans(&mut tx, &permit).await?;
    loans.retain(|loan| loan.account_id == id);
    let own = deeds::of(&mut tx, &permit, id).await?;
    drop(tx);
    let places = cx.municipality.get::<DeedConfig>();
    let place = |code: &str| places.place(code).to_owned();
    let today = cx.now.local(&cx.municipality.zone).date();
    let form = form.unwrap_or_else(|| filled(cx, profile.as_ref(), &skills));
    let language = cx.words.language();
    let choice = |word: &str, key: String| Choice::new(word, cx.t(&key));
    let municipalities = || places.municipalities.iter().map(|m| Choice::new(&m.code, &m.name));
    let mut employers = vec![Choice::new("", place(cx.code()))];
    employers.extend(municipalities().filter(|m| m.value != cx.code()));
    let config = cx.municipality.get::<RosterConfig>();
    let deed_line = |deed: &deeds::Deed| {
        let (tone, state) = match (today < deed.from, today > deed.until) {
            (true, _) => ("info", "later"),
            (_, true) => ("off", "ended"),
            _ if !deed.is_trained(today) => ("late", "untrained"),
            _ => ("ok", "valid"),
        };
        let territory: Vec<String> = deed.territory.iter().map(|code| place(code)).collect();
        let values = [
            ("domain", deed.domain.as_str().into()),
            ("territory", territory.join(", ").into()),
            ("from", cx.words.day(deed.from).into()),
            ("until", cx.words.day(deed.until).into()),
        ];
        DeedLine {
            href: format!("/roster/officers/{id}/deeds/{}", deed.id),
            number: deed.number.clone(),
            text: cx.words.ta("roster-deed-line", &values),
            tone,
            state: cx.t(&format!("roster-deed-{state}")),
        }
    };
    let number = i64::from(cx.now.day_and_hour(&cx.municipality.zone).0);
    let loan_line = |loan: &super::LoanRow| {
        let day = |day: i64| cx.words.day(day_date(i32::try_from(day).unwrap_or(0)));
        let values = [
            ("place", place(&loan.borrower).into()),
            ("agreement", loan.agreement.as_str().into()),
            ("from", day(loan.valid_from).into()),
            ("until", day(loan.valid_until).into()),
        ];
        LoanLine {
            id: loan.id,
            text: cx.words.ta("roster-loan-line", &values),
            open: loan.valid_until > number,
            request: cx.app.clock.id(),
        }
    };
    let skill_line = |skill: &crate::config::Skill| SkillLine {
        on: form.has("skill", &skill.id),
        until: form.get(&format!("until-{}", skill.id)).to_owned(),
        name: skill.name.get(language).to_owned(),
        id: skill.id.clone(),
    };
    let patrol = cx.municipality.get::<PatrolConfig>();
    render_as(
        trouble.status(),
        &OfficerPage {
            crumbs: vec![
                Link::new("/roster", cx.t("roster-title")),
                Link::new("/roster/officers", cx.t("roster-officers")),
            ],
            id,
            errors: trouble.said(cx, "team"),
            version: profile.as_ref().map_or(0, |p| p.version),
            requests: std::array::from_fn(|_| cx.app.clock.id()),
            teams: patrol.teams.iter().map(|t| Choice::new(&t.id, t.name.get(language))).collect(),
            employers,
            borrowers: municipalities().collect(),
            caps: ["count", "collective-count", "collective-hours"]
                .map(|word| choice(word, format!("roster-cap-{word}")))
                .into(),
            conditions: ["short_rest", "collective", "sunday_work", "few_sundays"]
                .map(|word| choice(word, format!("roster-condition-{}", word.replace('_', "-"))))
                .into(),
            skills: config.skills.iter().map(skill_line).collect(),
            deeds: own.iter().map(deed_line).collect(),
            loans: loans.iter().map(loan_line).collect(),
            form,
            page: cx.page_titled(known.name),
        },
    )
}

/// `POST /roster/officers/{id}`.
///
/// # Errors
/// As [`super::save`], except wrong fields.
pub async fn submit(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let draft = ProfileDraft::of(form.id("request")?, id, form.number("version")?, &form);
    let mut tx = cx.write().await?;
    match super::save(&cx, &mut tx, &draft).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&format!("/roster/officers/{id}")))
        }
        Err(fault) => {
            drop(tx);
            officer_page(&cx, id, Some(form), &Trouble::of(fault)?).await
        }
    }
}

/// `POST /roster/officers/{id}/loans`.
///
/// # Errors
/// As [`super::lend`], except wrong fields.
pub async fn lend(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let text = |name: &str| form.get(name).to_owned();
    let draft = LoanDraft {
        request: form.id("request")?,
        account: id,
        borrower: text("borrower"),
        agreement: text("agreement"),
        from: text("loan_from"),
        until: text("loan_until"),
    };
    let mut tx = cx.write().await?;
    match super::lend(&cx, &mut tx, &draft).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&format!("/roster/officers/{id}")))
        }
        Err(fault) => {
            drop(tx);
            let trouble = Trouble::of(fault)?;
            let permit = permit(&cx)?;
            let mut tx = cx.read().await?;
            let profile = super::of(&mut tx, &permit, id).await?;
            let mut skills = super::skills(&mut tx, &permit).await?;
            skills.retain(|skill| skill.account_id == id);
            drop(tx);
            let mut both = filled(&cx, profile.as_ref(), &skills);
            for name in ["borrower", "agreement", "loan_from", "loan_until"] {
                both = both.with(name, form.get(name));
            }
            officer_page(&cx, id, Some(both), &trouble).await
        }
    }
}

/// `POST /roster/officers/{id}/loans/{loan}/end`.
///
/// # Errors
/// As [`super::end_loan`].
pub async fn end_loan(cx: Cx, Path((id, loan)): Path<(Uuid, Uuid)>, form: Fields) -> Result<Response, Fault> {
    let mut tx = cx.write().await?;
    super::end_loan(&cx, &mut tx, form.id("request")?, id, loan).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/roster/officers/{id}")))
}
