//! Calls: what the desk takes in by telephone, at the counter and from mail. One screen that works from the keyboard:
//! words first; category, place and what is known nearby are offered while the caller speaks.
//!
//! What belongs to another organisation is read out and not stored.

mod help;
mod mail;
mod store;
#[cfg(test)]
mod tests;

use crate::category::questions::{self, Answers, Form as Asked, QuestionView};
use crate::contact;
use crate::handle::{self, Edit};
use crate::intake::{self, Desk, NewSignal, Reporter, clean};
use crate::model::{Channel, Kind, Source, State, Urgency};
use crate::photo;
use crate::report::elsewhere::{self, CHOICE, Elsewhere};
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use help::Help;
use kit::{Fault, FieldFaults, Uuid};
use policy::{Permit, Resource};
use serde::Deserialize;
use site::page::{FormError, Page};
use site::{Choice, Cx, render_as, see_other};

pub use help::help;
pub use mail::{discard, list as mails};

/// The ways in which the desk takes something in.
const CHANNELS: [Channel; 3] = [Channel::Phone, Channel::Desk, Channel::Mail];

/// What was typed during a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    id: Option<Uuid>,
    channel: String,
    kind: String,
    words: String,
    category: String,
    address: String,
    place: Option<(f64, f64)>,
    area: String,
    reporter: Reporter,
    urgency: String,
    mail: Option<Uuid>,
    /// The category whose questions the page showed.
    asked: String,
    answers: Answers,
    press: Press,
}

/// Which button was pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Press {
    #[default]
    Send,
    Look,
}

impl Call {
    fn fresh(cx: &Cx) -> Self {
        let (channel, kind) = (Channel::Phone.to_string(), Kind::Report.to_string());
        Self { id: Some(cx.app.clock.id()), channel, kind, urgency: Urgency::Normal.to_string(), ..Self::default() }
    }

    /// Lays the fields of a form over an empty call.
    fn read(fields: &[(String, String)]) -> Self {
        let mut call = Self::default();
        for (name, value) in fields {
            let text = || value.chars().take(20_000).collect::<String>();
            match name.as_str() {
                "request" => call.id = Uuid::try_parse(value).ok().filter(|id| id.get_version_num() == 7),
                "mail" => call.mail = Uuid::try_parse(value).ok(),
                "channel" => call.channel = text(),
                "kind" => call.kind = text(),
                "words" => call.words = text(),
                "category" => call.category = text(),
                "address" => call.address = text(),
                "place" => call.place = point(value),
                "area" => call.area = text(),
                "name" => call.reporter.name = text(),
                "postal" => call.reporter.postal = text(),
                "email" => call.reporter.email = text(),
                "phone" => call.reporter.phone = text(),
                "urgency" => call.urgency = text(),
                "asked" => call.asked = text(),
                _ => {}
            }
        }
        call.answers = questions::typed(fields.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        // a press on something that was offered; it comes after the field that it fills
        for (name, value) in fields {
            match name.as_str() {
                "look" => call.press = Press::Look,
                "pick" => (call.category, call.press) = (value.clone(), Press::Look),
                "found" => {
                    let (at, label) = value.split_once('|').unwrap_or((value, ""));
                    (call.place, call.press) = (point(at), Press::Look);
                    if !label.is_empty() {
                        label.clone_into(&mut call.address);
                    }
                }
                _ => {}
            }
        }
        call
    }

    fn place_text(&self) -> String {
        self.place.map(|(lon, lat)| format!("{lon:.6} {lat:.6}")).unwrap_or_default()
    }

    fn signal(&self, cx: &Cx, id: Uuid) -> NewSignal {
        NewSignal {
            id,
            kind: self.kind.parse().unwrap_or(Kind::Report),
            channel: self.channel.parse().unwrap_or(Channel::Phone),
            source: Source::Resident,
            source_ref: None,
            category: self.category.clone(),
            words: self.words.clone(),
            address: self.address.clone(),
            place: self.place,
            area: Some(self.area.clone()).filter(|a| !a.is_empty()),
            occurred_at: cx.now,
            reported_at: cx.now,
            state: State::Reported,
            closed_at: None,
            reporter: Some(self.reporter.clone()).filter(|r| !r.is_empty()),
            presence_id: None,
            issue_id: None,
            language: cx.municipality.file.languages.first().cloned().unwrap_or_default(),
        }
    }
}

/// `4.668000 52.510500` as longitude and latitude.
fn point(text: &str) -> Option<(f64, f64)> {
    let (lon, lat) = text.trim().split_once(' ')?;
    let degrees = |text: &str, most: f64| text.parse::<f64>().ok().filter(|d| d.abs() <= most);
    degrees(lon, 180.0).zip(degrees(lat, 90.0))
}

/// Categories under one heading.
struct Group {
    name: String,
    choices: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "calls/pages/form.html")]
struct CallPage {
    page: Page,
    call: Call,
    place: String,
    errors: Vec<FormError>,
    channels: Vec<Choice>,
    kinds: Vec<Choice>,
    urgencies: Vec<Choice>,
    groups: Vec<Group>,
    areas: Vec<Choice>,
    questions: Vec<QuestionView>,
    help: Help,
    elsewhere: Vec<Elsewhere>,
    mail: Option<mail::Letter>,
    waiting: String,
}

impl CallPage {
    fn error(&self, field: &str) -> &str {
        self.errors.iter().find(|e| e.field == field).map_or("", |e| &e.text)
    }
}

/// What was saved last, and the mail that is being taken in.
#[derive(Debug, Default, Deserialize)]
pub struct Before {
    saved: Option<Uuid>,
    mail: Option<Uuid>,
}

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("signal:intake", &Resource::ordinary("signal", cx.code()))
}

/// `GET /intake`: an empty screen, and what was saved last; with `?mail=` a mail to make a report of.
///
/// # Errors
/// When the policy refuses or the database does.
pub async fn form(cx: Cx, Query(before): Query<Before>) -> Result<Response, Fault> {
    let mut call = Call::fresh(&cx);
    if let Some(id) = before.mail {
        let mut tx = cx.read().await?;
        let letter = contact::incoming_one(&mut tx, &permit(&cx)?, id).await?.ok_or(Fault::NotFound)?;
        call.channel = Channel::Mail.to_string();
        call.words = if letter.body.trim().is_empty() { letter.subject.clone() } else { letter.body.clone() };
        call.reporter.email = letter.sender;
        call.mail = Some(id);
    }
    shown(&cx, call, StatusCode::OK, &FieldFaults::default(), before.saved, None).await
}

/// `POST /intake`: the report of a call, or a look at what is offered.
///
/// # Errors
/// When the policy refuses or the database does.
pub async fn send(cx: Cx, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let mut call = Call::read(&fields);
    let id = *call.id.get_or_insert_with(|| cx.app.clock.id());
    let catalogue = cx.municipality.get::<crate::Catalogue>();
    if let Some(redirect) = elsewhere::chosen(&catalogue, &call.category) {
        let there = elsewhere::elsewhere(&cx, [redirect]);
        return shown(&cx, call, StatusCode::OK, &FieldFaults::default(), None, Some(there)).await;
    }
    if call.press == Press::Look {
        return shown(&cx, call, StatusCode::OK, &FieldFaults::default(), None, None).await;
    }
    match save(&cx, &permit, &call, id).await {
        Ok(()) => Ok(see_other(&format!("/intake?saved={id}"))),
        Err(Fault::Invalid(faults)) => shown(&cx, call, StatusCode::UNPROCESSABLE_ENTITY, &faults, None, None).await,
        Err(fault) => Err(fault),
    }
}

/// Writes the report, its answers, its urgency and the pictures of its mail, once per id.
async fn save(cx: &Cx, permit: &Permit, call: &Call, id: Uuid) -> Result<(), Fault> {
    let mut new = call.signal(cx, id);
    let mut tx = cx.write().await?;
    if new.place.is_none() {
        let open = cx.permit("area:read", &Resource::open("area", cx.code()))?;
        new.place = areas::address::exact(&mut tx, &open, &new.address).await?.map(|found| found.point);
    }
    let mut faults = Desk::of(&cx.municipality).check(&new, cx.now);
    let asked = questions::asked(&mut tx, cx.code(), &call.category).await?;
    let today = cx.now.local(&cx.municipality.zone).date();
    let answers = questions::check(&asked.questions, &call.answers, today, &mut faults);
    faults.ok()?;
    if let intake::Created::Replay(_) = intake::create(cx, &mut tx, permit, new).await? {
        return Ok(());
    }
    questions::keep(&mut tx, permit, id, &asked, &answers).await?;
    let urgency = call.urgency.parse().unwrap_or(Urgency::Normal);
    if urgency != Urgency::Normal {
        let handle = cx.permit("signal:handle", &Resource::ordinary("signal", cx.code()))?;
        handle::apply(cx, &mut tx, &handle, id, None, &Edit::Urgency(urgency)).await?;
    }
    if let Some(mail) = call.mail {
        let (_, files) = contact::take_incoming(&mut tx, permit, mail, id).await?;
        for file in files.into_iter().filter(|f| f.kind.starts_with("image/")).take(photo::MOST_PHOTOS) {
            // what is no picture for us stays out; the words say what was meant
            if let Ok(ready) = photo::prepare(&cx.app, file.content_bytes).await {
                photo::keep(&mut tx, permit, id, file.id, &ready, cx.now).await?;
            }
        }
    }
    Ok(tx.commit().await?)
}

async fn shown(
    cx: &Cx,
    call: Call,
    status: StatusCode,
    faults: &FieldFaults,
    saved: Option<Uuid>,
    there: Option<Vec<Elsewhere>>,
) -> Result<Response, Fault> {
    let permit = permit(cx)?;
    let desk = Desk::of(&cx.municipality);
    let language = cx.words.language();
    let mut tx = cx.read().await?;
    let asked: Asked = questions::asked(&mut tx, cx.code(), &call.category).await?;
    let mail = match call.mail {
        Some(id) => contact::incoming_one(&mut tx, &permit, id).await?.map(|m| mail::Letter::of(cx, m)),
        None => None,
    };
    let waiting = contact::incoming(&mut tx, &permit, mail::MOST).await?.len();
    let waiting = cx.words.tn("calls-mails-waiting", i64::try_from(waiting).unwrap_or(mail::MOST));
    let help = Help::of(cx, &mut tx, &permit, &call).await?;
    drop(tx);
    let mut groups: Vec<Group> = desk
        .catalogue
        .mains
        .iter()
        .map(|main| Group {
            name: main.name.get(language).to_owned(),
            choices: desk.catalogue.of_main(&main.id).map(|c| Choice::new(&c.id, c.name.get(language))).collect(),
        })
        .filter(|g| !g.choices.is_empty())
        .collect();
    let redirects = desk.catalogue.redirects.iter();
    let not_ours = redirects.map(|r| Choice::new(format!("{CHOICE}{}", r.id), r.name.get(language))).collect();
    groups.push(Group { name: cx.t("calls-elsewhere"), choices: not_ours });
    let areas = std::iter::once(Choice::new("", cx.t("report-area-none")))
        .chain(desk.sheet.neighbourhoods().map(|a| Choice::new(&a.code, &a.name)))
        .collect();
    let mut page = cx.page("calls-title");
    if let Some(id) = saved {
        page = page.with_notice("success", cx.words.t1("calls-saved", "reference", &intake::reference(id)));
    }
    let view = CallPage {
        place: call.place_text(),
        errors: cx.summary(faults),
        channels: CHANNELS.map(|c| Choice::new(c.as_str(), cx.t(&format!("calls-channel-{c}")))).into(),
        kinds: Kind::ALL.iter().map(|k| Choice::new(k.as_str(), cx.t(&format!("calls-kind-{k}")))).collect(),
        urgencies: Urgency::ALL.iter().map(|u| Choice::new(u.as_str(), cx.t(&format!("urgency-{u}")))).collect(),
        questions: questions::views(&cx.words, &asked.questions, &call.answers, faults),
        groups,
        areas,
        help,
        elsewhere: there.unwrap_or_default(),
        mail,
        waiting,
        page,
        call: Call { asked: asked.category, words: clean(&call.words), ..call },
    };
    render_as(status, &view)
}
