//! What goes elsewhere, what is known already, and what the words seem to be about.

use super::*;
use crate::fixture;
use crate::intake;
use crate::report::elsewhere;
use crate::suggest::Suggester;

async fn step(caller: &Caller, id: &str, step: &str, fields: &[(&str, &str)]) -> Answer {
    let mut parts = vec![Part::Text("id", id.as_bytes()), Part::Text("step", step.as_bytes())];
    parts.extend(fields.iter().map(|(name, value)| Part::Text(name, value.as_bytes())));
    send(caller, "/report/draft", &parts).await
}

/// How many rows of any table have come about since: drafts, photos, signals, audit, log, jobs, mail.
async fn rows(app: &Shared) -> i64 {
    let mut all = 0;
    for sql in [
        "select count(*) from report_draft where municipality = $1",
        PENDING,
        SIGNALS,
        "select count(*) from audit_entry where municipality = $1",
        "select count(*) from processing_log where municipality = $1",
        "select count(*) from outbox where municipality = $1",
    ] {
        all += count(app, sql).await;
    }
    all
}

db_test! {
    async fn nothing_is_kept_of_what_goes_elsewhere(db) {
        let app = town(db).await;
        let caller = Caller::new(&app, &router(&app), None);
        let id = fresh_id(&app).to_string();
        let before = rows(&app).await;
        let picture = crate::photo::testing::jpeg(64, 48);
        // words that plainly mean it: a sentence, and nothing is kept
        let parts = [
            Part::Text("id", id.as_bytes()),
            Part::Text("step", b"words"),
            Part::Text("words", b"De buurman slaat zijn kinderen, Zwaluwstaart heet hij"),
            Part::File("photo", "a.jpg", &picture),
        ];
        let warned = send(&caller, "/report/draft", &parts).await;
        assert_eq!((warned.status, rows(&app).await), (200, before));
        for said in ["0800-2000", "Zwaluwstaart", "Kies uw foto", "Het is iets anders, ga verder"] {
            assert!(warned.text.contains(said), "{said}");
        }
        assert!(!warned.text.contains("data:image"));
        // who goes on is not asked again
        let told = hidden(&warned.text, "told");
        assert_eq!(told, "care");
        let on = step(&caller, &id, "words", &[("words", "De buurman slaat zijn kinderen, Zwaluwstaart"), ("told", &told)]).await;
        assert_eq!(on.location, format!("/report/draft/{id}/category"));
        assert!(rows(&app).await > before);
        // the redirect chosen: the draft and its photos go
        let parts = [
            Part::Text("id", id.as_bytes()),
            Part::Text("step", b"words"),
            Part::Text("words", b"De buurman slaat zijn kinderen, Zwaluwstaart"),
            Part::File("photo", "a.jpg", &picture),
        ];
        assert_eq!(send(&caller, "/report/draft", &parts).await.status, 303);
        for (redirect, number) in [("emergency", "112"), ("crime", "0900-8844"), ("anonymous-tip", "0800-7000"), ("care", "0800-2000")] {
            let away = step(&caller, &id, "category", &[("category", &format!("elsewhere-{redirect}"))]).await;
            if redirect == "emergency" {
                assert_eq!(away.status, 200);
                assert!(away.text.contains(number) && away.text.contains("Wij hebben niets bewaard"), "{redirect}");
                // what was typed is in the page only, for who chose wrongly
                assert_eq!(hidden(&away.text, "words"), "De buurman slaat zijn kinderen, Zwaluwstaart");
                let (new, told) = (hidden(&away.text, "id"), hidden(&away.text, "told"));
                assert_ne!(new, id);
                assert_eq!(rows(&app).await, before);
                let again = step(&caller, &new, "words", &[("words", &hidden(&away.text, "words")), ("told", &told)]).await;
                assert_eq!(again.location, format!("/report/draft/{new}/category"));
                let away = step(&caller, &new, "category", &[("category", "elsewhere-care")]).await;
                assert_eq!((away.status, rows(&app).await), (200, before));
            } else {
                // the draft is gone: the form begins anew, with the number in sight
                assert!(away.status == 409 || away.text.contains(number), "{redirect}: {}", away.status);
            }
        }
        // not in jobs either
        let mut tx = app.main.read().await.unwrap();
        let jobs: Vec<(String,)> = tx.all("select payload from job union all select coalesce(dedupe, '') from job", vec![]).await.unwrap();
        assert!(jobs.iter().all(|j| !j.0.contains("Zwaluw") && !j.0.contains(&id)));
    }

    async fn what_is_known_near_the_place_is_shown_to_follow(db) {
        let app = town(db).await;
        let caller = Caller::new(&app, &router(&app), None);
        let cx = fixture::coordinator(&app);
        let there = (4.668, 52.5105);
        let mut near = Vec::new();
        for (metres, category, words) in [(10.0, "litter", "Blikjes van Zwaluwstaart"), (30.0, "litter", "Papier"), (400.0, "litter", "Ver weg"), (5.0, "dumping", "Bank")] {
            let mut new = fixture::report(&cx);
            new.category = category.into();
            new.words = words.into();
            new.place = Some((there.0, there.1 + metres / 111_000.0));
            near.push(crate::intake::reference(fixture::add(&cx, new).await));
        }
        let id = fresh_id(&app).to_string();
        step(&caller, &id, "words", &[("words", "Overal plastic")]).await;
        step(&caller, &id, "category", &[("category", "litter")]).await;
        let place = [("lon", "4.668"), ("lat", "52.5105"), ("address", "")];
        let on = step(&caller, &id, "place", &place).await;
        assert_eq!(on.location, format!("/report/draft/{id}/known"));
        let page = caller.get(&on.location).await.text;
        assert_eq!(page.matches("/report/follow/").count(), 2, "{page}");
        for reference in &near[..2] {
            assert!(page.contains(&format!("/report/follow/{reference}\"")), "its public number: {page}");
        }
        assert!(page.contains("minder dan 25 meter") && page.contains("minder dan 50 meter") && page.contains("Ontvangen"));
        for secret in ["Zwaluwstaart", "Maerelaan"] {
            assert!(!page.contains(secret), "{secret}");
        }
        // reported anyway
        assert_eq!(step(&caller, &id, "known", &[]).await.location, format!("/report/draft/{id}/contact"));
        // hidden reports are not known to anybody
        let mut tx = app.main.write().await.unwrap();
        tx.run("update signal set publication = 'hidden' where municipality = $1", args!["GM0396"]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(step(&caller, &id, "place", &place).await.location, format!("/report/draft/{id}/contact"));
        assert_eq!(caller.get(&format!("/report/draft/{id}/known")).await.location, format!("/report/draft/{id}/contact"));
    }

    async fn a_stopped_category_says_why_and_takes_nothing(db) {
        let app = town(db).await;
        let caller = Caller::new(&app, &router(&app), None);
        let sentence = "Wij halen dit deze week overal op.";
        let mut tx = app.main.write().await.unwrap();
        tx.run(
            "insert into category_stop (municipality, id, category, message, starts_at, ends_at, made_by, version)
             values ($1, $2, 'litter', $3, $4, null, null, 1)",
            args!["GM0396", fresh_id(&app), serde_json::json!({ "nl": sentence }).to_string(), At(testkit::now())],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let id = fresh_id(&app).to_string();
        step(&caller, &id, "words", &[("words", "Overal plastic")]).await;
        let page = caller.get(&format!("/report/draft/{id}/category")).await.text;
        let choice = page.split("id=\"category-litter\"").nth(1).unwrap();
        assert!(choice.split('>').next().unwrap().contains("disabled") && page.contains(sentence));
        let refused = step(&caller, &id, "category", &[("category", "litter")]).await;
        assert!(refused.status == 422 && refused.text.matches(sentence).count() >= 2);
        let whole = send(&caller, "/report", &good(&fresh_id(&app).to_string(), &[])).await;
        assert!(whole.status == 422 && whole.text.contains(sentence));
        // and by every other way of the public
        let cx = fixture::coordinator(&app);
        let mut new = fixture::report(&cx);
        (new.category, new.channel) = ("litter".into(), crate::Channel::Api);
        let mut tx = cx.write().await.unwrap();
        let fault = intake::create(&cx, &mut tx, &fixture::permit(&cx, "signal:create"), new).await.unwrap_err();
        let kit::Fault::Invalid(faults) = fault else { panic!("{fault}") };
        assert_eq!(faults.of("category", &cx.words).unwrap(), sentence);
    }
}

#[tokio::test]
async fn words_are_taken_as_people_write_them() {
    let app = town(testkit::sqlite().await).await;
    let catalogue = app.home().unwrap().get::<Catalogue>();
    let meant = |words: &str, told: &str| {
        elsewhere::meant(&catalogue, words, told).iter().map(|r| r.id.clone()).collect::<Vec<_>>().join(" ")
    };
    for (words, told, expected) in [
        ("Er is BRAND in de flat!", "", "emergency"),
        ("De brandgang ligt vol blad", "", ""),
        ("Vuil op de stoep", "", ""),
        ("mijn fiets is gestolen", "", "crime"),
        ("mijn fiets is gestolen", "crime", ""),
        ("overvallers bij de winkel", "", "crime"),
        ("De container is overvol", "", ""),
        ("kíndermishandeling, drugsdealers", "care", "anonymous-tip"),
        ("", "", ""),
    ] {
        assert_eq!(meant(words, told), expected, "{words}");
    }
}

#[tokio::test]
async fn a_category_is_proposed_with_its_reason_and_never_chosen() {
    let app = testkit::app(testkit::sqlite().await, |municipality| {
        let folder = municipality.folder.clone();
        municipality.put(areas::Atlas::new(&municipality.file));
        let text = std::fs::read_to_string(folder.join("categories.toml")).unwrap();
        let priorities = text
            .lines()
            .filter_map(|l| l.strip_prefix("priority = \"")?.strip_suffix('"'))
            .map(|id| (id.to_owned(), Text(BTreeMap::from([("nl".to_owned(), id.to_owned())]))))
            .collect();
        let catalogue = Catalogue::read(&folder, priorities).unwrap();
        municipality.put(Suggester::new(&catalogue).unwrap());
        municipality.put(catalogue);
    });
    let caller = Caller::new(&app, &router(&app), None);
    let id = fresh_id(&app).to_string();
    let words = "Er ligt veel hondenpoep op de stoep bij Zwaluwstaart";
    step(&caller, &id, "words", &[("words", words)]).await;
    let page = caller.get(&format!("/report/draft/{id}/category")).await.text;
    assert!(
        page.contains("Past een van deze?") && page.contains("Omdat u schreef") && page.contains("hondenpoep"),
        "{page}"
    );
    assert!(page.contains("id=\"guess-dog-waste\"") || page.contains("id=\"guess-"), "no proposal");
    assert!(!page.contains("name=\"category\" type=\"radio\" value=\"litter\" checked") && !page.contains(" checked"));
    // while typing: in the body, never in an address
    let typing = caller.form("/report/suggest", &[("words", words)]).await;
    assert!(typing.status == 200 && typing.text.contains("Dit lijkt te gaan over"), "{}", typing.text);
    let danger = caller.form("/report/suggest", &[("words", "er is brand bij Zwaluwstaart")]).await;
    assert!(danger.text.contains("112") && danger.text.contains("data-told=\"emergency\""));
    assert_ne!(caller.get("/report/suggest?words=x").await.status, 200);
}
