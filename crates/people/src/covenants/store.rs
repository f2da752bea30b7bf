//! SQL of covenants.

use super::{Contact, Covenant, Draft};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A party of a covenant.
#[derive(sqlx::FromRow)]
pub(super) struct PartyRow {
    pub(super) covenant_id: Uuid,
    pub(super) organisation_id: Uuid,
    pub(super) name: String,
}

/// A processing or life area of a covenant.
#[derive(sqlx::FromRow)]
pub(super) struct Word {
    pub(super) covenant_id: Uuid,
    pub(super) word: String,
}

/// The covenants, the last to end first: all, the one with `id`, or those of an organisation.
pub(super) async fn covenants(
    tx: &mut Tx,
    municipality: &str,
    id: Option<Uuid>,
    organisation: Option<Uuid>,
) -> Result<Vec<Covenant>> {
    tx.all(
        "select id, title, purpose, legal_basis, data_categories, privacy_protocol, dpia, contact_name, contact_email,
            contact_phone, valid_from, valid_until, replaces_id, ended_at, end_reason, version
         from covenant c where municipality = $1 and ($2 is null or id = $2)
            and ($3 is null or exists (select 1 from covenant_party p where p.municipality = c.municipality
                and p.covenant_id = c.id and p.organisation_id = $3))
         order by valid_until desc, id desc limit 500",
        args![municipality, id, organisation],
    )
    .await
}

/// The parties of all covenants, or of one, by name.
pub(super) async fn parties(tx: &mut Tx, municipality: &str, id: Option<Uuid>) -> Result<Vec<PartyRow>> {
    tx.all(
        "select p.covenant_id, p.organisation_id, o.name from covenant_party p
         join organisation o on o.municipality = p.municipality and o.id = p.organisation_id
         where p.municipality = $1 and ($2 is null or p.covenant_id = $2) order by o.name, o.id",
        args![municipality, id],
    )
    .await
}

/// The processings of all covenants, or of one.
pub(super) async fn processings(tx: &mut Tx, municipality: &str, id: Option<Uuid>) -> Result<Vec<Word>> {
    tx.all(
        "select covenant_id, processing as word from covenant_processing
         where municipality = $1 and ($2 is null or covenant_id = $2) order by processing",
        args![municipality, id],
    )
    .await
}

/// The life areas of all covenants, or of one.
pub(super) async fn life_areas(tx: &mut Tx, municipality: &str, id: Option<Uuid>) -> Result<Vec<Word>> {
    tx.all(
        "select covenant_id, life_area as word from covenant_life_area
         where municipality = $1 and ($2 is null or covenant_id = $2) order by life_area",
        args![municipality, id],
    )
    .await
}

/// The covenant of an organisation that opens a processing at `now`; of more, the one that holds longest.
pub(super) async fn in_force(
    tx: &mut Tx,
    municipality: &str,
    organisation: Uuid,
    processing: &str,
    now: At,
) -> Result<Option<Uuid>> {
    let row: Option<(Uuid,)> = tx
        .opt(
            "select c.id from covenant c
             join covenant_party p on p.municipality = c.municipality and p.covenant_id = c.id
             join covenant_processing x on x.municipality = c.municipality and x.covenant_id = c.id
             where c.municipality = $1 and p.organisation_id = $2 and x.processing = $3
                and c.valid_from <= $4 and $4 < c.valid_until and c.ended_at is null
             order by c.valid_until desc, c.id desc limit 1",
            args![municipality, organisation, processing, now],
        )
        .await?;
    Ok(row.map(|r| r.0))
}

/// Inserts a covenant without its lists; its id is that of the request.
pub(super) async fn insert(
    tx: &mut Tx,
    permit: &Permit,
    draft: &Draft,
    (from, until): (At, At),
    replaces: Option<Uuid>,
    now: At,
) -> Result<()> {
    tx.run(
        "insert into covenant (municipality, id, title, purpose, legal_basis, data_categories, privacy_protocol, dpia,
            contact_name, contact_email, contact_phone, valid_from, valid_until, replaces_id, created_by, created_at,
            changed_at, end_reason, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, '', 1)",
        args![
            permit.municipality(),
            draft.request,
            &draft.title,
            &draft.purpose,
            &draft.legal_basis,
            &draft.data_categories,
            &draft.privacy_protocol,
            &draft.dpia,
            &draft.contact.name,
            &draft.contact.email,
            &draft.contact.phone,
            from,
            until,
            replaces,
            permit.actor(),
            now
        ],
    )
    .await?;
    Ok(())
}

/// Writes a covenant anew that is not in force yet; false when somebody changed it since `version`.
pub(super) async fn update(
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, i64),
    draft: &Draft,
    (from, until): (At, At),
    now: At,
) -> Result<bool> {
    let touched = tx
        .run(
            "update covenant set title = $4, purpose = $5, legal_basis = $6, data_categories = $7,
                privacy_protocol = $8, dpia = $9, contact_name = $10, contact_email = $11, contact_phone = $12,
                valid_from = $13, valid_until = $14, changed_at = $15, version = version + 1
             where municipality = $1 and id = $2 and version = $3 and valid_from > $15 and ended_at is null",
            args![
                permit.municipality(),
                id,
                version,
                &draft.title,
                &draft.purpose,
                &draft.legal_basis,
                &draft.data_categories,
                &draft.privacy_protocol,
                &draft.dpia,
                &draft.contact.name,
                &draft.contact.email,
                &draft.contact.phone,
                from,
                until,
                now
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Writes the contact point; false when somebody changed the covenant since `version`.
pub(super) async fn update_contact(
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, i64),
    contact: &Contact,
    now: At,
) -> Result<bool> {
    let touched = tx
        .run(
            "update covenant set contact_name = $4, contact_email = $5, contact_phone = $6, changed_at = $7,
             version = version + 1 where municipality = $1 and id = $2 and version = $3",
            args![permit.municipality(), id, version, &contact.name, &contact.email, &contact.phone, now],
        )
        .await?;
    Ok(touched == 1)
}

/// Ends a covenant at `now`; false when it ended before or somebody changed it since `version`.
pub(super) async fn end(
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, i64),
    reason: &str,
    now: At,
) -> Result<bool> {
    let touched = tx
        .run(
            "update covenant set ended_at = $5, ended_by = $6, end_reason = $4, changed_at = $5, version = version + 1
             where municipality = $1 and id = $2 and version = $3 and ended_at is null and $5 < valid_until",
            args![permit.municipality(), id, version, reason, now, permit.actor()],
        )
        .await?;
    Ok(touched == 1)
}

/// Forgets the parties of a covenant, before they are written anew.
pub(super) async fn clear_parties(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<()> {
    tx.run("delete from covenant_party where municipality = $1 and covenant_id = $2", args![permit.municipality(), id])
        .await?;
    Ok(())
}

/// The same for the processings.
pub(super) async fn clear_processings(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<()> {
    tx.run(
        "delete from covenant_processing where municipality = $1 and covenant_id = $2",
        args![permit.municipality(), id],
    )
    .await?;
    Ok(())
}

/// The same for the life areas.
pub(super) async fn clear_life_areas(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<()> {
    tx.run(
        "delete from covenant_life_area where municipality = $1 and covenant_id = $2",
        args![permit.municipality(), id],
    )
    .await?;
    Ok(())
}

/// Adds a party.
pub(super) async fn insert_party(tx: &mut Tx, permit: &Permit, id: Uuid, organisation: Uuid) -> Result<()> {
    tx.run(
        "insert into covenant_party (municipality, covenant_id, organisation_id) values ($1, $2, $3)
         on conflict (municipality, covenant_id, organisation_id) do nothing",
        args![permit.municipality(), id, organisation],
    )
    .await?;
    Ok(())
}

/// Adds a processing.
pub(super) async fn insert_processing(tx: &mut Tx, permit: &Permit, id: Uuid, processing: &str) -> Result<()> {
    tx.run(
        "insert into covenant_processing (municipality, covenant_id, processing) values ($1, $2, $3)
         on conflict (municipality, covenant_id, processing) do nothing",
        args![permit.municipality(), id, processing],
    )
    .await?;
    Ok(())
}

/// Adds a life area.
pub(super) async fn insert_life_area(tx: &mut Tx, permit: &Permit, id: Uuid, life_area: &str) -> Result<()> {
    tx.run(
        "insert into covenant_life_area (municipality, covenant_id, life_area) values ($1, $2, $3)
         on conflict (municipality, covenant_id, life_area) do nothing",
        args![permit.municipality(), id, life_area],
    )
    .await?;
    Ok(())
}
