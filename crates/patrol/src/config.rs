//! Deployment as the municipality sets it (`patrol.toml`): teams, kinds of shift, how long a visit
//! lasts, and the weights by which places are chosen. Weights carry the day from which they count.

mod weights;

pub use weights::{PriorityWeight, Weight, Weights};

use jiff::civil::{Date, Time};
use kit::Text;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::path::Path;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    travel: Travel,
    round: RoundRules,
    presence: Presence,
    control: Control,
    crew: CrewRules,
    rest: Rest,
    search: SearchRules,
    revisit: Revisit,
    equity: Equity,
    #[serde(default)]
    hours: Vec<Hours>,
    team: Vec<Team>,
    shift: Vec<ShiftKind>,
    weights: Vec<Weights>,
}

/// How teams get from place to place.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Travel {
    /// Metres a minute on foot.
    pub foot_m_per_min: f64,
    /// Metres a minute by bicycle.
    pub bicycle_m_per_min: f64,
    /// Metres a minute by car where no street network is known; with one, each street has its own speed.
    pub car_m_per_min: f64,
    /// Metres along the street per metre in a straight line.
    pub detour: f64,
}

/// How a round is made.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundRules {
    /// Visits proposed when nobody says otherwise.
    pub max_visits: u32,
    /// Highest number of visits that can be asked.
    pub most_visits: u32,
    /// Minutes kept free at the start of a shift.
    pub start_after_min: i64,
    /// Minutes kept free at its end.
    pub back_before_min: i64,
    /// How many of the busiest squares are considered.
    pub most_cells: usize,
    /// How many places stay in a proposal as choices for the coordinator, for each crew.
    pub keep: usize,
}

/// How long a visit lasts (Koper 1995: 10 to 16 minutes).
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presence {
    /// Fewest minutes.
    pub shortest_min: u32,
    /// Most minutes.
    pub longest_min: u32,
    /// Minutes at a square without a report.
    pub cell_min: u32,
}

/// Random control (domain chapter 14, design rule 5).
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// Share of the visits that is drawn at random, 0 to 1.
    pub share: f64,
}

/// Who goes together.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrewRules {
    /// Officers in a crew when nobody says otherwise.
    pub size: usize,
}

/// The break in a round (Arbeidstijdenwet art. 5:4: half an hour in more than five and a half hours of work).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rest {
    /// A round longer than so many minutes has a break.
    pub over_min: i64,
    /// Minutes of break.
    pub minutes: u32,
    /// Earliest begin, in minutes from the start of the round.
    pub from_min: i64,
    /// Latest begin, in minutes from the start of the round.
    pub until_min: i64,
    /// Longitude and latitude of places beside the base where it can be held.
    #[serde(default)]
    pub places: Vec<(f64, f64)>,
    /// Whether it can also be held where the crew is then: at the place that it visited last.
    #[serde(default)]
    pub at_stops: bool,
}

/// How long Regie looks for a better plan.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchRules {
    /// Milliseconds until the first plan is shown.
    pub first_ms: i64,
    /// Seconds of searching on while one looks; 0: not at all.
    pub seconds: i64,
    /// Most iterations of such a search.
    pub most_iterations: u64,
    /// Iterations to find out what a visit brings or a pin costs.
    pub explain_iterations: u64,
}

/// How soon a place is visited again.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revisit {
    /// A square without a report is not visited again within so many hours.
    pub cell_hours: i64,
    /// An open report or issue is not visited again within so many hours, unless it is urgent.
    pub open_hours: i64,
    /// By how much of its points a square goes up or down by lot, so that rounds show no fixed pattern (Koper 1995), 0
    /// to 1.
    pub lot: f64,
}

/// Every neighbourhood is visited now and then, whatever the reports say.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equity {
    /// Weeks that are looked back.
    pub weeks: i64,
    /// Fewest visits in these weeks; below it, a visit there gets the points of `floor`. 0: no floor.
    pub least: i64,
}

/// When a visit for some categories makes sense: school and closing times.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Categories that it is about.
    pub categories: Vec<String>,
    /// Days on which it counts, 1 Monday to 7 Sunday; on other days these categories may be visited at any hour.
    pub weekdays: Vec<i8>,
    /// Local times between which a visit may begin; one that ends before it begins goes on after midnight.
    pub between: Vec<(Time, Time)>,
    /// Why.
    pub why: Text,
}

kit::text_enum! {
    /// What a team is for.
    pub enum TeamKind {
        /// Enforcement in public space.
        Enforcement = "enforcement",
        /// Contact with young people.
        Youth = "youth",
    }
}

kit::text_enum! {
    /// How a team moves.
    pub enum Mode {
        /// On foot.
        Foot = "foot",
        /// By bicycle.
        Bicycle = "bicycle",
        /// By car.
        Car = "car",
    }
}

/// A team.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What it is for.
    pub kind: TeamKind,
    /// How it moves.
    pub travel: Mode,
    /// Categories that it goes out for; empty means all that a round can do.
    #[serde(default)]
    pub categories: Vec<String>,
}

impl Team {
    /// Whether the team goes out for a category.
    #[must_use]
    pub fn takes(&self, category: &str) -> bool {
        self.categories.is_empty() || self.categories.iter().any(|c| c == category)
    }
}

/// A kind of shift with its usual hours.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftKind {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Local time of its start.
    pub start: Time,
    /// Length in hours.
    pub hours: i64,
}

/// Deployment of one municipality; sits on its shelf.
#[derive(Clone, Debug)]
pub struct PatrolConfig {
    /// How teams get from place to place.
    pub travel: Travel,
    /// How a round is made.
    pub round: RoundRules,
    /// How long a visit lasts.
    pub presence: Presence,
    /// Random control.
    pub control: Control,
    /// Who goes together.
    pub crew: CrewRules,
    /// The break.
    pub rest: Rest,
    /// How long Regie looks for a better plan.
    pub search: SearchRules,
    /// How soon a place is visited again.
    pub revisit: Revisit,
    /// How often every neighbourhood is visited.
    pub equity: Equity,
    /// When some categories are visited.
    pub hours: Vec<Hours>,
    /// Teams in the order of the file.
    pub teams: Vec<Team>,
    /// Kinds of shift in the order of the file.
    pub shifts: Vec<ShiftKind>,
    weights: Vec<Weights>,
}

impl PatrolConfig {
    /// Reads `patrol.toml` in `folder`.
    ///
    /// # Errors
    /// When the file is missing or wrong; the message says where.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("patrol.toml");
        let mut file: File = load(&path)?;
        file.weights.sort_by_key(|w| w.from);
        if let Some(why) = wrong(&file) {
            return Err(ConfigError::Wrong { path: path.display().to_string(), why });
        }
        Ok(Self {
            travel: file.travel,
            round: file.round,
            presence: file.presence,
            control: file.control,
            crew: file.crew,
            rest: file.rest,
            search: file.search,
            revisit: file.revisit,
            equity: file.equity,
            hours: file.hours,
            teams: file.team,
            shifts: file.shift,
            weights: file.weights,
        })
    }

    /// The weights that count on `day`; before the first list, the first.
    #[must_use]
    pub fn weights(&self, day: Date) -> Option<&Weights> {
        self.weights.iter().rev().find(|w| w.from <= day).or_else(|| self.weights.first())
    }

    /// The team with this id.
    #[must_use]
    pub fn team(&self, id: &str) -> Option<&Team> {
        self.teams.iter().find(|t| t.id == id)
    }

    /// The name of a team; the id itself when it is not known any more.
    #[must_use]
    pub fn team_name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.team(id).map_or(id, |t| t.name.get(language))
    }

    /// The kind of shift with this id.
    #[must_use]
    pub fn shift(&self, id: &str) -> Option<&ShiftKind> {
        self.shifts.iter().find(|s| s.id == id)
    }

    /// The name of a kind of shift; empty for a shift with hours of its own.
    #[must_use]
    pub fn shift_name(&self, id: &str, language: &str) -> &str {
        self.shift(id).map_or("", |s| s.name.get(language))
    }

    /// How a team moves when nobody says otherwise; an unknown team walks.
    #[must_use]
    pub fn mode(&self, team: &str) -> Mode {
        self.team(team).map_or(Mode::Foot, |t| t.travel)
    }

    /// Metres a minute.
    #[must_use]
    pub fn speed(&self, mode: Mode) -> f64 {
        match mode {
            Mode::Foot => self.travel.foot_m_per_min,
            Mode::Bicycle => self.travel.bicycle_m_per_min,
            Mode::Car => self.travel.car_m_per_min,
        }
    }
}

/// What is wrong with the figures, if anything.
fn wrong(file: &File) -> Option<String> {
    let positive = |name: &str, v: f64| (!(v.is_finite() && v > 0.0)).then(|| format!("`{name}` must be above 0"));
    let rules = &file.round;
    let presence = &file.presence;
    let all = file.weights.iter().flat_map(|w| {
        let factors = w.priority.value.iter().map(|(id, v)| (id.as_str(), *v));
        w.list().map(|(key, weight)| (key, weight.value)).into_iter().chain(factors).collect::<Vec<_>>()
    });
    positive("foot_m_per_min", file.travel.foot_m_per_min)
        .or_else(|| positive("bicycle_m_per_min", file.travel.bicycle_m_per_min))
        .or_else(|| positive("car_m_per_min", file.travel.car_m_per_min))
        .or_else(|| (file.crew.size == 0).then(|| "`size` of `[crew]` must be 1 or more".to_owned()))
        .or_else(|| {
            let order = 0 <= file.rest.from_min && file.rest.from_min <= file.rest.until_min;
            (!order).then(|| "`from_min` of `[rest]` must be 0 to `until_min`".to_owned())
        })
        .or_else(|| (file.search.first_ms < 1).then(|| "`first_ms` must be 1 or more".to_owned()))
        .or_else(|| (!(0.0..=1.0).contains(&file.revisit.lot)).then(|| "`lot` must be 0 to 1".to_owned()))
        .or_else(|| (file.equity.weeks < 1).then(|| "`weeks` must be 1 or more".to_owned()))
        .or_else(|| {
            let day = |hours: &Hours| hours.weekdays.iter().any(|d| !(1..=7).contains(d)) || hours.between.is_empty();
            file.hours.iter().any(day).then(|| "`[[hours]]` needs `weekdays` from 1 to 7 and `between`".to_owned())
        })
        .or_else(|| (!(1.0..=5.0).contains(&file.travel.detour)).then(|| "`detour` must be 1 to 5".to_owned()))
        .or_else(|| {
            (!(1..=rules.most_visits).contains(&rules.max_visits))
                .then(|| "`max_visits` must be 1 to `most_visits`".to_owned())
        })
        .or_else(|| {
            let order = presence.shortest_min > 0 && presence.shortest_min <= presence.longest_min;
            (!order).then(|| "`shortest_min` must be 1 to `longest_min`".to_owned())
        })
        .or_else(|| (!(0.0..=1.0).contains(&file.control.share)).then(|| "`share` must be 0 to 1".to_owned()))
        .or_else(|| file.weights.iter().find_map(|w| positive("cell_full", w.cell_full.value)))
        .or_else(|| file.team.is_empty().then(|| "a `[[team]]` is needed".to_owned()))
        .or_else(|| file.weights.is_empty().then(|| "`[[weights]]` are needed".to_owned()))
        .or_else(|| {
            file.shift
                .iter()
                .find(|s| !(1..=24).contains(&s.hours))
                .map(|s| format!("shift `{}`: `hours` must be 1 to 24", s.id))
        })
        .or_else(|| {
            let mut all = all;
            all.find(|(_, v)| !(v.is_finite() && *v >= 0.0)).map(|(key, _)| format!("weight `{key}` must be 0 or more"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn both_municipalities_have_a_sound_file() {
        for folder in ["heemskerk", "stlouis"] {
            let config = PatrolConfig::read(&testkit::root().join("config").join(folder)).unwrap();
            assert!(config.presence.shortest_min >= 10 && config.presence.longest_min <= 16, "{folder}: Koper 1995");
            assert_eq!(config.shifts.len(), 4, "{folder}");
            assert!(config.weights(date(2024, 6, 3)).is_some() && config.weights(date(1999, 1, 1)).is_some());
        }
    }

    #[test]
    fn the_newest_list_of_weights_that_has_begun_counts() {
        let folder = testkit::folder();
        let text = std::fs::read_to_string(testkit::root().join("config/heemskerk/patrol.toml")).unwrap();
        let at = text.find("\n[[weights]]").unwrap();
        let later =
            text[at..].replace("2021-01-01", "2025-01-01").replace("base = { value = 1.0", "base = { value = 7.0");
        std::fs::write(folder.join("patrol.toml"), format!("{text}\n{later}")).unwrap();
        let config = PatrolConfig::read(&folder).unwrap();
        for (day, base) in [(date(2020, 1, 1), 1.0), (date(2024, 12, 31), 1.0), (date(2025, 1, 1), 7.0)] {
            assert_eq!(config.weights(day).unwrap().base.value, base, "{day}");
        }
    }

    #[test]
    fn wrong_figures_are_named() {
        let folder = testkit::folder();
        let text = std::fs::read_to_string(testkit::root().join("config/heemskerk/patrol.toml")).unwrap();
        for (from, to, named) in [
            ("detour = 1.3", "detour = 0.9", "detour"),
            ("share = 0.1", "share = 2.0", "share"),
            ("max_visits = 8", "max_visits = 0", "max_visits"),
            ("shortest_min = 10", "shortest_min = 17", "shortest_min"),
            ("\nhours = 8", "\nhours = 0", "hours"),
            ("term = { value = 2.0", "term = { value = -2.0", "term"),
            ("cell_full = { value = 0.1", "cell_full = { value = 0.0", "cell_full"),
            ("car_m_per_min = 400.0", "car_m_per_min = 0.0", "car_m_per_min"),
            ("size = 2", "size = 0", "size"),
            ("until_min = 300", "until_min = 100", "until_min"),
            ("first_ms = 150", "first_ms = 0", "first_ms"),
            ("lot = 0.15", "lot = 1.5", "lot"),
            ("weeks = 4", "weeks = 0", "weeks"),
            ("weekdays = [1, 2, 3, 4, 5]", "weekdays = [0]", "weekdays"),
        ] {
            std::fs::write(folder.join("patrol.toml"), text.replacen(from, to, 1)).unwrap();
            let error = PatrolConfig::read(&folder).unwrap_err().to_string();
            assert!(error.contains(named), "{named}: {error}");
        }
    }
}
