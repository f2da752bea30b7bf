//! The plan of a municipality as it sits on the shelf: plan, programmes by year and indicators, checked against each
//! other and against the categories of signals.

use crate::model::{self, CategoryOfPlan, Indicators, Plan, Programme};
use kit::Text;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

/// What the folder of a municipality says on its plan.
#[derive(Clone, Debug)]
pub struct PlanBook {
    /// The plan.
    pub plan: Plan,
    /// The programmes by calendar year; may be empty.
    pub programmes: BTreeMap<i16, Programme>,
    /// The indicators; empty when the folder has no `indicators.toml`.
    pub indicators: Indicators,
}

/// The part of `categories.toml` that the plan is checked against.
#[derive(Deserialize)]
struct Categories {
    category: Vec<CategoryLine>,
}

#[derive(Deserialize)]
struct CategoryLine {
    id: String,
    main: String,
    priority: String,
}

impl PlanBook {
    /// Reads `plan.toml`, every `programme-<year>.toml` and `indicators.toml` in `folder`. Only the plan must be there.
    ///
    /// # Errors
    /// When a file cannot be read, has an unknown key, or refers to something that does not exist.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let plan: Plan = load(&folder.join("plan.toml"))?;
        let indicators = folder.join("indicators.toml");
        let indicators = if indicators.exists() { load(&indicators)? } else { Indicators::default() };
        let categories: Categories = load(&folder.join("categories.toml"))?;
        let categories: Vec<CategoryOfPlan> = categories
            .category
            .into_iter()
            .map(|c| CategoryOfPlan { id: c.id, main: c.main, priority: c.priority })
            .collect();
        let programmes = programmes(folder)?;
        let mut problems = Vec::new();
        if programmes.is_empty() {
            problems = model::validate_plan(&plan, &categories);
        }
        for programme in programmes.values() {
            problems.extend(model::validate(&plan, programme, &indicators, &categories));
        }
        problems.sort();
        problems.dedup();
        if problems.is_empty() {
            return Ok(Self { plan, programmes, indicators });
        }
        let why = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        Err(ConfigError::Wrong { path: folder.display().to_string(), why })
    }

    /// Ids and names of the priorities and strategic themes, in the order of the plan.
    #[must_use]
    pub fn priorities(&self) -> Vec<(String, Text)> {
        let named = self.plan.focus_area.iter().flat_map(|a| &a.priority).map(|p| (p.id.clone(), p.name.clone()));
        named.chain(self.plan.theme.iter().map(|t| (t.id.clone(), t.name.clone()))).collect()
    }

    /// The years that can be accounted for: from the first of the plan up to the current one. After its last year a
    /// plan is shown on, because it holds until the council adopts a new one.
    #[must_use]
    pub fn years(&self, this_year: i16) -> RangeInclusive<i16> {
        self.plan.from..=this_year.max(self.plan.from)
    }

    /// The year that a page shows first: the current one within the plan's period, else the plan's last.
    #[must_use]
    pub fn default_year(&self, this_year: i16) -> i16 {
        this_year.clamp(self.plan.from, self.plan.to)
    }
}

fn programmes(folder: &Path) -> Result<BTreeMap<i16, Programme>, ConfigError> {
    let unreadable =
        |e: std::io::Error| ConfigError::Unreadable { path: folder.display().to_string(), why: e.to_string() };
    let mut found = BTreeMap::new();
    for file in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = file.map_err(unreadable)?.path();
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(year) = name.strip_prefix("programme-").and_then(|n| n.strip_suffix(".toml")) else { continue };
        let programme: Programme = load(&path)?;
        if programme.year.to_string() != year {
            let why = format!("`year` is {}, but the name of the file says {year}", programme.year);
            return Err(ConfigError::Wrong { path: path.display().to_string(), why });
        }
        found.insert(programme.year, programme);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(name: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config").join(name)
    }

    #[test]
    fn both_municipalities_load() {
        let heemskerk = PlanBook::read(&config("heemskerk")).unwrap();
        assert_eq!(heemskerk.programmes.keys().copied().collect::<Vec<_>>(), [2023, 2024]);
        assert_eq!(heemskerk.priorities().len(), 13);
        assert_eq!(heemskerk.priorities()[0].0, "domestic-violence");
        let stlouis = PlanBook::read(&config("stlouis")).unwrap();
        assert!(stlouis.programmes.is_empty() && stlouis.indicators.indicator.is_empty());
        assert_eq!(stlouis.priorities().len(), 4);
    }

    #[test]
    fn years_run_from_the_plan_to_now() {
        let book = PlanBook::read(&config("heemskerk")).unwrap();
        for (now, last, first_shown) in [(2020, 2021, 2021), (2022, 2022, 2022), (2024, 2024, 2024), (2026, 2026, 2024)]
        {
            assert_eq!((book.years(now), book.default_year(now)), (2021..=last, first_shown), "{now}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_with_file_and_entry() {
        let folder = testkit::folder();
        let copy = |name: &str, change: &dyn Fn(String) -> String| {
            let text = std::fs::read_to_string(config("heemskerk").join(name)).unwrap();
            std::fs::write(folder.join(name), change(text)).unwrap();
        };
        for name in ["plan.toml", "categories.toml", "indicators.toml"] {
            copy(name, &|t| t);
        }
        copy("programme-2024.toml", &|t| t.replace("\"restraining-orders\"", "\"nothing\""));
        let error = PlanBook::read(&folder).unwrap_err().to_string();
        assert!(error.contains("programme-2024: vt-action-programme: unknown indicator `nothing`"), "{error}");
        copy("programme-2024.toml", &|t| t.replace("year = 2024", "year = 2023"));
        let error = PlanBook::read(&folder).unwrap_err().to_string();
        assert!(error.contains("`year` is 2023"), "{error}");
    }
}
