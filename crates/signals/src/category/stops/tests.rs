//! A stop holds from its beginning to just before its end.

use super::*;
use crate::fixture;
use kit::Fault;
use policy::{Resource, Role};

testkit::db_test! {
    async fn a_stop_holds_between_its_times_and_ends_when_somebody_says_so(db) {
        let app = fixture::app(db).await;
        let cx = testkit::cx(&app, Some(Role::Administrator));
        let permit = cx.permit("form:edit", &Resource::open("form", cx.code())).unwrap();
        let at = |hours: i64| At::from_micros(cx.now.micros() + hours * 3_600_000_000);
        let message = Text([("nl".to_owned(), "Storm: bel ons.".to_owned())].into());
        let draft = |from, until| Draft { message: message.clone(), from: Ok(from), until: Ok(until) };
        let mut tx = cx.write().await.unwrap();
        let ids = [(); 3].map(|()| app.clock.id());
        let all = [
            ("greenery", draft(Some(at(0)), Some(at(2)))),
            ("greenery", draft(Some(at(5)), Some(at(6)))),
            ("water", draft(None, None)),
        ];
        for (id, (category, draft)) in ids.iter().zip(&all) {
            add(&cx, &mut tx, &permit, *id, category, draft).await.unwrap();
        }
        for (hours, greenery, water) in
            [(-1, None, None), (0, Some(0), Some(2)), (1, Some(0), Some(2)), (2, None, Some(2)), (5, Some(1), Some(2)), (6, None, Some(2))]
        {
            let mut found = Vec::new();
            for category in ["greenery", "water", "litter"] {
                found.push(stopped(&mut tx, cx.code(), category, at(hours)).await.unwrap().map(|s| s.id));
            }
            let id = |n: Option<usize>| n.map(|n| ids[n]);
            assert_eq!(found, [id(greenery), id(water), None], "{hours}");
            let now: Vec<_> = stops(&mut tx, cx.code(), at(hours)).await.unwrap().iter().map(|s| s.id).collect();
            assert_eq!(now, found.into_iter().flatten().collect::<Vec<_>>(), "{hours}");
        }
        let water = get(&mut tx, cx.code(), "water", ids[2]).await.unwrap().unwrap();
        assert_eq!(water.message.get("en"), "Storm: bel ons.");
        end(&cx, &mut tx, &permit, water.clone()).await.unwrap();
        assert!(matches!(end(&cx, &mut tx, &permit, water).await, Err(Fault::Stale)));
        assert_eq!(stopped(&mut tx, cx.code(), "water", cx.now).await.unwrap(), None);
        let later = get(&mut tx, cx.code(), "greenery", ids[1]).await.unwrap().unwrap();
        end(&cx, &mut tx, &permit, later).await.unwrap();
        assert_eq!(stopped(&mut tx, cx.code(), "greenery", at(5)).await.unwrap(), None);
        for (wrong, field) in [
            (Draft { message: Text::default(), ..draft(None, None) }, "message-nl"),
            (Draft { from: Err(()), ..draft(None, None) }, "from"),
            (draft(Some(at(1)), Some(at(1))), "until"),
        ] {
            match add(&cx, &mut tx, &permit, app.clock.id(), "water", &wrong).await {
                Err(Fault::Invalid(faults)) => assert_eq!(faults.0[0].field, field),
                other => panic!("{field}: {other:?}"),
            }
        }
        let audit = kit::audit::newest(&mut tx, cx.code(), i64::MAX, 9).await.unwrap();
        assert_eq!(audit.iter().filter(|e| e.detail.contains("\"stop\"")).count(), 5);
    }
}
