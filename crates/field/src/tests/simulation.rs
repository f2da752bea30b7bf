//! Simulated shifts: two or three phones each, with cuts, messages sent twice, in another order and from the middle,
//! clocks that are wrong, apps that are killed, and a coordinator who changes the round meanwhile. What was told must
//! be there, once, and the chain of the audit trail must be whole.

use super::{Work, count, officer, officers, place, stop, town, work};
use crate::sync;
use axum::body::Bytes;
use kit::audit::Verdict;
use kit::{Uuid, args};
use serde_json::{Value, json};
use site::Shared;
use std::collections::{BTreeMap, BTreeSet};

/// Small and seeded (xorshift64*).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % n
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// A phone: what is on its disk survives a kill, what it knows does not.
struct Phone {
    id: Uuid,
    account: Uuid,
    /// How far its clock is ahead of the house's, in milliseconds.
    skew: i64,
    /// What it measured last; forgotten by a kill.
    offset: Option<i64>,
    disk: Vec<Value>,
    next: i64,
}

/// What really happened.
#[derive(Default)]
struct Truth {
    /// The events with their moment, in milliseconds.
    events: BTreeMap<Uuid, i64>,
    observations: BTreeSet<Uuid>,
    /// Visits that somebody left, of any round.
    left: BTreeSet<Uuid>,
    /// Words that somebody wrote.
    words: Vec<String>,
}

impl Phone {
    fn new(app: &Shared, account: Uuid, chance: &mut Chance) -> Self {
        let skew = i64::try_from(chance.below(4 * 3_600_000)).unwrap() - 2 * 3_600_000;
        Self { id: app.clock.id(), account, skew, offset: None, disk: vec![], next: 1 }
    }

    fn clock(&self, app: &Shared) -> i64 {
        app.clock.now().micros() / 1000 + self.skew
    }

    fn record(&mut self, app: &Shared, truth: &mut Truth, kind: &str, payload: Value) -> Uuid {
        let id = app.clock.id();
        let at = self.clock(app);
        self.disk.push(
            json!({ "id": id, "seq": self.next, "kind": kind, "at": at, "offset": self.offset, "payload": payload }),
        );
        self.next += 1;
        truth.events.insert(id, app.clock.now().micros() / 1000);
        id
    }

    /// One contact, as bad as it comes.
    async fn contact(&mut self, app: &Shared, chance: &mut Chance) {
        let cx = officer(app, self.account);
        let from = if chance.one_in(8) { chance.below(self.disk.len()) } else { 0 };
        let most = 1 + chance.below(8);
        let mut events: Vec<Value> = self.disk.iter().skip(from).take(most).cloned().collect();
        if chance.one_in(6) {
            events.reverse();
        }
        if chance.one_in(6) {
            events.extend(events.clone());
        }
        let body = json!({ "device": self.id, "now": self.clock(app), "events": events });
        for _ in 0..if chance.one_in(5) { 2 } else { 1 } {
            let body = Bytes::from(body.to_string());
            let heard = sync::sync(cx.clone(), body).await.unwrap().0;
            if chance.one_in(3) {
                // Cut: the house has it, the phone does not know.
                if chance.one_in(3) {
                    self.offset = None;
                }
                continue;
            }
            self.offset = Some(heard["now"].as_i64().unwrap() - self.clock(app));
            let answered: BTreeSet<&str> = heard["answers"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|a| a["outcome"] != "wait")
                .map(|a| a["id"].as_str().unwrap())
                .collect();
            self.disk.retain(|e| !answered.contains(e["id"].as_str().unwrap()));
        }
    }
}

/// Time goes on by some seconds.
fn tick(app: &Shared, chance: &mut Chance) {
    let seconds = 5 + i64::try_from(chance.below(240)).unwrap();
    app.clock.set(app.clock.now().0.checked_add(jiff::Span::new().seconds(seconds)).unwrap());
}

/// The coordinator meanwhile: a place is taken out or crossed off, a round withdrawn.
async fn meddle(app: &Shared, chance: &mut Chance, work: &Work) {
    let code = app.home().unwrap().code().to_owned();
    let visit = work.visits[chance.below(work.visits.len())];
    let (sql, id) = match chance.below(4) {
        0 => ("delete from visit where municipality = $1 and id = $2 and state = 'planned'", visit),
        1 => ("update visit set state = 'skipped' where municipality = $1 and id = $2 and state = 'planned'", visit),
        2 => (
            "update round set state = 'withdrawn' where municipality = $1 and id = $2 and state = 'approved'",
            work.round,
        ),
        _ => return,
    };
    let mut tx = app.main.write().await.unwrap();
    tx.run(sql, args![code, id]).await.unwrap();
    tx.commit().await.unwrap();
}

/// One act of one phone.
fn act(app: &Shared, chance: &mut Chance, truth: &mut Truth, phone: &mut Phone, work: &Work) {
    let n = chance.below(work.visits.len());
    let word = format!("woord-{}", chance.next());
    match chance.below(7) {
        0 => {
            phone.record(app, truth, "visit.skip", stop(work, n, json!({ "why": word })));
            truth.words.push(word);
        }
        1 => {
            phone.record(app, truth, "visit.nothing", stop(work, n, json!({ "arrived": phone.clock(app) })));
            truth.left.insert(work.visits[n]);
        }
        2 => {
            let (lon, lat) = place(n);
            let seen = json!({ "category": "litter", "words": word, "lon": lon, "lat": lat });
            let id = phone.record(app, truth, "observation", seen);
            truth.observations.insert(id);
            truth.words.push(word);
        }
        3 => {
            phone.record(app, truth, "visit.arrive", stop(work, n, json!({})));
        }
        _ => {
            let arrived = phone.clock(app);
            phone.record(app, truth, "visit.arrive", stop(work, n, json!({})));
            tick(app, chance);
            let done = json!({ "arrived": arrived, "outcome": "talk", "note": word });
            phone.record(app, truth, "visit.leave", stop(work, n, done));
            truth.left.insert(work.visits[n]);
            truth.words.push(word);
        }
    }
}

async fn simulate(app: &Shared, shifts: usize, seed: u64) {
    let mut chance = Chance(seed);
    let mut truth = Truth::default();
    for _ in 0..shifts {
        let work = work(app, 4, None).await;
        let mut phones: Vec<Phone> = officers().map(|account| Phone::new(app, account, &mut chance)).into();
        if chance.one_in(3) {
            // An officer takes another phone half-way.
            phones.push(Phone::new(app, officers()[0], &mut chance));
        }
        for _ in 0..8 {
            tick(app, &mut chance);
            let n = chance.below(phones.len());
            act(app, &mut chance, &mut truth, &mut phones[n], &work);
            if chance.one_in(6) {
                meddle(app, &mut chance, &work).await;
            }
            if chance.one_in(3) && !phones[n].disk.is_empty() {
                phones[n].contact(app, &mut chance).await;
            }
            if chance.one_in(5) {
                // The app is killed: what it measured is gone, the disk is not.
                phones[n].offset = None;
            }
        }
        phones[0].record(app, &mut truth, "round.finish", json!({ "round": work.round, "why": "Geen tijd meer" }));
        for _ in 0..1_000 {
            let waiting: Vec<usize> = (0..phones.len()).filter(|n| !phones[*n].disk.is_empty()).collect();
            if waiting.is_empty() {
                break;
            }
            tick(app, &mut chance);
            phones[waiting[chance.below(waiting.len())]].contact(app, &mut chance).await;
        }
        assert!(phones.iter().all(|p| p.disk.is_empty()), "everything came through");
    }
    check(app, &truth).await;
}

async fn check(app: &Shared, truth: &Truth) {
    let code = app.home().unwrap().code().to_owned();
    let mut tx = app.main.read().await.unwrap();
    let events: Vec<(Uuid, i64, String)> =
        tx.all("select id, at, content from field_event where municipality = $1", args![&code]).await.unwrap();
    let told: BTreeSet<Uuid> = events.iter().map(|e| e.0).collect();
    assert_eq!(events.len(), told.len(), "none doubled");
    assert_eq!(told, truth.events.keys().copied().collect(), "none lost, none made up");
    for (id, at, _) in &events {
        assert_eq!(at / 1000, truth.events[id], "the time is that of the street, whatever the phone's clock said");
    }
    let signals: Vec<(Uuid, String)> =
        tx.all("select id, words from signal where municipality = $1", args![&code]).await.unwrap();
    assert_eq!(signals.len(), truth.observations.len(), "every observation once");
    assert!(signals.iter().all(|(id, _)| truth.observations.contains(id)));
    let visits: Vec<(Uuid, String, String)> =
        tx.all("select id, state, note from visit where municipality = $1 order by id", args![&code]).await.unwrap();
    let left: BTreeSet<Uuid> = visits.iter().filter(|v| v.1 == "left").map(|v| v.0).collect();
    assert_eq!(left, truth.left, "who was somewhere was there");
    let presences: Vec<(Uuid,)> =
        tx.all("select id from presence where municipality = $1", args![&code]).await.unwrap();
    assert_eq!(presences.len(), left.len() + truth.observations.len(), "presence counts once");
    let kept: BTreeSet<&str> = signals
        .iter()
        .map(|s| s.1.as_str())
        .chain(visits.iter().map(|v| v.2.as_str()))
        .chain(events.iter().map(|e| e.2.as_str()))
        .flat_map(|text| text.split(['\n', '"']))
        .collect();
    for word in &truth.words {
        assert!(kept.contains(word.as_str()), "{word} is lost");
    }
    let verdict = kit::audit::verify(&mut tx, &code).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole(links) if links > 0), "{verdict:?}");
    drop(tx);
    let refused = count(app, "select count(*) from field_event where municipality = $1 and outcome = 'refused'").await;
    assert_eq!(refused, 0, "nothing here is against a rule");
    eprintln!("{} events, {} visits, {} observations", events.len(), left.len(), signals.len());
}

#[tokio::test]
async fn shifts_with_bad_reception_lose_and_double_nothing() {
    simulate(&town(testkit::sqlite().await).await, 40, 0x5EED).await;
}

#[tokio::test]
async fn the_same_on_postgresql() {
    if let Some(db) = testkit::postgres().await {
        simulate(&town(db).await, 8, 0xB0A).await;
    }
}

/// The whole measurement: `cargo test -p field -- --ignored thousand --nocapture`.
#[tokio::test]
#[ignore = "takes minutes; the smaller one runs always"]
async fn a_thousand_shifts() {
    simulate(&town(testkit::sqlite().await).await, 1_000, 2024).await;
}
