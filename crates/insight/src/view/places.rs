//! Where: neighbourhoods with their rates, cells with what is expected, and what officers saw per hour there.

use super::{Figure, Findings, Selection};
use crate::chart::{Contour, Line, MapChart, Square, Top, chart_map, contours};
use crate::seen::Seen;
use crate::wording::Wording;
use areas::{Level, Shape};
use kit::Words;
use picture::history::Cell;
use picture::interval::{Shown, rate, shown, shown_row};
use site::map::{self, Layers, MapView, Ring};
use site::steps::{Breaks, Step, legend};
use std::collections::HashMap;

/// Neighbourhoods as a map and a table.
pub(crate) struct Areas {
    pub(crate) svg: String,
    pub(crate) legend: String,
    pub(crate) rows: Vec<AreaRow>,
    /// Outside every neighbourhood or without a place.
    pub(crate) unknown: String,
}

pub(crate) struct AreaRow {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) count: Figure,
    pub(crate) rate: Figure,
    pub(crate) interval: String,
}

/// Cells as a map and a list of the busiest.
pub(crate) struct Cells {
    pub(crate) svg: String,
    pub(crate) legend: String,
    /// The contour lines: whether it is the inner one, and what it says.
    pub(crate) lines: Vec<(bool, String)>,
    pub(crate) rows: Vec<CellRow>,
}

pub(crate) struct CellRow {
    /// Its number on the map.
    pub(crate) number: usize,
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) seen: Figure,
    pub(crate) expected: String,
    pub(crate) interval: String,
}

/// What officers saw themselves in one neighbourhood, beside how long they were there.
pub(crate) struct OfficerRow {
    pub(crate) name: String,
    pub(crate) seen: Figure,
    pub(crate) hours: String,
    pub(crate) per_hour: Figure,
}

/// A count in words; hidden and missing ones say so.
pub(crate) fn figure(count: Shown<u64>, words: &Words) -> Figure {
    match count {
        Shown::Value(n) => Figure { text: words.whole(n as i64), class: "" },
        Shown::Suppressed => Figure { text: words.t("picture-suppressed"), class: "suppressed" },
        Shown::Missing => Figure { text: words.t("picture-missing"), class: "missing" },
    }
}

/// The rings of an outline, for the map.
pub(crate) fn rings(shape: &Shape) -> Vec<Ring> {
    let ring = |line: &[(f64, f64)]| line.to_vec();
    let mut out = Vec::new();
    for polygon in &shape.geometry.0 {
        for line in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            out.push(ring(&line.0.iter().map(|c| (c.x, c.y)).collect::<Vec<_>>()));
        }
    }
    out
}

/// The neighbourhoods' outlines by code.
pub(crate) fn outlines(seen: &Seen) -> Vec<(&str, Vec<Ring>)> {
    let shapes = seen.sheet.index.shapes().iter().filter(|s| s.level == Level::Neighbourhood);
    shapes.map(|s| (s.code.as_str(), rings(s))).collect()
}

impl Areas {
    pub(crate) fn of(seen: &Seen, choice: &Selection, found: &Findings, wording: &Wording) -> Self {
        let words = &wording.words;
        let hoods: Vec<(usize, &areas::Area)> =
            seen.sheet.areas.iter().enumerate().filter(|(_, a)| a.level == Level::Neighbourhood).collect();
        let count = |i: usize| found.areas.areas.get(i).copied().unwrap_or(0);
        let mut counts: Vec<Option<u64>> = hoods.iter().map(|(i, _)| Some(count(*i))).collect();
        counts.push(Some(found.areas.unknown_area));
        let mut row = if found.delicate {
            shown_row(&counts, seen.config.small.least)
        } else {
            counts.iter().map(|c| c.map_or(Shown::Missing, Shown::Value)).collect()
        };
        let unknown = row.pop().unwrap_or(Shown::Missing);
        let breaks = Breaks::new(row.iter().filter_map(|s| s.value()).map(|n| n as f64));
        let step = |s: &Shown<u64>| match s {
            Shown::Value(n) => breaks.step(Some(*n as f64)),
            Shown::Suppressed => Step::Suppressed,
            Shown::Missing => Step::Missing,
        };
        let by_code: HashMap<&str, &Shown<u64>> = hoods.iter().map(|(_, a)| a.code.as_str()).zip(&row).collect();
        let outlines = outlines(seen);
        let view = MapView::around(outlines.iter().flat_map(|o| &o.1), 640.0);
        let layers = Layers {
            title: words.t("picture-map-areas"),
            areas: outlines
                .into_iter()
                .map(|(code, rings)| {
                    let count = by_code.get(code).copied().copied().unwrap_or(Shown::Missing);
                    map::Area {
                        id: code.to_owned(),
                        rings,
                        step: Some(step(&count)),
                        title: format!("{}: {}", wording.area(code), figure(count, words).text),
                        label: String::new(),
                        href: Some(elsewhere(seen, choice, code)),
                    }
                })
                .collect(),
            selected: choice.area.and_then(|a| seen.sheet.areas.get(a as usize)).map(|a| a.centre),
            ..Layers::default()
        };
        let mut lines = breaks.legend(&|v| words.number(v, 0));
        for (kind, key) in [(Step::Class(0), "site-map-zero"), (Step::Suppressed, "site-map-suppressed")] {
            if row.iter().any(|s| step(s) == kind) {
                lines.insert(0, (kind, words.t(key)));
            }
        }
        let mut rows: Vec<(u64, AreaRow)> = hoods
            .iter()
            .zip(&row)
            .map(|((i, area), shown)| (count(*i), area_row(seen, choice, area, *shown, words)))
            .collect();
        rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
        Self {
            svg: view.map(|v| v.svg(&layers)).unwrap_or_default(),
            legend: legend(&lines),
            rows: rows.into_iter().map(|r| r.1).collect(),
            unknown: figure(unknown, words).text,
        }
    }
}

fn area_row(seen: &Seen, choice: &Selection, area: &areas::Area, count: Shown<u64>, words: &Words) -> AreaRow {
    let per = |n: u64| rate(n, area.inhabitants.unwrap_or(0.0), 1000.0, seen.config.page.level);
    let range = count.value().and_then(per);
    AreaRow {
        name: area.name.clone(),
        href: elsewhere(seen, choice, &area.code),
        rate: match (range, count) {
            (Some(r), _) => Figure { text: words.number(r.value, 1), class: "" },
            (None, Shown::Suppressed) => figure(Shown::Suppressed, words),
            (None, _) => figure(Shown::Missing, words),
        },
        interval: range.map_or_else(String::new, |r| span(r.low, r.high, words)),
        count: figure(count, words),
    }
}

/// The same choice for a neighbourhood.
fn elsewhere(seen: &Seen, choice: &Selection, code: &str) -> String {
    Selection { area: seen.area_number(code), ..choice.clone() }.here("/picture", seen, &[])
}

/// Two ends with a dash; whole ends without decimals.
pub(crate) fn span(low: f64, high: f64, words: &Words) -> String {
    let whole = [low, high].iter().all(|v| round(*v).fract() == 0.0);
    let decimals = usize::from(!whole);
    format!("{}\u{2013}{}", words.number(low, decimals), words.number(high, decimals))
}

/// The address of the page of a cell.
pub(crate) fn cell_link(cell: Cell) -> String {
    format!("/picture/place?x={}&y={}", cell.x, cell.y)
}

/// The shares of an expectation that the contour lines enclose, innermost first.
const SHARES: [f64; 2] = [0.5, 0.8];

impl Cells {
    pub(crate) fn of(seen: &Seen, choice: &Selection, found: &Findings, wording: &Wording) -> Self {
        let words = &wording.words;
        let page = &seen.config.page;
        let counts: HashMap<Cell, u64> = found.summary.cells.iter().copied().collect();
        let least = if found.delicate { seen.config.small.least } else { 0 };
        let shown_cells = &found.expected[..found.expected.len().min(page.map_cells)];
        let breaks = Breaks::new(shown_cells.iter().map(|c| round(c.1.expected)));
        let plan = Plan::of(seen, shown_cells.iter().map(|c| c.0));
        let areas = named_outlines(seen);
        // the part of the municipality where something is expected, not its dunes and fields
        let ends = plan.as_ref().map(|p| p.around(1.5).to_vec());
        let view = MapView::around(ends.iter(), 640.0);
        let (Some(plan), Some(view)) = (plan, view) else {
            return Self { svg: String::new(), legend: String::new(), lines: vec![], rows: vec![] };
        };
        let mut squares = Vec::with_capacity(shown_cells.len());
        let mut tops = Vec::new();
        let mut rows = Vec::new();
        for (rank, (cell, total)) in shown_cells.iter().enumerate() {
            let area = found.area_of.get(cell).map(String::as_str);
            let name = wording.cell(area, (cell.x, cell.y));
            let seen_here = figure(shown(Some(counts.get(cell).copied().unwrap_or(0)), least), words);
            let expected = words.number(total.expected, 1);
            let title = words.ta(
                "picture-square",
                &[
                    ("name", name.clone().into()),
                    ("expected", expected.clone().into()),
                    ("between", span(total.low90, total.high90, words).into()),
                    ("count", seen_here.text.clone().into()),
                ],
            );
            let (x, y) = (f64::from(cell.x), f64::from(cell.y));
            let corners = [(x, y), (x + 1.0, y), (x + 1.0, y + 1.0), (x, y + 1.0)];
            squares.push(Square {
                ring: corners.map(|c| plan.lonlat(c)).to_vec(),
                step: breaks.step(Some(round(total.expected))),
                title: title.clone(),
            });
            if rank < page.top_places {
                let at = plan.lonlat((x + 0.5, y + 0.5));
                tops.push(Top { at, number: rank + 1, title, href: cell_link(*cell) });
                rows.push(CellRow {
                    number: rank + 1,
                    name,
                    href: cell_link(*cell),
                    seen: seen_here,
                    expected,
                    interval: span(total.low90, total.high90, words),
                });
            }
        }
        let field: Vec<(Cell, f64)> = found.expected.iter().map(|(c, t)| (*c, t.expected)).collect();
        let lines = contours(&field, &SHARES);
        let all: f64 = field.iter().map(|f| f.1).sum();
        let say = |line: &Line| {
            let values = [
                ("share", words.percent(line.share).into()),
                ("squares", words.whole(line.cells as i64).into()),
                ("all", words.whole(field.len() as i64).into()),
                ("n", words.number(line.share * all, 0).into()),
            ];
            words.ta("picture-contour", &values)
        };
        let drawn = lines.iter().enumerate().rev().map(|(rank, line)| Contour {
            rank: rank as u8,
            rings: line.rings.iter().map(|r| r.iter().map(|p| plan.lonlat(*p)).collect()).collect(),
            title: say(line),
        });
        let map = MapChart {
            title: words.t("picture-map-cells"),
            view,
            areas: &areas,
            squares,
            contours: drawn.collect(),
            tops,
            chosen: choice.area.and_then(|a| seen.area_code(a)).and_then(|code| {
                let shapes = seen.sheet.index.shapes().iter().filter(|s| s.level == Level::Neighbourhood);
                shapes.enumerate().find(|(_, s)| s.code == code).map(|(i, _)| i)
            }),
        };
        Self {
            svg: chart_map(&map),
            legend: legend(&breaks.legend(&|v| words.number(v, 1))),
            lines: lines.iter().enumerate().map(|(rank, line)| (rank == 0, say(line))).collect(),
            rows,
        }
    }
}

/// The neighbourhoods with their names, in the order of the sheet's shapes.
fn named_outlines(seen: &Seen) -> Vec<(String, Vec<Ring>)> {
    outlines(seen).into_iter().map(|(code, rings)| (seen.sheet.name(code).to_owned(), rings)).collect()
}

/// From squares to longitude and latitude: exact in the corners of the part that is drawn, straight lines between.
/// Over ten kilometres that is true to a few metres, and a map is drawn in units of ten.
struct Plan {
    west: f64,
    south: f64,
    wide: f64,
    high: f64,
    /// South-west, south-east, north-west, north-east.
    corners: [(f64, f64); 4],
}

impl Plan {
    fn of(seen: &Seen, cells: impl Iterator<Item = Cell> + Clone) -> Option<Self> {
        let (west, east) = (cells.clone().map(|c| c.x).min()?, cells.clone().map(|c| c.x).max()?.checked_add(1)?);
        let (south, north) = (cells.clone().map(|c| c.y).min()?, cells.map(|c| c.y).max()?.checked_add(1)?);
        let size = areas::CELL_METRES;
        let at = |x: i32, y: i32| seen.atlas.plane().to_lonlat(f64::from(x) * size, f64::from(y) * size);
        Some(Self {
            west: f64::from(west),
            south: f64::from(south),
            wide: f64::from(east) - f64::from(west),
            high: f64::from(north) - f64::from(south),
            corners: [at(west, south)?, at(east, south)?, at(west, north)?, at(east, north)?],
        })
    }

    /// The corners of the part that is drawn and `more` squares around it.
    fn around(&self, more: f64) -> [(f64, f64); 4] {
        let (west, east) = (self.west - more, self.west + self.wide + more);
        let (south, north) = (self.south - more, self.south + self.high + more);
        [(west, south), (east, south), (west, north), (east, north)].map(|p| self.lonlat(p))
    }

    /// Of a point in squares: (x, y) is the south-west corner of square (x, y).
    fn lonlat(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let (u, v) = ((x - self.west) / self.wide, (y - self.south) / self.high);
        let [sw, se, nw, ne] = self.corners;
        let mix =
            |sw: f64, se: f64, nw: f64, ne: f64| (sw * (1.0 - u) + se * u) * (1.0 - v) + (nw * (1.0 - u) + ne * u) * v;
        (mix(sw.0, se.0, nw.0, ne.0), mix(sw.1, se.1, nw.1, ne.1))
    }
}

/// To one decimal, so that the classes of a map are those that its legend can say.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// What officers saw per neighbourhood, with the hours that the team was there.
pub(crate) fn officers(
    seen: &Seen,
    found: &Findings,
    presence: &[(Option<String>, i64)],
    wording: &Wording,
) -> Vec<OfficerRow> {
    let words = &wording.words;
    let minutes: HashMap<&str, i64> = presence.iter().filter_map(|(a, m)| Some((a.as_deref()?, *m))).collect();
    let least = if found.delicate { seen.config.small.least } else { 0 };
    let mut rows: Vec<(f64, OfficerRow)> = Vec::new();
    for (i, area) in seen.sheet.areas.iter().enumerate().filter(|(_, a)| a.level == Level::Neighbourhood) {
        let count = found.officers.areas.get(i).copied().unwrap_or(0);
        let hours = minutes.get(area.code.as_str()).map_or(0.0, |m| *m as f64 / 60.0);
        if count == 0 && hours == 0.0 {
            continue;
        }
        let count = shown(Some(count), least);
        let per_hour = match count {
            Shown::Value(n) if hours >= 1.0 => Figure { text: words.number(n as f64 / hours, 1), class: "" },
            Shown::Suppressed => figure(Shown::Suppressed, words),
            _ => figure(Shown::Missing, words),
        };
        let row =
            OfficerRow { name: area.name.clone(), seen: figure(count, words), hours: words.number(hours, 1), per_hour };
        rows.push((hours, row));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    rows.into_iter().map(|r| r.1).collect()
}
