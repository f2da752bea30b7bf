//! Every URL of Regie on one screen: method, path, the action that the policy must permit, handler.

use crate::{api, assets};
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use metrics_exporter_prometheus::PrometheusHandle;
use people::{review, session};
use site::routes::Table;
use site::{Cx, Shared};

/// The table.
pub fn table(app: &Shared, metrics: Option<PrometheusHandle>) -> Table {
    Table::new(app)
        // for machines
        .get("/healthz", "public:read", healthz)
        .get("/metrics", "public:read", async move || metrics.map(|m| m.render()).unwrap_or_default())
        .get("/static/{hash}/{*name}", "public:read", assets::serve)
        .get("/api/v1/openapi.json", "public:read", api::openapi)
        // for everyone
        .get("/language", "public:read", session::choose_language)
        .get("/login", "session:start", session::form)
        .post("/login", "session:start", session::submit)
        .post("/demo/sign-in", "session:start", session::persona)
        .post("/logout", "session:end", session::sign_out)
        .get("/account", "desk:read", session::me)
        // for who watches over it
        .get("/audit", "audit:read", review::audit_page)
        .get("/accounts", "account-list:read", review::accounts_page)
}

/// Whether the program and its database answer.
async fn healthz(cx: Cx) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let _: (i64,) = tx.one("select cast(1 as bigint)", vec![]).await?;
    Ok(axum::Json(serde_json::json!({ "status": "ok" })).into_response())
}
