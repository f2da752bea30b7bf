//! Proof on a running installation that a vault's connection sees its own vault and no other.

use crate::Result;
use crate::db::{Db, DbError, Pools, Vault};
use sqlx::{AssertSqlSafe, Connection as _, Row as _};

/// Where the vault's connection really is: the file, or role and schema.
///
/// # Errors
/// When the database cannot be asked.
pub async fn place<V: Vault>(db: &Db<V>) -> Result<String> {
    Ok(match &db.pools {
        Pools::Sqlite { read, .. } => {
            let rows = sqlx::query("pragma database_list").fetch_all(read).await?;
            rows.iter()
                .map(|row| row.try_get::<String, _>("file"))
                .collect::<std::result::Result<Vec<_>, _>>()?
                .join("+")
        }
        Pools::Postgres(pool) => {
            let text = "select current_user || ' in schema ' || coalesce(current_schema(), '(none)')";
            sqlx::query(text).fetch_one(pool).await?.try_get(0)?
        }
    })
}

/// How the connection of `db` could see the vault `other`; nothing when it cannot.
///
/// On SQLite a second file would have to be attached, which the library refuses. On PostgreSQL every way is
/// tried: rights on the schema and its tables, membership of its owner, being superuser, and a plain read.
///
/// # Errors
/// When the database cannot be asked.
pub async fn sees<V: Vault>(db: &Db<V>, other: &str) -> Result<Vec<String>> {
    let mut ways = Vec::new();
    match &db.pools {
        Pools::Sqlite { read, .. } => {
            let mut connection = read.acquire().await?.detach();
            let attached = sqlx::raw_sql("attach database ':memory:' as other").execute(&mut connection).await;
            connection.close().await?;
            if attached.is_ok() {
                ways.push("a second file can be attached".to_owned());
            }
        }
        Pools::Postgres(pool) => {
            let asked = sqlx::query(
                "select r.rolsuper or r.rolbypassrls, has_schema_privilege(current_user, n.oid, 'USAGE'),
                    pg_has_role(current_user, n.nspowner, 'MEMBER'),
                    exists (select 1 from pg_class c where c.relnamespace = n.oid and c.relkind in ('r', 'v', 'm', 'p')
                        and has_table_privilege(current_user, c.oid, 'SELECT, INSERT, UPDATE, DELETE'))
                 from pg_roles r, pg_namespace n where r.rolname = current_user and n.nspname = $1",
            )
            .bind(other)
            .fetch_optional(pool)
            .await?;
            let Some(asked) = asked else {
                return Err(DbError::Config(format!("there is no schema `{other}` in this database")));
            };
            for (n, way) in [
                "its role is superuser or passes row security",
                "its role may use the schema",
                "its role is a member of the schema's owner",
                "its role has rights on a table",
            ]
            .into_iter()
            .enumerate()
            {
                if asked.try_get::<Option<bool>, _>(n)?.unwrap_or(false) {
                    ways.push(way.to_owned());
                }
            }
            let read = format!("select 1 from \"{other}\".audit_entry limit 1");
            match sqlx::raw_sql(AssertSqlSafe(read)).execute(pool).await {
                Ok(_) => ways.push("a plain read succeeds".to_owned()),
                Err(sqlx::Error::Database(e)) if e.code().as_deref() == Some("42501") => {}
                Err(e) => return Err(e.into()),
            }
        }
    }
    Ok(ways)
}
