//! Verbs of issues.

use super::store::{self, Issue, OpenIssue};
use crate::category::Catalogue;
use crate::handle::{self, Change};
use crate::handle::{Event, Signal};
use crate::intake::reference;
use crate::model::{State, Urgency};
use areas::Atlas;
use kit::{At, Fault, Tx, Uuid, audit, text_enum};
use policy::Permit;
use site::Cx;

const DAY_MICROS: i64 = 86_400_000_000;
/// Most suggestions on a page.
const MOST_NEAR: usize = 10;

text_enum! {
    /// What a place to visit stands for.
    pub enum TargetKind {
        /// An issue of one or more reports.
        Issue = "issue",
        /// One report without an issue.
        Signal = "signal",
    }
}

/// Open work that an officer can do something about on a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Issue or single signal.
    pub kind: TargetKind,
    /// Its id.
    pub id: Uuid,
    /// Its reference for people.
    pub reference: String,
    /// Category id.
    pub category: String,
    /// The priority of the plan that the category serves.
    pub priority: String,
    /// The place in words: address, or name of the neighbourhood.
    pub title: String,
    /// Number of open reports.
    pub count: i64,
    /// The greatest urgency of its open reports.
    pub urgency: Urgency,
    /// Longitude in degrees (WGS84).
    pub lon: f64,
    /// Latitude in degrees (WGS84).
    pub lat: f64,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// When the first report came in.
    pub opened_at: At,
    /// The first moment at which a report of it is late.
    pub due_at: Option<At>,
}

/// Open issues, and open signals without an issue, in categories that an officer can handle on a
/// round and with a known point; the first to be late first, at most `limit` of each kind.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_for_patrol(
    tx: &mut Tx,
    permit: &Permit,
    catalogue: &Catalogue,
    atlas: &Atlas,
    limit: i64,
) -> kit::Result<Vec<Target>> {
    let ids: Vec<&str> = catalogue.categories.iter().filter(|c| c.patrol).map(|c| c.id.as_str()).collect();
    let list = format!(",{},", ids.join(","));
    let sheet = atlas.sheet();
    let mut rows = Vec::new();
    for (kind, found) in [
        (TargetKind::Issue, store::patrol_issues(tx, permit, &list, limit).await?),
        (TargetKind::Signal, store::patrol_signals(tx, permit, &list, limit).await?),
    ] {
        rows.extend(found.into_iter().map(|row| Target {
            kind,
            priority: catalogue.get(&row.category).map_or_else(String::new, |c| c.priority.clone()),
            title: match (row.title.is_empty(), &row.area) {
                (true, Some(area)) => sheet.name(area).to_owned(),
                _ => row.title,
            },
            id: row.id,
            reference: row.reference,
            category: row.category,
            count: row.reports,
            urgency: match row.urgency {
                0 => Urgency::Low,
                1 => Urgency::Normal,
                _ => Urgency::High,
            },
            lon: row.lon,
            lat: row.lat,
            area: row.area,
            opened_at: row.opened_at,
            due_at: row.due_at,
        }));
    }
    Ok(rows)
}

/// Something near that may be the same matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// Issue or single signal.
    pub kind: TargetKind,
    /// Its id.
    pub id: Uuid,
    /// Its reference.
    pub reference: String,
    /// The place in words.
    pub title: String,
    /// Number of reports.
    pub count: i64,
    /// When the first report came in.
    pub first: At,
    /// When the last report came in.
    pub last: At,
    /// Metres from the signal.
    pub metres: f64,
}

/// What is offered as the same matter as `signal`: open issues and other open signals of its category
/// within the category's metres and days, both bounds included; the nearest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn suggest(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: &Signal) -> kit::Result<Vec<Near>> {
    let (catalogue, atlas) = (cx.municipality.get::<Catalogue>(), cx.municipality.get::<Atlas>());
    let (Some(category), Some(lon), Some(lat)) = (catalogue.get(&signal.category), signal.lon, signal.lat) else {
        return Ok(vec![]);
    };
    let limits = category.issue;
    let frame = store::Frame::around((lon, lat), limits.radius_m);
    let span = limits.days * DAY_MICROS;
    let mut near = Vec::new();
    let mut offer = |kind, row: OpenIssue| {
        let Some(metres) = atlas.metres((lon, lat), (row.lon, row.lat)) else { return };
        let at = signal.reported_at.micros();
        let apart = (row.first_at.micros() - at).max(at - row.last_at.micros()).max(0);
        if metres <= limits.radius_m && apart <= span {
            near.push(Near {
                kind,
                id: row.id,
                reference: row.reference,
                title: row.title,
                count: row.reports,
                first: row.first_at,
                last: row.last_at,
                metres,
            });
        }
    };
    for row in store::issues_near(tx, permit, &signal.category, &frame).await? {
        offer(TargetKind::Issue, row);
    }
    for row in store::signals_near(tx, permit, signal, &frame, span).await? {
        offer(TargetKind::Signal, row);
    }
    near.sort_by(|a, b| a.metres.total_cmp(&b.metres).then(a.id.cmp(&b.id)));
    near.truncate(MOST_NEAR);
    Ok(near)
}

/// Puts signal `id` (of `version`) in the open issue `issue` of the same category.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Stale`], or [`Fault::Rule`] when the two cannot be one matter.
pub async fn link(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, Option<i64>),
    issue: Uuid,
    note: &str,
) -> Result<(), Fault> {
    let signal = handle::current(tx, permit, id, version).await?;
    let issue = store::get(tx, permit, issue).await?.ok_or(Fault::NotFound)?;
    put(cx, tx, permit, &signal, &issue, note).await
}

/// Makes one issue of two open signals of the same category; if the other has an issue, the first
/// joins that. Gives the issue's id.
///
/// # Errors
/// As [`link`].
pub async fn join(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, Option<i64>),
    other: Uuid,
    note: &str,
) -> Result<Uuid, Fault> {
    let signal = handle::current(tx, permit, id, version).await?;
    let other = handle::current(tx, permit, other, None).await?;
    if let Some(issue) = other.issue_id {
        link(cx, tx, permit, (id, version), issue, note).await?;
        return Ok(issue);
    }
    if other.id == signal.id {
        return Err(Fault::Rule { key: "issues-rule-self", values: vec![] });
    }
    let first = if other.reported_at <= signal.reported_at { &other } else { &signal };
    let new_id = kit::clock::id_at(cx.now);
    let issue = Issue {
        id: new_id,
        reference: reference(new_id),
        category: signal.category.clone(),
        title: first.address.clone(),
        state: "open".to_owned(),
        lon: first.lon,
        lat: first.lat,
        area: first.area.clone(),
        opened_at: first.reported_at,
        closed_at: None,
        version: 1,
    };
    store::insert(tx, permit, &issue).await?;
    let detail = serde_json::json!({ "category": issue.category });
    audit::record(tx, &cx.deed(), permit.action(), "issue", &new_id.to_string(), &detail).await?;
    put(cx, tx, permit, &other, &issue, note).await?;
    put(cx, tx, permit, &signal, &issue, note).await?;
    Ok(new_id)
}

async fn put(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: &Signal, issue: &Issue, note: &str) -> Result<(), Fault> {
    if signal.issue_id == Some(issue.id) {
        return Ok(());
    }
    let rule = |key| Err(Fault::Rule { key, values: vec![("issue", issue.reference.clone())] });
    if signal.issue_id.is_some() {
        return rule("issues-rule-linked");
    }
    if issue.closed_at.is_some() {
        return rule("issues-rule-closed");
    }
    if signal.closed_at.is_some() {
        return rule("issues-rule-signal-closed");
    }
    if signal.category != issue.category {
        return rule("issues-rule-category");
    }
    let note = handle::checked_note(note, false)?;
    handle::one(store::set_issue(tx, permit, signal, Some(issue.id)).await?)?;
    let event = Event { note: &note, ..Event::quiet("issue", "", &issue.reference) };
    handle::written(cx, tx, permit, signal, &event).await.map(|_| ())
}

/// Takes signal `id` out of its issue; the reason is required. An issue without reports left is closed.
///
/// # Errors
/// As [`link`], and [`Fault::Invalid`] without a reason.
pub async fn leave(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, Option<i64>),
    note: &str,
) -> Result<(), Fault> {
    let signal = handle::current(tx, permit, id, version).await?;
    let note = handle::checked_note(note, true)?;
    let (Some(issue), Some(name)) = (signal.issue_id, &signal.issue_reference) else {
        return Err(Fault::Rule { key: "issues-rule-none", values: vec![] });
    };
    handle::one(store::set_issue(tx, permit, &signal, None).await?)?;
    let event = Event { note: &note, ..Event::quiet("issue", name, "") };
    handle::written(cx, tx, permit, &signal, &event).await?;
    if store::count_of(tx, permit, issue).await? == 0 {
        store::close(tx, permit, issue, cx.now).await?;
        let detail = serde_json::json!({ "becomes": "solved", "reports": 0 });
        audit::record(tx, &cx.deed(), permit.action(), "issue", &issue.to_string(), &detail).await?;
    }
    Ok(())
}

/// Closes issue `id`: each of its open signals is done, with the same note in its own history, and
/// its reporter is told.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Rule`] when it is closed already, [`Fault::Invalid`] without a note.
pub async fn close(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid, note: &str) -> Result<(), Fault> {
    let issue = store::get(tx, permit, id).await?.ok_or(Fault::NotFound)?;
    let note = handle::checked_note(note, true)?;
    if issue.closed_at.is_some() || store::close(tx, permit, id, cx.now).await? != 1 {
        return Err(Fault::Rule { key: "issues-rule-closed", values: vec![("issue", issue.reference)] });
    }
    let open = store::open_of(tx, permit, id).await?;
    let detail = serde_json::json!({ "becomes": "solved", "reports": open.len() });
    audit::record(tx, &cx.deed(), permit.action(), "issue", &id.to_string(), &detail).await?;
    for (signal, version) in open {
        let change = Change { version: Some(version), to: State::Done, note: &note, tell: true };
        handle::change_state(cx, tx, permit, signal, &change).await?;
    }
    Ok(())
}
