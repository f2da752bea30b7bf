//! The live map: how soon, for whom, and that nothing is left behind.

use super::*;
use crate::filter::Query;
use crate::live::{self, Since};
use axum::body::BodyDataStream;
use axum::http::HeaderMap;
use axum::response::Response;
use futures_core::Stream as _;
use kit::Fault;
use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::Pin;
use std::time::{Duration, Instant};

/// Somebody who listens.
struct Ear {
    body: BodyDataStream,
    held: String,
}

async fn ask(app: &Shared, address: Option<IpAddr>, query: Query, last: Option<i64>) -> Result<Response, Fault> {
    let mut headers = HeaderMap::new();
    if let Some(last) = last {
        headers.insert("last-event-id", last.to_string().parse().unwrap());
    }
    let since = axum::extract::Query(Since::default());
    live::live(cx(app, None), address, axum::extract::Query(query), since, headers).await
}

impl Ear {
    async fn open(app: &Shared, query: &str, last: Option<i64>) -> Self {
        let uri = format!("/map/live?{query}").parse().unwrap();
        let query = axum::extract::Query::<Query>::try_from_uri(&uri).unwrap();
        let response = ask(app, None, query.0, last).await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { body: response.into_body().into_data_stream(), held: String::new() }
    }

    /// The next event within `wait`: its id and its data.
    async fn next(&mut self, wait: Duration) -> Option<(i64, serde_json::Value)> {
        let end = tokio::time::Instant::now() + wait;
        loop {
            while let Some((block, rest)) = self.held.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.held = rest;
                let field = |name: &str| block.lines().find_map(|l| l.strip_prefix(name)).map(str::trim);
                if let (Some(id), Some(data)) = (field("id:"), field("data:")) {
                    return Some((id.parse().unwrap(), serde_json::from_str(data).unwrap()));
                }
            }
            let piece = poll_fn(|context| Pin::new(&mut self.body).poll_next(context));
            match tokio::time::timeout_at(end, piece).await {
                Ok(Some(bytes)) => self.held.push_str(std::str::from_utf8(&bytes.unwrap()).unwrap()),
                Ok(None) | Err(_) => return None,
            }
        }
    }

    /// Whether the stream ends within `wait`.
    async fn ends(&mut self, wait: Duration) -> bool {
        let end = tokio::time::Instant::now() + wait;
        loop {
            let piece = poll_fn(|context| Pin::new(&mut self.body).poll_next(context));
            match tokio::time::timeout_at(end, piece).await {
                Ok(Some(_)) => {}
                Ok(None) => return true,
                Err(_) => return false,
            }
        }
    }
}

/// Long enough for anything that must come.
const SOON: Duration = Duration::from_secs(3);

fn later(app: &Shared) {
    app.clock.set(At::from_micros(app.clock.now().micros() + 1_000_000).0);
}

db_test! {
    async fn a_new_report_is_on_the_map_within_a_second(db) {
        let app = app(db).await;
        let mut ear = Ear::open(&app, "", None).await;
        let mut other = Ear::open(&app, "category=bicycle-wreck", None).await;
        let mut slowest = Duration::ZERO;
        let mut last = None;
        let mut told: Vec<String> = vec![];
        for _ in 0..8 {
            later(&app);
            let made = add_aged(&app, "household-waste", 1, 0).await;
            let committed = Instant::now();
            // what came between listening and reading what was before is told twice
            let (id, item) = loop {
                let (id, item) = ear.next(SOON).await.expect("an event");
                if !told.iter().any(|reference| item["reference"] == reference.as_str()) {
                    break (id, item);
                }
            };
            slowest = slowest.max(committed.elapsed());
            assert_eq!(item["reference"], made[0].1.as_str());
            told.push(made[0].1.clone());
            assert_eq!((item["state"].as_str(), item["tone"].as_str()), (Some("Ontvangen"), Some("info")));
            assert!(item["lon"].is_f64() && !item.to_string().contains("Geheim"), "{item}");
            last = Some((id, made));
        }
        println!("from commit to event: {} ms at most (of 8)", slowest.as_millis());
        assert!(slowest < Duration::from_secs(1), "{slowest:?}");
        let (id, made) = last.unwrap();
        later(&app);
        add_aged(&app, "dog-loose", 1, 0).await;
        assert!(ear.next(Duration::from_millis(1200)).await.is_none(), "what is not public is not told");
        moderate(&app, made[0].0, Act::Hide).await;
        let (_, item) = ear.next(SOON).await.expect("it is taken off");
        assert_eq!((item["gone"].as_bool(), item["href"].as_str()), (Some(true), Some(&*format!("/map/{}", made[0].1))));
        // Another filter only hears that these are not for it.
        while let Some((_, item)) = other.next(Duration::from_millis(100)).await {
            assert_eq!(item["gone"], true);
        }
        drop(ear);
        // Who comes back with what it saw last hears what it missed.
        let mut back = Ear::open(&app, "", Some(id)).await;
        let mut missed = false;
        while let Some((_, item)) = back.next(Duration::from_millis(800)).await {
            missed |= item["gone"] == true && item["href"].as_str().unwrap().ends_with(&made[0].1);
        }
        assert!(missed);
    }
}

#[tokio::test]
async fn a_change_that_is_committed_late_is_not_missed() {
    let app = app(testkit::sqlite().await).await;
    let mut ear = Ear::open(&app, "", None).await;
    let start = app.clock.now();
    app.clock.set(At::from_micros(start.micros() + 5_000_000).0);
    let newer = add_aged(&app, "litter", 1, 0).await;
    assert_eq!(ear.next(SOON).await.unwrap().1["reference"], newer[0].1.as_str());
    // A request that began four seconds before, and took long.
    app.clock.set(At::from_micros(start.micros() + 1_000_000).0);
    let late = add_aged(&app, "litter", 1, 0).await;
    assert_eq!(ear.next(SOON).await.expect("not missed").1["reference"], late[0].1.as_str());
    assert!(ear.next(Duration::from_millis(1200)).await.is_none(), "nothing is told twice");
}

#[tokio::test]
async fn listeners_are_bounded_and_leave_nothing_behind() {
    let app = app(testkit::sqlite().await).await;
    let live = app.home().unwrap().get::<Live>();
    let config = app.home().unwrap().get::<OpenDataConfig>().live;
    let address: IpAddr = "2001:db8:1:2::1".parse().unwrap();
    let neighbour: IpAddr = "2001:db8:1:2:ffff::9".parse().unwrap();
    let mut open = vec![];
    for _ in 0..config.most_per_address {
        open.push(ask(&app, Some(address), Query::default(), None).await.unwrap());
    }
    let refused = ask(&app, Some(neighbour), Query::default(), None).await.unwrap_err();
    assert!(matches!(refused, Fault::Wait(_)), "one network of 64 bits is one subscriber");
    open.push(ask(&app, Some("192.0.2.1".parse().unwrap()), Query::default(), None).await.unwrap());
    assert_eq!(live.listeners(), config.most_per_address + 1);
    assert!(live.is_polling());
    drop(open);
    tokio::time::timeout(SOON, async {
        while live.listeners() > 0 || live.is_polling() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("seats are free and the poller has gone");
    let mut ear = Ear::open(&app, "", None).await;
    assert!(live.is_polling(), "it comes back with the next listener");
    live::close(&app);
    assert!(ear.ends(SOON).await, "a program that stops waits for nobody");
    assert!(ask(&app, None, Query::default(), None).await.is_err());
}
