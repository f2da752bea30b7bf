use super::*;
use testkit::house_test;

const REASON: &str = "De plaats klopte niet helemaal";

/// The lines of a batch, by act.
fn acts(file: &str) -> Vec<String> {
    let file: serde_json::Value = serde_json::from_str(file).unwrap();
    assert_eq!(file["format"], export::FORMAT);
    file["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| format!("{} {}", l["act"].as_str().unwrap(), l["offence"].as_str().unwrap()))
        .collect()
}

async fn sends(coordinator: &User, number: i64) -> Vec<String> {
    let made = coordinator.form("/sanctions/export", &[("request", &coordinator.id())]).await;
    assert_eq!(made.status, 303, "{}", made.text);
    let file = coordinator.get(&format!("/sanctions/export/{number}")).await;
    let again = coordinator.get(&format!("/sanctions/export/{number}")).await;
    assert_eq!((file.status, &file.bytes), (200, &again.bytes), "the same bytes");
    acts(&file.text)
}

async fn decides(user: &User, id: &str, what: &str, note: &str) -> Answer {
    let path = format!("/sanctions/{id}");
    let page = user.get(&path).await;
    let (request, version) = (user.id(), value(&page.text, "version"));
    user.form(&path, &[("request", &request), ("version", &version), ("what", what), ("note", note)]).await
}

house_test! {
    async fn an_event_is_written_checked_sent_corrected_and_withdrawn(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, 1).await;
        let coordinator = user(&app, Role::Coordinator, 2).await;
        with_deed(&officer).await;

        // without a purpose: the question for one, with the form kept and the hat of detection proposed
        let hat = officer.get("/sanctions/new?place=Kerkweg+1").await;
        assert!(hat.text.contains("Toezicht") && hat.text.contains("Opsporing"));
        let asked = officer.form("/sanctions/new", &[("request", &officer.id()), ("place", "Kerkweg 1"), ("open-hat", "investigator")]).await;
        assert!(asked.text.contains("name=\"open-reason\"") && asked.text.contains("Kerkweg 1"), "{}", asked.text);
        assert_eq!(count(&app, "select count(*) from sanction_event").await, 0);

        officer.opens().await;
        let id = officer.begins().await;
        let write = format!("/sanctions/{id}/write");
        // half a draft stays as it is, whatever is in it
        let half = officer.presses(&write, "save", &[("date", "morgen"), ("birth", "onbekend"), ("sanction", "")]).await;
        assert_eq!(half.status, 303);
        let page = officer.get(&write).await;
        assert!(page.text.contains("value=\"morgen\"") && page.text.contains("value=\"onbekend\""));
        assert!(page.text.contains("Akte 7"));
        // the picker: by words, only what may be written; the rest with its reason
        let found = officer.get(&format!("{write}?q=alcohol")).await;
        assert!(found.text.contains("value=\"add F121a penal-order\"") && !found.text.contains("add R398"));
        let added = officer.presses(&write, "add F121a penal-order", &[("sanction", "")]).await;
        assert_eq!(added.status, 303);
        assert!(officer.get(&write).await.text.contains("value=\"F121a penal-order\""));
        // everything that misses is said at once, and nothing typed is lost
        let wrong = officer.presses(&write, "sign", &[("cautioned", ""), ("place", ""), ("surname", "")]).await;
        assert_eq!(wrong.status, 422);
        for sentence in ["Sv art. 29", "Vul in waar het was", "Identiteit", "Ik moest nodig."] {
            assert!(wrong.text.contains(sentence) || sentence == "Identiteit", "{sentence}");
        }
        assert!(wrong.text.contains("Sv art. 27a"), "identity");
        let signed = officer.presses(&write, "sign", &[]).await;
        assert_eq!((signed.status, signed.location.as_str()), (303, format!("/sanctions/{id}").as_str()), "{}", signed.text);
        assert_eq!(officer.get(&write).await.location, format!("/sanctions/{id}"), "signed is signed");

        // the officer does not check; the coordinator gives back with a reason, and approves
        let own = [("request", &*officer.id()), ("version", "4"), ("what", "good")];
        assert_eq!(officer.form(&format!("/sanctions/{id}"), &own).await.status, 404);
        coordinator.opens().await;
        assert_eq!(decides(&coordinator, &id, "back", "kort").await.status, 422);
        assert_eq!(decides(&coordinator, &id, "back", "Zet het huisnummer erbij").await.status, 303);
        let signed = officer.presses(&write, "sign", &[("place", "Kerkweg 12")]).await;
        assert_eq!(signed.status, 303, "{}", signed.text);
        let none = coordinator.form("/sanctions/export", &[("request", &coordinator.id())]).await;
        assert_eq!(none.status, 409, "only what was checked goes");
        assert_eq!(decides(&coordinator, &id, "good", "").await.status, 303);

        // each sanction goes once
        assert_eq!(sends(&coordinator, 1).await, ["new F185"]);
        let none = coordinator.form("/sanctions/export", &[("request", &coordinator.id())]).await;
        assert_eq!(none.status, 409);

        // a correction keeps what stood there, is checked anew, and is sent as a correction
        let correct = format!("/sanctions/{id}/correct");
        travel(&app, 1);
        officer.opens().await;
        coordinator.opens().await;
        let same = officer.presses(&correct, "sign", &[("place", "Kerkweg 12"), ("reason", REASON)]).await;
        assert_eq!(same.status, 422, "nothing changed");
        let two = [("place", "Kerkweg 14"), ("reason", REASON), ("sanction", "F185 penal-order")];
        assert_eq!(officer.presses(&correct, "sign", &two).await.status, 303);
        let page = coordinator.get(&format!("/sanctions/{id}")).await;
        assert!(page.text.contains(REASON) && page.text.contains("Kerkweg 14") && page.text.contains("Kerkweg 12"));
        assert_eq!(decides(&coordinator, &id, "good", "").await.status, 303);
        assert_eq!(sends(&coordinator, 2).await, ["correction F185"]);

        // withdrawn after it was sent: recalled once
        assert_eq!(decides(&coordinator, &id, "withdraw", "Verkeerde persoon aangesproken").await.status, 303);
        assert_eq!(sends(&coordinator, 3).await, ["withdrawal F185"]);
        let none = coordinator.form("/sanctions/export", &[("request", &coordinator.id())]).await;
        assert_eq!(none.status, 409);
        assert_eq!(count(&app, "select count(*) from sanction_sent").await, 3);
        assert_eq!(count(&app, "select count(*) from record where kind = 'sanction'").await, 1);
        for action in ["sanction:write", "sanction:check", "sanction:export", "sanction:read"] {
            let mut tx = wpg(&app).read().await.unwrap();
            let (n,): (i64,) = tx.one("select count(*) from audit_entry where action = $1", args![action]).await.unwrap();
            assert!(n > 0, "{action}");
        }
        // nobody's name stands open in the vault
        let mut tx = wpg(&app).read().await.unwrap();
        let rows: Vec<(Vec<u8>,)> = tx.all("select sealed_bytes from record_field", vec![]).await.unwrap();
        assert!(rows.iter().all(|(b,)| !b.windows(9).any(|w| w == b"Zeggelaar")));
    }

    async fn what_an_officer_may_not(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, 1).await;
        let other = user(&app, Role::Officer, 3).await;
        officer.opens().await;
        other.opens().await;
        let id = officer.begins().await;
        let write = format!("/sanctions/{id}/write");
        // no deed: it can be kept but not signed, and the article is named
        let refused = officer.presses(&write, "sign", &[]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text.contains("Besluit buitengewoon opsporingsambtenaar"), "{}", refused.text);
        let found = officer.get(&format!("{write}?q=hond")).await;
        assert!(!found.text.contains("value=\"add "), "nothing may be written without a deed");
        with_deed(&officer).await;
        // the rules of law that the form can meet, each with its article
        let table: [(&[(&str, &str)], &str); 8] = [
            (&[("birth", "2013-06-04")], "Sv art. 487"),
            (&[("sanction", "F121a penal-order"), ("birth", "2007-06-04")], "Alcoholwet art. 45"),
            (&[("caught", "afterwards")], "Besluit OM-afdoening art. 3.1"),
            (&[("reasons", "damage")], "Besluit OM-afdoening art. 3.2"),
            (&[("sanction", "H022 nuisance-fine")], "Gemeentewet art. 154b(1)"),
            (&[("punished", "yes")], "Awb art. 5:43"),
            (&[("sanction", "R398 traffic-fine"), ("surname", "")], "Wahv art. 5"),
            (&[("date", "2025-06-03")], "ligt in de toekomst"),
        ];
        for (change, article) in table {
            let answer = officer.presses(&write, "sign", change).await;
            assert_eq!(answer.status, 422, "{article}");
            assert!(answer.text.contains(article), "{article}");
        }
        // another officer sees no draft, and changes nothing
        assert_eq!(other.get(&format!("/sanctions/{id}")).await.status, 404);
        assert_eq!(other.get(&write).await.status, 404);
        let request = other.id();
        let sent = other.form(&write, &[("request", &request), ("version", "1"), ("go", "save")]).await;
        assert_eq!(sent.status, 404);
        // an old form is not laid over a newer one, but what was typed comes back
        let request = officer.id();
        let old = officer.form(&write, &[("request", &request), ("version", "1"), ("go", "save"), ("findings", "Oude tekst")]).await;
        assert_eq!(old.status, 409);
        assert!(old.text.contains("Oude tekst"));
        // the pages of records lead here, and change nothing of it
        let record = format!("/records/wpg-daily/{id}");
        assert_eq!(officer.get(&record).await.location, format!("/sanctions/{id}"));
        assert_eq!(officer.get(&format!("{record}/edit")).await.status, 404);
        // after a year only a targeted query finds it
        travel(&app, 400);
        officer.opens().await;
        assert_eq!(officer.get(&write).await.status, 404);
        assert!(!officer.get("/sanctions").await.text.contains(&id));
        // who has no part in police data gets no page at all
        for role in [Role::Adviser, Role::Intake, Role::PrivacyOfficer] {
            let outsider = Caller::new(&app, &router(&app), Some(role));
            assert_eq!(outsider.get("/sanctions").await.status, 403, "{role}");
        }
    }

    async fn the_same_request_is_one_record(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, 1).await;
        with_deed(&officer).await;
        officer.opens().await;
        let id = officer.id();
        for _ in 0..2 {
            assert_eq!(officer.form("/sanctions/new", &[("request", &id), ("place", "Kerkweg")]).await.status, 303);
        }
        assert_eq!(count(&app, "select count(*) from sanction_event").await, 1);
        assert_eq!(count(&app, "select count(*) from record where kind = 'sanction'").await, 1);
        // the app's own way: the same draft as JSON, as often as one likes
        let inside_cx = site::Cx { actor: Actor { stepped_up_at: Some(app.clock.now()), ..officer.actor.clone() }, ..testkit::cx(&app, Some(Role::Officer)) };
        let records::kin::Entry::In(inside) = records::kin::entered(&inside_cx, event::PROCESSING, "sanction:write", None).await.unwrap() else { panic!("it was opened") };
        let draft: event::Draft = serde_json::from_str(r#"{"date":"2024-06-03","time":"09:1","place":"Maerelaan"}"#).unwrap();
        let mut tx = inside.db.write().await.unwrap();
        let key = Uuid::parse_str(&id).unwrap();
        assert_eq!(crate::ops::save_draft(&inside_cx, &inside, &mut tx, (key, None), &draft).await.unwrap(), 2);
        assert_eq!(crate::ops::save_draft(&inside_cx, &inside, &mut tx, (key, Some(2)), &draft).await.unwrap(), 3);
        let stale = crate::ops::save_draft(&inside_cx, &inside, &mut tx, (key, Some(2)), &draft).await;
        assert!(matches!(stale, Err(kit::Fault::Stale)), "{stale:?}");
        tx.commit().await.unwrap();
        assert!(officer.get(&format!("/sanctions/{id}/write")).await.text.contains("value=\"09:1\""));
    }

    async fn numbers_go_one_way_and_small_ones_stay(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, 1).await;
        with_deed(&officer).await;
        officer.opens().await;
        for n in 0..6 {
            let id = officer.begins().await;
            let sanction = if n == 0 { "D530 penal-order" } else { "F185 penal-order" };
            let answer = officer.presses(&format!("/sanctions/{id}/write"), "sign", &[("sanction", sanction)]).await;
            assert_eq!(answer.status, 303, "{}", answer.text);
        }
        let home = app.home().unwrap().clone();
        figures::refresh(&app, &home).await.unwrap();
        figures::refresh(&app, &home).await.unwrap();
        let cx = testkit::cx(&app, Some(Role::Adviser));
        let permit = cx.permit("sanction:figures", &policy::Resource::open("figure", cx.code())).unwrap();
        let mut tx = app.main.read().await.unwrap();
        let counts = figures::counts(&mut tx, &permit, 0).await.unwrap();
        drop(tx);
        let of = |group: &str| counts.iter().find(|c| c.offence_group == group).unwrap().many;
        assert_eq!((counts.len(), of("hygiene"), of("order")), (2, Some(5), None));
        let adviser = Caller::new(&app, &router(&app), Some(Role::Adviser));
        let page = adviser.get("/sanctions/figures").await;
        assert!(page.text.contains("te klein") && page.text.contains("Wildplassen"), "{}", page.text);
    }

    async fn pages_open_in_both_languages(house) {
        let app = app(house);
        let mut officer = user(&app, Role::Officer, 1).await;
        let mut coordinator = user(&app, Role::Coordinator, 2).await;
        with_deed(&officer).await;
        officer.opens().await;
        coordinator.opens().await;
        let id = officer.begins().await;
        let write = format!("/sanctions/{id}/write");
        assert_eq!(officer.presses(&write, "save", &[("sanction", "R398 traffic-fine"), ("reasons", "damage")]).await.status, 303);
        let second = officer.begins().await;
        assert_eq!(officer.presses(&format!("/sanctions/{second}/write"), "sign", &[]).await.status, 303);
        let own = ["/sanctions".to_owned(), "/sanctions/new".to_owned(), format!("{write}?q="), format!("/sanctions/{second}"), format!("/sanctions/{second}/correct"), "/wrecks".to_owned(), "/wrecks/new".to_owned()];
        let theirs = ["/sanctions".to_owned(), "/sanctions/export".to_owned(), "/sanctions/figures".to_owned(), format!("/sanctions/{second}")];
        for language in ["nl", "en"] {
            (officer.language, coordinator.language) = (language, language);
            for (who, path) in own.iter().map(|p| (&officer, p)).chain(theirs.iter().map(|p| (&coordinator, p))) {
                let page = who.get(path).await;
                assert_eq!(page.status, 200, "{path}: {}", page.text);
                for bare in ["sanctions-", "wrecks-", "records-"] {
                    assert!(!page.text.contains(&format!(">{bare}")), "{language} {path} has a bare key {bare}");
                }
            }
        }
    }
}

/// The report and the label are whole documents, and a draft has no report. `SANCTIONS_PDF` names a folder to look at them.
#[tokio::test]
async fn documents_are_made() {
    let Some(app) = app_with_fonts(testkit::house_sqlite().await) else { return };
    let officer = user(&app, Role::Officer, 1).await;
    with_deed(&officer).await;
    officer.opens().await;
    let id = officer.begins().await;
    let report = format!("/sanctions/{id}/report.pdf");
    assert_eq!(officer.get(&report).await.status, 409, "a draft");
    assert_eq!(officer.presses(&format!("/sanctions/{id}/write"), "sign", &[]).await.status, 303);
    let wreck = officer.id();
    let fields = [
        ("request", wreck.as_str()),
        ("kind", "bicycle"),
        ("description", "Fiets"),
        ("place", "Station"),
        ("labelled", "yes"),
    ];
    assert_eq!(officer.form("/wrecks/new", &fields).await.status, 303);
    for (name, path) in [("report", report), ("label", format!("/wrecks/{wreck}/label.pdf"))] {
        let made = officer.get(&path).await;
        assert_eq!(made.status, 200, "{name}: {}", made.text);
        assert!(made.bytes.starts_with(b"%PDF-1.7"), "{name}");
        if let Some(folder) = std::env::var_os("SANCTIONS_PDF") {
            std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), &made.bytes).unwrap();
        }
    }
}

/// A picture of one pixel (PNG).
pub(super) const PIXEL: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31, 21, 196,
    137, 0, 0, 0, 13, 73, 68, 65, 84, 120, 218, 99, 100, 248, 207, 80, 15, 0, 3, 134, 1, 128, 90, 52, 125, 107, 0, 0,
    0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

#[tokio::test]
async fn photos_are_made_clean_and_sealed() {
    let app = app(testkit::house_sqlite().await);
    let officer = user(&app, Role::Officer, 1).await;
    let other = user(&app, Role::Officer, 3).await;
    with_deed(&officer).await;
    officer.opens().await;
    other.opens().await;
    let id = officer.begins().await;
    let photo = officer.id();
    let send = async |bytes: &[u8]| {
        let mut body = format!(
            "--x\r\ncontent-disposition: form-data; name=\"request\"\r\n\r\n{photo}\r\n--x\r\ncontent-disposition: \
             form-data; name=\"photo\"; filename=\"a.png\"\r\ncontent-type: image/png\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let request =
            Request::post(format!("/sanctions/{id}/photos")).header("content-type", "multipart/form-data; boundary=x");
        officer.send(request, body).await
    };
    assert_eq!(send(b"no picture").await.status, 409);
    for _ in 0..2 {
        assert_eq!(send(PIXEL).await.status, 303);
    }
    assert_eq!(count(&app, "select count(*) from record_field where name like 'photo-%'").await, 1);
    let path = format!("/sanctions/{id}/photos/{photo}");
    let shown = officer.get(&path).await;
    assert_eq!(shown.status, 200);
    assert!(shown.bytes.starts_with(&[0xff, 0xd8]), "a JPEG of our own");
    assert_eq!(other.get(&path).await.status, 404, "a draft is its officer's alone");
    let mut tx = wpg(&app).read().await.unwrap();
    let (sealed,): (Vec<u8>,) =
        tx.one("select sealed_bytes from record_field where name like 'photo-%'", vec![]).await.unwrap();
    assert!(!sealed.windows(4).any(|w| w == b"JFIF"));
    drop(tx);
    // the photo is no field that others read: it is not in the record's own content, and stays after signing
    assert_eq!(officer.presses(&format!("/sanctions/{id}/write"), "sign", &[]).await.status, 303);
    assert!(officer.get(&format!("/sanctions/{id}")).await.text.contains(&photo));
    assert_eq!(send(PIXEL).await.status, 303, "the same request again");
    assert_eq!(count(&app, "select count(*) from record_field where name like 'photo-%'").await, 1);
}
