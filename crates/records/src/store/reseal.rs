//! SQL of sealed values that are not under the newest key: the key's version is a sealed value's first four bytes.

use kit::{AnyVault, Result, Tx, Uuid, args};

/// A sealed value with its place in the table.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Old {
    pub municipality: String,
    pub id: Uuid,
    pub name: String,
    pub sealed_bytes: Vec<u8>,
}

/// The tables with a sealed column.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Table {
    Field,
    History,
    Disclosure,
    Crossing,
}

impl Table {
    pub const ALL: [Self; 4] = [Self::Field, Self::History, Self::Disclosure, Self::Crossing];
}

/// At most `most` values of a table that were sealed with a key before `version`.
pub(crate) async fn old(tx: &mut Tx<AnyVault>, table: Table, version: &[u8], most: i64) -> Result<Vec<Old>> {
    let sql = match table {
        Table::Field => {
            "select municipality, record_id as id, name, sealed_bytes from record_field
             where substr(sealed_bytes, 1, 4) < $1 limit $2"
        }
        Table::History => {
            "select municipality, id, act as name, sealed_bytes from record_history
             where sealed_bytes is not null and length(sealed_bytes) > 0 and substr(sealed_bytes, 1, 4) < $1 limit $2"
        }
        Table::Disclosure => {
            "select municipality, id, basis as name, necessity_bytes as sealed_bytes from disclosure
             where length(necessity_bytes) > 0 and substr(necessity_bytes, 1, 4) < $1 limit $2"
        }
        Table::Crossing => {
            "select municipality, id, to_vault as name, payload_bytes as sealed_bytes from crossing
             where length(payload_bytes) > 0 and substr(payload_bytes, 1, 4) < $1 limit $2"
        }
    };
    tx.all(sql, args![version.to_vec(), most]).await
}

/// Writes the same value under a newer key.
pub(crate) async fn put(tx: &mut Tx<AnyVault>, table: Table, old: &Old, sealed: Vec<u8>) -> Result<()> {
    let mut values = args![&old.municipality, old.id, sealed];
    match table {
        Table::Field => {
            values.extend(args![&old.name]);
            tx.run(
                "update record_field set sealed_bytes = $3 where municipality = $1 and record_id = $2 and name = $4",
                values,
            )
            .await?
        }
        Table::History => {
            tx.run("update record_history set sealed_bytes = $3 where municipality = $1 and id = $2", values).await?
        }
        Table::Disclosure => {
            tx.run("update disclosure set necessity_bytes = $3 where municipality = $1 and id = $2", values).await?
        }
        Table::Crossing => {
            tx.run("update crossing set payload_bytes = $3 where municipality = $1 and id = $2", values).await?
        }
    };
    Ok(())
}
