//! Invented partners for the demonstration, made through the same doors as real ones.

use super::{Day, Draft, PartnerKind, create};
use crate::authorisations::{self, Decision, Proposal};
use crate::covenants::{self, Contact};
use kit::clock::{day_number, id_at};
use kit::{At, Fault, Municipality, Uuid};
use policy::{Actor, Role};
use site::{Cx, Shared};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Key, name, kind, e-mail and telephone; `.example` is nobody's.
const ORGANISATIONS: [(&str, &str, PartnerKind, &str, &str); 7] = [
    ("police", "Politie, basisteam IJmond", PartnerKind::Police, "ijmond@politie.example", "0900-0000"),
    ("prosecutor", "Openbaar Ministerie Noord-Holland", PartnerKind::Prosecutor, "nh@om.example", "088-0000001"),
    (
        "zvh",
        "Zorg- en Veiligheidshuis Kennemerland",
        PartnerKind::CareAndSafetyHouse,
        "info@zvh-kennemerland.example",
        "023-0000001",
    ),
    ("riec", "RIEC Noord-Holland", PartnerKind::Riec, "info@riec-nh.example", "088-0000002"),
    (
        "duinrand",
        "Woningcorporatie De Duinrand",
        PartnerKind::HousingCorporation,
        "wonen@duinrand.example",
        "0251-000001",
    ),
    (
        "kennemerhof",
        "Woonstichting Kennemerhof",
        PartnerKind::HousingCorporation,
        "info@kennemerhof.example",
        "0251-000002",
    ),
    ("safe-home", "Veilig Thuis Kennemerland", PartnerKind::SafeHome, "info@veiligthuis-kl.example", "0800-0000"),
];

/// A covenant of the demonstration; days count from today.
struct Sketch {
    title: &'static str,
    purpose: &'static str,
    legal_basis: &'static str,
    data: &'static str,
    parties: &'static [&'static str],
    processing: &'static str,
    life_areas: &'static [&'static str],
    from: i32,
    until: i32,
}

const COVENANTS: [Sketch; 3] = [
    Sketch {
        title: "Samenwerking Zorg- en Veiligheidshuis Kennemerland",
        purpose: "Samen een persoonsgerichte aanpak maken voor mensen met problemen op meer leefgebieden die leiden \
            tot overlast of criminaliteit, als één partner dit niet alleen kan.",
        legal_basis: "Wet gegevensverwerking door samenwerkingsverbanden (WGS)",
        data: "Contactgegevens, relevante conclusies per leefgebied, strafrechtelijke gegevens, afspraken en acties. \
            Geen medische dossiers.",
        parties: &["police", "prosecutor", "zvh", "duinrand", "kennemerhof", "safe-home"],
        processing: "zvh-cases",
        life_areas: &["housing", "income", "activity", "mental-health", "addiction", "family", "justice"],
        from: -400,
        until: 695,
    },
    Sketch {
        title: "Regionaal convenant RIEC Noord-Holland",
        purpose: "Signalen van ondermijnende criminaliteit samen wegen en samen ingrijpen.",
        legal_basis: "Wet gegevensverwerking door samenwerkingsverbanden (WGS)",
        data: "Signalen over personen, bedrijven en panden, handhavingsgegevens, advies over de interventie.",
        parties: &["police", "prosecutor", "riec"],
        processing: "riec-cases",
        life_areas: &[],
        from: -320,
        until: 44,
    },
    Sketch {
        title: "Samen tegen woonoverlast",
        purpose: "Ernstige woonoverlast in de buurt snel oppakken en afspraken maken met bewoners.",
        legal_basis: "AVG art. 6(1)(e), Gemeentewet art. 172",
        data: "Adres, aard van de overlast, afspraken met bewoners.",
        parties: &["police", "duinrand", "kennemerhof"],
        processing: "received",
        life_areas: &["housing", "network"],
        from: -800,
        until: -70,
    },
];

/// Somebody at ten o'clock on a day.
fn as_somebody(
    app: &Shared,
    municipality: &Arc<Municipality>,
    who: (Uuid, Role),
    day: i32,
    action: &'static str,
) -> Cx {
    let mut cx = Cx::system(app, municipality, action);
    cx.actor = Actor { account: Some(who.0), role: Some(who.1), ..cx.actor };
    cx.now = Day::Of(day).start(municipality).map_or(cx.now, |at| At::from_micros(at.micros() + 36_000_000_000));
    cx
}

fn today(app: &Shared, municipality: &Municipality) -> i32 {
    day_number(app.clock.now().local(&municipality.zone).date())
}

/// Makes seven organisations and three covenants (one running, one that ends soon, one expired) in the name of
/// `adviser`, and gives the organisations' ids: `police prosecutor zvh riec duinrand kennemerhof safe-home`.
///
/// # Errors
/// When the policy, a rule or the database refuses; a name that is there already is refused.
pub async fn seed(
    app: &Shared,
    municipality: &Arc<Municipality>,
    adviser: Uuid,
) -> Result<BTreeMap<&'static str, Uuid>, Fault> {
    let today = today(app, municipality);
    let cx = as_somebody(app, municipality, (adviser, Role::Adviser), today - 820, "partner:edit");
    let mut ids = BTreeMap::new();
    for (key, name, kind, email, phone) in ORGANISATIONS {
        let draft = Draft {
            request: id_at(cx.now),
            name: name.to_owned(),
            kind: Some(kind),
            email: email.to_owned(),
            phone: phone.to_owned(),
            note: "Verzonnen contactgegevens voor de demo.".to_owned(),
        };
        ids.insert(key, create(&cx, draft).await?);
    }
    for sketch in COVENANTS {
        let cx = as_somebody(app, municipality, (adviser, Role::Adviser), today + sketch.from - 7, "covenant:edit");
        let draft = covenants::Draft {
            request: id_at(cx.now),
            title: sketch.title.to_owned(),
            purpose: sketch.purpose.to_owned(),
            legal_basis: sketch.legal_basis.to_owned(),
            data_categories: sketch.data.to_owned(),
            privacy_protocol: "Privacyprotocol bij het convenant, versie 2 (demo)".to_owned(),
            dpia: "DPIA bij het convenant (demo)".to_owned(),
            contact: Contact {
                name: format!("Contactpunt privacy, {}", municipality.file.contact.organisation),
                email: municipality.file.contact.email.clone(),
                phone: municipality.file.contact.phone.clone(),
            },
            parties: sketch.parties.iter().filter_map(|key| ids.get(key).copied()).collect(),
            processings: vec![sketch.processing.to_owned()],
            life_areas: sketch.life_areas.iter().map(|id| (*id).to_owned()).collect(),
            valid_from: Day::Of(today + sketch.from),
            valid_until: Day::Of(today + sketch.until),
        };
        covenants::create(&cx, draft).await?;
    }
    Ok(ids)
}

/// An authorisation for the demonstration.
#[derive(Clone, Copy, Debug)]
pub struct Grant<'a> {
    /// An adviser, who proposes.
    pub adviser: Uuid,
    /// The mayor, who grants.
    pub mayor: Uuid,
    /// Who gets it.
    pub person: Uuid,
    /// For which processing.
    pub processing: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Number of the deed, for an officer and police data; it is valid for another two years.
    pub deed: Option<&'a str>,
}

/// Proposes and grants an authorisation, thirty days ago.
///
/// # Errors
/// When the policy, a rule or the database refuses.
pub async fn authorise(app: &Shared, municipality: &Arc<Municipality>, grant: Grant<'_>) -> Result<Uuid, Fault> {
    let today = today(app, municipality);
    let cx = as_somebody(app, municipality, (grant.adviser, Role::Adviser), today - 30, "authorisation:propose");
    let proposal = Proposal {
        request: id_at(cx.now),
        account: grant.person,
        processing: grant.processing.to_owned(),
        reason: grant.reason.to_owned(),
        deed_number: grant.deed.unwrap_or_default().to_owned(),
        deed_until: grant.deed.map_or(Day::Absent, |_| Day::Of(today + 730)),
        valid_from: Day::Of(today - 30),
        valid_until: Day::Absent,
    };
    let id = authorisations::propose(&cx, proposal).await?;
    let cx = as_somebody(app, municipality, (grant.mayor, Role::Mayor), today - 30, "authorisation:decide");
    let decision = Decision { request: id_at(cx.now), version: 1, grant: true, reason: String::new() };
    authorisations::decide(&cx, id, decision).await?;
    Ok(id)
}
