//! One shift of a roster: who is on it, who can come and who cannot, with the reason. One form with one reason; the
//! button says who comes or goes.

use super::{Line, line, permit, plans};
use crate::RosterConfig;
use crate::period::{self, Change, Replace, State};
use crate::question::{self, Question};
use crate::words;
use axum::extract::{Path, Query};
use axum::response::Response;
use deployment::roster::{Replacement, Verdict};
use kit::{Fault, Uuid};
use serde::Deserialize;
use site::{Cx, Fields, Link, Page, Said, Trouble, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "period/pages/shift.html")]
struct ShiftPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    staffing: String,
    asked: String,
    plans: bool,
    published: bool,
    full: bool,
    on: Vec<On>,
    can: Vec<Can>,
    cannot: Vec<Cannot>,
    off: Option<On>,
    errors: Said,
    reason: String,
    staff: String,
    history: Vec<Line>,
    request: Uuid,
    staff_request: Uuid,
}

/// Somebody on the shift.
#[derive(Clone)]
struct On {
    id: Uuid,
    name: String,
    fixed: bool,
}

/// Somebody who can come.
struct Can {
    id: Uuid,
    name: String,
    why: String,
}

/// Somebody who cannot.
struct Cannot {
    name: String,
    why: String,
}

/// Whom the reader wants to replace.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Shown {
    off: Option<Uuid>,
}

/// `GET /roster/{id}/shifts/{shift}`.
///
/// # Errors
/// [`Fault::NotFound`], for officers also while the roster is a draft; or when the policy or the database refuses.
pub async fn shift(cx: Cx, Path(ids): Path<(Uuid, Uuid)>, Query(shown): Query<Shown>) -> Result<Response, Fault> {
    shift_page(&cx, ids, shown.off, &Fields::default(), &Trouble::default()).await
}

async fn shift_page(
    cx: &Cx,
    (id, shift): (Uuid, Uuid),
    off: Option<Uuid>,
    form: &Fields,
    trouble: &Trouble,
) -> Result<Response, Fault> {
    let permit = permit(cx, "roster:read")?;
    let plans = plans(cx);
    let mut tx = cx.read().await?;
    let question = question::read(cx, &mut tx, &permit, id).await?;
    let published = question.period.state == State::Published;
    if !published && !plans {
        return Err(Fault::NotFound);
    }
    let index = question.shift(shift)?;
    let changes = if plans { period::store::changes_of_shift(&mut tx, &permit, (id, shift)).await? } else { vec![] };
    drop(tx);
    let on: Vec<On> = question.plan.0[index]
        .iter()
        .map(|&officer| On {
            id: question.people[officer].id,
            name: question.people[officer].name.clone(),
            fixed: !published && question.by_hand.contains(&(officer, index)),
        })
        .collect();
    let off = off.and_then(|off| on.iter().find(|on| on.id == off).cloned());
    let (can, cannot) = if plans { choices(cx, &question, index, off.as_ref())? } else { (vec![], vec![]) };
    let row = &question.shifts[index];
    let (have, staff) = (on.len(), question.roster.shifts[index].staff);
    let values = [("have", (have as i64).into()), ("staff", i64::from(staff).into())];
    let typed = form.get("staff");
    render_as(
        trouble.status(),
        &ShiftPage {
            crumbs: vec![
                Link::new("/roster", cx.t("roster-title")),
                Link::new(format!("/roster/{id}"), period::view::title(cx, &question.period)),
            ],
            action: format!("/roster/{id}/shifts/{shift}"),
            staffing: cx.words.ta("roster-staffing", &values),
            asked: asked(cx, &question, index),
            plans,
            published,
            full: have >= staff as usize,
            on,
            can,
            cannot,
            off,
            errors: trouble.said(cx, "reason"),
            reason: form.get("reason").to_owned(),
            staff: if typed.is_empty() { staff.to_string() } else { typed.to_owned() },
            history: changes.iter().map(|change| line(cx, change)).collect(),
            request: cx.app.clock.id(),
            staff_request: cx.app.clock.id(),
            page: cx.page_titled(words::shift(cx, &cx.words, &row.kind, row.starts_at, Some(row.ends_at))),
        },
    )
}

/// What the shift asks of those who work it.
fn asked(cx: &Cx, question: &Question, index: usize) -> String {
    let kind = cx.municipality.get::<RosterConfig>().kind(&question.shifts[index].kind);
    let mut parts = Vec::new();
    if !kind.domain.is_empty() {
        parts.push(cx.words.t1("roster-asks-domain", "domain", &kind.domain));
    }
    parts.extend(kind.needs.iter().map(|id| cx.words.t1("roster-asks-all", "skill", &words::skill(cx, id))));
    parts.extend(kind.skills.iter().map(|need| {
        let skill = words::skill(cx, &need.skill);
        cx.words.ta("roster-asks-some", &[("n", i64::from(need.count).into()), ("skill", skill.into())])
    }));
    parts.join(" ")
}

/// Who can come, the best first, and who cannot.
fn choices(cx: &Cx, question: &Question, shift: usize, off: Option<&On>) -> Result<(Vec<Can>, Vec<Cannot>), Fault> {
    let ill = off.map(|off| question.officer(off.id)).transpose()?;
    let list = question.planner()?.replacements(&question.plan, shift, ill);
    let list = list.map_err(|error| Fault::Internal(error.to_string()))?;
    let (mut can, mut cannot) = (vec![], vec![]);
    for replacement in list.iter().filter(|found| !question.plan.has(found.officer, shift)) {
        let person = &question.people[replacement.officer];
        match &replacement.verdict {
            Verdict::Can { .. } => {
                can.push(Can { id: person.id, name: person.name.clone(), why: why(cx, replacement) });
            }
            Verdict::Cannot { obstacles } => {
                let why = words::obstacles(cx, question, obstacles);
                cannot.push(Cannot { name: person.name.clone(), why });
            }
        }
    }
    Ok((can, cannot))
}

/// Why somebody is a good choice or less so.
fn why(cx: &Cx, replacement: &Replacement) -> String {
    let Verdict::Can { minutes, target_min, shifts, fair, wished_free, lacking, .. } = &replacement.verdict else {
        return String::new();
    };
    let hours = |minutes: i64| cx.words.number(minutes as f64 / 60.0, 1);
    let values = [("hours", hours(*minutes)), ("target", hours(*target_min))];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    let mut parts = vec![cx.words.ta("roster-can-hours", &values)];
    for (burden, key) in ["roster-evenings", "roster-nights", "roster-weekends"].into_iter().enumerate() {
        if shifts[burden] > 0 {
            let fair = cx.words.number(fair[burden], 1);
            let values =
                [("what", cx.t(key).into()), ("n", cx.words.whole(shifts[burden]).into()), ("fair", fair.into())];
            parts.push(cx.words.ta("roster-can-burden", &values));
        }
    }
    if *wished_free {
        parts.push(cx.t("roster-can-wish"));
    }
    parts.extend(lacking.iter().map(|id| cx.words.t1("roster-can-lacking", "skill", &words::skill(cx, id))));
    parts.join(" ")
}

/// `POST /roster/{id}/shifts/{shift}`: the field `do` says what: `put:<account>`, `take:<account>`, `free:<account>`,
/// `replace:<account that goes>:<account that comes>` or `staff`.
///
/// # Errors
/// As the operations of [`period`], except wrong fields.
pub async fn submit(cx: Cx, Path((id, shift)): Path<(Uuid, Uuid)>, form: Fields) -> Result<Response, Fault> {
    let mut parts = form.get("do").split(':');
    let what = parts.next().unwrap_or_default();
    let mut account = || parts.next().and_then(|id| Uuid::try_parse(id).ok());
    let (first, second) = (account(), account());
    let change = |account: Option<Uuid>| {
        Ok::<_, Fault>(Change {
            request: form.id("request")?,
            roster: id,
            shift,
            account: account.ok_or(Fault::Bad("fault-bad-request"))?,
            reason: form.get("reason").to_owned(),
        })
    };
    let mut tx = cx.write().await?;
    let done = match what {
        "put" => period::put(&cx, &mut tx, &change(first)?).await,
        "take" => period::take(&cx, &mut tx, &change(first)?).await,
        "free" => period::free(&cx, &mut tx, &change(first)?).await,
        "replace" => {
            let off = first.ok_or(Fault::Bad("fault-bad-request"))?;
            period::replace(&cx, &mut tx, &Replace { on: change(second)?, off }).await
        }
        "staff" => {
            let change = change(Some(Uuid::nil()))?;
            period::staff(&cx, &mut tx, &change, form.get("staff")).await
        }
        _ => Err(Fault::Bad("fault-bad-request")),
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&format!("/roster/{id}/shifts/{shift}")))
        }
        Err(fault) => {
            drop(tx);
            let off = if what == "replace" { first } else { None };
            shift_page(&cx, (id, shift), off, &form, &Trouble::of(fault)?).await
        }
    }
}
