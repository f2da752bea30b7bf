//! The form step by step, as a browser without JavaScript walks it.

use super::*;

/// A resident at the form.
struct Walk {
    caller: Caller,
    id: String,
}

impl Walk {
    fn new(app: &Shared) -> Self {
        Self { caller: Caller::new(app, &router(app), None), id: fresh_id(app).to_string() }
    }

    /// Sends a step with the fields of that step only; gives the answer.
    async fn send(&self, step: &str, fields: &[(&str, &str)], files: &[Part<'_>]) -> Answer {
        let mut parts = vec![Part::Text("id", self.id.as_bytes()), Part::Text("step", step.as_bytes())];
        parts.extend(fields.iter().map(|(name, value)| Part::Text(name, value.as_bytes())));
        parts.extend(files.iter().map(|f| match f {
            Part::Text(name, text) => Part::Text(name, text),
            Part::File(name, file, bytes) => Part::File(name, file, bytes),
        }));
        send(&self.caller, if step == "check" { "/report" } else { "/report/draft" }, &parts).await
    }

    /// Sends a step that is right; the reader must come to `next`.
    async fn go(&self, step: &str, fields: &[(&str, &str)], next: &str) {
        let answer = self.send(step, fields, &[]).await;
        assert_eq!((answer.status, answer.location), (303, self.href(next)), "{step}: {}", answer.text);
    }

    fn href(&self, step: &str) -> String {
        format!("/report/draft/{}/{step}", self.id)
    }

    async fn page(&self, step: &str) -> Answer {
        self.caller.get(&self.href(step)).await
    }

    /// All steps but the last.
    async fn fill(&self) {
        self.go("words", &[("words", "Overal plastic"), ("kind", "report")], "category").await;
        self.go("category", &[("category", "litter")], "place").await;
        self.go("place", &[("address", "Maerelaan 1"), ("occurred_at", "2024-06-03T09:30")], "contact").await;
        self.go("contact", &[("email", "ada@voorbeeld.nl")], "check").await;
    }
}

const DRAFTS: &str = "select count(*) from report_draft where municipality = $1";

db_test! {
    async fn five_steps_and_a_report(db) {
        let app = town(db).await;
        let walk = Walk::new(&app);
        walk.fill().await;
        assert_eq!((count(&app, DRAFTS).await, count(&app, SIGNALS).await), (1, 0));
        for (step, progress, title) in [
            ("words", "Stap 1 van 5", "Wat is er aan de hand?"),
            ("category", "Stap 2 van 5", "Waar gaat het over?"),
            ("place", "Stap 3 van 5", "Waar en wanneer is het?"),
            ("contact", "Stap 4 van 5", "Hoe kunnen wij u bereiken?"),
            ("check", "Stap 5 van 5", "Klopt alles?"),
        ] {
            let page = walk.page(step).await;
            assert_eq!(page.status, 200, "{step}");
            assert!(page.text.contains(progress) && page.text.contains(&format!("<h1>{title}</h1>")), "{step}");
            assert!(page.header("x-robots-tag").contains("noindex") && page.header("cache-control").contains("no-store"));
        }
        // the draft is sealed: nobody who reads the table reads what was typed
        let mut tx = app.main.read().await.unwrap();
        let (sealed,): (Vec<u8>,) =
            tx.one("select sealed_bytes from report_draft where municipality = $1", args!["GM0396"]).await.unwrap();
        drop(tx);
        for word in ["plastic", "ada@voorbeeld.nl", "Maerelaan"] {
            assert!(!sealed.windows(word.len()).any(|w| w == word.as_bytes()), "{word}");
        }
        let check = walk.page("check").await.text;
        for said in ["Overal plastic", "Zwerfvuil", "Maerelaan 1", "ada@voorbeeld.nl", "Geen foto", "uiterlijk op donderdag 6 juni 2024"] {
            assert!(check.contains(said), "{said}: {check}");
        }
        // twice the last button: one report, and nothing that was typed is left in the draft
        let first = walk.send("check", &[], &[]).await;
        assert!(first.status == 303 && first.location.starts_with("/report/status/"), "{}", first.location);
        let status = first.location;
        assert_eq!(walk.send("check", &[], &[]).await.location, status);
        assert_eq!((count(&app, DRAFTS).await, count(&app, SIGNALS).await), (1, 1));
        assert!(!walk.page("words").await.text.contains("plastic"));
        // "back" after sending leads to the report; something else on the first page is another report
        assert_eq!(walk.page("place").await.location, status);
        assert_eq!(walk.send("words", &[("words", "Overal plastic")], &[]).await.location, status);
        // the id of a report, which the public may see, opens no draft and leads to no status page
        let mut tx = app.main.read().await.unwrap();
        let (report,): (Uuid,) = tx.one("select id from signal where municipality = $1", args!["GM0396"]).await.unwrap();
        drop(tx);
        assert_eq!(walk.caller.get(&format!("/report/draft/{report}/check")).await.location, "/report");
        let stranger = Walk { caller: walk.caller.clone(), id: report.to_string() };
        for step in ["words", "check"] {
            let answer = stranger.send(step, &[("words", "Overal plastic")], &[]).await;
            assert!(!answer.location.contains("status") && !answer.text.contains(&status), "{step}");
        }
        let other = walk.send("words", &[("words", "Nu ligt er een matras")], &[]).await;
        assert!(other.location.ends_with("/category") && !other.location.contains(&walk.id), "{}", other.location);
    }

    async fn back_keeps_everything_and_a_change_returns_to_the_check(db) {
        let app = town(db).await;
        let walk = Walk::new(&app);
        walk.fill().await;
        // "back" is never refused and keeps even what is wrong
        for (step, field, before) in [
            ("contact", ("email", "ada@"), "place"),
            ("place", ("address", "Kerkweg"), "category"),
            ("category", ("category", ""), "words"),
        ] {
            walk.go(step, &[field, ("back", "yes")], before).await;
        }
        assert!(walk.page("contact").await.text.contains("value=\"ada@\""));
        assert!(walk.page("place").await.text.contains("Kerkweg") && walk.page("words").await.text.contains("Overal plastic"));
        // the check leads to what is wrong
        assert_eq!(walk.page("check").await.location, walk.href("category?to=check"));
        walk.go("category", &[("category", "litter"), ("to", "check")], "check").await;
        assert_eq!(walk.page("check").await.location, walk.href("contact?to=check"));
        let open = walk.caller.get(&walk.href("contact?to=check")).await.text;
        assert!(open.contains("name=\"to\" value=\"check\""));
        walk.go("contact", &[("email", ""), ("to", "check")], "check").await;
        assert!(walk.page("check").await.text.contains("Niets ingevuld"));
    }

    async fn a_photo_alone_is_enough_to_go_on(db) {
        let app = town(db).await;
        let walk = Walk::new(&app);
        let none = walk.send("words", &[("words", "")], &[]).await;
        assert!(none.status == 422 && none.text.contains("Vertel in een paar woorden"));
        let picture = crate::photo::testing::jpeg(64, 48);
        let sent = walk.send("words", &[("words", "")], &[Part::File("photo", "a.jpg", &picture)]).await;
        assert_eq!((sent.location, count(&app, PENDING).await), (walk.href("category"), 1));
        walk.go("category", &[("category", "litter")], "place").await;
        walk.go("place", &[("area", "BU03960100")], "contact").await;
        walk.go("contact", &[], "check").await;
        // the words are asked at the end, beside the photo
        let check = walk.page("check").await;
        assert!(check.status == 200 && check.text.contains("id=\"words\"") && check.text.contains("data:image/jpeg"));
        let empty = walk.send("check", &[("words", " ")], &[]).await;
        assert!(empty.status == 422 && empty.text.contains("Klopt alles?") && empty.text.contains("href=\"#words\""));
        assert_eq!(walk.send("check", &[("words", "Vuilniszak")], &[]).await.status, 303);
        assert_eq!((count(&app, SIGNALS).await, count(&app, PHOTOS).await, count(&app, PENDING).await), (1, 1, 0));
    }

    async fn what_a_category_asks_is_kept_with_the_report(db) {
        let app = town(db).await;
        let walk = Walk::new(&app);
        testing_questions(&app).await;
        walk.go("words", &[("words", "Overal plastic")], "category").await;
        walk.go("category", &[("category", "litter")], "questions").await;
        let page = walk.page("questions").await.text;
        assert!(page.contains("Stap 2 van 5") && page.contains("name=\"answer-kind\""));
        let missing = walk.send("questions", &[], &[]).await;
        assert!(missing.status == 422 && missing.text.contains("href=\"#answer-kind\""));
        walk.go("questions", &[("answer-kind", "glass")], "place").await;
        walk.go("place", &[("address", "Maerelaan"), ("back", "yes")], "questions").await;
        assert!(walk.page("questions").await.text.contains("value=\"glass\" checked"));
        walk.go("place", &[("address", "Maerelaan")], "contact").await;
        walk.go("contact", &[], "check").await;
        assert!(walk.page("check").await.text.contains("Glas"));
        assert_eq!(walk.send("check", &[], &[]).await.status, 303);
        let kept = "select count(*) from signal_answer where municipality = $1";
        assert_eq!(count(&app, kept).await, 1);
    }

    async fn a_draft_is_gone_after_a_day(db) {
        let app = town(db).await;
        let walk = Walk::new(&app);
        walk.fill().await;
        let mut jobs = kit::jobs::Registry::default();
        jobs.add(report::CLEAN_PENDING, report::clean_pending);
        for (hours, left) in [(23, 1), (25, 0)] {
            app.clock.set(testkit::now() + jiff::Span::new().hours(hours));
            jobs.run_due(&app.main, &app.clock, &app).await.unwrap();
            assert_eq!(count(&app, DRAFTS).await, left, "after {hours} hours");
        }
        assert_eq!(walk.page("contact").await.location, "/report");
        let late = walk.send("contact", &[("name", "Ada")], &[]).await;
        assert!(late.status == 409 && late.text.contains("Na een dag wissen wij die") && late.text.contains("id=\"words\""));
        // what was typed on that page is kept for when its turn comes
        walk.go("words", &[("words", "Overal plastic")], "category").await;
        assert!(walk.page("contact").await.text.contains("value=\"Ada\""));
    }
}

/// Publishes one question for litter.
async fn testing_questions(app: &Shared) {
    let question = serde_json::json!([{
        "id": "kind", "label": {"nl": "Wat ligt er?", "en": "What is it?"}, "hint": {}, "kind": "choice",
        "required": true, "options": [{"id": "glass", "label": {"nl": "Glas", "en": "Glass"}},
        {"id": "other", "label": {"nl": "Anders", "en": "Other"}}], "when": null, "least": null, "most": null
    }]);
    let mut tx = app.main.write().await.unwrap();
    tx.run(
        "insert into category_form_version (municipality, category, number, questions, published_at, published_by)
         values ($1, 'litter', 1, $2, $3, null)",
        args!["GM0396", question.to_string(), At(testkit::now())],
    )
    .await
    .unwrap();
    tx.run(
        "insert into category_form (municipality, category, draft, published, version, changed_at)
         values ($1, 'litter', '[]', 1, 1, $2)",
        args!["GM0396", At(testkit::now())],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn each_step_says_what_is_wrong_with_it() {
    let app = town(testkit::sqlite().await).await;
    let walk = Walk::new(&app);
    walk.fill().await;
    for (step, wrong, field, sentence) in [
        ("words", ("words", "x"), "words", "Vertel in een paar woorden"),
        ("category", ("category", "<script>"), "category", "Deze categorie bestaat niet."),
        ("place", ("address", ""), "address", "Vul in waar het is"),
        ("place", ("occurred_at", "gisteren"), "occurred_at", "Dit tijdstip is niet leesbaar"),
        ("contact", ("phone", "112"), "phone", "Dit telefoonnummer klopt niet"),
    ] {
        let answer = walk.send(step, &[wrong], &[]).await;
        assert_eq!(answer.status, 422, "{step}");
        assert!(answer.text.matches(sentence).count() >= 2, "{step}: {}", answer.text);
        assert!(
            answer.text.contains(&format!("href=\"#{field}\"")) && answer.text.contains(&format!("id=\"{field}\""))
        );
        // the language can be changed on a page with faults
        assert!(answer.text.contains(&format!("name=\"back\" value=\"{}\"", walk.href(step))), "{step}");
    }
    // sending brings the reader to the first step with a fault, and from there back to the check
    let sent = walk.send("check", &[], &[]).await;
    assert!(
        sent.status == 422 && sent.text.contains("Stap 1 van 5") && sent.text.contains("name=\"to\" value=\"check\"")
    );
    assert_eq!(count(&app, SIGNALS).await, 0);
    // what is no step and what is no form of ours
    assert_eq!(walk.page("nonsense").await.status, 404);
    assert_eq!(walk.caller.get("/report/draft/x/words").await.status, 400);
    assert_eq!(send(&walk.caller, "/report/draft", &[Part::Text("words", b"x")]).await.status, 400);
}

#[tokio::test]
async fn two_tabs_are_two_reports() {
    let app = town(testkit::sqlite().await).await;
    let (one, two) = (Walk::new(&app), Walk::new(&app));
    one.fill().await;
    two.go("words", &[("words", "Een kapotte lantaarnpaal")], "category").await;
    assert!(one.page("words").await.text.contains("Overal plastic"));
    assert!(two.page("words").await.text.contains("lantaarnpaal"));
    assert_eq!(one.send("check", &[], &[]).await.status, 303);
    assert_eq!(two.page("category").await.status, 200);
}

#[tokio::test]
async fn a_request_to_enforce_says_its_term_and_asks_who_sends_it() {
    let app = town(testkit::sqlite().await).await;
    for (kind, day, article) in [
        ("enforcement-request", "maandag 29 juli 2024", "artikel 4:13"),
        ("complaint", "maandag 15 juli 2024", "artikel 9:11"),
        ("question", "maandag 17 juni 2024", "Uw vraag is niet openbaar"),
    ] {
        let walk = Walk::new(&app);
        walk.go("words", &[("words", "De buurman stort puin"), ("kind", kind)], "category").await;
        walk.go("category", &[("category", "litter")], "place").await;
        if kind == "enforcement-request" {
            assert_eq!(walk.send("place", &[("address", "")], &[]).await.status, 422, "it is about a place");
        }
        // a point, so that only the kind keeps it from everybody
        walk.go("place", &[("lon", "4.668"), ("lat", "52.5105")], "contact").await;
        if kind == "question" {
            walk.go("contact", &[], "check").await;
        } else {
            let anonymous = walk.send("contact", &[("name", " ")], &[]).await;
            assert!(anonymous.status == 422 && anonymous.text.contains("href=\"#name\""), "{kind}");
            assert!(anonymous.text.contains("href=\"#postal\""), "{kind}");
            walk.go("contact", &[("name", "Ada"), ("postal", "Maerelaan 1, Heemskerk")], "check").await;
        }
        let check = walk.page("check").await.text;
        assert!(check.contains(day) && check.contains(article), "{kind}: {check}");
        assert_eq!(walk.send("check", &[], &[]).await.status, 303);
    }
    let secret = "select count(*) from signal where municipality = $1 and publication = 'none' and kind <> 'report'";
    assert_eq!(count(&app, secret).await, 3);
}
