//! What everybody may read of reports. Every public page, feed, file and system reads reports here and nowhere else:
//! shown reports of a category that is public now, with a rounded place, released words and released photos.

use super::store::{self, Shown, Wanted};
use crate::intake::Desk;
use crate::model::State;
use kit::{At, Result, Tx, Uuid};
use policy::Permit;
use std::fmt;

/// Most reports in one answer.
pub const MOST: i64 = 1000;
/// Reports in an answer when nobody says how many.
const USUAL: i64 = 100;
/// Metres in a degree of latitude, too few everywhere: for frames that must be wide enough.
const DEGREE: f64 = 110_000.0;

/// What is asked; the default asks for everything, newest first.
#[derive(Clone, Debug, Default)]
pub struct Asked<'a> {
    /// West, south, east and north in degrees (WGS84), of the rounded place: small frames find no house.
    pub bbox: Option<[f64; 4]>,
    /// Changed at this moment or later.
    pub since: Option<At>,
    /// Reported at this moment or later.
    pub reported_from: Option<At>,
    /// Reported before this moment.
    pub reported_to: Option<At>,
    /// Neighbourhood code.
    pub area: Option<&'a str>,
    /// Category ids; none asks for all.
    pub categories: &'a [&'a str],
    /// States; none asks for all.
    pub states: &'a [State],
    /// How many, at most [`MOST`]; 0 means 100.
    pub limit: i64,
    /// Where the page starts.
    pub after: Option<After>,
}

/// Where a page ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// When the last report of the page was reported.
    pub at: At,
    /// Its reference.
    pub reference: String,
}

impl After {
    /// Reads what [`After::to_string`] wrote; anything else is no place.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (at, reference) = text.split_once('.')?;
        Some(Self { at: At::from_micros(at.parse().ok()?), reference: reference.to_owned() })
    }
}

impl fmt::Display for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.micros(), self.reference)
    }
}

/// A photo that everybody may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicPhoto {
    /// Id.
    pub id: Uuid,
    /// Number of changes.
    pub version: i64,
    /// Width in pixels.
    pub width: i64,
    /// Height in pixels.
    pub height: i64,
}

impl PublicPhoto {
    /// Its address, below the site's.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/public/photos/{}?v={}", self.id, self.version)
    }

    /// The address of the small picture.
    #[must_use]
    pub fn thumb_href(&self) -> String {
        format!("{}&size=thumb", self.href())
    }
}

/// A report as everybody may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicSignal {
    /// The reference: the public id.
    pub reference: String,
    /// Category id.
    pub category: String,
    /// State.
    pub state: State,
    /// Longitude in degrees (WGS84) of the middle of a square of `[public] round_m` metres.
    pub lon: f64,
    /// Latitude in degrees (WGS84) of that middle.
    pub lat: f64,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// When it was reported.
    pub reported_at: At,
    /// When it last changed.
    pub updated_at: At,
    /// When it was closed.
    pub closed_at: Option<At>,
    /// The words that a moderator released.
    pub public_words: Option<String>,
    /// The photos that a moderator released.
    pub photos: Vec<PublicPhoto>,
}

impl PublicSignal {
    /// Where a page that ends with this report ends.
    #[must_use]
    pub fn after(&self) -> After {
        After { at: self.reported_at, reference: self.reference.clone() }
    }
}

/// A change of what everybody sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The report's reference.
    pub reference: String,
    /// When it changed.
    pub at: At,
    /// The report as it is now; `None` when it is not shown any more.
    pub signal: Option<PublicSignal>,
}

/// The middle of the square in which a point lies, in degrees with six decimals; `None` outside the plane.
#[must_use]
pub fn rounded(desk: &Desk, lon: f64, lat: f64) -> Option<(f64, f64)> {
    let side = desk.municipality.file.public.round_m;
    let middle = |metres: f64| ((metres / side).floor() + 0.5) * side;
    let plane = desk.atlas.plane();
    let (x, y) = plane.to_xy(lon, lat)?;
    let (lon, lat) = plane.to_lonlat(middle(x), middle(y))?;
    let six = |degrees: f64| (degrees * 1e6).round() / 1e6;
    Some((six(lon), six(lat)))
}

/// One page of what is shown, newest report first. Fewer than asked is the last page.
///
/// # Errors
/// When the database cannot be read.
pub async fn shown(tx: &mut Tx, permit: &Permit, desk: &Desk, asked: &Asked<'_>) -> Result<Vec<PublicSignal>> {
    let limit = if asked.limit <= 0 { USUAL } else { asked.limit.min(MOST) };
    let after = asked.after.as_ref().map(|a| (a.at, a.reference.clone()));
    let to = asked.reported_to.map(|to| (to, String::new()));
    let states: String = asked.states.iter().map(|s| format!(",{s}")).collect();
    let mut wanted = Wanted {
        categories: categories(desk, asked.categories),
        states: if states.is_empty() { states } else { format!("{states},") },
        from: asked.reported_from.unwrap_or(At::from_micros(i64::MIN)),
        below: after.into_iter().chain(to).min().unwrap_or((At::from_micros(i64::MAX), String::new())),
        since: asked.since,
        area: asked.area.unwrap_or_default().to_owned(),
        frame: asked.bbox.map_or([-180.0, -90.0, 180.0, 90.0], |frame| wider(desk, frame)),
    };
    let mut page = Vec::new();
    loop {
        let rows = store::shown(tx, permit, &wanted, limit).await?;
        let last = rows.last().map(|row| (row.reported_at, row.reference.clone()));
        let more = i64::try_from(rows.len()).is_ok_and(|n| n == limit);
        for row in rows {
            if let Some(signal) = public(tx, permit, desk, row, asked.bbox).await? {
                page.push(signal);
            }
            if i64::try_from(page.len()).is_ok_and(|n| n == limit) {
                return Ok(page);
            }
        }
        match last {
            Some(last) if more => wanted.below = last,
            _ => return Ok(page),
        }
    }
}

/// The shown report with this reference.
///
/// # Errors
/// When the database cannot be read.
pub async fn one(tx: &mut Tx, permit: &Permit, desk: &Desk, reference: &str) -> Result<Option<PublicSignal>> {
    match store::one(tx, permit, &categories(desk, &[]), reference).await? {
        Some(row) => public(tx, permit, desk, row, None).await,
        None => Ok(None),
    }
}

/// What changed at or after `since`, oldest change first, at most `limit` (and [`MOST`]).
///
/// # Errors
/// When the database cannot be read.
pub async fn changed(tx: &mut Tx, permit: &Permit, desk: &Desk, since: At, limit: i64) -> Result<Vec<Changed>> {
    let limit = if limit <= 0 { USUAL } else { limit.min(MOST) };
    let mut changes = Vec::new();
    for row in store::changed(tx, permit, &categories(desk, &[]), since, limit).await? {
        if let Some(signal) = public(tx, permit, desk, row, None).await? {
            changes.push(Changed { reference: signal.reference.clone(), at: signal.updated_at, signal: Some(signal) });
        }
    }
    for (reference, at) in store::gone_since(tx, permit, since, limit).await? {
        changes.push(Changed { reference, at, signal: None });
    }
    changes.sort_by(|a, b| (a.at, &a.reference).cmp(&(b.at, &b.reference)));
    changes.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(changes)
}

/// When anything last changed of what is shown: for a cheap question whether to ask more.
///
/// # Errors
/// When the database cannot be read.
pub async fn newest(tx: &mut Tx, permit: &Permit) -> Result<Option<At>> {
    store::newest(tx, permit).await
}

/// The asked categories that are public now, between commas: a category that was closed to the public takes its
/// reports along at once.
fn categories(desk: &Desk, asked: &[&str]) -> String {
    let open = desk.catalogue.categories.iter().filter(|c| c.public);
    let wanted = open.filter(|c| asked.is_empty() || asked.contains(&c.id.as_str()));
    let ids: String = wanted.map(|c| format!(",{}", c.id)).collect();
    format!("{ids},")
}

/// A frame so much wider that no report whose rounded place lies within `frame` is missed.
fn wider(desk: &Desk, [west, south, east, north]: [f64; 4]) -> [f64; 4] {
    let dy = desk.municipality.file.public.round_m / DEGREE;
    let dx = dy / south.abs().max(north.abs()).to_radians().cos().max(0.01);
    [west - dx, south - dy, east + dx, north + dy]
}

async fn public(
    tx: &mut Tx,
    permit: &Permit,
    desk: &Desk,
    row: Shown,
    bbox: Option<[f64; 4]>,
) -> Result<Option<PublicSignal>> {
    let Some((lon, lat)) = rounded(desk, row.lon, row.lat) else { return Ok(None) };
    if bbox.is_some_and(|[w, s, e, n]| !((w..=e).contains(&lon) && (s..=n).contains(&lat))) {
        return Ok(None);
    }
    let photos = if row.photos == 0 { vec![] } else { store::photos(tx, permit, row.id).await? };
    Ok(Some(PublicSignal {
        reference: row.reference,
        category: row.category,
        state: row.state,
        lon,
        lat,
        area: row.area,
        reported_at: row.reported_at,
        updated_at: row.updated_at,
        closed_at: row.closed_at,
        public_words: row.public_words.filter(|words| !words.is_empty()),
        photos: photos
            .into_iter()
            .map(|(id, version, width, height)| PublicPhoto { id, version, width, height })
            .collect(),
    }))
}
