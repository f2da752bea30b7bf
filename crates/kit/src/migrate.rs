//! Migrations: plain SQL in two folders with the same names, forward only, one transaction each.

use crate::db::{Db, DbError, Tx, Vault};
use crate::{Result, args};
use sha2::{Digest as _, Sha256};

/// One step of the schema of one vault, in both dialects.
#[derive(Clone, Debug)]
pub struct Migration {
    /// File name without its ending, e.g. `0001_kit`.
    pub name: String,
    /// The SQLite text.
    pub sqlite: String,
    /// The PostgreSQL text.
    pub postgres: String,
}

#[derive(sqlx::FromRow)]
struct Applied {
    name: String,
    checksum: String,
}

/// Brings the vault up to the last of `steps`. Steps that ran before are compared by checksum.
///
/// # Errors
/// When a step that ran was changed since, when the database is newer than the program, or when SQL fails.
pub async fn run<V: Vault>(db: &Db<V>, steps: &[Migration]) -> Result<()> {
    let mut tx = db.write().await?;
    tx.run("create table if not exists migration (name text primary key, checksum text not null)", vec![]).await?;
    let done: Vec<Applied> = tx.all("select name, checksum from migration order by name", vec![]).await?;
    tx.commit().await?;
    if let Some(newer) = done.iter().find(|d| steps.iter().all(|s| s.name != d.name)) {
        return Err(DbError::Migration(format!("`{}` was made by a newer version of Regie", newer.name)));
    }
    for step in steps {
        let mut tx = db.write().await?;
        let sql = tx.pick(&step.sqlite, &step.postgres);
        let checksum = hex::encode(Sha256::digest(sql.as_bytes()));
        match done.iter().find(|d| d.name == step.name) {
            Some(d) if d.checksum == checksum => continue,
            Some(_) => return Err(DbError::Migration(format!("`{}` was changed after it ran", step.name))),
            None => apply(&mut tx, step, sql.clone(), checksum).await?,
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn apply<V: Vault>(tx: &mut Tx<V>, step: &Migration, sql: String, checksum: String) -> Result<()> {
    tx.script(sql).await.map_err(|e| DbError::Migration(format!("`{}`: {e}", step.name)))?;
    tx.run("insert into migration (name, checksum) values ($1, $2)", args![&step.name, checksum]).await?;
    Ok(())
}
