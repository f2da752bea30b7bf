//! The live map: Server-Sent Events. One poller a process reads what changed, only while somebody listens, and tells
//! every listener in their own language and with their own filter. A listener that comes back says what it saw last.
//!
//! Route: `/map/live` with `public:read`; the program passes the client's address on.

mod seats;

use crate::config::LiveConfig;
use crate::filter::{Filter, Query};
use crate::map::{config, permit};
use crate::pipe::{Writer, pipe};
use crate::view::{Item, href};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use kit::{At, Fault, Municipality};
use seats::Seat;
use serde::Deserialize;
use signals::intake::Desk;
use signals::moderation::public::{self, Changed};
use site::{Cx, Shared};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// Between two looks at the database.
const LOOK: Duration = Duration::from_millis(250);
/// A sign of life, before proxies close a silent connection.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// A change is written down with the time at which its request began; it may be committed this much later.
const LATE: i64 = 10_000_000;
/// Changes that one look, or one listener that comes back, gets at most.
const MOST: i64 = 500;

/// What the poller tells.
#[derive(Clone, Debug)]
enum Word {
    Change(Arc<Changed>),
    Close,
}

/// The listeners of a municipality; sits on its shelf.
#[derive(Debug)]
pub struct Live {
    sender: broadcast::Sender<Word>,
    seats: Mutex<seats::Seats>,
}

impl Live {
    /// Nobody listens yet.
    #[must_use]
    pub fn new(config: LiveConfig) -> Self {
        Self { sender: broadcast::channel(1024).0, seats: Mutex::new(seats::Seats::new(config)) }
    }

    /// How many listen now.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner).total()
    }

    /// Whether the poller runs.
    #[must_use]
    pub fn is_polling(&self) -> bool {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner).polling
    }
}

/// Ends every stream, so that the program can stop; who comes after is sent away.
pub fn close(app: &Shared) {
    for live in app.municipalities.iter().filter_map(|m| m.find::<Live>()) {
        live.seats.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        let _ = live.sender.send(Word::Close);
    }
}

/// Since when a listener wants to know.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Since {
    /// Microseconds since 1970, as the page was made.
    since: String,
}

/// `GET /map/live`: changes of the shown reports as `text/event-stream`, with the filter of the map. `address` is where
/// the client is (unknown in tests): so many listeners from one address, so many in all.
///
/// # Errors
/// [`Fault::Wait`] when there are too many listeners.
pub async fn live(
    cx: Cx,
    address: Option<IpAddr>,
    axum::extract::Query(query): axum::extract::Query<Query>,
    axum::extract::Query(since): axum::extract::Query<Since>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    permit(&cx)?;
    let live = cx.municipality.get::<Live>();
    let seat = Seat::take(&live, address)?;
    // Listen first, then read what was before: nothing falls between.
    let receiver = live.sender.subscribe();
    seats::poll(&live, &cx.app, &cx.municipality);
    let last = headers.get("last-event-id").and_then(|v| v.to_str().ok()).and_then(|text| text.parse::<i64>().ok());
    // Who comes back may have missed what was committed late.
    let since = last.map(|seen| seen - LATE).or(since.since.parse().ok()).unwrap_or(cx.now.micros());
    let (writer, body) = pipe();
    let most = Duration::from_secs(u64::from(config(&cx).live.minutes) * 60);
    tokio::spawn(async move {
        let _seat = seat;
        let listener = Listener { cx, query };
        tokio::select! {
            () = listener.tell(&writer, receiver, At::from_micros(since)) => {}
            () = writer.gone() => {}
            () = tokio::time::sleep(most) => {}
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        // a proxy in between must not hold pieces back (nginx)
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, body).into_response())
}

/// One listener.
struct Listener {
    cx: Cx,
    query: Query,
}

impl Listener {
    /// Tells what was before, then what comes, until the reader goes or the program stops.
    async fn tell(&self, writer: &Writer, mut receiver: broadcast::Receiver<Word>, since: At) {
        if !writer.send("retry: 3000\n\n").await {
            return;
        }
        let config = config(&self.cx);
        let desk = Desk::of(&self.cx.municipality);
        let filter = Filter::read(&self.query, &desk, config.map.period_days, self.cx.now);
        let before = match self.before(&desk, since).await {
            Ok(before) if i64::try_from(before.len()).unwrap_or(MOST) < MOST => before,
            // Too much, or it could not be read: the page is made anew.
            _ => {
                writer.send("event: reload\ndata: {}\n\n").await;
                return;
            }
        };
        for change in &before {
            if !writer.send(self.event(&desk, &filter, change)).await {
                return;
            }
        }
        loop {
            let piece = match tokio::time::timeout(HEARTBEAT, receiver.recv()).await {
                Err(_) => ": \n\n".to_owned(),
                // What was read above may come along here too.
                Ok(Ok(Word::Change(change))) if before.contains(&change) => continue,
                Ok(Ok(Word::Change(change))) => self.event(&Desk::of(&self.cx.municipality), &filter, &change),
                Ok(Err(RecvError::Lagged(_))) => "event: reload\ndata: {}\n\n".to_owned(),
                Ok(Ok(Word::Close) | Err(RecvError::Closed)) => return,
            };
            if !writer.send(piece).await {
                return;
            }
        }
    }

    async fn before(&self, desk: &Desk, since: At) -> Result<Vec<Changed>, Fault> {
        let permit = permit(&self.cx)?;
        let mut tx = self.cx.read().await?;
        Ok(public::changed(&mut tx, &permit, desk, since, MOST).await?)
    }

    /// A change as an event. What the filter does not take is gone for this listener.
    fn event(&self, desk: &Desk, filter: &Filter, change: &Changed) -> String {
        let data = match change.signal.as_ref().filter(|signal| filter.takes(signal)) {
            Some(signal) => serde_json::to_string(&Item::new(&self.cx, desk, signal)).unwrap_or_default(),
            None => serde_json::json!({ "href": href(&change.reference), "gone": true }).to_string(),
        };
        format!("id: {}\ndata: {data}\n\n", change.at.micros())
    }
}

/// Looks four times a second, until nobody listens any more.
async fn look(live: Arc<Live>, app: Shared, municipality: Arc<Municipality>) {
    let mut clock = tokio::time::interval(LOOK);
    clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut last = app.clock.now();
    // What was told of a report in the time in which late changes may still come.
    let mut told: HashMap<String, Arc<Changed>> = HashMap::new();
    loop {
        clock.tick().await;
        if live.seats.lock().unwrap_or_else(PoisonError::into_inner).leave_when_empty() {
            return;
        }
        let cx = Cx::system(&app, &municipality, "public:read");
        // A fault of the database passes; the next look reads the same again.
        let _ = round(&cx, &live, &mut last, &mut told).await;
    }
}

/// One look: tells what is new.
async fn round(cx: &Cx, live: &Live, last: &mut At, told: &mut HashMap<String, Arc<Changed>>) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let desk = Desk::of(&cx.municipality);
    let mut from = At::from_micros(last.micros() - LATE);
    loop {
        let mut tx = cx.read().await?;
        let changes = public::changed(&mut tx, &permit, &desk, from, MOST).await?;
        drop(tx);
        let whole = i64::try_from(changes.len()).unwrap_or(0) == MOST;
        let newest = changes.last().map_or(from, |c| c.at);
        for change in changes {
            let known = told.get(&change.reference).is_some_and(|t| t.at == change.at && t.signal == change.signal);
            if !known {
                let change = Arc::new(change);
                told.insert(change.reference.clone(), change.clone());
                let _ = live.sender.send(Word::Change(change));
            }
        }
        *last = (*last).max(newest);
        if !whole || newest <= from {
            break;
        }
        from = newest;
    }
    let old = last.micros() - LATE;
    told.retain(|_, change| change.at.micros() >= old);
    Ok(())
}
