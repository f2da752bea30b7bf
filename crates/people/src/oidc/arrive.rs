//! Somebody arrives from the provider: the account is made or brought up to date, its role by the groups.

use super::{Provider, Said};
use crate::account::{Account, NO_PASSWORD, close};
use crate::session::deed_of;
use crate::store;
use kit::{Fault, Tx, audit};
use policy::Role;
use site::Cx;

/// What became of it.
#[derive(Debug)]
pub(super) enum Arrival {
    /// Come in.
    Welcome(Account),
    /// No group of this person stands for a role; an account that there was has ended.
    NoGroup,
    /// The groups stand for several roles, and an account has one.
    SeveralRoles(Vec<Role>),
    /// An administrator closed this account; the provider cannot open it again.
    Ended,
}

/// Brings the account of `said` up to date.
pub(super) async fn arrive(tx: &mut Tx, cx: &Cx, provider: &Provider, said: &Said) -> Result<Arrival, Fault> {
    let found = match store::by_subject(tx, cx.code(), provider.issuer(), &said.subject).await? {
        Some(id) => store::person(tx, cx.code(), id).await?,
        None => None,
    };
    if found.as_ref().is_some_and(|p| p.end_cause == "administrator") {
        return Ok(Arrival::Ended);
    }
    let role = match provider.roles_of(&said.groups).as_slice() {
        [role] => *role,
        [] => {
            if let Some(person) = found.filter(|p| p.ended_at.is_none()) {
                let sessions = close(tx, cx, person.account.id, "group").await?;
                let detail = serde_json::json!({ "act": "end", "cause": "group", "sessions": sessions });
                note(tx, cx, &person.account, &detail).await?;
            }
            return Ok(Arrival::NoGroup);
        }
        several => return Ok(Arrival::SeveralRoles(several.to_vec())),
    };
    let name = [&said.name, &said.username, &said.email, &said.subject].into_iter().find(|n| !n.is_empty());
    let account = Account {
        municipality: cx.code().to_owned(),
        id: found.as_ref().map_or_else(|| kit::clock::id_at(cx.now), |p| p.account.id),
        username: String::new(),
        name: name.cloned().unwrap_or_default(),
        role,
        active: true,
    };
    let Some(before) = found else {
        let account = Account { username: free_name(tx, &account, said).await?, ..account };
        store::insert_account(tx, &account, NO_PASSWORD, cx.now).await?;
        store::set_subject(tx, cx.code(), account.id, provider.issuer(), &said.subject).await?;
        store::set_contact(tx, (cx.code(), account.id), &said.email, None).await?;
        note(tx, cx, &account, &serde_json::json!({ "act": "add", "role": role, "by": "provider" })).await?;
        return Ok(Arrival::Welcome(account));
    };
    let account = Account { username: before.account.username.clone(), ..account };
    if (before.account.role, before.account.active) != (role, true) {
        // No old right lingers in a session of before.
        store::delete_all(tx, cx.code(), account.id, None).await?;
        let detail = serde_json::json!({ "act": "change", "from": before.account.role, "to": role, "by": "provider" });
        note(tx, cx, &account, &detail).await?;
    }
    let same = (before.account.name == account.name) && before.email == said.email;
    if !same || (before.account.role, before.account.active) != (role, true) {
        store::refresh_person(tx, &account, &said.email).await?;
    }
    Ok(Arrival::Welcome(account))
}

/// A sign-in name for the lists. A local account that bears it already keeps it: it is never joined to one of
/// the provider, who only claims the address.
async fn free_name(tx: &mut Tx, account: &Account, said: &Said) -> kit::Result<String> {
    let wanted = if said.email.is_empty() { &said.username } else { &said.email };
    let wanted = wanted.to_lowercase();
    if !wanted.is_empty() && store::by_username(tx, &wanted).await?.is_none() {
        return Ok(wanted);
    }
    Ok(format!("{wanted}#{}", account.id.simple()))
}

async fn note(tx: &mut Tx, cx: &Cx, account: &Account, detail: &serde_json::Value) -> kit::Result<()> {
    audit::record(tx, &deed_of(cx, account), "account-list:edit", "account", &account.id.to_string(), detail).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account;
    use kit::config::OidcConfig;
    use std::collections::BTreeMap;

    fn provider(issuer: &str) -> anyhow::Result<Provider> {
        let file = testkit::folder().join("secret");
        std::fs::write(&file, "secret").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        }
        let roles = [("boa", "officer"), ("boa-oud", "officer"), ("beheer", "administrator")];
        let config = OidcConfig {
            municipality: "GM0396".into(),
            name: "Test".into(),
            issuer: issuer.into(),
            client_id: "regie".into(),
            client_secret_file: file,
            groups_claim: "groups".into(),
            scopes: vec![],
            roles: roles.iter().map(|(g, r)| ((*g).to_owned(), (*r).to_owned())).collect::<BTreeMap<_, _>>(),
            acr: vec![],
            amr: vec![],
            allow_private_addresses: false,
            allow_http: false,
        };
        Provider::open(&config, "https://regie.test")
    }

    fn said(subject: &str, groups: &[&str]) -> Said {
        Said {
            subject: subject.into(),
            sid: String::new(),
            name: "Noor".into(),
            email: "noor@heemskerk.example".into(),
            username: "noor".into(),
            groups: groups.iter().map(|g| (*g).to_owned()).collect(),
            second_factor: false,
            signed_in_at: None,
            id_token: String::new(),
        }
    }

    #[test]
    fn a_provider_without_tls_is_refused() {
        assert!(provider("https://login.example").is_ok());
        assert!(provider("http://login.example").is_err());
    }

    testkit::db_test! {
        async fn the_role_follows_the_groups(db) {
            let app = testkit::app(db, |_| {});
            let cx = testkit::cx(&app, None);
            let provider = provider("https://login.example").unwrap();
            let mut tx = app.main.write().await.unwrap();
            // A local account with the same address stays apart: the provider only claims it.
            let local = Account {
                municipality: "GM0396".into(),
                id: kit::Uuid::from_u128(9),
                username: "noor@heemskerk.example".into(),
                name: "Noor".into(),
                role: Role::Administrator,
                active: true,
            };
            account::add(&mut tx, &local, "!", cx.now).await.unwrap();
            let mut ids = std::collections::BTreeSet::new();
            for (groups, expected) in [
                (&["boa", "iedereen"][..], Some(Role::Officer)),
                (&["boa", "boa-oud"][..], Some(Role::Officer)),
                (&["beheer"][..], Some(Role::Administrator)),
                (&["boa", "beheer"][..], None),
                (&[][..], None),
                (&["boa"][..], Some(Role::Officer)),
            ] {
                let arrival = arrive(&mut tx, &cx, &provider, &said("1", groups)).await.unwrap();
                match (arrival, expected) {
                    (Arrival::Welcome(account), Some(role)) => {
                        assert_eq!(account.role, role, "{groups:?}");
                        assert_ne!(account.id, local.id);
                        ids.insert(account.id);
                        let person = store::person(&mut tx, "GM0396", account.id).await.unwrap().unwrap();
                        assert!(person.is_from_provider() && person.account.active && person.account.role == role);
                    }
                    (Arrival::NoGroup, None) => {
                        let id = *ids.first().unwrap();
                        let person = store::person(&mut tx, "GM0396", id).await.unwrap().unwrap();
                        assert!(!person.account.active && person.end_cause == "group");
                    }
                    (Arrival::SeveralRoles(roles), None) => assert_eq!(roles.len(), 2),
                    (other, _) => panic!("{groups:?}: {other:?}"),
                }
            }
            assert_eq!(ids.len(), 1, "one person, one account");
            close(&mut tx, &cx, *ids.first().unwrap(), "administrator").await.unwrap();
            let arrival = arrive(&mut tx, &cx, &provider, &said("1", &["boa"])).await.unwrap();
            assert!(matches!(arrival, Arrival::Ended), "the provider opens nothing that an administrator closed");
            let stranger = arrive(&mut tx, &cx, &provider, &said("2", &[])).await.unwrap();
            assert!(matches!(stranger, Arrival::NoGroup));
            assert!(store::by_subject(&mut tx, "GM0396", "https://login.example", "2").await.unwrap().is_none());
        }
    }
}
