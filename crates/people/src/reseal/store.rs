//! SQL of sealed secrets.

use kit::{Result, Tx, Uuid, args};

/// One sealed value with what binds it to its place.
#[derive(sqlx::FromRow)]
pub(super) struct Sealed {
    pub(super) municipality: String,
    pub(super) id: Uuid,
    pub(super) sealed_bytes: Vec<u8>,
}

/// The secrets of all second factors.
pub(super) async fn secrets(tx: &mut Tx) -> Result<Vec<Sealed>> {
    tx.all("select municipality, account_id as id, secret_bytes as sealed_bytes from second_factor", vec![]).await
}

/// Writes a secret back.
pub(super) async fn put_secret(tx: &mut Tx, row: &Sealed, sealed: Vec<u8>) -> Result<()> {
    tx.run(
        "update second_factor set secret_bytes = $3 where municipality = $1 and account_id = $2",
        args![&row.municipality, row.id, sealed],
    )
    .await?;
    Ok(())
}

/// The id tokens of all sessions that came from a provider.
pub(super) async fn id_tokens(tx: &mut Tx) -> Result<Vec<Sealed>> {
    tx.all(
        "select municipality, id, id_token_bytes as sealed_bytes from session where id_token_bytes is not null",
        vec![],
    )
    .await
}

/// Writes an id token back.
pub(super) async fn put_id_token(tx: &mut Tx, row: &Sealed, sealed: Vec<u8>) -> Result<()> {
    tx.run(
        "update session set id_token_bytes = $3 where municipality = $1 and id = $2",
        args![&row.municipality, row.id, sealed],
    )
    .await?;
    Ok(())
}
