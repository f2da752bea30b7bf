//! SQL of organisations and their people.

use super::{Draft, Organisation, PartnerKind, Person};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// The organisations by name, or the one with `id`.
pub(super) async fn organisations(tx: &mut Tx, municipality: &str, id: Option<Uuid>) -> Result<Vec<Organisation>> {
    tx.all(
        "select id, name, kind, email, phone, note, version from organisation
         where municipality = $1 and ($2 is null or id = $2) order by name, id limit 500",
        args![municipality, id],
    )
    .await
}

/// The id of the organisation with this name.
pub(super) async fn named(tx: &mut Tx, municipality: &str, name: &str) -> Result<Option<Uuid>> {
    let row: Option<(Uuid,)> =
        tx.opt("select id from organisation where municipality = $1 and name = $2", args![municipality, name]).await?;
    Ok(row.map(|r| r.0))
}

/// Everybody with an account, or those of one organisation, by name.
pub(super) async fn people(tx: &mut Tx, municipality: &str, organisation: Option<Uuid>) -> Result<Vec<Person>> {
    tx.all(
        "select id, name, role, active, organisation_id from account
         where municipality = $1 and ($2 is null or organisation_id = $2) order by name, id limit 1000",
        args![municipality, organisation],
    )
    .await
}

/// Inserts an organisation; its id is that of the request.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, draft: &Draft, now: At) -> Result<()> {
    tx.run(
        "insert into organisation (municipality, id, name, kind, email, phone, note, created_at, changed_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1)",
        args![
            permit.municipality(),
            draft.request,
            &draft.name,
            draft.kind.map(PartnerKind::as_str),
            &draft.email,
            &draft.phone,
            &draft.note,
            now
        ],
    )
    .await?;
    Ok(())
}

/// Writes an organisation anew; false when somebody changed it since `version`.
pub(super) async fn update(
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, i64),
    draft: &Draft,
    now: At,
) -> Result<bool> {
    let touched = tx
        .run(
            "update organisation set name = $4, kind = $5, email = $6, phone = $7, note = $8, changed_at = $9,
             version = version + 1 where municipality = $1 and id = $2 and version = $3",
            args![
                permit.municipality(),
                id,
                version,
                &draft.name,
                draft.kind.map(PartnerKind::as_str),
                &draft.email,
                &draft.phone,
                &draft.note,
                now
            ],
        )
        .await?;
    Ok(touched == 1)
}
