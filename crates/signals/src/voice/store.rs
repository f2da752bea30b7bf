//! SQL of spoken notes.

use super::{Media, Ready, VoiceRef};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// Inserts a note; nothing when its id or its signal has one.
pub(super) async fn insert(
    tx: &mut Tx,
    permit: &Permit,
    (signal, id): (Uuid, Uuid),
    (account, at): (Uuid, At),
    ready: &Ready,
) -> Result<u64> {
    tx.run(
        "insert into voice_note (municipality, id, signal_id, account_id, at, media, scan, sound_bytes)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
        args![permit.municipality(), id, signal, account, at, ready.media, ready.scan, ready.sound.clone()],
    )
    .await
}

/// The note of a signal without its sound.
pub(super) async fn of(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Option<VoiceRef>> {
    tx.opt(
        "select v.id, v.signal_id, v.at, coalesce(a.name, '') as officer, v.scan from voice_note v
         left join account a on a.municipality = v.municipality and a.id = v.account_id
         where v.municipality = $1 and v.signal_id = $2",
        args![permit.municipality(), signal],
    )
    .await
}

/// The sound of a note.
pub(super) async fn sound(tx: &mut Tx, permit: &Permit, signal: Uuid, voice: Uuid) -> Result<Option<(Media, Vec<u8>)>> {
    tx.opt(
        "select media, sound_bytes from voice_note where municipality = $1 and signal_id = $2 and id = $3",
        args![permit.municipality(), signal, voice],
    )
    .await
}

/// Destroys a note.
pub(super) async fn remove(tx: &mut Tx, permit: &Permit, signal: Uuid, voice: Uuid) -> Result<u64> {
    tx.run(
        "delete from voice_note where municipality = $1 and signal_id = $2 and id = $3",
        args![permit.municipality(), signal, voice],
    )
    .await
}

/// When an officer spoke notes, and the references of their reports.
pub(super) async fn of_officer(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<(At, String)>> {
    tx.all(
        "select v.at, s.reference from voice_note v
         join signal s on s.municipality = v.municipality and s.id = v.signal_id
         where v.municipality = $1 and v.account_id = $2
         union all
         select v.at, s.reference from junk_voice_note v
         join junk_signal s on s.municipality = v.municipality and s.id = v.signal_id
         where v.municipality = $1 and v.account_id = $2 order by 1, 2",
        args![permit.municipality(), account],
    )
    .await
}

/// Destroys what an officer spoke.
pub(super) async fn erase_of_officer(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<u64> {
    let values = || args![permit.municipality(), account];
    let aside = tx.run("delete from junk_voice_note where municipality = $1 and account_id = $2", values()).await?;
    Ok(aside + tx.run("delete from voice_note where municipality = $1 and account_id = $2", values()).await?)
}
