//! The address register: street, number and point, from a file of the municipality (a cut of the national address
//! register BAG, or a table of its own), so that a place can be found by typing.
//!
//! An address here is a point on the map and nothing more: no name, no household, nothing that counts by address.
//! Invariant: a file replaces the register in one transaction; the same file twice leaves the same register.

mod read;
mod store;

use crate::Atlas;
use kit::{DbError, Fault, Tx, audit, fold::fold};
use policy::{Permit, Resource, Role};
use site::{Cx, Shared};
use std::path::Path;

pub use read::{AddressError, Parsed, Refused, parse};

/// One address.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// Id in the source, or made from postcode, number and suffix.
    pub id: String,
    /// Street.
    pub street: String,
    /// House number.
    pub number: i64,
    /// Letter and addition.
    pub suffix: String,
    /// Postcode without a space; empty when the file has none.
    pub postcode: String,
    /// Town or village.
    pub place: String,
    /// Longitude and latitude in degrees (WGS84).
    pub point: (f64, f64),
}

/// A place that fits what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// As people write it: `Kerkweg 12a, 1961 AB Heemskerk`, or the name of a street.
    pub label: String,
    /// Longitude and latitude in degrees (WGS84); for a street, an address in its middle.
    pub point: (f64, f64),
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Addresses in the register now.
    pub addresses: usize,
    /// Rows of other municipalities.
    pub elsewhere: usize,
    /// Rows that could not be read.
    pub refused: Vec<Refused>,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} addresses", self.addresses)?;
        if self.elsewhere > 0 {
            write!(f, "; {} rows lie elsewhere", self.elsewhere)?;
        }
        if !self.refused.is_empty() {
            write!(f, "; {} rows were skipped", self.refused.len())?;
            for refused in self.refused.iter().take(20) {
                write!(f, "\n  row {}: {}", refused.row, refused.why)?;
            }
        }
        Ok(())
    }
}

/// Why nothing was imported; the text is for the administrator's terminal and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file was refused.
    #[error("{0}. Nothing was changed")]
    File(#[from] AddressError),
    /// No address lies here.
    #[error(
        "no address of this file lies within the municipality. Check that it is the right file. Nothing was changed"
    )]
    Elsewhere,
    /// The municipality is not configured here, or the policy refuses.
    #[error("{0}. Check the code of the municipality in regie.toml")]
    Fault(#[from] Fault),
    /// The database refused; nothing was changed.
    #[error("{0}. Nothing was changed")]
    Db(#[from] DbError),
}

/// Puts the addresses of `file` in the place of those that were there.
///
/// # Errors
/// See [`ImportError`]; then nothing was changed.
pub async fn run(app: &Shared, municipality: &str, file: &Path) -> Result<Report, ImportError> {
    let bytes = std::fs::read(file).map_err(|e| AddressError::Unreadable(format!("{}: {e}", file.display())))?;
    write(app, municipality, parse(&bytes)?).await
}

/// Puts read addresses in the place of those that were there.
///
/// # Errors
/// As [`run`].
pub async fn write(app: &Shared, municipality: &str, parsed: Parsed) -> Result<Report, ImportError> {
    let municipality = app.municipality(municipality)?;
    let mut cx = Cx::system(app, &municipality, "area:import");
    cx.actor.role = Some(Role::Administrator);
    let permit = cx.permit("area:import", &Resource::open("area", cx.code()))?;
    let sheet = municipality.get::<Atlas>().sheet();
    let all = parsed.addresses.len();
    let here: Vec<Address> = parsed
        .addresses
        .into_iter()
        .filter(|a| {
            let (lon, lat) = a.point;
            municipality.contains(lon, lat) && (sheet.areas.is_empty() || sheet.index.locate(lon, lat).is_some())
        })
        .collect();
    if here.is_empty() {
        return Err(ImportError::Elsewhere);
    }
    let report = Report { addresses: here.len(), elsewhere: all - here.len(), refused: parsed.refused };
    let mut tx = cx.write().await?;
    store::replace(&mut tx, &permit, &here).await?;
    let detail = serde_json::json!({ "addresses": report.addresses, "elsewhere": report.elsewhere });
    audit::record(&mut tx, &cx.deed(), permit.action(), "address", "register", &detail).await.map_err(Fault::from)?;
    tx.commit().await?;
    Ok(report)
}

/// Up to eight places that fit `typed`: streets while no number was typed, then addresses; a postcode and a number
/// are enough.
///
/// # Errors
/// When the database refuses.
pub async fn search(tx: &mut Tx, permit: &Permit, typed: &str) -> kit::Result<Vec<Found>> {
    let folded: String = fold(&[typed]).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).take(80).collect();
    let words: Vec<&str> = folded.split_whitespace().take(6).collect();
    if words.iter().map(|w| w.len()).sum::<usize>() < 3 {
        return Ok(vec![]);
    }
    if words.iter().any(|w| w.starts_with(|c: char| c.is_ascii_digit())) {
        return store::addresses(tx, permit, &words).await;
    }
    store::streets(tx, permit, &words).await
}

/// The one address that is exactly what was `typed`, with or without the town.
///
/// # Errors
/// When the database refuses.
pub async fn exact(tx: &mut Tx, permit: &Permit, typed: &str) -> kit::Result<Option<Found>> {
    if !typed.contains(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    let plain = |text: &str| fold(&[text]).split_whitespace().collect::<Vec<_>>().join(" ");
    let typed_plain = plain(typed);
    let is_it = |found: &Found| {
        let house = found.label.split(',').next().unwrap_or_default();
        plain(&found.label) == typed_plain || plain(house) == typed_plain
    };
    let mut fits = search(tx, permit, typed).await?.into_iter().filter(is_it);
    Ok(fits.next().filter(|_| fits.next().is_none()))
}

#[cfg(test)]
mod tests;
