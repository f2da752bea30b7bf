//! `GET /picture`: where, when and what, is it new, and how sure are we; for a period, a priority of the plan,
//! a source and a neighbourhood. One history, one pass per question, three queries.

pub(crate) mod places;
mod selection;
pub(crate) mod sure;
pub(crate) mod times;

use crate::brief::{Brief, Days};
use crate::run::{Run, newest};
use crate::seen::{self, Seen};
use crate::wording::{Badge, NewsLine, Wording};
use axum::extract;
use axum::response::Response;
use kit::clock::day_date;
use kit::{Fault, Words};
use picture::history::{Cell, source};
use picture::{Ask, Filter, Series, Step, Summary, Total};
use policy::Resource;
use signals::Source;
use site::page::{Choice, Page};
use site::{Cx, render};

pub use selection::{Query, Selection};

/// A figure that may be hidden or missing: `class` is empty, `suppressed` or `missing`.
pub(crate) struct Figure {
    pub(crate) text: String,
    pub(crate) class: &'static str,
}

/// What is worked out before a word is written.
pub(crate) struct Findings {
    pub(crate) brief: Brief,
    /// The selection in its days.
    pub(crate) summary: Summary,
    /// The same for all neighbourhoods.
    pub(crate) areas: Summary,
    /// What officers found themselves, in the same days and categories.
    pub(crate) officers: Summary,
    /// What is expected in the seven days from today, most first.
    pub(crate) expected: Vec<(Cell, Total)>,
    /// The development, longer than the days chosen.
    pub(crate) series: Series,
    /// Per priority its weeks.
    pub(crate) sparks: Vec<Vec<u64>>,
    /// In the week that is still going on.
    pub(crate) since_monday: u64,
    /// Small counts are hidden.
    pub(crate) delicate: bool,
    /// So few in a delicate selection that nothing more is shown.
    pub(crate) hidden: bool,
}

impl Findings {
    /// Works everything out; pure.
    pub(crate) fn of(seen: &Seen, choice: &Selection) -> Self {
        let filter = choice.filter(seen);
        let in_days = choice.in_days(seen);
        let summary = Summary::of(&seen.history, &in_days);
        let brief = Brief::of(seen, &filter, choice.days, &summary);
        let areas = match choice.area {
            Some(_) => Summary::of(&seen.history, &Filter { areas: None, ..in_days.clone() }),
            None => summary.clone(),
        };
        let officers = Filter { sources: 1 << source::OFFICER, areas: None, ..in_days };
        let delicate = choice.is_delicate(seen);
        let (step, shown) = development(seen, choice);
        let this_week = filter.clone().days(Days::last_weeks(1, seen.today).to + 1, seen.today);
        let weeks = Days::last_weeks(choice.days.weeks.unwrap_or(0).max(26), seen.today);
        let sparks = brief.priorities.iter().map(|p| {
            let of = Filter { categories: Some(seen.of_priority(&p.id)), ..filter.clone() };
            Summary::of(&seen.history, &of.days(weeks.from, weeks.to)).weeks
        });
        Self {
            sparks: sparks.collect(),
            officers: Summary::of(&seen.history, &officers),
            expected: expected(seen, choice, &filter),
            series: Series::of(&seen.history, &filter.clone().days(shown.0, shown.1), step, seen.config.page.level),
            since_monday: Summary::of(&seen.history, &this_week).total,
            hidden: delicate && choice.area.is_some() && (1..seen.config.small.least).contains(&summary.total),
            delicate,
            areas,
            summary,
            brief,
        }
    }
}

/// What is expected in the seven days from today per cell, most first; nothing for officers' own findings.
fn expected(seen: &Seen, choice: &Selection, filter: &Filter) -> Vec<(Cell, Total)> {
    let known = seen.known();
    let mut cells = if choice.is_officers() {
        Vec::new()
    } else {
        let known = if choice.is_whole() { known } else { filter.cut(&known) };
        seen.config.model().expect_cells(&known, &Ask::week(seen.today))
    };
    cells.sort_by(|a, b| b.1.expected.total_cmp(&a.1.expected).then(a.0.cmp(&b.0)));
    cells
}

/// How the development is drawn: per week over a year, per month over three years, or the days chosen.
fn development(seen: &Seen, choice: &Selection) -> (Step, (i32, i32)) {
    let Days { from, to, weeks } = choice.days;
    match weeks {
        Some(52) => (Step::Month, (seen.today - 3 * 366, seen.today - 1)),
        Some(_) => (Step::Week, (to + 1 - 52 * 7, to)),
        None if to - from < 200 => (Step::Week, (from, to)),
        None => (Step::Month, (from, to)),
    }
}

#[derive(askama::Template)]
#[template(path = "pages/picture.html")]
struct PicturePage {
    page: Page,
    may_list: bool,
    empty: bool,
    hidden: bool,
    officers_only: bool,
    wrong_days: bool,
    form: Form,
    sentences: Vec<String>,
    since_monday: String,
    verdict: Badge,
    news: Vec<NewsLine>,
    news_lead: String,
    areas: places::Areas,
    cells: places::Cells,
    hours: times::Hours,
    trend: times::Trend,
    priorities: Vec<times::PriorityRow>,
    sure: sure::Sure,
    officers: Vec<places::OfficerRow>,
}

struct Form {
    periods: Vec<Choice>,
    period: String,
    from: String,
    to: String,
    priorities: Vec<Choice>,
    priority: String,
    sources: Vec<Choice>,
    source: String,
    areas: Vec<Choice>,
    area: String,
}

impl Form {
    fn of(seen: &Seen, choice: &Selection, words: &Words) -> Self {
        let periods =
            selection::WEEKS.iter().map(|w| Choice::new(w.to_string(), words.tn("picture-last-weeks", i64::from(*w))));
        let all = |key: &str| vec![Choice::new("", words.t(key))];
        let mut priorities = all("picture-all-priorities");
        let used = seen.catalogue.priorities.iter().filter(|(id, _)| !seen.of_priority(id).is_empty());
        priorities.extend(used.map(|(id, name)| Choice::new(id.as_str(), name.get(words.language()))));
        let mut areas = all("picture-all-areas");
        areas.extend(seen.sheet.neighbourhoods().map(|a| Choice::new(a.code.as_str(), a.name.as_str())));
        let sources = [selection::REPORTS, selection::ALL].into_iter().chain(Source::ALL.iter().map(|s| s.as_str()));
        Self {
            periods: periods.chain([Choice::new("days", words.t("picture-own-days"))]).collect(),
            period: choice.period(),
            from: day_date(choice.days.from).to_string(),
            to: day_date(choice.days.to).to_string(),
            priorities,
            priority: choice.priority.clone().unwrap_or_default(),
            sources: sources.map(|s| Choice::new(s, words.t(&format!("picture-source-{s}")))).collect(),
            source: choice.source.clone(),
            areas,
            area: choice.area.and_then(|a| seen.area_code(a)).unwrap_or_default().to_owned(),
        }
    }
}

/// `GET /picture`.
pub async fn picture(cx: Cx, extract::Query(query): extract::Query<Query>) -> Result<Response, Fault> {
    let permit = cx.permit("picture:read", &Resource::open("picture", cx.code()))?;
    let mut tx = cx.read().await?;
    let seen = Seen::read(&mut tx, &cx.municipality, cx.now).await?;
    let choice = Selection::of(&query, &seen);
    let run = newest(&mut tx, permit.municipality()).await?;
    let presence = seen::presence(&mut tx, &permit, choice.days.from, choice.days.to).await?;
    drop(tx);
    let (seen, choice, found) = blocking(move || {
        let found = Findings::of(&seen, &choice);
        (seen, choice, found)
    })
    .await?;
    render(&page_of(&cx, &seen, &choice, &found, run.as_ref(), &presence))
}

/// Runs heavy, pure work beside the threads that answer requests.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Fault::Internal(e.to_string()))
}

fn page_of(
    cx: &Cx,
    seen: &Seen,
    choice: &Selection,
    found: &Findings,
    run: Option<&Run>,
    presence: &[(Option<String>, i64)],
) -> PicturePage {
    let wording = Wording::new(&cx.words, &cx.municipality);
    let words = &cx.words;
    let brief = &found.brief;
    let came = match choice.source.as_str() {
        "officer" => "picture-came-officer",
        "police" => "picture-came-police",
        _ => "picture-came",
    };
    let mut of = String::new();
    if let Some(priority) = &choice.priority {
        of.push_str(&words.t1("picture-about", "name", &wording.priority(priority)));
    }
    if let Some(code) = choice.area.and_then(|a| seen.area_code(a)) {
        of.push_str(&words.t1("picture-in", "name", &wording.area(code)));
    }
    let mut sentences = vec![if found.hidden { words.t("picture-hidden") } else { wording.came(brief, came, &of) }];
    if !found.hidden {
        sentences.extend(wording.most(brief, seen.config.small.least, choice.area.is_none()));
    }
    sentences.push(wording.newest(brief));
    let mut form = Form::of(seen, choice, words);
    if choice.wrong_days {
        form.period = "days".to_owned();
    }
    PicturePage {
        page: cx.page("picture-title"),
        may_list: cx.may("signal:list"),
        empty: seen.is_empty(),
        hidden: found.hidden,
        officers_only: choice.is_officers(),
        wrong_days: choice.wrong_days,
        form,
        sentences,
        since_monday: words.tn("picture-since-monday", found.since_monday as i64),
        verdict: wording.verdict(brief.change.as_ref()),
        news_lead: words.ta(
            "picture-news-lead",
            &[
                ("weeks", i64::from(seen.config.news.weeks).into()),
                ("share", words.percent(seen.config.news.false_alarms).into()),
            ],
        ),
        news: brief.news.iter().map(|n| wording.news(n)).collect(),
        areas: places::Areas::of(seen, choice, found, &wording),
        cells: places::Cells::of(seen, choice, found, &wording),
        hours: times::Hours::of(&found.summary, words),
        trend: times::Trend::of(&found.series, words),
        priorities: times::priorities(seen, choice, found, &wording),
        sure: sure::Sure::of(run, seen.config.score.shown_coverage, &wording),
        officers: places::officers(seen, found, presence, &wording),
    }
}
