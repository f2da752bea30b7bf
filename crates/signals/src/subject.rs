//! A reporter's own data, for requests of data subjects (AVG art. 15-17): found by name, e-mail address or telephone
//! number, read, corrected and erased. The caller has the permit; the report itself stays, without who sent it.

mod store;

use crate::intake::{Reporter, clean};
use kit::{At, Fault, Tx, Uuid, audit};
use policy::Permit;
use site::Cx;

/// By what a person is looked for; empty parts do not count.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Name.
    pub name: &'a str,
    /// E-mail address.
    pub email: &'a str,
    /// Telephone number.
    pub phone: &'a str,
}

/// A report with the contact details that came with it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Found {
    /// The report.
    pub id: Uuid,
    /// Its reference.
    pub reference: String,
    /// Its category.
    pub category: String,
    /// The reporter's words.
    pub words: String,
    /// The place in words.
    pub address: String,
    /// When it was reported.
    pub reported_at: At,
    /// When it was closed.
    pub closed_at: Option<At>,
    /// Name of the reporter.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Postal address.
    pub postal: String,
}

impl Found {
    /// Whether more than the name is the same: a name alone can be another person's.
    #[must_use]
    pub fn is_sure(&self, wanted: &Wanted<'_>) -> bool {
        let same_email = !wanted.email.is_empty() && folded(&self.email) == folded(wanted.email);
        let same_phone = !wanted.phone.is_empty() && digits(&self.phone) == digits(wanted.phone);
        same_email || same_phone
    }
}

/// The reports of a person, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(tx: &mut Tx, permit: &Permit, wanted: &Wanted<'_>) -> kit::Result<Vec<Found>> {
    let (name, email, phone) = (folded(wanted.name), folded(wanted.email), digits(wanted.phone));
    let mut found = store::reporters(tx, permit, [&name, &email, &phone]).await?;
    // The database folds plain letters only; what it let through too widely falls away here.
    found.retain(|f| f.is_sure(wanted) || (!name.is_empty() && folded(&f.name) == name));
    Ok(found)
}

/// Corrects how the reporter of a report can be reached.
///
/// # Errors
/// [`Fault::NotFound`] when the report has no contact details, or when the database refuses.
pub async fn correct(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: Uuid, to: &Reporter) -> Result<(), Fault> {
    let to =
        Reporter { name: clean(&to.name), email: clean(&to.email), phone: clean(&to.phone), postal: clean(&to.postal) };
    if store::update(tx, permit, signal, &to).await? == 0 {
        return Err(Fault::NotFound);
    }
    written(cx, tx, permit, signal, "corrected").await
}

/// Erases how the reporter of a report can be reached; the report stays, about a place.
///
/// # Errors
/// [`Fault::NotFound`] when the report has no contact details, or when the database refuses.
pub async fn erase(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<(), Fault> {
    if store::delete(tx, permit, signal).await? == 0 {
        return Err(Fault::NotFound);
    }
    written(cx, tx, permit, signal, "erased").await
}

/// What is kept of an address besides reports: a follower's, or a mail that came in.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Trace {
    /// Its id.
    pub id: Uuid,
    /// `follower` or `mail`.
    pub kind: String,
    /// Reference of the report, or subject of the mail.
    pub about: String,
    /// Since when.
    pub at: At,
}

/// The reports that an address follows and the mails that came from it, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn traces(tx: &mut Tx, permit: &Permit, email: &str) -> kit::Result<Vec<Trace>> {
    let email = folded(email);
    if email.is_empty() { Ok(vec![]) } else { store::traces(tx, permit, &email).await }
}

/// Erases one of them.
///
/// # Errors
/// [`Fault::NotFound`] when it is gone, or when the database refuses.
pub async fn erase_trace(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<(), Fault> {
    if store::erase_trace(tx, permit, id).await? == 0 {
        return Err(Fault::NotFound);
    }
    written(cx, tx, permit, id, "trace-erased").await
}

async fn written(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: Uuid, act: &str) -> Result<(), Fault> {
    let detail = serde_json::json!({ "reporter": act });
    audit::record(tx, &cx.deed_for("rights"), permit.action(), "signal", &signal.to_string(), &detail).await?;
    Ok(())
}

pub(crate) fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The last nine digits: with or without country code the same number.
pub(crate) fn digits(text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    digits.iter().skip(digits.len().saturating_sub(9)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    testkit::db_test! {
        async fn a_reporter_is_found_corrected_and_erased(db) {
            let app = fixture::app(db).await;
            let cx = fixture::coordinator(&app);
            let mut new = fixture::report(&cx);
            new.reporter = Some(Reporter {
                name: "Zoë de Vries".into(), email: "Zoe@Voorbeeld.nl".into(), phone: "+31 6 1234 5678".into(),
                postal: "Maerelaan 1".into(),
            });
            let id = fixture::add(&cx, new).await;
            let mut other = fixture::report(&cx);
            other.reporter = Some(Reporter { name: "Jan".into(), email: "jan@voorbeeld.nl".into(), phone: String::new(), ..Reporter::default() });
            fixture::add(&cx, other).await;
            let permit = fixture::permit(&cx, "signal:handle");
            let mut tx = cx.write().await.unwrap();
            for (what, wanted, sure) in [
                ("e-mail", Wanted { email: "zoe@voorbeeld.nl", ..Wanted::default() }, true),
                ("phone", Wanted { phone: "06-12345678", ..Wanted::default() }, true),
                ("name", Wanted { name: "zoë de vries", ..Wanted::default() }, false),
            ] {
                let found = find(&mut tx, &permit, &wanted).await.unwrap();
                assert_eq!(found.iter().map(|f| f.id).collect::<Vec<_>>(), [id], "{what}");
                assert_eq!(found[0].is_sure(&wanted), sure, "{what}");
            }
            for nobody in [Wanted::default(), Wanted { name: "Zoe", ..Wanted::default() }] {
                assert!(find(&mut tx, &permit, &nobody).await.unwrap().is_empty());
            }
            let to = Reporter { name: "Zoë Bakker".into(), email: "zoe@voorbeeld.nl".into(), phone: String::new(), ..Reporter::default() };
            correct(&cx, &mut tx, &permit, id, &to).await.unwrap();
            let wanted = Wanted { email: "zoe@voorbeeld.nl", ..Wanted::default() };
            assert_eq!(find(&mut tx, &permit, &wanted).await.unwrap()[0].name, "Zoë Bakker");
            erase(&cx, &mut tx, &permit, id).await.unwrap();
            assert!(find(&mut tx, &permit, &wanted).await.unwrap().is_empty());
            assert!(matches!(erase(&cx, &mut tx, &permit, id).await, Err(Fault::NotFound)));
            let entries = kit::audit::newest(&mut tx, cx.code(), i64::MAX, 2).await.unwrap();
            assert!(entries[0].detail.contains("erased") && entries[1].detail.contains("corrected"));
        }
    }
}
