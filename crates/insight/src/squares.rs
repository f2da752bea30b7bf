//! What the nightly run expects per 200 m square in the next seven days, for everything, for each priority of
//! the plan and for each main category: worked out once a night and stored, so that a page only reads it.

mod store;

use crate::brief::area_of;
use crate::seen::Seen;
use kit::{At, Result, Tx};
use picture::history::Cell;
use picture::{Ask, Filter, Total};
use std::collections::HashMap;
use std::fmt::Write as _;

/// Everything but what officers found themselves.
pub(crate) const ALL: &str = "";

/// The part of a priority of the plan.
pub(crate) fn priority(id: &str) -> String {
    format!("priority {id}")
}

/// The part of a main category.
pub(crate) fn group(id: &str) -> String {
    format!("group {id}")
}

/// The squares of one part.
#[derive(Clone, Debug, Default)]
pub(crate) struct Squares {
    /// First of the seven days, in days since 1970-01-01.
    pub(crate) from_day: i32,
    /// Most expected first.
    pub(crate) list: Vec<Square>,
}

/// One square.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Square {
    pub(crate) cell: Cell,
    pub(crate) total: Total,
    /// Code of the neighbourhood of its middle, or of the nearest.
    pub(crate) area: String,
}

/// Squares with less expected in a week are not kept.
const LEAST: f64 = 0.0005;

impl Squares {
    /// Per part its squares as text; pure, and part of the heavy work of the night.
    pub(crate) fn nightly(seen: &Seen) -> Vec<(String, String)> {
        let known = seen.known();
        let model = seen.config.model();
        let ask = Ask::week(seen.today);
        let mut names: HashMap<Cell, String> = HashMap::new();
        let mut part = |name: &str, cells: Vec<(Cell, Total)>| {
            let mut text = String::new();
            for (cell, t) in cells.into_iter().filter(|(_, t)| t.expected >= LEAST) {
                let area = names
                    .entry(cell)
                    .or_insert_with(|| area_of(&seen.municipality, (cell.x, cell.y)).unwrap_or_default());
                let _ = writeln!(text, "{},{},{:.4},{},{},{area}", cell.x, cell.y, t.expected, t.low90, t.high90);
            }
            (name.to_owned(), text)
        };
        let mut out = vec![part(ALL, model.expect_cells(&known, &ask))];
        let priorities = seen
            .catalogue
            .priorities
            .iter()
            .map(|(id, _)| (priority(id), Filter { categories: Some(seen.of_priority(id)), ..Filter::all() }));
        let groups = (0u16..).zip(&seen.lists.groups).map(|(number, id)| (group(id), Filter::all().group(number)));
        for (name, filter) in priorities.chain(groups) {
            let cut = filter.cut(&known);
            if !cut.events().is_empty() {
                out.push(part(&name, model.expect_cells(&cut, &ask)));
            }
        }
        out
    }

    /// Stores what [`Squares::nightly`] gave in place of what was there.
    pub(crate) async fn store(
        tx: &mut Tx,
        municipality: &str,
        now: At,
        from_day: i32,
        parts: &[(String, String)],
    ) -> Result<()> {
        store::clear(tx, municipality).await?;
        for (part, squares) in parts {
            store::add(tx, municipality, part, now, from_day, squares).await?;
        }
        Ok(())
    }

    /// What was stored for `part`, as text.
    pub(crate) async fn text(tx: &mut Tx, municipality: &str, part: &str) -> Result<Option<String>> {
        Ok(store::read(tx, municipality, part).await?.map(|row| row.1))
    }

    /// The stored squares of `part` ([`ALL`], [`priority`], [`group`]); `None` before the first night.
    pub(crate) async fn read(tx: &mut Tx, municipality: &str, part: &str) -> Result<Option<Self>> {
        Ok(store::read(tx, municipality, part).await?.map(|(from_day, text)| {
            let mut list: Vec<Square> = text.lines().filter_map(square).collect();
            list.sort_by(|a, b| b.total.expected.total_cmp(&a.total.expected).then(a.cell.cmp(&b.cell)));
            Self { from_day: from_day as i32, list }
        }))
    }
}

/// One line: x, y, expected, low, high, area.
fn square(line: &str) -> Option<Square> {
    let mut fields = line.splitn(6, ',');
    let cell = Cell { x: fields.next()?.parse().ok()?, y: fields.next()?.parse().ok()? };
    let mut number = || fields.next()?.parse::<f64>().ok();
    let total = Total { expected: number()?, low90: number()?, high90: number()? };
    Some(Square { cell, total, area: fields.next()?.to_owned() })
}
