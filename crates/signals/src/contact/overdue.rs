//! Questions that nobody answers: one reminder, and then the report goes on without the answer.

use super::config::NoAnswer;
use super::template::Event;
use super::{ContactConfig, messages, store};
use crate::handle::{self, Change, change_state};
use crate::intake::Desk;
use crate::model::State;
use kit::clock::id_at;
use kit::{At, Fault, Tx, Uuid, jobs};
use policy::Resource;
use serde::{Deserialize, Serialize};
use site::{Cx, Shared};

/// The name of the job that looks whether a question was answered.
pub const OVERDUE: &str = "contact-overdue";
/// Local hour at which it looks: a reminder in the night helps nobody.
const HOUR: i8 = 9;

#[derive(Serialize, Deserialize)]
struct Payload {
    signal: Uuid,
    /// The line in the history with which it was asked.
    question: Uuid,
    /// Whether this is the reminder.
    remind: bool,
}

/// Plans the reminder and the end of a question that is asked now.
pub(super) async fn plan(cx: &Cx, tx: &mut Tx, signal: Uuid, question: Uuid) -> Result<(), Fault> {
    let Some(config) = cx.municipality.find::<ContactConfig>() else { return Ok(()) };
    let (calendar, zone) = (Desk::of(&cx.municipality).calendar, &cx.municipality.zone);
    let today = cx.now.local(zone).date();
    for (days, remind) in [(config.reaction.reminder_working_days, true), (config.reaction.closes_working_days, false)]
    {
        let moment = calendar.add_working_days(today, days).at(HOUR, 0, 0, 0).to_zoned(zone.clone());
        let (true, Ok(moment)) = (days > 0, moment) else { continue };
        let payload = serde_json::to_value(Payload { signal, question, remind }).map_err(anyhow::Error::from)?;
        let key = format!("{question}-{remind}");
        jobs::enqueue(tx, cx.code(), OVERDUE, &payload, Some(&key), At(moment.timestamp())).await?;
    }
    Ok(())
}

/// Job [`OVERDUE`]: reminds, or ends a question, when it is still the last one and not answered.
///
/// # Errors
/// When the database refuses.
pub async fn overdue(app: Shared, job: jobs::Job) -> anyhow::Result<()> {
    let payload: Payload = serde_json::from_str(&job.payload)?;
    let municipality = app.municipality(&job.municipality)?;
    let cx = Cx::system(&app, &municipality, "report:follow");
    let permit = cx.permit("report:follow", &Resource::ordinary("signal", cx.code()))?;
    let mut tx = cx.write().await?;
    let question = store::question(&mut tx, cx.code(), payload.signal).await?;
    let signal = handle::get(&mut tx, &permit, payload.signal).await?;
    let (Some((last, asked)), Some(signal)) = (question, signal) else { return Ok(()) };
    if last != payload.question || signal.state != State::ReactionRequested {
        return Ok(());
    }
    if payload.remind {
        let mail = (id_at(cx.now), Event::Reminder);
        messages::mail(&cx, &mut tx, &permit, &signal, mail, (signal.state, &asked)).await?;
    } else {
        let words = app.library.words(&signal.language, municipality.zone.clone());
        let note = words.t("contact-no-answer-note");
        let (to, tell) = match municipality.get::<ContactConfig>().reaction.no_answer {
            NoAnswer::Return => (State::InProgress, false),
            NoAnswer::Close => (State::Cancelled, true),
        };
        let change = Change { version: Some(signal.version), to, note: &note, tell };
        change_state(&cx, &mut tx, &permit, signal.id, &change).await?;
    }
    Ok(tx.commit().await?)
}
