//! Rosters as the municipality sets them (`roster.toml`): what each kind of shift asks, how many officers on which
//! day, and what is worth how much. Templates carry the day from which they count.

use deployment::roster::{SkillNeed, Weights};
use jiff::civil::Date;
use kit::Text;
use kit::config::{ConfigError, load};
use patrol::PatrolConfig;
use serde::Deserialize;
use std::path::Path;

/// The skill that stands for the permanent training of the deed.
pub const TRAINING: &str = "training";

/// The settings of rosters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterConfig {
    /// Weeks of a new roster when nobody says otherwise.
    pub weeks: i64,
    /// Most weeks of a roster.
    pub most_weeks: i64,
    /// Weeks before a roster that count for the law.
    pub history_weeks: i32,
    /// Weeks before a roster that count for fairness.
    pub carry_weeks: i32,
    /// Minutes of break of a shift with hours of its own.
    pub own_break_min: u32,
    /// Such a shift has its break when it lasts longer than so many minutes.
    pub own_break_over_min: i64,
    /// Changes that the search tries after the first plan.
    pub tries: i64,
    /// So many at a time.
    pub chunk: i64,
    weights: WeightsFile,
    /// Skills that a shift can need.
    #[serde(rename = "skill", default)]
    pub skills: Vec<Skill>,
    #[serde(rename = "kind")]
    kinds: Vec<Kind>,
    #[serde(rename = "week")]
    weeks_of: Vec<Week>,
    #[serde(rename = "exception", default)]
    exceptions: Vec<Exception>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WeightsFile {
    unmet: i64,
    skill: i64,
    under: i64,
    over: i64,
    evening: i64,
    night: i64,
    weekend: i64,
    wish: i64,
}

/// A skill or training.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skill {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
}

/// What a kind of shift asks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Kind of shift of `patrol.toml`.
    pub shift: String,
    /// Minutes of break.
    pub break_min: u32,
    /// Counts as an evening.
    #[serde(default)]
    pub evening: bool,
    /// Counts as a night.
    #[serde(default)]
    pub night: bool,
    /// Domain of the deed that everyone needs; empty: none.
    #[serde(default)]
    pub domain: String,
    /// Skills that everyone needs.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Skills that some need.
    #[serde(default)]
    pub skills: Vec<SkillNeed>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Week {
    from: Date,
    team: String,
    need: Vec<Need>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Need {
    shift: String,
    days: Vec<i8>,
    staff: i64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    #[serde(default)]
    month_day: String,
    day: Option<Date>,
    team: String,
    shift: String,
    staff: i64,
    why: Text,
}

impl Exception {
    fn is_on(&self, day: Date) -> bool {
        self.day == Some(day) || self.month_day == day.strftime("%m-%d").to_string()
    }
}

impl RosterConfig {
    /// Reads `roster.toml` in `folder`; its teams and kinds of shift are those of `patrol.toml`.
    ///
    /// # Errors
    /// When the file is missing or wrong; the message says where.
    pub fn read(folder: &Path, patrol: &PatrolConfig) -> Result<Self, ConfigError> {
        let path = folder.join("roster.toml");
        let mut config: Self = load(&path)?;
        config.weeks_of.sort_by_key(|week| week.from);
        match config.wrong(patrol) {
            Some(why) => Err(ConfigError::Wrong { path: path.display().to_string(), why }),
            None => Ok(config),
        }
    }

    fn wrong(&self, patrol: &PatrolConfig) -> Option<String> {
        if !(1..=self.most_weeks).contains(&self.weeks) || self.history_weeks < 0 || self.carry_weeks < 0 {
            return Some("`weeks` must be 1 to `most_weeks`; `history_weeks` and `carry_weeks` 0 or more".into());
        }
        if self.tries < 0 || self.chunk < 1 {
            return Some("`tries` must be 0 or more, `chunk` 1 or more".into());
        }
        let w = &self.weights;
        if [w.unmet, w.skill, w.under, w.over, w.evening, w.night, w.weekend, w.wish].iter().any(|v| *v < 0) {
            return Some("a weight is negative".into());
        }
        for kind in &patrol.shifts {
            let Some(found) = self.kinds.iter().find(|k| k.shift == kind.id) else {
                return Some(format!("a `[[kind]]` for shift `{}` is needed", kind.id));
            };
            if i64::from(found.break_min) >= kind.hours * 60 {
                return Some(format!("kind `{}`: the break fills the shift", kind.id));
            }
        }
        let skills = self.kinds.iter().flat_map(|k| k.needs.iter().chain(k.skills.iter().map(|s| &s.skill)));
        if let Some(skill) = skills.into_iter().find(|id| *id != TRAINING && !self.skills.iter().any(|s| s.id == **id))
        {
            return Some(format!("skill `{skill}` is not known"));
        }
        let needs = self.weeks_of.iter().flat_map(|w| w.need.iter().map(|n| (&w.team, &n.shift, n.staff)));
        let all = needs.chain(self.exceptions.iter().map(|e| (&e.team, &e.shift, e.staff)));
        let mut all = all.filter(|(team, shift, staff)| {
            patrol.team(team).is_none() || patrol.shift(shift).is_none() || !(0..=50).contains(staff)
        });
        all.next().map(|(team, shift, staff)| format!("team `{team}`, shift `{shift}`, staff {staff} is not possible"))
    }

    /// What a kind of shift asks; hours of its own ask nothing.
    #[must_use]
    pub fn kind(&self, id: &str) -> Kind {
        self.kinds.iter().find(|k| k.shift == id).cloned().unwrap_or_default()
    }

    /// Minutes of break in a shift of a kind that lasts so many minutes.
    #[must_use]
    pub fn break_min(&self, kind: &str, length_min: i64) -> u32 {
        match self.kinds.iter().find(|k| k.shift == kind) {
            Some(kind) if i64::from(kind.break_min) < length_min => kind.break_min,
            None if length_min > self.own_break_over_min => self.own_break_min,
            _ => 0,
        }
    }

    /// The kinds of shift of a team on a day with the number of officers that each needs.
    #[must_use]
    pub fn needs(&self, team: &str, day: Date) -> Vec<(String, i64)> {
        let week = self.weeks_of.iter().rev().find(|w| w.team == team && w.from <= day);
        let weekday = day.weekday().to_monday_one_offset();
        let needs = week.into_iter().flat_map(|w| &w.need).filter(|n| n.days.contains(&weekday));
        let mut needs: Vec<(String, i64)> = needs.map(|n| (n.shift.clone(), n.staff)).collect();
        for exception in self.exceptions.iter().filter(|e| e.team == team && e.is_on(day)) {
            needs.retain(|(shift, _)| *shift != exception.shift);
            needs.push((exception.shift.clone(), exception.staff));
        }
        needs.retain(|(_, staff)| *staff > 0);
        needs
    }

    /// Why a day asks other numbers than its weekday, if it does.
    #[must_use]
    pub fn why(&self, team: &str, day: Date, language: &str) -> Option<&str> {
        self.exceptions.iter().find(|e| e.team == team && e.is_on(day)).map(|e| e.why.get(language))
    }

    /// What is worth how much.
    #[must_use]
    pub fn weights(&self) -> Weights {
        let w = self.weights;
        Weights {
            unmet: w.unmet,
            skill: w.skill,
            under: w.under,
            over: w.over,
            burden: [w.evening, w.night, w.weekend],
            wish: w.wish,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn patrol(folder: &Path) -> PatrolConfig {
        PatrolConfig::read(folder).unwrap()
    }

    #[test]
    fn both_municipalities_have_a_sound_file() {
        for folder in ["heemskerk", "stlouis"] {
            let folder = testkit::root().join("config").join(folder);
            let config = RosterConfig::read(&folder, &patrol(&folder)).unwrap();
            assert_eq!(config.break_min("early", 480), 30);
            assert_eq!((config.break_min("own", 480), config.break_min("own", 240)), (30, 0));
        }
    }

    #[test]
    fn the_week_and_its_exceptions_say_how_many_officers_a_day_needs() {
        let folder = testkit::root().join("config/heemskerk");
        let config = RosterConfig::read(&folder, &patrol(&folder)).unwrap();
        let needs = |day| config.needs("enforcement", day);
        let is = |shift: &str, staff| (shift.to_owned(), staff);
        assert_eq!(needs(date(2024, 6, 3)), [is("early", 2), is("late", 2)], "a Monday");
        assert_eq!(needs(date(2024, 6, 8)), [is("day", 2), is("night", 2)], "a Saturday");
        assert_eq!(needs(date(2024, 12, 31)), [is("early", 2), is("night", 4)], "New Year's Eve");
        assert_eq!(config.why("enforcement", date(2024, 12, 31), "en"), Some("New Year's Eve"));
        assert_eq!(config.needs("enforcement", date(2019, 6, 3)), [], "before the first week that counts");
        assert_eq!(config.needs("youth", date(2024, 6, 4)), [is("day", 1)]);
    }

    #[test]
    fn wrong_figures_are_named() {
        let from = testkit::root().join("config/heemskerk");
        let folder = testkit::folder();
        let text = std::fs::read_to_string(from.join("roster.toml")).unwrap();
        for (old, new, named) in [
            ("weeks = 4", "weeks = 0", "weeks"),
            ("chunk = 15000", "chunk = 0", "chunk"),
            ("wish = 5000", "wish = -1", "weight"),
            ("shift = \"early\"\nbreak_min = 30", "shift = \"early\"\nbreak_min = 480", "break"),
            ("shift = \"day\"\nbreak_min", "shift = \"dag\"\nbreak_min", "`day`"),
            ("skill = \"lead\", count", "skill = \"lid\", count", "lid"),
            ("team = \"youth\"", "team = \"jeugd\"", "jeugd"),
        ] {
            std::fs::write(folder.join("roster.toml"), text.replacen(old, new, 1)).unwrap();
            let error = RosterConfig::read(&folder, &patrol(&from)).unwrap_err().to_string();
            assert!(error.contains(named), "{named}: {error}");
        }
    }
}
