//! Disclosure from vault to vault: asked by law, delivered once, called back, corrected, seen in the overview.

use super::*;
use crate::disclose::{receive, unpack};
use crate::store::crossing;
use kit::jobs::Job;
use site::Cx;
use std::collections::HashMap;
use testkit::house_test;

/// A note of the coordinator in `wpg-daily`, and the coordinator, with the vault open.
async fn given_note(app: &Shared) -> (User, String) {
    let coordinator = user(app, Role::Coordinator, &["wpg-daily"]);
    coordinator.open("wpg-daily").await;
    let note = [("person-0-name", "Jan Jansen"), ("person-0-birth", "1990-01-02"), ("source", "Een tipgever")];
    let id = coordinator.note("wpg-daily", &note).await;
    (coordinator, id)
}

/// The form of a disclosure to the care and safety house.
fn to_zvh<'a>(request: &'a str, covenant: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("request", request),
        ("field", "title"),
        ("field", "persons"),
        ("receiver", "care-and-safety-house"),
        ("name", "ZVH Kennemerland"),
        ("place", "zvh-cases"),
        ("basis", "wpg-20"),
        ("purpose", "Persoonsgerichte aanpak"),
        ("necessity", "Zonder naam en feit weten de partners niet om wie het gaat."),
        ("need-written-decision", "Beslissing 2024-7"),
        ("need-criminal-data-reason", "WGS en UAVG artikel 33"),
        ("covenant", covenant),
    ]
}

/// Gives the note to the care and safety house; the disclosure's id.
async fn give(app: &Shared, coordinator: &User, note: &str) -> String {
    let covenant = add_covenant(app).await.to_string();
    let request = coordinator.id();
    let path = format!("/records/wpg-daily/{note}/disclose");
    let answer = coordinator.form(&path, &to_zvh(&request, &covenant)).await;
    assert_eq!((answer.status, answer.location), (303, format!("/records/wpg-daily/{note}/disclosures/{request}")));
    request
}

house_test! {
    async fn what_the_law_refuses_comes_back_whole(house) {
        let app = app(house);
        let (coordinator, note) = given_note(&app).await;
        let path = format!("/records/wpg-daily/{note}/disclose");
        let english = User { language: "en", ..coordinator.clone() };
        for (who, title) in [(&coordinator, "Verstrekken"), (&english, "Disclose")] {
            let form = who.get(&path).await;
            assert!(form.text.contains(title) && !form.text.contains("disclosures-"), "{title}");
        }
        let request = coordinator.id();
        let mut fields = to_zvh(&request, "");
        fields.retain(|(name, _)| !name.starts_with("need-"));
        fields.push(("field", "source"));
        let refused = coordinator.form(&path, &fields).await;
        assert_eq!(refused.status, 422);
        for seen in ["Wpg art. 20", "Kies een convenant", "Vul de schriftelijke beslissing in", "AVG art. 10",
            "Laat de bron weg", "Dit kan nooit", "ZVH Kennemerland", "Persoonsgerichte aanpak", "om wie het gaat.",
            "name=\"need-written-decision\"", "value=\"source\" checked"] {
            assert!(refused.text.contains(seen), "{seen}");
        }
        let empty = coordinator.form(&path, &[("request", &request), ("necessity", "Wel getypt")]).await;
        assert_eq!(empty.status, 422);
        assert!(empty.text.contains("Kies wie ontvangt.") && empty.text.contains("Wel getypt"));
        let sql = "select (select count(*) from disclosure) + (select count(*) from crossing) + (select count(*) from job)";
        assert_eq!(count(&app, "wpg", sql).await, 0, "nothing was given");
    }

    async fn a_disclosure_arrives_once_with_its_provenance(house) {
        let app = app(house);
        let (coordinator, note) = given_note(&app).await;
        let covenant = add_covenant(&app).await.to_string();
        let request = coordinator.id();
        let path = format!("/records/wpg-daily/{note}/disclose");
        for _ in 0..2 {
            assert_eq!(coordinator.form(&path, &to_zvh(&request, &covenant)).await.status, 303);
        }
        assert_eq!(count(&app, "wpg", "select count(*) from disclosure").await, 1, "replayed: one disclosure");
        assert_eq!(count(&app, "wpg", "select count(*) from job").await, 1);
        assert_eq!(deliveries(&app).await, 1);
        assert_eq!(deliveries(&app).await, 0);
        assert_eq!(count(&app, "partnership", "select count(*) from record where origin = 'disclosure'").await, 1);
        assert_eq!(count(&app, "partnership", "select count(*) from record_field").await, 2, "the picked fields only");
        assert_eq!(count(&app, "partnership", "select count(*) from record_subject").await, 2);
        assert_eq!(count(&app, "wpg", "select count(*) from disclosure where state = 'delivered'").await, 1);
        assert_eq!(count(&app, "wpg", "select count(*) from crossing where length(payload_bytes) = 0").await, 1);
        for (side, vault, lines) in [("giver: read twice, given once", "wpg", 3), ("receiver", "partnership", 1)] {
            let line = "select count(*) from processing_log where name = 'record:disclose' and subject <> ''";
            assert_eq!(count(&app, vault, line).await, lines, "{side}");
            assert!(count(&app, vault, "select count(*) from audit_entry where action = 'record:disclose'").await > 0);
        }
        let mut giver = vault(&app, "wpg").read().await.unwrap();
        let mut taker = vault(&app, "partnership").read().await.unwrap();
        let chain = "select trace_id from processing_log where name = 'record:disclose' order by at desc, id desc limit 1";
        let (there,): (String,) = taker.one(chain, vec![]).await.unwrap();
        let same: Vec<(String,)> = giver.all("select trace_id from processing_log where trace_id = $1", args![&there]).await.unwrap();
        assert!(!same.is_empty(), "one chain of work on both sides");
        drop((giver, taker));
        let director = user(&app, Role::ProcessDirector, &["zvh-cases"]);
        add_account(&app, &director).await;
        director.open("zvh-cases").await;
        let there = format!("/records/zvh-cases/{request}");
        assert_eq!(director.get(&there).await.status, 404, "nobody takes part yet");
        assert!(director.get("/records/zvh-cases").await.text.contains("Binnengekomen"));
        let take = director.form(&format!("{there}/take"), &[("request", &director.id())]).await;
        assert_eq!((take.status, take.location.as_str()), (303, there.as_str()));
        let page = director.get(&there).await;
        for seen in ["Vechtpartij", "Jan Jansen", "Politiegegevens van de boa (R2)", "Wpg art. 20", "Persoonsgerichte aanpak"] {
            assert!(page.text.contains(seen), "{seen}");
        }
        assert!(!page.text.contains("tipgever") && !page.text.contains("bij de haven"));
    }

    async fn a_crossing_that_was_changed_on_its_way_arrives_nowhere(house) {
        let app = app(house);
        let (coordinator, note) = given_note(&app).await;
        give(&app, &coordinator, &note).await;
        let db = vault(&app, "wpg");
        for (change, back) in [
            ("update crossing set to_vault = 'social'", "update crossing set to_vault = 'partnership'"),
            ("update crossing set act = 'recall'", "update crossing set act = 'give'"),
        ] {
            let mut tx = db.write().await.unwrap();
            assert_eq!(tx.run(change, vec![]).await.unwrap(), 1, "{change}");
            tx.commit().await.unwrap();
            deliveries(&app).await;
            for receiver in ["social", "partnership"] {
                let records = "select (select count(*) from record) + (select count(*) from receipt)";
                assert_eq!(count(&app, receiver, records).await, 0, "{change}: {receiver}");
            }
            let mut tx = db.write().await.unwrap();
            tx.run(back, vec![]).await.unwrap();
            tx.run("update job set run_at = 0, state = 'waiting'", vec![]).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(deliveries(&app).await, 1);
        assert_eq!(count(&app, "partnership", "select count(*) from record").await, 1, "whole again, it arrives");
    }

    async fn what_one_municipality_gives_is_nothing_to_another(house) {
        let app = app(house);
        let (coordinator, note) = given_note(&app).await;
        let id = give(&app, &coordinator, &note).await;
        let mut other = coordinator.clone();
        other.actor.municipality = "US-STL".to_owned();
        other.open("wpg-daily").await;
        let page = format!("/records/wpg-daily/{note}");
        let again = other.form(&format!("{page}/disclose"), &to_zvh(&id, &other.id())).await;
        assert_eq!(again.status, 404, "the same request, of the other municipality");
        assert_eq!(other.get(&format!("{page}/disclosures/{id}")).await.status, 404);
        assert_eq!(count(&app, "wpg", "select count(*) from crossing").await, 1);
        let job = async |sql: &'static str| {
            let mut tx = vault(&app, "wpg").write().await.unwrap();
            assert_eq!(tx.run(sql, vec![]).await.unwrap(), 1, "{sql}");
            tx.commit().await.unwrap();
        };
        job("update job set municipality = 'US-STL' where name = 'records-cross'").await;
        deliveries(&app).await;
        let records = "select (select count(*) from record) + (select count(*) from receipt)";
        assert_eq!(count(&app, "partnership", records).await, 0, "the same crossing, asked for by the other municipality");
        job("update job set municipality = 'GM0396', run_at = 0, state = 'waiting' where name = 'records-cross'").await;
        assert_eq!(deliveries(&app).await, 1);
        assert_eq!(count(&app, "partnership", "select count(*) from record where municipality = 'GM0396'").await, 1);
    }

    async fn a_delivery_that_died_half_way_writes_nothing_twice(house) {
        let app = app(house);
        let (coordinator, note) = given_note(&app).await;
        let id: Uuid = give(&app, &coordinator, &note).await.parse().unwrap();
        let db = vault(&app, "wpg");
        let mut tx = db.read().await.unwrap();
        let waiting = crossing::waiting(&mut tx, "GM0396", id).await.unwrap().unwrap();
        drop(tx);
        let seal = app.seals.of("wpg").unwrap();
        let payload = unpack(seal, "GM0396", &waiting).unwrap();
        let home = app.home().unwrap().clone();
        // The receiver's half is done; then the process dies before the giver hears of it.
        receive(&Cx::system(&app, &home, "record:disclose"), &waiting, &payload).await.unwrap();
        assert_eq!(count(&app, "wpg", "select count(*) from disclosure where state = 'waiting'").await, 1);
        let all = "select (select count(*) from record) * 100 + (select count(*) from audit_entry)";
        let before = count(&app, "partnership", all).await;
        assert_eq!(deliveries(&app).await, 1);
        assert_eq!(count(&app, "partnership", all).await, before, "nothing twice");
        assert_eq!(count(&app, "wpg", "select count(*) from disclosure where state = 'delivered'").await, 1);
        let audits = count(&app, "wpg", "select count(*) from audit_entry").await;
        let again = Job { id, municipality: "GM0396".to_owned(), name: disclose::JOB.to_owned(),
            payload: format!("{{\"crossing\":\"{}\"}}", waiting.id), attempts: 2, vault: "wpg" };
        disclose::deliver(app.clone(), again).await.unwrap();
        assert_eq!(count(&app, "partnership", all).await, before);
        assert_eq!(count(&app, "wpg", "select count(*) from audit_entry").await, audits);
    }

    async fn a_recall_empties_the_receivers_record(house) {
        let app = app(house);
        let (coordinator, note) = given_note(&app).await;
        let id = give(&app, &coordinator, &note).await;
        deliveries(&app).await;
        let path = format!("/records/wpg-daily/{note}/disclosures/{id}");
        let short = coordinator.form(&path, &[("what", "recall"), ("request", &coordinator.id()), ("recall-reason", "nee")]).await;
        assert_eq!(short.status, 422);
        assert!(short.text.contains(">nee</textarea>"));
        let recall = [("what", "recall"), ("request", &*coordinator.id()), ("recall-reason", "Verkeerde persoon verstrekt")].map(|(k, v)| (k, v.to_owned()));
        let recall: Vec<(&str, &str)> = recall.iter().map(|(k, v)| (*k, v.as_str())).collect();
        for _ in 0..2 {
            assert_eq!(coordinator.form(&path, &recall).await.status, 303);
        }
        assert_eq!(deliveries(&app).await, 1);
        assert_eq!(count(&app, "partnership", "select count(*) from record_field").await, 0);
        assert_eq!(count(&app, "partnership", "select count(*) from record_subject").await, 0);
        assert_eq!(count(&app, "partnership", "select count(*) from record where closed_at is not null").await, 1);
        assert_eq!(count(&app, "partnership", "select count(*) from receipt where state = 'recalled'").await, 1);
        assert_eq!(count(&app, "wpg", "select count(*) from disclosure where state = 'recalled' and recalled_at is not null").await, 1);
        assert!(coordinator.get(&path).await.text.contains("teruggeroepen"));
        assert_eq!(count(&app, "wpg", "select count(*) from record_field").await, 4, "the giver's record stays");
    }

    async fn a_recall_follows_what_was_given_on(house) {
        let app = app(house);
        let (_, note) = given_note(&app).await;
        let coordinator = user(&app, Role::Coordinator, &["wpg-daily", "wpg-inquiry"]);
        coordinator.open("wpg-inquiry").await;
        let first = coordinator.id();
        let inquiry = [("request", first.as_str()), ("field", "title"), ("field", "persons"), ("receiver", "boa"),
            ("name", "Team"), ("place", "wpg-inquiry"), ("basis", "wpg-15"), ("purpose", "Onderzoek"),
            ("necessity", "Nodig voor het onderzoek naar de reeks.")];
        assert_eq!(coordinator.form(&format!("/records/wpg-daily/{note}/disclose"), &inquiry).await.status, 303);
        deliveries(&app).await;
        let covenant = add_covenant(&app).await.to_string();
        let second = coordinator.id();
        let on = coordinator.form(&format!("/records/wpg-inquiry/{first}/disclose"), &to_zvh(&second, &covenant)).await;
        assert_eq!(on.status, 303);
        deliveries(&app).await;
        assert_eq!(count(&app, "partnership", "select count(*) from record_field").await, 2);
        let recall = [("what", "recall"), ("request", &*coordinator.id()), ("recall-reason", "Verkeerde persoon verstrekt")].map(|(k, v)| (k, v.to_owned()));
        let recall: Vec<(&str, &str)> = recall.iter().map(|(k, v)| (*k, v.as_str())).collect();
        coordinator.form(&format!("/records/wpg-daily/{note}/disclosures/{first}"), &recall).await;
        assert_eq!(deliveries(&app).await, 2, "two steps along the same path");
        assert_eq!(count(&app, "partnership", "select count(*) from record_field").await, 0);
        assert_eq!(count(&app, "wpg", "select count(*) from disclosure where state = 'recalled'").await, 2);
    }

    async fn what_a_legal_hold_keeps_goes_out_of_daily_work(house) {
        let app = app(house);
        let (coordinator, note) = given_note(&app).await;
        let id = give(&app, &coordinator, &note).await;
        deliveries(&app).await;
        let record: Uuid = id.parse().unwrap();
        let mut tx = vault(&app, "partnership").write().await.unwrap();
        tx.run("insert into legal_hold (municipality, id, record_id, reason, placed_by, placed_at)
            values ('GM0396', $1, $1, 'Klacht', $1, 1)", args![record]).await.unwrap();
        tx.commit().await.unwrap();
        let request = coordinator.id();
        coordinator.form(&format!("/records/wpg-daily/{note}/disclosures/{id}"),
            &[("what", "recall"), ("request", &request), ("recall-reason", "Verkeerde persoon verstrekt")]).await;
        deliveries(&app).await;
        assert_eq!(count(&app, "partnership", "select count(*) from record where removed_at is not null").await, 1);
        assert_eq!(count(&app, "partnership", "select count(*) from record_field").await, 2);
    }

    async fn a_recall_that_overtakes_its_disclosure_lets_nothing_in(house) {
        let app = app(house);
        let (coordinator, note) = given_note(&app).await;
        let id = give(&app, &coordinator, &note).await;
        let path = format!("/records/wpg-daily/{note}/disclosures/{id}");
        let recall = [("what", "recall"), ("request", &*coordinator.id()), ("recall-reason", "Verkeerde persoon verstrekt")].map(|(k, v)| (k, v.to_owned()));
        coordinator.form(&path, &recall.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>()).await;
        let mut tx = vault(&app, "wpg").read().await.unwrap();
        let jobs: Vec<Job> = tx.all::<JobRow>("select j.id, j.municipality, j.name, j.payload, j.attempts from job j order by run_at desc, id desc", vec![]).await.unwrap().into_iter().map(Into::into).collect();
        drop(tx);
        assert_eq!(jobs.len(), 2);
        let mut recall_first = jobs.clone();
        let act = crossing_act(&app, &jobs[0]).await;
        if act != disclose::Act::Recall { recall_first.reverse(); }
        for job in recall_first {
            disclose::deliver(app.clone(), job).await.unwrap();
        }
        assert_eq!(count(&app, "partnership", "select count(*) from record").await, 0);
        assert_eq!(count(&app, "partnership", "select count(*) from receipt where state = 'recalled'").await, 1);
    }

    async fn a_correction_follows_to_the_receiver(house) {
        let app = app(house);
        let (coordinator, note) = given_note(&app).await;
        let id = give(&app, &coordinator, &note).await;
        deliveries(&app).await;
        let page = format!("/records/wpg-daily/{note}");
        assert!(!coordinator.get(&page).await.text.contains("Ontvangers de verbetering"));
        app.clock.set(testkit::now() + jiff::SignedDuration::from_mins(2));
        let edited = coordinator.form(&format!("{page}/edit"), &[("request", &coordinator.id()), ("version", "1"), ("title", "Vechtpartij"),
            ("text", "Twee mannen bij de haven."), ("source", "Een tipgever"), ("reason", "Deze persoon was er niet bij")]).await;
        assert_eq!(edited.status, 303);
        assert!(coordinator.get(&page).await.text.contains("Ontvangers de verbetering"));
        let sent = coordinator.form(&format!("{page}/send-correction"), &[("request", &coordinator.id()), ("to", &id)]).await;
        assert_eq!(sent.status, 303);
        assert_eq!(deliveries(&app).await, 1);
        assert!(!coordinator.get(&page).await.text.contains("Ontvangers de verbetering"), "sent is sent");
        let cx = testkit::cx(&app, None);
        let mut tx = vault(&app, "partnership").read().await.unwrap();
        let seal = app.seals.of("partnership").unwrap();
        let fields = crate::write::opened(&mut tx, seal, cx.code(), id.parse().unwrap()).await.unwrap();
        assert_eq!(fields.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["title"], "the person is gone there too");
        drop(tx);
        assert_eq!(count(&app, "partnership", "select count(*) from record_subject").await, 0);
        assert_eq!(count(&app, "partnership", "select count(*) from record_history where act = 'corrected-by-giver'").await, 1);
        assert_eq!(count(&app, "wpg", "select count(*) from record_history where act = 'correction-sent'").await, 1);
    }

    async fn outside_regie_it_is_handed_over_and_noted(house) {
        let app = app(house);
        let (coordinator, note) = given_note(&app).await;
        let id = coordinator.id();
        let answer = coordinator.form(&format!("/records/wpg-daily/{note}/disclose"), &[("request", &id), ("field", "text"),
            ("field", "persons"), ("receiver", "prosecutor"), ("name", "Parket Noord-Holland"), ("place", "outside"),
            ("basis", "wpg-16"), ("purpose", "Vervolging"), ("necessity", "De officier beslist op feit en verdachte.")]).await;
        assert_eq!(answer.status, 303);
        let page = coordinator.get(&answer.location).await;
        assert!(page.text.contains("nog te overhandigen") && page.text.contains("Twee mannen bij de haven."));
        let json = coordinator.get(&format!("{}/content.json", answer.location)).await.json();
        assert_eq!(json["fields"][1]["persons"][0]["name"], "Jan Jansen");
        assert!(!json.to_string().contains("tipgever"));
        let how = coordinator.form(&answer.location, &[("what", "handed-over"), ("request", &coordinator.id()), ("how", "Beveiligde mail")]).await;
        assert_eq!(how.status, 303);
        let page = coordinator.get(&answer.location).await;
        assert!(page.text.contains("overhandigd") && !page.text.contains("Twee mannen"));
        assert_eq!(coordinator.get(&format!("{}/content.json", answer.location)).await.status, 404);
        assert_eq!(deliveries(&app).await, 0);
    }

    async fn the_overview_shows_what_and_to_whom_but_no_words(house) {
        let app = app(house);
        let (coordinator, note) = given_note(&app).await;
        give(&app, &coordinator, &note).await;
        deliveries(&app).await;
        let privacy = user(&app, Role::PrivacyOfficer, &[]);
        let page = privacy.get("/disclosures").await;
        assert_eq!(page.status, 200);
        for seen in ["ZVH Kennemerland", "Wpg art. 20", "R2 → R4", "bezorgd", "ontvangen"] {
            assert!(page.text.contains(seen), "{seen}");
        }
        assert!(!page.text.contains("Jan Jansen") && !page.text.contains("Vechtpartij"));
        assert!(!privacy.get("/disclosures?vault=bibob").await.text.contains("ZVH Kennemerland"));
        assert!(!privacy.get("/disclosures?year=2020").await.text.contains("ZVH Kennemerland"));
        let csv = privacy.get("/disclosures.csv?vault=wpg").await;
        assert!(csv.header("content-type").starts_with("text/csv") && csv.text.lines().count() == 2, "{}", csv.text);
        assert_eq!(coordinator.get("/disclosures").await.status, 403);
        let mut tx = vault(&app, "wpg").read().await.unwrap();
        let (from, to) = (kit::At::from_micros(0), kit::At::from_micros(i64::MAX));
        assert_eq!(crate::for_audit(&mut tx, "GM0396", from, to).await.unwrap().len(), 1);
        assert_eq!(crate::openings_for_audit(&mut tx, "GM0396", from, to).await.unwrap().len(), 1);
        assert_eq!(crate::queries_for_audit(&mut tx, "GM0396", from, to).await.unwrap().len(), 0);
    }

    async fn the_demonstration_has_records_of_every_age(house) {
        let app = app(house);
        let accounts: HashMap<Role, Uuid> = Role::ALL.iter().map(|r| (*r, testkit::cx(&app, Some(*r)).actor.account.unwrap())).collect();
        let home = app.home().unwrap().clone();
        let n = crate::seed(&app, &home, &accounts, Some(Uuid::from_u128(5))).await.unwrap();
        assert_eq!(n, 13);
        assert_eq!(deliveries(&app).await, 1);
        assert_eq!(count(&app, "partnership", "select count(*) from record").await, 2);
        assert_eq!(count(&app, "wpg", "select count(*) from disclosure where state = 'outside'").await, 1);
        let officer = user(&app, Role::Officer, &["wpg-daily"]);
        officer.open("wpg-daily").await;
        let list = officer.get("/records/wpg-daily").await;
        assert_eq!(list.text.matches("href=\"/records/wpg-daily/0").count(), 3, "free: three of eight");
        let partner = user(&app, Role::Partner, &["zvh-cases"]);
        partner.open("zvh-cases").await;
        assert!(partner.get("/records/zvh-cases").await.text.contains("Tjitske Hollebeek"));
        let mut tx = vault(&app, "wpg").read().await.unwrap();
        let verdict = kit::audit::verify(&mut tx, home.code()).await.unwrap();
        assert!(matches!(verdict, kit::audit::Verdict::Whole(n) if n >= 10));
    }
}

/// A job as it lies in the table.
#[derive(sqlx::FromRow)]
struct JobRow {
    id: Uuid,
    municipality: String,
    name: String,
    payload: String,
    attempts: i64,
}

impl From<JobRow> for Job {
    fn from(row: JobRow) -> Self {
        let JobRow { id, municipality, name, payload, attempts } = row;
        Self { id, municipality, name, payload, attempts, vault: "wpg" }
    }
}

async fn crossing_act(app: &Shared, job: &Job) -> disclose::Act {
    let input: HashMap<String, Uuid> = serde_json::from_str(&job.payload).unwrap();
    let mut tx = vault(app, "wpg").read().await.unwrap();
    crossing::get(&mut tx, "GM0396", input["crossing"]).await.unwrap().unwrap().act
}
