//! The steps of a dossier: write down, check who asks, extend, decide, answer.

use super::letter;
use super::model::{self, Asker, Dossier, Identity, Laws, State};
use super::{gather, search, store};
use crate::registers::PrivacyConfig;
use jiff::civil::Date;
use kit::once::{self, Claim};
use kit::outbox::{self, Message};
use kit::{At, Fault, FieldFaults, Tx, Uuid, audit, ledger};
use law::{Regime, RequestKind};
use policy::{Permit, Resource};
use site::Cx;

/// Longest texts, in characters: a line and a story.
const MOST: (usize, usize) = (200, 4000);

/// A request as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct NewRequest {
    /// Id of the form, which becomes the id of the request.
    pub request: Uuid,
    /// What is asked.
    pub kind: String,
    /// About which data.
    pub laws: String,
    /// Day on which it was received.
    pub received: String,
    /// Name.
    pub name: String,
    /// Date of birth.
    pub birth: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Postal address.
    pub address: String,
    /// What is asked, in the person's own words.
    pub words: String,
}

impl NewRequest {
    fn checked(&self, today: Date) -> Result<(RequestKind, Laws, Date, Asker), Fault> {
        let mut faults = FieldFaults::default();
        let kind = self.kind.parse().map_err(|_| faults.add("kind", "rights-kind-missing")).ok();
        let laws = self.laws.parse().map_err(|_| faults.add("laws", "rights-laws-missing")).ok();
        let received = self.received.parse::<Date>().ok().filter(|day| *day <= today);
        if received.is_none() {
            faults.add("received", "rights-received-wrong");
        }
        if self.name.is_empty() {
            faults.add("name", "rights-name-missing");
        }
        let birth = self.birth.parse::<Date>().ok();
        if !self.birth.is_empty() && birth.is_none_or(|day| day > today) {
            faults.add("birth", "rights-birth-wrong");
        }
        if self.email.is_empty() && self.address.is_empty() {
            faults.add("email", "rights-contact-missing");
        } else if !self.email.is_empty()
            && !self.email.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'))
        {
            faults.add("email", "rights-email-wrong");
        }
        let lines = [("name", &self.name), ("email", &self.email), ("phone", &self.phone)];
        for (field, text, most) in lines
            .map(|(f, t)| (f, t, MOST.0))
            .into_iter()
            .chain([("address", &self.address, MOST.0), ("words", &self.words, MOST.1)])
        {
            if text.chars().count() > most {
                faults.add_with(field, "rights-too-long", vec![("most", most.to_string())]);
            }
        }
        match (kind, laws, received, faults.is_empty()) {
            (Some(kind), Some(laws), Some(received), true) => Ok((
                kind,
                laws,
                received,
                Asker {
                    name: self.name.clone(),
                    birth,
                    email: self.email.clone(),
                    phone: self.phone.clone(),
                    address: self.address.clone(),
                    words: self.words.clone(),
                },
            )),
            _ => Err(Fault::Invalid(faults)),
        }
    }
}

/// The permit to work on requests.
pub(crate) fn handle(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("rights:handle", &Resource::ordinary("subject-request", cx.code()))
}

pub(crate) fn place(municipality: &str, id: Uuid) -> String {
    format!("{municipality}/subject_request/{id}/asker")
}

/// The person's fingerprint in `main`.
pub(crate) fn fingerprint(cx: &Cx, asker: &Asker) -> Result<String, Fault> {
    Ok(cx.app.seals.of("main")?.fingerprint(&records::subject_key(&asker.name, asker.birth)))
}

/// Opens who asks.
pub(crate) fn opened(cx: &Cx, row: store::Row) -> Result<Dossier, Fault> {
    let asker = cx.app.seals.of("main")?.open(&place(cx.code(), row.id), &row.asker_bytes)?;
    let kind = row.kind.parse().map_err(|e: law::UnknownWord| Fault::Internal(e.to_string()))?;
    Ok(Dossier {
        asker: serde_json::from_slice(&asker).map_err(|e| Fault::Internal(e.to_string()))?,
        kind,
        id: row.id,
        reference: row.reference,
        laws: row.laws,
        state: row.state,
        received_at: row.received_at,
        due_at: row.due_at,
        extended_at: row.extended_at,
        extension: row.extension,
        identity: row.identity,
        refusal_ground: row.refusal_ground,
        refusal: row.refusal,
        answered_at: row.answered_at,
        letter_hash: row.letter_hash,
        version: row.version,
    })
}

/// One request.
///
/// # Errors
/// [`Fault::NotFound`], or when the database refuses.
pub async fn get(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Dossier, Fault> {
    opened(cx, store::get(tx, permit, id).await?.ok_or(Fault::NotFound)?)
}

/// The request at the version that a form was opened with.
pub(crate) async fn current(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid, version: i64) -> Result<Dossier, Fault> {
    let dossier = get(cx, tx, permit, id).await?;
    if dossier.version == version { Ok(dossier) } else { Err(Fault::Stale) }
}

/// A change must have met the version that was read.
pub(crate) fn one(touched: u64) -> Result<(), Fault> {
    if touched == 1 { Ok(()) } else { Err(Fault::Stale) }
}

/// Writes a request down, once per form, and tells the person by mail that it came in; gives its id.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, or when the policy or the database refuses.
pub async fn create(cx: &Cx, tx: &mut Tx, new: &NewRequest) -> Result<Uuid, Fault> {
    let permit = handle(cx)?;
    let zone = &cx.municipality.zone;
    let (kind, laws, received, asker) = new.checked(cx.now.local(zone).date())?;
    if once::claim(tx, cx.code(), new.request, cx.now, &format!("/rights/{}", new.request)).await? != Claim::New {
        return Ok(new.request);
    }
    let start = received.to_zoned(zone.clone()).map_err(|e| Fault::Internal(e.to_string()))?;
    let due_at = model::due(&cx.app.law.terms, &model::calendar(&cx.municipality), &start, false)?;
    let id = new.request;
    let reference = reference(id, received);
    let plain = serde_json::to_vec(&asker).map_err(|e| Fault::Internal(e.to_string()))?;
    let fingerprint = fingerprint(cx, &asker)?;
    let row = store::New {
        id,
        reference: &reference,
        kind,
        laws,
        asker: cx.app.seals.of("main")?.seal(&place(cx.code(), id), &plain)?,
        fingerprint: &fingerprint,
        received_at: At(start.timestamp()),
        due_at,
    };
    store::insert(tx, &permit, row, cx.now).await?;
    let detail = serde_json::json!({ "reference": reference, "kind": kind, "laws": laws, "due": due_at });
    written(cx, tx, &permit, id, &asker, detail).await?;
    let dossier = get(cx, tx, &permit, id).await?;
    tell(cx, tx, &dossier, ("rights-mail-received-subject", "rights-mail-received-body"), "").await?;
    Ok(id)
}

/// A reference that a person can read aloud: the year and the last six signs of the id.
fn reference(id: Uuid, received: Date) -> String {
    let id = id.simple().to_string().to_uppercase();
    format!("V{}-{}", received.year(), id.get(26..).unwrap_or_default())
}

/// Writes down how it was checked who asks.
///
/// # Errors
/// [`Fault::Invalid`], [`Fault::Stale`], [`Fault::Rule`], or when the policy or the database refuses.
pub async fn identify(cx: &Cx, tx: &mut Tx, id: Uuid, version: i64, how: &str) -> Result<(), Fault> {
    let permit = handle(cx)?;
    let dossier = current(cx, tx, &permit, id, version).await?;
    let how: Identity = how.parse().map_err(|_| fault("identity", "rights-identity-missing"))?;
    dossier.state.become_(State::Identified)?;
    one(store::identified(tx, &permit, (id, version), how, cx.now).await?)?;
    written(cx, tx, &permit, id, &dossier.asker, serde_json::json!({ "identity": how })).await
}

/// Extends the term once, within the first month, and tells the person why (AVG art. 12(3)).
///
/// # Errors
/// As [`identify`].
pub async fn extend(cx: &Cx, tx: &mut Tx, id: Uuid, version: i64, reason: &str) -> Result<(), Fault> {
    let permit = handle(cx)?;
    let dossier = current(cx, tx, &permit, id, version).await?;
    if reason.is_empty() {
        return Err(fault("extension", "rights-extension-missing"));
    }
    if dossier.extended_at.is_some() || dossier.answered_at.is_some() || cx.now >= dossier.due_at {
        return Err(Fault::Rule { key: "rights-rule-extend", values: vec![] });
    }
    let received = dossier.received_at.0.to_zoned(cx.municipality.zone.clone());
    let due = model::due(&cx.app.law.terms, &model::calendar(&cx.municipality), &received, true)?;
    one(store::extended(tx, &permit, (id, version), (due, reason), cx.now).await?)?;
    written(cx, tx, &permit, id, &dossier.asker, serde_json::json!({ "extended": due })).await?;
    let dossier = get(cx, tx, &permit, id).await?;
    tell(cx, tx, &dossier, ("rights-mail-extended-subject", "rights-mail-extended-body"), reason).await
}

/// The grounds on which a whole request can be refused today, each once.
#[must_use]
pub fn grounds_of_request<'a>(cx: &'a Cx, dossier: &Dossier) -> Vec<&'a law::RefusalGround> {
    let mut all: Vec<&law::RefusalGround> = Vec::new();
    for regime in [Regime::R1, Regime::R2].into_iter().filter(|r| dossier.laws.covers(*r)) {
        for ground in cx.app.law.rights.grounds(dossier.kind, regime, dossier.received(&cx.municipality.zone)) {
            if all.iter().all(|g| g.id != ground.id) {
                all.push(ground);
            }
        }
    }
    all
}

/// Refuses a request as a whole, without a search.
///
/// # Errors
/// As [`identify`].
pub async fn refuse(cx: &Cx, tx: &mut Tx, id: Uuid, version: i64, (ground, reason): (&str, &str)) -> Result<(), Fault> {
    let permit = handle(cx)?;
    let dossier = current(cx, tx, &permit, id, version).await?;
    let mut faults = FieldFaults::default();
    if grounds_of_request(cx, &dossier).iter().all(|g| g.id != ground) {
        faults.add("refusal-ground", "rights-ground-missing");
    }
    if reason.is_empty() {
        faults.add("refusal", "rights-reason-missing");
    }
    faults.ok()?;
    dossier.state.become_(State::Decided)?;
    one(store::decided(tx, &permit, (id, version), Some((ground, reason)), cx.now).await?)?;
    written(cx, tx, &permit, id, &dossier.asker, serde_json::json!({ "refused": ground })).await
}

/// Closes the decisions: every finding of every vault has one.
///
/// # Errors
/// [`Fault::Rule`] while a finding waits, or as [`identify`]; every vault that counts must be open to the actor.
pub async fn decide(cx: &Cx, id: Uuid, version: i64) -> Result<(), Fault> {
    let permit = handle(cx)?;
    let mut tx = cx.read().await?;
    let dossier = current(cx, &mut tx, &permit, id, version).await?;
    drop(tx);
    dossier.state.become_(State::Decided)?;
    for (vault, _) in gather::vaults(cx, &dossier) {
        let place = gather::enter(cx, &dossier, vault)?;
        let sheet = search::sheet(cx, &dossier, &place).await?;
        if !sheet.is_some_and(|(sheet, _)| sheet.is_decided()) {
            let vault = cx.t(&format!("rights-vault-{vault}"));
            return Err(Fault::Rule { key: "rights-rule-undecided", values: vec![("vault", vault)] });
        }
    }
    let mut tx = cx.write().await?;
    one(store::decided(&mut tx, &permit, (id, version), None, cx.now).await?)?;
    written(cx, &mut tx, &permit, id, &dossier.asker, serde_json::json!({ "decided": true })).await?;
    Ok(tx.commit().await?)
}

/// Gives the answer: keeps its fingerprint and closes the term. The letter itself goes to the person and into the
/// municipality's archive; its content is not kept here.
///
/// # Errors
/// As [`decide`].
pub async fn answer(cx: &Cx, id: Uuid, version: i64) -> Result<(), Fault> {
    let permit = handle(cx)?;
    let mut tx = cx.read().await?;
    let dossier = current(cx, &mut tx, &permit, id, version).await?;
    drop(tx);
    dossier.state.become_(State::Answered)?;
    let letter = letter::build(cx, &dossier).await?;
    let mut tx = cx.write().await?;
    one(store::answered(&mut tx, &permit, (id, version), &letter.hash(), cx.now).await?)?;
    let detail = serde_json::json!({ "answered": letter.hash(), "in_time": cx.now < dossier.due_at });
    written(cx, &mut tx, &permit, id, &dossier.asker, detail).await?;
    Ok(tx.commit().await?)
}

/// Audit entry and processing log of a step.
pub(crate) async fn written(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    asker: &Asker,
    detail: serde_json::Value,
) -> Result<(), Fault> {
    let deed = cx.deed_for("rights");
    audit::record(tx, &deed, permit.action(), "subject-request", &id.to_string(), &detail).await?;
    Ok(ledger::write(tx, &deed, permit.action(), "rights", &[fingerprint(cx, asker)?]).await?)
}

fn fault(field: &'static str, key: &'static str) -> Fault {
    let mut faults = FieldFaults::default();
    faults.add(field, key);
    Fault::Invalid(faults)
}

/// A mail to the person, when there is an address. It never says more than that there is a request.
async fn tell(
    cx: &Cx,
    tx: &mut Tx,
    dossier: &Dossier,
    (subject, body): (&str, &str),
    reason: &str,
) -> Result<(), Fault> {
    if dossier.asker.email.is_empty() {
        return Ok(());
    }
    let language = cx.municipality.file.languages.first().map_or("nl", String::as_str);
    let words = cx.app.library.words(language, cx.municipality.zone.clone());
    let values = [
        ("reference", dossier.reference.as_str().into()),
        ("municipality", cx.municipality.file.name.as_str().into()),
        ("day", words.date(At::from_micros(dossier.due_at.micros() - 1)).into()),
        ("reason", reason.into()),
        ("officer", cx.municipality.get::<PrivacyConfig>().officer.name.clone().into()),
        ("email", cx.municipality.get::<PrivacyConfig>().officer.email.clone().into()),
    ];
    let message = Message {
        id: kit::clock::id_at(cx.now),
        municipality: cx.code().to_owned(),
        recipient: dossier.asker.email.clone(),
        subject: words.ta(subject, &values),
        body: words.ta(body, &values),
    };
    Ok(outbox::put(tx, &message, cx.now).await?)
}

/// How many requests wait for an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Without an answer.
    pub open: usize,
    /// Of these, with little time left.
    pub soon: usize,
    /// Of these, past their term.
    pub late: usize,
}

/// How many requests wait for an answer, for a start page; the municipality says how many days are few.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn waiting(cx: &Cx, tx: &mut Tx) -> Result<Waiting, Fault> {
    let permit = cx.permit("rights:read", &Resource::ordinary("subject-request", cx.code()))?;
    let few = cx.municipality.get::<PrivacyConfig>().warn_days * 86_400_000_000;
    let terms = store::open_terms(tx, permit.municipality()).await?;
    let late = terms.iter().filter(|due| cx.now >= **due).count();
    let soon = terms.iter().filter(|due| cx.now < **due && due.micros() - cx.now.micros() <= few).count();
    Ok(Waiting { open: terms.len(), soon, late })
}
