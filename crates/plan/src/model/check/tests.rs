use super::*;
use serde::de::DeserializeOwned;

const HEEMSKERK: &str = "../../config/heemskerk";
const STLOUIS: &str = "../../config/stlouis";

fn raw(folder: &str, name: &str) -> String {
    std::fs::read_to_string(format!("{folder}/{name}.toml")).unwrap()
}

fn load<T: DeserializeOwned>(folder: &str, name: &str) -> T {
    toml::from_str(&raw(folder, name)).unwrap_or_else(|e| panic!("{folder}/{name}: {e}"))
}

fn categories(folder: &str) -> Vec<CategoryOfPlan> {
    let table: toml::Table = load(folder, "categories");
    let word = |c: &toml::Value, key: &str| c[key].as_str().unwrap().to_owned();
    table["category"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| CategoryOfPlan { id: word(c, "id"), main: word(c, "main"), priority: word(c, "priority") })
        .collect()
}

struct Files {
    plan: Plan,
    programme: Programme,
    indicators: Indicators,
    categories: Vec<CategoryOfPlan>,
}

fn files(year: i16) -> Files {
    Files {
        plan: load(HEEMSKERK, "plan"),
        programme: load(HEEMSKERK, &format!("programme-{year}")),
        indicators: load(HEEMSKERK, "indicators"),
        categories: categories(HEEMSKERK),
    }
}

fn problems(files: &Files) -> Vec<String> {
    let found = validate(&files.plan, &files.programme, &files.indicators, &files.categories);
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn the_files_of_heemskerk_fit_together() {
    for year in [2023, 2024] {
        assert_eq!(problems(&files(year)), Vec::<String>::new(), "{year}");
    }
}

#[test]
fn the_plan_has_its_areas_themes_and_priorities() {
    let Files { plan, indicators, categories, .. } = files(2024);
    let ids: Vec<&str> = plan.priority_ids().collect();
    assert_eq!(
        ids,
        [
            "domestic-violence",
            "mental-health-act",
            "polarisation-radicalisation",
            "person-centred",
            "youth-groups",
            "address-benefit-fraud",
            "drugs",
            "damocles",
            "bibob",
            "public-space",
            "traffic-safety",
            "events",
            "crisis",
        ]
    );
    let areas: Vec<(&str, usize)> = plan.focus_area.iter().map(|a| (a.section.as_str(), a.priority.len())).collect();
    assert_eq!(areas, [("3.1", 4), ("3.2", 1), ("3.3", 4), ("3.4", 2)]);
    assert_eq!(plan.theme.len(), 2);
    assert_eq!(plan.imv_theme.len(), 4, "plan 2.1");
    assert_eq!((plan.source.len(), plan.related.len(), plan.trend.len()), (7, 15, 9), "plan 3, 2.2, 2.5");
    assert_eq!(categories.len(), 34);
    assert!(indicators.indicator.len() >= ids.len());
    // Numbers of ambitions, lines of approach and preconditions as in plan 3.1 to 3.4.
    let counts: Vec<_> =
        plan.focus_area.iter().map(|a| (a.ambition.len(), a.approach.len(), a.precondition.len())).collect();
    assert_eq!(counts, [(1, 5, 4), (3, 5, 5), (3, 7, 4), (2, 6, 3)]);
}

#[test]
fn every_line_names_its_section_and_every_text_has_two_languages() {
    fn walk(value: &toml::Value, path: &str, lines: &mut usize) {
        if let Some(table) = value.as_table() {
            if table.contains_key("nl") || table.contains_key("en") {
                for language in ["nl", "en"] {
                    let text = table.get(language).and_then(toml::Value::as_str).unwrap_or("");
                    assert!(!text.trim().is_empty(), "{path}: {language}");
                }
            }
            if table.contains_key("id") && table.contains_key("text") {
                assert!(table.get("section").is_some_and(|s| s.as_str() != Some("")), "{path}: {}", table["id"]);
                *lines += 1;
            }
            for (key, inner) in table {
                walk(inner, &format!("{path}.{key}"), lines);
            }
        }
        for inner in value.as_array().into_iter().flatten() {
            walk(inner, path, lines);
        }
    }
    let mut lines = 0;
    for name in ["plan", "programme-2023", "programme-2024", "indicators"] {
        walk(&toml::Value::Table(load(HEEMSKERK, name)), name, &mut lines);
    }
    assert!(lines > 100, "{lines} lines seen");
}

#[test]
fn a_priority_shows_its_own_lines_and_those_of_other_areas_that_name_it() {
    let plan = files(2024).plan;
    let ids = |items: Vec<&Item>| items.into_iter().map(|i| i.id.clone()).collect::<Vec<_>>();
    let bibob = plan.priority("bibob").unwrap();
    assert_eq!(ids(bibob.approach), ["intensify", "quickscan", "bibob-policy-renewal", "events-bibob"]);
    assert_eq!(bibob.focus_area.unwrap().id, "undermining");
    let events = plan.priority("events").unwrap();
    assert!(ids(events.approach).contains(&"supervision".to_owned()));
    assert!(events.focus_area.is_none() && events.partners.contains(&"odij".to_owned()));
    assert!(plan.priority("care-safety").is_none());
}

#[test]
fn figures_are_not_invented() {
    let Files { indicators, programme, .. } = files(2023);
    assert!(programme.fictitious && files(2024).programme.fictitious);
    for indicator in &indicators.indicator {
        let id = &indicator.id;
        assert!(indicator.baseline.as_ref().is_none_or(|b| b.value.is_none()), "{id}");
        // The one target that the plan names: zero casualties in 2050 (plan 3.4).
        let from_plan = |t: &super::super::Target| t.year == 2050 && t.value == Some(0.0);
        assert!(indicator.target.as_ref().is_none_or(|t| t.example || from_plan(t)), "{id}");
        if indicator.source == MeasureSource::Survey && indicator.measure.survey.is_empty() {
            assert_eq!(indicator.method_break, [2021], "{id}");
        }
    }
}

#[test]
fn a_minimal_plan_is_enough_for_the_second_municipality() {
    let plan: Plan = load(STLOUIS, "plan");
    let categories = categories(STLOUIS);
    let known: BTreeSet<&str> = plan.priority_ids().collect();
    assert_eq!((known.len(), categories.len()), (4, 19));
    for category in &categories {
        assert!(known.contains(category.priority.as_str()), "{}", category.id);
    }
    let mapping: toml::Table = load(STLOUIS, "mapping");
    for (from, to) in mapping["categories"].as_table().unwrap() {
        assert!(categories.iter().any(|c| Some(c.id.as_str()) == to.as_str()), "{from}");
    }
}

#[test]
fn unknown_keys_are_refused() {
    let text = format!("colour = \"red\"\n{}", raw(HEEMSKERK, "plan"));
    let error = toml::from_str::<Plan>(&text).unwrap_err().to_string();
    assert!(error.contains("colour"), "{error}");
}

fn of<'a>(files: &'a mut Files, id: &str) -> &'a mut Indicator {
    files.indicators.indicator.iter_mut().find(|i| i.id == id).unwrap()
}

#[test]
fn each_kind_of_problem_is_named() {
    type Break = fn(&mut Files);
    let cases: [(Break, &str); 26] = [
        (|f| f.plan.focus_area[0].partners.push("nobody".into()), "plan: care-safety: unknown partner `nobody`"),
        (
            |f| f.plan.to = 2026,
            "plan: ivhp-2021-2024: the period must be one to four years (Politiewet 2012 art. 38b(1))",
        ),
        (|f| f.plan.theme[0].imv_themes.push("x".into()), "plan: events: unknown regional theme `x`"),
        (|f| f.plan.theme[1].id = "events".into(), "plan (priorities): events: the id is used twice"),
        (|f| f.plan.ambition[0].priorities.push("x".into()), "plan: keep-level: unknown priority `x`"),
        (|f| f.plan.ambition[0].text = Text::default(), "plan: keep-level: a text is missing in `nl`"),
        (|f| f.categories[0].priority.clear(), "categories: litter: the category has no priority"),
        (|f| f.categories[0].priority = "x".into(), "categories: litter: unknown priority `x`"),
        (|f| f.indicators.indicator.retain(|i| i.priority != "crisis"), "plan: crisis: the priority has no indicator"),
        (
            |f| f.indicators.indicator[4].source = MeasureSource::Police,
            "indicators: youth-reports: measure `count` needs source `signals`, not `police`",
        ),
        (
            |f| f.indicators.indicator[0].source = MeasureSource::Patrol,
            "indicators: restraining-orders: source `patrol` needs a computed measure, not `manual`",
        ),
        (
            |f| f.indicators.indicator[4].measure.categories.push("x".into()),
            "indicators: youth-reports: unknown category `x`",
        ),
        (
            |f| f.indicators.indicator[4].measure.sources.push("x".into()),
            "indicators: youth-reports: unknown source of signals `x`",
        ),
        (
            |f| f.indicators.uncertainty.rank_level = 1.0,
            "indicators: uncertainty: `rank_level` is a chance from 0.5 up to, but not including, 1",
        ),
        (
            |f| f.indicators.uncertainty.rank_level = f64::NAN,
            "indicators: uncertainty: `rank_level` is a chance from 0.5 up to, but not including, 1",
        ),
        (
            |f| f.indicators.uncertainty.least_areas = 1,
            "indicators: uncertainty: `least_areas` is at least 2: one area has nobody to learn from",
        ),
        (
            |f| f.indicators.uncertainty.survey_warn = 49,
            "indicators: uncertainty: `survey_warn` is not below `survey_least`",
        ),
        (
            |f| f.indicators.indicator[4].measure.within_days = 28,
            "indicators: youth-reports: `within_days` is 1 or more for a measure of what follows a visit or a report, and for no other",
        ),
        (
            |f| of(f, "repeat-places").measure.within_days = 0,
            "indicators: repeat-places: `within_days` is 1 or more for a measure of what follows a visit or a report, and for no other",
        ),
        (
            |f| of(f, "warnings").measure.modalities.push(law::Modality::Halt),
            "indicators: warnings: `modalities` and `groups` are for a measure of sanctions",
        ),
        (|f| f.programme.plan = "x".into(), "programme-2024: it belongs to plan `x`, not to `ivhp-2021-2024`"),
        (|f| f.programme.action.retain(|a| a.priority != "drugs"), "programme-2024: no action for priority `drugs`"),
        (
            |f| f.programme.action[0].indicators = vec!["x".into()],
            "programme-2024: vt-action-programme: unknown indicator `x`",
        ),
        (
            |f| f.programme.action[0].approach.push("x".into()),
            "programme-2024: vt-action-programme: unknown approach `x`",
        ),
        (
            |f| f.programme.action[0].state = ActionState::Stopped,
            "programme-2024: vt-action-programme: a stopped action needs a reason",
        ),
        (
            |f| f.programme.action[0].to_quarter = 5,
            "programme-2024: vt-action-programme: quarters must run from 1 to 4, the first not after the last",
        ),
    ];
    for (wrong, expected) in cases {
        let mut files = files(2024);
        wrong(&mut files);
        let found = problems(&files);
        assert!(found.iter().any(|p| p == expected), "{expected}\nfound: {found:#?}");
    }
}

#[test]
fn both_municipalities_load() {
    let cases = [(HEEMSKERK, "GM0396", (4.668, 52.5105)), (STLOUIS, "US-STL", (-90.2, 38.63))];
    for (folder, code, (lon, lat)) in cases {
        let municipality = kit::Municipality::read(std::path::Path::new(folder)).unwrap();
        assert_eq!(municipality.code(), code);
        assert!(
            municipality.contains(lon, lat)
                && municipality.contains(municipality.file.base.lon, municipality.file.base.lat)
        );
        assert!(municipality.inhabitants(2024).is_some_and(|i| !i.source.is_empty()));
    }
}
