//! Thousands of reports put aside in one act, and brought back in one: the rows move to twin tables that nothing reads,
//! so that lists, pictures, counts and public pages are right without knowing of junk.

use super::super::store;
use crate::intake::{clean, fold};
use crate::model::Channel;
use kit::outbox;
use kit::{At, Fault, FieldFaults, Tx, Uuid, audit};
use policy::Permit;
use site::Cx;

/// Most reports in one act: a bound on how long the database writes.
pub const MOST: i64 = 20_000;

/// Which reports. Only reports of strangers that nobody worked on are ever taken: still in their first state, in no
/// issue, without a legal hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sieve {
    /// Reported at or after.
    pub from: Option<At>,
    /// Reported before.
    pub to: Option<At>,
    /// By this way only.
    pub channel: Option<Channel>,
    /// With this text in words, place or reference; case and accents do not count.
    pub text: String,
    /// With exactly these words.
    pub same: String,
    /// From this e-mail address.
    pub email: String,
    /// Only with a sign of junk.
    pub suspect: bool,
}

impl Sieve {
    /// Whether nothing narrows it: that would be every open report.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// For the audit trail: what narrowed it, without words and addresses of people.
    fn described(&self) -> String {
        let moment = |name: &str, at: Option<At>| at.map(|at| format!("{name}={}", at.0));
        let said = |name: &str, text: &str| (!text.is_empty()).then(|| format!("{name}=yes"));
        [
            moment("from", self.from),
            moment("to", self.to),
            self.channel.map(|c| format!("channel={c}")),
            said("text", &self.text),
            said("same", &self.same),
            said("email", &self.email),
            self.suspect.then(|| "suspect=yes".to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
    }

    /// The text as a pattern over folded text; empty when there is none.
    pub(in crate::moderation) fn pattern(&self) -> String {
        let folded = fold(&[self.text.trim()]);
        if folded.is_empty() {
            return folded;
        }
        let mut pattern = String::from("%");
        for c in folded.chars() {
            if matches!(c, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern + "%"
    }
}

/// One act of putting aside.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Batch {
    /// Id.
    pub id: Uuid,
    /// When.
    pub at: At,
    /// Who, by name.
    pub actor: Option<String>,
    /// Why.
    pub note: String,
    /// How many reports.
    pub reports: i64,
    /// When it was undone.
    pub undone_at: Option<At>,
}

/// Puts at most [`MOST`] reports that pass `sieve` aside, as batch `id`; gives how many. They were reported before
/// `seen`, the moment at which the moderator counted them.
///
/// # Errors
/// [`Fault::Invalid`] without a reason or without anything that narrows, or when the database refuses.
pub async fn put_aside(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    sieve: &Sieve,
    seen: At,
    note: &str,
) -> Result<i64, Fault> {
    let note = clean(note);
    let mut faults = FieldFaults::default();
    if note.is_empty() {
        faults.add("note", "moderation-junk-note-missing");
    }
    if sieve.is_open() {
        faults.add("from", "moderation-junk-open");
    }
    faults.ok()?;
    let sieve = Sieve { to: Some(sieve.to.map_or(seen, |to| to.min(seen))), ..sieve.clone() };
    let described = sieve.described();
    store::add_batch(tx, permit, id, (cx.actor.account, cx.now), &note, &described).await?;
    let reports = store::choose(tx, permit, id, &sieve, MOST).await?;
    store::remember_gone(tx, permit, id, cx.now).await?;
    store::hold_mail_of(tx, permit, id).await?;
    store::move_aside(tx, permit, id).await?;
    store::count_batch(tx, permit, id, reports).await?;
    let detail = serde_json::json!({ "junk": "put-aside", "reports": reports, "filter": described });
    audit::record(tx, &cx.deed(), permit.action(), "junk", &id.to_string(), &detail).await?;
    Ok(reports)
}

/// Brings the reports of batch `id` back exactly as they were; their mail goes on where it was.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Rule`] when it was undone before, or when a report of it was sent again meanwhile, or
/// when the database refuses.
pub async fn bring_back(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<i64, Fault> {
    let batch = store::batch(tx, permit, id).await?.ok_or(Fault::NotFound)?;
    if batch.undone_at.is_some() {
        return Err(Fault::Rule { key: "moderation-junk-undone", values: vec![] });
    }
    let again = store::came_again(tx, permit, id).await?;
    if again > 0 {
        return Err(Fault::Rule { key: "moderation-junk-again", values: vec![("number", again.to_string())] });
    }
    store::move_back(tx, permit, id).await?;
    store::forget_gone(tx, permit, id).await?;
    for message in store::mail_of(tx, permit, id).await? {
        outbox::put(tx, &message, cx.now).await?;
    }
    store::drop_mail_of(tx, permit, id).await?;
    store::end_batch(tx, permit, id, (cx.actor.account, cx.now)).await?;
    let detail = serde_json::json!({ "junk": "brought-back", "reports": batch.reports });
    audit::record(tx, &cx.deed(), permit.action(), "junk", &id.to_string(), &detail).await?;
    Ok(batch.reports)
}
