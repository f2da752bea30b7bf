//! The storage door: one SQL text for SQLite and PostgreSQL, one typed handle per vault.
//!
//! A [`Db<V>`] opens transactions of vault `V` and of no other; store functions name the vault in
//! their signature (`&mut Tx<Main>`), so code that holds the wrong handle does not compile.
//! On SQLite a vault is a file of its own and no connection can attach a second file (the library
//! is built with `SQLITE_MAX_ATTACHED=0`); on PostgreSQL it is a schema with a role of its own.

use crate::clock::At;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions, PgRow, PgSslMode};
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{Arguments as _, AssertSqlSafe, FromRow, Postgres, Sqlite, Transaction};
use std::marker::PhantomData;
use std::path::Path;
use std::str::FromStr as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use uuid::Uuid;

/// A fenced store for one or more data regimes (domain rule: one record, one regime, one vault).
pub trait Vault: Send + Sync + 'static {
    /// The vault's name: the SQLite file's stem and the PostgreSQL schema.
    const NAME: &'static str;
}

/// Declares a vault's handle type.
#[macro_export]
macro_rules! vault {
    ($(#[$meta:meta])* $name:ident = $word:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl $crate::db::Vault for $name { const NAME: &'static str = $word; }
    };
}
mod vaults;
pub use vaults::*;

/// What can go wrong at the door.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database refused or failed.
    #[error("database: {0}")]
    Sqlx(#[from] sqlx::Error),
    /// A migration is missing, changed or newer than this program.
    #[error("migration {0}")]
    Migration(String),
    /// The address or place of a database in the configuration cannot be used.
    #[error("storage configuration: {0}")]
    Config(String),
}

impl DbError {
    /// The name of the unique rule that was broken, if that is what happened.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Sqlx(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
}

/// One value on its way into a query. `None` is NULL.
#[derive(Clone, Debug)]
pub enum Value {
    /// Truth.
    Bool(Option<bool>),
    /// Whole number, instants included (microseconds).
    Int(Option<i64>),
    /// Real number.
    Real(Option<f64>),
    /// Text.
    Text(Option<String>),
    /// Bytes.
    Blob(Option<Vec<u8>>),
    /// Id.
    Uuid(Option<Uuid>),
}

macro_rules! value_from {
    ($($from:ty => $variant:ident $map:expr;)+) => {$(
        impl From<$from> for Value { fn from(v: $from) -> Self { Self::$variant(Some($map(v))) } }
        impl From<Option<$from>> for Value { fn from(v: Option<$from>) -> Self { Self::$variant(v.map($map)) } }
    )+};
}
value_from! {
    bool => Bool |v| v;
    i64 => Int |v| v;
    i32 => Int i64::from;
    i16 => Int i64::from;
    u8 => Int i64::from;
    u16 => Int i64::from;
    u32 => Int i64::from;
    f64 => Real |v| v;
    String => Text |v| v;
    &str => Text |v: &str| v.to_owned();
    &String => Text |v: &String| v.clone();
    Vec<u8> => Blob |v| v;
    Uuid => Uuid |v| v;
    At => Int At::micros;
}

/// The values of one query, in the order of `$1`, `$2`, …
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::Value::from($value)),*] };
}

/// A row that can be read from both databases; `#[derive(sqlx::FromRow)]` is all it takes.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres(PgPool),
}

/// The handle of vault `V`.
#[derive(Debug)]
pub struct Db<V: Vault = Main> {
    pub(crate) pools: Pools,
    name: &'static str,
    vault: PhantomData<V>,
}

impl<V: Vault> Clone for Db<V> {
    fn clone(&self) -> Self {
        Self { pools: self.pools.clone(), name: self.name, vault: PhantomData }
    }
}

impl<V: Vault> Db<V> {
    /// Opens (and where needed makes) the vault's file `<dir>/<vault>.sqlite`.
    ///
    /// # Errors
    /// When the folder cannot be written or the file is no database.
    pub async fn sqlite(dir: &Path) -> Result<Self, DbError> {
        private_folder(dir).map_err(|e| DbError::Config(format!("cannot make the folder {}: {e}", dir.display())))?;
        // The fenced vaults are small and seldom read: they need no large page cache.
        let cache = if V::NAME == Main::NAME { "-16000" } else { "-2000" };
        let options = SqliteConnectOptions::new()
            .filename(dir.join(format!("{}.sqlite", V::NAME)))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(20))
            .pragma("cache_size", cache)
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "memory")
            .pragma("secure_delete", "on")
            .statement_cache_capacity(200);
        let pool = |n: u32| SqlitePoolOptions::new().min_connections(0).max_connections(n).idle_timeout(None);
        let write = pool(1).connect_with(options.clone().synchronous(SqliteSynchronous::Full)).await?;
        let read = pool(3).connect_with(options).await?;
        Ok(Self { pools: Pools::Sqlite { read, write }, name: V::NAME, vault: PhantomData })
    }

    /// Opens the vault's schema through the role of its own that `url` names.
    ///
    /// # Errors
    /// When the address cannot be read, leads to another machine without a verified TLS connection, or the
    /// server refuses.
    pub async fn postgres(url: &str) -> Result<Self, DbError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|e| DbError::Config(e.to_string()))?
            .options([("search_path", V::NAME)]);
        let host = options.get_host();
        let near = host.starts_with('/') || ["localhost", "127.0.0.1", "::1"].contains(&host);
        if !near && !matches!(options.get_ssl_mode(), PgSslMode::VerifyFull) {
            let why = format!("the address of vault `{}` is on another machine: add `?sslmode=verify-full`", V::NAME);
            return Err(DbError::Config(why));
        }
        let pool = PgPoolOptions::new().max_connections(8).connect_with(options).await?;
        Ok(Self { pools: Pools::Postgres(pool), name: V::NAME, vault: PhantomData })
    }

    /// The vault's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The same vault without its type, for code that serves every vault alike. The fence holds:
    /// its transactions still see this vault only.
    #[must_use]
    pub fn any(&self) -> Db<AnyVault> {
        Db { pools: self.pools.clone(), name: self.name, vault: PhantomData }
    }

    /// A transaction for reading; it sees one moment of the database.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn read(&self) -> Result<Tx<V>, DbError> {
        Ok(Tx {
            inner: match &self.pools {
                Pools::Sqlite { read, .. } => Inner::Sqlite(read.begin().await?),
                Pools::Postgres(pool) => Inner::Postgres(pool.begin().await?),
            },
            vault: PhantomData,
        })
    }

    /// A transaction for writing. On SQLite it takes the write lock at once, so that a read that
    /// turns into a write can never fail half-way.
    ///
    /// # Errors
    /// When no connection can be had within the time-out.
    pub async fn write(&self) -> Result<Tx<V>, DbError> {
        Ok(Tx {
            inner: match &self.pools {
                Pools::Sqlite { write, .. } => Inner::Sqlite(write.begin_with("begin immediate").await?),
                Pools::Postgres(pool) => Inner::Postgres(pool.begin().await?),
            },
            vault: PhantomData,
        })
    }

    /// Whether this vault is a SQLite file.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        matches!(self.pools, Pools::Sqlite { .. })
    }

    /// After a destruction: what SQLite still holds of it in the journal beside the file goes too. (Deleted content
    /// is overwritten in the file itself: `secure_delete`.) PostgreSQL clears it by its own vacuum.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn empty_journal(&self) -> Result<(), DbError> {
        if let Pools::Sqlite { write, .. } = &self.pools {
            sqlx::raw_sql("pragma wal_checkpoint(truncate)").execute(write).await?;
        }
        Ok(())
    }

    /// Waits for open transactions and closes the connections.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// Makes a folder that nobody but its owner can enter; one that is there keeps its rights.
fn private_folder(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

#[derive(Debug)]
enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// An open transaction of vault `V`. Dropping it undoes it; only [`Tx::commit`] keeps it.
#[derive(Debug)]
pub struct Tx<V: Vault = Main> {
    inner: Inner,
    vault: PhantomData<V>,
}

tokio::task_local! {
    /// Counts the queries of one request; set by the web's outermost layer.
    pub static QUERIES: AtomicU32;
}

fn count() {
    let _ = QUERIES.try_with(|n| n.fetch_add(1, Ordering::Relaxed));
}

macro_rules! bind {
    ($values:expr, $arguments:ty) => {{
        let mut out = <$arguments>::default();
        let values: Vec<Value> = $values;
        out.reserve(values.len(), values.len() * 16);
        for value in values {
            match value {
                Value::Bool(v) => out.add(v),
                Value::Int(v) => out.add(v),
                Value::Real(v) => out.add(v),
                Value::Text(v) => out.add(v),
                Value::Blob(v) => out.add(v),
                Value::Uuid(v) => out.add(v),
            }
            .map_err(|e| DbError::Sqlx(sqlx::Error::Encode(e)))?;
        }
        out
    }};
}

impl<V: Vault> Tx<V> {
    /// All rows of a query.
    ///
    /// # Errors
    /// When the database refuses the query or a column does not fit `T`.
    pub async fn all<T: Record>(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Vec<T>, DbError> {
        count();
        Ok(match &mut self.inner {
            Inner::Sqlite(t) => sqlx::query_as_with(sql, bind!(values, SqliteArguments)).fetch_all(&mut **t).await?,
            Inner::Postgres(t) => sqlx::query_as_with(sql, bind!(values, PgArguments)).fetch_all(&mut **t).await?,
        })
    }

    /// The first row, or none.
    ///
    /// # Errors
    /// As [`Tx::all`].
    pub async fn opt<T: Record>(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Option<T>, DbError> {
        count();
        Ok(match &mut self.inner {
            Inner::Sqlite(t) => {
                sqlx::query_as_with(sql, bind!(values, SqliteArguments)).fetch_optional(&mut **t).await?
            }
            Inner::Postgres(t) => sqlx::query_as_with(sql, bind!(values, PgArguments)).fetch_optional(&mut **t).await?,
        })
    }

    /// The one row that must exist.
    ///
    /// # Errors
    /// As [`Tx::all`], and `RowNotFound` when there is none.
    pub async fn one<T: Record>(&mut self, sql: &'static str, values: Vec<Value>) -> Result<T, DbError> {
        self.opt(sql, values).await?.ok_or(DbError::Sqlx(sqlx::Error::RowNotFound))
    }

    /// Runs a statement; returns the number of rows that it touched.
    ///
    /// # Errors
    /// As [`Tx::all`].
    pub async fn run(&mut self, sql: &'static str, values: Vec<Value>) -> Result<u64, DbError> {
        count();
        Ok(match &mut self.inner {
            Inner::Sqlite(t) => {
                sqlx::query_with(sql, bind!(values, SqliteArguments)).execute(&mut **t).await?.rows_affected()
            }
            Inner::Postgres(t) => {
                sqlx::query_with(sql, bind!(values, PgArguments)).execute(&mut **t).await?.rows_affected()
            }
        })
    }

    /// Inserts many rows with one statement per few hundred: `head` is `insert into t (a, b)`,
    /// `tail` e.g. `on conflict do nothing`; `columns` values per row, laid end to end.
    /// Returns the number of rows that were new.
    ///
    /// # Errors
    /// As [`Tx::all`].
    pub async fn insert_many(
        &mut self,
        head: &'static str,
        tail: &'static str,
        columns: usize,
        values: Vec<Value>,
    ) -> Result<u64, DbError> {
        let mut touched = 0;
        let mut values = values.into_iter();
        while values.len() > 0 {
            let rows = (values.len() / columns).min(MOST_PARAMETERS / columns).max(1);
            let chunk: Vec<Value> = values.by_ref().take(rows * columns).collect();
            let sql = many_sql(head, tail, columns, rows, matches!(self.inner, Inner::Postgres(_)));
            count();
            touched += match &mut self.inner {
                Inner::Sqlite(t) => sqlx::query_with(AssertSqlSafe(sql), bind!(chunk, SqliteArguments))
                    .execute(&mut **t)
                    .await?
                    .rows_affected(),
                Inner::Postgres(t) => sqlx::query_with(AssertSqlSafe(sql), bind!(chunk, PgArguments))
                    .execute(&mut **t)
                    .await?
                    .rows_affected(),
            };
        }
        Ok(touched)
    }

    /// Runs a script of several statements without values (migrations).
    pub(crate) async fn script(&mut self, sql: String) -> Result<(), DbError> {
        match &mut self.inner {
            Inner::Sqlite(t) => sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **t).await.map(|_| ())?,
            Inner::Postgres(t) => sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **t).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Chooses the text for this database: for the few statements that differ (at most ten).
    pub fn pick<T>(&self, sqlite: T, postgres: T) -> T {
        match self.inner {
            Inner::Sqlite(_) => sqlite,
            Inner::Postgres(_) => postgres,
        }
    }

    /// Keeps what was done.
    ///
    /// # Errors
    /// When the database cannot write it down; then nothing was done.
    pub async fn commit(self) -> Result<(), DbError> {
        match self.inner {
            Inner::Sqlite(t) => t.commit().await?,
            Inner::Postgres(t) => t.commit().await?,
        }
        Ok(())
    }
}

/// Below SQLite's 32,766 and PostgreSQL's 65,535 parameters a statement.
const MOST_PARAMETERS: usize = 8_000;

/// The text of a many-rows insert. SQLite gets bare `?`: it looks a numbered parameter up by its name,
/// one after the other, so that thousands cost the square of their number (307 rows of 26 columns: 73 ms a
/// statement for the names alone against 2 ms).
fn many_sql(head: &str, tail: &str, columns: usize, rows: usize, numbered: bool) -> String {
    use std::fmt::Write as _;
    let mut sql = String::with_capacity(head.len() + tail.len() + rows * columns * 7 + 16);
    sql.push_str(head);
    sql.push_str(" values ");
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..columns {
            if column > 0 {
                sql.push(',');
            }
            if numbered {
                let _ = write!(sql, "${}", row * columns + column + 1);
            } else {
                sql.push('?');
            }
        }
        sql.push(')');
    }
    sql.push(' ');
    sql.push_str(tail);
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_database_on_another_machine_is_reached_with_verified_tls_or_not_at_all() {
        for url in ["postgres://u:p@db.example/regie", "postgres://u:p@db.example/regie?sslmode=require"] {
            let error = Db::<Main>::postgres(url).await.unwrap_err().to_string();
            assert!(error.contains("sslmode=verify-full"), "{url}: {error}");
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_new_folder_of_vaults_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = std::env::temp_dir().join(format!("regie-private-{}", crate::Clock::System.id()));
        Db::<Main>::sqlite(&dir).await.unwrap().close().await;
        assert_eq!(std::fs::metadata(&dir).unwrap().permissions().mode() & 0o777, 0o700);
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn many_rows_make_one_statement() {
        let text = |numbered| many_sql("insert into t (a, b)", "", 2, 2, numbered);
        assert_eq!(text(true), "insert into t (a, b) values ($1,$2),($3,$4) ");
        assert_eq!(text(false), "insert into t (a, b) values (?,?),(?,?) ");
    }
}
