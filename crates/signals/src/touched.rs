//! The processing log of reports: a line for the reporter whose contact details lie with a report, in the
//! transaction of the deed (Logboek Dataverwerkingen 1.0). A report without them points to nobody and gets no line.

use crate::handle;
use crate::intake::Reporter;
use crate::subject::{digits, folded};
use kit::{Fault, Tx, Uuid, ledger};
use policy::Permit;
use site::Cx;

/// The text that stands for a reporter: the e-mail address, else the telephone number, else the name, folded so that
/// the same person gives the same. `Seal::fingerprint` of it by the vault `main` is the subject of the log.
#[must_use]
pub fn subject_key(reporter: &Reporter) -> Option<String> {
    let (email, phone, name) = (folded(&reporter.email), digits(&reporter.phone), folded(&reporter.name));
    [("email", email), ("phone", phone), ("person", name)]
        .into_iter()
        .find(|(_, text)| !text.is_empty())
        .map(|(kind, text)| format!("{kind}/{text}"))
}

/// Writes that the deed of `permit` touched the data of `reporter`.
///
/// # Errors
/// When the vault has no key or the database refuses.
pub async fn touched(cx: &Cx, tx: &mut Tx, permit: &Permit, reporter: Option<&Reporter>) -> Result<(), Fault> {
    let Some(key) = reporter.and_then(subject_key) else { return Ok(()) };
    let deed = cx.deed();
    let processing = cx.app.policy.register().of_action(permit.action()).map_or(deed.purpose, |p| &p.id);
    let subject = cx.seal(permit)?.fingerprint(&key);
    Ok(ledger::write(tx, &deed, permit.action(), processing, &[subject]).await?)
}

/// The same for reading report `signal`: the line is kept before the answer leaves.
///
/// # Errors
/// As [`touched`].
pub(crate) async fn read(cx: &Cx, permit: &Permit, signal: Uuid) -> Result<Option<Reporter>, Fault> {
    let mut tx = cx.read().await?;
    let reporter = handle::reporter(&mut tx, permit, signal).await?.filter(|r| !r.is_empty());
    drop(tx);
    if reporter.is_some() {
        let mut tx = cx.write().await?;
        touched(cx, &mut tx, permit, reporter.as_ref()).await?;
        tx.commit().await?;
    }
    Ok(reporter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::handle::{Edit, apply};
    use kit::ledger::Line;
    use site::routes::Table;
    use testkit::{Caller, db_test, web};

    fn reporter(name: &str, email: &str, phone: &str) -> Reporter {
        Reporter { name: name.into(), email: email.into(), phone: phone.into(), ..Reporter::default() }
    }

    #[test]
    fn a_reporter_has_one_key_however_it_is_typed() {
        let key = |name, email, phone| subject_key(&reporter(name, email, phone));
        assert_eq!(key("Zoë", " Zoe@Voorbeeld.NL ", "06-12345678").as_deref(), Some("email/zoe@voorbeeld.nl"));
        assert_eq!(key("Zoë", "", "+31 6 1234 5678"), key("", " ", "06-12345678"));
        assert_eq!(key(" ZOË ", "", "").as_deref(), Some("person/zoë"));
        assert_eq!(key("", "", ""), None);
    }

    async fn lines(cx: &Cx) -> Vec<Line> {
        let mut tx = cx.read().await.unwrap();
        kit::ledger::waiting(&mut tx, cx.code(), 100).await.unwrap()
    }

    db_test! {
        async fn whoever_touches_a_reporter_leaves_a_line(db) {
            let app = fixture::app(db).await;
            let mut cx = fixture::coordinator(&app);
            cx.action = "signal:handle";
            let traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
            cx.trace = kit::Trace::follow(traceparent).unwrap();
            fixture::add(&cx, fixture::report(&cx)).await;
            assert!(lines(&cx).await.is_empty(), "a report without contact details points to nobody");

            let mut new = fixture::report(&cx);
            new.reporter = Some(reporter("Zoë", "Zoe@voorbeeld.nl", ""));
            let id = fixture::add(&cx, new.clone()).await;
            fixture::add(&cx, new).await;
            let made = lines(&cx).await;
            assert_eq!(made.len(), 1, "once, also when it is sent again");
            let subject = app.seals.of("main").unwrap().fingerprint("email/zoe@voorbeeld.nl");
            assert_eq!((made[0].name.as_str(), made[0].processing.as_str(), &made[0].subject), ("signal:create", "reports", &subject));
            assert_eq!(made[0].trace_id, "0af7651916cd43dd8448eb211c80319c");
            assert_eq!(made[0].foreign_operation_id.as_deref(), Some("b7ad6b7169203331"));

            let permit = fixture::permit(&cx, "signal:handle");
            let mut tx = cx.write().await.unwrap();
            apply(&cx, &mut tx, &permit, id, None, &Edit::Note("gebeld")).await.unwrap();
            drop(tx);
            assert_eq!(lines(&cx).await.len(), 1, "a deed that is undone leaves no line");
            let mut tx = cx.write().await.unwrap();
            apply(&cx, &mut tx, &permit, id, None, &Edit::Note("gebeld")).await.unwrap();
            tx.commit().await.unwrap();

            let table = Table::new(&app)
                .get("/signals/{id}", "signal:read", crate::handle::page)
                .get("/api/v1/signals/{id}", "signal:read", crate::api::read);
            let caller = Caller::new(&app, &web(&app, table), cx.actor.role);
            for path in [format!("/signals/{id}"), format!("/api/v1/signals/{id}")] {
                assert_eq!(caller.get(&path).await.status, 200);
            }
            let all = lines(&cx).await;
            let mut names: Vec<_> = all.iter().map(|l| l.name.as_str()).collect();
            names.sort_unstable();
            assert_eq!(names, ["signal:create", "signal:handle", "signal:read", "signal:read"]);
            assert!(all.iter().all(|l| l.subject == subject && l.processing == "reports"));
        }
    }
}
