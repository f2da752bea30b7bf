//! What is known of an officer because of the work: rosters, powers, the app and rounds. Each is a finding of its own, as
//! each has its own purpose and its own term. What may go is erased once the account is closed; what the law or a term
//! keeps stays, and the answer says what and by which rule.

use super::gather::{Field, Opened, kept};
use super::model::What;
use jiff::civil::Date;
use kit::{At, Fault, Tx, Uuid};
use people::deed::{self, Deed, DeedConfig};
use policy::Permit;
use site::Cx;

/// The sorts of findings, with the processing that they belong to. The order gives each its id.
const SORTS: [(What, &str); 4] =
    [(What::Roster, "rosters"), (What::Deed, "powers"), (What::Phone, "field-app"), (What::Rounds, "field-work")];

/// The id of a finding of an account, and the account of such a finding: each is the other's.
fn twin(what: What, id: Uuid) -> Uuid {
    let place = SORTS.iter().position(|(sort, _)| *sort == what).map_or(0, |n| n + 1);
    Uuid::from_u128(id.as_u128() ^ place as u128)
}

/// Whether a finding is about the work of an officer.
pub(crate) fn is_work(what: What) -> bool {
    SORTS.iter().any(|(sort, _)| *sort == what)
}

/// What is known of the officer with this account, which was made then; nothing of somebody who is no officer.
pub(crate) async fn found(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    (account, created_at, is_sure): (Uuid, At, bool),
) -> Result<Vec<Opened>, Fault> {
    let deeds = deed::of(tx, permit, account).await?;
    let last = deeds.iter().map(|d| d.until).max();
    let all = [
        roster::subject::find(cx, tx, permit, account).await?,
        deed_lines(cx, &deeds).map(|text| vec![("deeds", text)]).unwrap_or_default(),
        field::subject::find(cx, tx, permit, account).await?,
        patrol::subject::find(cx, tx, permit, account).await?,
    ];
    let known = SORTS.into_iter().zip(all).filter(|(_, fields)| !fields.is_empty());
    let opened = known.map(|((what, processing), fields)| {
        let opened = Opened::of(cx, what, twin(what, account), processing, created_at);
        let end = last.filter(|_| what == What::Deed).and_then(|day| end_of(cx, day));
        Opened {
            is_sure,
            fields: fields.into_iter().map(|(name, text)| Field { name: name.to_owned(), text }).collect(),
            kept: kept(cx, processing, |_| end),
            ..opened
        }
    });
    Ok(opened.collect())
}

/// The moment at which a day is over.
fn end_of(cx: &Cx, day: Date) -> Option<At> {
    let next = day.tomorrow().ok()?.to_zoned(cx.municipality.zone.clone()).ok()?;
    Some(At(next.timestamp()))
}

fn deed_lines(cx: &Cx, deeds: &[Deed]) -> Option<String> {
    let places = cx.municipality.find::<DeedConfig>();
    let place = |code: &String| places.as_ref().map_or(code.clone(), |p| p.place(code).to_owned());
    let lines = deeds.iter().map(|d| {
        let trained = d.trained_until.map_or_else(String::new, |day| cx.words.day(day));
        let values = [
            ("number", d.number.as_str().into()),
            ("domain", d.domain.as_str().into()),
            ("territory", d.territory.iter().map(place).collect::<Vec<_>>().join(", ").into()),
            ("first", cx.words.day(d.from).into()),
            ("last", cx.words.day(d.until).into()),
        ];
        let mut line = cx.words.ta("rights-deed", &values);
        for (key, text) in [
            ("rights-deed-trained", trained),
            ("rights-deed-offences", d.offences.join(", ")),
            ("rights-deed-means", d.means.join(", ")),
        ] {
            if !text.is_empty() {
                line = format!("{line} {}", cx.words.t1(key, "what", &text));
            }
        }
        line
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Erases of a finding what may go.
///
/// # Errors
/// [`Fault::Rule`] while the account is open, and where all of it must stay until its term is over; when the database
/// refuses.
pub(crate) async fn erase(cx: &Cx, tx: &mut Tx, permit: &Permit, opened: &Opened) -> Result<(), Fault> {
    let account = twin(opened.what, opened.id);
    people::subject::closed(tx, permit, account).await?;
    match opened.what {
        What::Roster => roster::subject::erase(cx, tx, permit, account).await,
        What::Phone => field::subject::erase(cx, tx, permit, account).await,
        _ => {
            let rule = opened.kept.as_ref().map(|(rule, _)| rule.clone()).unwrap_or_default();
            Err(Fault::Rule { key: "rights-rule-stays", values: vec![("rule", rule)] })
        }
    }
}
