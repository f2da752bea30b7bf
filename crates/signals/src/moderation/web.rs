//! The moderator's page: what waits, oldest first, and what was decided. Each report is a form of its own; the keys
//! j, k, s, w and h of `static/moderation.mjs` press its buttons.

use super::blank::{Blank, proposal};
use super::ops::{self, Act};
use super::store::{self, Item};
use super::{junk, may_be_shown, public};
use crate::handle::{self, view};
use crate::intake::{Desk, Reporter};
use crate::model::Publication;
use crate::photo::{self, Released};
use crate::touched::touched;
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::paging::Cursor;
use kit::{At, Fault, FieldFaults, Uuid};
use policy::Resource;
use serde::Deserialize;
use site::page::{Choice, Link, Page};
use site::{Cx, FormError, render_as, see_other};

/// Reports on one page.
const PAGE: i64 = 12;
/// Counting stops here.
const MOST_COUNTED: i64 = 999;
/// Reasons that a moderator chooses from; the first is the default (`moderation-reason-*`).
const REASONS: [&str; 5] = ["person", "not-public", "double", "wrong-place", "other"];

/// Which reports, and what was done last.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    which: String,
    after: String,
    done: String,
    act: String,
}

/// A form of the page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ActForm {
    request: String,
    version: String,
    id: String,
    which: String,
    act: String,
    public_words: String,
    reason: String,
    why: String,
}

#[derive(askama::Template)]
#[template(path = "moderation/pages/list.html")]
struct ListPage {
    page: Page,
    tabs: Vec<Link>,
    errors: Vec<FormError>,
    done: Option<Done>,
    rules: Vec<(String, String)>,
    reasons: Vec<Choice>,
    which: &'static str,
    cards: Vec<Card>,
    older: String,
}

/// What was done last, with the way back.
struct Done {
    text: String,
    id: Uuid,
    version: i64,
    request: Uuid,
    undo: bool,
}

struct Card {
    id: Uuid,
    request: Uuid,
    version: i64,
    href: String,
    reference: String,
    category: String,
    when: String,
    when_iso: String,
    place: String,
    state: view::Badge,
    publication: String,
    signs: Vec<String>,
    words: String,
    public_words: String,
    error: String,
    map: String,
    photos: Vec<CardPhoto>,
    may_show: bool,
    is_shown: bool,
    is_hidden: bool,
    is_suspect: bool,
}

struct CardPhoto {
    thumb: String,
    cover: String,
    alt: String,
    released: String,
}

/// `GET /moderation`: what waits, or what was decided.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn list(cx: Cx, Query(ask): Query<Ask>) -> Result<Response, Fault> {
    shown(&cx, &ask, None).await
}

/// The page's tabs: word and locale key.
const TABS: [(&str, &str); 4] = [
    ("waiting", "moderation-tab-waiting"),
    ("suspect", "moderation-tab-suspect"),
    ("shown", "moderation-tab-shown"),
    ("hidden", "moderation-tab-hidden"),
];

async fn shown(cx: &Cx, ask: &Ask, failed: Option<(&ActForm, &Fault)>) -> Result<Response, Fault> {
    let permit = cx.permit("signal:moderate", &Resource::ordinary("signal", cx.code()))?;
    let desk = Desk::of(&cx.municipality);
    let which = TABS.iter().find(|(w, _)| *w == ask.which).map_or("waiting", |(w, _)| w);
    let cursor = Cursor::parse(&ask.after).map(|c| (c.at, c.id));
    let start = cursor.unwrap_or((At::from_micros(i64::MIN), Uuid::nil()));
    let end = cursor.unwrap_or((At::from_micros(i64::MAX), Uuid::max()));
    let mut tx = cx.read().await?;
    let mut items = match which {
        "suspect" => store::suspects(&mut tx, &permit, start, PAGE + 1).await?,
        "shown" => store::decided(&mut tx, &permit, Publication::Shown, end, PAGE + 1).await?,
        "hidden" => store::decided(&mut tx, &permit, Publication::Hidden, end, PAGE + 1).await?,
        _ => store::waiting(&mut tx, &permit, start, PAGE + 1).await?,
    };
    let counts = store::counts(&mut tx, &permit, MOST_COUNTED).await?;
    let more = items.len() > 12;
    items.truncate(12);
    let mut cards = Vec::new();
    let mut reporters = Vec::new();
    for item in &items {
        let reporter = handle::reporter(&mut tx, &permit, item.id).await?.unwrap_or_default();
        let photos = photo::photos_of(&mut tx, &permit, item.id).await?;
        let typed = failed.filter(|(form, _)| form.id == item.id.to_string());
        cards.push(card(cx, &desk, item, &reporter, &photos, typed));
        reporters.push(reporter);
    }
    let done = match Uuid::try_parse(&ask.done) {
        Ok(id) => handle::current(&mut tx, &permit, id, None).await.ok(),
        Err(_) => None,
    };
    drop(tx);
    read(cx, &permit, &reporters).await?;
    let none = FieldFaults::default();
    let mut page = cx.page("moderation-title");
    let (status, faults) = match failed {
        None => (StatusCode::OK, &none),
        Some((_, Fault::Invalid(faults))) => (StatusCode::UNPROCESSABLE_ENTITY, faults),
        Some((_, fault)) => {
            page = page.with_notice("warning", sentence(cx, fault));
            (fault.status(), &none)
        }
    };
    let errors = cx
        .summary(faults)
        .into_iter()
        .map(|e| match failed {
            Some((form, _)) => FormError { field: format!("{}-{}", e.field, form.id), text: e.text },
            None => e,
        })
        .collect();
    let last = items.last().filter(|_| more).map(|item| Cursor {
        at: if matches!(which, "shown" | "hidden") { item.updated_at } else { item.reported_at },
        id: item.id,
    });
    let view = ListPage {
        tabs: tabs(cx, which, counts),
        errors,
        done: done.map(|signal| Done {
            text: cx.words.t1(
                match ask.act.as_str() {
                    "show" | "show-words" => "moderation-done-shown",
                    "hide" => "moderation-done-hidden",
                    "clear" => "moderation-done-clear",
                    _ => "moderation-done-waiting",
                },
                "reference",
                &signal.reference,
            ),
            undo: matches!(signal.publication, Publication::Shown | Publication::Hidden),
            id: signal.id,
            version: signal.version,
            request: cx.app.clock.id(),
        }),
        rules: Blank::ALL.iter().map(|b| (cx.t(b.key()), cx.t(&format!("{}-rule", b.key())))).collect(),
        reasons: REASONS.iter().map(|r| Choice::new(*r, cx.t(&format!("moderation-reason-{r}")))).collect(),
        which,
        cards,
        older: last.map(|c| format!("/moderation?which={which}&after={c}")).unwrap_or_default(),
        page,
    };
    render_as(status, &view)
}

/// Reading a report leaves a line for its reporter.
async fn read(cx: &Cx, permit: &policy::Permit, reporters: &[Reporter]) -> Result<(), Fault> {
    if reporters.iter().all(Reporter::is_empty) {
        return Ok(());
    }
    let mut tx = cx.write().await?;
    for reporter in reporters.iter().filter(|r| !r.is_empty()) {
        touched(cx, &mut tx, permit, Some(reporter)).await?;
    }
    Ok(tx.commit().await?)
}

pub(super) fn tabs(cx: &Cx, which: &str, (waiting, suspects): (i64, i64)) -> Vec<Link> {
    let number = |n: i64| match n {
        0 => String::new(),
        n if n >= MOST_COUNTED => format!(" ({MOST_COUNTED}+)"),
        n => format!(" ({n})"),
    };
    let mut tabs: Vec<Link> = TABS
        .iter()
        .map(|(word, key)| Link {
            href: format!("/moderation?which={word}"),
            label: match *word {
                "waiting" => cx.t(key) + &number(waiting),
                "suspect" => cx.t(key) + &number(suspects),
                _ => cx.t(key),
            },
            current: *word == which,
        })
        .collect();
    tabs.push(Link { href: "/moderation/junk".into(), label: cx.t("moderation-tab-junk"), current: which == "junk" });
    tabs
}

fn card(
    cx: &Cx,
    desk: &Desk,
    item: &Item,
    reporter: &Reporter,
    photos: &[photo::PhotoRef],
    typed: Option<(&ActForm, &Fault)>,
) -> Card {
    let known = |word: &str| {
        word == desk.municipality.file.name
            || desk.sheet.areas.iter().any(|a| a.name.split([' ', '-']).any(|part| part == word))
    };
    let proposed = || proposal(cx, &item.words, &reporter.name, known);
    let place = item.lon.zip(item.lat);
    Card {
        id: item.id,
        request: cx.app.clock.id(),
        version: item.version,
        href: format!("/signals/{}", item.id),
        reference: item.reference.clone(),
        category: desk.catalogue.name(&item.category, cx.words.language()).to_owned(),
        when: cx.words.date_time(item.reported_at),
        when_iso: cx.words.iso(item.reported_at),
        place: view::place(cx, desk, &item.address, item.area.as_deref()),
        state: view::state(cx, item.state),
        publication: cx.t(&format!("moderation-publication-{}", item.publication)),
        signs: sign_sentences(cx, &item.suspect),
        words: item.words.clone(),
        public_words: match typed {
            Some((form, _)) => form.public_words.clone(),
            None => item.public_words.clone().unwrap_or_else(proposed),
        },
        error: match typed {
            Some((_, Fault::Invalid(faults))) => faults.of("public_words", &cx.words).unwrap_or_default(),
            _ => String::new(),
        },
        map: place
            .and_then(|(lon, lat)| public::rounded(desk, lon, lat))
            .map(|(lon, lat)| format!("/report/map.svg?w=280&centre={lon},{lat}&pin={lon},{lat}"))
            .unwrap_or_default(),
        photos: photos
            .iter()
            .zip(1_i64..)
            .map(|(p, n)| CardPhoto {
                thumb: p.thumb_href(),
                cover: p.cover_href(),
                alt: cx.words.tn("signals-photo", n),
                released: match p.released {
                    Released::Nothing => String::new(),
                    released => cx.t(&format!("photo-released-{released}")),
                },
            })
            .collect(),
        may_show: may_be_shown(desk, &item.category, item.kind, item.source, place.is_some()),
        is_shown: item.publication == Publication::Shown,
        is_hidden: item.publication == Publication::Hidden,
        is_suspect: !item.suspect.is_empty(),
    }
}

/// The sentence above the page for a fault that belongs to no field.
pub(super) fn sentence(cx: &Cx, fault: &Fault) -> String {
    match fault {
        Fault::Rule { key, values } => {
            let values: Vec<_> = values.iter().map(|(k, v)| (*k, v.as_str().into())).collect();
            cx.words.ta(key, &values)
        }
        _ => cx.t("signals-stale"),
    }
}

/// `POST /moderation`: one act on one report.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Bad`] for a form that is not ours, or when the policy refuses or the database fails.
/// What the moderator can mend comes back as the page, with the words that were typed.
pub async fn submit(cx: Cx, Form(form): Form<ActForm>) -> Result<Response, Fault> {
    let permit = cx.permit("signal:moderate", &Resource::ordinary("signal", cx.code()))?;
    let (request, version) = handle::stamp(&form.request, &form.version)?;
    let id = handle::id_of(&form.id)?;
    let act = match form.act.as_str() {
        "show" => Act::Show(""),
        "show-words" => Act::Show(&form.public_words),
        "hide" => Act::Hide,
        "wait" => Act::Wait,
        "clear" => Act::Clear,
        _ => return Err(Fault::Bad("fault-bad-request")),
    };
    let reason = REASONS.iter().find(|r| **r == form.reason && act == Act::Hide);
    let reason = reason.map(|r| cx.t(&format!("moderation-reason-{r}")));
    let why: Vec<String> = reason.into_iter().chain(Some(form.why.clone()).filter(|w| !w.trim().is_empty())).collect();
    let back = format!("/moderation?which={}&done={id}&act={}", site::layers::encode(&form.which), form.act);
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    match ops::act(&cx, &mut tx, &permit, id, Some(version), act, &why.join(". ")).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&back))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Stale | Fault::Rule { .. })) => {
            drop(tx);
            let ask = Ask { which: form.which.clone(), ..Ask::default() };
            shown(&cx, &ask, Some((&form, &fault))).await
        }
        Err(fault) => Err(fault),
    }
}

/// How many reports wait and how many look like junk: for the desk.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(tx: &mut kit::Tx, permit: &policy::Permit) -> kit::Result<(i64, i64)> {
    store::counts(tx, permit, MOST_COUNTED).await
}

/// The signs of junk as sentences.
pub(super) fn sign_sentences(cx: &Cx, suspect: &str) -> Vec<String> {
    suspect
        .split_whitespace()
        .filter_map(|word| word.parse::<junk::Sign>().ok())
        .map(|sign| cx.t(&format!("moderation-sign-{sign}")))
        .collect()
}
