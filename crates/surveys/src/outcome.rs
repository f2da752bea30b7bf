//! Outcomes: totals while a questionnaire runs and after it closed, and how the plan reads one as an indicator.

mod view;
pub mod web;

use crate::config::SurveysConfig;
use crate::model::{Channel, Sample, State, Survey};
use crate::store;
use crate::tally::{Answer, Status, Summary, Total, tally};
use crate::weigh::Population;
use kit::{At, Fault, Result, Tx};
use site::Cx;
use std::collections::BTreeMap;

/// The population of a municipality, as far as its areas and settings know it.
///
/// Ages by area come from the key figures of the imported areas; when one area has none, the inhabitants by area and
/// the dated shares of the settings are used, each as a margin of its own.
async fn population(cx: &Cx, tx: &mut Tx) -> Result<Population> {
    let config = cx.municipality.get::<SurveysConfig>();
    let sheet = cx.municipality.get::<areas::Atlas>().sheet();
    let here: Vec<&areas::Area> = sheet.areas.iter().filter(|a| a.level.as_str() == config.area_level).collect();
    let mut people = Population {
        areas: here.iter().filter_map(|a| Some((a.code.clone(), a.inhabitants?))).collect(),
        ..Population::default()
    };
    let figures = store::age_figures(tx, cx.code()).await?;
    let share =
        |area: &str, key: &str| figures.iter().find(|f| f.code == area && f.key == key).map(|f| f.value / 100.0);
    for (area, inhabitants) in &people.areas {
        for age in &config.ages {
            if let Some(share) = share(area, &age.key) {
                people.cells.insert((area.clone(), age.id.clone()), share * inhabitants);
            }
        }
    }
    let whole = !people.areas.is_empty()
        && people.areas.len() == here.len()
        && people.cells.len() == people.areas.len() * config.ages.len();
    if whole {
        let sum = |age: &str| people.cells.iter().filter(|(k, _)| k.1 == age).map(|(_, v)| v).sum();
        people.ages = config.ages.iter().map(|a| (a.id.clone(), sum(&a.id))).collect();
        // who is too young to answer does not count in an area either
        let of = |area: &str| people.cells.iter().filter(|(k, _)| k.0 == area).map(|(_, v)| v).sum();
        people.areas = people.areas.iter().map(|(code, _)| (code.clone(), of(code))).collect();
        return Ok(people);
    }
    people.cells = BTreeMap::new();
    let year = cx.now.local(&cx.municipality.zone).year();
    if let Some(shares) = config.shares(year) {
        people.ages =
            config.ages.iter().map(|a| (a.id.clone(), shares.share.get(&a.id).copied().unwrap_or(0.0))).collect();
    }
    Ok(people)
}

/// Counts the answers that are there now, each sample apart.
pub(crate) async fn count(
    cx: &Cx,
    tx: &mut Tx,
    survey: &Survey,
) -> std::result::Result<(Vec<Total>, Vec<Summary>), Fault> {
    let config = cx.municipality.get::<SurveysConfig>();
    let people = population(cx, tx).await?;
    let answers = store::answers(tx, cx.code(), survey.id).await?;
    let (mut totals, mut summaries) = (Vec::new(), Vec::new());
    for sample in Sample::ALL {
        let of: Vec<&(Channel, Answer)> = answers.iter().filter(|(_, a)| a.sample == *sample).collect();
        if of.is_empty() {
            continue;
        }
        let paper = of.iter().filter(|(channel, _)| *channel == Channel::Paper).count();
        let rows: Vec<&Answer> = of.iter().map(|(_, a)| a).collect();
        let (found, weighting) = tally(&survey.design, &rows, &people, &config);
        totals.extend(found);
        let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        summaries.push(Summary { sample: *sample, n: n(rows.len()), paper: n(paper), weighting });
    }
    Ok((totals, summaries))
}

/// Totals and summary of a questionnaire: those that were kept at closing, else counted now.
pub(crate) async fn of(
    cx: &Cx,
    tx: &mut Tx,
    survey: &Survey,
) -> std::result::Result<(Vec<Total>, Vec<Summary>), Fault> {
    match survey.state {
        State::Draft | State::Open => count(cx, tx, survey).await,
        State::Closed | State::Archived => Ok((store::totals(tx, cx.code(), survey.id).await?, survey.summary.clone())),
    }
}

/// An outcome of a closed questionnaire for the whole municipality, weighted, with its 95 % interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// A percentage (0 to 100) of an option, or a mean in marks.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Answers that it rests on.
    pub n: i64,
    /// Whether few people answered (domain chapter 4: below 100): to be shown with a warning.
    pub few: bool,
    /// Whether the people were drawn (invited); if not, the figure does not represent the inhabitants.
    pub drawn: bool,
    /// When the questionnaire was closed.
    pub closed_at: At,
    /// Its slug, for a link to `/surveys/<slug>/outcome`.
    pub slug: String,
}

/// The outcome of `option` (an option's id, a mark, or `mean`) of `question` in the closed questionnaire `slug`. The
/// invited sample goes before the open one. `None` when there is none, or too few people answered.
///
/// # Errors
/// When the database cannot be read.
pub async fn result(
    tx: &mut Tx,
    municipality: &str,
    slug: &str,
    question: &str,
    option: &str,
) -> Result<Option<Reading>> {
    let found = store::readings(tx, municipality, slug, "", question, option).await?;
    Ok(first(&found))
}

/// The same of the questionnaire of `series` (the slug of the first; copies are of its series) that was closed last
/// from `from` up to `until`: a calendar year of an indicator.
///
/// # Errors
/// When the database cannot be read.
pub async fn result_of_year(
    tx: &mut Tx,
    municipality: &str,
    series: &str,
    question: &str,
    option: &str,
    (from, until): (At, At),
) -> Result<Option<Reading>> {
    let mut found = store::readings(tx, municipality, "", series, question, option).await?;
    found.retain(|r| from <= r.closed_at && r.closed_at < until);
    Ok(first(&found))
}

/// The first figure that may be shown of the questionnaire that was closed last.
fn first(found: &[store::Dated]) -> Option<Reading> {
    let slug = &found.first()?.slug;
    found.iter().filter(|r| r.slug == *slug && r.status != Status::Suppressed).find_map(|r| {
        Some(Reading {
            value: r.value?,
            low: r.low?,
            high: r.high?,
            n: r.n,
            few: r.status == Status::Few,
            drawn: r.sample == Sample::Invited,
            closed_at: r.closed_at,
            slug: r.slug.clone(),
        })
    })
}
