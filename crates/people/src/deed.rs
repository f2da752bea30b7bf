//! Deeds (*akten van opsporingsbevoegdheid*): which officer may investigate what, where and until when.
//!
//! A deed is valid for at most five years and names the domain, the territory and the offences beyond the list of the
//! domain (Besluit buitengewoon opsporingsambtenaar). An officer may only act on it on a day on which the deed and the
//! training (*permanente her- en bijscholing*) are valid. The number is the municipality's proof; the deed itself stays
//! in the personnel file.

mod config;
mod ops;
mod store;

pub use config::{DeedConfig, Named, Place};
pub use ops::{Draft, save};

use jiff::civil::Date;
use kit::clock::day_date;
use kit::{Fault, Result, Tx, Uuid};
use policy::Permit;

/// A deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Id.
    pub id: Uuid,
    /// The officer's account.
    pub account_id: Uuid,
    /// The officer's name.
    pub person: String,
    /// Number of the deed.
    pub number: String,
    /// Domain, for instance `I`.
    pub domain: String,
    /// Codes of the municipalities in which it gives powers.
    pub territory: Vec<String>,
    /// Codes of offences beyond the list of the domain.
    pub offences: Vec<String>,
    /// Means of force that were granted on paper: ids of `deeds.toml`.
    pub means: Vec<String>,
    /// First day on which it is valid.
    pub from: Date,
    /// Last day on which it is valid.
    pub until: Date,
    /// Last day on which the training is valid; `None`: no valid training is known.
    pub trained_until: Option<Date>,
    /// Counts changes.
    pub version: i64,
}

impl Deed {
    /// Whether the deed is valid on the day.
    #[must_use]
    pub fn is_valid(&self, day: Date) -> bool {
        (self.from..=self.until).contains(&day)
    }

    /// Whether the training is valid on the day; one that is not known is not.
    #[must_use]
    pub fn is_trained(&self, day: Date) -> bool {
        self.trained_until.is_some_and(|last| day <= last)
    }
}

/// A row; lists are words with a space between them.
#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    person: String,
    number: String,
    domain: String,
    territory: String,
    offences: String,
    means: String,
    valid_from: i64,
    valid_until: i64,
    trained_until: Option<i64>,
    version: i64,
}

impl From<Row> for Deed {
    fn from(row: Row) -> Self {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let day = |day: i64| day_date(i32::try_from(day).unwrap_or(0));
        Self {
            territory: words(&row.territory),
            offences: words(&row.offences),
            means: words(&row.means),
            from: day(row.valid_from),
            until: day(row.valid_until),
            trained_until: row.trained_until.map(day),
            id: row.id,
            account_id: row.account_id,
            person: row.person,
            number: row.number,
            domain: row.domain,
            version: row.version,
        }
    }
}

/// The deed that gives an officer powers on a day; of several the one that lasts longest. The caller asks
/// [`Deed::is_trained`] too before the officer may write anything.
///
/// # Errors
/// When the database cannot be read.
pub async fn valid(tx: &mut Tx, permit: &Permit, account: Uuid, day: Date) -> std::result::Result<Option<Deed>, Fault> {
    Ok(store::valid(tx, permit, account, i64::from(kit::clock::day_number(day))).await?.map(Deed::from))
}

/// Every deed of one officer, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<Deed>> {
    Ok(store::of(tx, permit, account).await?.into_iter().map(Deed::from).collect())
}

/// Every deed of officers with an open account that is valid on `day` or later, by name and day.
///
/// # Errors
/// When the database cannot be read.
pub async fn since(tx: &mut Tx, permit: &Permit, day: Date) -> Result<Vec<Deed>> {
    Ok(store::since(tx, permit, i64::from(kit::clock::day_number(day))).await?.into_iter().map(Deed::from).collect())
}

/// Powers of an officer that end soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The officer's account.
    pub account_id: Uuid,
    /// The officer's name.
    pub person: String,
    /// Last day of the last deed, when it ends soon.
    pub deed: Option<Date>,
    /// Last day of the training, when it ends soon or has ended.
    pub training: Option<Date>,
}

/// Officers with an open account and a valid deed whose last deed or training ends before `soon`, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn ending(tx: &mut Tx, permit: &Permit, today: Date, soon: Date) -> Result<Vec<Ending>> {
    let mut officers: Vec<Ending> = Vec::new();
    for deed in since(tx, permit, today).await? {
        match officers.last_mut().filter(|last| last.account_id == deed.account_id) {
            Some(last) => {
                last.deed = last.deed.max(Some(deed.until));
                last.training = last.training.max(deed.trained_until);
            }
            None => officers.push(Ending {
                account_id: deed.account_id,
                person: deed.person,
                deed: Some(deed.until),
                training: deed.trained_until,
            }),
        }
    }
    for officer in &mut officers {
        officer.deed = officer.deed.filter(|last| *last < soon);
        officer.training = officer.training.filter(|last| *last < soon);
    }
    officers.retain(|officer| officer.deed.is_some() || officer.training.is_some());
    Ok(officers)
}

#[cfg(test)]
mod tests;
