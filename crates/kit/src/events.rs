//! Notices to other systems: what happened is written down for every receiver that wants to know, in the
//! transaction that makes it happen. A notice is thin: a type, the id of what changed, and when.
//! The receiver asks for the rest with its own rights. Without receivers nothing is written.

use crate::clock::At;
use crate::db::{Main, Tx};
use crate::{Result, args, jobs};
use uuid::Uuid;

/// The name of the job that delivers what waits.
pub const DELIVER: &str = "notice-deliver";

/// Tells every active receiver of `kind` (a CloudEvents type, for instance `nl.regie.signal.created`) that
/// `subject` changed at `at`. `id` is the event's own id: the same id is told once.
///
/// # Errors
/// When the database refuses.
pub async fn announce(
    tx: &mut Tx<Main>,
    municipality: &str,
    kind: &'static str,
    subject: &str,
    id: Uuid,
    at: At,
) -> Result<()> {
    // `types` holds the wanted types between spaces; an empty one wants all.
    let told = tx
        .run(
            "insert into notice (municipality, webhook_id, id, type, subject, at, next_at)
             select w.municipality, w.id, $2, $3, $4, $5, $5 from webhook w
             where w.municipality = $1 and w.is_active and (w.types = '' or w.types like '% ' || $3 || ' %')
             on conflict (municipality, webhook_id, id) do nothing",
            args![municipality, id, kind, subject, at],
        )
        .await?;
    if told > 0 {
        jobs::enqueue(tx, municipality, DELIVER, &serde_json::json!({}), Some("all"), at).await?;
    }
    Ok(())
}
