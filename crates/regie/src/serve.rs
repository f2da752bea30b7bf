//! One process: the web, the jobs, and a clean end.

use crate::routes;
use anyhow::Context as _;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use exchange::signalen;
use kit::Fault;
use kit::jobs::Registry;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use people::client::Client;
use signals::contact;
use site::Shared;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// The whole web: table, session, cross-site refusal, faults, headers, compression.
pub fn router(app: &Shared, metrics: Option<PrometheusHandle>) -> Router {
    routes::table(app, metrics)
        .into_router()
        .fallback(async || Fault::NotFound)
        .layer(from_fn_with_state(app.clone(), not_too_many))
        .layer(from_fn(site::layers::same_site))
        .layer(from_fn_with_state(app.clone(), people::session::load))
        .layer(from_fn_with_state(app.clone(), site::layers::outer))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(app.clone())
}

/// Where a stranger's message becomes a report.
const REPORTS: [&str; 4] = ["/report", "/api/v1/signals", "/open311/v2/requests.json", "/open311/v2/requests.xml"];
/// Where strangers send other messages.
const STEPS: [&str; 4] = ["/report/", "/exchange/signalen/v1/", "/open311/", "/neighbourhood"];

/// What strangers may send, each only so often from one address.
async fn not_too_many(State(app): State<Shared>, client: Client, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if request.method() == Method::POST {
        let counted = if path.starts_with("/surveys/") {
            at_the_gate(&app, &client)
        } else if REPORTS.contains(&path) {
            counted(&app, &client, true).await
        } else if STEPS.iter().any(|step| path.starts_with(step)) {
            counted(&app, &client, false).await
        } else {
            Ok(())
        };
        if let Err(fault) = counted {
            return fault.into_response();
        }
    }
    next.run(request).await
}

/// Answers to a questionnaire are counted in memory only: an address beside a time would say who answered when.
fn at_the_gate(app: &Shared, client: &Client) -> Result<(), Fault> {
    let home = app.home().ok_or(Fault::NotFound)?;
    let config = home.get::<surveys::SurveysConfig>();
    let (most, minutes) = (config.answers_per_address, config.answers_window_minutes);
    home.get::<surveys::Gate>().pass(client.address, most, minutes, app.clock.now())
}

async fn counted(app: &Shared, client: &Client, report: bool) -> Result<(), Fault> {
    let home = app.home().ok_or(Fault::NotFound)?;
    let (limits, now) = (home.file.limits, app.clock.now());
    let mut tx = app.main.write().await?;
    if report {
        client.may_report(&mut tx, limits, now).await?;
    } else {
        client.may_step(&mut tx, limits, now).await?;
    }
    Ok(tx.commit().await?)
}

/// The background work of this program.
pub fn jobs() -> Registry<Shared> {
    let mut registry = Registry::default();
    registry.add(kit::outbox::DELIVER, contact::deliver);
    registry.add(areas::import::RELOAD_JOB, areas::import::reload);
    registry.add(streets::import::RELOAD_JOB, streets::import::reload);
    registry.add(insight::jobs::REFRESH, insight::jobs::refresh);
    registry.add(roster::period::IMPROVE, roster::period::improve);
    registry.add(figures::refresh::REFRESH, figures::refresh::refresh);
    registry.add(contact::OVERDUE, contact::overdue);
    registry.add(contact::FOLLOWERS, contact::tell_followers);
    registry.add(contact::READ_INBOX, contact::read_inbox);
    registry.add(signalen::SEND, signalen::send);
    registry.add(signalen::POLL, signalen::poll);
    registry.add(surveys::design::CLOSE, surveys::design::close_due);
    registry.add(neighbours::digest::DIGEST, neighbours::digest::digest);
    registry.add(signals::suggest::TRAIN, signals::suggest::train);
    registry.add(kit::events::DELIVER, exchange::webhook::deliver);
    registry.add(records::JOB, records::deliver);
    registry.add(sanctions::figures::REFRESH, sanctions::figures::nightly);
    registry.add(privacy::retention::NIGHTLY, privacy::retention::nightly);
    registry.add(crate::keys::RELOAD, crate::keys::reload);
    registry.add(privacy::audit::ANCHOR_DAY, privacy::audit::anchor_day);
    registry.add(privacy::audit::EXPORT, privacy::audit::export);
    registry.add(field::place::CLEAR, field::place::clear);
    registry.add(signals::report::CLEAN_PENDING, signals::report::clean_pending);
    registry
}

/// Serves on `listen` until Ctrl-C or SIGTERM, then lets running requests and the running job end.
pub async fn run(app: Shared, listen: &str, ready: impl FnOnce(&str)) -> anyhow::Result<()> {
    let metrics = PrometheusBuilder::new().install_recorder()?;
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on {listen}: is another program using this port?"))?;
    let address = format!("http://{}", listener.local_addr()?);
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn({
        let (app, stopped) = (app.clone(), stopped.clone());
        async move { jobs().work(&app.every_vault(), &app.clock, &app, stopped).await }
    });
    let closing = app.clone();
    ready(&address);
    tracing::info!(address, "listening");
    let service = router(&app, Some(metrics)).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            wait_for_end().await;
            opendata::live::close(&closing);
            let _ = stop.send(true);
        })
        .await?;
    worker.await?;
    for vault in app.every_vault() {
        vault.close().await;
    }
    tracing::info!("stopped");
    Ok(())
}

async fn wait_for_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
