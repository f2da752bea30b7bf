//! What everybody may already see of the same matter near the place: "this is known", to follow it or to report anyway.

use super::draft::Draft;
use super::store::{self, Shown};
use crate::category::Catalogue;
use crate::issues::Frame;
use crate::model::Kind;
use areas::Atlas;
use kit::{At, Fault, Tx, Uuid};
use policy::Permit;
use site::Cx;

/// Steps in which a distance is told: a place that everybody sees is rounded, and no series of questions finds it.
const STEP_METRES: f64 = 25.0;
/// Most of them on a page.
const MOST: usize = 5;
const DAY_MICROS: i64 = 86_400_000_000;

/// One matter that is known.
#[derive(Debug)]
pub(super) struct Known {
    /// Where to follow it.
    pub(super) href: String,
    /// How it stands.
    pub(super) state: String,
    /// Since when, how many reports, how far.
    pub(super) detail: String,
}

/// Reports of one matter.
struct Matter {
    id: Uuid,
    /// The report that can be followed: the newest.
    reference: String,
    state: &'static str,
    first: At,
    last: At,
    metres: f64,
    count: i64,
}

/// Open matters of the draft's category within the metres and days of the category, the nearest first. Empty for what
/// is no plain report and where no point was chosen.
pub(super) async fn near(cx: &Cx, tx: &mut Tx, permit: &Permit, draft: &Draft) -> Result<Vec<Known>, Fault> {
    let (catalogue, atlas) = (cx.municipality.get::<Catalogue>(), cx.municipality.get::<Atlas>());
    let (Kind::Report, Some(category), Some(here)) = (draft.kind(), catalogue.get(&draft.category), draft.place) else {
        return Ok(vec![]);
    };
    if !category.public {
        return Ok(vec![]);
    }
    let frame = Frame::around(here, category.issue.radius_m);
    let rows = store::shown_near(tx, permit, &category.id, &frame).await?;
    let within = rows.iter().filter_map(|row| {
        let metres = atlas.metres(here, (row.lon, row.lat))?;
        (metres <= category.issue.radius_m).then_some((row, metres))
    });
    let oldest = cx.now.micros() - category.issue.days * DAY_MICROS;
    let mut matters = matters(within);
    matters.retain(|m| m.last.micros() >= oldest);
    matters.sort_by(|a, b| a.metres.total_cmp(&b.metres).then(a.id.cmp(&b.id)));
    matters.truncate(MOST);
    Ok(matters.iter().map(|m| view(cx, m)).collect())
}

/// The reports of one issue are one matter; a report without an issue is one by itself.
fn matters<'a>(rows: impl Iterator<Item = (&'a Shown, f64)>) -> Vec<Matter> {
    let mut matters: Vec<Matter> = Vec::new();
    for (row, metres) in rows {
        let (id, at) = (row.issue_id.unwrap_or(row.id), row.reported_at);
        let state = row.state.public_word();
        let Some(matter) = matters.iter_mut().find(|m| m.id == id) else {
            matters.push(Matter { id, reference: row.reference.clone(), state, first: at, last: at, metres, count: 1 });
            continue;
        };
        (matter.first, matter.last) = (matter.first.min(at), matter.last.max(at));
        matter.metres = matter.metres.min(metres);
        matter.count += 1;
        if state == "busy" {
            matter.state = state;
        }
    }
    matters
}

fn view(cx: &Cx, matter: &Matter) -> Known {
    let steps = (matter.metres / STEP_METRES).floor() + 1.0;
    let metres = cx.words.number(steps * STEP_METRES, 0);
    Known {
        href: format!("/report/follow/{}", site::layers::encode(&matter.reference)),
        state: cx.t(&format!("report-state-{}", matter.state)),
        detail: cx.words.ta(
            "report-known-detail",
            &[("day", cx.words.date(matter.first).into()), ("metres", metres.into()), ("n", matter.count.into())],
        ),
    }
}
