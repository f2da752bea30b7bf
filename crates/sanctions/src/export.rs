//! What goes to the collection agency (CJIB): numbered batches in a format of our own (`docs/sanctions.md`), each
//! sanction once. What was corrected or withdrawn after it was sent gets a line in a later batch.
//!
//! Only what an officer signed and another checked goes. A batch that is asked for again gives the same bytes: its lines
//! are sealed with their records, and leave with them.

mod line;
mod store;
mod web;

pub use line::FORMAT;
pub use web::{download, make as press, page};

use crate::SanctionsConfig;
use crate::event::{self, Draft, Event, State};
use kit::{AnyVault, Fault, Tx, text_enum};
use line::line;
use policy::Permit;
use records::Envelope;
use records::kin::{self, Act, Inside};
use site::Cx;

text_enum! {
    /// What a line says of a sanction.
    pub enum Deed {
        /// It is new.
        New = "new",
        /// It was corrected after it was sent.
        Correction = "correction",
        /// It was withdrawn after it was sent.
        Withdrawal = "withdrawal",
    }
}

/// Makes the next batch of everything that was checked and not sent yet, and of what changed since. Gives its number, or
/// `None` when nothing waits.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn make(cx: &Cx, inside: &Inside, tx: &mut Tx<AnyVault>) -> Result<Option<i64>, Fault> {
    let municipality = inside.permit.municipality();
    let number = store::last(tx, municipality).await? + 1;
    let mut seq = 0;
    for id in store::waiting(tx, municipality).await? {
        // What may only be found by a targeted query, or was removed, stays where it is.
        let (permit, record, mut event) = match event::open(cx, inside, tx, (id, "sanction:export")).await {
            Err(Fault::NotFound) => continue,
            opened => opened?,
        };
        let draft = event::typed(inside, tx, id).await?;
        let lines = due(cx, tx, (&permit, &record, &event), &draft).await?;
        if lines.is_empty() {
            continue;
        }
        if seq == 0 {
            store::insert(tx, municipality, number, (inside.account, cx.now)).await?;
        }
        for (act, code) in lines {
            seq += 1;
            let text = line(cx, (&record, &event), &draft, (act, &code))?;
            let name = field(number, seq);
            kin::put_inner(tx, &inside.seal, municipality, id, (&name, text.as_bytes()), cx.now).await?;
            store::sent(tx, municipality, (number, seq), (id, &code, act)).await?;
        }
        if event.state == State::Checked {
            event.state = State::Exported;
        }
        let kept = event::lines(tx, municipality, id).await?;
        event::put(tx, municipality, &event, &kept).await?;
        event::ops::one(kin::touch(tx, municipality, &record).await?)?;
        let mut detail = inside.why();
        detail["batch"] = number.into();
        let act = Act { action: permit.action(), processing: inside.id(), record: id, act: "exported", detail };
        let fields = kin::opened(tx, &inside.seal, municipality, id).await?;
        kin::changed(tx, &inside.seal, &cx.deed_for(inside.id()), &act, &fields).await?;
    }
    Ok((seq > 0).then_some(number))
}

/// What has still to be said of an event: per code a deed.
async fn due(
    cx: &Cx,
    tx: &mut Tx<AnyVault>,
    (permit, record, event): (&Permit, &Envelope, &Event),
    draft: &Draft,
) -> Result<Vec<(Deed, String)>, Fault> {
    let exported = &cx.municipality.get::<SanctionsConfig>().exported;
    let sent = store::sent_of(tx, permit.municipality(), record.id).await?;
    let goes = |c: &&event::Chosen| Draft::modality(c).is_some_and(|m| exported.contains(&m));
    let codes: Vec<&str> = match event.state {
        State::Withdrawn => vec![],
        _ => draft.sanctions.iter().filter(goes).map(|c| c.offence.as_str()).collect(),
    };
    let mut out = Vec::new();
    for code in &codes {
        // The newest thing that was said of this code.
        match sent.iter().rev().find(|s| s.code == *code) {
            None => out.push((Deed::New, (*code).to_owned())),
            Some(last) if last.act == Deed::Withdrawal => out.push((Deed::New, (*code).to_owned())),
            Some(last) if event.signed_at > Some(last.at) => out.push((Deed::Correction, (*code).to_owned())),
            Some(_) => {}
        }
    }
    for (n, last) in sent.iter().enumerate() {
        let is_last = sent.iter().skip(n + 1).all(|s| s.code != last.code);
        if is_last && last.act != Deed::Withdrawal && !codes.contains(&last.code.as_str()) {
            out.push((Deed::Withdrawal, last.code.clone()));
        }
    }
    Ok(out)
}

/// The inner field in which a line of a batch is sealed.
fn field(batch: i64, seq: i64) -> String {
    format!("export-{batch:08}-{seq:05}")
}

/// Writes one batch of the demonstration: events that were sent long ago.
pub(crate) async fn seed(
    cx: &Cx,
    tx: &mut Tx<AnyVault>,
    seal: &kit::Seal,
    (by, at): (kit::Uuid, kit::At),
    sent: &[(Envelope, Event, Draft)],
) -> Result<(), Fault> {
    store::insert(tx, cx.code(), 1, (by, at)).await?;
    for (seq, (record, event, draft)) in (1_i64..).zip(sent) {
        let Some(chosen) = draft.sanctions.first() else { continue };
        let text = line(cx, (record, event), draft, (Deed::New, &chosen.offence))?;
        kin::put_inner(tx, seal, cx.code(), record.id, (&field(1, seq), text.as_bytes()), at).await?;
        store::sent(tx, cx.code(), (1, seq), (record.id, &chosen.offence, Deed::New)).await?;
    }
    Ok(())
}
