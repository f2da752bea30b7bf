//! Publishing a roster: its shifts become those of patrol, and its officers are told.

use super::change::in_patrol;
use super::{Act, State, get, store};
use crate::question::{self, Question};
use crate::tell;
use deployment::roster::{Piece, RosterFinding, Severity};
use kit::clock::id_at;
use kit::once::{self, Claim};
use kit::{Fault, Tx, Uuid, audit};
use patrol::shift::planned;
use policy::Resource;
use site::Cx;

/// Publishes a draft as it was seen, once per form. Shifts may be short of officers; nothing may be unlawful.
///
/// # Errors
/// [`Fault::Rule`] while something in it is forbidden, [`Fault::Stale`] when it changed since, [`Fault::NotFound`], or
/// when the policy or the database refuses.
pub async fn publish(cx: &Cx, tx: &mut Tx, request: Uuid, id: Uuid, version: i64) -> Result<(), Fault> {
    let permit = cx.permit("roster:publish", &Resource::ordinary("roster", cx.code()))?;
    let publisher = permit.actor().ok_or(Fault::SignIn)?;
    if once::claim(tx, cx.code(), request, cx.now, &format!("/roster/{id}")).await? != Claim::New {
        return Ok(());
    }
    let question = question::read(cx, tx, &permit, id).await?;
    if question.period.state != State::Draft {
        return Err(Fault::Rule { key: "roster-published-rule", values: vec![] });
    }
    let found = question.planner()?.check(&question.plan).map_err(|error| Fault::Internal(error.to_string()))?;
    let forbidden = found.iter().filter(|finding| blocks(&question, finding)).count();
    if forbidden > 0 {
        return Err(Fault::Rule { key: "roster-forbidden-rule", values: vec![("n", forbidden.to_string())] });
    }
    if store::publish(tx, &permit, id, version, publisher, cx.now).await? == 0 {
        return Err(Fault::Stale);
    }
    let period = get(tx, &permit, id).await?;
    let mut planned = in_patrol(tx, &permit, &period, |_| true).await?;
    planned.retain(|shift| !shift.officers.is_empty());
    planned::write(tx, &permit, &cx.municipality, &planned).await?;
    let line =
        store::NewChange { id: id_at(cx.now), roster: id, shift: None, account: None, act: Act::Published, reason: "" };
    store::changed(tx, &permit, line, cx.now).await?;
    tell::published(cx, tx, &permit, &period, &planned).await?;
    let detail = serde_json::json!({ "shifts": planned.len() });
    audit::record(tx, &cx.deed(), permit.action(), "roster", &id.to_string(), &detail).await?;
    Ok(())
}

/// Whether a finding keeps a roster from being published: something forbidden in which a shift of the roster itself
/// has a part. What is wrong between shifts that were made by hand elsewhere is not for this roster to mend.
pub(crate) fn blocks(question: &Question, finding: &RosterFinding) -> bool {
    if finding.severity() != Severity::Forbidden {
        return false;
    }
    match finding {
        RosterFinding::Unable { shift, .. } | RosterFinding::Overstaffed { shift, .. } => *shift < question.own,
        RosterFinding::Unlawful { officer, finding } => {
            let begin = |piece: Piece| match piece {
                Piece::History(_) => i64::MIN,
                Piece::Shift(shift) => question.roster.shifts[shift].duty.start,
                Piece::Later(_) => i64::MAX,
            };
            let span = begin(finding.first)..=begin(finding.last);
            (0..question.own).any(|shift| {
                question.plan.has(*officer, shift) && span.contains(&question.roster.shifts[shift].duty.start)
            })
        }
        _ => false,
    }
}
