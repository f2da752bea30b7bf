use super::*;
use crate::{authorisations, covenants};
use covenants::Standing;
use kit::{At, Fault, args, audit};
use testkit::{Answer, Caller, MainDb, cx, db_test};

/// The program with the settings of partners on the shelf and somebody for each role.
pub(crate) async fn app(db: MainDb) -> site::Shared {
    let app = testkit::app(db, |municipality| {
        let config = PartnersConfig::read(&municipality.folder).unwrap();
        municipality.put(config);
    });
    for role in [Role::Adviser, Role::Mayor, Role::Coordinator, Role::Administrator, Role::ProcessDirector] {
        let id = cx(&app, Some(role)).actor.account.unwrap();
        person(&app, id, role.as_str(), role, None).await;
    }
    app
}

/// Gives somebody an account.
pub(crate) async fn person(app: &site::Shared, id: Uuid, name: &str, role: Role, organisation: Option<Uuid>) {
    let mut tx = app.main.write().await.unwrap();
    tx.run(
        "insert into account (municipality, id, username, name, role, password_hash, active, created_at, organisation_id)
         values ('GM0396', $1, $2, $2, $3, '', $4, 0, $5)",
        args![id, name, role, true, organisation],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

pub(crate) fn request(n: u128) -> Uuid {
    Uuid::from_u128(0xabc0_0000 + n)
}

/// An organisation with the id of request `n`.
pub(crate) async fn organisation(app: &site::Shared, n: u128, name: &str) -> Uuid {
    create(&cx(app, Some(Role::Adviser)), draft(n, name)).await.unwrap()
}

fn draft(n: u128, name: &str) -> Draft {
    Draft {
        request: request(n),
        name: name.to_owned(),
        kind: Some(PartnerKind::Police),
        email: "team@politie.example".to_owned(),
        phone: String::new(),
        note: String::new(),
    }
}

/// The first fault of an operation: field and key.
pub(crate) fn fault<T: std::fmt::Debug>(outcome: std::result::Result<T, Fault>) -> String {
    match outcome {
        Err(Fault::Invalid(faults)) => format!("{} {}", faults.0[0].field, faults.0[0].key),
        Err(Fault::Rule { key, .. }) => key.to_owned(),
        Err(Fault::Stale) => "stale".to_owned(),
        Err(Fault::Refused { .. }) => "refused".to_owned(),
        other => panic!("{other:?}"),
    }
}

/// How many entries of an action the audit trail has.
pub(crate) async fn audited(app: &site::Shared, action: &str) -> usize {
    let mut tx = app.main.read().await.unwrap();
    let all = audit::newest(&mut tx, "GM0396", i64::MAX, 100).await.unwrap();
    all.iter().filter(|e| e.action == action).count()
}

/// Every route of the three slices.
pub(crate) fn router(app: &site::Shared) -> axum::Router {
    use authorisations::web as authorisation;
    use covenants::web as covenant;
    let table = site::routes::Table::new(app)
        .get("/partners", "partner:read", web::list)
        .get("/partners/new", "partner:edit", web::new)
        .post("/partners/new", "partner:edit", web::new_submit)
        .get("/partners/{id}", "partner:read", web::partner)
        .get("/partners/{id}/edit", "partner:edit", web::edit)
        .post("/partners/{id}/edit", "partner:edit", web::edit_submit)
        .get("/covenants", "partner:read", covenant::list)
        .get("/covenants/new", "covenant:edit", covenant::new)
        .post("/covenants/new", "covenant:edit", covenant::new_submit)
        .get("/covenants/{id}", "partner:read", covenant::covenant)
        .get("/covenants/{id}/edit", "covenant:edit", covenant::edit)
        .post("/covenants/{id}/edit", "covenant:edit", covenant::edit_submit)
        .get("/covenants/{id}/contact", "covenant:edit", covenant::contact_form)
        .post("/covenants/{id}/contact", "covenant:edit", covenant::contact_submit)
        .post("/covenants/{id}/end", "covenant:edit", covenant::end_submit)
        .get("/authorisations", "authorisation:read", authorisation::list)
        .get("/authorisations.csv", "authorisation:read", authorisation::download)
        .get("/authorisations/new", "authorisation:propose", authorisation::new)
        .post("/authorisations/new", "authorisation:propose", authorisation::new_submit)
        .get("/authorisations/{id}", "authorisation:read", authorisation::authorisation)
        .post("/authorisations/{id}/decide", "authorisation:decide", authorisation::decide_submit)
        .post("/authorisations/{id}/withdraw", "authorisation:withdraw", authorisation::withdraw_submit);
    testkit::web(app, table)
}

/// The page in English.
pub(crate) async fn english(caller: &Caller, path: &str) -> Answer {
    let request = axum::http::Request::get(path).header("cookie", "language=en");
    caller.send(request.body(axum::body::Body::empty()).unwrap()).await
}

/// No key of a text is left on the page.
pub(crate) fn whole(answer: &Answer) {
    for slice in ["partners-", "covenants-", "authorisations-"] {
        let at = answer.text.find(&format!(">{slice}"));
        assert!(at.is_none(), "{}", &answer.text[at.unwrap_or(0)..][..80]);
    }
}

db_test! {
    async fn an_organisation_is_added_once_and_changed(db) {
        let app = app(db).await;
        let adviser = cx(&app, Some(Role::Adviser));
        for role in [Role::Officer, Role::Mayor, Role::Partner, Role::PrivacyOfficer] {
            assert_eq!(fault(create(&cx(&app, Some(role)), draft(1, "Politie")).await), "refused", "{role}");
        }
        let id = create(&adviser, draft(1, "Politie")).await.unwrap();
        assert_eq!(create(&adviser, draft(1, "Politie")).await.unwrap(), id, "the same request again");
        assert_eq!(fault(create(&adviser, draft(2, "Politie")).await), "name partners-name-taken");
        for (wrong, expected) in [
            (Draft { name: " ".into(), ..draft(3, "") }, "name partners-name-missing"),
            (Draft { name: "x".repeat(201), ..draft(3, "") }, "name partners-too-long"),
            (Draft { kind: None, ..draft(3, "RIEC") }, "kind partners-kind-missing"),
            (Draft { email: "nobody".into(), ..draft(3, "RIEC") }, "email partners-email-wrong"),
        ] {
            assert_eq!(fault(create(&adviser, wrong).await), expected);
        }
        change(&adviser, id, 1, draft(4, "Politie IJmond")).await.unwrap();
        change(&adviser, id, 1, draft(4, "Politie IJmond")).await.unwrap();
        assert_eq!(fault(change(&adviser, id, 1, draft(5, "Politie Kennemerland")).await), "stale");
        let mut tx = adviser.read().await.unwrap();
        let found = all(&mut tx, "GM0396").await.unwrap();
        drop(tx);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].name.as_str(), found[0].version, found[0].kind), ("Politie IJmond", 2, PartnerKind::Police));
        assert_eq!(audited(&app, "partner:edit").await, 2);
    }

    async fn the_pages_keep_what_was_typed(db) {
        let app = app(db).await;
        let router = router(&app);
        let adviser = Caller::new(&app, &router, Some(Role::Adviser));
        let n = request(1).to_string();
        let typed = [("request", n.as_str()), ("name", "Politie"), ("kind", "riec"), ("email", "politie")];
        let answer = adviser.form("/partners/new", &typed).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("value=\"Politie\"") && answer.text.contains("value=\"riec\" selected"));
        assert!(answer.text.contains("href=\"#email\"") && answer.text.contains("Vul een e-mailadres in"));
        let answer = adviser.form("/partners/new", &[typed[0], typed[1], typed[2], ("email", "a@b.example")]).await;
        assert_eq!((answer.status, answer.location), (303, format!("/partners/{n}?saved=1")));
        person(&app, request(9), "Anna", Role::Partner, Some(request(1))).await;
        for path in ["/partners", "/partners/new", &format!("/partners/{n}"), &format!("/partners/{n}/edit")] {
            for answer in [adviser.get(path).await, english(&adviser, path).await] {
                assert_eq!(answer.status, 200, "{path}");
                whole(&answer);
            }
        }
        assert!(adviser.get(&format!("/partners/{n}")).await.text.contains("Anna"));
        assert!(english(&adviser, "/partners").await.text.contains("a@b.example"));
        assert_eq!(adviser.get(&format!("/partners/{}", request(77))).await.status, 404);
        let mayor = Caller::new(&app, &router, Some(Role::Mayor));
        assert!(!mayor.get("/partners").await.text.contains("/partners/new"), "who may not edit sees no button");
        assert_eq!(Caller::new(&app, &router, Some(Role::Officer)).get("/partners").await.status, 403);
    }

    async fn the_demonstration_is_made_by_the_real_operations(db) {
        let app = app(db).await;
        let municipality = app.home().unwrap().clone();
        let [adviser, mayor] = [Role::Adviser, Role::Mayor].map(|r| cx(&app, Some(r)).actor.account.unwrap());
        let ids = seed::seed(&app, &municipality, adviser).await.unwrap();
        assert_eq!(ids.len(), 7);
        let mut tx = app.main.read().await.unwrap();
        let now = At(testkit::now());
        let made = covenants::all(&mut tx, "GM0396", None).await.unwrap();
        let standings: Vec<_> = made.iter().map(|c| c.standing(now, 90)).collect();
        assert_eq!(standings, [Standing::InForce, Standing::EndsSoon, Standing::Expired]);
        drop(tx);
        person(&app, request(1), "Boa", Role::Officer, None).await;
        person(&app, request(2), "Agent", Role::Partner, Some(ids["police"])).await;
        for (person, processing, deed) in
            [(request(1), "wpg-daily", Some("A-2024-17")), (request(2), "zvh-cases", None)]
        {
            let grant = seed::Grant { adviser, mayor, person, processing, reason: "Demo.", deed };
            seed::authorise(&app, &municipality, grant).await.unwrap();
        }
        let mut tx = app.main.read().await.unwrap();
        let rows = authorisations::list(&mut tx, "GM0396", &authorisations::Filter::default(), now, None, 9).await;
        assert!(rows.unwrap().iter().all(|a| a.state == authorisations::State::InForce));
    }
}

#[test]
fn days_are_read_as_typed() {
    for (text, day) in
        [("", Day::Absent), (" 1970-01-02 ", Day::Of(1)), ("2024-02-30", Day::Unreadable), ("morgen", Day::Unreadable)]
    {
        assert_eq!(Day::typed(text), day, "{text}");
    }
}
