//! What the pages of this slice share: rows, badges, choices, tabs and outlines.

use super::filter::Filter;
use super::ops::TermState;
use super::store::Row;
use crate::intake::Desk;
use crate::model::{State, Urgency};
use areas::Sheet;
use kit::At;
use site::Cx;
use site::map::{Area, Ring};
use site::page::{Choice, Link};

/// A badge: tone and text.
#[derive(Clone, Debug)]
pub(crate) struct Badge {
    pub tone: &'static str,
    pub text: String,
}

/// The term as a badge that says how it stands and until when.
pub(crate) fn term(cx: &Cx, due_at: Option<At>, closed_at: Option<At>) -> Badge {
    let state = TermState::of(due_at, closed_at, cx.now, &cx.municipality.zone);
    let last = due_at.map(|d| cx.words.date(At::from_micros(d.micros() - 1))).unwrap_or_default();
    Badge { tone: state.tone(), text: cx.words.t1(state.key(), "day", &last) }
}

/// A state as a badge.
pub(crate) fn state(cx: &Cx, state: State) -> Badge {
    let tone = match state {
        State::Reported | State::ReopenRequested | State::Reopened | State::ReactionReceived => "info",
        State::Done => "ok",
        State::Cancelled => "off",
        _ => "neutral",
    };
    Badge { tone, text: cx.t(&format!("state-{state}")) }
}

/// One row of the list.
pub(crate) struct RowView {
    pub href: String,
    pub reference: String,
    pub category: String,
    pub icon: String,
    pub place: String,
    pub when: String,
    pub when_iso: String,
    pub term: Badge,
    pub state: Badge,
    pub source: String,
    pub urgent: String,
    pub issue: Option<Link>,
}

impl RowView {
    pub(crate) fn new(cx: &Cx, desk: &Desk, row: &Row) -> Self {
        Self {
            href: format!("/signals/{}", row.id),
            reference: row.reference.clone(),
            category: desk.catalogue.name(&row.category, cx.words.language()).to_owned(),
            icon: desk.catalogue.get(&row.category).map_or_else(|| "info".to_owned(), |c| c.main.clone()),
            place: place(cx, desk, &row.address, row.area.as_deref()),
            when: cx.words.date_time(row.reported_at),
            when_iso: cx.words.iso(row.reported_at),
            term: term(cx, row.due_at, row.closed_at),
            state: state(cx, row.state),
            source: cx.t(&format!("source-{}", row.source)),
            urgent: if row.urgency == Urgency::High { cx.t("urgency-high") } else { String::new() },
            issue: row
                .issue_id
                .zip(row.issue_reference.as_ref())
                .map(|(id, name)| Link::new(format!("/issues/{id}"), name.as_str())),
        }
    }
}

/// A place in words: address and neighbourhood, whatever is known.
pub(crate) fn place(cx: &Cx, desk: &Desk, address: &str, area: Option<&str>) -> String {
    let name = area.map(|a| desk.sheet.name(a));
    match (address.is_empty(), name) {
        (false, Some(name)) => format!("{address}, {name}"),
        (false, None) => address.to_owned(),
        (true, Some(name)) => name.to_owned(),
        (true, None) => cx.t("signals-place-unknown"),
    }
}

/// The categories as choices, each with its main category in front.
pub(crate) fn categories(desk: &Desk, lang: &str) -> Vec<Choice> {
    let catalogue = &desk.catalogue;
    catalogue
        .mains
        .iter()
        .flat_map(|m| {
            catalogue
                .of_main(&m.id)
                .map(move |c| Choice::new(&c.id, format!("{}: {}", m.name.get(lang), c.name.get(lang))))
        })
        .collect()
}

/// The neighbourhoods as choices.
pub(crate) fn areas(desk: &Desk) -> Vec<Choice> {
    desk.sheet.neighbourhoods().map(|a| Choice::new(&a.code, &a.name)).collect()
}

/// The tabs above list, map and issues; the filter goes along between list and map.
pub(crate) fn tabs(cx: &Cx, filter: &Filter, here: &str) -> Vec<Link> {
    [
        ("/signals", "signals-tab-list", true),
        ("/signals/map", "signals-tab-map", true),
        ("/issues", "signals-tab-issues", false),
    ]
    .into_iter()
    .map(|(path, key, keeps)| Link {
        href: if keeps { filter.href(path, None) } else { path.to_owned() },
        label: cx.t(key),
        current: path == here,
    })
    .collect()
}

/// The neighbourhoods' outlines for a map.
pub(crate) fn outlines(sheet: &Sheet, labels: bool) -> Vec<Area> {
    sheet
        .index
        .shapes()
        .iter()
        .filter(|shape| sheet.get(&shape.code).is_some_and(|a| a.level == areas::boundary::Level::Neighbourhood))
        .map(|shape| {
            let name = sheet.name(&shape.code);
            let rings: Vec<Ring> = shape
                .geometry
                .0
                .iter()
                .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
                .map(|ring| ring.0.iter().map(|c| (c.x, c.y)).collect())
                .collect();
            Area {
                id: shape.code.clone(),
                rings,
                title: name.to_owned(),
                label: if labels { name.to_owned() } else { String::new() },
                ..Area::default()
            }
        })
        .collect()
}
