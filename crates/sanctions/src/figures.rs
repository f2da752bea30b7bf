//! Numbers of sanctions: counted once a night in the vault `wpg` per month, neighbourhood, group of offences and
//! modality, and written to `main` (R0). That goes one way. A number below the bound of the municipality is not written
//! at all, and where it could be computed from the others, another one is kept back too.

mod store;
mod web;

pub use store::{Count, counts};
pub use web::page;

use crate::SanctionsConfig;
use anyhow::Context as _;
use jiff::ToSpan as _;
use kit::clock::{day_date, day_number};
use kit::jobs::{self, Job};
use kit::{At, Municipality, Tx};
use law::OffenceRegister;
use site::Shared;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The name of the nightly job.
pub const REFRESH: &str = "sanction-figures";

/// The neighbourhood of a number that is about the whole municipality.
pub const WHOLE: &str = "";

/// Month (year × 12 + month − 1), neighbourhood, group of offences, modality.
type Key = (i64, String, String, String);

/// Counts anew and writes the numbers.
///
/// # Errors
/// When a vault is not there or a database refuses.
pub async fn refresh(app: &Shared, municipality: &Arc<Municipality>) -> anyhow::Result<usize> {
    let wpg = app.vaults.get(law::Regime::R2.vault()).context("the vault wpg is not open")?;
    let mut tx = wpg.read().await?;
    let rows = store::lines(&mut tx, municipality.code()).await?;
    drop(tx);
    let bound = municipality.get::<SanctionsConfig>().small_cells;
    let numbers = hide(count(&rows, &app.law.offences), bound);
    let mut main = app.main.write().await?;
    store::replace(&mut main, municipality.code(), &numbers).await?;
    main.commit().await?;
    Ok(numbers.len())
}

/// The nightly job: counts, and asks for the next night.
///
/// # Errors
/// As [`refresh`].
pub async fn nightly(app: Shared, job: Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    refresh(&app, &municipality).await?;
    let mut tx = app.main.write().await?;
    schedule(&mut tx, &municipality, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks for the count of the coming night, at half past three.
///
/// # Errors
/// When the database refuses.
pub async fn schedule(tx: &mut Tx, municipality: &Municipality, now: At) -> anyhow::Result<()> {
    let day = now.local(&municipality.zone).date().checked_add(1.day())?;
    let at = At(day.at(3, 30, 0, 0).to_zoned(municipality.zone.clone())?.timestamp());
    jobs::enqueue(tx, municipality.code(), REFRESH, &serde_json::json!({}), Some("nightly"), at).await?;
    Ok(())
}

/// The month of a day.
#[must_use]
pub fn month(day: i64) -> i64 {
    let date = day_date(i32::try_from(day).unwrap_or(0));
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

/// The first day of a month.
#[must_use]
pub fn first_day(month: i64) -> jiff::civil::Date {
    let year = i16::try_from(month.div_euclid(12)).unwrap_or(1970);
    let of_year = i8::try_from(month.rem_euclid(12) + 1).unwrap_or(1);
    jiff::civil::Date::new(year, of_year, 1).unwrap_or_else(|_| day_date(day_number(jiff::civil::Date::ZERO)))
}

/// Numbers per neighbourhood and for the whole municipality.
fn count(rows: &[store::Row], offences: &OffenceRegister) -> BTreeMap<Key, i64> {
    let mut numbers = BTreeMap::new();
    for row in rows {
        let day = day_date(i32::try_from(row.day).unwrap_or(0));
        let group = offences.get(&row.offence, day).map_or("other", |o| o.group.as_str());
        let key = |area: &str| (month(row.day), area.to_owned(), group.to_owned(), row.modality.clone());
        *numbers.entry(key(WHOLE)).or_insert(0) += 1;
        if !row.area.is_empty() {
            *numbers.entry(key(&row.area)).or_insert(0) += 1;
        }
    }
    numbers
}

/// Takes away what is too small to say. Where exactly one neighbourhood of a number is hidden, the smallest other one is
/// hidden too, so that nobody can take the shown ones from the whole.
fn hide(numbers: BTreeMap<Key, i64>, bound: i64) -> BTreeMap<Key, Option<i64>> {
    let mut out: BTreeMap<Key, Option<i64>> =
        numbers.iter().map(|(key, n)| (key.clone(), Some(*n).filter(|n| *n >= bound))).collect();
    for (month, area, group, modality) in numbers.keys() {
        if area != WHOLE {
            continue;
        }
        let of_this =
            |(key, _): &(&Key, &Option<i64>)| (key.0, &key.2, &key.3) == (*month, group, modality) && key.1 != WHOLE;
        let parts: Vec<(Key, Option<i64>)> = out.iter().filter(of_this).map(|(k, n)| (k.clone(), *n)).collect();
        let shown: i64 = parts.iter().filter_map(|(_, n)| *n).sum();
        let whole = out.get(&(*month, WHOLE.to_owned(), group.clone(), modality.clone())).copied().flatten();
        // What is left when the shown ones are taken from the whole must be nothing, or enough.
        let left = whole.map(|whole| whole - shown);
        if left.is_some_and(|left| left > 0 && left < bound)
            && let Some((smallest, _)) = parts.iter().filter(|(_, n)| n.is_some()).min_by_key(|(_, n)| *n)
        {
            out.insert(smallest.clone(), None);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_cannot_be_read_or_computed() {
        let key = |area: &str| (24_292, area.to_owned(), "dogs".to_owned(), "penal-order".to_owned());
        type Case<'a> = (&'a [(&'a str, i64)], &'a [(&'a str, Option<i64>)]);
        let table: [Case<'_>; 4] = [
            (&[(WHOLE, 4), ("a", 4)], &[(WHOLE, None), ("a", None)]),
            (&[(WHOLE, 12), ("a", 7), ("b", 5)], &[(WHOLE, Some(12)), ("a", Some(7)), ("b", Some(5))]),
            // b could be computed: the smallest of the others goes too
            (
                &[(WHOLE, 20), ("a", 7), ("b", 3), ("c", 10)],
                &[(WHOLE, Some(20)), ("a", None), ("b", None), ("c", Some(10))],
            ),
            // two hidden ones hide each other when together they are enough
            (
                &[(WHOLE, 15), ("a", 9), ("b", 3), ("c", 3)],
                &[(WHOLE, Some(15)), ("a", Some(9)), ("b", None), ("c", None)],
            ),
        ];
        for (numbers, expected) in table {
            let hidden = hide(numbers.iter().map(|(a, n)| (key(a), *n)).collect(), 5);
            let expected: BTreeMap<Key, Option<i64>> = expected.iter().map(|(a, n)| (key(a), *n)).collect();
            assert_eq!(hidden, expected, "{numbers:?}");
        }
    }

    #[test]
    fn months_go_there_and_back() {
        for day in [jiff::civil::date(2024, 1, 1), jiff::civil::date(2024, 12, 31), jiff::civil::date(2023, 6, 3)] {
            let first = first_day(month(day_number(day).into()));
            assert_eq!((first.year(), first.month(), first.day()), (day.year(), day.month(), 1));
        }
    }
}
