//! The rules by which what a phone tells finds its place in a round that went on without it.

use super::{Work, count, officer, officers, stop, town, work};
use crate::device::Contact;
use crate::sync::model::{Answer, Event, Kind, Outcome};
use crate::sync::{self, take};
use kit::{Uuid, args};
use policy::{Resource, Role};
use serde_json::{Value, json};
use site::Shared;
use testkit::db_test;

/// A phone that tells one thing after the other.
struct Phone {
    id: Uuid,
    account: Uuid,
    next: i64,
}

impl Phone {
    fn of(app: &Shared, account: Uuid) -> Self {
        Self { id: app.clock.id(), account, next: 1 }
    }

    fn event(&mut self, app: &Shared, kind: Kind, payload: Value) -> Event {
        self.next += 1;
        let at = app.clock.now().micros() / 1000;
        Event { id: app.clock.id(), seq: self.next - 1, kind, at, offset: Some(0), payload }
    }

    async fn send(&self, app: &Shared, event: &Event) -> Answer {
        let cx = officer(app, self.account);
        let permit = cx.permit("field:use", &Resource::ordinary("field", cx.code())).unwrap();
        let contact = Contact { id: self.id, now_ms: cx.now.micros() / 1000, name: "Test", waiting: 0 };
        take(&cx, &permit, &contact, event).await.unwrap()
    }

    async fn tell(&mut self, app: &Shared, kind: Kind, payload: Value) -> (Outcome, String) {
        let event = self.event(app, kind, payload);
        let answer = self.send(app, &event).await;
        (answer.outcome, answer.text)
    }
}

async fn run(app: &Shared, sql: &'static str, id: Uuid) {
    let mut tx = app.main.write().await.unwrap();
    assert_eq!(tx.run(sql, args![app.home().unwrap().code(), id]).await.unwrap(), 1, "{sql}");
    tx.commit().await.unwrap();
}

async fn visit(app: &Shared, id: Uuid) -> (String, Option<String>, String) {
    let mut tx = app.main.read().await.unwrap();
    let sql = "select state, outcome, note from visit where municipality = $1 and id = $2";
    tx.one(sql, args![app.home().unwrap().code(), id]).await.unwrap()
}

/// A whole visit of the first stop.
async fn whole(app: &Shared, phone: &mut Phone, work: &Work, note: &str) -> (Outcome, String) {
    phone.tell(app, Kind::Arrive, stop(work, 0, json!({}))).await;
    phone.tell(app, Kind::Leave, stop(work, 0, json!({ "outcome": "talk", "note": note }))).await
}

db_test! {
    async fn what_is_told_late_finds_its_place(db) {
        let app = town(db).await;
        let withdraw = "update round set state = 'withdrawn' where municipality = $1 and id = $2";
        let finish = "update round set state = 'finished' where municipality = $1 and id = $2";
        let skip = "update visit set state = 'skipped' where municipality = $1 and id = $2";
        let drop_visit = "delete from visit where municipality = $1 and id = $2";
        // what the house did meanwhile, whether to the round, and the sentence that the officer hears
        for (meanwhile, of_round, expected, sentence) in [
            ("", false, Outcome::Done, ""),
            (withdraw, true, Outcome::Merged, "ingetrokken"),
            (finish, true, Outcome::Merged, "al afgerond"),
            (skip, false, Outcome::Merged, "toch opgeslagen"),
            (drop_visit, false, Outcome::Merged, "extra bezoek"),
        ] {
            let work = work(&app, 2, None).await;
            let mut phone = Phone::of(&app, officers()[0]);
            if !meanwhile.is_empty() {
                run(&app, meanwhile, if of_round { work.round } else { work.visits[0] }).await;
            }
            let arrive = phone.tell(&app, Kind::Arrive, stop(&work, 0, json!({}))).await;
            assert_eq!(arrive.0, expected, "{meanwhile}: {}", arrive.1);
            assert!(arrive.1.contains(sentence), "{meanwhile}: {}", arrive.1);
            phone.tell(&app, Kind::Leave, stop(&work, 0, json!({ "outcome": "talk", "note": "Gesproken" }))).await;
            let now = visit(&app, work.visits[0]).await;
            assert_eq!(now, ("left".into(), Some("talk".into()), "Gesproken".into()), "{meanwhile}");
        }
        assert_eq!(count(&app, "select count(*) from presence where municipality = $1").await, 5);
    }

    async fn a_colleague_was_earlier(db) {
        let app = town(db).await;
        let work = work(&app, 2, None).await;
        let (mut daan, mut samira) = (Phone::of(&app, officers()[0]), Phone::of(&app, officers()[1]));
        daan.tell(&app, Kind::Nothing, stop(&work, 0, json!({}))).await;
        let second = whole(&app, &mut samira, &work, "Toch iets gezien").await;
        assert_eq!(second.0, Outcome::Merged);
        assert!(second.1.contains("Een collega heeft Plek 1 al bezocht"), "{}", second.1);
        // what was done wins over "nothing found", and no words are lost
        assert_eq!(visit(&app, work.visits[0]).await, ("left".into(), Some("talk".into()), "Toch iets gezien".into()));
        assert_eq!(count(&app, "select count(*) from presence where municipality = $1").await, 1, "minutes count once");
        // the round is finished while a colleague is still somewhere; that visit is kept afterwards
        samira.tell(&app, Kind::Arrive, stop(&work, 1, json!({}))).await;
        let done = daan.tell(&app, Kind::Finish, json!({ "round": work.round, "why": "" })).await;
        assert_eq!(done.0, Outcome::Done);
        let left = samira.tell(&app, Kind::Leave, stop(&work, 1, json!({ "outcome": "warning" }))).await;
        assert!(left.1.contains("al afgerond"), "{}", left.1);
        assert_eq!(visit(&app, work.visits[1]).await.0, "left");
        let again = samira.tell(&app, Kind::Finish, json!({ "round": work.round, "why": "" })).await;
        assert_eq!((again.0, again.1.as_str()), (Outcome::Merged, "De ronde was al afgerond."));
    }

    async fn a_report_that_a_colleague_solved_is_no_fault(db) {
        let app = town(db).await;
        let mut phone = Phone::of(&app, officers()[0]);
        let seen = phone
            .event(&app, Kind::Observation, json!({ "category": "litter", "words": "Blikjes", "lon": 4.66, "lat": 52.51 }));
        assert_eq!(phone.send(&app, &seen).await.outcome, Outcome::Done);
        let work = work(&app, 1, Some(seen.id)).await;
        run(&app, "update signal set state = 'done', closed_at = 1 where municipality = $1 and id = $2", seen.id).await;
        let told = json!({ "visit_kind": "signal", "target": seen.id, "outcome": "solved", "note": "Opgeruimd" });
        let (outcome, text) = phone.tell(&app, Kind::Leave, stop(&work, 0, told)).await;
        assert_eq!((outcome, text.contains("was al opgelost")), (Outcome::Merged, true), "{text}");
        assert_eq!(visit(&app, work.visits[0]).await.2, "Opgeruimd");
        // the coordinator planned the round anew: the same report under another visit
        let planned = super::work(&app, 2, Some(seen.id)).await;
        let mut gone = stop(&planned, 0, json!({ "visit_kind": "signal", "target": seen.id }));
        gone["visit"] = json!(app.clock.id());
        let (outcome, text) = phone.tell(&app, Kind::Arrive, gone).await;
        assert_eq!((outcome, text.contains("bij dezelfde melding")), (Outcome::Merged, true), "{text}");
        assert_eq!(visit(&app, planned.visits[0]).await.0, "arrived");
    }

    async fn what_is_refused_stays_and_the_next_goes_on(db) {
        let app = town(db).await;
        let work = work(&app, 1, None).await;
        let mut phone = Phone::of(&app, officers()[0]);
        let outside = json!({ "category": "litter", "words": "Ver weg", "lon": 5.5, "lat": 52.5 });
        for (kind, payload, sentence) in [
            (Kind::Observation, outside, "ligt niet in de gemeente"),
            (Kind::Observation, json!({ "category": "nee", "words": "Iets", "lon": 4.66, "lat": 52.51 }), "Dit klopt nog niet"),
            (Kind::Observation, json!({ "plate": "XX-00-XX" }), "kon niet worden gelezen"),
            (Kind::Leave, stop(&work, 0, json!({ "outcome": "gone" })), "Dit klopt nog niet"),
            (Kind::Skip, stop(&work, 0, json!({ "why": " " })), "Dit klopt nog niet"),
        ] {
            let event = phone.event(&app, kind, payload);
            let first = phone.send(&app, &event).await;
            assert_eq!(first.outcome, Outcome::Refused, "{sentence}");
            assert!(first.text.contains(sentence), "{sentence}: {}", first.text);
            assert_eq!(phone.send(&app, &event).await, first, "the same answer as before");
        }
        assert_eq!(whole(&app, &mut phone, &work, "Daarna gaat het door").await.0, Outcome::Done);
        assert_eq!(count(&app, "select count(*) from field_event where municipality = $1 and outcome = 'refused'").await, 5);
        assert_eq!(count(&app, "select count(*) from signal where municipality = $1").await, 0);
        // officer and coordinator see them with what was told
        let cx = testkit::cx(&app, Some(Role::Coordinator));
        let permit = cx.permit("board:read", &Resource::ordinary("field", cx.code())).unwrap();
        let mut tx = cx.read().await.unwrap();
        let told = sync::to_look_at(&mut tx, &permit).await.unwrap();
        assert_eq!(told.len(), 5);
        assert!(told.iter().any(|t| sync::words(t) == "litter · Ver weg"));
        assert_eq!(sync::of_officer(&mut tx, &permit, officers()[0], kit::At::from_micros(0)).await.unwrap().len(), 5);
        drop(tx);
        // who is not on the shift is refused, and so is the phone of somebody else
        let mut other = Phone::of(&app, testkit::cx(&app, Some(Role::Officer)).actor.account.unwrap());
        let (outcome, text) = other.tell(&app, Kind::Arrive, stop(&work, 0, json!({}))).await;
        assert_eq!((outcome, text.contains("niet op deze dienst")), (Outcome::Refused, true), "{text}");
        let cx = officer(&app, officers()[1]);
        let permit = cx.permit("field:use", &Resource::ordinary("field", cx.code())).unwrap();
        let contact = Contact { id: phone.id, now_ms: 0, name: "", waiting: 0 };
        let event = phone.event(&app, Kind::Void, Value::Null);
        assert!(take(&cx, &permit, &contact, &event).await.is_err(), "the phone of somebody else");
    }
}
