//! Several crews in one plan, the search beside the page, and what is planned anew while rounds are walked.

use super::*;
use crate::round::Round;
use crate::round::draft::{Draft, Edit};
use crate::round::replan::{self, Urgent};
use crate::shift;

/// A town with a late shift of both officers today, and open reports; the shift.
pub(super) async fn busy(db: MainDb, reports: u32) -> (Shared, Cx, Uuid) {
    let app = town(db).await;
    let coordinator = cx(&app, Some(Role::Coordinator));
    for n in 0..reports {
        let place = (4.640 + f64::from(n % 7) * 0.008, 52.495 + f64::from(n / 7) * 0.006);
        report(&coordinator, "dog-mess", &format!("Weg {n}"), place).await;
    }
    forecast(&coordinator, 4).await;
    let shift = shift::ops::NewShift {
        request: app.clock.id(),
        team: "enforcement".into(),
        day: "2024-06-03".into(),
        kind: "late".into(),
        officers: vec![cx(&app, Some(Role::Officer)).actor.account.unwrap(), other_officer()],
        ..Default::default()
    };
    let mut tx = coordinator.write().await.unwrap();
    let id = shift::ops::create(&coordinator, &mut tx, &shift).await.unwrap();
    tx.commit().await.unwrap();
    (app, coordinator, id)
}

pub(super) fn apart(app: &Shared, shift: Uuid, most: &str) -> ops::Ask {
    let daan = cx(app, Some(Role::Officer)).actor.account.unwrap();
    ops::Ask {
        request: app.clock.id(),
        shift,
        max_visits: most.into(),
        crews: vec![(daan, 1), (other_officer(), 2)],
        modes: vec![Some(crate::config::Mode::Foot), Some(crate::config::Mode::Car)],
    }
}

pub(super) async fn proposed(cx: &Cx, ask: &ops::Ask) -> Uuid {
    let (draft, seed) = ops::prepare(cx, ask).await.unwrap();
    let mut tx = cx.write().await.unwrap();
    let address = ops::propose(cx, &mut tx, ask, (&draft, seed)).await.unwrap();
    tx.commit().await.unwrap();
    Uuid::try_parse(address.rsplit('/').next().unwrap()).unwrap()
}

pub(super) async fn read(cx: &Cx, id: Uuid) -> (Round, Option<Draft>) {
    let mut tx = cx.read().await.unwrap();
    let round = round::get(&mut tx, &permit(cx, "round:read"), id).await.unwrap().unwrap();
    let draft = ops::draft(&round).unwrap();
    (round, draft)
}

pub(super) async fn approve(cx: &Cx, id: Uuid, version: i64, plan: &str) -> Result<(), Fault> {
    let approval = ops::Approval {
        request: cx.app.clock.id(),
        version,
        plan: plan.into(),
        decision: "follow".into(),
        reason: "Zo lopen beide ploegen langs de drukste plekken".into(),
    };
    ops::approve(cx, id, &approval).await?;
    // The same form once more changes nothing.
    ops::approve(cx, id, &approval).await
}

/// The rounds of a plan with their visits.
pub(super) async fn rounds(cx: &Cx, plan: Uuid) -> Vec<(Round, Vec<round::Visit>)> {
    let mut tx = cx.read().await.unwrap();
    let permit = permit(cx, "round:read");
    let mut all = vec![];
    for round in round::of_plan(&mut tx, &permit, plan).await.unwrap() {
        let visits = round::visits(&mut tx, &permit, round.id).await.unwrap();
        all.push((round, visits));
    }
    all
}

db_test! {
    async fn each_crew_gets_a_round_of_its_own_and_walks_only_that(db) {
        let (app, coordinator, shift) = busy(db, 14).await;
        let id = proposed(&coordinator, &apart(&app, shift, "4")).await;
        let (round, draft) = read(&coordinator, id).await;
        let draft = draft.unwrap();
        assert_eq!((draft.crews.len(), draft.visits(), draft.keys().iter().map(Vec::len).max()), (2, 8, Some(4)));
        // Eight hours less an hour: there is a break, in its hours.
        let rest = draft.tours[0].stops.iter().find(|s| s.key == Draft::rest_key(0)).unwrap();
        assert!((150 * 60..=300 * 60).contains(&rest.begin) && rest.leave - rest.begin == 1800);
        approve(&coordinator, id, round.version, &draft.text()).await.unwrap();
        let all = rounds(&coordinator, id).await;
        assert_eq!(all.len(), 2);
        assert!(all.iter().any(|(r, _)| r.id == id && !r.proposal.is_empty()));
        let modes: Vec<&str> = all.iter().map(|(r, _)| r.travel.as_str()).collect();
        assert!(modes.contains(&"foot") && modes.contains(&"car"));
        assert!(all.iter().all(|(r, v)| v.len() == 4 && r.rest_min == 30 && r.rest_at.is_some()));
        let mine = all.iter().find(|(r, _)| r.travel.as_str() == "foot").unwrap().0.id;
        let theirs = all.iter().find(|(r, _)| r.id != mine).unwrap().0.id;
        let daan = cx(&app, Some(Role::Officer));
        let mut tx = daan.write().await.unwrap();
        let walk = crate::walk::ops::open(&daan, &mut tx, mine).await.unwrap();
        assert_eq!(walk.officers.len(), 1);
        assert!(matches!(crate::walk::ops::open(&daan, &mut tx, theirs).await, Err(Fault::Refused { .. })));
        drop(tx);
        let router = router(&app);
        let html = Caller::new(&app, &router, Some(Role::Officer)).get("/rounds").await.text;
        assert!(html.contains(&mine.to_string()) && !html.contains(&theirs.to_string()));
        let html = Caller::new(&app, &router, Some(Role::Coordinator)).get(&format!("/rounds/{mine}")).await.text;
        assert!(html.contains("Ronde van Samira") && html.contains("te voet"), "{html}");
    }

    async fn a_plan_says_what_its_times_and_lines_rest_on(db) {
        let (app, coordinator, shift) = busy(db, 8).await;
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let id = proposed(&coordinator, &apart(&app, shift, "8")).await;
        let path = format!("/rounds/{id}");
        let (none, not_used, along) = ("nog geen stratennet ingelezen", "maar dit plan gebruikt het niet", "een verzonnen stratennet");
        let says = async |sentence: &str| {
            let html = desk.get(&path).await.text;
            for other in [none, not_used, along] {
                assert_eq!(html.contains(other), other == sentence, "{sentence}: {other}");
            }
            html
        };
        let straight = says(none).await;
        // One street past seven of the eight reports, and one from there to the base; the eighth lies 660 m from both.
        let lines = [
            ("residential", vec![(4.640, 52.495), (4.668, 52.495), (4.690, 52.495)]),
            ("residential", vec![(4.668, 52.495), (4.668, 52.5105)]),
        ];
        streets::import::write(&app, coordinator.code(), streets::Extract::invented(lines), "test", false).await.unwrap();
        says(not_used).await;
        let (round, draft) = read(&coordinator, id).await;
        let plan = draft.unwrap().text();
        let sent = ops::Sent { request: app.clock.id(), version: round.version, plan: &plan };
        ops::change(&coordinator, id, sent, &Edit::Solve).await.unwrap();
        let html = says(along).await;
        let draft = read(&coordinator, id).await.1.unwrap();
        let eighth = draft.places.iter().find(|p| p.title.contains("Weg 7")).unwrap();
        assert!(draft.crew_of(&eighth.key).is_some(), "all eight are visited");
        assert!(html.contains("te ver van elke straat") && html.contains("Weg 7"), "{html}");
        let tours = |html: &str| {
            html.split("class=\"route tour-").skip(1).map(|rest| rest.split('>').next().unwrap().len()).sum::<usize>()
        };
        assert!(tours(&html) > tours(&straight), "the lines follow the streets");
    }

    async fn crews_are_asked_for_and_refused_in_words(db) {
        let (app, coordinator, shift) = busy(db, 5).await;
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let html = desk.get(&format!("/rounds/new?shift={shift}")).await.text;
        assert!(html.contains("Wie gaat met wie?") && html.contains("Hoe gaat ploeg B?"));
        let daan = format!("crew-{}", cx(&app, Some(Role::Officer)).actor.account.unwrap());
        let samira = format!("crew-{}", other_officer());
        let (request, shift) = (app.clock.id().to_string(), shift.to_string());
        let mut fields = vec![("request", request.as_str()), ("shift", &shift), ("max_visits", "3"), (&daan, "0"), (&samira, "0")];
        let answer = desk.form("/rounds/propose", &fields).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("Zet minstens één handhaver in een ploeg"));
        fields[4].1 = "1";
        fields.push(("mode-1", "car"));
        let answer = desk.form("/rounds/propose", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let id = Uuid::try_parse(answer.location.rsplit('/').next().unwrap()).unwrap();
        let draft = read(&coordinator, id).await.1.unwrap();
        assert_eq!((draft.crews.len(), draft.crews[0].officers.clone()), (1, vec![other_officer()]));
        assert_eq!(draft.crews[0].mode, crate::config::Mode::Car);
        let html = desk.get(&answer.location).await.text;
        assert!(html.contains("Samira") && !html.contains("Daan") && html.contains("met de auto"));
    }

    async fn a_search_improves_explains_and_never_overwrites_a_person(db) {
        let (app, coordinator, shift) = busy(db, 28).await;
        let id = proposed(&coordinator, &apart(&app, shift, "6")).await;
        let (round, first) = read(&coordinator, id).await;
        let first = first.unwrap();
        // The clock of a test stands still: iterations end the search.
        search::now(&coordinator, id, 1, 1_000_000).await.unwrap();
        let (after, better) = read(&coordinator, id).await;
        let better = better.unwrap();
        assert_eq!((after.version, better.searched.tried > first.searched.tried), (1, true));
        assert!(better.score >= first.score && better.gains.len() == better.visits());
        // A change is about the plan that was on the page, though it is not the newest any more.
        let key = first.keys().concat()[0].clone();
        let sent = ops::Sent { request: app.clock.id(), version: 1, plan: &first.text() };
        let version = ops::change(&coordinator, id, sent, &Edit::Remove(key.clone())).await.unwrap();
        assert_eq!((version, ops::change(&coordinator, id, sent, &Edit::Remove(key.clone())).await.unwrap()), (2, 1));
        let changed = read(&coordinator, id).await.1.unwrap();
        assert_eq!((changed.machine.clone(), changed.visits()), (first.keys(), first.visits() - 1));
        // A search for the version before finds that it is over.
        search::now(&coordinator, id, round.version, 1_000_000).await.unwrap();
        assert_eq!(read(&coordinator, id).await.1.unwrap(), changed);
        // Without time it only explains: what the place that was taken out costs.
        search::now(&coordinator, id, 2, 0).await.unwrap();
        let told = read(&coordinator, id).await.1.unwrap();
        assert_eq!((told.keys(), told.costs.contains_key(&key)), (changed.keys(), true));
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let progress = desk.get(&format!("/rounds/{id}/progress")).await;
        let said: serde_json::Value = serde_json::from_str(&progress.text).unwrap();
        assert_eq!((said["going"].clone(), said["text"].as_str().unwrap().contains("niet verder gezocht")), (false.into(), true));
        let html = desk.get(&format!("/rounds/{id}")).await.text;
        assert!(html.contains(said["stamp"].as_str().unwrap()) && html.contains("Zonder dit bezoek"));
        let answer = desk.form(&format!("/rounds/{id}/search"), &[("version", "2")]).await;
        assert_eq!(answer.status, 303);
    }

    async fn an_approval_is_of_the_plan_on_the_page(db) {
        let (app, coordinator, shift) = busy(db, 10).await;
        let id = proposed(&coordinator, &apart(&app, shift, "3")).await;
        let (_, draft) = read(&coordinator, id).await;
        let mut seen = draft.unwrap().all_keys();
        seen[0].retain(|key| key.starts_with("rest"));
        let text = seen.iter().map(|t| t.join(",")).collect::<Vec<_>>().join(";");
        assert!(matches!(approve(&coordinator, id, 1, "a,b").await, Err(Fault::Bad(_))), "other crews");
        approve(&coordinator, id, 1, &text).await.unwrap();
        let all = rounds(&coordinator, id).await;
        assert_eq!((all.len(), all[0].0.id, all[0].1.len()), (1, id, 3), "a crew without visits gets no round");
        assert!(matches!(approve(&coordinator, id, 2, &text).await, Err(Fault::Rule { .. })), "decided");
    }

    async fn something_urgent_is_planned_around_what_is_done(db) {
        let (app, coordinator, shift) = busy(db, 12).await;
        let id = proposed(&coordinator, &apart(&app, shift, "5")).await;
        let draft = read(&coordinator, id).await.1.unwrap();
        assert!(matches!(replan_of(&coordinator, id).await, Err(Fault::Rule { key: "patrol-rule-not-going", .. })));
        approve(&coordinator, id, 1, &draft.text()).await.unwrap();
        let before = rounds(&coordinator, id).await;
        let mine = before.iter().find(|(r, _)| r.travel.as_str() == "foot").unwrap();
        // The first visit of Daan's round is done, and meanwhile somebody reports fireworks.
        app.clock.set("2024-06-03T13:00:00Z".parse().unwrap());
        let daan = cx(&app, Some(Role::Officer));
        let first = &mine.1[0];
        let mut tx = daan.write().await.unwrap();
        let press = |version| crate::walk::ops::Press { request: app.clock.id(), version, at: None };
        crate::walk::ops::arrive(&daan, &mut tx, mine.0.id, first.id, &press(1)).await.unwrap();
        let leaving = crate::walk::ops::Leaving { outcome: "nothing-found".into(), ..Default::default() };
        crate::walk::ops::leave(&daan, &mut tx, mine.0.id, first.id, &press(2), &leaving).await.unwrap();
        tx.commit().await.unwrap();
        let late = cx(&app, Some(Role::Coordinator));
        let urgent = report(&late, "fireworks", "Stationsplein", (4.667, 52.512)).await;
        let ground = replan_of(&late, id).await.unwrap();
        let key = ground.places.iter().find(|p| p.target == Some(urgent)).unwrap().key.clone();
        for (place, within, text) in
            [("x", "30", "Kies een plek"), (key.as_str(), "7", "Kies hoe snel"), (key.as_str(), "", "Kies hoe snel")]
        {
            let asked = Urgent { request: app.clock.id(), place: place.into(), within: within.into() };
            let Err(Fault::Invalid(faults)) = replan::urgent(&late, id, &asked).await else { panic!("{place} {within}") };
            assert!(faults.sentences(&late.words).iter().any(|(_, said)| said.contains(text)));
        }
        let asked = Urgent { request: app.clock.id(), place: key, within: "60".into() };
        for _ in 0..2 {
            replan::urgent(&late, id, &asked).await.unwrap();
        }
        let after = rounds(&late, id).await;
        let all: Vec<&round::Visit> = after.iter().flat_map(|(_, visits)| visits).collect();
        let new: Vec<&&round::Visit> = all.iter().filter(|v| v.target == Some(urgent)).collect();
        assert_eq!(new.len(), 1, "the same form once more adds nothing");
        let minutes = (new[0].planned_at.micros() - late.now.micros()) / 60_000_000;
        assert!((0..=60).contains(&minutes), "{minutes}");
        let kept = all.iter().find(|v| v.id == first.id).unwrap();
        assert_eq!((kept.state, kept.seq, kept.round_id), (VisitState::Left, 1, mine.0.id));
        // Nothing vanished: what is not made any more says so.
        assert_eq!(all.len(), before.iter().map(|(_, v)| v.len()).sum::<usize>() + 1);
        let out = all.iter().filter(|v| v.state == VisitState::Skipped);
        assert!(out.clone().all(|v| v.note == "Vervallen door spoed elders"));
        for (_, visits) in &after {
            let planned: Vec<&round::Visit> = visits.iter().filter(|v| v.state == VisitState::Planned).collect();
            assert!(planned.is_sorted_by_key(|v| v.planned_at) && planned.iter().all(|v| v.planned_at >= late.now));
        }
        // The officers of the round that got it read what changed; the page of the coordinator says it too.
        let router = router(&app);
        let holder = new[0].round_id;
        for path in [format!("/rounds/{holder}"), format!("/rounds/{holder}/walk")] {
            let html = Caller::new(&app, &router, Some(Role::Coordinator)).get(&path).await.text;
            assert!(html.contains("Gewijzigd om 15:00. Nieuw: Stationsplein."), "{path}: {html}");
        }
        let html = Caller::new(&app, &router, Some(Role::Coordinator)).get(&format!("/rounds/{holder}/replan")).await.text;
        assert!(html.contains("Hoe snel moet er iemand zijn?") && !html.contains("Stationsplein ("));
        let officer = Caller::new(&app, &router, Some(Role::Officer));
        assert_eq!(officer.get(&format!("/rounds/{holder}/replan")).await.status, 403);
        // Nobody can be there a minute after the shift; the plan of the officers stays.
        app.clock.set("2024-06-03T19:29:00Z".parse().unwrap());
        let evening = cx(&app, Some(Role::Coordinator));
        let far = report(&evening, "fireworks", "Duinpad", (4.59, 52.485)).await;
        let asked = Urgent { request: app.clock.id(), place: format!("s-{}", far.simple()), within: "15".into() };
        let Err(Fault::Invalid(faults)) = replan::urgent(&evening, id, &asked).await else { panic!("in time") };
        assert!(faults.of("within", &evening.words).unwrap().contains("Geen ploeg haalt dat"));
        assert_eq!(rounds(&evening, id).await, after);
    }
}

pub(super) async fn replan_of(cx: &Cx, id: Uuid) -> Result<replan::Ground, Fault> {
    let mut tx = cx.read().await.unwrap();
    replan::ground(cx, &mut tx, &permit(cx, "round:approve"), id).await
}
