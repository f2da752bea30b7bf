//! What a vault knows about a person, opened: records with fields, receivers and origin; in `main` also reports,
//! accounts and earlier requests.

use super::model::{Dossier, What};
use super::officer;
use super::store::{self, Receiver};
use jiff::civil::Date;
use kit::{AnyVault, At, Db, Fault, Seal, Uuid};
use law::{Regime, Trigger};
use policy::{Hat, Permit, Resource};
use site::Cx;

/// A field that a person can get to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// Something that was found, opened.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub what: What,
    pub id: Uuid,
    pub kind: String,
    pub processing: String,
    /// Whether more than the name is the same.
    pub is_sure: bool,
    /// Whether it came from another organisation or vault.
    pub is_received: bool,
    pub created_at: At,
    /// Where it stands, as a locale word: `free`, `removed`, `held`.
    pub stage: &'static str,
    pub fields: Vec<Field>,
    pub receivers: Vec<Receiver>,
    /// Retention rule, and the day of destruction when it is known.
    pub kept: Option<(String, Option<Date>)>,
}

impl Opened {
    /// Something in `main`, without its fields.
    pub(crate) fn of(cx: &Cx, what: What, id: Uuid, processing: &str, created_at: At) -> Self {
        Self {
            what,
            id,
            kind: what.to_string(),
            processing: processing.to_owned(),
            is_sure: true,
            is_received: false,
            created_at,
            stage: "free",
            fields: vec![],
            receivers: vec![],
            kept: kept(cx, processing, |_| None),
        }
    }
}

/// One vault, opened for the search of a request.
pub(crate) struct Place {
    pub vault: &'static str,
    pub regime: Regime,
    pub permit: Permit,
    pub db: Db<AnyVault>,
    pub seal: Seal,
}

/// The vaults that a request is about and that are open in this program, `main` first.
pub(crate) fn vaults(cx: &Cx, dossier: &Dossier) -> Vec<(&'static str, Regime)> {
    let mut all = vec![("main", Regime::R1)];
    all.extend(Regime::ALL.into_iter().filter(|r| r.vault() != "main").map(|r| (r.vault(), r)));
    all.retain(|(vault, regime)| {
        dossier.laws.covers(*regime) && (*vault == "main" || cx.app.vaults.get(vault).is_some())
    });
    all
}

/// Opens a vault for a search: the privacy officer, with a fresh second factor; the purpose is the dossier.
pub(crate) fn enter(cx: &Cx, dossier: &Dossier, vault: &str) -> Result<Place, Fault> {
    let (vault, regime) = vaults(cx, dossier).into_iter().find(|(v, _)| *v == vault).ok_or(Fault::NotFound)?;
    let resource = Resource::fenced("record", cx.code(), regime, "");
    let permit = cx.permit_as("rights:search", &resource, &cx.how(Hat::Supervisor, true))?;
    Ok(Place { vault, regime, db: cx.vault(&permit)?, seal: cx.seal(&permit)?.clone(), permit })
}

/// Everything of this vault about the person of a request.
pub(crate) async fn gather(cx: &Cx, dossier: &Dossier, place: &Place) -> Result<Vec<Opened>, Fault> {
    let mut found = in_records(cx, dossier, place).await?;
    if place.vault == "main" {
        found.extend(in_main(cx, dossier, place).await?);
    }
    Ok(found)
}

async fn in_records(cx: &Cx, dossier: &Dossier, place: &Place) -> Result<Vec<Opened>, Fault> {
    let person = dossier.person();
    let fingerprints = records::fingerprints(&place.seal, &person);
    let key = records::subject_key(&person.name, None);
    let mut tx = place.db.read().await?;
    let mut found = Vec::new();
    for record in records::about(&mut tx, &place.permit, &fingerprints).await? {
        let content = records::content(&mut tx, &place.seal, &place.permit, record.id).await?;
        let persons: Vec<records::Person> = content
            .iter()
            .find(|f| f.name == "persons")
            .and_then(|f| serde_json::from_str(&f.text).ok())
            .unwrap_or_default();
        let same: Vec<_> = persons.iter().filter(|p| records::subject_key(&p.name, None) == key).collect();
        let birth = dossier.asker.birth;
        // Somebody of the same name who was born on another day is somebody else.
        let others = |p: &&&records::Person| birth.is_some() && p.birth.is_some() && p.birth != birth;
        if !same.is_empty() && same.iter().filter(others).count() == same.len() {
            continue;
        }
        let is_sure = birth.is_some() && same.iter().any(|p| p.birth == birth);
        let fields = content
            .into_iter()
            // Who or what it came from is never told: the source keeps its secret (AVG 15(4), Wpg 27(1)(d)).
            .filter(|f| f.name != "source")
            .map(|f| match f.name.as_str() {
                "persons" => Field { text: own_lines(cx, &persons, &key), name: f.name },
                _ => Field { name: f.name, text: f.text },
            })
            .collect();
        let is_held = store::is_held(&mut tx, &place.permit, record.id).await?;
        found.push(Opened {
            what: What::Record,
            id: record.id,
            kind: record.kind.clone(),
            is_sure,
            is_received: record.origin != "own",
            created_at: record.created_at,
            stage: match (is_held, record.removed_at) {
                (true, _) => "held",
                (_, Some(_)) => "removed",
                _ => "free",
            },
            fields,
            receivers: store::receivers(&mut tx, &place.permit, record.id).await?,
            kept: kept(cx, &record.processing, |trigger| match trigger {
                Trigger::Created => Some(record.created_at),
                Trigger::Closed => record.closed_at,
                Trigger::Ended => record.ended_at,
            }),
            processing: record.processing,
        });
    }
    Ok(found)
}

/// The persons of a record who have the asker's name: others are none of the asker's business.
fn own_lines(cx: &Cx, persons: &[records::Person], key: &str) -> String {
    let line = |p: &records::Person| match p.birth {
        Some(birth) => format!("{}, {}", p.name, cx.words.day(birth)),
        None => p.name.clone(),
    };
    let own = persons.iter().filter(|p| records::subject_key(&p.name, None) == key);
    own.map(line).collect::<Vec<_>>().join("\n")
}

async fn in_main(cx: &Cx, dossier: &Dossier, place: &Place) -> Result<Vec<Opened>, Fault> {
    let asker = &dossier.asker;
    let mut tx = cx.read().await?;
    let mut found = Vec::new();
    let wanted = signals::subject::Wanted { name: &asker.name, email: &asker.email, phone: &asker.phone };
    let opened = |what, id, processing, created_at| Opened::of(cx, what, id, processing, created_at);
    let fields = |all: &[(&str, String)]| -> Vec<Field> {
        let full = all.iter().filter(|(_, text)| !text.is_empty());
        full.map(|(name, text)| Field { name: (*name).to_owned(), text: text.clone() }).collect()
    };
    for report in signals::subject::find(&mut tx, &place.permit, &wanted).await? {
        let answers = signals::category::questions::answered(&mut tx, &place.permit, report.id, &cx.words).await?;
        let answers = answers.iter().map(|(label, value)| format!("{label} {value}")).collect::<Vec<_>>().join("\n");
        found.push(Opened {
            is_sure: report.is_sure(&wanted),
            fields: fields(&[
                ("reference", report.reference),
                ("words", report.words),
                ("answers", answers),
                ("address", report.address),
                ("name", report.name),
                ("email", report.email),
                ("phone", report.phone),
                ("postal", report.postal),
            ]),
            kept: kept(
                cx,
                "reports",
                |t| if t == Trigger::Created { Some(report.reported_at) } else { report.closed_at },
            ),
            ..opened(What::Reporter, report.id, "reports", report.reported_at)
        });
    }
    for trace in signals::subject::traces(&mut tx, &place.permit, &asker.email).await? {
        found.push(Opened {
            fields: fields(&[
                ("trace", cx.t(&format!("rights-trace-{}", trace.kind))),
                ("reference", trace.about),
                ("email", asker.email.clone()),
            ]),
            ..opened(What::Trace, trace.id, "reports", trace.at)
        });
    }
    for known in neighbours::subject::find(&mut tx, &place.permit, &asker.email).await? {
        found.push(Opened {
            fields: fields(&[
                ("trace", cx.t(&format!("rights-trace-{}", known.kind))),
                ("reference", known.about),
                ("name", known.name),
                ("email", known.email),
                ("phone", known.phone),
            ]),
            ..opened(What::Neighbour, known.id, "neighbours", known.at)
        });
    }
    for account in people::subject::find(&mut tx, &place.permit, &asker.name, &asker.email).await? {
        let same_email = !asker.email.is_empty() && account.email.eq_ignore_ascii_case(&asker.email);
        found.extend(officer::found(cx, &mut tx, &place.permit, (account.id, account.created_at, same_email)).await?);
        found.push(Opened {
            is_sure: same_email,
            fields: fields(&[
                ("name", account.name),
                ("email", account.email),
                ("username", account.username),
                ("role", cx.t(&format!("role-{}", account.role))),
                ("authorisations", cx.words.whole(account.authorisations)),
                ("seen", account.seen_at.map(|at| cx.words.date_time(At::from_micros(at))).unwrap_or_default()),
            ]),
            ..opened(What::Account, account.id, "accounts", account.created_at)
        });
    }
    let fingerprint = super::ops::fingerprint(cx, asker)?;
    let main = cx.permit("rights:read", &Resource::ordinary("subject-request", cx.code()))?;
    for row in store::of_person(&mut tx, &main, &fingerprint, dossier.id).await? {
        let earlier = super::ops::opened(cx, row)?;
        found.push(Opened {
            fields: fields(&[
                ("reference", earlier.reference),
                ("request", cx.t(&format!("rights-kind-{}", earlier.kind))),
                ("words", earlier.asker.words),
            ]),
            kept: kept(cx, "rights", |_| earlier.answered_at),
            ..opened(What::Request, earlier.id, "rights", earlier.received_at)
        });
    }
    Ok(found)
}

/// The rule by which something of a processing is kept, and the day of its destruction as far as that is known.
pub(crate) fn kept(cx: &Cx, processing: &str, at: impl Fn(Trigger) -> Option<At>) -> Option<(String, Option<Date>)> {
    let zone = &cx.municipality.zone;
    let id = cx.app.policy.register().get(processing)?.retention.first()?;
    let rule = crate::registers::rule(cx, id)?;
    let trigger = at(rule.trigger).map(|at| at.local(zone).date());
    Some((rule.name.get(cx.words.language()).to_owned(), trigger.and_then(|day| rule.destroyed_on(day))))
}
