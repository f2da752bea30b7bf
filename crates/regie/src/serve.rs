//! One process: the web, the jobs, and a clean end.

use crate::routes;
use anyhow::Context as _;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use kit::jobs::Registry;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use people::client::Client;
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

/// What strangers may send, each only so often from one address.
async fn not_too_many(State(app): State<Shared>, client: Client, request: Request, next: Next) -> Response {
    let open = matches!(request.uri().path(), "/report" | "/api/v1/signals") && request.method() == Method::POST;
    if open && let Err(fault) = counted(&app, &client).await {
        return fault.into_response();
    }
    next.run(request).await
}

async fn counted(app: &Shared, client: &Client) -> Result<(), Fault> {
    let home = app.home().ok_or(Fault::NotFound)?;
    let mut tx = app.main.write().await?;
    client.may_report(&mut tx, home.file.limits.of_reports(), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// The background work of this program.
pub fn jobs() -> Registry<Shared> {
    let mut registry = Registry::default();
    registry.add(kit::outbox::DELIVER, async |app: Shared, job| {
        kit::outbox::deliver(&app.main, &app.post, &job, app.clock.now()).await
    });
    registry.add(areas::import::RELOAD_JOB, areas::import::reload);
    registry.add(insight::jobs::REFRESH, insight::jobs::refresh);
    registry.add(records::JOB, records::deliver);
    registry.add(privacy::retention::NIGHTLY, privacy::retention::nightly);
    registry.add(crate::keys::RELOAD, crate::keys::reload);
    registry.add(privacy::audit::ANCHOR_DAY, privacy::audit::anchor_day);
    registry.add(privacy::audit::EXPORT, privacy::audit::export);
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
    ready(&address);
    tracing::info!(address, "listening");
    let service = router(&app, Some(metrics)).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            wait_for_end().await;
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
