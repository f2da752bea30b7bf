//! Approved rounds on the map, the break among the visits, and the rest of a shift that is planned anew.

use super::crews::{apart, approve, busy, proposed, read, replan_of, rounds};
use super::*;
use crate::round::draft::Edit;
use crate::round::replan;
use crate::round::replan::rest::{self, Chosen, Manner, What};
use crate::round::{Visit, VisitKind};
use crate::walk::ops as walk;

/// A crew is at a place of its round, and leaves it.
async fn visited(cx: &Cx, round: Uuid, visit: &Visit) {
    let mut tx = cx.write().await.unwrap();
    let press = |version| walk::Press { request: cx.app.clock.id(), version, at: None };
    walk::arrive(cx, &mut tx, round, visit.id, &press(visit.version)).await.unwrap();
    let leaving = walk::Leaving { outcome: "nothing-found".into(), ..Default::default() };
    walk::leave(cx, &mut tx, round, visit.id, &press(visit.version + 1), &leaving).await.unwrap();
    tx.commit().await.unwrap();
}

async fn crossed_off(cx: &Cx, round: Uuid, visit: &Visit) {
    let mut tx = cx.write().await.unwrap();
    let press = walk::Press { request: cx.app.clock.id(), version: visit.version, at: None };
    walk::skip(cx, &mut tx, round, visit.id, &press, "De weg is afgesloten").await.unwrap();
    tx.commit().await.unwrap();
}

async fn offered(cx: &Cx, id: Uuid) -> (replan::Ground, rest::Offers) {
    rest::offers(cx, replan_of(cx, id).await.unwrap()).await.unwrap()
}

fn chosen(cx: &Cx, ground: &replan::Ground, offer: &rest::Offer) -> Chosen {
    Chosen { request: cx.app.clock.id(), stamp: ground.stamp(), from: cx.now.micros(), plan: offer.text.clone() }
}

db_test! {
    async fn an_approved_round_is_drawn_as_it_is_walked(db) {
        let (app, coordinator, shift) = busy(db, 8).await;
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let line = |html: &str| {
            let path = html.split("class=\"route\" d=\"").nth(1).unwrap().split('"').next().unwrap();
            path.split([' ', 'L', 'M']).filter(|number| !number.is_empty()).count() / 2
        };
        let ask = apart(&app, shift, "8");
        let straight = proposed(&coordinator, &ask).await;
        approve(&coordinator, straight, 1, "").await.unwrap();
        let before = desk.get(&format!("/rounds/{straight}")).await.text;
        assert!(before.contains("nog geen stratennet ingelezen"), "{before}");
        let lines = [
            ("residential", vec![(4.640, 52.495), (4.668, 52.495), (4.690, 52.495)]),
            ("residential", vec![(4.668, 52.495), (4.668, 52.5105)]),
        ];
        streets::import::write(&app, coordinator.code(), streets::Extract::invented(lines), "test", false).await.unwrap();
        // Its times are straight still, and so is its line.
        let old = desk.get(&format!("/rounds/{straight}")).await.text;
        assert!(old.contains("maar dit plan gebruikt het niet") && line(&old) == line(&before), "{old}");
        let made = rounds(&coordinator, straight).await.remove(0).1.len();
        assert!(line(&old) <= made + 2, "from place to place: {old}");
        let mut tx = coordinator.write().await.unwrap();
        let asked = ops::Approval { request: app.clock.id(), version: 2, reason: "Nu met straten".into(), ..Default::default() };
        for (round, _) in rounds(&coordinator, straight).await {
            let asked = ops::Approval { request: app.clock.id(), version: round.version, ..asked.clone() };
            ops::withdraw(&coordinator, &mut tx, round.id, &asked).await.unwrap();
        }
        tx.commit().await.unwrap();
        let daan = cx(&app, Some(Role::Officer)).actor.account.unwrap();
        let ask = ops::Ask { request: app.clock.id(), max_visits: "14".into(), crews: vec![(daan, 1)], ..ask };
        let id = proposed(&coordinator, &ask).await;
        approve(&coordinator, id, 1, "").await.unwrap();
        let (round, visits) = rounds(&coordinator, id).await.remove(0);
        let html = desk.get(&format!("/rounds/{id}")).await.text;
        assert!(html.contains("een verzonnen stratennet"), "{html}");
        let far = visits.iter().any(|v| v.title == "Duinwijk" || v.title.contains("Weg 7"));
        assert_eq!(html.contains("te ver van elke straat"), far, "{html}");
        assert!(line(&html) > visits.len() + 2, "the line goes round the corner: {html}");
        // The break stands among the visits at its time, on the desk and on the street.
        let rest = round.rest_at.unwrap();
        let later = visits.iter().filter(|v| v.planned_at > rest).count();
        assert!(later > 0, "between two visits: {rest:?} {visits:?}");
        let (first, last) = html.split_once("Waar de ploeg dan is").expect("the break is where the crew is");
        let rows = |html: &str| html.matches("<td class=\"num\"").count();
        assert_eq!((rows(first) > 1, rows(last)), (true, later), "{html}");
        let street = desk.get(&format!("/rounds/{id}/walk")).await.text;
        let (first, last) = street.split_once("class=\"task rest\"").unwrap();
        assert_eq!((first.matches("geo:").count() > 0, last.matches("/arrive").count()), (true, later), "{street}");
    }

    async fn freed_time_is_filled_and_a_coordinator_decides(db) {
        let (app, coordinator, shift) = busy(db, 14).await;
        let id = proposed(&coordinator, &apart(&app, shift, "3")).await;
        let draft = read(&coordinator, id).await.1.unwrap();
        // One visit of each crew is pinned.
        let mut version = 1;
        for tour in draft.keys() {
            let plan = read(&coordinator, id).await.1.unwrap().text();
            let sent = ops::Sent { request: app.clock.id(), version, plan: &plan };
            version = ops::change(&coordinator, id, sent, &Edit::Lock(tour[2].clone())).await.unwrap();
        }
        let pinned: Vec<Uuid> =
            draft.keys().iter().filter_map(|tour| draft.place(&tour[2]).unwrap().target).collect();
        approve(&coordinator, id, version, "").await.unwrap();
        let before = rounds(&coordinator, id).await;
        let (mine, visits) = before.iter().find(|(r, _)| r.travel.as_str() == "foot").unwrap();
        // Before anything happened there is nothing to gain.
        app.clock.set("2024-06-03T12:31:00Z".parse().unwrap());
        let (_, none) = offered(&cx(&app, Some(Role::Coordinator)), id).await;
        assert!(none.late.is_empty() && none.offers.iter().all(|o| o.manner == Manner::Anew), "{none:?}");
        // The first goes quickly, the second is crossed off.
        app.clock.set("2024-06-03T12:50:00Z".parse().unwrap());
        let daan = cx(&app, Some(Role::Officer));
        visited(&daan, mine.id, &visits[0]).await;
        crossed_off(&daan, mine.id, &visits[1]).await;
        let desk = cx(&app, Some(Role::Coordinator));
        let (ground, offers) = offered(&desk, id).await;
        let fill = &offers.offers[0];
        assert_eq!((fill.manner, fill.dropped.len(), fill.reordered), (Manner::Fill, 0, false));
        assert!(fill.score > offers.score, "{} {}", fill.score, offers.score);
        let new: Vec<_> = fill
            .crews
            .iter()
            .flatten()
            .filter_map(|(at, what)| if let What::New(place) = what { Some((*at, place.clone())) } else { None })
            .collect();
        assert!(!new.is_empty());
        for (at, place) in &new {
            assert!(*at >= desk.now, "from now on");
            assert!(visits.iter().all(|v| v.target != place.target || v.kind == VisitKind::Control), "{place:?} was had");
        }
        for crew in &fill.crews {
            assert!(crew.is_sorted_by_key(|(at, _)| *at) && crew.len() <= 4, "at most three visits, and the break");
        }
        // The same situation draws and plans the same.
        assert_eq!(offered(&desk, id).await.1.offers[0].text, fill.text);
        // The page says it, and its form puts it into effect, once.
        let router = router(&app);
        let page = Caller::new(&app, &router, Some(Role::Coordinator));
        let path = format!("/rounds/{id}/replan");
        let html = page.get(&path).await.text;
        assert!(html.contains("Vrije tijd vullen") && html.contains("Komt erbij") && html.contains(&fill.text), "{html}");
        assert!(new.iter().all(|(_, place)| html.contains(&place.title)));
        let (stamp, request) = (ground.stamp().to_string(), app.clock.id().to_string());
        let from = offers.from.micros().to_string();
        for _ in 0..2 {
            let fields = [("request", request.as_str()), ("stamp", &stamp), ("from", &from), ("plan", &fill.text)];
            let answer = page.form(&path, &fields).await;
            assert_eq!(answer.status, 303, "{}", answer.text);
        }
        let after = rounds(&desk, id).await;
        let all: Vec<&Visit> = after.iter().flat_map(|(_, visits)| visits).collect();
        assert_eq!(all.len(), before.iter().map(|(_, v)| v.len()).sum::<usize>() + new.len());
        for (at, place) in &new {
            assert!(all.iter().any(|v| v.planned_at == *at && v.target == place.target && v.state == VisitState::Planned));
        }
        let state = |id: Uuid| all.iter().find(|v| v.id == id).unwrap().state;
        assert_eq!((state(visits[0].id), state(visits[1].id)), (VisitState::Left, VisitState::Skipped));
        let html = page.get(&format!("/rounds/{}/walk", mine.id)).await.text;
        assert!(html.contains("Gewijzigd om 14:50. Nieuw: "), "{html}");
        // What came in keeps its worth for the next time, and what happened meanwhile is met.
        let draft = read(&desk, id).await.1.unwrap();
        assert!(new.iter().all(|(_, place)| draft.place(&place.key) == Some(place)));
        let again = rest::take(&desk, id, &chosen(&desk, &ground, fill)).await;
        assert!(matches!(again, Err(Fault::Stale)), "{again:?}");
        let request = app.clock.id().to_string();
        let fields = [("request", request.as_str()), ("stamp", &stamp), ("from", &from), ("plan", &fill.text)];
        let answer = page.form(&path, &fields).await;
        assert_eq!((answer.status, answer.text.contains("Er is intussen iets veranderd")), (409, true));
        assert_eq!(rounds(&desk, id).await, after);
        // Something that is worth far more: others give way, never what was pinned or done.
        for n in 0..6 {
            report(&desk, "fireworks", &format!("Plein {n}"), (4.667, 52.505 + f64::from(n) * 0.003)).await;
        }
        app.clock.set("2024-06-03T13:30:00Z".parse().unwrap());
        let late = cx(&app, Some(Role::Coordinator));
        let (ground, offers) = offered(&late, id).await;
        let anew = offers.offers.iter().find(|o| o.manner == Manner::Anew).expect("a better plan");
        assert!(!anew.dropped.is_empty() && anew.dropped.iter().all(|v| !pinned.contains(&v.target.unwrap())));
        rest::take(&late, id, &chosen(&late, &ground, anew)).await.unwrap();
        let last = rounds(&late, id).await;
        for (_, visits) in &last {
            let planned: Vec<&Visit> = visits.iter().filter(|v| v.state == VisitState::Planned).collect();
            assert!(planned.is_sorted_by_key(|v| v.planned_at) && planned.iter().all(|v| v.planned_at >= late.now));
            for out in visits.iter().filter(|v| anew.dropped.iter().any(|d| d.id == v.id)) {
                assert_eq!((out.state, out.note.as_str()), (VisitState::Skipped, "Vervallen: de rest van de dienst is opnieuw gepland"));
            }
        }
    }

    async fn a_plan_that_was_put_together_elsewhere_is_not_taken(db) {
        let (app, coordinator, shift) = busy(db, 9).await;
        let id = proposed(&coordinator, &apart(&app, shift, "3")).await;
        approve(&coordinator, id, 1, "").await.unwrap();
        let before = rounds(&coordinator, id).await;
        let ground = replan_of(&coordinator, id).await.unwrap();
        let mine = before[0].1[0].id.simple().to_string();
        for plan in ["", "x;y", ";;", "rest", &format!("{mine},{mine};"), &format!("{mine};{mine}"), "s-1;"] {
            let chosen = Chosen { request: app.clock.id(), stamp: ground.stamp(), from: 0, plan: plan.into() };
            let done = rest::take(&coordinator, id, &chosen).await;
            assert!(matches!(done, Err(Fault::Stale)), "{plan}: {done:?}");
        }
        assert_eq!(rounds(&coordinator, id).await, before);
        let officer = cx(&app, Some(Role::Officer));
        let chosen = Chosen { request: app.clock.id(), stamp: ground.stamp(), from: 0, plan: format!("{mine};") };
        assert!(matches!(rest::take(&officer, id, &chosen).await, Err(Fault::Refused { .. })));
    }
}
