//! Messages, answers, satisfaction, followers, templates and incoming mail, on both databases.

use super::token::For;
use super::*;
use crate::fixture::{self, DAY, add, coordinator, number, permit, report};
use crate::handle::{self, Change, change_state};
use crate::intake::Reporter;
use crate::model::{Kind, State};
use kit::inbox::Maildir;
use kit::jobs::{Job, Registry};
use kit::{At, Fault, Uuid, args, outbox};
use policy::Role;
use site::routes::Table;
use site::{Cx, Shared};
use testkit::{Caller, db_test, web};

const AN: &str = "an@voorbeeld.nl";

fn routes(app: &Shared) -> axum::Router {
    let table = Table::new(app)
        .get("/report/status/{token}", "report:follow", crate::report::status)
        .upload("/report/status/{token}/answer", "report:follow", answer)
        .post("/report/status/{token}/satisfaction", "report:follow", satisfaction)
        .post("/report/status/{token}/mails", "report:follow", mails)
        .get("/report/follow/{reference}", "report:follow", follow_form)
        .post("/report/follow/{reference}", "report:follow", follow)
        .get("/report/followed/{token}", "report:follow", followed)
        .post("/report/followed/{token}", "report:follow", followed_submit)
        .get("/signals/{id}", "signal:read", handle::page)
        .post("/signals/{id}/message", "signal:handle", write_free)
        .post("/signals/{id}/messages/{message}/again", "signal:handle", send_again)
        .get("/templates", "form:read", list)
        .get("/templates/{event}", "form:read", one)
        .post("/templates/{event}", "form:edit", edit);
    web(app, table)
}

fn registry() -> Registry<Shared> {
    let mut registry = Registry::default();
    registry.add(outbox::DELIVER, deliver);
    registry.add(OVERDUE, overdue);
    registry.add(FOLLOWERS, tell_followers);
    registry
}

async fn work(app: &Shared) {
    registry().run_due(&app.main, &app.clock, app).await.unwrap();
}

async fn reported(cx: &Cx) -> Uuid {
    let mut new = report(cx);
    // The same words again and again would be held as junk.
    new.words = format!("Vuilnis bij {}", cx.app.clock.id());
    new.reporter = Some(Reporter { name: "An".into(), email: AN.into(), ..Reporter::default() });
    add(cx, new).await
}

async fn change(cx: &Cx, id: Uuid, to: State, note: &str) {
    let mut tx = cx.write().await.unwrap();
    let change = Change { version: None, to, note, tell: true };
    change_state(cx, &mut tx, &permit(cx, "signal:handle"), id, &change).await.unwrap();
    tx.commit().await.unwrap();
}

async fn state(cx: &Cx, id: Uuid) -> State {
    let mut tx = cx.read().await.unwrap();
    handle::get(&mut tx, &permit(cx, "signal:read"), id).await.unwrap().unwrap().state
}

async fn messages(cx: &Cx, id: Uuid) -> Vec<store::Message> {
    let mut tx = cx.read().await.unwrap();
    let mut all = store::messages(&mut tx, &permit(cx, "signal:read"), id).await.unwrap();
    all.sort_by_key(|m| m.id);
    all
}

async fn mails_of(cx: &Cx, recipient: &str) -> Vec<(String, String)> {
    let mut tx = cx.read().await.unwrap();
    let sql = "select subject, body from outbox where recipient = $1 order by created_at, id";
    tx.all(sql, args![recipient]).await.unwrap()
}

fn later(cx: &Cx, days: i64) -> Cx {
    cx.app.clock.set(At::from_micros(cx.now.micros() + days * DAY).0);
    Cx { now: cx.app.clock.now(), ..cx.clone() }
}

async fn show(cx: &Cx, id: Uuid) -> String {
    let mut tx = cx.write().await.unwrap();
    tx.run("update signal set publication = 'shown' where id = $1", args![id]).await.unwrap();
    let (reference,): (String,) = tx.one("select reference from signal where id = $1", args![id]).await.unwrap();
    tx.commit().await.unwrap();
    reference
}

fn parts(fields: &[(&str, &str)]) -> axum::body::Body {
    let mut text = String::new();
    for (name, value) in fields {
        text.push_str(&format!("--xx\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    axum::body::Body::from(text + "--xx--\r\n")
}

async fn answered(caller: &Caller, path: &str, words: &str, request: Uuid) -> testkit::Answer {
    let body = parts(&[("words", words), ("request", &request.to_string())]);
    let request = axum::http::Request::post(format!("{path}/answer"))
        .header("content-type", "multipart/form-data; boundary=xx")
        .body(body)
        .unwrap();
    caller.send(request).await
}

db_test! {
    async fn the_status_page_opens_by_its_token_and_by_no_public_id(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let id = reported(&cx).await;
        let stranger = Caller::new(&app, &routes(&app), None);
        let path = status_path(&cx, id).unwrap();
        assert_eq!(path, status_path(&cx, id).unwrap(), "the same report gives the same link");
        assert_eq!(stranger.get(&path).await.status, 200);
        let token = path.rsplit('/').next().unwrap();
        for wrong in [
            token.replace(&token[..8], "00000000"),
            format!("{}{}", &token[..63], if token.ends_with('0') { '1' } else { '0' }),
            token[..40].to_owned(),
            format!("{token}0"),
            super::token::token(&cx, For::Follower, id).unwrap(),
            "x".into(),
        ] {
            assert_eq!(stranger.get(&format!("/report/status/{wrong}")).await.status, 404, "{wrong}");
        }
        let bare = format!("/report/status/{id}");
        for (publication, status) in [("none", 200), ("waiting", 404), ("hidden", 404), ("shown", 303)] {
            let mut tx = cx.write().await.unwrap();
            tx.run("update signal set publication = $2 where id = $1", args![id, publication]).await.unwrap();
            tx.commit().await.unwrap();
            let answer = stranger.get(&bare).await;
            assert_eq!(answer.status, status, "{publication}");
            assert!(!answer.text.contains(token), "a bare id never gives the token");
            assert_eq!(stranger.form(&format!("{bare}/mails"), &[("what", "stop")]).await.status, 404);
        }
        let mails = mails_of(&cx, AN).await;
        assert!(mails[0].1.contains(&path) && !mails[0].1.contains(&bare), "{mails:?}");
    }
    async fn each_change_says_its_own_text_and_is_in_the_log(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        for (path, events) in [
            (vec![State::InProgress, State::Planned, State::Done], vec!["in-progress", "planned", "done"]),
            (vec![State::Forwarded, State::CompletionRequested, State::Cancelled, State::Reopened],
             vec!["forwarded", "in-progress", "cancelled", "reopened"]),
            (vec![State::ReactionRequested], vec!["asked"]),
            (vec![State::Done, State::ReopenRequested, State::Done], vec!["done", "in-progress", "reopen-refused"]),
        ] {
            let id = reported(&cx).await;
            for state in path {
                change(&cx, id, state, "Uw toelichting").await;
            }
            let mut said: Vec<String> = messages(&cx, id).await.into_iter().map(|m| m.event).collect();
            let mut expected: Vec<String> = events.iter().map(|e| (*e).to_owned()).collect();
            expected.push("received".into());
            said.sort();
            expected.sort();
            assert_eq!(said, expected);
        }
        for (kind, event) in [
            (Kind::Report, "received"), (Kind::EnforcementRequest, "received-enforcement-request"),
            (Kind::Complaint, "received-complaint"), (Kind::Question, "received-question"),
        ] {
            let mut new = report(&cx);
            new.kind = kind;
            new.words = format!("Bericht van de soort {event}");
            new.reporter = Some(Reporter { email: AN.into(), ..Reporter::default() });
            let id = add(&cx, new).await;
            assert_eq!(messages(&cx, id).await[0].event, event);
        }
        for (subject, body) in mails_of(&cx, AN).await {
            assert!(!subject.contains('{') && !body.contains('{') && !body.contains("contact-"), "{subject} {body}");
            assert!(body.starts_with("Beste inwoner,\n\n") && body.ends_with("Gemeente Heemskerk"), "{body}");
        }
        work(&app).await;
        let mut tx = cx.read().await.unwrap();
        let left = number(&mut tx, "select cast(count(*) as bigint) from message where $1 = $1 and state <> 'sent'", Uuid::nil());
        assert_eq!(left.await, 0, "each is sent and the log knows");
    }
    async fn a_question_is_answered_once_or_goes_back_in_time(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let stranger = Caller::new(&app, &routes(&app), None);
        let id = reported(&cx).await;
        change(&cx, id, State::ReactionRequested, "Staat het er nog?").await;
        let path = status_path(&cx, id).unwrap();
        assert!(stranger.get(&path).await.text.contains("Staat het er nog?"));
        let empty = answered(&stranger, &path, "  ", cx.app.clock.id()).await;
        assert_eq!(empty.status, 422);
        let long = "x".repeat(2001);
        assert!(answered(&stranger, &path, &long, cx.app.clock.id()).await.text.contains(&long), "what was typed stays");
        let request = cx.app.clock.id();
        for _ in 0..2 {
            assert_eq!(answered(&stranger, &path, "Ja, achter <b>nr 4</b>", request).await.status, 303);
        }
        assert_eq!(state(&cx, id).await, State::ReactionReceived);
        assert_eq!(answered(&stranger, &path, "nog een", cx.app.clock.id()).await.status, 409);
        assert_eq!(messages(&cx, id).await.iter().filter(|m| m.event == "reaction").count(), 1);
        let page = stranger.get(&path).await.text;
        assert!(page.contains("achter &#60;b&#62;nr 4"), "{page}");

        let silent = reported(&cx).await;
        change(&cx, silent, State::ReactionRequested, "Hoe groot is het?").await;
        let cx = later(&cx, 4);
        work(&app).await;
        let said = messages(&cx, silent).await;
        assert_eq!(said.iter().filter(|m| m.event == "reminder").count(), 1);
        assert_eq!(messages(&cx, id).await.iter().filter(|m| m.event == "reminder").count(), 0, "who answered is left alone");
        assert_eq!(state(&cx, silent).await, State::ReactionRequested);
        let cx = later(&cx, 14);
        work(&app).await;
        assert_eq!(state(&cx, silent).await, State::InProgress);
    }
    async fn who_is_not_satisfied_asks_once_for_each_handling(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let stranger = Caller::new(&app, &routes(&app), None);
        let id = reported(&cx).await;
        let path = status_path(&cx, id).unwrap();
        let send = async |satisfied: &str, reason: &str, words: &str| {
            let request = cx.app.clock.id().to_string();
            let fields = [("request", request.as_str()), ("satisfied", satisfied), ("reason", reason), ("words", words)];
            stranger.form(&format!("{path}/satisfaction"), &fields).await.status
        };
        assert_eq!(send("yes", "", "").await, 409, "it is not handled yet");
        change(&cx, id, State::Done, "Klaar.").await;
        for (satisfied, reason, words) in
            [("", "", ""), ("no", "", ""), ("no", "solved", "Nee"), ("yes", "nothing", ""), ("no", "", &*"x".repeat(2001))]
        {
            assert_eq!(send(satisfied, reason, words).await, 422, "{satisfied} {reason}");
        }
        assert_eq!(send("no", "not-solved", "Het ligt er nog").await, 303);
        assert_eq!(state(&cx, id).await, State::ReopenRequested);
        change(&cx, id, State::Done, "Het is echt weg.").await;
        assert_eq!(send("no", "", "Toch niet").await, 409, "a refusal is no new chance");
        change(&cx, id, State::Reopened, "We kijken weer.").await;
        change(&cx, id, State::Done, "Klaar.").await;
        assert_eq!(send("yes", "solved", "").await, 303);
        let other = reported(&cx).await;
        change(&cx, other, State::Done, "Klaar.").await;
        let mut tx = cx.read().await.unwrap();
        let (from, to) = (At::from_micros(cx.now.micros() - DAY), At::from_micros(cx.now.micros() + DAY));
        let found = figures(&mut tx, cx.code(), from, to).await.unwrap();
        assert_eq!(found, Figures { answered: 2, satisfied: 1, closed: 2, asked: 1, reopened: 1 });
        assert_eq!((found.satisfied_share(), found.reopen_rate()), (Some(0.5), Some(0.5)));
        assert_eq!(Figures::default().reopen_rate(), None);
        drop(tx);
        let late = later(&cx, 15);
        let other_path = status_path(&late, other).unwrap();
        let request = late.app.clock.id().to_string();
        let fields = [("request", request.as_str()), ("satisfied", "yes")];
        assert_eq!(stranger.form(&format!("{other_path}/satisfaction"), &fields).await.status, 409, "too late");
    }
    async fn a_follower_confirms_reads_only_what_is_public_and_stops(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let stranger = Caller::new(&app, &routes(&app), None);
        let id = reported(&cx).await;
        let mut tx = cx.write().await.unwrap();
        tx.run("update signal set publication = 'waiting' where id = $1", args![id]).await.unwrap();
        let (hidden,): (String,) = tx.one("select reference from signal where id = $1", args![id]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(stranger.get(&format!("/report/follow/{hidden}")).await.status, 404);
        let path = format!("/report/follow/{}", show(&cx, id).await);
        assert_eq!(stranger.get(&path).await.status, 200);
        let send = async |email: &str| {
            let request = cx.app.clock.id().to_string();
            stranger.form(&path, &[("request", request.as_str()), ("email", email)]).await.status
        };
        for wrong in ["", "an", "an@", "@x.nl", "a b@x.nl", "an@localhost"] {
            assert_eq!(send(wrong).await, 422, "{wrong}");
        }
        assert_eq!(send("Bo@Voorbeeld.nl").await, 200);
        let asked = mails_of(&cx, "bo@voorbeeld.nl").await;
        let link = asked[0].1.lines().find(|l| l.starts_with("http")).unwrap().replace(&app.public_url, "");
        change(&cx, id, State::InProgress, "geheime toelichting").await;
        work(&app).await;
        assert!(mails_of(&cx, "bo@voorbeeld.nl").await.is_empty(), "nothing before the address is confirmed");
        assert!(stranger.get(&link).await.text.contains("value=\"confirm\""), "opening the link confirms nothing");
        assert_eq!(stranger.form(&link, &[("what", "confirm")]).await.status, 200);
        change(&cx, id, State::Done, "geheime toelichting").await;
        let folder = "select subject, body, unsubscribe from outbox where recipient = $1";
        registry_followers(&app).await;
        let mut tx = cx.read().await.unwrap();
        let news: Vec<(String, String, String)> = tx.all(folder, args!["bo@voorbeeld.nl"]).await.unwrap();
        drop(tx);
        assert_eq!(news.len(), 1);
        let (_, body, unsubscribe) = &news[0];
        assert!(body.contains("Afgehandeld") && body.contains(&link), "{body}");
        assert!(!body.contains("geheime") && !body.contains("/report/status/"), "{body}");
        assert!(unsubscribe.ends_with(&link));
        assert_eq!(stranger.form(&link, &[("what", "stop")]).await.status, 200);
        work(&app).await;
        change(&cx, id, State::Reopened, "weer").await;
        registry_followers(&app).await;
        assert!(mails_of(&cx, "bo@voorbeeld.nl").await.is_empty());

        for n in 0..12 {
            assert_eq!(send("flood@voorbeeld.nl").await, if n < 10 { 200 } else { 429 }, "{n}");
        }
        let permit = permit(&cx, "signal:handle");
        let mut tx = cx.write().await.unwrap();
        let traces = crate::subject::traces(&mut tx, &permit, "BO@voorbeeld.nl").await.unwrap();
        assert_eq!(traces.len(), 1);
        let before = At::from_micros(cx.now.micros() + 1);
        assert_eq!(crate::retention::FOLLOWER.go(&mut tx, cx.code(), before, 10).await.unwrap(), 2, "stopped, unconfirmed");
        assert_eq!(crate::retention::FOLLOWER.total(&mut tx, cx.code()).await.unwrap(), 0);
    }
    async fn a_template_is_checked_shown_kept_and_restored(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let router = routes(&app);
        let caller = Caller::new(&app, &router, Some(Role::Coordinator));
        assert_eq!(Caller::new(&app, &router, Some(Role::Officer)).get("/templates").await.status, 403);
        for language in ["nl", "en"] {
            for event in Event::ALL {
                let page = caller.get(&format!("/templates/{event}?language={language}")).await;
                assert_eq!(page.status, 200, "{event}");
                assert!(page.text.contains("{ $link }"), "{event}");
            }
        }
        let all = caller.get("/templates").await;
        fixture::no_bare_keys(&all.text);
        assert_eq!(caller.get("/templates/nothing").await.status, 404);
        assert_eq!(caller.get("/templates/done?category=nothing").await.status, 404);
        let send = async |what: &str, version: &str, category: &str, subject: &str, body: &str| {
            let request = cx.app.clock.id().to_string();
            let fields = [("request", request.as_str()), ("version", version), ("language", "nl"),
                ("category", category), ("subject", subject), ("body", body), ("what", what)];
            caller.form("/templates/done", &fields).await
        };
        for (subject, body, says) in [
            ("", "tekst", "Vul een tekst in"), ("x", "", "Vul een tekst in"), ("x", "{ $naam }", "naam bestaat niet"),
            ("x", "een\ntwee { ", "Regel 2"), ("{ $reference", "x", "Regel 1"), (&*"x".repeat(151), "x", "hoogstens 150"),
        ] {
            let answer = send("save", "0", "", subject, body).await;
            assert_eq!(answer.status, 422, "{subject} {body}");
            assert!(answer.text.contains(says), "{says}");
        }
        let preview = send("preview", "0", "", "Klaar: { $reference }", "<b>{ $note }</b>").await.text;
        assert!(preview.contains("Klaar: 7K2M-9QXP") && preview.contains("&#60;b&#62;De container is geleegd"), "{preview}");
        let said = async |id: Uuid| messages(&cx, id).await.into_iter().find(|m| m.event == "done").unwrap().subject;
        for (what, version, category, subject, expected) in [
            ("save", "0", "", "Voor allen { $reference }", "Voor allen"),
            ("save", "0", "household-waste", "Voor afval", "Voor afval"),
            ("restore", "1", "household-waste", "", "Voor allen"),
            ("restore", "1", "", "", "Uw melding"),
        ] {
            assert_eq!(send(what, version, category, subject, "Tekst { $link }").await.status, 303);
            assert_eq!(send(what, version, category, subject, "Tekst").await.status, 409, "somebody else was first");
            let id = reported(&cx).await;
            change(&cx, id, State::Done, "Klaar.").await;
            let subject = said(id).await;
            assert!(subject.starts_with(expected), "{subject}");
        }
        assert!(caller.get("/templates/done?language=nl").await.text.contains("Voor allen"), "the history stays");
    }
    async fn staff_write_freely_and_a_reporter_may_want_no_mails(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let router = routes(&app);
        let (caller, stranger) =
            (Caller::new(&app, &router, Some(Role::Coordinator)), Caller::new(&app, &router, None));
        let id = reported(&cx).await;
        let send = async |id: Uuid, text: &str, request: &str| {
            let fields = [("request", request), ("version", "1"), ("what", "message"), ("message", text)];
            caller.form(&format!("/signals/{id}/message"), &fields).await
        };
        let request = cx.app.clock.id().to_string();
        assert_eq!(send(id, "", &request).await.status, 422);
        for _ in 0..2 {
            assert_eq!(send(id, "Wij bellen u morgen.", &request).await.status, 303);
        }
        assert_eq!(mails_of(&cx, AN).await.len(), 2);
        let page = caller.get(&format!("/signals/{id}")).await.text;
        assert!(page.contains("Wij bellen u morgen."));
        let path = status_path(&cx, id).unwrap();
        assert!(stranger.get(&path).await.text.contains("Wij bellen u morgen."));
        assert_eq!(stranger.form(&format!("{path}/mails"), &[("what", "stop")]).await.status, 303);
        change(&cx, id, State::Done, "Klaar.").await;
        assert_eq!(mails_of(&cx, AN).await.len(), 2);
        assert_eq!(send(id, "Nog iets", &cx.app.clock.id().to_string()).await.status, 409);
        let quiet = add(&cx, report(&cx)).await;
        let answer = send(quiet, "Hallo", &cx.app.clock.id().to_string()).await;
        assert_eq!(answer.status, 409);
        let mut tx = cx.write().await.unwrap();
        let permit = permit(&cx, "signal:handle");
        crate::subject::erase(&cx, &mut tx, &permit, id).await.unwrap();
        tx.commit().await.unwrap();
        assert!(messages(&cx, id).await.iter().all(|m| m.body.is_empty() && m.subject.is_empty()));
    }
    async fn bounces_answers_and_strangers_mails_find_their_place(db) {
        let app = fixture::app_with(db, |m| {
            m.put(Maildir::open(&testkit::folder(), 1).unwrap());
        }).await;
        let cx = coordinator(&app);
        let dir = app.home().unwrap().get::<Maildir>();
        let id = reported(&cx).await;
        change(&cx, id, State::ReactionRequested, "Waar precies?").await;
        work(&app).await;
        let said = messages(&cx, id).await;
        let message = said.iter().find(|m| m.event == "asked").unwrap().id;
        let confirmation = said.iter().find(|m| m.event == "received").unwrap().id;
        let ours = app.post.message_id(message);
        let mail = |n: u32, from: &str, extra: &str, text: &str| {
            let text = format!("From: {from}\nSubject: Re\nMessage-ID: <m{n}@x>\n{extra}\n\n{text}\n");
            std::fs::write(dir.folder().join(format!("new/{n}")), text).unwrap();
        };
        let read = async || {
            let job = Job { id: Uuid::nil(), municipality: cx.code().into(), name: READ_INBOX.into(), payload: "{}".into(),
                attempts: 1, vault: "main" };
            read_inbox(app.clone(), job).await.unwrap();
            assert!(dir.waiting(10).unwrap().is_empty());
        };
        mail(1, "vreemd@x.nl", &format!("In-Reply-To: <{ours}>"), "Ik ben de melder niet");
        mail(2, AN, "Auto-Submitted: auto-replied\nIn-Reply-To: <x@y>", "Ik ben afwezig");
        mail(3, "nieuw@x.nl", "X-Test: 1", "Er ligt afval");
        mail(3, "nieuw@x.nl", "X-Test: 1", "Er ligt afval");
        mail(4, &app.post.address(), "X-Test: 1", "lus");
        std::fs::write(dir.folder().join("new/5"), vec![b'a'; 2 << 20]).unwrap();
        std::fs::write(dir.folder().join("new/6"), b"").unwrap();
        std::fs::write(dir.folder().join("new/7"), b"Subject: geen afzender\n\nx").unwrap();
        read().await;
        assert_eq!(state(&cx, id).await, State::ReactionRequested);
        let permit = permit(&cx, "signal:handle");
        let mut tx = cx.read().await.unwrap();
        let waiting = incoming(&mut tx, &permit, 10).await.unwrap();
        drop(tx);
        // they came at the same moment: no order between them
        let by = |sender: &str| waiting.iter().find(|m| m.sender == sender).unwrap().id;
        assert_eq!(waiting.len(), 2);
        mail(8, AN, &format!("In-Reply-To: <{ours}>"), "Achter de school.\n\nOp maandag schreef:\n> Waar precies?");
        read().await;
        mail(8, AN, &format!("In-Reply-To: <{ours}>"), "Achter de school.");
        let bounce = format!(
            "From: MAILER-DAEMON@x\nMessage-ID: <b@x>\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary=\"x\"\n\n--x\n\
             Content-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n\n--x\n\
             Content-Type: text/rfc822-headers\n\nMessage-ID: <{}>\n\n--x--\n", app.post.message_id(confirmation));
        std::fs::write(dir.folder().join("new/9"), bounce).unwrap();
        read().await;
        assert_eq!(state(&cx, id).await, State::ReactionReceived);
        let said = messages(&cx, id).await;
        let reactions: Vec<_> = said.iter().filter(|m| m.event == "reaction").map(|m| m.body.as_str()).collect();
        assert_eq!(reactions, ["Achter de school."]);
        let confirmation = said.iter().find(|m| m.id == confirmation).unwrap();
        assert_eq!((confirmation.state.as_str(), confirmation.answer.as_str()), ("bounced", "5.1.1"));

        let mut tx = cx.write().await.unwrap();
        let (taken, files) = take_incoming(&mut tx, &permit, by("nieuw@x.nl"), id).await.unwrap();
        assert_eq!((taken.body.trim(), files.len()), ("Er ligt afval", 0));
        assert!(matches!(take_incoming(&mut tx, &permit, by("nieuw@x.nl"), id).await, Err(Fault::NotFound)));
        drop_incoming(&mut tx, &permit, by("vreemd@x.nl")).await.unwrap();
        assert!(incoming(&mut tx, &permit, 10).await.unwrap().is_empty());
        tx.commit().await.unwrap();
        for n in 0..25 {
            mail(100 + n, "flood@x.nl", "X-Test: 1", "koop nu");
        }
        read().await;
        let mut tx = cx.read().await.unwrap();
        assert_eq!(incoming(&mut tx, &permit, 100).await.unwrap().len(), 20);
    }
}

/// Runs only what tells followers, so that the mails still lie in the outbox.
async fn registry_followers(app: &Shared) {
    let mut tx = app.main.write().await.unwrap();
    let jobs: Vec<(Uuid, String, String)> =
        tx.all("select id, municipality, payload from job where name = $1", args![FOLLOWERS]).await.unwrap();
    tx.run("delete from job where name = $1", args![FOLLOWERS]).await.unwrap();
    tx.commit().await.unwrap();
    for (id, municipality, payload) in jobs {
        let job = Job { id, municipality, name: FOLLOWERS.into(), payload, attempts: 1, vault: "main" };
        tell_followers(app.clone(), job.clone()).await.unwrap();
        tell_followers(app.clone(), job).await.unwrap();
    }
}
