//! What may be shown, to whom, by whom; floods and junk. On both databases.

use super::junk::{self, Mail, Sieve, Sign, batch};
use super::public::{self, Asked};
use super::*;
use crate::fixture::{self, DAY};
use crate::handle::Edit;
use crate::intake::{self, NewSignal, Reporter};
use crate::model::{Channel, State};
use kit::{args, throttle};
use policy::{Resource, Role};
use site::routes::Table;
use std::time::Instant;
use testkit::{Caller, db_test, web};

fn open(cx: &Cx) -> Permit {
    cx.permit("public:read", &Resource::ordinary("signal", cx.code())).unwrap()
}

async fn references(cx: &Cx, asked: &Asked<'_>) -> Vec<String> {
    let mut tx = cx.read().await.unwrap();
    let found = public::shown(&mut tx, &open(cx), &Desk::of(&cx.municipality), asked).await.unwrap();
    found.into_iter().map(|s| s.reference).collect()
}

async fn decide(cx: &Cx, id: Uuid, what: Act<'_>) -> Result<(), Fault> {
    let mut tx = cx.write().await.unwrap();
    act(cx, &mut tx, &fixture::permit(cx, "signal:moderate"), id, None, what, "nagekeken").await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn now(cx: &Cx, id: Uuid) -> crate::handle::Signal {
    let mut tx = cx.read().await.unwrap();
    crate::handle::current(&mut tx, &fixture::permit(cx, "signal:read"), id, None).await.unwrap()
}

fn routes(app: &site::Shared) -> Table {
    Table::new(app)
        .get("/signals/{id}", "signal:read", crate::handle::page)
        .post("/signals/{id}/edit", "signal:handle", crate::handle::edit)
        .get("/moderation", "signal:moderate", list)
        .post("/moderation", "signal:moderate", submit)
        .get("/moderation/junk", "signal:moderate", junk::page)
        .post("/moderation/junk", "signal:moderate", junk::put_aside_form)
        .post("/moderation/junk/{batch}/undo", "signal:moderate", junk::undo_form)
}

db_test! {
    // Nuisance by persons and groups, and all else that the catalogue does not open, by every role and every act.
    async fn no_role_and_no_act_shows_what_is_not_public(db) {
        let app = fixture::app(db).await;
        let mut cx = fixture::coordinator(&app);
        let desk = Desk::of(&cx.municipality);
        let router = web(&app, routes(&app));
        let (mut refused, mut done) = (0, 0);
        for category in desk.catalogue.categories.clone() {
            // what looks as public as can be but for its category
            let mut new = fixture::report(&cx);
            new.category = category.id.clone();
            let id = fixture::add(&cx, new).await;
            let reference = now(&cx, id).await.reference;
            for role in Role::ALL.iter().map(|r| Some(*r)).chain([None]) {
                let caller = Caller::new(&app, &router, role);
                for word in ["show", "show-words", "hide", "wait", "clear"] {
                    cx.now = At::from_micros(cx.now.micros() + 1);
                    let version = now(&cx, id).await.version.to_string();
                    let (id, request) = (id.to_string(), app.clock.id().to_string());
                    let form = [("id", id.as_str()), ("request", request.as_str()), ("version", version.as_str()),
                        ("act", word), ("public_words", "tekst")];
                    let status = caller.form("/moderation", &form).await.status;
                    let may = matches!(role, Some(Role::Intake | Role::Coordinator));
                    match status {
                        303 if may => done += 1,
                        401 | 403 if !may => refused += 1,
                        409 if may && !category.public => refused += 1,
                        other => panic!("{} {word} by {role:?}: {other}", category.id),
                    }
                    let signal = now(&cx, Uuid::try_parse(&id).unwrap()).await;
                    if !category.public {
                        assert_eq!(signal.publication, Publication::Private, "{} {word} by {role:?}", category.id);
                        assert!(!references(&cx, &Asked::default()).await.contains(&reference));
                    }
                }
            }
        }
        eprintln!("{refused} acts refused, {done} done");
        assert!(refused > 500 && done > 100);
    }

    async fn a_correction_takes_a_report_off_the_map_and_says_so(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let desk = Desk::of(&cx.municipality);
        let secret = desk.catalogue.categories.iter().find(|c| !c.public).unwrap().id.clone();
        let permit = fixture::permit(&cx, "signal:handle");
        let nowhere = crate::handle::Move { point: None, area: Some(fixture::EAST.into()), address: "Ergens".into() };
        for (what, edit) in [
            ("a private category", Edit::Category(&secret)),
            ("no report", Edit::Kind(Kind::Complaint)),
            ("no point", Edit::Place(nowhere)),
        ] {
            let id = fixture::add(&cx, fixture::report(&cx)).await;
            let reference = now(&cx, id).await.reference;
            decide(&cx, id, Act::Show("Er ligt vuil")).await.unwrap();
            assert!(references(&cx, &Asked::default()).await.contains(&reference), "{what}");
            let mut tx = cx.write().await.unwrap();
            crate::handle::apply(&cx, &mut tx, &permit, id, None, &edit).await.unwrap();
            tx.commit().await.unwrap();
            let after = now(&cx, id).await;
            assert_eq!((after.publication, after.public_words), (Publication::Private, None), "{what}");
            let mut tx = cx.read().await.unwrap();
            assert_eq!(public::one(&mut tx, &open(&cx), &desk, &reference).await.unwrap(), None, "{what}");
            let changed = public::changed(&mut tx, &open(&cx), &desk, cx.now, 1000).await.unwrap();
            let told = changed.iter().find(|c| c.reference == reference);
            assert!(told.is_some_and(|c| c.signal.is_none() && c.at == cx.now), "{what}: {told:?}");
        }
        // another public category stays
        let id = fixture::add(&cx, fixture::report(&cx)).await;
        let mut tx = cx.write().await.unwrap();
        crate::handle::apply(&cx, &mut tx, &permit, id, None, &Edit::Category("litter")).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(now(&cx, id).await.publication, Publication::Shown);
    }

    async fn the_public_reads_a_rounded_place_released_words_and_nothing_else(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let desk = Desk::of(&cx.municipality);
        let mut new = fixture::report(&cx);
        new.words = "Jan Jansen gooit afval weg, bel 0612345678".into();
        new.reporter = Some(Reporter { name: "Zoë".into(), email: "zoe@voorbeeld.nl".into(), ..Reporter::default() });
        let (lon, lat) = new.place.unwrap();
        let id = fixture::add(&cx, new).await;
        let all = async |asked: Asked<'static>| {
            let mut tx = cx.read().await.unwrap();
            public::shown(&mut tx, &open(&cx), &desk, &asked).await.unwrap()
        };
        let shown = all(Asked::default()).await;
        let found = format!("{shown:?}");
        for secret in ["Jansen", "0612345678", "zoe@", "Maerelaan", &id.to_string(), "52.51,", "4.67,"] {
            assert!(!found.contains(secret), "{secret}: {found}");
        }
        assert_eq!(shown[0].public_words, None);
        let metres = desk.atlas.metres((lon, lat), (shown[0].lon, shown[0].lat)).unwrap();
        assert!(metres > 0.1 && metres <= 36.0, "{metres} m: the middle of a square of 50 m");
        // every place within the square gives the same, so that small frames find no house
        let (x, y) = desk.atlas.plane().to_xy(shown[0].lon, shown[0].lat).unwrap();
        for (dx, dy) in [(-24.0, -24.0), (24.0, 24.0), (-24.0, 24.0), (3.0, -8.0)] {
            let (lon, lat) = desk.atlas.plane().to_lonlat(x + dx, y + dy).unwrap();
            assert_eq!(public::rounded(&desk, lon, lat), Some((shown[0].lon, shown[0].lat)));
        }
        let around = |lon: f64, lat: f64| Asked { bbox: Some([lon - 1e-5, lat - 1e-5, lon + 1e-5, lat + 1e-5]), ..Asked::default() };
        assert!(all(around(lon, lat)).await.is_empty(), "the exact place finds nothing");
        assert_eq!(all(around(shown[0].lon, shown[0].lat)).await.len(), 1);
        decide(&cx, id, Act::Show("Er ligt afval")).await.unwrap();
        assert_eq!(all(Asked::default()).await[0].public_words.as_deref(), Some("Er ligt afval"));
    }

    async fn questions_narrow_and_pages_join(db) {
        let app = fixture::app(db).await;
        let mut cx = fixture::coordinator(&app);
        let start = cx.now.micros();
        for n in 0..30_i64 {
            let mut new = fixture::report(&cx);
            new.category = if n % 3 == 0 { "litter".into() } else { "household-waste".into() };
            new.words = format!("Vuil {n}");
            // some came in at the same moment
            new.reported_at = At::from_micros(start - (n / 4) * DAY);
            new.occurred_at = new.reported_at;
            new.place = Some((if n % 2 == 0 { 4.65 } else { 4.67 } + n as f64 * 1e-4, 52.51));
            fixture::add(&cx, new).await;
        }
        let all = references(&cx, &Asked { limit: 1000, ..Asked::default() }).await;
        assert_eq!(all.len(), 30);
        let mut pages = Vec::new();
        let mut after = None;
        let desk = Desk::of(&cx.municipality);
        loop {
            let mut tx = cx.read().await.unwrap();
            let asked = Asked { limit: 7, after: after.clone(), ..Asked::default() };
            let page = public::shown(&mut tx, &open(&cx), &desk, &asked).await.unwrap();
            pages.extend(page.iter().map(|s| s.reference.clone()));
            if page.len() < 7 {
                break;
            }
            after = page.last().map(|s| public::After::parse(&s.after().to_string()).unwrap());
        }
        assert_eq!(pages, all, "pages join without a gap or a double");
        let back = |days: i64| Some(At::from_micros(start - days * DAY));
        for (what, asked, expected) in [
            ("a category", Asked { categories: &["litter"], ..Asked::default() }, 10),
            ("an unknown category", Asked { categories: &["nuisance%"], ..Asked::default() }, 0),
            ("a state", Asked { states: &[State::Reported, State::Done], ..Asked::default() }, 30),
            ("another state", Asked { states: &[State::Done], ..Asked::default() }, 0),
            ("from", Asked { reported_from: back(1), ..Asked::default() }, 8),
            ("before", Asked { reported_to: back(1), ..Asked::default() }, 22),
            ("an area", Asked { area: Some(fixture::WEST), ..Asked::default() }, 15),
            ("a frame", Asked { bbox: Some([4.60, 52.0, 4.66, 53.0]), ..Asked::default() }, 15),
            ("changes since", Asked { since: back(1), ..Asked::default() }, 30),
            ("no change since", Asked { since: Some(At::from_micros(cx.now.micros() + 1)), ..Asked::default() }, 0),
            ("a limit", Asked { limit: 3, ..Asked::default() }, 3),
        ] {
            assert_eq!(references(&cx, &asked).await.len(), expected, "{what}");
        }
        // a live reader: what is newer than the newest that was read
        let mut tx = cx.read().await.unwrap();
        let newest = public::newest(&mut tx, &open(&cx)).await.unwrap().unwrap();
        drop(tx);
        cx.now = At::from_micros(cx.now.micros() + DAY);
        let (first, second) = (all[0].clone(), all[1].clone());
        let of = async |reference: &str| {
            let mut tx = cx.read().await.unwrap();
            let row: (Uuid,) = tx.one("select id from signal where reference = $1", args![reference]).await.unwrap();
            row.0
        };
        let (hidden, worded) = (of(&first).await, of(&second).await);
        decide(&cx, hidden, Act::Hide).await.unwrap();
        decide(&cx, worded, Act::Show("Nieuw")).await.unwrap();
        let mut tx = cx.read().await.unwrap();
        let since = At::from_micros(newest.micros() + 1);
        let changed = public::changed(&mut tx, &open(&cx), &desk, since, 100).await.unwrap();
        assert_eq!(changed.len(), 2);
        assert!(changed.iter().any(|c| c.reference == first && c.signal.is_none()));
        assert!(changed.iter().any(|c| c.reference == second && c.signal.as_ref().is_some_and(|s| s.public_words.as_deref() == Some("Nieuw"))));
        assert_eq!(public::newest(&mut tx, &open(&cx)).await.unwrap(), Some(cx.now));
        drop(tx);
        decide(&cx, hidden, Act::Show("")).await.unwrap();
        let mut tx = cx.read().await.unwrap();
        let changed = public::changed(&mut tx, &open(&cx), &desk, since, 100).await.unwrap();
        assert!(changed.iter().all(|c| c.signal.is_some()), "shown again: {changed:?}");
    }

    async fn the_queue_works_without_a_script(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let mut new = fixture::report(&cx);
        new.words = "<script>alert(1)</script> bel 0612345678".into();
        new.channel = Channel::Phone;
        let id = fixture::add(&cx, new).await;
        decide(&cx, id, Act::Wait).await.unwrap();
        let router = web(&app, routes(&app));
        let caller = Caller::new(&app, &router, Some(Role::Intake));
        let page = caller.get("/moderation").await;
        assert_eq!(page.status, 200);
        assert!(!page.text.contains("<script>alert"), "shown escaped");
        assert!(page.text.contains("&#60;script&#62;alert(1)") && page.text.contains("bel [telefoonnummer]"), "{}", page.text);
        for path in ["/moderation?which=shown", "/moderation?which=hidden", "/moderation?which=suspect", "/moderation/junk"] {
            let page = caller.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            fixture::no_bare_keys(&page.text);
            assert!(![">moderation-", " moderation-", ">photo-"].iter().any(|key| page.text.contains(key)), "{path}");
        }
        let press = async |word: &str, words: &str| {
            let (request, id) = (app.clock.id().to_string(), id.to_string());
            let version = now(&cx, Uuid::try_parse(&id).unwrap()).await.version.to_string();
            caller.form("/moderation", &[("id", &id), ("request", &request), ("version", &version), ("act", word),
                ("public_words", words), ("reason", "person"), ("which", "waiting")]).await
        };
        // too long: everything typed comes back
        let long = "woord ".repeat(1000);
        let refused = press("show-words", &long).await;
        assert!(refused.status == 422 && refused.text.contains(long.trim_end()), "{}", refused.status);
        let shown = press("show-words", "Er ligt <b>afval</b>").await;
        assert_eq!(shown.status, 303);
        assert_eq!(now(&cx, id).await.public_words.as_deref(), Some("Er ligt <b>afval</b>"));
        let after = caller.get(&shown.location).await.text;
        assert!(after.contains("Ongedaan maken") && after.contains("staat op de openbare kaart"));
        assert_eq!(press("wait", "").await.status, 303);
        assert_eq!(now(&cx, id).await.publication, Publication::Waiting);
        assert_eq!(press("hide", "").await.status, 303);
        let history = caller.get(&format!("/signals/{id}")).await.text;
        for line in ["Er ligt &#60;b&#62;afval", "naar &#34;Verborgen&#34;", "Gaat over een persoon"] {
            assert!(history.contains(line), "{line}: {history}");
        }
        assert!(!history.contains("<script>alert"));
        let (request, id) = (app.clock.id().to_string(), id.to_string());
        let stale = [("id", id.as_str()), ("request", request.as_str()), ("version", "1"), ("act", "show")];
        assert_eq!(caller.form("/moderation", &stale).await.status, 409);
        assert_eq!(caller.form("/moderation", &[("id", id.as_str()), ("act", "burn")]).await.status, 400);
    }
}

#[test]
fn signs_of_junk_are_plain_rules() {
    let rules = kit::config::Junk {
        links: 2,
        same_words: 5,
        same_words_minutes: 60,
        same_words_length: 20,
        words: vec!["casino".into(), "snel geld".into()],
    };
    for (words, expected) in [
        ("Er ligt vuil, zie https://example.org/foto", vec![]),
        ("http://a.example http://b.example www.c.example", vec![Sign::Links]),
        ("Win bij het CASINO!", vec![Sign::Words]),
        ("Het casinoterrein ligt vol vuil", vec![]),
        ("Verdien snel geld", vec![Sign::Words]),
        ("<ScRipt>alert(1)</script>", vec![Sign::Script]),
        ("<a href=http://a.x>casino</a> http://b.x http://c.x", vec![Sign::Links, Sign::Script, Sign::Words]),
        ("prijs < 5 euro", vec![]),
    ] {
        assert_eq!(junk::signs(&rules, words), expected, "{words}");
    }
}

fn strange(cx: &Cx, words: &str, email: &str) -> NewSignal {
    let mut new = fixture::report(cx);
    new.words = words.into();
    (new.occurred_at, new.reported_at) = (cx.now, cx.now);
    if !email.is_empty() {
        new.reporter = Some(Reporter { email: email.into(), ..Reporter::default() });
    }
    new
}

async fn mails(cx: &Cx) -> (i64, i64) {
    let mut tx = cx.read().await.unwrap();
    tx.one(
        "select (select count(*) from outbox where state = 'waiting') as sent, (select count(*) from held_mail) as held",
        args![],
    )
    .await
    .unwrap()
}

db_test! {
    async fn what_looks_like_junk_is_kept_and_waits_and_mails_nobody(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let words = "Win nu bij het casino";
        let id = fixture::add(&cx, strange(&cx, words, "slachtoffer@voorbeeld.nl")).await;
        assert_eq!(now(&cx, id).await.publication, Publication::Waiting, "kept, not shown");
        assert_eq!(mails(&cx).await, (0, 1));
        // the same words many times: from the fifth
        let same = "Dit is precies dezelfde tekst als steeds";
        let mut shown = Vec::new();
        for _ in 0..6 {
            let id = fixture::add(&cx, strange(&cx, same, "")).await;
            shown.push(now(&cx, id).await.publication == Publication::Shown);
        }
        assert_eq!(shown, [true, true, true, true, false, false]);
        // what staff took on the telephone is not judged
        let mut call = strange(&cx, words, "beller@voorbeeld.nl");
        call.channel = Channel::Phone;
        let call = fixture::add(&cx, call).await;
        assert_eq!(now(&cx, call).await.publication, Publication::Shown);
        assert_eq!(mails(&cx).await, (1, 1));
        // a person looks: it is none, and its mail goes
        decide(&cx, id, Act::Clear).await.unwrap();
        assert_eq!(now(&cx, id).await.publication, Publication::Waiting, "it goes on as every other report");
        assert_eq!(mails(&cx).await, (2, 0));
        decide(&cx, id, Act::Show("")).await.unwrap();
        assert_eq!(now(&cx, id).await.publication, Publication::Shown);
    }

    async fn a_flood_is_kept_but_not_shown_and_its_mails_wait(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let limit = cx.municipality.file.limits.of_all_reports();
        let mut tx = cx.write().await.unwrap();
        for _ in 0..limit.failures - 1 {
            throttle::fail(&mut tx, throttle::ALL_REPORTS, limit, cx.now).await.unwrap();
        }
        tx.commit().await.unwrap();
        let before = fixture::add(&cx, strange(&cx, "De laatste voor de vloed", "")).await;
        let mut tx = cx.write().await.unwrap();
        throttle::fail(&mut tx, throttle::ALL_REPORTS, limit, cx.now).await.unwrap();
        tx.commit().await.unwrap();
        let after = fixture::add(&cx, strange(&cx, "De eerste in de vloed", "echt@voorbeeld.nl")).await;
        assert_eq!(now(&cx, before).await.publication, Publication::Shown);
        assert_eq!(now(&cx, after).await.publication, Publication::Waiting);
        let mut tx = cx.read().await.unwrap();
        let (due,): (At,) = tx.one("select min(next_at) as due from outbox where state = 'waiting'", args![]).await.unwrap();
        let minutes = i64::from(cx.municipality.file.limits.flood_mail_minutes);
        assert_eq!(due.micros() - cx.now.micros(), minutes * 60_000_000, "its confirmation waits");
        drop(tx);
        // when the window is over, all is as before
        let mut later = cx.clone();
        later.now = At::from_micros(cx.now.micros() + limit.window_s * 1_000_000 + 1_000_000);
        let id = fixture::add(&later, strange(&later, "Na de vloed", "")).await;
        assert_eq!(now(&later, id).await.publication, Publication::Shown);
    }

    async fn the_twin_tables_hold_all_that_a_report_has(db) {
        // tables that a report is never put aside with
        let kept = ["dispatch"];
        let mut tx = db.read().await.unwrap();
        let sql = tx.pick(
            "select m.name from sqlite_schema m, pragma_foreign_key_list(m.name) f where f.\"table\" = 'signal' group by m.name order by m.name",
            "select distinct c.conrelid::regclass::text as name from pg_constraint c
             where c.contype = 'f' and c.confrelid = 'signal'::regclass order by 1",
        );
        let children: Vec<(String,)> = tx.all(sql, args![]).await.unwrap();
        let twins: Vec<&str> = store::TWINS.iter().map(|(name, _)| *name).collect();
        for (child,) in &children {
            assert!(twins.contains(&child.as_str()) || kept.contains(&child.as_str()),
                "the table `{child}` hangs on signal: give it a twin junk_{child} and a line in TWINS");
        }
        let columns = tx.pick(
            "select name from pragma_table_info($1) order by cid",
            "select attname::text as name from pg_attribute where attrelid = to_regclass($1) and attnum > 0
                and not attisdropped order by attnum",
        );
        for twin in twins {
            let of: Vec<(String,)> = tx.all(columns, args![twin]).await.unwrap();
            let there: Vec<(String,)> = tx.all(columns, args![format!("junk_{twin}")]).await.unwrap();
            assert!(!of.is_empty() && of == there, "junk_{twin} must have the columns of {twin}: {of:?} {there:?}");
        }
    }

    async fn ten_thousand_junk_reports_go_and_come_back_exactly(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let desk = Desk::of(&cx.municipality);
        let permit = fixture::permit(&cx, "signal:moderate");
        // real ones: of before, of a colleague, worked on, on hold
        let real = fixture::add(&cx, fixture::report(&cx)).await;
        let mut call = strange(&cx, "KOOP NU", "");
        call.channel = Channel::Phone;
        let call = fixture::add(&cx, call).await;
        let worked = fixture::add(&cx, strange(&cx, "KOOP NU", "")).await;
        let mut tx = cx.write().await.unwrap();
        let handle = fixture::permit(&cx, "signal:handle");
        let change = crate::handle::Change { version: None, to: State::InProgress, note: "", tell: false };
        crate::handle::change_state(&cx, &mut tx, &handle, worked, &change).await.unwrap();
        tx.commit().await.unwrap();
        let mut rows = Vec::new();
        for n in 0..10_000_i64 {
            let mut new = strange(&cx, &format!("KOOP NU {n}"), "");
            new.place = Some((4.65 + (n % 100) as f64 * 1e-4, 52.51));
            rows.push(desk.prepare(new));
        }
        let ids: Vec<Uuid> = rows.iter().map(|r| r.id).collect();
        let mut tx = cx.write().await.unwrap();
        intake::insert_many(&mut tx, &fixture::permit(&cx, "signal:create"), rows).await.unwrap();
        let values = |of: &dyn Fn(Uuid) -> Vec<kit::Value>| ids.iter().flat_map(|id| of(*id)).collect::<Vec<_>>();
        tx.insert_many("insert into signal_event (municipality, id, signal_id, at, kind, was, becomes, note, public)", "", 9,
            values(&|id| args![cx.code(), id, id, cx.now, "state", "", "reported", "", true])).await.unwrap();
        tx.insert_many("insert into reporter (municipality, signal_id, name, email, phone)", "", 5,
            values(&|id| args![cx.code(), id, "Bot", "bot@voorbeeld.nl", ""])).await.unwrap();
        tx.commit().await.unwrap();
        intake::settle(cx.db()).await.unwrap();
        let mut mailed = strange(&cx, "KOOP NU met mail", "iemand@voorbeeld.nl");
        mailed.category = "litter".into();
        let mailed = fixture::add(&cx, mailed).await;
        assert_eq!(mails(&cx).await, (1, 0));

        // a sum over every column that matters of every table
        let state = async || -> Vec<(String, i64, i64)> {
            let mut tx = cx.read().await.unwrap();
            tx.all(
                "select 'signal' as name, count(*) as rows, cast(sum(length(reference) + length(words) + length(search)
                    + version + reported_at % 1000 + updated_at % 1000) as bigint) as sum from signal
                 union all select 'event', count(*), cast(sum(at % 1000 + length(becomes)) as bigint) from signal_event
                 union all select 'reporter', count(*), cast(sum(length(email)) as bigint) from reporter
                 union all select 'shown', count(*), 0 from signal where publication = 'shown'
                 union all select 'mail', count(*), cast(sum(length(body)) as bigint) from outbox where state = 'waiting'
                 union all select 'message', count(*), cast(sum(length(body)) as bigint) from message
                 union all select 'gone', count(*), 0 from public_gone",
                args![],
            ).await.unwrap()
        };
        let before = state().await;
        let sieve = Sieve { text: "koop nu".into(), from: Some(cx.now), ..Sieve::default() };
        let (id, seen) = (app.clock.id(), At::from_micros(cx.now.micros() + 1));
        let mut tx = cx.write().await.unwrap();
        assert_eq!(store::count(&mut tx, &permit, &sieve, 30_000).await.unwrap(), 10_001);
        let clock = Instant::now();
        assert_eq!(batch::put_aside(&cx, &mut tx, &permit, id, &sieve, seen, "spam van een bot").await.unwrap(), 10_001);
        tx.commit().await.unwrap();
        let away = clock.elapsed();
        let left: Vec<Uuid> = {
            let mut tx = cx.read().await.unwrap();
            let rows: Vec<(Uuid,)> = tx.all("select id from signal order by reported_at, id", args![]).await.unwrap();
            rows.into_iter().map(|r| r.0).collect()
        };
        assert_eq!(left.len(), 3, "what is real stays");
        assert!([real, call, worked].iter().all(|id| left.contains(id)) && !left.contains(&mailed));
        assert_eq!(mails(&cx).await, (0, 1), "its mail is not sent");
        let mut tx = cx.read().await.unwrap();
        let changed = public::changed(&mut tx, &open(&cx), &desk, cx.now, 1000).await.unwrap();
        assert_eq!(changed.iter().filter(|c| c.signal.is_none()).count(), 1000 - changed.iter().filter(|c| c.signal.is_some()).count());
        drop(tx);
        let clock = Instant::now();
        let mut tx = cx.write().await.unwrap();
        assert_eq!(batch::bring_back(&cx, &mut tx, &permit, id).await.unwrap(), 10_001);
        tx.commit().await.unwrap();
        let back = clock.elapsed();
        eprintln!("10,001 reports put aside in {away:?}, brought back in {back:?}, {}", if cx.db().is_sqlite() { "SQLite" } else { "PostgreSQL" });
        assert_eq!(state().await, before, "exactly as it was");
        let mut tx = cx.write().await.unwrap();
        assert!(matches!(batch::bring_back(&cx, &mut tx, &permit, id).await, Err(Fault::Rule { key: "moderation-junk-undone", .. })));
        for (note, sieve) in [("", sieve.clone()), ("alles", Sieve::default())] {
            let refused = batch::put_aside(&cx, &mut tx, &permit, app.clock.id(), &sieve, seen, note).await;
            assert!(matches!(refused, Err(Fault::Invalid(_))), "{note}");
        }
        let entries = kit::audit::newest(&mut tx, cx.code(), i64::MAX, 2).await.unwrap();
        assert!(entries.iter().any(|e| e.detail.contains("brought-back")) && entries.iter().any(|e| e.detail.contains("put-aside")));
        assert!(away.as_secs() < 20 && back.as_secs() < 20);
    }

    async fn the_page_counts_first_and_takes_what_was_counted(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        for n in 0..3 {
            fixture::add(&cx, strange(&cx, &format!("<img src=x onerror=alert({n})>"), "")).await;
        }
        let router = web(&app, routes(&app));
        let caller = Caller::new(&app, &router, Some(Role::Coordinator));
        let page = caller.get("/moderation/junk?suspect=yes").await;
        assert!(page.status == 200 && page.text.contains("3 meldingen passen hierbij"), "{}", page.text);
        assert!(!page.text.contains("<img src=x"), "shown escaped");
        let suspects = caller.get("/moderation?which=suspect").await.text;
        assert!(suspects.contains("Stukje van een programma") && !suspects.contains("<img src=x"));
        let (request, seen) = (app.clock.id().to_string(), (cx.now.micros() + 1).to_string());
        let form = |note: &'static str| [("request", request.clone()), ("seen", seen.clone()), ("suspect", "yes".into()), ("note", note.into())];
        let send = async |form: [(&'static str, String); 4]| {
            let fields: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
            caller.form("/moderation/junk", &fields).await
        };
        let refused = send(form("")).await;
        assert!(refused.status == 422 && refused.text.contains("Schrijf waarom"));
        // `seen` lies at most at the moment of the request, so what came in at this very moment stays
        assert_eq!(send(form("spam")).await.status, 303);
        let wrong = caller.get("/moderation/junk?from=gisteren").await;
        assert!(wrong.text.contains("Schrijf de dag en de tijd zo"));
        let page = caller.get("/moderation/junk").await.text;
        assert!(page.contains("Terughalen"), "{page}");
        let officer = Caller::new(&app, &router, Some(Role::Officer));
        assert_eq!(officer.get("/moderation/junk").await.status, 403);
        let undo = format!("/moderation/junk/{request}/undo");
        let again = app.clock.id().to_string();
        assert_eq!(caller.form(&undo, &[("request", &again)]).await.status, 303);
        assert_eq!(caller.form(&undo, &[("request", &again)]).await.status, 303, "the same form twice");
        let once_more = app.clock.id().to_string();
        assert_eq!(caller.form(&undo, &[("request", &once_more)]).await.status, 409);
        assert_eq!(caller.form(&format!("/moderation/junk/{again}/undo"), &[("request", "x")]).await.status, 400);
    }

    async fn mail_is_decided_by_what_came_in(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let desk = Desk::of(&cx.municipality);
        let permit = fixture::permit(&cx, "signal:create");
        for (words, channel, expected) in [
            ("Vuil op straat", Channel::Web, Mail::Now),
            ("casino", Channel::Web, Mail::Held),
            ("casino", Channel::Open311, Mail::Held),
            ("casino", Channel::Mail, Mail::Held),
            ("casino", Channel::Phone, Mail::Now),
            ("casino", Channel::Desk, Mail::Now),
        ] {
            let mut new = strange(&cx, words, "");
            new.channel = channel;
            let mut tx = cx.write().await.unwrap();
            assert_eq!(junk::screen(&cx, &mut tx, &permit, &desk.prepare(new)).await.unwrap(), expected, "{words} {channel}");
        }
    }
}
