//! Screens of contacts: the form for a phone, and a contact as pages of hang-outs show it.

use super::ops::{self, Change, Form, day_text, local_text, today, writing};
use super::{Contact, Kept};
use crate::config::YouthConfig;
use crate::guard;
use crate::place::Place;
use crate::place::web::day_words;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::{At, Fault, Uuid};
use serde::Deserialize;
use signals::pick::{Pick, PickView};
use site::{Choice, Cx, Fields, Page, Said, Trouble, render_as, see_other};

/// A contact as a card.
pub(crate) struct Card {
    pub(crate) id: String,
    pub(crate) request: String,
    pub(crate) version: i64,
    pub(crate) when: String,
    pub(crate) place: String,
    pub(crate) href: String,
    pub(crate) size: String,
    pub(crate) mood: (&'static str, String),
    pub(crate) more: String,
    pub(crate) seen: String,
    pub(crate) agreement: String,
    /// Tone and text of where the agreement stands; empty without one.
    pub(crate) stands: (&'static str, String),
    pub(crate) kept_note: String,
    pub(crate) is_open: bool,
}

/// For a page; `place` is the name of the hang-out where the page is not about it.
pub(crate) fn card(cx: &Cx, c: &Contact, place: Option<String>, today: i64) -> Card {
    let config = cx.municipality.get::<YouthConfig>();
    let (words, language) = (&cx.words, cx.words.language());
    let age = c.age.as_deref().and_then(|a| config.ages.iter().find(|w| w.id == a)).map(|w| w.name.get(language));
    let follow = config.follow_ups.iter().skip(1).find(|w| w.id == c.follow_up).map(|w| w.name.get(language));
    let more: Vec<&str> = age.into_iter().chain(follow).collect();
    let stands = match (c.kept, c.check_on) {
        (Some(kept), _) => (kept.tone(), cx.t(&format!("youth-kept-{kept}"))),
        (None, Some(day)) => {
            let (tone, key) = if c.is_overdue(today) { ("late", "youth-check-late") } else { ("info", "youth-check") };
            (tone, words.t1(key, "day", &day_words(cx, day)))
        }
        (None, None) => ("", String::new()),
    };
    Card {
        id: c.id.to_string(),
        request: cx.app.clock.id().to_string(),
        version: c.version,
        when: words.date_time(c.at),
        href: c.place_id.filter(|_| place.is_some()).map(|id| format!("/youth/places/{id}")).unwrap_or_default(),
        place: place.unwrap_or_else(|| c.place.clone()),
        size: config.size(&c.size).map_or_else(|| c.size.clone(), |s| s.name.get(language).to_owned()),
        mood: config.mood(&c.mood).map_or(("off", c.mood.clone()), |m| (m.tone(), m.name.get(language).to_owned())),
        more: more.join(" · "),
        seen: c.seen.clone(),
        agreement: c.agreement.clone(),
        stands,
        kept_note: c.kept_note.clone(),
        is_open: c.is_open(),
    }
}

#[derive(askama::Template)]
#[template(path = "pages/contact.html")]
struct ContactPage {
    page: Page,
    request: String,
    form: Form,
    /// Hang-outs at once: the chosen one, or the newest.
    places: Vec<Choice>,
    others: Vec<Choice>,
    elsewhere: bool,
    pick: PickView,
    sizes: Vec<Choice>,
    moods: Vec<Choice>,
    ages: Vec<Choice>,
    follow_ups: Vec<Choice>,
    details: bool,
    asks: bool,
    said: Said,
}

/// Hang-outs that the form shows at once when none is chosen: those of the newest contacts.
const AT_ONCE: usize = 3;

async fn page(
    cx: &Cx,
    status: StatusCode,
    request: Uuid,
    form: Form,
    said: Said,
    asks: bool,
) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let (places, contacts) = ops::all(cx, &mut tx).await?;
    drop(tx);
    let (config, language) = (cx.municipality.get::<YouthConfig>(), cx.words.language());
    let newest = |id: Uuid| contacts.iter().position(|c| c.place_id == Some(id)).unwrap_or(usize::MAX);
    let mut active: Vec<_> = places.into_iter().filter(|p| !p.is_ended).collect();
    active.sort_by_key(|p| (p.id.to_string() != form.place, newest(p.id)));
    let tile = |value: &str, label: &str, icon: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
        icon: icon.to_owned(),
    };
    let hang_out = |p: &Place| tile(&p.id.to_string(), &p.name, "pin");
    let known = active.first().is_some_and(|p| p.id.to_string() == form.place);
    let at_once = if known { 1 } else { AT_ONCE };
    let other = tile("other", &cx.t("youth-other-place"), "map");
    let none = Choice::new("", cx.t("youth-age-none"));
    let faulty = |names: &[&str]| said.all.iter().any(|e| names.contains(&e.field.as_str()));
    render_as(
        status,
        &ContactPage {
            request: request.to_string(),
            others: active.iter().skip(at_once).map(hang_out).chain([other]).collect(),
            places: active.iter().take(at_once).map(hang_out).collect(),
            elsewhere: form.place == "other" || faulty(&["place", "address"]) || active.is_empty(),
            sizes: config.sizes.iter().map(|s| Choice::new(&s.id, s.name.get(language))).collect(),
            moods: config.moods.iter().map(|m| tile(&m.id, m.name.get(language), &m.icon)).collect(),
            ages: std::iter::once(none)
                .chain(config.ages.iter().map(|a| Choice::new(&a.id, a.name.get(language))))
                .collect(),
            follow_ups: config.follow_ups.iter().map(|f| Choice::new(&f.id, f.name.get(language))).collect(),
            details: asks
                || faulty(&["seen", "agreement", "check_on", "at", "minutes"])
                || !(form.seen.is_empty() && form.agreement.is_empty()),
            asks: asks || form.sure,
            pick: form.pick.view(cx, &said),
            said,
            form,
            page: cx.page("youth-new"),
        },
    )
}

/// Where the officer is.
#[derive(Debug, Default, Deserialize)]
pub struct Where {
    place: Option<Uuid>,
}

/// `GET /youth/new`: with `?place=` the hang-out is chosen already.
pub async fn new(cx: Cx, Query(at): Query<Where>) -> Result<Response, Fault> {
    writing(&cx)?;
    let config = cx.municipality.get::<YouthConfig>();
    let begun = At::from_micros(cx.now.micros() - config.minutes * 60_000_000);
    let form = Form {
        place: at.place.map(|id| id.to_string()).unwrap_or_default(),
        at: local_text(&cx, begun),
        minutes: config.minutes.to_string(),
        follow_up: config.follow_ups.first().map(|w| w.id.clone()).unwrap_or_default(),
        check_on: day_text(today(&cx) + config.check_days),
        ..Form::default()
    };
    page(&cx, StatusCode::OK, cx.app.clock.id(), form, Said::default(), false).await
}

/// `POST /youth/new`: writes the contact, or is a press on the map.
pub async fn create(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    let text = |name: &str| fields.get(name).to_owned();
    let form = Form {
        place: text("place_id"),
        pick: Pick::read(&cx, &fields),
        at: text("at"),
        minutes: text("minutes"),
        size: text("size"),
        mood: text("mood"),
        age: text("age"),
        seen: text("seen"),
        agreement: text("agreement"),
        check_on: text("check_on"),
        follow_up: text("follow_up"),
        sure: fields.has("sure", "yes"),
    };
    let request = fields.id("request")?;
    if form.pick.pressed {
        writing(&cx)?;
        let form = Form { place: "other".to_owned(), ..form };
        return page(&cx, StatusCode::OK, request, form, Said::default(), false).await;
    }
    let mut tx = cx.write().await?;
    match ops::create(&cx, &mut tx, request, &form).await {
        Ok(contact) => {
            tx.commit().await?;
            Ok(see_other(
                &contact.place_id.map_or("/youth?saved=1".to_owned(), |id| format!("/youth/places/{id}?saved=1")),
            ))
        }
        Err(fault) => {
            drop(tx);
            let trouble = Trouble::of(fault)?;
            let asks = guard::asks(&trouble.faults);
            let said = trouble.said(&cx, "seen");
            page(&cx, trouble.status(), request, form, said, asks).await
        }
    }
}

#[derive(askama::Template)]
#[template(path = "pages/check.html")]
struct CheckPage {
    page: Page,
    action: String,
    request: String,
    version: i64,
    agreement: String,
    kept: Vec<Choice>,
    chosen: String,
    note: String,
    asks: bool,
    said: Said,
}

/// `POST /youth/contacts/{id}`: says whether the agreement was kept (`do=checked`) or takes the words away (`do=wipe`).
pub async fn change(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let (kept, note, sure) = (fields.get("kept").to_owned(), fields.get("note").to_owned(), fields.has("sure", "yes"));
    let change = match fields.get("do") {
        "checked" => Change::Checked(kept.clone(), note.clone(), sure),
        "wipe" => Change::Wipe,
        _ => return Err(Fault::Bad("fault-bad-request")),
    };
    let (request, version) = (fields.id("request")?, fields.number("version")?);
    let mut tx = cx.write().await?;
    match ops::change(&cx, &mut tx, request, (id, version), &change).await {
        Ok(place) => {
            tx.commit().await?;
            Ok(see_other(&place.map_or("/youth?saved=1".to_owned(), |id| format!("/youth/places/{id}?saved=1"))))
        }
        Err(fault) => {
            drop(tx);
            let trouble = Trouble::of(fault)?;
            let mut tx = cx.read().await?;
            let contact = ops::all(&cx, &mut tx).await?.1.into_iter().find(|c| c.id == id).ok_or(Fault::NotFound)?;
            render_as(
                trouble.status(),
                &CheckPage {
                    action: format!("/youth/contacts/{id}"),
                    request: request.to_string(),
                    version: contact.version,
                    agreement: contact.agreement,
                    kept: Kept::ALL.iter().map(|k| Choice::new(k.as_str(), cx.t(&format!("youth-kept-{k}")))).collect(),
                    chosen: kept,
                    note,
                    asks: sure || guard::asks(&trouble.faults),
                    said: trouble.said(&cx, "kept"),
                    page: cx.page("youth-check-title"),
                },
            )
        }
    }
}
