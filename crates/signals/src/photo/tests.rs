//! Photos as strangers send them, covering, and what may go out.

mod made;

use super::decode::covered;
use super::*;
use crate::fixture;
use crate::moderation::{self, public};
use image::ImageFormat;
use kit::scan::{ScanConfig, Scanner, WhenDown};
use made::{MARK, Piece, photo};
use policy::Role;
use site::routes::Table;
use std::sync::Arc;
use testkit::{Caller, db_test, web};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// The segments of a JPEG before its data, and what comes after its end.
fn segments(jpeg: &[u8]) -> (Vec<(u8, Vec<u8>)>, Vec<u8>) {
    assert_eq!(&jpeg[..2], b"\xFF\xD8");
    let (mut at, mut found) = (2, Vec::new());
    loop {
        assert_eq!(jpeg[at], 0xFF, "a mark at {at}");
        let mark = jpeg[at + 1];
        let length = usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        found.push((mark, jpeg[at + 4..at + 2 + length].to_vec()));
        at += 2 + length;
        if mark == 0xDA {
            let end = jpeg[at..].windows(2).position(|pair| pair == [0xFF, 0xD9]).unwrap();
            return (found, jpeg[at + end + 2..].to_vec());
        }
    }
}

/// What is wrong with a picture that must hold pixels and nothing else.
fn left_over(jpeg: &[u8]) -> Option<String> {
    let has = |text: &[u8]| jpeg.windows(text.len()).any(|w| w == text);
    let texts: [&[u8]; 9] =
        [MARK, b"Exif", b"http://ns.adobe.com", b"Photoshop", b"ICC_PROFILE", b"<script", b"<?php", b"8BIM", b"MPF\0"];
    if let Some(text) = texts.into_iter().find(|text| has(text)) {
        return Some(format!("the text {}", String::from_utf8_lossy(text)));
    }
    let (found, rest) = segments(jpeg);
    // JFIF's own head, tables, frame and scan: nothing that can carry a text
    let odd = found.iter().find(|(mark, body)| match mark {
        0xE0 => !(body.starts_with(b"JFIF\0") && body.len() == 14),
        0xC0 | 0xC4 | 0xDA | 0xDB => false,
        _ => true,
    });
    match odd {
        Some((mark, _)) => Some(format!("the segment {mark:02X}")),
        None if !rest.is_empty() => Some(format!("{} bytes after the end", rest.len())),
        None => None,
    }
}

#[tokio::test]
async fn of_500_photos_with_every_kind_of_metadata_nothing_is_left() {
    let app = fixture::app(testkit::sqlite().await).await;
    let (mut left, mut bare, mut seen) = (Vec::new(), 0, std::collections::BTreeMap::new());
    for n in 0..500 {
        let made = photo(n);
        let shown = made.bytes.windows(MARK.len()).any(|w| w == MARK);
        bare += u32::from(!shown && made.pieces.iter().any(|p| *p != Piece::Compressed));
        for piece in &made.pieces {
            *seen.entry((made.kind, format!("{piece:?}"))).or_insert(0) += 1;
        }
        let ready =
            prepare(&app, made.bytes).await.unwrap_or_else(|fault| panic!("photo {n}: {fault}, {:?}", made.pieces));
        for picture in [&ready.image, &ready.thumb] {
            if let Some(what) = left_over(picture) {
                left.push(format!("photo {n} ({:?}): {what}", made.pieces));
            }
        }
        let upright = (ready.width, ready.height);
        assert_eq!(upright, made.upright, "photo {n} is turned as its orientation says: {:?}", made.pieces);
    }
    eprintln!("500 photos, {} kinds of metadata in them, {} with anything left", seen.len(), left.len());
    assert!(left.is_empty(), "{left:#?}");
    assert_eq!(bare, 0, "every photo of the set did have its metadata");
    assert!(seen.len() >= 30 && seen.values().all(|n| *n >= 20), "every kind occurs often: {seen:?}");
}

#[test]
fn the_check_itself_finds_what_is_left() {
    let plain = testing::jpeg(40, 30);
    assert_eq!(left_over(&plain), None);
    for (what, bytes) in [
        ("EXIF", testing::jpeg_with_exif(40, 30)),
        ("a comment", [&plain[..2], b"\xFF\xFE\0\x05abc", &plain[2..]].concat()),
        ("a tail", [&plain[..], b"PK"].concat()),
        ("a segment of an application", [&plain[..2], b"\xFF\xEC\0\x04ab", &plain[2..]].concat()),
    ] {
        assert!(left_over(&bytes).is_some(), "{what}");
    }
}

#[tokio::test]
async fn every_fault_has_a_sentence_in_both_languages_that_names_the_file() {
    let app = fixture::app(testkit::sqlite().await).await;
    for language in ["nl", "en"] {
        let words = app.library.words(language, app.home().unwrap().zone.clone());
        for fault in PhotoFault::ALL {
            let text = words.ta(fault.key(), &[("file", "IMG_1.HEIC".into()), ("most", "15".into())]);
            assert!(text.contains("IMG_1.HEIC") && text.len() > 40, "{fault:?}: {text}");
        }
    }
}

/// A clamd on a socket that finds a virus in files that say so.
async fn clamd() -> String {
    let door = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("tcp://{}", door.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = door.accept().await {
            let mut command = [0; 10];
            stream.read_exact(&mut command).await.unwrap();
            let mut file = Vec::new();
            while let Ok(length @ 1..) = stream.read_u32().await {
                let mut piece = vec![0; length as usize];
                stream.read_exact(&mut piece).await.unwrap();
                file.extend(piece);
            }
            let found = file.windows(9).any(|w| w == b"VIRUS-HIT");
            let answer: &[u8] = if found { b"stream: Test.Virus FOUND\0" } else { b"stream: OK\0" };
            stream.write_all(answer).await.unwrap();
        }
    });
    address
}

#[tokio::test]
async fn what_the_virus_scanner_says_decides_before_anything_is_opened() {
    let mut app = fixture::app(testkit::sqlite().await).await;
    let clean = testing::jpeg(60, 40);
    let infected = [&clean[..2], b"\xFF\xFE\0\x0BVIRUS-HIT", &clean[2..]].concat();
    let away = "tcp://127.0.0.1:1".to_owned();
    for (address, when_down, bytes, expected) in [
        (clamd().await, WhenDown::Refuse, &clean, Ok("clean")),
        (clamd().await, WhenDown::AcceptAndMark, &infected, Err(PhotoFault::Virus)),
        (away.clone(), WhenDown::Refuse, &clean, Err(PhotoFault::Scanner)),
        (away.clone(), WhenDown::AcceptAndMark, &clean, Ok("unscanned")),
        // what is no photo is not sent to the scanner at all
        (away, WhenDown::Refuse, &b"%PDF-1.7".to_vec(), Err(PhotoFault::Document)),
    ] {
        let scanner = Scanner::new(ScanConfig { address, seconds: 2, when_down }).unwrap();
        Arc::get_mut(&mut app).unwrap().scan = Some(scanner);
        let found = prepare(&app, bytes.clone()).await.map(|ready| ready.scan);
        assert_eq!(found, expected);
    }
    Arc::get_mut(&mut app).unwrap().scan = None;
    assert_eq!(prepare(&app, infected).await.unwrap().scan, "", "without a scanner nothing is said");
}

#[test]
fn covered_pixels_are_gone_from_the_picture_and_its_small_one() {
    let plain = testing::jpeg(600, 300);
    let ready = covered(&plain, &[[0.0, 0.0, 0.5, 1.0]]).unwrap();
    for (bytes, name) in [(&ready.image, "picture"), (&ready.thumb, "small picture")] {
        let picture = image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).unwrap().to_rgb8();
        let (width, height) = picture.dimensions();
        for x in 0..width / 2 - 8 {
            let pixel = picture.get_pixel(x, height / 2).0;
            assert!(pixel.iter().all(|c| (30..=50).contains(c)), "{name}: {pixel:?} at {x}");
        }
        assert!(picture.get_pixel(width - 10, height / 2).0[2] > 150, "{name}: the rest is as it was");
        assert_eq!(left_over(bytes), None);
    }
}

async fn with_photo(cx: &site::Cx, category: &str) -> (Uuid, Uuid) {
    let mut new = fixture::report(cx);
    new.category = category.into();
    let id = fixture::add(cx, new).await;
    let ready = prepare(&cx.app, testing::jpeg(120, 90)).await.unwrap();
    let photo = cx.app.clock.id();
    let mut tx = cx.write().await.unwrap();
    keep(&mut tx, &fixture::permit(cx, "signal:create"), id, photo, &ready, cx.now).await.unwrap();
    tx.commit().await.unwrap();
    (id, photo)
}

fn routes(app: &site::Shared) -> Table {
    Table::new(app)
        .get("/signals/{id}", "signal:read", crate::handle::page)
        .get("/signals/{id}/photos/{photo}", "signal:photo", show)
        .get("/signals/{id}/photos/{photo}/cover", "signal:moderate", cover_page)
        .post("/signals/{id}/photos/{photo}/cover", "signal:moderate", cover)
        .get("/public/photos/{photo}", "public:read", public_picture)
}

db_test! {
    async fn nothing_goes_out_until_somebody_says_so(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let (id, photo) = with_photo(&cx, "litter").await;
        let router = web(&app, routes(&app));
        let stranger = Caller::new(&app, &router, None);
        let moderator = Caller::new(&app, &router, Some(Role::Intake));
        let (cover, open) = (format!("/signals/{id}/photos/{photo}/cover"), format!("/public/photos/{photo}"));
        let version = async || {
            let mut tx = cx.read().await.unwrap();
            crate::handle::current(&mut tx, &fixture::permit(&cx, "signal:read"), id, None).await.unwrap().version.to_string()
        };
        let press = async |fields: &[(&str, &str)]| {
            let (request, version) = (app.clock.id().to_string(), version().await);
            let all = [fields, &[("request", request.as_str()), ("version", version.as_str())]].concat();
            moderator.form(&cover, &all).await
        };
        // a stranger sees nothing, the officer may not cover, the moderator gets the page
        assert_eq!(stranger.get(&open).await.status, 404);
        assert!(stranger.get(&cover).await.location.starts_with("/login"));
        assert_eq!(Caller::new(&app, &router, Some(Role::Officer)).get(&cover).await.status, 403);
        let page = moderator.get(&cover).await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains(r#"name="cell" value="108""#) && page.text.contains("Alleen voor medewerkers"), "{}", page.text);
        // there is nothing to release yet, and nothing was ticked
        assert_eq!(press(&[("what", "release-covered")]).await.status, 409);
        let nothing = press(&[("what", "cover"), ("areas", "")]).await;
        assert!(nothing.status == 422 && nothing.text.contains("Teken een rechthoek of kies een vak"));
        // squares by keyboard and a rectangle by hand; covered is not yet released
        assert_eq!(press(&[("what", "cover"), ("areas", "0,0,500,500"), ("cell", "1"), ("cell", "108")]).await.status, 303);
        assert_eq!(stranger.get(&open).await.status, 404);
        assert_eq!(moderator.get(&format!("/signals/{id}/photos/{photo}?size=cover")).await.status, 200);
        assert_eq!(press(&[("what", "release-covered")]).await.status, 303);
        let seen = stranger.get(&open).await;
        assert_eq!((seen.status, seen.header("content-type"), seen.header("cache-control")), (200, "image/jpeg", "no-cache"));
        let picture = image::load_from_memory(&seen.bytes).unwrap().to_rgb8();
        assert!(picture.get_pixel(20, 20).0.iter().all(|c| *c < 60), "covered");
        assert_eq!(left_over(&seen.bytes), None);
        // the public list has it, with an address that may be kept
        let permit = cx.permit("public:read", &Resource::ordinary("signal", cx.code())).unwrap();
        let desk = crate::intake::Desk::of(&cx.municipality);
        let mut tx = cx.read().await.unwrap();
        let listed = public::shown(&mut tx, &permit, &desk, &public::Asked::default()).await.unwrap();
        drop(tx);
        let kept = stranger.get(&listed[0].photos[0].href()).await;
        assert_eq!((kept.status, kept.header("cache-control")), (200, "public, max-age=3600, immutable"));
        assert_eq!(stranger.get(&listed[0].photos[0].thumb_href()).await.status, 200);
        // hidden with its report, back with it, and gone when it is withheld, covered anew or uncovered
        let act = async |act: moderation::Act<'static>| {
            let mut tx = cx.write().await.unwrap();
            moderation::act(&cx, &mut tx, &fixture::permit(&cx, "signal:moderate"), id, None, act, "").await.unwrap();
            tx.commit().await.unwrap();
        };
        act(moderation::Act::Hide).await;
        assert_eq!(stranger.get(&open).await.status, 404);
        act(moderation::Act::Show("")).await;
        assert_eq!(stranger.get(&open).await.status, 200);
        assert_eq!(press(&[("what", "withhold")]).await.status, 303);
        assert_eq!(stranger.get(&open).await.status, 404);
        assert_eq!(press(&[("what", "cover"), ("areas", "0,0,100,100"), ("release", "yes")]).await.status, 303);
        assert_eq!(stranger.get(&open).await.status, 200);
        assert_eq!(press(&[("what", "uncover")]).await.status, 303);
        assert_eq!(stranger.get(&open).await.status, 404);
        assert_eq!(press(&[("what", "release-plain")]).await.status, 303);
        assert_eq!(stranger.get(&open).await.status, 200);
        // a stale form, and the same form twice
        let request = app.clock.id().to_string();
        let stale = [("what", "withhold"), ("request", request.as_str()), ("version", "1")];
        assert_eq!(moderator.form(&cover, &stale).await.status, 409);
        let now = version().await;
        let once = [("what", "withhold"), ("request", request.as_str()), ("version", now.as_str())];
        assert_eq!(moderator.form(&cover, &once).await.status, 303);
        assert_eq!(moderator.form(&cover, &once).await.status, 303);
        assert_eq!(moderator.form(&cover, &[("what", "paint"), ("request", request.as_str()), ("version", "1")]).await.status, 400);
        // all of it stands in the history
        let history = moderator.get(&format!("/signals/{id}")).await.text;
        for line in ["Foto afgedekt en vrijgegeven", "Foto niet meer vrijgegeven", "Afgedekte foto weggegooid", "Foto vrijgegeven zoals hij is"] {
            assert!(history.contains(line), "{line}");
        }
        fixture::no_bare_keys(&history);
        let mut tx = cx.read().await.unwrap();
        let entries = kit::audit::newest(&mut tx, cx.code(), i64::MAX, 1).await.unwrap();
        assert!(entries[0].detail.contains("withheld"), "{}", entries[0].detail);
    }

    async fn a_photo_of_a_report_that_is_never_public_never_goes_to_everybody(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let secret = crate::intake::Desk::of(&cx.municipality);
        let secret = secret.catalogue.categories.iter().find(|c| !c.public).unwrap().id.clone();
        let (id, photo) = with_photo(&cx, &secret).await;
        let permit = fixture::permit(&cx, "signal:moderate");
        let mut tx = cx.write().await.unwrap();
        act(&cx, &mut tx, &permit, (id, photo), None, &Act::Release(Released::Plain), None).await.unwrap();
        tx.commit().await.unwrap();
        let router = web(&app, routes(&app));
        assert_eq!(Caller::new(&app, &router, None).get(&format!("/public/photos/{photo}")).await.status, 404);
        let mut tx = cx.read().await.unwrap();
        assert_eq!(released(&mut tx, &permit, id).await.unwrap().len(), 1, "a partner may get it");
        assert!(released_bytes(&mut tx, &permit, photo).await.unwrap().is_some());
    }
}
