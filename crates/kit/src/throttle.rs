//! Slows down who fails too often, or asks too much: counts per key within a window, kept in the
//! database so that a restart does not forgive.

use crate::clock::At;
use crate::db::{Main, Tx};
use crate::{Fault, Result, args};

/// How many failures (or, for [`count`], uses) within `window_s` seconds close a key.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Failures or uses allowed.
    pub failures: i64,
    /// Window in seconds.
    pub window_s: i64,
}

/// The key under which the reports of all strangers together are counted.
pub const ALL_REPORTS: &str = "report:all";

/// Seconds to wait before `key` may try again; 0 when it may.
///
/// # Errors
/// When the database cannot be read.
pub async fn wait(tx: &mut Tx<Main>, key: &str, limit: Limit, now: At) -> Result<i64> {
    let row: Option<(i64, At)> = tx.opt("select failures, since from throttle where key = $1", args![key]).await?;
    Ok(match row {
        Some((failures, since)) if failures >= limit.failures => {
            (since.micros() / 1_000_000 + limit.window_s - now.micros() / 1_000_000).max(0)
        }
        _ => 0,
    })
}

/// Notes a failure of `key`; an old window starts anew.
///
/// # Errors
/// When the database refuses.
pub async fn fail(tx: &mut Tx<Main>, key: &str, limit: Limit, now: At) -> Result<()> {
    let start = At::from_micros(now.micros() - limit.window_s * 1_000_000);
    tx.run(
        "insert into throttle (key, failures, since) values ($1, 1, $2)
         on conflict (key) do update set
            failures = case when throttle.since < $3 then 1 else throttle.failures + 1 end,
            since = case when throttle.since < $3 then $2 else throttle.since end",
        args![key, now, start],
    )
    .await?;
    Ok(())
}

/// Notes a use of `key`, failure or not: for what strangers may do only so often. Commit it also when
/// what it was used for goes wrong.
///
/// # Errors
/// [`Fault::Wait`] with the seconds to wait when the limit was reached; then nothing is noted.
pub async fn count(tx: &mut Tx<Main>, key: &str, limit: Limit, now: At) -> std::result::Result<(), Fault> {
    match wait(tx, key, limit, now).await? {
        0 => Ok(fail(tx, key, limit, now).await?),
        seconds => Err(Fault::Wait(seconds)),
    }
}

/// Forgets the failures of `key` after a success.
///
/// # Errors
/// When the database refuses.
pub async fn clear(tx: &mut Tx<Main>, key: &str) -> Result<()> {
    tx.run("delete from throttle where key = $1", args![key]).await?;
    Ok(())
}
