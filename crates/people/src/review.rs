//! Review: the list of accounts, for who watches over access.

use crate::account;
use axum::response::Response;
use kit::Fault;
use policy::Resource;
use site::page::Page;
use site::{Cx, render};

#[derive(askama::Template)]
#[template(path = "review/pages/accounts.html")]
struct AccountsPage {
    page: Page,
    may_edit: bool,
    rows: Vec<AccountRow>,
}

struct AccountRow {
    href: String,
    name: String,
    username: String,
    role: String,
    state: String,
    tone: &'static str,
}

/// `GET /accounts`: who has access, in which role.
pub async fn accounts_page(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("account-list:read", &Resource::ordinary("account", cx.code()))?;
    let mut tx = cx.read().await?;
    let rows = account::all(&mut tx, permit.municipality())
        .await?
        .into_iter()
        .map(|a| AccountRow {
            href: format!("/accounts/{}", a.id),
            name: a.name,
            username: a.username,
            role: cx.t(&format!("role-{}", a.role)),
            state: cx.t(if a.active { "account-active" } else { "account-inactive" }),
            tone: if a.active { "ok" } else { "off" },
        })
        .collect();
    render(&AccountsPage { page: cx.page("accounts-title"), may_edit: cx.may("account-list:edit"), rows })
}
