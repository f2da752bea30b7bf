//! Who hears a spoken note, how it is played, and how it leaves.

use super::*;
use crate::fixture;
use crate::model::Channel;
use axum::body::Body;
use axum::http::Request;
use kit::args;
use kit::scan::{ScanConfig, Scanner, WhenDown};
use policy::Role;
use site::routes::Table;
use std::sync::Arc;
use testkit::{Answer, Caller, db_test, web};

/// What stands for a recording: 200 bytes that begin as WebM with Opus.
fn recording() -> Vec<u8> {
    let mut bytes = b"\x1A\x45\xDF\xA3\x9fB\x82\x84webmA_OPUS".to_vec();
    bytes.resize(200, 7);
    bytes
}

fn routes(app: &site::Shared) -> Table {
    Table::new(app)
        .get("/signals/{id}", "signal:read", crate::handle::page)
        .get("/signals/{id}/voice/{voice}", "signal:photo", show)
        .post("/signals/{id}/voice/{voice}/remove", "signal:handle", remove)
}

/// An officer's observation with a spoken note.
async fn spoken(cx: &Cx) -> VoiceRef {
    let account = cx.app.clock.id();
    let new = fixture::report(cx);
    let id = fixture::add(cx, intake_of_officer(new)).await;
    let ready = prepare(&cx.app, recording()).await.unwrap();
    let permit = fixture::permit(cx, "signal:create");
    let voice = cx.app.clock.id();
    let mut tx = cx.write().await.unwrap();
    tx.run(
        "insert into account (municipality, id, username, name, role, password_hash, active, created_at)
         values ($1, $2, 'daan', 'Daan Kuiper', 'officer', '', $3, 0)",
        args![cx.code(), account, true],
    )
    .await
    .unwrap();
    for (note, is_kept) in [(voice, true), (cx.app.clock.id(), false), (voice, true)] {
        assert_eq!(keep(&mut tx, &permit, (id, note), (account, cx.now), &ready).await.unwrap(), is_kept, "one each");
    }
    tx.commit().await.unwrap();
    let mut tx = cx.read().await.unwrap();
    let note = store::of(&mut tx, &permit, id).await.unwrap().unwrap();
    assert_eq!((note.id, note.officer.as_str(), note.at), (voice, "Daan Kuiper", cx.now));
    note
}

fn intake_of_officer(new: crate::intake::NewSignal) -> crate::intake::NewSignal {
    crate::intake::NewSignal { channel: Channel::Officer, source: Source::Officer, ..new }
}

async fn part(caller: &Caller, note: &VoiceRef, range: &str) -> Answer {
    caller.send(Request::get(note.href()).header("range", range).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn what_is_no_note_or_has_a_virus_is_refused_and_said() {
    let mut app = fixture::app(testkit::sqlite().await).await;
    let big = [recording(), vec![0; MOST_MEGABYTES << 20]].concat();
    for (bytes, fault) in [
        (vec![], VoiceFault::Empty),
        (big, VoiceFault::Large),
        (b"<script>webm A_OPUS</script>".to_vec(), VoiceFault::Kind),
    ] {
        assert_eq!(prepare(&app, bytes).await.unwrap_err(), fault);
    }
    for (when_down, expected) in
        [(WhenDown::Refuse, Err(VoiceFault::Scanner)), (WhenDown::AcceptAndMark, Ok("unscanned"))]
    {
        let config = ScanConfig { address: "tcp://127.0.0.1:1".into(), seconds: 2, when_down };
        Arc::get_mut(&mut app).unwrap().scan = Some(Scanner::new(config).unwrap());
        assert_eq!(prepare(&app, recording()).await.map(|ready| ready.scan), expected);
    }
    for language in ["nl", "en"] {
        let words = app.library.words(language, app.home().unwrap().zone.clone());
        for fault in VoiceFault::ALL {
            let text = words.ta(fault.key(), &[("most", MOST_MEGABYTES.into())]);
            assert!(text.len() > 40 && !text.contains("voice-"), "{fault:?}: {text}");
        }
    }
}

db_test! {
    async fn only_those_who_see_the_photos_hear_it_whole_or_in_parts(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let note = spoken(&cx).await;
        let router = web(&app, routes(&app));
        let door = note.href();
        assert!(Caller::new(&app, &router, None).get(&door).await.location.starts_with("/login"));
        for (role, status) in [
            (Role::Officer, 200), (Role::Intake, 200), (Role::Coordinator, 200), (Role::Adviser, 200),
            (Role::CouncilMember, 403), (Role::PrivacyOfficer, 403),
        ] {
            assert_eq!(Caller::new(&app, &router, Some(role)).get(&door).await.status, status, "{role}");
        }
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let whole = desk.get(&door).await;
        assert_eq!(whole.bytes, recording());
        for (name, value) in [
            ("content-type", "audio/webm"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "private, no-store"),
            ("accept-ranges", "bytes"),
            ("content-disposition", &format!("inline; filename=\"{}.webm\"", note.id)),
        ] {
            assert_eq!(whole.header(name), value);
        }
        assert!(whole.header("content-security-policy").starts_with("default-src 'none'"));
        for (range, status, bytes, told) in [
            ("bytes=0-1", 206, &recording()[..2], "bytes 0-1/200"),
            ("bytes=190-", 206, &recording()[190..], "bytes 190-199/200"),
            ("bytes=-4", 206, &recording()[196..], "bytes 196-199/200"),
            ("bytes=0-1,4-5", 200, &recording()[..], ""),
            ("bytes=200-", 416, &[], "bytes */200"),
        ] {
            let answer = part(&desk, &note, range).await;
            assert_eq!((answer.status, &answer.bytes[..], answer.header("content-range")), (status, bytes, told), "{range}");
        }
        let elsewhere = format!("/signals/{}/voice/{}", app.clock.id(), note.id);
        assert_eq!(desk.get(&elsewhere).await.status, 404, "only with its own report");

        let page = desk.get(&format!("/signals/{}", note.signal_id)).await;
        assert!(page.text.contains(&format!("<audio controls preload=\"none\" src=\"{door}\"")), "{}", page.text);
        assert!(page.text.contains("Gesproken notitie van Daan Kuiper"), "{}", page.text);
        assert!(page.header("content-security-policy").ends_with("; media-src 'self'"), "it may be played");
        assert!(page.header("permissions-policy").contains("microphone=()"), "and not recorded");
        // a report of a resident has none
        let other = fixture::add(&cx, fixture::report(&cx)).await;
        assert!(!desk.get(&format!("/signals/{other}")).await.text.contains("<audio"));
    }

    async fn who_handles_the_report_can_destroy_it_and_the_words_stay(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let note = spoken(&cx).await;
        let router = web(&app, routes(&app));
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let door = format!("{}/remove", note.href());
        let request = app.clock.id().to_string();
        let form = |version: &'static str| [("request", request.as_str()), ("version", version)];
        assert_eq!(Caller::new(&app, &router, Some(Role::CouncilMember)).form(&door, &form("1")).await.status, 403);
        assert_eq!(desk.form(&door, &[("request", ""), ("version", "1")]).await.status, 400);
        assert_eq!(desk.form(&door, &form("7")).await.status, 409, "somebody changed the report meanwhile");
        assert_eq!(desk.get(&note.href()).await.status, 200);
        for _ in 0..2 {
            assert_eq!(desk.form(&door, &form("1")).await.status, 303);
        }
        assert_eq!(desk.get(&note.href()).await.status, 404);
        let page = desk.get(&format!("/signals/{}", note.signal_id)).await.text;
        assert_eq!(page.matches("Gesproken notitie verwijderd").count(), 1, "once in the history: {page}");
        assert!(page.contains("Vuilniszakken") && !page.contains("<audio") && !page.contains(">voice-"));
        let mut tx = cx.read().await.unwrap();
        let entries = kit::audit::newest(&mut tx, cx.code(), i64::MAX, 1).await.unwrap();
        assert!(entries[0].detail.contains("removed"), "{}", entries[0].detail);
    }
}
