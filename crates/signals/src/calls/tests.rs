#![allow(clippy::unwrap_used, reason = "test code")]

use crate::fixture;
use kit::args;
use policy::Role;
use site::routes::Table;
use testkit::Caller;

fn caller(app: &site::Shared, role: Option<Role>) -> Caller {
    let table = Table::new(app)
        .get("/intake", "signal:intake", super::form)
        .post("/intake", "signal:intake", super::send)
        .post("/intake/help", "signal:intake", super::help)
        .get("/intake/mail", "signal:intake", super::mails)
        .post("/intake/mail/{id}/drop", "signal:intake", super::discard);
    Caller::new(app, &testkit::web(app, table), role)
}

const ID: &str = "018fdd50-1111-7000-8000-000000000001";

testkit::db_test! {
    async fn a_call_becomes_a_report_once(db) {
        let app = fixture::app(db).await;
        let desk = caller(&app, Some(Role::Intake));
        let fields = |words: &'static str| {
            [
                ("request", ID), ("channel", "phone"), ("kind", "report"), ("words", words),
                ("category", "household-waste"), ("address", "Maerelaan 1"), ("place", "4.670000 52.510000"),
                ("name", "Jo"), ("email", "jo@melder.example"), ("urgency", "high"), ("send", "yes"),
            ]
        };
        let page = desk.get("/intake").await;
        assert_eq!(page.status, 200);
        fixture::no_bare_keys(&page.text);
        let wrong = desk.form("/intake", &fields("")).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("jo@melder.example") && wrong.text.contains(ID), "nothing typed is lost");
        for _ in 0..2 {
            let made = desk.form("/intake", &fields("Zakken naast de container")).await;
            assert_eq!((made.status, made.location.as_str()), (303, format!("/intake?saved={ID}").as_str()));
        }
        let mut tx = app.main.read().await.unwrap();
        let rows: Vec<(String, String, String)> =
            tx.all("select channel, urgency, words from signal", vec![]).await.unwrap();
        assert_eq!(rows, [("phone".into(), "high".into(), "Zakken naast de container".into())]);
        for role in [None, Some(Role::Officer), Some(Role::Mayor)] {
            assert!([401, 403].contains(&caller(&app, role).form("/intake", &fields("x")).await.status), "{role:?}");
        }
    }

    async fn what_is_not_ours_is_read_out_and_not_stored(db) {
        let app = fixture::app(db).await;
        let desk = caller(&app, Some(Role::Intake));
        let redirect = &app.home().unwrap().get::<crate::Catalogue>().redirects[0];
        let category = format!("elsewhere-{}", redirect.id);
        let fields = [("request", ID), ("words", "Er wordt nu ingebroken"), ("category", &category), ("send", "yes")];
        let page = desk.form("/intake", &fields).await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains(&redirect.phone), "the number to read out");
        let fire = desk.form("/intake/help", &[("words", "Er is nu brand in de flat")]).await;
        assert!(fire.text.contains("value=\"elsewhere-emergency\""), "{}", fire.text);
        let mut tx = app.main.read().await.unwrap();
        let (n,): (i64,) = tx.one("select cast(count(*) as bigint) from signal", vec![]).await.unwrap();
        let (log,): (i64,) = tx
            .one("select cast(count(*) as bigint) from audit_entry where detail like $1", args!["%ingebroken%"])
            .await
            .unwrap();
        assert_eq!((n, log), (0, 0));
    }

    async fn what_is_open_nearby_is_offered(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        fixture::add(&cx, fixture::report(&cx)).await;
        let desk = caller(&app, Some(Role::Intake));
        let look = |place: &'static str| {
            [("words", "zakken"), ("category", "household-waste"), ("place", place), ("address", "Maerelaan 1")]
        };
        let near = desk.form("/intake/help", &look("4.670100 52.510000")).await;
        assert!(near.text.contains("Al bekend"), "{}", near.text);
        let far = desk.form("/intake/help", &look("4.690000 52.510000")).await;
        assert!(!far.text.contains("Al bekend"));
    }
}
