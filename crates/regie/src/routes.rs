//! Every URL of Regie on one screen: method, path, the action that the policy must permit, handler.

use crate::{api, assets};
use axum::response::{IntoResponse as _, Response};
use insight::{algorithms::algorithms, desk::desk, place::place, view::picture};
use kit::Fault;
use metrics_exporter_prometheus::PrometheusHandle;
use patrol::{round::web as round, shift::web as shift, walk::web as walk};
use people::{authorisations::web as authorisation, covenants::web as covenant, partners::web as partner, review, session};
use plan::{account::web as account, cycle::web as cycle};
use records::{disclose, edit, list, open, record, review as removed, search};
use signals::{handle, issues, observe, report};
use site::routes::Table;
use site::{Cx, Shared, about};

/// The table.
#[rustfmt::skip]
pub fn table(app: &Shared, metrics: Option<PrometheusHandle>) -> Table {
    Table::new(app)
        // for machines
        .get("/healthz", "public:read", healthz)
        .get("/metrics", "public:read", async move || metrics.map(|m| m.render()).unwrap_or_default())
        .get("/static/{hash}/{*name}", "public:read", assets::serve)
        .get("/api/v1/openapi.json", "public:read", api::openapi)
        .get("/api/v1/signals", "signal:list", signals::api::list)
        .get("/api/v1/signals/{id}", "signal:read", signals::api::read)
        .post("/api/v1/signals", "report:create", signals::api::create)
        .get("/api/v1/categories", "public:read", signals::api::categories)
        .get("/api/v1/areas", "area:read", areas::api::list)
        .get("/api/v1/areas/at", "area:read", areas::api::at)
        .get("/api/v1/areas/{code}", "area:read", areas::api::one)
        // for everyone
        .get("/", "public:read", report::home)
        .get("/report", "report:create", report::form)
        .upload("/report", "report:create", report::send)
        .get("/report/map.svg", "report:create", report::map_picture)
        .get("/report/status/{id}", "report:follow", report::status)
        .get("/areas", "area:read", areas::web::list)
        .get("/areas/{code}", "area:read", areas::web::area)
        .get("/algorithms", "public:read", algorithms)
        .get("/about", "public:read", about::about)
        .get("/privacy", "public:read", about::privacy)
        .get("/accessibility", "public:read", about::accessibility)
        .get("/language", "public:read", session::choose_language)
        .get("/login", "session:start", session::form)
        .post("/login", "session:start", session::submit)
        .post("/demo/sign-in", "session:start", session::persona)
        .post("/logout", "session:end", session::sign_out)
        // for everyone who works here
        .get("/account", "desk:read", session::me)
        .get("/desk", "desk:read", desk)
        // signals and issues
        .get("/signals", "signal:list", handle::list)
        .get("/signals/map", "signal:list", handle::map)
        .get("/signals/{id}", "signal:read", handle::page)
        .post("/signals/{id}/edit", "signal:handle", handle::edit)
        .get("/signals/{id}/photos/{photo}", "signal:photo", signals::photo::show)
        .post("/signals/{id}/issue", "issue:handle", issues::link_form)
        .post("/signals/{id}/issue/leave", "issue:handle", issues::leave_form)
        .get("/issues", "issue:read", issues::list)
        .get("/issues/{id}", "issue:read", issues::issue)
        .post("/issues/{id}/close", "issue:handle", issues::close_form)
        .get("/observe", "signal:create", observe::form)
        .upload("/observe", "signal:create", observe::send)
        // the picture
        .get("/picture", "picture:read", picture)
        .get("/picture/place", "picture:read", place)
        // shifts and rounds
        .get("/rounds", "round:read", round::rounds)
        .get("/rounds/new", "round:plan", round::new)
        .post("/rounds/propose", "round:plan", round::propose)
        .get("/rounds/{id}", "round:read", round::round)
        .post("/rounds/{id}/change", "round:plan", round::change)
        .post("/rounds/{id}/approve", "round:approve", round::approve)
        .post("/rounds/{id}/withdraw", "round:approve", round::withdraw)
        .get("/shifts/new", "shift:edit", shift::new)
        .post("/shifts/new", "shift:edit", shift::create)
        .get("/rounds/{id}/walk", "round:walk", walk::walk)
        .post("/rounds/{id}/visits/{visit}/arrive", "round:walk", walk::arrive)
        .post("/rounds/{id}/visits/{visit}/leave", "round:walk", walk::leave)
        .post("/rounds/{id}/visits/{visit}/skip", "round:walk", walk::skip)
        .post("/rounds/{id}/finish", "round:walk", walk::finish)
        // plan, programme, account
        .get("/plan", "plan:read", account::overview)
        .get("/plan/priorities/{id}", "plan:read", account::priority)
        .post("/plan/priorities/{id}", "programme:edit", account::priority_submit)
        .get("/plan/programme/{year}", "plan:read", cycle::programme)
        .get("/plan/programme/{year}/{action}", "plan:read", cycle::action)
        .post("/plan/programme/{year}/{action}", "programme:edit", cycle::action_submit)
        .get("/plan/decisions", "plan:read", cycle::decisions_list)
        .post("/plan/decisions", "plan:decide", cycle::decisions_submit)
        .get("/plan/indicators/{id}/{year}", "programme:edit", account::value)
        .post("/plan/indicators/{id}/{year}", "programme:edit", account::value_submit)
        .get("/plan/report/{year}", "account:read", account::report_page)
        .get("/plan/report/{year}/pdf", "account:read", account::report_pdf)
        // records behind the fences, and disclosures
        .get("/records", "record:open", open::home)
        .get("/records/review", "record:review", removed::form)
        .post("/records/review", "record:review", removed::read)
        .get("/records/{processing}", "record:list", list::list)
        .get("/records/{processing}/open", "record:open", open::form)
        .post("/records/{processing}/open", "record:open", open::open)
        .get("/records/{processing}/new", "record:create", edit::form)
        .post("/records/{processing}/new", "record:create", edit::create)
        .get("/records/{processing}/search", "record:list", search::form)
        .post("/records/{processing}/search", "record:list", search::ask)
        .get("/records/{processing}/search/{query}", "record:list", search::result)
        .get("/records/{processing}/{id}", "record:read", record::page)
        .get("/records/{processing}/{id}/edit", "record:edit", edit::correct_form)
        .post("/records/{processing}/{id}/edit", "record:edit", edit::correct)
        .post("/records/{processing}/{id}/change", "record:edit", record::change)
        .post("/records/{processing}/{id}/take", "record:edit", record::take)
        .get("/records/{processing}/{id}/disclose", "record:disclose", disclose::form)
        .post("/records/{processing}/{id}/disclose", "record:disclose", disclose::send)
        .post("/records/{processing}/{id}/send-correction", "record:disclose", disclose::correct)
        .get("/records/{processing}/{id}/disclosures/{disclosure}", "record:disclose", disclose::page)
        .post("/records/{processing}/{id}/disclosures/{disclosure}", "record:disclose", disclose::change)
        .get("/records/{processing}/{id}/disclosures/{disclosure}/content.json", "record:disclose", disclose::content)
        .get("/disclosures", "disclosure:review", disclose::overview)
        .get("/disclosures.csv", "disclosure:review", disclose::csv)
        // partners, covenants, authorisations
        .get("/partners", "partner:read", partner::list)
        .get("/partners/new", "partner:edit", partner::new)
        .post("/partners/new", "partner:edit", partner::new_submit)
        .get("/partners/{id}", "partner:read", partner::partner)
        .get("/partners/{id}/edit", "partner:edit", partner::edit)
        .post("/partners/{id}/edit", "partner:edit", partner::edit_submit)
        .get("/covenants", "partner:read", covenant::list)
        .get("/covenants/new", "covenant:edit", covenant::new)
        .post("/covenants/new", "covenant:edit", covenant::new_submit)
        .get("/covenants/{id}", "partner:read", covenant::covenant)
        .get("/covenants/{id}/edit", "covenant:edit", covenant::edit)
        .post("/covenants/{id}/edit", "covenant:edit", covenant::edit_submit)
        .get("/covenants/{id}/contact", "covenant:edit", covenant::contact_form)
        .post("/covenants/{id}/contact", "covenant:edit", covenant::contact_submit)
        .post("/covenants/{id}/end", "covenant:edit", covenant::end_submit)
        .get("/authorisations", "authorisation:read", authorisation::list)
        .get("/authorisations.csv", "authorisation:read", authorisation::download)
        .get("/authorisations/new", "authorisation:propose", authorisation::new)
        .post("/authorisations/new", "authorisation:propose", authorisation::new_submit)
        .get("/authorisations/{id}", "authorisation:read", authorisation::authorisation)
        .post("/authorisations/{id}/decide", "authorisation:decide", authorisation::decide_submit)
        .post("/authorisations/{id}/withdraw", "authorisation:withdraw", authorisation::withdraw_submit)
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
