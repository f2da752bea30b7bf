//! The data on a person with an account, for requests of data subjects (AVG art. 15-17): found by name or e-mail
//! address, read, corrected and, once the account is closed, erased. The caller has the permit.

mod store;

use kit::{At, Fault, Tx, Uuid, audit};
use policy::{Permit, Role};
use site::Cx;

/// An account, as its person may see it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Found {
    /// Id.
    pub id: Uuid,
    /// Sign-in name.
    pub username: String,
    /// Name.
    pub name: String,
    /// E-mail address, or empty.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Whether it can be used.
    pub active: bool,
    /// When it was made.
    pub created_at: At,
    /// When it was closed.
    pub ended_at: Option<At>,
    /// When somebody last worked in it; `None`: no session is open.
    pub seen_at: Option<i64>,
    /// How many authorisations were ever proposed.
    pub authorisations: i64,
}

/// The accounts of a person by name or e-mail address, whatever the case of letters; empty parts do not count.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(tx: &mut Tx, permit: &Permit, name: &str, email: &str) -> kit::Result<Vec<Found>> {
    let same = |a: &str, b: &str| !b.trim().is_empty() && a.trim().to_lowercase() == b.trim().to_lowercase();
    let mut found = store::accounts(tx, permit).await?;
    found.retain(|f| same(&f.name, name) || same(&f.email, email));
    Ok(found)
}

/// Corrects name and e-mail address.
///
/// # Errors
/// [`Fault::NotFound`], or when the database refuses.
pub async fn correct(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    account: Uuid,
    (name, email): (&str, &str),
) -> Result<(), Fault> {
    if store::update(tx, permit, account, (name.trim(), email.trim())).await? == 0 {
        return Err(Fault::NotFound);
    }
    written(cx, tx, permit, account, "corrected").await
}

/// Erases name, e-mail address and second factor of a closed account. Its id stays: the audit trail and the register
/// of authorisations (Wpg art. 32) lean on it.
///
/// # Errors
/// [`Fault::Rule`] while the account is open, [`Fault::NotFound`], or when the database refuses.
pub async fn erase(cx: &Cx, tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<(), Fault> {
    closed(tx, permit, account).await?;
    store::wipe(tx, permit, account).await?;
    written(cx, tx, permit, account, "erased").await
}

/// Whether the account was closed: before, nothing of its person is erased.
///
/// # Errors
/// As [`erase`].
pub async fn closed(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<(), Fault> {
    let found = store::accounts(tx, permit).await?.into_iter().find(|f| f.id == account).ok_or(Fault::NotFound)?;
    match found.active {
        true => Err(Fault::Rule { key: "rights-rule-account-open", values: vec![("name", found.name)] }),
        false => Ok(()),
    }
}

async fn written(cx: &Cx, tx: &mut Tx, permit: &Permit, account: Uuid, act: &str) -> Result<(), Fault> {
    let detail = serde_json::json!({ "person": act });
    audit::record(tx, &cx.deed_for("rights"), permit.action(), "account", &account.to_string(), &detail).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{self, Account};
    use policy::Resource;

    testkit::db_test! {
        async fn a_person_is_found_corrected_and_erased_once_closed(db) {
            let app = testkit::app(db, |_| {});
            let cx = testkit::cx(&app, Some(Role::PrivacyOfficer));
            let permit = cx.permit("rights:handle", &Resource::ordinary("account", cx.code())).unwrap();
            let mut tx = cx.write().await.unwrap();
            for (n, name, active) in [(1, "Bo Bos", false), (2, "Kim Kok", true)] {
                let account = Account {
                    municipality: cx.code().into(), id: Uuid::from_u128(n), username: format!("u{n}"), name: name.into(),
                    role: Role::Officer, active,
                };
                account::add(&mut tx, &account, "", cx.now).await.unwrap();
            }
            let bo = Uuid::from_u128(1);
            assert_eq!(find(&mut tx, &permit, "bo bos", "").await.unwrap()[0].id, bo);
            assert!(find(&mut tx, &permit, "", "").await.unwrap().is_empty());
            correct(&cx, &mut tx, &permit, bo, ("Bo de Bos", "bo@voorbeeld.nl")).await.unwrap();
            assert_eq!(find(&mut tx, &permit, "", "BO@voorbeeld.nl").await.unwrap()[0].name, "Bo de Bos");
            let open = erase(&cx, &mut tx, &permit, Uuid::from_u128(2)).await;
            assert!(matches!(open, Err(Fault::Rule { key: "rights-rule-account-open", .. })));
            erase(&cx, &mut tx, &permit, bo).await.unwrap();
            assert!(find(&mut tx, &permit, "Bo de Bos", "bo@voorbeeld.nl").await.unwrap().is_empty());
        }
    }
}
