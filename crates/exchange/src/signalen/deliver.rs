//! The jobs: sending a report on, once, and asking partners how reports stand.

use super::client::{Partner, Sent, body, mark};
use super::dispatch::{Dispatch, Failure, Standing};
use super::store;
use crate::config::{Api, ExchangeConfig, Link, SignalenWords};
use anyhow::{Context as _, bail};
use kit::{At, Tx, Uuid, jobs};
use policy::{Permit, Resource, Role};
use serde_json::json;
use signals::State;
use signals::handle::{self, Change, Edit};
use site::{Cx, Shared};
use std::sync::Arc;

/// The job that sends one dispatch.
pub const SEND: &str = "signalen-send";
/// The job that asks partners how reports stand.
pub const POLL: &str = "signalen-poll";
/// Shortest wait after a partner asks to come back later, in seconds.
const SOON: u64 = 60;
/// Longest, whatever the partner asks.
const LATEST: u64 = 86_400;

/// What a job works with.
struct Work {
    cx: Cx,
    permit: Permit,
    config: Arc<ExchangeConfig>,
}

impl Work {
    fn of(app: &Shared, job: &jobs::Job) -> anyhow::Result<Self> {
        let municipality = app.municipality(&job.municipality)?;
        let mut cx = Cx::system(app, &municipality, "exchange:send");
        cx.actor.role = Some(Role::Intake);
        let permit = cx.permit("exchange:send", &Resource::ordinary("signal", cx.code()))?;
        Ok(Self { config: municipality.get::<ExchangeConfig>(), cx, permit })
    }

    fn words(&self) -> anyhow::Result<&SignalenWords> {
        self.config.words.as_ref().context("no signalen.toml")
    }

    fn partner<'a>(&'a self, link: &'a Link) -> Partner<'a> {
        Partner { http: &self.cx.app.http, link }
    }

    async fn stand(&self, dispatch: &Dispatch, state: Standing, failure: &Failure) -> anyhow::Result<()> {
        let mut tx = self.cx.write().await?;
        store::stand(&mut tx, &self.permit, dispatch.id, state, &failure.kept(), self.cx.now).await?;
        store::failed(&mut tx, &self.permit, &dispatch.link, &failure.kept(), self.cx.now).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Asks for the sending of a dispatch.
pub(super) async fn ask(tx: &mut Tx, municipality: &str, dispatch: Uuid, at: At) -> kit::Result<()> {
    jobs::enqueue(tx, municipality, SEND, &json!({ "id": dispatch }), Some(&dispatch.to_string()), at).await
}

async fn ask_poll(tx: &mut Tx, work: &Work) -> kit::Result<()> {
    let at = At::from_micros(work.cx.now.micros() + work.config.signalen.poll_minutes * 60_000_000);
    jobs::enqueue(tx, work.cx.code(), POLL, &json!({}), Some("all"), at).await
}

/// Job [`SEND`]: sends one dispatch. That it is sent is written down before, so that a crash in between does not make a
/// second report there: what may have arrived is looked up first.
///
/// # Errors
/// When it must be tried again: the job then waits longer each time.
pub async fn send(app: Shared, job: jobs::Job) -> anyhow::Result<()> {
    let payload: serde_json::Value = serde_json::from_str(&job.payload)?;
    let id: Uuid = serde_json::from_value(payload["id"].clone())?;
    let work = Work::of(&app, &job)?;
    let mut tx = work.cx.read().await?;
    let Some(dispatch) = store::dispatch(&mut tx, &work.permit, id).await? else { return Ok(()) };
    let report = store::outgoing(&mut tx, &work.permit, dispatch.signal_id).await?;
    let reporter = match dispatch.is_with_contact {
        true => store::reporter(&mut tx, &work.permit, dispatch.signal_id).await?,
        false => None,
    };
    drop(tx);
    let Some(link) = work.config.link(&dispatch.link) else {
        return work.stand(&dispatch, Standing::Refused, &Failure::new("exchange-partner-gone", &dispatch.link)).await;
    };
    let Some((report, lon, lat)) = report.and_then(|r| Some((r.lon?, r.lat?, r))).map(|(lon, lat, r)| (r, lon, lat))
    else {
        return work.stand(&dispatch, Standing::Refused, &Failure::new("exchange-partner-place", "")).await;
    };
    let partner = work.partner(link);
    let mark = mark(&dispatch.reference, dispatch.id);
    match (dispatch.state, link.api) {
        (Standing::Waiting, _) | (Standing::Sending, Api::Regie) => {}
        (Standing::Sending, Api::Private) => {
            match partner.find(&mark, dispatch.tried_at.unwrap_or(dispatch.created_at)).await {
                Ok(Some((number, key))) => return arrived(&work, &dispatch, link, &number, &key).await,
                Ok(None) => {}
                Err(failure) => {
                    work.stand(&dispatch, Standing::Sending, &failure).await?;
                    bail!("{}: cannot look up what may have arrived ({})", link.id, failure.key);
                }
            }
        }
        (Standing::Sending, Api::Public) => {
            return work.stand(&dispatch, Standing::Unsure, &Failure::new("exchange-partner-unsure", "")).await;
        }
        _ => return Ok(()),
    }
    let body = body(link, work.words()?, &report, (lon, lat), (&dispatch.note, &mark), reporter.as_ref());
    let mut tx = work.cx.write().await?;
    let first = store::begin(&mut tx, &work.permit, &dispatch, work.cx.now).await?;
    tx.commit().await?;
    if first == 0 {
        return Ok(()); // another worker sends it
    }
    match partner.create(&body, dispatch.id).await {
        Sent::Made(number, key) => arrived(&work, &dispatch, link, &number, &key).await,
        Sent::Refused(failure) => {
            work.stand(&dispatch, Standing::Refused, &failure).await?;
            let why = Failure::sentence(&work.cx.words, &failure.kept());
            let text = work
                .cx
                .words
                .ta("exchange-note-refused", &[("partner", link.name.as_str().into()), ("why", why.into())]);
            note(&work, &dispatch, &text).await
        }
        Sent::Later(wait, failure) => {
            work.stand(&dispatch, Standing::Waiting, &failure).await?;
            let Some(seconds) = wait else { bail!("{}: not sent ({})", link.id, failure.key) };
            let micros = i64::try_from(seconds.clamp(SOON, LATEST)).unwrap_or(0) * 1_000_000;
            let mut tx = work.cx.write().await?;
            ask(&mut tx, work.cx.code(), dispatch.id, At::from_micros(work.cx.now.micros() + micros)).await?;
            tx.commit().await?;
            Ok(())
        }
        Sent::Unsure(failure) if link.api == Api::Public => work.stand(&dispatch, Standing::Unsure, &failure).await,
        Sent::Unsure(failure) => {
            work.stand(&dispatch, Standing::Sending, &failure).await?;
            bail!("{}: it may have arrived ({})", link.id, failure.key);
        }
    }
}

async fn arrived(work: &Work, dispatch: &Dispatch, link: &Link, number: &str, key: &str) -> anyhow::Result<()> {
    let mut tx = work.cx.write().await?;
    store::arrived(&mut tx, &work.permit, dispatch.id, number, key, work.cx.now).await?;
    store::worked(&mut tx, &work.permit, &link.id, work.cx.now).await?;
    let text =
        work.cx.words.ta("exchange-note-arrived", &[("partner", link.name.as_str().into()), ("number", number.into())]);
    handle::apply(&work.cx, &mut tx, &work.permit, dispatch.signal_id, None, &Edit::Note(&text)).await?;
    ask_poll(&mut tx, work).await?;
    tx.commit().await?;
    Ok(())
}

async fn note(work: &Work, dispatch: &Dispatch, text: &str) -> anyhow::Result<()> {
    let mut tx = work.cx.write().await?;
    handle::apply(&work.cx, &mut tx, &work.permit, dispatch.signal_id, None, &Edit::Note(text)).await?;
    tx.commit().await?;
    Ok(())
}

/// Job [`POLL`]: asks every partner how the reports stand that it has, and asks again after some minutes while there
/// are any. What a partner calls handled waits here for somebody who agrees.
///
/// # Errors
/// When the database refuses. A partner that does not answer is asked the next time.
pub async fn poll(app: Shared, job: jobs::Job) -> anyhow::Result<()> {
    let work = Work::of(&app, &job)?;
    let words = work.words()?;
    let mut left = false;
    for link in &work.config.signalen.links {
        let mut tx = work.cx.read().await?;
        let dispatches = store::to_ask(&mut tx, &work.permit, &link.id).await?;
        drop(tx);
        for dispatch in &dispatches {
            match work.partner(link).told(&dispatch.partner_key).await {
                Err(failure) => {
                    let mut tx = work.cx.write().await?;
                    store::failed(&mut tx, &work.permit, &link.id, &failure.kept(), work.cx.now).await?;
                    tx.commit().await?;
                    left = true;
                    // one report may be gone there; a server that is down is left alone
                    if !failure.detail.starts_with('4') {
                        break;
                    }
                }
                Ok(told) => {
                    let handled = told.word.eq_ignore_ascii_case("closed")
                        || matches!(
                            words.state(&told.word),
                            Some(State::Done | State::Cancelled | State::CompletionRequested)
                        );
                    left |= !handled;
                    let mut tx = work.cx.write().await?;
                    let state = if handled { Standing::Done } else { Standing::Sent };
                    store::heard(&mut tx, &work.permit, dispatch.id, &told.display, state, work.cx.now).await?;
                    store::worked(&mut tx, &work.permit, &link.id, work.cx.now).await?;
                    if handled || told.display != dispatch.partner_state {
                        let text = work.cx.words.ta(
                            "exchange-note-told",
                            &[
                                ("partner", link.name.as_str().into()),
                                ("state", told.display.as_str().into()),
                                ("text", told.text.as_str().into()),
                            ],
                        );
                        let text: String = text.chars().take(handle::NOTE).collect();
                        tell(&work, &mut tx, dispatch.signal_id, handled, &text).await?;
                    }
                    tx.commit().await?;
                }
            }
        }
    }
    if left {
        let mut tx = work.cx.write().await?;
        ask_poll(&mut tx, &work).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Writes what the partner said; a report that still waits for the partner then asks for somebody to agree.
async fn tell(work: &Work, tx: &mut Tx, signal: Uuid, handled: bool, text: &str) -> anyhow::Result<()> {
    let report = store::outgoing(tx, &work.permit, signal).await?.context("the report is gone")?;
    if handled && report.state.may_become(State::CompletionRequested) {
        let change = Change { version: None, to: State::CompletionRequested, note: text, tell: false };
        handle::change_state(&work.cx, tx, &work.permit, signal, &change).await?;
    } else {
        handle::apply(&work.cx, tx, &work.permit, signal, None, &Edit::Note(text)).await?;
    }
    Ok(())
}
