//! Requests from receipt to answer, on both databases, with every vault open.

mod officer;

use super::decide::{self, NewDecision, RECEIVERS};
use super::model::{Act, State};
use super::ops::{self, NewRequest, Waiting};
use super::{gather, letter, search};
use crate::registers::PrivacyConfig;
use kit::{AnyVault, Db, Fault, Tx, Uuid, args, audit};
use policy::{Resource, Role};
use site::routes::Table;
use site::{Cx, Shared};
use testkit::{Answer, Caller, House, house_test};

const BIRTH: &str = "1990-01-02";
const DAY: i64 = 86_400_000_000;

pub(crate) fn app(house: House) -> Shared {
    testkit::app_in(house, |m| {
        let config = PrivacyConfig::read(&m.folder.clone()).unwrap();
        m.put(config);
    })
}

/// The privacy officer, with a fresh second factor.
pub(crate) fn officer(app: &Shared) -> Cx {
    let mut cx = testkit::cx(app, Some(Role::PrivacyOfficer));
    cx.actor.stepped_up_at = Some(cx.now);
    cx
}

fn vault(app: &Shared, name: &str) -> Db<AnyVault> {
    app.every_vault().into_iter().find(|db| db.name() == name).unwrap()
}

/// A record of a vault about persons, with its words.
pub(crate) async fn record(app: &Shared, name: &str, processing: &str, persons: &[(&str, &str)], text: &str) -> Uuid {
    let (code, id, now) = (app.home().unwrap().code().to_owned(), app.clock.id(), app.clock.now());
    let seal = app.seals.of(name).unwrap();
    let persons: Vec<records::Person> = persons
        .iter()
        .map(|(name, birth)| records::Person { name: (*name).into(), birth: birth.parse().ok() })
        .collect();
    let mut tx = vault(app, name).write().await.unwrap();
    tx.run(
        "insert into record (municipality, id, kind, processing, origin, created_at, version)
         values ($1, $2, 'note', $3, 'own', $4, 1)",
        args![&code, id, processing, now],
    )
    .await
    .unwrap();
    let json = serde_json::to_string(&persons).unwrap();
    for (field, content) in [("text", text), ("persons", &json), ("source", "Tipgever Van Dam")] {
        let sealed = seal.seal(&format!("{code}/record/{id}/{field}"), content.as_bytes()).unwrap();
        tx.run(
            "insert into record_field (municipality, record_id, name, is_special, sealed_bytes, changed_at)
             values ($1, $2, $3, $4, $5, $6)",
            args![&code, id, field, false, sealed, now],
        )
        .await
        .unwrap();
    }
    for fingerprint in persons.iter().flat_map(|p| records::fingerprints(seal, p)) {
        tx.run(
            "insert into record_subject (municipality, record_id, fingerprint) values ($1, $2, $3)
             on conflict do nothing",
            args![&code, id, fingerprint],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    id
}

/// A disclosure of a record; gives its id.
async fn disclosed(app: &Shared, name: &str, record: Uuid, receiver: &str) -> Uuid {
    let id = app.clock.id();
    let mut tx = vault(app, name).write().await.unwrap();
    tx.run(
        "insert into disclosure (municipality, id, record_id, receiver_kind, receiver, to_regime, basis, purpose,
            necessity_bytes, fields, decision, given_by, at, state)
         values ($1, $2, $3, 'prosecution', $4, 'R2', 'wpg-16', 'Vervolging', $5, '[]', '{}', $6, $7, 'handed-over')",
        args![app.home().unwrap().code(), id, record, receiver, vec![0_u8], Uuid::from_u128(5), app.clock.now()],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

fn request(cx: &Cx, kind: &str, name: &str) -> NewRequest {
    NewRequest {
        request: cx.app.clock.id(),
        kind: kind.into(),
        laws: "both".into(),
        received: "2024-06-03".into(),
        name: name.into(),
        birth: BIRTH.into(),
        email: "jan@voorbeeld.nl".into(),
        words: "Wat weet u van mij?".into(),
        ..NewRequest::default()
    }
}

/// A request whose identity was checked.
async fn identified(cx: &Cx, kind: &str, name: &str) -> Uuid {
    let mut tx = cx.write().await.unwrap();
    let id = ops::create(cx, &mut tx, &request(cx, kind, name)).await.unwrap();
    ops::identify(cx, &mut tx, id, 1, "desk").await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn search_all(cx: &Cx, id: Uuid) {
    for (vault, _) in gather::vaults(cx, &dossier(cx, id).await) {
        search::search(cx, id, vault, cx.app.clock.id()).await.unwrap();
    }
}

async fn dossier(cx: &Cx, id: Uuid) -> super::model::Dossier {
    ops::get(cx, &mut cx.read().await.unwrap(), &ops::handle(cx).unwrap(), id).await.unwrap()
}

/// The findings of a vault, with the version of its sheet.
async fn findings(cx: &Cx, id: Uuid, vault: &str) -> (Vec<super::model::Finding>, i64) {
    let dossier = dossier(cx, id).await;
    let place = gather::enter(cx, &dossier, vault).unwrap();
    let (sheet, version) = search::sheet(cx, &dossier, &place).await.unwrap().unwrap();
    (sheet.findings, version)
}

async fn decide_one(cx: &Cx, id: Uuid, vault: &str, new: NewDecision) -> Result<(), Fault> {
    let (found, version) = findings(cx, id, vault).await;
    let finding = if new.finding.is_nil() { found[0].id } else { new.finding };
    decide::decide(cx, id, vault, &NewDecision { request: cx.app.clock.id(), version, finding, ..new }).await
}

fn give(fields: &[&str]) -> NewDecision {
    NewDecision {
        act: "give".into(),
        ground: "wpg-27-1-d".into(),
        reason: "Om een ander te beschermen.".into(),
        fields: fields.iter().map(|f| (*f).to_owned()).collect(),
        ..NewDecision::default()
    }
}

fn withhold(ground: &str, is_mentioned: bool) -> NewDecision {
    NewDecision {
        act: "withhold".into(),
        ground: ground.into(),
        reason: "Het onderzoek loopt nog.".into(),
        is_mentioned,
        ..NewDecision::default()
    }
}

async fn count(tx: &mut Tx<AnyVault>, sql: &'static str, id: Uuid) -> i64 {
    let (n,): (i64,) = tx.one(sql, args![id]).await.unwrap();
    n
}

house_test! {
    async fn a_search_finds_the_person_and_nobody_else_and_is_logged_in_each_vault(house) {
        let app = app(house);
        let cx = officer(&app);
        let jan = [("Jan Jansen", BIRTH), ("Piet Ander", "1980-05-05")];
        let ours = record(&app, "wpg", "wpg-daily", &jan, "Vechtpartij").await;
        record(&app, "wpg", "wpg-daily", &[("Jan Jansen", "1971-01-01")], "Een andere Jan").await;
        record(&app, "wpg", "wpg-daily", &[("JAN  JANSEN", "")], "Jan zonder geboortedatum").await;
        record(&app, "police", "police-reports", &jan, "Rapportage").await;
        record(&app, "main", "received", &jan, "Ontvangen").await;
        let id = identified(&cx, "access", "Jan Jansen").await;
        for (what, mut other) in [("no second factor", officer(&app)), ("another role", testkit::cx(&app, Some(Role::Coordinator)))] {
            other.actor.stepped_up_at = None;
            let refused = search::search(&other, id, "wpg", app.clock.id()).await;
            assert!(matches!(refused, Err(Fault::Refused { .. })), "{what}");
        }
        let form = app.clock.id();
        search::search(&cx, id, "wpg", form).await.unwrap();
        assert_eq!(dossier(&cx, id).await.state, State::Identified, "one vault is not all");
        assert!(matches!(search::search(&cx, id, "nowhere", app.clock.id()).await, Err(Fault::NotFound)));
        search_all(&cx, id).await;
        assert_eq!(dossier(&cx, id).await.state, State::Searched);
        let found = |vault| findings(&cx, id, vault);
        assert_eq!(found("wpg").await.0.len(), 2, "the other Jan is somebody else");
        for (vault, n) in [("police", 1), ("main", 1), ("ggz", 0), ("radicalisation", 0)] {
            assert_eq!(found(vault).await.0.len(), n, "{vault}");
        }
        let dossier = dossier(&cx, id).await;
        let place = gather::enter(&cx, &dossier, "wpg").unwrap();
        let opened = gather::gather(&cx, &dossier, &place).await.unwrap();
        assert!(opened.iter().any(|o| o.id == ours && o.is_sure) && opened.iter().any(|o| !o.is_sure));
        let all = format!("{opened:?}");
        assert!(!all.contains("Piet Ander") && !all.contains("Van Dam"), "neither others nor the source");
        // AVG art. 5(2), Wpg art. 32a: a line in the trail and the processing log of every vault.
        for db in app.every_vault() {
            let mut tx = db.read().await.unwrap();
            let entries = audit::newest(&mut tx, cx.code(), i64::MAX, 20).await.unwrap();
            let searches = entries.iter().filter(|e| e.action == "rights:search" && e.purpose == "rights").count();
            assert!(searches >= 1, "{}", db.name());
            let subject = app.seals.of(db.name()).unwrap().fingerprint(&records::subject_key("Jan Jansen", BIRTH.parse().ok()));
            let (lines,): (i64,) = tx.one(
                "select count(*) from processing_log where subject = $1 and name = 'rights:search'", args![subject],
            ).await.unwrap();
            assert!(lines >= 1, "{}", db.name());
        }
        // `main` cannot read the sheet of another vault, and its length tells nothing.
        let mut tx = app.main.read().await.unwrap();
        let sheets: Vec<(String, Vec<u8>)> = tx.all("select vault, sheet_bytes from rights_sheet", vec![]).await.unwrap();
        assert_eq!(sheets.len(), 9);
        for (vault, bytes) in &sheets {
            assert_eq!(bytes.len(), sheets[0].1.len(), "{vault}");
            let place = format!("{}/rights_sheet/{id}/{vault}", cx.code());
            assert_eq!(app.seals.of("main").unwrap().open(&place, bytes).is_ok(), vault == "main");
        }
        drop(tx);
        assert!(search::reseal(&app, "wpg").await.unwrap() == 1 && search::reseal(&app, "main").await.unwrap() == 2);
        assert_eq!(findings(&cx, id, "wpg").await.0.len(), 2);
    }

    async fn what_is_withheld_does_not_leak(house) {
        let app = app(house);
        let cx = officer(&app);
        let persons = [("Jan Jansen", BIRTH), ("Piet Ander", "1980-05-05")];
        let given = record(&app, "wpg", "wpg-daily", &persons, "Boete voor wildplassen").await;
        disclosed(&app, "wpg", given, "Openbaar Ministerie").await;
        record(&app, "police", "police-reports", &persons, "Geheime rapportage").await;
        record(&app, "radicalisation", "radicalisation", &persons, "Geheim overleg").await;
        record(&app, "social", "social", &persons, "Schuldhulp").await;
        let id = identified(&cx, "access", "Jan Jansen").await;
        search_all(&cx, id).await;
        let early = ops::decide(&cx, id, dossier(&cx, id).await.version).await;
        assert!(matches!(early, Err(Fault::Rule { key: "rights-rule-undecided", .. })));
        for (what, new, key) in [
            ("a part needs a ground", NewDecision { ground: String::new(), ..give(&["text"]) }, "rights-ground-missing"),
            ("a ground of the AVG under the Wpg", withhold("uavg-41-d", true), "rights-ground-missing"),
            ("Awb 3:46: a refusal has reasons", NewDecision { reason: String::new(), ..withhold("wpg-27-1-b", true) }, "rights-reason-missing"),
            ("nothing ticked", give(&[]), "rights-fields-missing"),
            ("no erasure on a request for access", NewDecision { act: "erase".into(), ..NewDecision::default() }, "rights-act-missing"),
        ] {
            match decide_one(&cx, id, "wpg", new).await {
                Err(Fault::Invalid(faults)) => assert!(faults.0.iter().any(|f| f.key == key), "{what}: {faults:?}"),
                other => panic!("{what}: {other:?}"),
            }
        }
        decide_one(&cx, id, "wpg", give(&["text", "persons", "source", RECEIVERS])).await.unwrap();
        decide_one(&cx, id, "police", withhold("wpg-27-1-b", false)).await.unwrap();
        decide_one(&cx, id, "radicalisation", withhold("uavg-41-d", false)).await.unwrap();
        decide_one(&cx, id, "social", withhold("avg-15-4", true)).await.unwrap();
        ops::decide(&cx, id, dossier(&cx, id).await.version).await.unwrap();
        let answer = letter::build(&cx, &dossier(&cx, id).await).await.unwrap();
        let text = serde_json::to_string(&answer).unwrap();
        for says in ["Boete voor wildplassen", "Jan Jansen", "Openbaar Ministerie", "Wpg art. 8", "AVG art. 15(4)",
            "Sociaal domein", "Autoriteit Persoonsgegevens", "rechtbank Noord-Holland", "binnen 6 weken"] {
            assert!(text.contains(says), "{says}: {text}");
        }
        for silent in ["Geheim", "Politiegegevens voor de burgemeester", "radicalisering", "Schuldhulp", "Piet Ander",
            "Van Dam", "Het onderzoek loopt nog.Geheim", "art. 27(1)(b)", "rights-", "registers-"] {
            assert!(!text.contains(silent), "{silent}: {text}");
        }
        ops::answer(&cx, id, dossier(&cx, id).await.version).await.unwrap();
        let done = dossier(&cx, id).await;
        assert_eq!(done.letter_hash, Some(letter::build(&cx, &done).await.unwrap().hash()), "the same letter later");
        let late = decide_one(&cx, id, "wpg", withhold("wpg-27-1-b", true)).await;
        assert!(matches!(late, Err(Fault::Rule { .. })));
    }

    async fn a_silent_refusal_gives_the_letter_of_nothing_found(house) {
        let app = app(house);
        let cx = officer(&app);
        record(&app, "police", "police-reports", &[("Kim Kok", BIRTH)], "Geheime rapportage").await;
        let mut letters = Vec::new();
        for name in ["Kim Kok", "Bo Bos"] {
            let id = identified(&cx, "access", name).await;
            search_all(&cx, id).await;
            if name == "Kim Kok" {
                decide_one(&cx, id, "police", withhold("wpg-27-1-b", false)).await.unwrap();
            }
            let dossier = dossier(&cx, id).await;
            let text = serde_json::to_string(&letter::build(&cx, &dossier).await.unwrap()).unwrap();
            letters.push(text.replace(name, "X").replace(&dossier.reference, "V"));
        }
        assert_eq!(letters[0], letters[1]);
    }

    async fn correction_erasure_and_restriction_reach_record_and_receivers(house) {
        let app = app(house);
        let cx = officer(&app);
        let zoe = [("Zoë de Vries", BIRTH), ("Piet Ander", "")];
        let (a, b, c) = (
            record(&app, "wpg", "wpg-daily", &zoe, "Tekst a").await,
            record(&app, "social", "social", &zoe, "Tekst b").await,
            record(&app, "ggz", "wvggz", &zoe, "Tekst c").await,
        );
        let receiver = disclosed(&app, "wpg", a, "Openbaar Ministerie").await;
        // Rectification (AVG art. 16, Wpg art. 28(1)).
        let id = identified(&cx, "rectification", "Zoe de Vries").await;
        search_all(&cx, id).await;
        let right = |field: &str, text: &str| NewDecision {
            act: "correct".into(), field: field.into(), text: text.into(), ..NewDecision::default()
        };
        assert!(matches!(decide_one(&cx, id, "wpg", right("persons", "; 1990")).await, Err(Fault::Invalid(_))));
        decide_one(&cx, id, "wpg", right("persons", "Zoë Bakker; 1990-01-02")).await.unwrap();
        let (found, version) = findings(&cx, id, "wpg").await;
        assert_eq!(found[0].tasks.iter().map(|t| (t.id, t.done_at)).collect::<Vec<_>>(), [(receiver, None)]);
        let form = app.clock.id();
        for _ in 0..2 {
            decide::tick(&cx, (id, "wpg"), (a, receiver), (form, version)).await.unwrap();
        }
        assert!(findings(&cx, id, "wpg").await.0[0].tasks[0].done_at.is_some());
        let stale = decide::tick(&cx, (id, "wpg"), (a, receiver), (app.clock.id(), version)).await;
        assert!(matches!(stale, Err(Fault::Stale)));
        let (db, seal) = (vault(&app, "wpg"), app.seals.of("wpg").unwrap());
        let mut tx = db.read().await.unwrap();
        let (persons, history): (Vec<u8>, Vec<u8>) = tx.one(
            "select f.sealed_bytes, h.sealed_bytes from record_field f join record_history h on h.record_id = f.record_id
             where f.record_id = $1 and f.name = 'persons' and h.act = 'corrected'", args![a],
        ).await.unwrap();
        let now = seal.open_text(&format!("{}/record/{a}/persons", cx.code()), &persons).unwrap();
        assert!(now.contains("Zoë Bakker") && now.contains("Piet Ander") && !now.contains("de Vries"), "{now}");
        let (line,): (Uuid,) = tx.one("select id from record_history where record_id = $1", args![a]).await.unwrap();
        let was = seal.open_text(&format!("{}/record_history/{line}", cx.code()), &history).unwrap();
        assert!(was.contains("Zoë de Vries"), "Wpg art. 4: the value before is kept");
        let key = seal.fingerprint(&records::subject_key("Zoe Bakker", BIRTH.parse().ok()));
        let (n,): (i64,) = tx.one("select count(*) from record_subject where fingerprint = $1", args![key]).await.unwrap();
        assert_eq!(n, 1, "the record is found by the right name");
        drop(tx);
        // Erasure (AVG art. 17): held back by a legal hold, then done with a proof.
        let id = identified(&cx, "erasure", "Zoe de Vries").await;
        search_all(&cx, id).await;
        let erase = || NewDecision { act: "erase".into(), ..NewDecision::default() };
        let db = vault(&app, "social");
        let mut tx = db.write().await.unwrap();
        tx.run("insert into legal_hold (municipality, id, record_id, reason, placed_by, placed_at)
                values ($1, $2, $3, 'Beroep', $2, $4)", args![cx.code(), Uuid::from_u128(8), b, cx.now]).await.unwrap();
        tx.commit().await.unwrap();
        let held = decide_one(&cx, id, "social", erase()).await;
        assert!(matches!(held, Err(Fault::Rule { key: "rights-rule-held", .. })));
        let mut tx = db.write().await.unwrap();
        tx.run("update legal_hold set lifted_at = $1", args![cx.now]).await.unwrap();
        tx.commit().await.unwrap();
        decide_one(&cx, id, "social", erase()).await.unwrap();
        let mut tx = db.read().await.unwrap();
        assert_eq!(count(&mut tx, "select count(*) from record_field where record_id = $1", b).await, 0);
        assert_eq!(count(&mut tx, "select count(*) from record_subject where record_id = $1", b).await, 0);
        assert_eq!(count(&mut tx, "select count(*) from record where id = $1 and removed_at is not null", b).await, 1);
        let (rule,): (String,) = tx.one("select rule from destruction", vec![]).await.unwrap();
        assert_eq!(rule, "avg-erasure");
        drop(tx);
        assert!(matches!(decide_one(&cx, id, "social", erase()).await, Err(Fault::Rule { key: "rights-rule-done", .. })));
        // Restriction (AVG art. 18): out of daily work, and not destroyed.
        decide_one(&cx, id, "ggz", NewDecision { act: "restrict".into(), ..NewDecision::default() }).await.unwrap();
        let mut tx = vault(&app, "ggz").read().await.unwrap();
        assert_eq!(count(&mut tx, "select count(*) from record where id = $1 and removed_at is not null", c).await, 1);
        assert_eq!(count(&mut tx, "select count(*) from legal_hold where record_id = $1 and lifted_at is null", c).await, 1);
        assert_eq!(count(&mut tx, "select count(*) from record_field where record_id = $1", c).await, 3);
        drop(tx);
        let text = serde_json::to_string(&letter::build(&cx, &dossier(&cx, id).await).await.unwrap()).unwrap();
        assert!(text.contains("gewist") && text.contains("Wij gebruiken deze gegevens") && !text.contains("Tekst"));
        // No objection under the Wpg: said, not decided away.
        let id = identified(&cx, "objection", "Zoe Bakker").await;
        search_all(&cx, id).await;
        let place = gather::enter(&cx, &dossier(&cx, id).await, "wpg").unwrap();
        assert!(!decide::has_right(&cx, &dossier(&cx, id).await, &place));
        decide_one(&cx, id, "wpg", NewDecision { act: Act::NoRight.to_string(), ..NewDecision::default() }).await.unwrap();
        let answer = letter::build(&cx, &dossier(&cx, id).await).await.unwrap();
        assert_eq!(answer.refused[0].article, "Wet politiegegevens");
    }

    async fn reports_accounts_and_earlier_requests_are_found_in_main(house) {
        let app = app(house);
        let cx = officer(&app);
        let mut tx = app.main.write().await.unwrap();
        let (signal, account) = (Uuid::from_u128(77), Uuid::from_u128(78));
        tx.run("insert into category (municipality, id, main, priority) values ($1, 'x', 'x', 'x')", args![cx.code()]).await.unwrap();
        tx.run(
            "insert into signal (municipality, id, reference, source, category, state, urgency, words, address,
                occurred_at, reported_at, day, hour, language, version, search)
             values ($1, $2, 'AB12', 'resident', 'x', 'reported', 'normal', 'Hondenpoep', 'Maerelaan', $3, $3, 0, 0, 'nl', 1, '')",
            args![cx.code(), signal, cx.now],
        ).await.unwrap();
        tx.run("insert into reporter (municipality, signal_id, name, email, phone) values ($1, $2, 'J.', 'JAN@voorbeeld.nl', '')",
            args![cx.code(), signal]).await.unwrap();
        tx.run("insert into account (municipality, id, username, name, role, password_hash, active, created_at)
                values ($1, $2, 'jan', 'Jan Jansen', 'officer', '', $3, $4)", args![cx.code(), account, false, cx.now]).await.unwrap();
        tx.commit().await.unwrap();
        let first = identified(&cx, "access", "Jan Jansen").await;
        let id = identified(&cx, "erasure", "Jan Jansen").await;
        search::search(&cx, id, "main", app.clock.id()).await.unwrap();
        let found: Vec<(String, Uuid)> =
            findings(&cx, id, "main").await.0.iter().map(|f| (f.what.to_string(), f.id)).collect();
        assert_eq!(found, [("reporter".to_owned(), signal), ("account".into(), account), ("request".into(), first)]);
        for finding in [signal, account, first] {
            let new = NewDecision { act: "erase".into(), finding, ..NewDecision::default() };
            decide_one(&cx, id, "main", new).await.unwrap();
        }
        let tasks: Vec<usize> = findings(&cx, id, "main").await.0.iter().map(|f| f.tasks.len()).collect();
        assert_eq!(tasks, [0, 0, 1], "what the program cannot do is a task");
        let mut tx = app.main.read().await.unwrap();
        let (reporters, name): (i64, String) = tx.one(
            "select (select count(*) from reporter), name from account where id = $1", args![account],
        ).await.unwrap();
        assert_eq!((reporters, name.as_str()), (0, "-"));
    }

    async fn terms_run_are_extended_once_and_show(house) {
        let app = app(house);
        let cx = officer(&app);
        let mut tx = cx.write().await.unwrap();
        let new = request(&cx, "access", "Jan Jansen");
        let id = ops::create(&cx, &mut tx, &new).await.unwrap();
        assert_eq!(ops::create(&cx, &mut tx, &new).await.unwrap(), id, "the same form twice is one request");
        let (rows, mails): (i64, i64) =
            tx.one("select (select count(*) from subject_request), (select count(*) from outbox)", vec![]).await.unwrap();
        assert_eq!((rows, mails), (1, 1));
        tx.commit().await.unwrap();
        let first = search::search(&cx, id, "main", app.clock.id()).await;
        assert!(matches!(first, Err(Fault::Rule { key: "rights-rule-identity", .. })), "AVG art. 12(6)");
        let local = |at: kit::At| at.local(&cx.municipality.zone).date().to_string();
        assert_eq!(local(dossier(&cx, id).await.due_at), "2024-07-04");
        let mut tx = cx.write().await.unwrap();
        assert!(matches!(ops::extend(&cx, &mut tx, id, 1, "").await, Err(Fault::Invalid(_))));
        assert!(matches!(ops::extend(&cx, &mut tx, id, 7, "Veel werk").await, Err(Fault::Stale)));
        ops::extend(&cx, &mut tx, id, 1, "Veel werk").await.unwrap();
        assert!(matches!(ops::extend(&cx, &mut tx, id, 2, "Nog meer").await, Err(Fault::Rule { .. })));
        tx.commit().await.unwrap();
        let extended = dossier(&cx, id).await;
        assert_eq!(local(extended.due_at), "2024-09-04");
        for (at, expected) in [
            (extended.due_at.micros() - 30 * DAY, Waiting { open: 1, soon: 0, late: 0 }),
            (extended.due_at.micros() - DAY, Waiting { open: 1, soon: 1, late: 0 }),
            (extended.due_at.micros(), Waiting { open: 1, soon: 0, late: 1 }),
        ] {
            let cx = Cx { now: kit::At::from_micros(at), ..cx.clone() };
            assert_eq!(ops::waiting(&cx, &mut cx.read().await.unwrap()).await.unwrap(), expected);
        }
        // Refused as a whole: a ground of the register, and an answer that says which.
        let mut tx = cx.write().await.unwrap();
        let wrong = ops::refuse(&cx, &mut tx, id, 2, ("wpg-28-shield", "x")).await;
        assert!(matches!(wrong, Err(Fault::Invalid(_))), "no ground for access");
        ops::refuse(&cx, &mut tx, id, 2, ("avg-12-6", "U liet niet zien wie u bent.")).await.unwrap();
        tx.commit().await.unwrap();
        let answer = letter::build(&cx, &dossier(&cx, id).await).await.unwrap();
        assert!(answer.refused[0].article.starts_with("AVG art. 12(2)") && answer.parts.is_empty());
        ops::answer(&cx, id, 3).await.unwrap();
        let permit = cx.permit("rights:read", &Resource::ordinary("subject-request", cx.code())).unwrap();
        let mut tx = cx.write().await.unwrap();
        assert_eq!(ops::get(&cx, &mut tx, &permit, id).await.unwrap().state, State::Answered);
        // The rule `subject-request` of the retention register lets answered requests go.
        let after = kit::At::from_micros(cx.now.micros() + 1);
        assert_eq!(crate::rights::REQUEST.due(&mut tx, cx.code(), after).await.unwrap()[0].rows, 1);
        assert_eq!(crate::rights::REQUEST.go(&mut tx, cx.code(), after, 10).await.unwrap(), 1);
        assert_eq!(crate::rights::REQUEST.total(&mut tx, cx.code()).await.unwrap(), 0);
    }
}

pub(crate) fn router(app: &Shared) -> axum::Router {
    use super::web as rights;
    use crate::registers::{self, incidents};
    let table = Table::new(app)
        .get("/register", "public:read", registers::register)
        .get("/register/{id}", "public:read", registers::processing)
        .get("/api/v1/register", "public:read", registers::api)
        .get("/rights", "rights:read", rights::list)
        .post("/rights", "rights:handle", rights::create)
        .get("/rights/new", "rights:handle", rights::new)
        .get("/rights/{id}", "rights:read", rights::dossier)
        .post("/rights/{id}/identify", "rights:handle", rights::identify)
        .post("/rights/{id}/extend", "rights:handle", rights::extend)
        .post("/rights/{id}/refuse", "rights:handle", rights::refuse)
        .post("/rights/{id}/search", "rights:search", rights::search)
        .get("/rights/{id}/vaults/{vault}", "rights:search", rights::sheet)
        .post("/rights/{id}/vaults/{vault}", "rights:search", rights::finding)
        .post("/rights/{id}/vaults/{vault}/told", "rights:search", rights::tick)
        .post("/rights/{id}/decide", "rights:search", rights::decide)
        .post("/rights/{id}/answer", "rights:search", rights::answer)
        .get("/rights/{id}/letter", "rights:search", rights::letter_page)
        .get("/rights/{id}/letter.pdf", "rights:search", rights::letter_pdf)
        .get("/rights/{id}/letter.json", "rights:search", rights::letter_json)
        .get("/incidents", "rights:handle", incidents::list)
        .post("/incidents", "rights:handle", incidents::create)
        .get("/incidents/new", "rights:handle", incidents::new)
        .get("/incidents/{id}", "rights:handle", incidents::incident)
        .post("/incidents/{id}", "rights:handle", incidents::change);
    testkit::web(app, table)
}

/// Sends as the privacy officer with a second factor, in a language.
pub(crate) async fn send(app: &Shared, language: &str, path: &str, form: Option<&[(&str, &str)]>) -> Answer {
    let encode = site::layers::encode;
    let body =
        form.unwrap_or(&[]).iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect::<Vec<_>>().join("&");
    let method = if form.is_some() { "POST" } else { "GET" };
    let mut request = axum::http::Request::builder()
        .method(method)
        .uri(path)
        .header("cookie", format!("language={language}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(body))
        .unwrap();
    request.extensions_mut().insert(officer(app).actor);
    Caller::new(app, &router(app), None).send(request).await
}

/// Fails when a key of this crate's texts shows instead of its text, or a page needs a script.
pub(crate) fn check(what: &str, html: &str) {
    for part in html.split('>').filter_map(|p| p.split('<').next()) {
        for key in ["rights-", "registers-", "auditpack-", "site-"] {
            assert!(!part.trim_start().starts_with(key), "{what}: bare key in `{part}`");
        }
    }
    assert!(!html.contains("onclick") && !html.contains("<style"), "{what}");
}

#[tokio::test]
async fn the_pages_lead_from_request_to_letter_in_both_languages() {
    let app = app(testkit::house_sqlite().await);
    let mut app = app;
    let package = testkit::root().join("node_modules/@expo-google-fonts/noto-sans");
    let fonts: Option<Vec<&'static [u8]>> = ["400Regular", "400Regular_Italic", "700Bold"]
        .into_iter()
        .map(|c| std::fs::read(package.join(c).join(format!("NotoSans_{c}.ttf"))).ok().map(|f| &*f.leak()))
        .collect();
    let has_fonts = fonts.is_some();
    std::sync::Arc::get_mut(&mut app).unwrap().fonts = fonts.unwrap_or_default();
    let wpg = record(&app, "wpg", "wpg-daily", &[("Jan Jansen", BIRTH)], "Boete voor wildplassen").await;
    for language in ["nl", "en"] {
        let get = async |path: &str| {
            let answer = send(&app, language, path, None).await;
            assert_eq!(answer.status, 200, "{language} {path}: {}", answer.text);
            check(path, &answer.text);
            answer
        };
        get("/rights").await;
        get("/rights/new").await;
        let form = app.clock.id().to_string();
        let typed = [
            ("request", form.as_str()),
            ("kind", "access"),
            ("laws", "both"),
            ("received", "2024-07-01"),
            ("name", "Jan Jansen"),
            ("birth", BIRTH),
            ("email", "jan"),
            ("words", "Mijn eigen woorden"),
        ];
        let wrong = send(&app, language, "/rights", Some(&typed)).await;
        assert_eq!(wrong.status, 422);
        check("form with faults", &wrong.text);
        for kept in ["Mijn eigen woorden", "value=\"Jan Jansen\"", "value=\"jan\"", "2024-07-01"] {
            assert!(wrong.text.contains(kept), "{kept}");
        }
        let right: Vec<_> = typed
            .iter()
            .map(|(k, v)| match *k {
                "received" => (*k, "2024-05-01"),
                "email" => (*k, ""),
                _ => (*k, *v),
            })
            .chain([("address", "Maerelaan 1\nHeemskerk")])
            .collect();
        let made = send(&app, language, "/rights", Some(&right)).await;
        assert_eq!(made.status, 303, "{}", made.text);
        let path = made.location;
        let post = async |at: String, fields: Vec<(&str, &str)>| send(&app, language, &at, Some(&fields)).await;
        let [a, b, c, d, e] = std::array::from_fn(|_| app.clock.id().to_string());
        let wrong =
            post(format!("{path}/refuse"), vec![("request", &a), ("version", "1"), ("refusal", "Getypt")]).await;
        assert!(wrong.status == 422 && wrong.text.contains("Getypt"));
        let ok = post(format!("{path}/identify"), vec![("request", &a), ("version", "1"), ("identity", "desk")]).await;
        assert_eq!(ok.status, 303);
        let cx = officer(&app);
        let id = Uuid::try_parse(path.trim_start_matches("/rights/")).unwrap();
        for (vault, _) in gather::vaults(&cx, &dossier(&cx, id).await) {
            let form = app.clock.id().to_string();
            let found = post(format!("{path}/search"), vec![("request", &form), ("vault", vault)]).await;
            assert_eq!(found.location, format!("{path}/vaults/{vault}"));
            get(&found.location).await;
        }
        let page = get(&path).await;
        assert!(
            page.text.contains(if language == "nl" { "Bijna te laat" } else { "Almost too late" })
                || page.text.contains("badge late")
        );
        let sheet = format!("{path}/vaults/wpg");
        let finding = wpg.to_string();
        let partly = vec![
            ("request", b.as_str()),
            ("version", "1"),
            ("finding", &finding),
            ("act", "give"),
            ("field-text", "yes"),
            ("reason", "Nog geen grond"),
        ];
        let wrong = post(sheet.clone(), partly).await;
        assert!(wrong.status == 422 && wrong.text.contains("Nog geen grond"), "{}", wrong.status);
        check("sheet with faults", &wrong.text);
        let whole = vec![
            ("request", b.as_str()),
            ("version", "1"),
            ("finding", &finding),
            ("act", "give"),
            ("field-text", "yes"),
            ("field-persons", "yes"),
        ];
        for _ in 0..2 {
            assert_eq!(post(sheet.clone(), whole.clone()).await.status, 303, "the same form twice is one decision");
        }
        if language == "en" {
            let main = format!("{path}/vaults/main");
            let (found, version) = findings(&cx, id, "main").await;
            let (finding, version) = (found[0].id.to_string(), version.to_string());
            let given = vec![
                ("request", e.as_str()),
                ("version", &version),
                ("finding", &finding),
                ("act", "give"),
                ("field-reference", "yes"),
                ("field-request", "yes"),
                ("field-words", "yes"),
            ];
            assert_eq!(post(main, given).await.status, 303);
        }
        let version = async || dossier(&cx, id).await.version.to_string();
        assert_eq!(
            post(format!("{path}/decide"), vec![("request", &c), ("version", &version().await)]).await.status,
            303
        );
        let letter = get(&format!("{path}/letter")).await;
        assert!(letter.text.contains("Boete voor wildplassen") && letter.text.contains("lang=\"nl\""));
        let asked = version().await;
        for _ in 0..2 {
            assert_eq!(post(format!("{path}/answer"), vec![("request", &d), ("version", &asked)]).await.status, 303);
        }
        let json = get(&format!("{path}/letter.json")).await;
        assert_eq!(json.json()["name"], "Jan Jansen");
        assert!(json.header("content-disposition").contains(".json"));
        if has_fonts {
            let pdf = get(&format!("{path}/letter.pdf")).await;
            assert!(pdf.bytes.starts_with(b"%PDF") && pdf.header("cache-control") == "no-store");
        }
        get(&path).await;
        get("/rights").await;
    }
    let stranger = Caller::new(&app, &router(&app), None);
    assert_eq!(stranger.get("/rights").await.status, 303);
    let coordinator = Caller::new(&app, &router(&app), Some(Role::Coordinator));
    assert_eq!(coordinator.get("/rights").await.status, 403);
}
