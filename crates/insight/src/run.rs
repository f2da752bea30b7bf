//! The nightly run: what is expected in the next days per cell, four-hour band and main category, how good
//! such forecasts were, and the picture in brief. Rounds are proposed from it; start pages read it.

mod store;

use crate::brief::Brief;
use crate::config::Settings;
use crate::seen::Seen;
use crate::squares::Squares;
use kit::{At, Result, Tx, Uuid};
use picture::{Ask, Expected, Score, score};
use serde::{Deserialize, Serialize};

/// One run, as stored.
#[derive(Clone, Debug)]
pub struct Run {
    /// When it was made.
    pub made_at: At,
    /// First day of the forecast, in days since 1970-01-01.
    pub from_day: i32,
    /// Number of days.
    pub days: i64,
    /// Which model.
    pub model: String,
    /// Events that the forecast rests on.
    pub events: i64,
    /// How good the forecasts of the last weeks were; `None` when the history is too short.
    pub score: Option<Score>,
    /// The picture in brief; `None` when an older version wrote it.
    pub brief: Option<Brief>,
}

/// The newest run of a municipality.
///
/// # Errors
/// When the database cannot be read.
pub async fn newest(tx: &mut Tx, municipality: &str) -> Result<Option<Run>> {
    Ok(store::newest(tx, municipality).await?.map(|row| Run {
        made_at: row.made_at,
        from_day: row.from_day as i32,
        days: row.days,
        model: row.model,
        events: row.events,
        score: serde_json::from_str(&row.score).ok().filter(|s: &Score| s.weeks > 0),
        brief: serde_json::from_str(&row.brief).ok(),
    }))
}

/// What a run found, before it is stored.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) from_day: i32,
    pub(crate) days: u16,
    pub(crate) settings: Used,
    pub(crate) events: u32,
    /// Per day the rows with enough expected.
    pub(crate) rows: Vec<(i32, Expected)>,
    pub(crate) score: Score,
    pub(crate) brief: Brief,
    /// What is expected per square in the week ahead, per part, as text.
    pub(crate) squares: Vec<(String, String)>,
}

/// The settings of a run, stored with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Used {
    pub(crate) model: crate::config::ModelName,
    pub(crate) settings: Settings,
    pub(crate) least_expected: f64,
}

impl Outcome {
    /// Works it out; pure, and the heavy part of the job.
    pub(crate) fn of(seen: &Seen) -> Self {
        let rules = &seen.config.forecast;
        let model = seen.config.model();
        let known = seen.known();
        let mut rows = Vec::new();
        let mut events = 0;
        for day in (seen.today..).take(usize::from(rules.days)) {
            let forecast = model.expect(&known, &Ask { from_day: day, days: 1 });
            events = forecast.basis.events;
            rows.extend(forecast.rows.into_iter().filter(|r| r.expected >= rules.least_expected).map(|r| (day, r)));
        }
        Self {
            from_day: seen.today,
            days: rules.days,
            settings: Used { model: rules.model, settings: rules.settings, least_expected: rules.least_expected },
            events,
            rows,
            score: score(&*model, &known, &seen.config.score()),
            brief: Brief::nightly(seen),
            squares: {
                let mut squares = Squares::nightly(seen);
                squares.push(crate::place::nightly(seen, &squares));
                squares
            },
        }
    }

    /// Writes it as the run `id`, in place of the rows of the run before.
    pub(crate) async fn store(&self, tx: &mut Tx, seen: &Seen, id: Uuid, now: At) -> anyhow::Result<()> {
        let municipality = seen.municipality.code();
        let keep = now.micros() - seen.config.forecast.keep_days * 86_400_000_000;
        store::remove_before(tx, municipality, At::from_micros(keep)).await?;
        store::clear_cells(tx, municipality).await?;
        let group = |g: u16| seen.lists.groups.get(usize::from(g)).map_or("other", String::as_str);
        let values = self.rows.iter().flat_map(|(day, r)| {
            kit::args![
                municipality,
                now,
                *day,
                r.band,
                r.cell.x,
                r.cell.y,
                group(r.group),
                r.expected,
                r.low90,
                r.high90
            ]
        });
        store::add_cells(tx, values.collect()).await?;
        Squares::store(tx, municipality, now, self.from_day, &self.squares).await?;
        store::add_run(
            tx,
            &store::NewRun {
                municipality,
                id,
                made_at: now,
                from_day: self.from_day,
                days: self.days,
                model: self.settings.model.as_str(),
                settings: serde_json::to_string(&self.settings)?,
                events: self.events,
                score: serde_json::to_string(&self.score)?,
                brief: serde_json::to_string(&self.brief)?,
            },
        )
        .await?;
        Ok(())
    }
}
