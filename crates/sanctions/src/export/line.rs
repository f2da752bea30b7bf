//! One line of the export file.

use super::Deed;
use crate::event::{Draft, Event};
use kit::Fault;
use law::sanction::Amount;
use records::Envelope;
use serde::Serialize;
use site::Cx;

/// The name of our format, with its version; another format is another function beside [`line`].
pub const FORMAT: &str = "regie-sanctions/1";

#[derive(Serialize)]
struct Line<'a> {
    act: Deed,
    id: String,
    offence: &'a str,
    modality: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content<'a>>,
}

#[derive(Serialize)]
struct Content<'a> {
    deed: &'a str,
    date: &'a str,
    time: &'a str,
    place: &'a str,
    caught: &'a str,
    means: &'a str,
    vehicle: Vehicle<'a>,
    person: Person<'a>,
    /// Whole euros as far as known; the agency's own tariff goes before ours.
    amount: Option<Amount>,
}

#[derive(Serialize)]
struct Vehicle<'a> {
    kind: &'a str,
    plate: &'a str,
    note: &'a str,
}

#[derive(Serialize)]
struct Person<'a> {
    surname: &'a str,
    first_names: &'a str,
    birth: &'a str,
    birth_place: &'a str,
    address: &'a str,
    postcode: &'a str,
    town: &'a str,
    identity: &'a str,
    identity_number: &'a str,
}

/// The line as JSON, on one line. A withdrawal says only which sanction: who it was about is known to the receiver.
pub(super) fn line(
    cx: &Cx,
    (record, event): (&Envelope, &Event),
    draft: &Draft,
    (act, code): (Deed, &str),
) -> Result<String, Fault> {
    let chosen = draft.sanctions.iter().find(|c| c.offence == code);
    let amount = || {
        let day = draft.day()?;
        let offence = cx.app.law.offences.get(code, day)?;
        cx.app.law.sanctions.amount(offence, Draft::modality(chosen?)?, (day, draft.age()))
    };
    let content = || Content {
        deed: &event.deed,
        date: &draft.date,
        time: &draft.time,
        place: &draft.place,
        caught: &draft.caught,
        means: &draft.means,
        vehicle: Vehicle { kind: &draft.vehicle, plate: &draft.plate, note: &draft.vehicle_note },
        person: Person {
            surname: &draft.surname,
            first_names: &draft.first_names,
            birth: &draft.birth,
            birth_place: &draft.birth_place,
            address: &draft.address,
            postcode: &draft.postcode,
            town: &draft.town,
            identity: &draft.identity,
            identity_number: &draft.identity_number,
        },
        amount: amount(),
    };
    let line = Line {
        act,
        id: format!("{}-{code}", record.id),
        offence: code,
        modality: chosen.map_or("", |c| c.modality.as_str()),
        content: (act != Deed::Withdrawal).then(content),
    };
    serde_json::to_string(&line).map_err(|e| Fault::Internal(e.to_string()))
}
