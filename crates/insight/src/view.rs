//! `GET /picture`: where, when and what, is it new, and how sure are we; for a period, a priority of the plan, a main
//! category, a source and a neighbourhood. Counts come from memory ([`crate::seen`]), what is heavy from the nightly
//! run ([`crate::squares`], [`crate::run`]): no page reads the whole history.

pub(crate) mod changed;
mod expect;
mod findings;
pub(crate) mod places;
mod selection;
mod small;
pub(crate) mod sure;
pub(crate) mod times;
mod willing;

use crate::alarm::{self, AlarmLine};
use crate::run::{Run, newest};
use crate::seen::{self, Seen};
use crate::squares::Squares;
use crate::wording::{Badge, Wording};
use axum::extract;
use axum::response::Response;
use kit::clock::day_date;
use kit::{Fault, Words};
use policy::Resource;
use signals::Source;
use site::page::{Choice, Link, Page};
use site::{Cx, render};

pub(crate) use expect::Expect;
pub(crate) use findings::Findings;
pub(crate) use selection::{ALL, REPORTS};
pub use selection::{Query, Selection};

/// A figure that may be hidden or missing: `class` is empty, `suppressed` or `missing`.
pub(crate) struct Figure {
    pub(crate) text: String,
    pub(crate) class: &'static str,
}

/// A choice of the reader with all that is known of it.
pub(crate) struct Look {
    pub(crate) seen: Seen,
    pub(crate) choice: Selection,
    pub(crate) found: Findings,
    /// The last nightly run.
    pub(crate) run: Option<Run>,
    /// Minutes of presence of the whole team per neighbourhood code in the chosen days.
    pub(crate) presence: Vec<(Option<String>, i64)>,
}

impl Look {
    /// Reads and works out what `query` asks.
    ///
    /// # Errors
    /// When the policy refuses or the database cannot be read.
    pub(crate) async fn at(cx: &Cx, query: &Query) -> Result<Self, Fault> {
        let permit = cx.permit("picture:read", &Resource::open("picture", cx.code()))?;
        let mut tx = cx.read().await?;
        let seen = Seen::light(&mut tx, &cx.municipality, cx.now).await?;
        let choice = Selection::of(query, &seen);
        let squares = match choice.part(&seen) {
            Some(part) => Squares::read(&mut tx, permit.municipality(), &part).await?,
            None => None,
        };
        let run = newest(&mut tx, permit.municipality()).await?;
        let alarms = alarm::open(&mut tx, permit.municipality()).await?;
        let presence = seen::presence(&mut tx, &permit, choice.days.from, choice.days.to).await?;
        drop(tx);
        blocking(move || {
            let found = Findings::with(&seen, &choice, squares.unwrap_or_default(), alarms);
            Self { seen, choice, found, run, presence }
        })
        .await
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
    /// Whether a forecast is made of such a choice.
    has_forecast: bool,
    run_made: bool,
    form: Form,
    sentences: Vec<String>,
    since_monday: String,
    verdict: Badge,
    alarms: Vec<AlarmLine>,
    changed: Vec<String>,
    chips: Vec<Link>,
    areas: places::Areas,
    cells: places::Cells,
    hours: times::Hours,
    trend: times::WeekTrend,
    small: small::Small,
    willing: willing::Willing,
    ways: Ways,
    priorities: Vec<times::PriorityRow>,
    sure: sure::Sure,
    officers: Vec<places::OfficerRow>,
}

/// Where the reader goes on, with the same choice.
struct Ways {
    compare: String,
    week: String,
    record: String,
    download: String,
    /// Per chart: CSV, SVG and PNG.
    trend: Files,
    grid: Files,
    areas: Files,
    squares: Files,
}

/// The addresses of one chart as files.
struct Files {
    csv: String,
    svg: String,
    png: String,
}

impl Ways {
    fn of(seen: &Seen, choice: &Selection) -> Self {
        let files = |chart: &str| {
            let file = |kind: &str| choice.here(&format!("/picture/download.{kind}"), seen, &[("chart", chart)]);
            Files { csv: file("csv"), svg: file("svg"), png: file("png") }
        };
        Self {
            compare: choice.here("/picture/compare", seen, &[]),
            week: choice.here("/picture/week", seen, &[]),
            record: "/picture/record".to_owned(),
            download: choice.here("/picture/download", seen, &[]),
            trend: files("trend"),
            grid: files("grid"),
            areas: files("map"),
            squares: files("forecast"),
        }
    }
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
    groups: Vec<Choice>,
    group: String,
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
        let name = |id: &String| {
            let main = seen.catalogue.mains.iter().find(|m| m.id == *id);
            main.map_or_else(|| words.t("picture-other"), |m| m.name.get(words.language()).to_owned())
        };
        let mut groups = all("picture-all-groups");
        groups.extend(seen.lists.groups.iter().map(|id| Choice::new(id.as_str(), name(id))));
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
            groups,
            group: choice.group.and_then(|g| seen.lists.groups.get(usize::from(g))).cloned().unwrap_or_default(),
        }
    }
}

/// `GET /picture`.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn picture(cx: Cx, extract::Query(query): extract::Query<Query>) -> Result<Response, Fault> {
    let look = Look::at(&cx, &query).await?;
    render(&page_of(&cx, &look))
}

/// Runs heavy, pure work beside the threads that answer requests.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Fault::Internal(e.to_string()))
}

fn page_of(cx: &Cx, look: &Look) -> PicturePage {
    let Look { seen, choice, found, run, presence } = look;
    let wording = Wording::new(&cx.words, &cx.municipality);
    let words = &cx.words;
    let brief = &found.brief;
    let came = match choice.source.as_str() {
        "officer" => "picture-came-officer",
        "police" => "picture-came-police",
        _ => "picture-came",
    };
    let group = choice.group.and_then(|g| seen.lists.groups.get(usize::from(g))).map(|g| wording.group(g));
    let mut of = String::new();
    for name in choice.priority.as_deref().map(|p| wording.priority(p)).iter().chain(&group) {
        of.push_str(&words.t1("picture-about", "name", name));
    }
    let area = choice.area.and_then(|a| seen.area_code(a));
    if let Some(code) = area {
        of.push_str(&words.t1("picture-in", "name", &wording.area(code)));
    }
    let mut sentences = vec![if found.hidden { words.t("picture-hidden") } else { wording.came(brief, came, &of) }];
    if !found.hidden {
        sentences.extend(wording.most(brief, seen.config.small.least, choice.area.is_none()));
    }
    if run.is_some() {
        sentences.push(wording.newest(&found.alarms));
    }
    let mut form = Form::of(seen, choice, words);
    if choice.wrong_days {
        form.period = "days".to_owned();
    }
    let least = found.delicate && choice.area.is_some();
    let least = if least { seen.config.small.least } else { 0 };
    PicturePage {
        page: cx.page("picture-title"),
        may_list: cx.may("signal:list"),
        empty: seen.is_empty(),
        hidden: found.hidden,
        officers_only: choice.is_officers(),
        wrong_days: choice.wrong_days,
        has_forecast: choice.part(seen).is_some(),
        run_made: run.is_some(),
        form,
        sentences,
        changed: if found.hidden { vec![] } else { changed::sentences(seen, choice, found, &wording) },
        chips: chips(seen, choice, group.as_deref(), &wording),
        since_monday: words.tn("picture-since-monday", found.since_monday as i64),
        verdict: wording.verdict(brief.change.as_ref()),
        alarms: found.alarms.iter().map(|a| AlarmLine::of(a, &wording)).collect(),
        areas: places::Areas::of(seen, choice, found, &wording),
        cells: places::Cells::of(seen, choice, found, &wording),
        hours: times::Hours::hiding(&found.summary, least, words),
        trend: times::WeekTrend::of(seen, found, least, &wording),
        small: small::Small::of(seen, choice, found, &wording),
        willing: willing::Willing::of(seen, choice, found, presence, &wording),
        ways: Ways::of(seen, choice),
        priorities: times::priorities(seen, choice, found, &wording),
        sure: sure::Sure::of(run.as_ref(), seen.config.score.shown_coverage, &wording),
        officers: places::officers(seen, found, presence, &wording),
    }
}

/// What was chosen, each with the address without it.
fn chips(seen: &Seen, choice: &Selection, group: Option<&str>, wording: &Wording) -> Vec<Link> {
    let mut out = Vec::new();
    if let Some(code) = choice.area.and_then(|a| seen.area_code(a)) {
        let without = Selection { area: None, ..choice.clone() };
        out.push(Link::new(without.here("/picture", seen, &[]), wording.area(code)));
    }
    if let Some(priority) = &choice.priority {
        let without = Selection { priority: None, ..choice.clone() };
        out.push(Link::new(without.here("/picture", seen, &[]), wording.priority(priority)));
    }
    if let Some(name) = group {
        let without = Selection { group: None, ..choice.clone() };
        out.push(Link::new(without.here("/picture", seen, &[]), name));
    }
    if choice.source != REPORTS {
        let without = Selection { source: REPORTS.to_owned(), ..choice.clone() };
        let name = wording.words.t(&format!("picture-source-{}", choice.source));
        out.push(Link::new(without.here("/picture", seen, &[]), name));
    }
    out
}
