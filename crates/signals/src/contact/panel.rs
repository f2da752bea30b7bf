//! The messages of a report as staff see them.

use super::{ContactConfig, store};
use kit::{Fault, Tx, Uuid};
use policy::Permit;
use site::Cx;

/// What the page of a report shows of the contact with its reporter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Panel {
    pub lines: Vec<Line>,
    /// Whether the last mail to the reporter did not arrive.
    pub bad_address: bool,
    pub muted: bool,
    /// What the reporter said about the result; empty when nothing.
    pub said: String,
    pub said_words: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub id: Uuid,
    pub at: String,
    pub iso: String,
    pub what: String,
    pub subject: String,
    pub body: String,
    pub tone: &'static str,
    pub state: String,
    pub answer: String,
    pub who: String,
    pub unsure: bool,
}

impl Panel {
    /// Reads the panel of a report.
    pub(crate) async fn read(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Self, Fault> {
        let messages = store::messages(tx, permit, signal).await?;
        let muted = store::is_muted(tx, cx.code(), signal).await?;
        let said = store::said(tx, permit, signal).await?;
        let sent = messages.iter().find(|m| m.state != "in" && m.state != "waiting");
        let bad_address = sent.is_some_and(|m| matches!(m.state.as_str(), "failed" | "bounced"));
        let lines = messages
            .into_iter()
            .map(|m| Line {
                id: m.id,
                at: cx.words.date_time(m.at),
                iso: cx.words.iso(m.at),
                what: cx.t(&format!("contact-event-{}", m.event)),
                tone: match m.state.as_str() {
                    "sent" => "ok",
                    "waiting" => "info",
                    "failed" | "bounced" => "late",
                    "unsure" => "soon",
                    _ => "neutral",
                },
                state: cx.t(&format!("contact-state-{}", m.state)),
                unsure: m.state == "unsure",
                who: m.actor.unwrap_or_default(),
                subject: m.subject,
                body: m.body,
                answer: m.answer,
            })
            .collect();
        let (said, said_words) = match said {
            None => (String::new(), String::new()),
            Some((at, satisfied, reachable, reason, words)) => {
                let config = cx.municipality.find::<ContactConfig>();
                let reason = config
                    .and_then(|c| {
                        c.reason.iter().find(|r| r.id == reason).map(|r| r.name.get(cx.words.language()).to_owned())
                    })
                    .unwrap_or_default();
                let key = if satisfied { "contact-said-yes" } else { "contact-said-no" };
                let mut text = cx.words.t1(key, "day", &cx.words.date(at));
                if !reason.is_empty() {
                    text = format!("{text} {reason}.");
                }
                if reachable {
                    text = format!("{text} {}", cx.t("contact-said-reachable"));
                }
                (text, words)
            }
        };
        Ok(Self { lines, bad_address, muted, said, said_words })
    }
}
