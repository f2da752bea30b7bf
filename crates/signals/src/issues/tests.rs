//! Tests of suggestions (their bounds in metres and days), links and closing.

use super::*;
use crate::fixture::{self, DAY, add, coordinator, no_bare_keys, permit, report};
use crate::handle::{self, Signal};
use crate::intake::Reporter;
use crate::model::{State, Urgency};
use areas::Atlas;
use kit::{At, Fault, Uuid, args};
use policy::Role;
use site::routes::Table;
use site::{Cx, Shared};
use testkit::{Caller, db_test, web};

fn routes(app: &Shared) -> axum::Router {
    let table = Table::new(app)
        .get("/issues", "issue:read", list)
        .get("/issues/{id}", "issue:read", issue)
        .post("/issues/{id}/close", "issue:handle", close_form)
        .get("/signals/{id}", "signal:read", handle::page)
        .post("/signals/{id}/issue", "issue:handle", link_form)
        .post("/signals/{id}/issue/leave", "issue:handle", leave_form);
    web(app, table)
}

async fn fetch(cx: &Cx, id: Uuid) -> Signal {
    let mut tx = cx.read().await.unwrap();
    handle::get(&mut tx, &permit(cx, "signal:read"), id).await.unwrap().unwrap()
}

async fn near(cx: &Cx, id: Uuid) -> Vec<Near> {
    let signal = fetch(cx, id).await;
    let mut tx = cx.read().await.unwrap();
    suggest(cx, &mut tx, &permit(cx, "signal:read"), &signal).await.unwrap()
}

async fn joined(cx: &Cx, a: Uuid, b: Uuid) -> Result<Uuid, Fault> {
    let mut tx = cx.write().await.unwrap();
    let issue = join(cx, &mut tx, &permit(cx, "issue:handle"), (a, None), b, "").await?;
    tx.commit().await.unwrap();
    Ok(issue)
}

async fn linked(cx: &Cx, a: Uuid, issue: Uuid) -> Result<(), Fault> {
    let mut tx = cx.write().await.unwrap();
    link(cx, &mut tx, &permit(cx, "issue:handle"), (a, None), issue, "").await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn left(cx: &Cx, a: Uuid, note: &str) -> Result<(), Fault> {
    let mut tx = cx.write().await.unwrap();
    leave(cx, &mut tx, &permit(cx, "issue:handle"), (a, None), note).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn closed(cx: &Cx, issue: Uuid, note: &str) -> Result<(), Fault> {
    let mut tx = cx.write().await.unwrap();
    close(cx, &mut tx, &permit(cx, "issue:handle"), issue, note).await?;
    tx.commit().await.unwrap();
    Ok(())
}

/// The longitude that lies `metres` east of a point, by the plane.
fn east_of(cx: &Cx, (lon, lat): (f64, f64), metres: f64) -> f64 {
    let atlas = cx.municipality.get::<Atlas>();
    let (mut low, mut high) = (lon, lon + 0.01);
    for _ in 0..80 {
        let middle = (low + high) / 2.0;
        if atlas.metres((lon, lat), (middle, lat)).unwrap() < metres { low = middle } else { high = middle }
    }
    low
}

db_test! {
    async fn suggestions_end_at_their_metres_and_days(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let here = (4.67, 52.51);
        // household-waste: 30 m and 10 days
        for (metres, micros, category, state, offered) in [
            (0.0, 0, "household-waste", State::Reported, true),
            (29.999, 0, "household-waste", State::InProgress, true),
            (30.001, 0, "household-waste", State::Reported, false),
            (10.0, -10 * DAY, "household-waste", State::Reported, true),
            (10.0, -10 * DAY - 1, "household-waste", State::Reported, false),
            (10.0, 0, "litter", State::Reported, false),
            (10.0, 0, "household-waste", State::Done, false),
        ] {
            for grouped in [false, true] {
                let mut first = report(&cx);
                first.category = category.into();
                first.place = Some((east_of(&cx, here, metres), here.1));
                first.reported_at = At::from_micros(first.reported_at.micros() + micros);
                let mut twin = first.clone();
                twin.id = cx.app.clock.id();
                twin.reported_at = At::from_micros(twin.reported_at.micros() - DAY);
                let mut mine = report(&cx);
                mine.place = Some(here);
                let (first, mine) = (add(&cx, first).await, add(&cx, mine).await);
                let mut parts = vec![first];
                if grouped {
                    let twin = add(&cx, twin).await;
                    joined(&cx, first, twin).await.unwrap();
                    parts.push(twin);
                }
                if state != State::Reported {
                    let mut tx = cx.write().await.unwrap();
                    if state.is_closed() && grouped {
                        let issue = handle::get(&mut tx, &permit(&cx, "signal:read"), first).await.unwrap().unwrap().issue_id.unwrap();
                        close(&cx, &mut tx, &permit(&cx, "issue:handle"), issue, "klaar").await.unwrap();
                    } else {
                        let change = handle::Change { version: None, to: state, note: "x", tell: false };
                        handle::change_state(&cx, &mut tx, &permit(&cx, "signal:handle"), first, &change).await.unwrap();
                    }
                    tx.commit().await.unwrap();
                }
                let found = near(&cx, mine).await;
                assert_eq!(!found.is_empty(), offered, "{metres} m, {micros} us, {category}, {state}, {grouped}");
                if let Some(one) = found.first() {
                    assert_eq!(one.kind, if grouped { TargetKind::Issue } else { TargetKind::Signal });
                    assert_eq!(one.count, if grouped { 2 } else { 1 });
                    assert!((one.metres - metres).abs() < 0.01);
                }
                let mut tx = cx.write().await.unwrap();
                parts.push(mine);
                for id in parts {
                    tx.run("update signal set closed_at = 1, state = 'done' where id = $1", args![id]).await.unwrap();
                }
                tx.run("update issue set closed_at = 1 where closed_at is null", vec![]).await.unwrap();
                tx.commit().await.unwrap();
            }
        }
    }
    async fn linking_follows_its_rules(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(add(&cx, report(&cx)).await);
        }
        let mut litter = report(&cx);
        litter.category = "litter".into();
        let litter = add(&cx, litter).await;
        let rule = |outcome: Result<(), Fault>| match outcome {
            Err(Fault::Rule { key, .. }) => key,
            other => panic!("{other:?}"),
        };
        assert_eq!(rule(joined(&cx, ids[0], ids[0]).await.map(|_| ())), "issues-rule-self");
        assert_eq!(rule(joined(&cx, ids[0], litter).await.map(|_| ())), "issues-rule-category");
        let issue = joined(&cx, ids[0], ids[1]).await.unwrap();
        assert_eq!(joined(&cx, ids[2], ids[0]).await.unwrap(), issue, "joins the issue of the other");
        linked(&cx, ids[2], issue).await.unwrap();
        assert_eq!(fetch(&cx, ids[2]).await.version, 2, "the second link did nothing");
        assert_eq!(rule(linked(&cx, litter, issue).await), "issues-rule-category");
        let two = joined(&cx, ids[3], add(&cx, report(&cx)).await).await.unwrap();
        assert_eq!(rule(linked(&cx, ids[0], two).await), "issues-rule-linked");
        assert_eq!(rule(left(&cx, litter, "x").await), "issues-rule-none");
        assert!(matches!(left(&cx, ids[2], " ").await, Err(Fault::Invalid(_))), "a reason is needed");
        left(&cx, ids[2], "andere straat").await.unwrap();
        assert_eq!(fetch(&cx, ids[2]).await.issue_id, None);
        let mut tx = cx.write().await.unwrap();
        let edit = handle::Edit::Category("litter");
        let outcome = handle::apply(&cx, &mut tx, &permit(&cx, "signal:handle"), ids[0], None, &edit).await;
        drop(tx);
        assert_eq!(rule(outcome), "signals-rule-linked");
        // an issue without reports closes
        left(&cx, ids[0], "dubbel").await.unwrap();
        left(&cx, ids[1], "dubbel").await.unwrap();
        assert_eq!(rule(linked(&cx, ids[1], issue).await), "issues-rule-closed");
        assert!(matches!(linked(&cx, ids[1], Uuid::nil()).await, Err(Fault::NotFound)));
    }
    async fn closing_an_issue_closes_and_tells_each_report(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let states: Vec<State> = State::ALL.iter().copied().filter(|s| !s.is_closed()).collect();
        let mut ids = Vec::new();
        for (i, state) in states.iter().enumerate() {
            let mut new = report(&cx);
            new.state = *state;
            new.reporter = Some(Reporter { name: String::new(), email: format!("m{i}@voorbeeld.nl"), phone: String::new(), ..Reporter::default() });
            ids.push(add(&cx, new).await);
        }
        let issue = joined(&cx, ids[0], ids[1]).await.unwrap();
        for id in &ids[2..] {
            linked(&cx, *id, issue).await.unwrap();
        }
        assert!(matches!(closed(&cx, issue, "").await, Err(Fault::Invalid(_))));
        closed(&cx, issue, "Container geleegd.").await.unwrap();
        for id in &ids {
            let signal = fetch(&cx, *id).await;
            assert_eq!((signal.state, signal.closed_at), (State::Done, Some(cx.now)));
            let mut tx = cx.read().await.unwrap();
            let events: Vec<(String, bool)> = tx
                .all("select note, public from signal_event where signal_id = $1 and becomes = 'done'", args![*id])
                .await
                .unwrap();
            assert_eq!(events, [("Container geleegd.".to_owned(), true)]);
        }
        assert!(matches!(closed(&cx, issue, "nog eens").await, Err(Fault::Rule { key: "issues-rule-closed", .. })));
        let mut tx = cx.read().await.unwrap();
        let (mails,): (i64,) = tx
            .one("select cast(count(*) as bigint) from outbox where body like '%Container geleegd.%'", vec![])
            .await
            .unwrap();
        assert_eq!(mails, states.len() as i64);
        assert!(matches!(kit::audit::verify(&mut tx, cx.code()).await.unwrap(), kit::audit::Verdict::Whole(_)));
    }
    async fn a_round_gets_open_work_that_an_officer_can_do(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let catalogue = cx.municipality.get::<crate::Catalogue>();
        let atlas = cx.municipality.get::<Atlas>();
        let (a, b) = (add(&cx, report(&cx)).await, add(&cx, report(&cx)).await);
        let issue = joined(&cx, a, b).await.unwrap();
        let mut alone = report(&cx);
        alone.category = "dog-mess".into();
        alone.address = String::new();
        let alone = add(&cx, alone).await;
        let mut tx = cx.write().await.unwrap();
        handle::apply(&cx, &mut tx, &permit(&cx, "signal:handle"), b, None, &handle::Edit::Urgency(Urgency::High)).await.unwrap();
        tx.commit().await.unwrap();
        let mut nowhere = report(&cx);
        nowhere.place = None;
        add(&cx, nowhere).await;
        let unfit = catalogue.categories.iter().find(|c| !c.patrol).unwrap().id.clone();
        let mut desk_work = report(&cx);
        desk_work.category = unfit;
        add(&cx, desk_work).await;
        let mut tx = cx.read().await.unwrap();
        let targets = open_for_patrol(&mut tx, &permit(&cx, "signal:list"), &catalogue, &atlas, 100).await.unwrap();
        let short: Vec<_> = targets.iter().map(|t| (t.kind, t.id, t.count, t.urgency, t.title.as_str())).collect();
        assert_eq!(short, [
            (TargetKind::Issue, issue, 2, Urgency::High, "Maerelaan 1"),
            (TargetKind::Signal, alone, 1, Urgency::Normal, "Oost"),
        ]);
        assert_eq!(targets[0].due_at, fetch_due(&mut tx, &cx, a).await);
        assert_eq!(targets[0].priority, "public-space");
        let one = open_for_patrol(&mut tx, &permit(&cx, "signal:list"), &catalogue, &atlas, 0).await.unwrap();
        assert!(one.is_empty());
    }
    async fn pages_and_forms_work_in_both_languages(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let (a, b, c) = (add(&cx, report(&cx)).await, add(&cx, report(&cx)).await, add(&cx, report(&cx)).await);
        let staff = Caller::new(&app, &routes(&app), Some(Role::Coordinator));
        assert!(staff.get(&format!("/signals/{a}")).await.text.contains("Zelfde kwestie"));
        let request = app.clock.id().to_string();
        let other = b.to_string();
        let form = [("request", request.as_str()), ("version", "1"), ("signal", other.as_str())];
        for _ in 0..2 {
            assert_eq!(staff.form(&format!("/signals/{a}/issue"), &form).await.status, 303);
        }
        let issue = fetch(&cx, a).await.issue_id.unwrap();
        assert_eq!(fetch(&cx, b).await.issue_id, Some(issue));
        let (request, id) = (app.clock.id().to_string(), issue.to_string());
        let stale = [("request", request.as_str()), ("version", "7"), ("issue", id.as_str())];
        assert_eq!(staff.form(&format!("/signals/{c}/issue"), &stale).await.status, 409);
        let empty = [("request", request.as_str()), ("version", "1")];
        assert_eq!(staff.form(&format!("/signals/{c}/issue"), &empty).await.status, 400);
        let form = [("request", request.as_str()), ("version", "1"), ("issue", id.as_str())];
        assert_eq!(staff.form(&format!("/signals/{c}/issue"), &form).await.status, 303);
        let request = app.clock.id().to_string();
        let no_reason = [("request", request.as_str()), ("version", "2"), ("what", "leave"), ("reason", "")];
        let answer = staff.form(&format!("/signals/{c}/issue/leave"), &no_reason).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("reason-error"));
        let reason = [("request", request.as_str()), ("version", "2"), ("what", "leave"), ("reason", "andere straat")];
        assert_eq!(staff.form(&format!("/signals/{c}/issue/leave"), &reason).await.status, 303);
        for (language, word) in [("nl", "Kwesties"), ("en", "Issues")] {
            for path in ["/issues".to_owned(), "/issues?after=zz".into(), format!("/issues/{issue}"), format!("/signals/{a}"), format!("/signals/{c}")] {
                let get = axum::http::Request::get(&path)
                    .header("cookie", format!("language={language}"))
                    .body(axum::body::Body::empty())
                    .unwrap();
                let answer = staff.send(get).await;
                assert_eq!(answer.status, 200, "{path}");
                assert!(path.starts_with("/signals") || answer.text.contains(word), "{path}");
                no_bare_keys(&answer.text);
            }
        }
        let request = app.clock.id().to_string();
        let path = format!("/issues/{issue}/close");
        for (version, note, status) in [("9", "Geleegd", 409), ("1", "", 422), ("1", "Geleegd", 303), ("1", "Geleegd", 303)] {
            let form = [("request", request.as_str()), ("version", version), ("note", note)];
            let answer = staff.form(&path, &form).await;
            assert_eq!(answer.status, status, "{version} {note}");
            assert!(status != 409 || answer.text.contains("Geleegd"), "typed text is kept");
        }
        assert_eq!(fetch(&cx, a).await.state, State::Done);
        assert!(staff.get(&format!("/issues/{issue}")).await.text.contains("Gesloten"));
        assert_eq!(staff.get("/issues/x").await.status, 404);
        let mayor = Caller::new(&app, &routes(&app), Some(Role::Mayor));
        assert_eq!(mayor.get("/issues").await.status, 403);
    }
}

async fn fetch_due(tx: &mut kit::Tx, cx: &Cx, id: Uuid) -> Option<At> {
    handle::get(tx, &permit(cx, "signal:read"), id).await.unwrap().unwrap().due_at
}
