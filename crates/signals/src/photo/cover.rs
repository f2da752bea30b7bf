//! Covering faces and number plates by hand: with a mouse or a finger (`static/cover.mjs`), or by ticking the
//! numbered squares that lie over the picture, which needs no script and no mouse. What was covered is not blurred:
//! its pixels are gone from the picture that goes out.

use super::{Act, Released, ops};
use crate::handle;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Uuid};
use policy::Resource;
use site::page::{Link, Page};
use site::{Cx, FormError, render_as, see_other};
use std::fmt;

/// Squares across and down.
const GRID: (u16, u16) = (12, 9);
/// Most rectangles on one picture.
pub(super) const MOST_AREAS: usize = 150;
/// A rectangle counts in thousandths of the picture's width and height.
const THOUSAND: u16 = 1000;

/// Rectangles: left, top, right, bottom in thousandths. Written as `l,t,r,b;l,t,r,b`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas(pub Vec<[u16; 4]>);

impl Areas {
    /// Reads what the form or the database says; what is no rectangle is left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let area = |part: &str| {
            let numbers: Vec<u16> = part.split(',').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
            let [left, top, right, bottom] = <[u16; 4]>::try_from(numbers).ok()?;
            (left < right && top < bottom && right <= THOUSAND && bottom <= THOUSAND)
                .then_some([left, top, right, bottom])
        };
        Self(text.split(';').filter_map(area).collect())
    }

    /// The square with number `cell`, counted from 1 along the rows.
    fn square(cell: u16) -> Option<[u16; 4]> {
        let (across, down) = GRID;
        let n = cell.checked_sub(1).filter(|n| *n < across * down)?;
        let (x, y) = (n % across, n / across);
        let edge = |n: u16, of: u16| u16::try_from(u32::from(n) * u32::from(THOUSAND) / u32::from(of)).unwrap_or(0);
        Some([edge(x, across), edge(y, down), edge(x + 1, across), edge(y + 1, down)])
    }

    /// As parts of the whole, 0 to 1.
    #[must_use]
    pub fn parts(&self) -> Vec<[f64; 4]> {
        self.0.iter().map(|area| area.map(|n| f64::from(n) / f64::from(THOUSAND))).collect()
    }
}

impl fmt::Display for Areas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, [left, top, right, bottom]) in self.0.iter().enumerate() {
            write!(f, "{}{left},{top},{right},{bottom}", if i == 0 { "" } else { ";" })?;
        }
        Ok(())
    }
}

/// What the form sends: names may stand more than once.
type Fields = Vec<(String, String)>;

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
}

/// The act that the form asks for.
fn asked(fields: &Fields) -> Result<Act, Fault> {
    Ok(match field(fields, "what") {
        "cover" => {
            let mut areas = Areas::read(field(fields, "areas"));
            let cells = fields.iter().filter(|(n, _)| n == "cell").filter_map(|(_, value)| value.parse().ok());
            for square in cells.filter_map(Areas::square) {
                if !areas.0.contains(&square) {
                    areas.0.push(square);
                }
            }
            Act::Cover { areas, release: !field(fields, "release").is_empty() }
        }
        "uncover" => Act::Uncover,
        "release-covered" => Act::Release(Released::Covered),
        "release-plain" => Act::Release(Released::Plain),
        "withhold" => Act::Release(Released::Nothing),
        _ => return Err(Fault::Bad("fault-bad-request")),
    })
}

/// One square of the grid.
struct Square {
    number: u16,
    checked: bool,
    x: f64,
    y: f64,
}

/// One covered rectangle, in pixels.
struct Rect {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

#[derive(askama::Template)]
#[template(path = "photo/pages/cover.html")]
struct CoverPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    requests: [Uuid; 5],
    version: i64,
    href: String,
    back: String,
    width: i64,
    height: i64,
    font: f64,
    lines: Vec<[f64; 4]>,
    rows: Vec<Vec<Square>>,
    rects: Vec<Rect>,
    areas: String,
    covered: bool,
    released: Released,
    state: (&'static str, String),
    unscanned: bool,
}

/// `GET /signals/{id}/photos/{photo}/cover`: the picture with its squares.
///
/// # Errors
/// When the policy refuses or there is no such photo.
pub async fn page(cx: Cx, Path(ids): Path<(Uuid, Uuid)>) -> Result<Response, Fault> {
    shown(&cx, ids, None, None).await
}

async fn shown(
    cx: &Cx,
    (id, photo): (Uuid, Uuid),
    typed: Option<&Fields>,
    fault: Option<&Fault>,
) -> Result<Response, Fault> {
    let permit = cx.permit("signal:moderate", &Resource::ordinary("signal", cx.code()))?;
    let mut tx = cx.read().await?;
    let signal = handle::current(&mut tx, &permit, id, None).await?;
    let photo = ops::one(&mut tx, &permit, id, photo).await?;
    drop(tx);
    crate::touched::read(cx, &permit, id).await?;
    let (status, mut page) =
        (StatusCode::OK, cx.page_titled(cx.words.t1("photo-cover-title", "reference", &signal.reference)));
    let none = FieldFaults::default();
    let (status, faults) = match fault {
        None => (status, &none),
        Some(Fault::Invalid(faults)) => (StatusCode::UNPROCESSABLE_ENTITY, faults),
        Some(fault) => {
            let text = match fault {
                Fault::Rule { key, .. } => cx.t(key),
                _ => cx.t("signals-stale"),
            };
            page = page.with_notice("warning", text);
            (fault.status(), &none)
        }
    };
    let areas = match typed {
        Some(fields) => Areas::read(field(fields, "areas")),
        None => Areas::read(&photo.cover),
    };
    let ticked =
        |number: u16| typed.is_some_and(|fields| fields.iter().any(|(n, v)| n == "cell" && *v == number.to_string()));
    let (across, down) = GRID;
    let (width, height) = (photo.width as f64, photo.height as f64);
    let (dx, dy) = (width / f64::from(across), height / f64::from(down));
    let square = |row: u16, column: u16| {
        let number = row * across + column + 1;
        let (x, y) = (f64::from(column) * dx, f64::from(row) * dy);
        Square { number, checked: ticked(number), x: x + dx * 0.08, y: y + dy * 0.4 }
    };
    let upright = (1..across).map(|n| [f64::from(n) * dx, 0.0, f64::from(n) * dx, height]);
    let level = (1..down).map(|n| [0.0, f64::from(n) * dy, width, f64::from(n) * dy]);
    let tone = match photo.released {
        Released::Nothing => "neutral",
        Released::Covered | Released::Plain => "ok",
    };
    let view = CoverPage {
        crumbs: vec![
            Link::new("/signals", cx.t("signals-title")),
            Link::new(format!("/signals/{id}"), signal.reference.as_str()),
        ],
        errors: cx.summary(faults),
        requests: std::array::from_fn(|_| cx.app.clock.id()),
        version: signal.version,
        href: photo.href(),
        back: format!("/signals/{id}"),
        width: photo.width,
        height: photo.height,
        font: dx.min(dy) * 0.3,
        lines: upright.chain(level).collect(),
        rows: (0..down).map(|row| (0..across).map(|column| square(row, column)).collect()).collect(),
        rects: areas
            .parts()
            .iter()
            .map(|[l, t, r, b]| Rect { x: l * width, y: t * height, width: (r - l) * width, height: (b - t) * height })
            .collect(),
        areas: areas.to_string(),
        covered: !photo.cover.is_empty(),
        released: photo.released,
        state: (tone, cx.t(&format!("photo-released-{}", photo.released))),
        unscanned: photo.scan == "unscanned",
        page,
    };
    render_as(status, &view)
}

/// `POST /signals/{id}/photos/{photo}/cover`: covers, uncovers, releases or withholds.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Bad`] for a form that is not ours, or when the policy refuses or the database fails.
/// What the moderator can mend comes back as the page, with the rectangles that were drawn.
pub async fn submit(
    cx: Cx,
    Path((id, photo)): Path<(Uuid, Uuid)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let permit = cx.permit("signal:moderate", &Resource::ordinary("signal", cx.code()))?;
    let (request, version) = handle::stamp(field(&fields, "request"), field(&fields, "version"))?;
    let act = asked(&fields)?;
    let outcome = match ops::painted(&cx, &permit, (id, photo), &act).await {
        Ok(ready) => {
            let mut tx = cx.write().await?;
            let back = format!("/signals/{id}/photos/{photo}/cover");
            if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
                return Ok(see_other(&to));
            }
            match ops::act(&cx, &mut tx, &permit, (id, photo), Some(version), &act, ready).await {
                Ok(()) => {
                    tx.commit().await?;
                    return Ok(see_other(&back));
                }
                Err(fault) => Err(fault),
            }
        }
        Err(fault) => Err(fault),
    };
    match outcome {
        Err(fault @ (Fault::Invalid(_) | Fault::Stale | Fault::Rule { .. })) => {
            shown(&cx, (id, photo), Some(&fields), Some(&fault)).await
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_are_read_and_written_and_nonsense_is_left_out() {
        for (text, expected) in [
            ("", ""),
            ("0,0,1000,1000", "0,0,1000,1000"),
            (" 10, 20,30 ,40;50,60,70,80", "10,20,30,40;50,60,70,80"),
            ("10,20,5,40", ""),
            ("10,20,30,1001", ""),
            ("-1,0,10,10;x;1,2,3", ""),
            ("1,2,3,4,5;<script>", ""),
        ] {
            assert_eq!(Areas::read(text).to_string(), expected, "{text}");
        }
    }

    #[test]
    fn squares_lie_side_by_side_over_the_whole_picture() {
        assert_eq!(Areas::square(1), Some([0, 0, 83, 111]));
        assert_eq!(Areas::square(2), Some([83, 0, 166, 111]));
        assert_eq!(Areas::square(13), Some([0, 111, 83, 222]));
        assert_eq!(Areas::square(108), Some([916, 888, 1000, 1000]));
        assert!([0, 109, u16::MAX].into_iter().all(|n| Areas::square(n).is_none()));
    }
}
