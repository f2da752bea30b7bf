//! Writing an event: saving a draft as often as one likes, and signing it. The page and the officer's app both come
//! here. The caller has entered the processing ([`records::kin::entered`]) and commits the transaction of its vault.

use super::judge::{self, is_open};
use super::store::{self, Event, Line};
use super::{Draft, KIND, State, told, typed};
use kit::{AnyVault, Fault, Tx, Uuid};
use records::Envelope;
use records::kin::{self, Act, Inside};
use serde_json::json;
use site::Cx;

/// The names of the readable fields; what a draft no longer fills is emptied.
const FIELDS: [&str; 4] = ["title", "text", "persons", "place"];

/// Keeps a draft as it was typed; the first time it makes the event with this id. `version` is that of the draft that
/// was changed; `None` for a client that knows that it is the only one. Gives the new version.
///
/// # Errors
/// [`Fault::NotFound`] for another officer's event, [`Fault::Rule`] when it was signed, [`Fault::Stale`] when somebody
/// was first, and when the policy or the database refuses.
pub async fn save_draft(
    cx: &Cx,
    inside: &Inside,
    tx: &mut Tx<AnyVault>,
    (id, version): (Uuid, Option<i64>),
    draft: &Draft,
) -> Result<i64, Fault> {
    let municipality = inside.permit.municipality();
    if store::get(tx, municipality, id).await?.is_none() {
        return create(cx, inside, tx, id, draft).await.map(|()| 1);
    }
    let (permit, record, mut event) = super::open(cx, inside, tx, (id, "sanction:write")).await?;
    if !is_open(event.state) {
        return Err(Fault::Rule { key: "sanctions-rule-signed", values: vec![] });
    }
    if version.is_some_and(|v| v != record.version) {
        return Err(Fault::Stale);
    }
    about(cx, &mut event, draft);
    let fields = told::fields(cx, draft);
    for name in FIELDS {
        let empty = records::FieldText { name: name.to_owned(), is_special: false, text: String::new() };
        let field = fields.iter().find(|f| f.name == name).unwrap_or(&empty);
        kin::put(tx, &inside.seal, municipality, id, field, cx.now).await?;
    }
    kin::subjects(tx, &inside.seal, municipality, id, &fields).await?;
    kept(cx, inside, tx, (&event, draft)).await?;
    one(kin::touch(tx, municipality, &record).await?)?;
    let act = Act { action: permit.action(), processing: inside.id(), record: id, act: "saved", detail: inside.why() };
    kin::seen(tx, &inside.seal, &cx.deed_for(inside.id()), &act, &fields).await?;
    Ok(record.version + 1)
}

async fn create(cx: &Cx, inside: &Inside, tx: &mut Tx<AnyVault>, id: Uuid, draft: &Draft) -> Result<(), Fault> {
    let municipality = inside.permit.municipality();
    let record = Envelope {
        id,
        kind: KIND.to_owned(),
        processing: inside.id().to_owned(),
        origin: "own".to_owned(),
        disclosure_id: None,
        created_at: cx.now,
        created_by: Some(inside.account),
        closed_at: None,
        ended_at: None,
        removed_at: None,
        version: 1,
    };
    let fields = told::fields(cx, draft);
    kin::new(tx, &inside.seal, municipality, &record, &fields).await?;
    let mut event = Event {
        record_id: id,
        officer_id: inside.account,
        state: State::Draft,
        day: 0,
        area: String::new(),
        deed: String::new(),
        visit_id: None,
        signed_at: None,
        checked_at: None,
        checked_by: None,
    };
    about(cx, &mut event, draft);
    kept(cx, inside, tx, (&event, draft)).await?;
    let detail = inside.why();
    let act = Act { action: inside.permit.action(), processing: inside.id(), record: id, act: "created", detail };
    kin::changed(tx, &inside.seal, &cx.deed_for(inside.id()), &act, &fields).await
}

/// Signs a draft: the officer stands for it, on the deed of that day.
///
/// # Errors
/// [`Fault::Invalid`] with everything that misses and every rule of law that stands in the way; else as [`save_draft`].
pub async fn sign(cx: &Cx, inside: &Inside, tx: &mut Tx<AnyVault>, (id, version): (Uuid, i64)) -> Result<(), Fault> {
    let (permit, record, mut event) = super::open(cx, inside, tx, (id, "sanction:write")).await?;
    if !is_open(event.state) {
        return Err(Fault::Rule { key: "sanctions-rule-signed", values: vec![] });
    }
    if version != record.version {
        return Err(Fault::Stale);
    }
    let draft = typed(inside, tx, id).await?;
    let deed = judge::deed(cx, &permit, inside.account, judge::day_of(cx, &draft)).await?;
    judge::faults(cx, inside.opening.hat, deed.as_ref(), &draft).ok()?;
    event.deed = deed.map(|d| d.number).unwrap_or_default();
    (event.state, event.signed_at) = (State::Signed, Some(cx.now));
    kept(cx, inside, tx, (&event, &draft)).await?;
    one(kin::touch(tx, permit.municipality(), &record).await?)?;
    let mut detail = inside.why();
    detail["deed"] = json!(event.deed);
    detail["sanctions"] = json!(draft.sanctions);
    let act = Act { action: permit.action(), processing: inside.id(), record: id, act: "signed", detail };
    kin::changed(tx, &inside.seal, &cx.deed_for(inside.id()), &act, &told::fields(cx, &draft)).await
}

/// What the event's own row says of the draft.
pub(super) fn about(cx: &Cx, event: &mut Event, draft: &Draft) {
    event.day = i64::from(kit::clock::day_number(judge::day_of(cx, draft)));
    let atlas = cx.municipality.get::<areas::Atlas>();
    let by_point = draft.point().and_then(|(lon, lat)| atlas.sheet().neighbourhood(lon, lat).map(str::to_owned));
    let by_name = atlas.sheet().get(&draft.area).map(|a| a.code.clone());
    event.area = by_name.or(by_point).unwrap_or_default();
    event.visit_id = draft.visit;
}

/// Keeps the event's row, its lines and what was typed.
pub(super) async fn kept(
    cx: &Cx,
    inside: &Inside,
    tx: &mut Tx<AnyVault>,
    (event, draft): (&Event, &Draft),
) -> Result<(), Fault> {
    let municipality = inside.permit.municipality();
    let lines: Vec<Line> =
        draft.sanctions.iter().map(|c| Line { offence: c.offence.clone(), modality: c.modality.clone() }).collect();
    store::put(tx, municipality, event, &lines).await?;
    let text = serde_json::to_string(draft).map_err(|e| Fault::Internal(e.to_string()))?;
    kin::put_inner(tx, &inside.seal, municipality, event.record_id, ("typed", text.as_bytes()), cx.now).await
}

/// A change must have met the version that was read.
pub(crate) fn one(touched: u64) -> Result<(), Fault> {
    if touched == 1 { Ok(()) } else { Err(Fault::Stale) }
}
