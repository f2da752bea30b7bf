//! A report as everybody sees it, in the reader's language; and small helpers of text.

use areas::Sheet;
use areas::boundary::Level;
use serde::Serialize;
use signals::State;
use signals::intake::Desk;
use signals::moderation::public::PublicSignal;
use site::Cx;
use site::layers::encode;
use site::map::{Area, Ring};

/// A report in a list, on the map or on its way to a live map.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Item {
    pub reference: String,
    pub href: String,
    pub category: String,
    #[serde(skip)]
    pub icon: String,
    pub state: String,
    /// Tone of the badge.
    pub tone: &'static str,
    /// Tone of the point on the map.
    pub class: &'static str,
    pub area: String,
    pub when: String,
    pub iso: String,
    pub lon: f64,
    pub lat: f64,
    /// What it says under the mouse.
    pub title: String,
}

/// Tone of a badge and tone of a point for a plain state.
fn tones(state: State) -> (&'static str, &'static str) {
    match state.public_word() {
        "received" => ("info", ""),
        "done" => ("ok", "ok"),
        "cancelled" => ("off", "off"),
        _ => ("soon", "soon"),
    }
}

impl Item {
    pub(crate) fn new(cx: &Cx, desk: &Desk, signal: &PublicSignal) -> Self {
        let words = &cx.words;
        let category = desk.catalogue.name(&signal.category, words.language()).to_owned();
        let state = words.t(&format!("opendata-state-{}", signal.state.public_word()));
        let area = signal.area.as_deref().map(|code| desk.sheet.name(code)).unwrap_or_default().to_owned();
        let when = words.date(signal.reported_at);
        let (tone, class) = tones(signal.state);
        Self {
            href: href(&signal.reference),
            icon: desk.catalogue.get(&signal.category).map_or_else(|| "info".to_owned(), |c| c.main.clone()),
            title: format!("{category}, {state}, {when}"),
            iso: words.iso(signal.reported_at),
            reference: signal.reference.clone(),
            lon: signal.lon,
            lat: signal.lat,
            category,
            state,
            tone,
            class,
            area,
            when,
        }
    }
}

/// The address of a report's public page.
pub(crate) fn href(reference: &str) -> String {
    format!("/map/{}", segment(reference))
}

/// A text as one segment of a path.
pub(crate) fn segment(text: &str) -> String {
    encode(text).replace('/', "%2F")
}

/// The neighbourhoods' outlines for a map.
pub(crate) fn outlines(sheet: &Sheet) -> Vec<Area> {
    let shapes = sheet.index.shapes().iter().filter(|s| s.level == Level::Neighbourhood);
    shapes
        .map(|shape| Area {
            id: shape.code.clone(),
            rings: areas::boundary::rings(&shape.geometry)
                .map(|r| r.iter().map(|c| (c.x, c.y)).collect::<Ring>())
                .collect(),
            title: sheet.name(&shape.code).to_owned(),
            ..Area::default()
        })
        .collect()
}

/// Text for XML: escaped, without the control characters that XML does not know.
pub(crate) fn xml(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).fold(String::new(), |mut out, c| {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
        out
    })
}
