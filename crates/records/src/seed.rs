//! Invented records for the demonstration: notes of several ages behind several fences, and two disclosures. Nobody in
//! them exists.

use crate::disclose::{Purpose, Wish, give};
use crate::note::{KIND, Note};
use crate::store::{self, Envelope};
use crate::subject::Person;
use crate::way;
use crate::write::{self, Act};
use anyhow::{Context as _, anyhow, ensure};
use jiff::civil::{Date, date};
use kit::audit::Deed;
use kit::{At, Municipality, Trace, Uuid};
use law::{ReceiverKind, Regime};
use policy::Role;
use serde_json::json;
use site::app::Shared;
use std::collections::HashMap;
use std::sync::Arc;

/// A note of the demonstration.
struct Story {
    processing: &'static str,
    /// Whole days before today.
    days: i64,
    by: Role,
    title: &'static str,
    text: &'static str,
    conclusion: &'static str,
    persons: &'static [(&'static str, Option<Date>)],
    place: &'static str,
    source: &'static str,
    special_reason: &'static str,
    /// Days before today on which it was closed.
    closed: Option<i64>,
}

const PLAIN: Story = Story {
    processing: "wpg-daily",
    days: 0,
    by: Role::Officer,
    title: "",
    text: "",
    conclusion: "",
    persons: &[],
    place: "",
    source: "",
    special_reason: "",
    closed: None,
};

/// The note that is disclosed to the care and safety house, and the one that goes to the prosecutor.
const TO_PARTNERSHIP: usize = 9;
const TO_PROSECUTOR: usize = 10;

#[rustfmt::skip]
const STORIES: [Story; 13] = [
    Story { days: 2_010, title: "Wildplassen op het Burgemeester Nielenplein", text: "Betrokkene op heterdaad aangehouden en beboet.", persons: &[("Harm Zeggelaar", None)], place: "Burgemeester Nielenplein", ..PLAIN },
    Story { days: 1_890, title: "Vernieling van een prullenbak", text: "Prullenbak omgetrapt; betrokkene herkend door de handhaver.", persons: &[("Lothar Wiebenga", Some(date(1994, 4, 12)))], place: "Station", ..PLAIN },
    Story { days: 1_100, title: "Illegale straathandel bij de haven", text: "Verkoop van kleding zonder vergunning. Goederen ingenomen.", persons: &[("Pim Ruitenkamp", Some(date(1988, 9, 30)))], place: "Haven", ..PLAIN },
    Story { days: 790, title: "Belediging van een handhaver", text: "Uitgescholden tijdens een controle van fietsen op de stoep. Aangifte gedaan.", persons: &[("Lothar Wiebenga", Some(date(1994, 4, 12)))], place: "Winkelcentrum", ..PLAIN },
    Story { days: 420, title: "Afvaldumping achter de loods", text: "Zestien zakken bouwafval. Adres op een pakbon leidt naar betrokkene.", persons: &[("Gerrit Noordhollander", Some(date(1971, 1, 5)))], place: "Bedrijventerrein", ..PLAIN },
    Story { processing: "police-reports", days: 310, by: Role::Adviser, title: "Bestuurlijke rapportage: vechtpartij bij een café", text: "De politie meldt drie geweldsincidenten in zes weken.", persons: &[("Berend Oostvaarder", Some(date(1985, 6, 2)))], place: "Dorpsstraat", source: "Politie-eenheid", ..PLAIN },
    Story { processing: "bibob", days: 240, by: Role::BibobOfficer, title: "Eigen onderzoek bij een aanvraag horeca", text: "Herkomst van het geld is niet met stukken aangetoond.", persons: &[("Wessel Duinker", Some(date(1979, 3, 18)))], place: "Dorpsstraat", ..PLAIN },
    Story { processing: "zvh-cases", days: 180, by: Role::ProcessDirector, title: "Casus: overlast en verwardheid in een flat", text: "Afspraken met corporatie en zorg. Volgende keer bespreken: schulden.", conclusion: "Eén vaste begeleider, geen ontruiming zolang de afspraken lopen.", persons: &[("Tjitske Hollebeek", Some(date(1968, 11, 23)))], place: "Flat aan de Maasstraat", special_reason: "Zonder de gezondheid te noemen kan de aanpak niet worden afgestemd.", ..PLAIN },
    Story { processing: "police-reports", days: 150, by: Role::Adviser, title: "Bestuurlijke rapportage: drugs in een woning", text: "Handelshoeveelheid aangetroffen. De politie vraagt te besluiten over sluiting.", persons: &[("Sander Kromhout", Some(date(1990, 2, 14)))], place: "Beneluxlaan", source: "Politie-eenheid", closed: Some(20), ..PLAIN },
    Story { days: 120, title: "Bedreiging in het park", text: "Betrokkene bedreigde voorbijgangers en was niet aanspreekbaar.", persons: &[("Tjitske Hollebeek", Some(date(1968, 11, 23)))], place: "Park Assumburg", source: "Een voorbijganger die niet genoemd wil worden", ..PLAIN },
    Story { days: 60, title: "Vernieling van een bushokje", text: "Ruit ingeslagen. Getuige gaf een signalement; betrokkene bekende.", persons: &[("Lothar Wiebenga", Some(date(1994, 4, 12)))], place: "Bushalte Europaplein", ..PLAIN },
    Story { processing: "wpg-inquiry", days: 45, by: Role::Coordinator, title: "Onderzoek: reeks afvaldumpingen", text: "Vier dumpingen met dezelfde verpakking. Doel: vaststellen wie het afval aanbiedt.", persons: &[("Gerrit Noordhollander", Some(date(1971, 1, 5)))], place: "Bedrijventerrein", ..PLAIN },
    Story { days: 12, title: "Fietsendiefstal bij het station", text: "Betrokkene met een slijptol aangetroffen en overgedragen aan de politie.", persons: &[("Mats Oevering", None)], place: "Station", ..PLAIN },
];

/// Writes the records of the demonstration for one municipality, oldest first; gives how many. `accounts` are those of
/// the personas by role; where a role has none, the record has no maker. With a covenant one note goes to the care and
/// safety house ([`crate::deliver`] brings it there). Call it once, on empty vaults.
///
/// # Errors
/// When a vault or key is not there, the database refuses, or the law refuses a disclosure.
pub async fn seed(
    app: &Shared,
    municipality: &Arc<Municipality>,
    accounts: &HashMap<Role, Uuid>,
    covenant: Option<Uuid>,
) -> anyhow::Result<usize> {
    for (n, story) in STORIES.iter().enumerate() {
        let id = write_story(app, municipality, accounts, story).await?;
        match n {
            TO_PARTNERSHIP if covenant.is_some() => {
                let to = Some(("zvh-cases".to_owned(), Regime::R4));
                let why = Purpose {
                    basis: "wpg-20".to_owned(),
                    purpose: "Een persoonsgerichte aanpak in het Zorg- en Veiligheidshuis".to_owned(),
                    necessity: "Zonder naam, plaats en feit weten de partners niet om wie en wat het gaat.".to_owned(),
                    needs: [
                        ("written-decision", "Beslissing van het college, nummer 2023-118"),
                        ("criminal-data-reason", "WGS en UAVG artikel 33: nodig voor de aanpak van overlast"),
                    ]
                    .map(|(need, words)| (need.to_owned(), words.to_owned()))
                    .into(),
                    covenant,
                };
                let receiver = (ReceiverKind::CareAndSafetyHouse, "Zorg- en Veiligheidshuis");
                disclose(app, municipality, accounts, (story, id), (to, receiver, why)).await?;
            }
            TO_PROSECUTOR => {
                let why = Purpose {
                    basis: "wpg-16".to_owned(),
                    purpose: "Beslissing over vervolging".to_owned(),
                    necessity: "De officier van justitie beslist op feit, plaats en verdachte.".to_owned(),
                    ..Purpose::default()
                };
                let receiver = (ReceiverKind::Prosecutor, "Arrondissementsparket");
                disclose(app, municipality, accounts, (story, id), (None, receiver, why)).await?;
            }
            _ => {}
        }
    }
    Ok(STORIES.len())
}

fn deed<'a>(municipality: &'a Municipality, accounts: &HashMap<Role, Uuid>, story: &'a Story, at: At) -> Deed<'a> {
    Deed {
        municipality: municipality.code(),
        actor: accounts.get(&story.by).copied(),
        role: story.by.as_str(),
        at,
        purpose: story.processing,
        trace: Trace::start(),
    }
}

/// The regime of a story's processing, and its vault.
fn place_of(app: &Shared, story: &Story) -> anyhow::Result<(Regime, kit::Db<kit::AnyVault>)> {
    let processing = app.policy.register().get(story.processing).context(story.processing)?;
    let regime = *processing.regimes.first().context("no regime")?;
    let db = app.every_vault().into_iter().find(|db| db.name() == regime.vault());
    Ok((regime, db.with_context(|| format!("vault `{}` is not open", regime.vault()))?))
}

fn before(app: &Shared, days: i64) -> At {
    At::from_micros(app.clock.now().micros() - days * 86_400_000_000)
}

fn note(story: &Story) -> Note {
    let person = |(name, birth): &(&str, Option<Date>)| Person { name: (*name).to_owned(), birth: *birth };
    Note {
        title: story.title.to_owned(),
        text: story.text.to_owned(),
        conclusion: story.conclusion.to_owned(),
        persons: story.persons.iter().map(person).collect(),
        place: story.place.to_owned(),
        special_reason: story.special_reason.to_owned(),
        source: story.source.to_owned(),
    }
}

async fn write_story(
    app: &Shared,
    municipality: &Arc<Municipality>,
    accounts: &HashMap<Role, Uuid>,
    story: &Story,
) -> anyhow::Result<Uuid> {
    let (regime, db) = place_of(app, story)?;
    let seal = app.seals.of(regime.vault())?;
    let at = before(app, story.days);
    let deed = deed(municipality, accounts, story, at);
    let record = Envelope {
        id: kit::clock::id_at(at),
        kind: KIND.to_owned(),
        processing: story.processing.to_owned(),
        origin: "own".to_owned(),
        disclosure_id: None,
        created_at: at,
        created_by: deed.actor,
        closed_at: story.closed.map(|days| before(app, days)),
        ended_at: None,
        removed_at: None,
        version: 1,
    };
    let fields = note(story).fields();
    let mut tx = db.write().await?;
    write::new(&mut tx, seal, municipality.code(), &record, &fields).await.map_err(|e| anyhow!("{e}"))?;
    if way::has_participants(regime) {
        for role in [story.by, Role::Partner] {
            if let Some(account) = accounts.get(&role) {
                store::add_participant(&mut tx, municipality.code(), record.id, *account, at).await?;
            }
        }
    }
    let detail = json!({ "reason": "demo" });
    let act = Act { action: "record:create", processing: story.processing, record: record.id, act: "created", detail };
    write::changed(&mut tx, seal, &deed, &act, &fields).await.map_err(|e| anyhow!("{e}"))?;
    tx.commit().await?;
    Ok(record.id)
}

type To = (Option<(String, Regime)>, (ReceiverKind, &'static str), Purpose);

async fn disclose(
    app: &Shared,
    municipality: &Arc<Municipality>,
    accounts: &HashMap<Role, Uuid>,
    (story, record): (&Story, Uuid),
    (to, (receiver, name), why): To,
) -> anyhow::Result<()> {
    let (regime, db) = place_of(app, story)?;
    let seal = app.seals.of(regime.vault())?;
    let at = before(app, story.days - 7);
    let mut fields = note(story).fields();
    fields.retain(|f| f.name != "source");
    let wish = Wish { id: kit::clock::id_at(at), from: regime, to, receiver, name: name.to_owned(), why, fields };
    let refusals = wish.refusals(&app.law.disclosure, at.local(&municipality.zone).date());
    ensure!(refusals.is_empty(), "the law refuses the disclosure of the demonstration: {refusals:?}");
    let by = accounts.get(&Role::Coordinator).copied();
    let deed = Deed { actor: by, role: Role::Coordinator.as_str(), ..deed(municipality, accounts, story, at) };
    let mut tx = db.write().await?;
    let envelope = store::get(&mut tx, municipality.code(), record).await?.context("the record is not there")?;
    let given = (&envelope, by.unwrap_or_default());
    give(&mut tx, seal, &deed, given, (&wish, json!({ "reason": "demo" }))).await.map_err(|e| anyhow!("{e}"))?;
    tx.commit().await?;
    Ok(())
}
