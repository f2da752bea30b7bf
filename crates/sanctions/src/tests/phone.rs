use super::*;
use crate::tests::life::PIXEL;
use serde_json::{Value, json};
use testkit::house_test;

/// Everything that an adult caught in the act needs.
fn draft() -> Value {
    json!({
        "sanctions": [{ "offence": "F185", "modality": "penal-order" }], "began": "detection", "date": "2024-06-03",
        "time": "09:30", "place": " Kerkweg 1 ", "lon": "4.66", "lat": "52.51", "visit": null, "caught": "in-the-act",
        "surname": "Zeggelaar", "first_names": "Harm", "birth": "1990-04-12", "identity": "passport",
        "cautioned": true, "statement": "Ik moest nodig.", "findings": "Zag de persoon urineren tegen de gevel.",
    })
}

fn with(name: &str, value: impl Into<Value>) -> Value {
    let mut draft = draft();
    draft[name] = value.into();
    draft
}

impl User {
    /// Sends a draft as the phone does.
    async fn tells(&self, (id, request, version, sign): (&str, &str, i64, bool), draft: &Value) -> Answer {
        let body = json!({ "id": id, "request": request, "version": version, "sign": sign, "draft": draft });
        let request = Request::post("/api/field/sanction").header("content-type", "application/json");
        self.send(request, body.to_string()).await
    }

    /// The state and the version of the answer.
    async fn hears(&self, head: (&str, &str, i64, bool), draft: &Value) -> (String, Option<i64>) {
        let answer = self.tells(head, draft).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let heard = answer.json();
        (heard["state"].as_str().unwrap().to_owned(), heard["version"].as_i64())
    }
}

fn kept(version: i64) -> (String, Option<i64>) {
    ("kept".to_owned(), Some(version))
}

fn says(state: &str) -> (String, Option<i64>) {
    (state.to_owned(), None)
}

const EVENTS: &str = "select count(*) from sanction_event";
const SIGNED: &str = "select count(*) from record_history where act = 'signed'";

house_test! {
    async fn a_draft_of_the_phone_is_one_record_however_often_it_is_told(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, 1).await;
        with_deed(&officer).await;
        let (id, first, second, third) = (officer.id(), officer.id(), officer.id(), officer.id());
        // without a purpose nothing is written, and the answer says what to do
        let asked = officer.tells((&id, &first, 0, false), &draft()).await.json();
        assert_eq!((asked["state"].as_str(), asked["why"].as_str()), (Some("waits"), Some("purpose")));
        assert!(asked["text"].as_str().unwrap().contains("politiegegevens"));
        assert_eq!(count(&app, EVENTS).await, 0);
        officer.opens().await;
        // the same message, and the same words in another message
        for request in [&first, &first, &second] {
            assert_eq!(officer.hears((&id, request, 0, false), &draft()).await, kept(1));
        }
        assert_eq!(officer.hears((&id, &third, 1, false), &with("place", "Kerkweg 12")).await, kept(2));
        // an answer that was lost long ago: what came after it stays
        assert_eq!(officer.hears((&id, &first, 0, false), &draft()).await, kept(2));
        assert!(officer.get(&format!("/sanctions/{id}/write")).await.text.contains("Kerkweg 12"));
        let sign = officer.id();
        for _ in 0..2 {
            assert_eq!(officer.hears((&id, &sign, 2, true), &with("place", "Kerkweg 12")).await, says("signed"));
        }
        assert_eq!((count(&app, EVENTS).await, count(&app, SIGNED).await), (1, 1));
        assert_eq!(count(&app, "select count(*) from record where kind = 'sanction'").await, 1);
    }

    async fn what_misses_is_said_by_field_and_nothing_is_lost(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, 1).await;
        officer.opens().await;
        let id = officer.id();
        let half = json!({ "findings": "kort", "date": "morgen", "surname": "Zeggelaar" });
        let answer = officer.tells((&id, &officer.id(), 0, true), &half).await.json();
        assert_eq!((answer["state"].as_str(), answer["version"].as_i64()), (Some("faults"), Some(1)));
        let fields: Vec<&str> = answer["faults"].as_array().unwrap().iter().filter_map(|f| f["field"].as_str()).collect();
        for field in ["date", "place", "began", "caught", "findings", "search"] {
            assert!(fields.contains(&field), "{field}: {fields:?}");
        }
        let page = officer.get(&format!("/sanctions/{id}/write")).await;
        assert!(page.text.contains("value=\"morgen\"") && page.text.contains("value=\"Zeggelaar\""));
        // a whole draft, but no deed: the law's own sentence
        let answer = officer.tells((&id, &officer.id(), 1, true), &draft()).await.json();
        assert_eq!(answer["version"], 2);
        assert!(answer["faults"].to_string().contains("Besluit buitengewoon opsporingsambtenaar"), "{answer}");
        with_deed(&officer).await;
        assert_eq!(officer.hears((&id, &officer.id(), 2, true), &draft()).await, says("signed"));
    }

    async fn a_draft_that_was_changed_here_too_is_for_the_officer_to_choose(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, 1).await;
        with_deed(&officer).await;
        officer.opens().await;
        let (id, first) = (officer.id(), officer.id());
        assert_eq!(officer.hears((&id, &first, 0, false), &draft()).await, kept(1));
        let write = format!("/sanctions/{id}/write");
        assert_eq!(officer.presses(&write, "save", &[("place", "Balkon")]).await.status, 303);
        let request = officer.id();
        for sign in [false, true] {
            let met = officer.tells((&id, &request, 1, sign), &with("place", "Kelder")).await.json();
            assert_eq!((met["state"].as_str(), met["version"].as_i64()), (Some("conflict"), Some(2)));
            assert_eq!(met["theirs"]["place"], "Balkon");
        }
        assert!(officer.get(&write).await.text.contains("Balkon"), "nothing was written");
        // signing what was told before must not sign what stands here now
        assert_eq!(officer.hears((&id, &first, 1, true), &draft()).await.0, "conflict");
        assert_eq!(count(&app, SIGNED).await, 0);
        // chosen: the phone's, on the version that was seen
        assert_eq!(officer.hears((&id, &request, 2, false), &with("place", "Kelder")).await, kept(3));
        assert!(officer.get(&write).await.text.contains("Kelder"));
        // signed here meanwhile: the phone's words cannot be added any more
        assert_eq!(officer.presses(&write, "sign", &[]).await.status, 303);
        assert_eq!(officer.hears((&id, &officer.id(), 3, false), &with("place", "Zolder")).await, says("closed"));
        // withdrawn here
        let id = officer.id();
        assert_eq!(officer.hears((&id, &officer.id(), 0, false), &draft()).await, kept(1));
        let path = format!("/sanctions/{id}");
        let fields = [("request", &*officer.id()), ("version", "1"), ("what", "withdraw"), ("note", "Het was iemand anders")];
        assert_eq!(officer.form(&path, &fields).await.status, 303);
        assert_eq!(officer.hears((&id, &officer.id(), 1, true), &draft()).await, says("closed"));
        // never seen here, but the phone knows a version: it was removed
        assert_eq!(officer.hears((&officer.id(), &officer.id(), 4, false), &draft()).await, says("closed"));
    }

    async fn who_may_not(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, 1).await;
        let other = user(&app, Role::Officer, 3).await;
        officer.opens().await;
        other.opens().await;
        let id = officer.id();
        assert_eq!(officer.hears((&id, &officer.id(), 0, false), &draft()).await, kept(1));
        assert_eq!(other.hears((&id, &other.id(), 1, true), &draft()).await, says("closed"));
        let body = json!({ "id": id, "request": officer.id(), "version": 1, "sign": true, "draft": draft() }).to_string();
        for role in [Role::Coordinator, Role::Adviser, Role::Intake, Role::Mayor] {
            let caller = Caller::new(&app, &router(&app), Some(role));
            let request = Request::post("/api/field/sanction").header("content-type", "application/json");
            let answer = caller.send(request.body(Body::from(body.clone())).unwrap()).await;
            assert_eq!(answer.status, 403, "{role:?}");
        }
        // fences: the second factor, and the authorisation
        let mut late = officer.actor.clone();
        late.stepped_up_at = None;
        let mut bare = officer.actor.clone();
        (bare.stepped_up_at, bare.authorised) = (Some(app.clock.now()), Default::default());
        for (actor, why) in [(late, "step-up"), (bare, "fence")] {
            let request = Request::post("/api/field/sanction").header("content-type", "application/json");
            let request = request.header("accept-language", "nl").extension(actor).body(Body::from(body.clone())).unwrap();
            let answer = officer.caller.send(request).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
            let heard = answer.json();
            assert_eq!((heard["state"].as_str(), heard["why"].as_str()), (Some("waits"), Some(why)), "{heard}");
            assert!(heard["text"].as_str().unwrap().len() > 10);
        }
        assert_eq!((count(&app, EVENTS).await, count(&app, SIGNED).await), (1, 0));
    }
}

#[tokio::test]
async fn messages_that_cannot_be_read() {
    let app = app(testkit::house_sqlite().await);
    let officer = user(&app, Role::Officer, 1).await;
    officer.opens().await;
    let id = officer.id();
    let wrong = [
        "".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        json!({ "id": "x", "request": id, "version": 0, "sign": false, "draft": {} }).to_string(),
        json!({ "id": id, "request": id, "version": 0, "sign": false, "draft": { "score": 1 } }).to_string(),
        json!({ "id": id, "request": id, "version": 0, "sign": "yes", "draft": {} }).to_string(),
    ];
    for body in wrong {
        let request = Request::post("/api/field/sanction").header("content-type", "application/json");
        assert_eq!(officer.send(request, body.clone()).await.status, 400, "{body}");
    }
    // a request of another sanction is no replay of this one
    assert_eq!(officer.hears((&id, &id, 0, false), &draft()).await, kept(1));
    assert_eq!(officer.tells((&officer.id(), &id, 0, false), &draft()).await.status, 400);
    // too much is cut, as in a form
    let many = with("sanctions", vec![json!({ "offence": "F185", "modality": "penal-order" }); 9]);
    let long = officer.id();
    assert_eq!(officer.hears((&long, &officer.id(), 0, false), &many).await, kept(1));
    assert_eq!(count(&app, "select count(*) from sanction_line").await, 1 + 4);
    assert_eq!(count(&app, EVENTS).await, 2);
}

#[tokio::test]
async fn photos_come_in_pieces_straight_into_the_vault() {
    let app = app(testkit::house_sqlite().await);
    let officer = user(&app, Role::Officer, 1).await;
    let other = user(&app, Role::Officer, 3).await;
    with_deed(&officer).await;
    officer.opens().await;
    other.opens().await;
    let (id, photo, bad) = (officer.id(), officer.id(), officer.id());
    let piece = async |who: &User, photo: &str, size: usize, start: usize, bytes: &[u8]| {
        let path = format!("/api/field/sanction/{id}/photo/{photo}?size={size}&start={start}");
        who.send(Request::post(path), bytes.to_vec()).await
    };
    assert_eq!(piece(&officer, &photo, 10, 0, b"x").await.status, 404, "before its draft");
    assert_eq!(officer.hears((&id, &officer.id(), 0, false), &draft()).await, kept(1));
    assert_eq!(piece(&other, &photo, 10, 0, b"x").await.status, 404, "a draft is its officer's alone");
    assert_eq!(piece(&officer, &photo, 0, 0, b"").await.status, 413);
    let size = PIXEL.len();
    let (head, tail) = PIXEL.split_at(40);
    // told twice, out of order, asked, and to the end
    let table: [(usize, &[u8], &str, usize); 6] = [
        (0, head, "coming", 40),
        (0, head, "coming", 40),
        (60, tail, "coming", 40),
        (0, b"", "coming", 40),
        (40, tail, "kept", size),
        (40, tail, "kept", size),
    ];
    for (start, bytes, state, have) in table {
        let heard = piece(&officer, &photo, size, start, bytes).await.json();
        assert_eq!((heard["state"].as_str(), heard["have"].as_u64()), (Some(state), Some(have as u64)), "{start}");
    }
    let refused = piece(&officer, &bad, 10, 0, b"no picture").await.json();
    assert_eq!(refused["state"], "refused");
    assert!(!refused["text"].as_str().unwrap().is_empty());
    assert_eq!(count(&app, "select count(*) from record_field where name like 'photo-%'").await, 1);
    assert_eq!(count(&app, "select count(*) from record_field where name like 'part-%'").await, 0);
    assert_eq!(officer.get(&format!("/sanctions/{id}/photos/{photo}")).await.status, 200);
    // half a photo does not stay behind a signature
    assert_eq!(piece(&officer, &bad, 10, 0, b"half").await.json()["have"], 4);
    assert_eq!(officer.hears((&id, &officer.id(), 1, true), &draft()).await, says("signed"));
    assert_eq!(count(&app, "select count(*) from record_field where name like 'part-%'").await, 0);
    assert_eq!(piece(&officer, &bad, 10, 4, b"more").await.json()["state"], "refused");
}

#[tokio::test]
async fn the_phone_takes_along_what_this_officer_may_write_today() {
    let app = app(testkit::house_sqlite().await);
    let officer = user(&app, Role::Officer, 1).await;
    let none = officer.get("/api/field/offences").await.json();
    assert_eq!(none["offences"], json!([]));
    assert!(none["deed"].as_str().unwrap().contains("geen geldige akte"), "{none}");
    with_deed(&officer).await;
    let list = officer.get("/api/field/offences").await.json();
    let of = |code: &str| list["offences"].as_array().unwrap().iter().find(|o| o["code"] == code).cloned();
    let one = of("F185").unwrap();
    assert_eq!(one["ways"], json!(["penal-order", "report"]));
    assert!(one["words"].as_str().unwrap().contains("hygiene"));
    assert_eq!(of("R398").unwrap()["ways"], json!(["traffic-fine"]));
    // every rule with its sentence and article; the numbers of those that the phone checks itself
    for (rule, number, value) in
        [("age-none", "below", 12), ("most", "most", 3), ("halt", "from", 12), ("halt", "below", 18)]
    {
        assert_eq!(list["rules"][rule][number], value, "{rule}");
    }
    for rule in law::SanctionRule::ALL {
        let said = &list["rules"][rule.as_str()];
        assert!(!said["say"].as_str().unwrap().is_empty() && !said["article"].as_str().unwrap().is_empty(), "{rule}");
    }
    let modalities: Vec<&str> = list["ways"].as_array().unwrap().iter().filter_map(|w| w["id"].as_str()).collect();
    assert_eq!(modalities.len(), law::Modality::ALL.len());
    let text = list.to_string();
    for bare in ["\"sanctions-", "\"records-"] {
        assert!(!text.contains(bare), "a bare key {bare}");
    }
    assert_eq!(Caller::new(&app, &router(&app), Some(Role::Adviser)).get("/api/field/offences").await.status, 403);
}
