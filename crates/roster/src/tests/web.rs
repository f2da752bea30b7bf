//! The pages: each form, both languages, who may see what.

use super::*;
use crate::{fairness, feed, mine, officer, request, swap};
use site::routes::Table;
use testkit::{Answer, Caller, db_test};

pub(super) fn router(app: &Shared) -> axum::Router {
    let table = Table::new(app)
        .get("/roster", "roster:read", period::web::list)
        .get("/roster/new", "roster:edit", period::web::new)
        .post("/roster/new", "roster:edit", period::web::create)
        .get("/roster/officers", "roster:edit", officer::web::list)
        .get("/roster/officers/{id}", "roster:edit", officer::web::officer)
        .post("/roster/officers/{id}", "roster:edit", officer::web::submit)
        .post("/roster/officers/{id}/loans", "roster:edit", officer::web::lend)
        .post("/roster/officers/{id}/loans/{loan}/end", "roster:edit", officer::web::end_loan)
        .get("/roster/officers/{id}/deeds/new", "deed:edit", officer::web::deed_new)
        .post("/roster/officers/{id}/deeds/new", "deed:edit", officer::web::deed_new_submit)
        .get("/roster/officers/{id}/deeds/{deed}", "deed:edit", officer::web::deed_edit)
        .post("/roster/officers/{id}/deeds/{deed}", "deed:edit", officer::web::deed_edit_submit)
        .get("/roster/requests", "roster:edit", request::web::requests)
        .post("/roster/requests/{id}", "roster:edit", request::web::decide)
        .post("/roster/requests/{id}/back", "roster:edit", request::web::back)
        .post("/roster/away", "roster:edit", request::web::away)
        .post("/roster/swaps/{id}", "roster:edit", request::web::swap)
        .get("/roster/mine", "roster:own", mine::mine)
        .post("/roster/mine/ask", "roster:own", mine::ask)
        .post("/roster/mine/away", "roster:own", mine::away)
        .post("/roster/mine/requests/{id}", "roster:own", mine::withdraw)
        .get("/roster/mine/swap/{shift}", "roster:own", swap::web::swap)
        .post("/roster/mine/swap/{shift}", "roster:own", swap::web::offer)
        .post("/roster/mine/swaps/{id}", "roster:own", swap::web::answer)
        .post("/roster/mine/feed", "roster:own", feed::submit)
        .get("/roster/feed/{token}", "public:read", feed::read)
        .get("/roster/{id}", "roster:read", period::web::roster)
        .get("/roster/{id}/fairness", "roster:read", fairness::page)
        .post("/roster/{id}/fill", "roster:edit", period::web::fill)
        .post("/roster/{id}/stop", "roster:edit", period::web::stop)
        .post("/roster/{id}/publish", "roster:publish", period::web::publish)
        .get("/roster/{id}/shifts/{shift}", "roster:read", period::web::shift)
        .post("/roster/{id}/shifts/{shift}", "roster:edit", period::web::shift_submit);
    testkit::web(app, table)
}

/// No key of a text is left on the page.
fn whole(answer: &Answer) {
    assert_eq!(answer.status, 200, "{}", answer.text);
    for slice in [">roster-", ">deed-", "> roster-", " roster-law"] {
        let at = answer.text.find(slice);
        assert!(at.is_none(), "{}", &answer.text[at.unwrap_or(0)..][..80]);
    }
}

async fn english(caller: &Caller, path: &str) -> Answer {
    let request = axum::http::Request::get(path).header("cookie", "language=en");
    caller.send(request.body(axum::body::Body::empty()).unwrap()).await
}

fn request() -> String {
    id().to_string()
}

db_test! {
    async fn every_page_reads_in_both_languages(db) {
        let (app, roster) = town(db, true).await;
        let router = router(&app);
        let (desk, boa) =
            (Caller::new(&app, &router, Some(Role::Coordinator)), Caller::new(&app, &router, Some(Role::Officer)));
        let place = places(&app, roster).await.into_iter().find(|p| p.account_id == officer(&app, 0)).unwrap();
        let shift = place.shift_id;
        let someone = officer(&app, 0);
        for path in [
            "/roster".to_owned(), "/roster/new".into(), format!("/roster/{roster}"), format!("/roster/{roster}?screen=9"),
            format!("/roster/{roster}/shifts/{shift}"), format!("/roster/{roster}/shifts/{shift}?off={someone}"),
            format!("/roster/{roster}/fairness"), "/roster/officers".into(), format!("/roster/officers/{someone}"),
            format!("/roster/officers/{someone}/deeds/new"), "/roster/requests".into(),
        ] {
            whole(&desk.get(&path).await);
            whole(&english(&desk, &path).await);
        }
        for path in [
            "/roster".to_owned(), "/roster/mine".into(), format!("/roster/mine/swap/{shift}"),
            format!("/roster/{roster}"), format!("/roster/{roster}/fairness"), format!("/roster/{roster}/shifts/{shift}"),
        ] {
            whole(&boa.get(&path).await);
            whole(&english(&boa, &path).await);
        }
        for path in ["/roster/new", "/roster/officers", "/roster/requests"] {
            assert_eq!(boa.get(path).await.status, 403, "{path}");
        }
        assert_eq!(desk.get("/roster/mine").await.status, 403, "the page of an officer");
        let adviser = Caller::new(&app, &router, Some(Role::Adviser));
        assert_eq!(adviser.get("/roster").await.status, 403);
    }

    async fn a_draft_is_only_for_the_coordinator_who_fills_and_publishes_it(db) {
        let (app, roster) = town(db, false).await;
        let router = router(&app);
        let (desk, boa) =
            (Caller::new(&app, &router, Some(Role::Coordinator)), Caller::new(&app, &router, Some(Role::Officer)));
        assert_eq!(boa.get(&format!("/roster/{roster}")).await.status, 404);
        assert!(!boa.get("/roster").await.text.contains(&roster.to_string()));
        let page = desk.get(&format!("/roster/{roster}")).await.text;
        assert!(page.contains("kan hoogstens") || page.contains("best mogelijke"), "the bound is shown");
        assert!(page.contains("data-refresh"), "the search is at work");
        let wrong = [("request", request()), ("team", "enforcement".into()), ("first_day", "2024-07-02".into()), ("weeks", "3".into())];
        let wrong: Vec<(&str, &str)> = wrong.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let answer = desk.form("/roster/new", &wrong).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("Kies een maandag.") && answer.text.contains("value=\"2024-07-02\""));
        let stop = desk.form(&format!("/roster/{roster}/stop"), &[("request", &request())]).await;
        assert_eq!(stop.status, 303);
        let page = desk.get(&format!("/roster/{roster}")).await.text;
        let version = page.split_once("name=\"version\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
        let publish = format!("/roster/{roster}/publish");
        assert_eq!(boa.form(&publish, &[("request", &request()), ("version", &version)]).await.status, 403);
        assert_eq!(desk.form(&publish, &[("request", &request()), ("version", &version)]).await.status, 303);
        whole(&boa.get(&format!("/roster/{roster}")).await);
    }

    async fn a_shift_is_changed_on_its_page_and_a_refusal_keeps_the_reason(db) {
        let (app, roster) = town(db, true).await;
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let place = places(&app, roster).await.remove(0);
        let page = format!("/roster/{roster}/shifts/{}", place.shift_id);
        let take = format!("take:{}", place.account_id);
        let bare = desk.form(&page, &[("request", &request()), ("do", &take), ("reason", "")]).await;
        assert_eq!(bare.status, 422);
        assert!(bare.text.contains("Het rooster is al gepubliceerd."), "{}", bare.text);
        let done = desk.form(&page, &[("request", &request()), ("do", &take), ("reason", "Cursus")]).await;
        assert_eq!((done.status, done.location.as_str()), (303, page.as_str()));
        assert!(desk.get(&page).await.text.contains("Cursus"), "the history");
        assert!(desk.get("/roster").await.text.contains("één plek open"));
        let staff = [("request", request()), ("do", "staff".into()), ("staff", "honderd".into()), ("reason", "Feest".into())];
        let staff: Vec<(&str, &str)> = staff.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let answer = desk.form(&page, &staff).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("value=\"honderd\"") && answer.text.contains("value=\"Feest\""));
        assert_eq!(desk.form(&page, &[("request", &request()), ("do", "sing")]).await.status, 400);
    }

    async fn officers_ask_and_the_coordinator_answers_on_the_pages(db) {
        let (app, _) = town(db, false).await;
        let router = router(&app);
        let (desk, boa) =
            (Caller::new(&app, &router, Some(Role::Coordinator)), Caller::new(&app, &router, Some(Role::Officer)));
        let wrong = boa.form("/roster/mine/ask", &[("request", &request()), ("kind", "leave"), ("first", "2024-06-01")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("Deze dag is al voorbij") && wrong.text.contains("value=\"2024-06-01\""));
        let leave = boa.form("/roster/mine/ask", &[("request", &request()), ("kind", "leave"), ("first", "2024-07-15")]).await;
        assert_eq!(leave.status, 303);
        assert!(boa.get("/roster/mine").await.text.contains("wacht op de coördinator"));
        let page = desk.get("/roster/requests").await.text;
        let action = page.split_once("Officer 0: ma 15 juli").unwrap().1.split_once("action=\"").unwrap().1;
        let action = action.split_once('"').unwrap().0.to_owned();
        let no = desk.form(&action, &[("request", &request()), ("version", "1"), ("answer", "no"), ("reason", "")]).await;
        assert_eq!(no.status, 422);
        let yes = desk.form(&action, &[("request", &request()), ("version", "1"), ("answer", "yes")]).await;
        assert_eq!(yes.status, 303);
        assert!(boa.get("/roster/mine").await.text.contains("toegekend"));
        let nobody = desk.form("/roster/away", &[("request", &request()), ("first", "2024-07-15")]).await;
        assert_eq!(nobody.status, 422);
        let away = boa.form("/roster/mine/away", &[("request", &request()), ("away_first", "")]).await;
        assert_eq!(away.status, 422);
        assert!(away.text.contains("Vul een dag in."));
        let sick = officer(&app, 3).to_string();
        let away = desk.form("/roster/away", &[("request", &request()), ("account", &sick), ("first", "2024-06-11")]).await;
        assert_eq!((away.status, away.location.as_str()), (303, "/roster"));
        assert!(desk.get("/roster/requests").await.text.contains("Officer 3: di 11 juni"));
    }

    async fn an_officer_is_written_down_on_the_pages(db) {
        let app = empty_town(db, 1).await;
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let page = format!("/roster/officers/{}", officer(&app, 0));
        whole(&desk.get(&page).await);
        let wrong = [("request", request()), ("version", "0".into()), ("team", "enforcement".into()), ("hours", "dertig".into()), ("night_cap", "count".into())];
        let wrong: Vec<(&str, &str)> = wrong.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let answer = desk.form(&page, &wrong).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("value=\"dertig\""));
        let right: Vec<(&str, &str)> = wrong.iter().map(|(k, v)| (*k, if *k == "hours" { "36" } else { *v })).collect();
        assert_eq!(desk.form(&page, &right).await.status, 303);
        assert_eq!(desk.form(&page, &right).await.status, 303, "the same form twice");
        let deeds = format!("{page}/deeds/new");
        let deed = [
            ("request", request()), ("version", "0".into()), ("number", "Akte 9".into()), ("domain", "I".into()),
            ("territory", "GM0396".into()), ("from", "2024-01-01".into()), ("until", "2030-01-01".into()),
        ];
        let deed: Vec<(&str, &str)> = deed.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let answer = desk.form(&deeds, &deed).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("Een akte geldt hoogstens 5 jaar") && answer.text.contains("value=\"Akte 9\""));
        let right: Vec<(&str, &str)> = deed.iter().map(|(k, v)| (*k, if *k == "until" { "2028-12-31" } else { *v })).collect();
        assert_eq!(desk.form(&deeds, &right).await.status, 303);
        let text = desk.get(&page).await.text;
        assert!(text.contains("Akte 9") && text.contains("opleiding verlopen"), "{text}");
        let loan = [("request", request()), ("borrower", "GM0375".into()), ("agreement", "".into()), ("loan_from", "2024-06-01".into()), ("loan_until", "2024-12-31".into())];
        let loan: Vec<(&str, &str)> = loan.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let answer = desk.form(&format!("{page}/loans"), &loan).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("value=\"2024-12-31\"") && answer.text.contains("value=\"36\""), "both forms keep theirs");
    }
}
