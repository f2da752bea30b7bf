//! Pages of rounds at the desk: the week, a new round, its plan, and plan against done.

mod done;
mod list;
mod new;
mod plan;
mod replan;

pub use list::rounds;
pub(crate) use new::letter;
pub use new::{new, propose};
pub use plan::{approve, change, search_on, watch, withdraw};
pub(crate) use plan::{metres, subject};
pub use replan::{form as replan_form, send as replan_send};

use super::RoundState;
use super::{ops, store};
use crate::shift::{self, OnShift, Shift};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, Uuid, Words};
use policy::Resource;
use site::Cx;

/// `GET /rounds/{id}`: the plan while it is a proposal, afterwards plan against done.
pub async fn round(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let permit = cx.permit("round:read", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let round = store::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let (shift, officers) = shift::ops::with_officers(&mut tx, &permit, round.shift_id).await?;
    match ops::draft(&round)? {
        Some(draft) if round.state == RoundState::Proposed => {
            drop(tx);
            plan::page(&cx, StatusCode::OK, &round, &draft, (&shift, &officers), &ops::Approval::default(), None)
        }
        _ => {
            let visits = store::visits(&mut tx, &permit, id).await?;
            let officers = super::crew(&mut tx, &permit, id, officers).await?;
            let changes = super::changes(&mut tx, &permit, id).await?;
            let crews = match round.plan_id {
                Some(plan) => store::of_plan(&mut tx, &permit, plan).await?,
                None => vec![],
            };
            let carrier = crews.iter().find(|r| !r.proposal.is_empty());
            let draft = carrier.map(ops::draft).transpose()?.flatten();
            let mut others = Vec::new();
            for other in crews.iter().filter(|other| other.id != id) {
                others.push((other.id, store::officers(&mut tx, &permit, other.id).await?));
            }
            drop(tx);
            done::page(&cx, &round, draft.as_ref(), (&shift, &officers), &visits, &changes, others)
        }
    }
}

/// `vrijdag 3 mei 2024, 14:00 - 22:00`.
fn when(words: &Words, shift: &Shift) -> String {
    let day = words.weekday(shift.starts_at.local(words.zone()).date());
    format!("{day}, {} - {}", words.time(shift.starts_at), words.time(shift.ends_at))
}

/// The names of officers in one line.
fn names(officers: &[OnShift]) -> String {
    officers.iter().map(|o| o.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Tone of a round's badge.
pub(crate) fn state_tone(state: RoundState) -> &'static str {
    match state {
        RoundState::Proposed => "soon",
        RoundState::Approved => "info",
        RoundState::Running => "info",
        RoundState::Finished => "ok",
        RoundState::Withdrawn => "off",
    }
}
