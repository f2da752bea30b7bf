//! The editor by its pages: draft, preview, publication, versions, and forms that are wrong, stale or sent twice.

use super::*;
use crate::category::questions;
use crate::fixture;
use policy::Role;
use site::routes::Table;
use testkit::{Answer, Caller};

fn table(app: &site::Shared) -> Table {
    Table::new(app)
        .get("/forms", "form:read", list)
        .get("/forms/{category}", "form:read", page)
        .get("/forms/{category}/preview", "form:read", preview)
        .post("/forms/{category}/arrange", "form:edit", arrange)
        .post("/forms/{category}/publish", "form:edit", publish)
        .get("/forms/{category}/questions/{id}", "form:edit", question)
        .post("/forms/{category}/questions/{id}", "form:edit", question_save)
        .get("/forms/{category}/stops/{id}", "form:edit", stop)
        .post("/forms/{category}/stops/{id}", "form:edit", stop_save)
        .post("/forms/{category}/stops/{id}/end", "form:edit", stop_end)
}

struct Editor {
    app: site::Shared,
    caller: Caller,
}

impl Editor {
    fn of(app: &site::Shared, role: Role) -> Self {
        let router = testkit::web(app, table(app));
        Self { app: app.clone(), caller: Caller::new(app, &router, Some(role)) }
    }

    /// Sends a form with a new request id.
    async fn send(&self, path: &str, version: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.app.clock.id().to_string();
        let stamp = [("request", request.as_str()), ("version", version)];
        self.caller.form(&format!("/forms/dog-mess{path}"), &[&stamp, fields].concat()).await
    }

    async fn page(&self) -> String {
        let answer = self.caller.get("/forms/dog-mess").await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        fixture::no_bare_keys(&answer.text);
        assert!(!answer.text.contains(">category-"), "bare key");
        answer.text
    }

    async fn asked(&self) -> questions::Form {
        let mut tx = self.app.main.read().await.unwrap();
        questions::asked(&mut tx, self.app.home().unwrap().code(), "dog-mess").await.unwrap()
    }
}

const COLOUR: [(&str, &str); 5] = [
    ("label-nl", "Welke kleur?"),
    ("label-en", "Which colour?"),
    ("kind", "choice"),
    ("options-nl", "Rood\r\nBlauw"),
    ("options-en", "Red\nBlue"),
];

testkit::db_test! {
    async fn questions_are_made_tried_published_and_taken_up_again(db) {
        let app = fixture::app(db).await;
        let editor = Editor::of(&app, Role::Administrator);
        assert_eq!(editor.send("/questions/new", "0", &COLOUR).await.status, 303);
        let why = [("label-nl", "Waarom?"), ("kind", "text"), ("required", "yes"), ("when", "welke-kleur=rood"), ("most", "10")];
        assert_eq!(editor.send("/questions/new", "1", &why).await.status, 303);
        // Residents see nothing yet; the preview shows and checks it, and keeps nothing.
        assert_eq!(editor.asked().await.number, 0);
        let preview = editor.caller.get("/forms/dog-mess/preview").await;
        for part in ["answer-welke-kleur", "data-when=\"answer-welke-kleur\"", "Alleen als u bij ‘Welke kleur?’ ‘Rood’ kiest."] {
            assert!(preview.text.contains(part), "{part}: {}", preview.text);
        }
        for (query, status, part) in [
            ("try=yes&answer-welke-kleur=rood", 422, "Vul een antwoord in bij ‘Waarom?’"),
            ("try=yes&answer-welke-kleur=rood&answer-waarom=veel+te+lange+tekst", 422, "hoogstens 10 tekens"),
            ("try=yes&answer-welke-kleur=blauw", 200, "Alles is goed ingevuld"),
        ] {
            let tried = editor.caller.get(&format!("/forms/dog-mess/preview?{query}")).await;
            assert_eq!(tried.status, status, "{query}");
            assert!(tried.text.contains(part), "{query}: {}", tried.text);
        }
        assert!(editor.page().await.contains("Er zijn wijzigingen"));
        assert_eq!(editor.send("/publish", "2", &[("what", "publish")]).await.status, 303);
        let first = editor.asked().await;
        assert_eq!((first.number, first.questions.len()), (1, 2));
        // Nothing new: refused with a sentence.
        assert_eq!(editor.send("/publish", "3", &[("what", "publish")]).await.status, 409);
        // A mended label keeps its option; a condition that would hang in the air is refused, with what was typed.
        let mended = [("label-nl", "Welke kleur?"), ("kind", "choice"), ("options-nl", "Roodbruin\nBlauw")];
        assert_eq!(editor.send("/questions/welke-kleur", "3", &mended).await.status, 303);
        let gone = [("label-nl", "Welke kleur dan?"), ("kind", "choice"), ("options-nl", "Geel\nGroen\nPaars")];
        let refused = editor.send("/questions/welke-kleur", "4", &gone).await;
        assert_eq!(refused.status, 409);
        assert!(refused.text.contains("Paars") && refused.text.contains("latere vraag"), "{}", refused.text);
        assert_eq!(editor.send("/arrange", "4", &[("question", "welke-kleur"), ("to", "away")]).await.status, 409);
        assert_eq!(editor.send("/arrange", "4", &[("question", "waarom"), ("to", "up")]).await.status, 409);
        assert_eq!(editor.send("/arrange", "4", &[("question", "waarom"), ("to", "away")]).await.status, 303);
        assert_eq!(editor.send("/publish", "5", &[("what", "publish")]).await.status, 303);
        let second = editor.asked().await;
        assert_eq!((second.number, second.questions.len()), (2, 1));
        assert_eq!(second.questions[0].options[0].id, "rood");
        assert_eq!(second.questions[0].options[0].label.get("nl"), "Roodbruin");
        // The first version again, and published as the third.
        assert_eq!(editor.send("/publish", "6", &[("what", "take-up"), ("number", "1")]).await.status, 303);
        assert_eq!(editor.send("/publish", "7", &[("what", "publish")]).await.status, 303);
        let third = editor.asked().await;
        assert_eq!((third.number, third.questions), (3, first.questions));
        assert!(editor.page().await.contains("Versie 3"));
        assert!(editor.caller.get("/forms").await.text.contains("2 vragen"));
        let mut tx = app.main.read().await.unwrap();
        let audit = kit::audit::newest(&mut tx, app.home().unwrap().code(), i64::MAX, 20).await.unwrap();
        assert_eq!(audit.iter().filter(|e| e.detail.contains("\"published\"")).count(), 3);
    }

    async fn wrong_stale_and_repeated_forms_change_nothing(db) {
        let app = fixture::app(db).await;
        let editor = Editor::of(&app, Role::Coordinator);
        for (name, fields, field) in [
            ("no label", &[("kind", "text")][..], "label-nl"),
            ("no kind", &[("label-nl", "Wat?"), ("kind", "place")], "kind"),
            ("one option", &[("label-nl", "Wat?"), ("kind", "choice"), ("options-nl", "A")], "options-nl"),
            ("twice", &[("label-nl", "Wat?"), ("kind", "choice"), ("options-nl", "A\nA")], "options-nl"),
            ("lines", &[("label-nl", "Wat?"), ("kind", "choice"), ("options-nl", "A\nB"), ("options-en", "A")], "options-en"),
            ("bounds", &[("label-nl", "Wat?"), ("kind", "number"), ("least", "5"), ("most", "4")], "most"),
            ("bound", &[("label-nl", "Wat?"), ("kind", "text"), ("least", "1,5")], "least"),
            ("when", &[("label-nl", "Wat?"), ("kind", "text"), ("when", "niets=ja")], "when"),
        ] {
            let answer = editor.send("/questions/new", "0", fields).await;
            assert_eq!(answer.status, 422, "{name}");
            assert!(answer.text.contains(&format!("href=\"#{field}\"")), "{name}: {}", answer.text);
            assert!(name == "no label" || answer.text.contains("Wat?"), "{name} lost what was typed");
        }
        let request = app.clock.id().to_string();
        let mut sent = vec![("request", request.as_str()), ("version", "0")];
        sent.extend(COLOUR);
        for _ in 0..2 {
            assert_eq!(editor.caller.form("/forms/dog-mess/questions/new", &sent).await.status, 303);
        }
        assert_eq!(editor.page().await.matches("Welke kleur?</h3>").count(), 1);
        let stale = editor.send("/questions/new", "0", &[("label-nl", "Te laat"), ("kind", "text")]).await;
        assert_eq!(stale.status, 409);
        assert!(stale.text.contains("Te laat") && stale.text.contains("Iemand anders"));
        assert_eq!(editor.send("/questions/nergens", "1", &COLOUR).await.status, 404);
        assert_eq!(editor.caller.get("/forms/geen-categorie").await.status, 404);
        let form = editor.caller.get("/forms/dog-mess/questions/welke-kleur").await;
        assert!(form.text.contains("Rood\nBlauw") && form.text.contains("Red\nBlue"), "{}", form.text);
    }

    async fn only_who_may_sees_and_changes(db) {
        let app = fixture::app(db).await;
        for (role, read) in [(Role::Intake, false), (Role::Coordinator, true), (Role::Administrator, true)] {
            let editor = Editor::of(&app, role);
            assert_eq!(editor.caller.get("/forms").await.status, if read { 200 } else { 403 }, "{role:?}");
        }
        let editor = Editor::of(&app, Role::Intake);
        assert_eq!(editor.send("/questions/new", "0", &COLOUR).await.status, 403);
        assert_eq!(editor.send("/stops/new", "0", &[("message-nl", "x")]).await.status, 403);
    }

    async fn a_stop_is_set_changed_and_ended_on_the_same_page(db) {
        let app = fixture::app(db).await;
        let editor = Editor::of(&app, Role::Coordinator);
        assert_eq!(editor.caller.get("/forms/dog-mess/stops/new").await.status, 200);
        let wrong = editor.send("/stops/new", "0", &[("message-nl", "Even niet"), ("from", "morgen")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("Even niet") && wrong.text.contains("href=\"#from\""), "{}", wrong.text);
        let fields = [("message-nl", "Even niet"), ("from", "2024-06-03T10:00"), ("until", "2024-06-04 10:00")];
        assert_eq!(editor.send("/stops/new", "0", &fields).await.status, 303);
        let page = editor.page().await;
        assert!(page.contains("Even niet") && page.contains("Gestopt"), "{page}");
        let href = page.split("href=\"/forms/dog-mess").find_map(|p| p.strip_prefix("/stops/")).unwrap();
        let path = format!("/stops/{}", href.split('"').next().unwrap());
        let open = [("message-nl", "Tot nader bericht"), ("from", "2024-06-03T10:00")];
        assert_eq!(editor.send(&path, "1", &open).await.status, 303);
        assert_eq!(editor.send(&path, "1", &open).await.status, 409);
        assert!(editor.page().await.contains("Tot nader bericht"));
        assert_eq!(editor.send(&format!("{path}/end"), "2", &[]).await.status, 303);
        assert!(editor.page().await.contains("Voorbij"));
    }
}
