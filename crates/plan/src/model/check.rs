//! Cross checks between plan, programme, indicators and categories: every reference must lead somewhere.

use std::collections::BTreeSet;
use std::fmt;

use super::{Action, ActionState, Indicator, Indicators, Item, MeasureKind, MeasureSource, Plan, Programme, Text};

/// What the checks need to know of a category of signals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryOfPlan {
    /// Id of the category.
    pub id: String,
    /// Id of its main category.
    pub main: String,
    /// Id of the priority to which its signals count.
    pub priority: String,
}

/// Something wrong in the configuration, in words for the person who edits it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// File and entry, e.g. `indicators: dog-mess-reports`.
    pub place: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

struct Checker<'a> {
    plan: &'a Plan,
    indicators: &'a Indicators,
    categories: &'a [CategoryOfPlan],
    priorities: BTreeSet<&'a str>,
    problems: Vec<Problem>,
}

/// Checks plan, programme, indicators and categories against each other; empty = all is well.
#[must_use]
pub fn validate(
    plan: &Plan,
    programme: &Programme,
    indicators: &Indicators,
    categories: &[CategoryOfPlan],
) -> Vec<Problem> {
    let mut checker = Checker::new(plan, indicators, categories);
    checker.plan();
    checker.categories();
    checker.indicators();
    checker.programme(programme);
    checker.problems
}

/// The same for a plan without programme and indicators yet: only plan and categories.
#[must_use]
pub fn validate_plan(plan: &Plan, categories: &[CategoryOfPlan]) -> Vec<Problem> {
    let none = Indicators::default();
    let mut checker = Checker::new(plan, &none, categories);
    checker.plan();
    checker.categories();
    checker.problems
}

impl<'a> Checker<'a> {
    fn new(plan: &'a Plan, indicators: &'a Indicators, categories: &'a [CategoryOfPlan]) -> Self {
        let priorities = plan.priority_ids().collect();
        Self { plan, indicators, categories, priorities, problems: Vec::new() }
    }
}

impl Checker<'_> {
    fn add(&mut self, place: impl fmt::Display, what: impl Into<String>) {
        self.problems.push(Problem { place: place.to_string(), what: what.into() });
    }

    fn text(&mut self, place: &str, text: &Text) {
        for language in ["nl", "en"] {
            if text.0.get(language).is_none_or(|t| t.trim().is_empty()) {
                self.add(place, format!("a text is missing in `{language}`"));
            }
        }
    }

    fn unique<'b>(&mut self, file: &str, ids: impl Iterator<Item = &'b str>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.add(format!("{file}: {id}"), "the id is used twice");
            }
        }
    }

    fn known_priority(&mut self, place: &str, priority: &str) {
        if !self.priorities.contains(priority) {
            self.add(place, format!("unknown priority `{priority}`"));
        }
    }

    fn known_partners(&mut self, place: &str, partners: &[String]) {
        for id in partners {
            if self.plan.partner(id).is_none() {
                self.add(place, format!("unknown partner `{id}`"));
            }
        }
    }

    fn item(&mut self, item: &Item) {
        let place = format!("plan: {}", item.id);
        self.text(&place, &item.text);
        for id in &item.priorities {
            self.known_priority(&place, id);
        }
    }

    fn plan(&mut self) {
        let plan = self.plan;
        if plan.to < plan.from || i32::from(plan.to) - i32::from(plan.from) > 3 {
            self.add(
                format!("plan: {}", plan.id),
                "the period must be one to four years (Politiewet 2012 art. 38b(1))",
            );
        }
        let heads = [
            &plan.ambition,
            &plan.principle,
            &plan.trend,
            &plan.related,
            &plan.regular,
            &plan.source,
            &plan.accountability,
            &plan.coordination,
            &plan.cycle,
            &plan.evaluation,
            &plan.budget,
        ];
        let blocks = plan.blocks();
        let items: Vec<&Item> = heads.into_iter().flatten().chain(blocks.iter().flat_map(|b| b.items())).collect();
        self.unique("plan (lines)", items.iter().map(|item| item.id.as_str()));
        for item in items {
            self.item(item);
        }
        self.unique("plan (priorities)", plan.priority_ids());
        self.unique("plan (partners)", plan.partner.iter().map(|partner| partner.id.as_str()));
        for block in &blocks {
            self.known_partners(&format!("plan: {}", block.id), block.partners);
        }
        for partner in &plan.partner {
            self.text(&format!("plan: {}", partner.id), &partner.name);
        }
        let tagged = plan.focus_area.iter().flat_map(|area| &area.priority).map(|p| (&p.id, &p.name, &p.imv_themes));
        for (id, name, themes) in tagged.chain(plan.theme.iter().map(|t| (&t.id, &t.name, &t.imv_themes))) {
            let place = format!("plan: {id}");
            self.text(&place, name);
            for theme in themes.iter().filter(|theme| !plan.imv_theme.iter().any(|known| known.id == **theme)) {
                self.add(&place, format!("unknown regional theme `{theme}`"));
            }
        }
    }

    fn categories(&mut self) {
        let categories = self.categories;
        self.unique("categories", categories.iter().map(|category| category.id.as_str()));
        for category in categories {
            let place = format!("categories: {}", category.id);
            if category.priority.is_empty() {
                self.add(&place, "the category has no priority");
            } else {
                self.known_priority(&place, &category.priority);
            }
        }
    }

    fn indicators(&mut self) {
        let indicators = self.indicators;
        let rules = &indicators.uncertainty;
        if !(0.5..1.0).contains(&rules.rank_level) {
            self.add("indicators: uncertainty", "`rank_level` is a chance from 0.5 up to, but not including, 1");
        }
        if rules.least_areas < 2 {
            self.add("indicators: uncertainty", "`least_areas` is at least 2: one area has nobody to learn from");
        }
        if rules.survey_warn < rules.survey_least {
            self.add("indicators: uncertainty", "`survey_warn` is not below `survey_least`");
        }
        self.unique("indicators", indicators.indicator.iter().map(|indicator| indicator.id.as_str()));
        for priority in self.plan.priority_ids() {
            if indicators.of_priority(priority).next().is_none() {
                self.add(format!("plan: {priority}"), "the priority has no indicator");
            }
        }
        for indicator in &indicators.indicator {
            self.indicator(indicator);
        }
    }

    fn indicator(&mut self, indicator: &Indicator) {
        let place = format!("indicators: {}", indicator.id);
        for text in [&indicator.name, &indicator.definition, &indicator.unit] {
            self.text(&place, text);
        }
        self.known_priority(&place, &indicator.priority);
        let measure = &indicator.measure;
        match (measure.kind.computed_from(), indicator.source) {
            (Some(needed), found) if needed != found => {
                self.add(&place, format!("measure `{}` needs source `{needed}`, not `{found}`", measure.kind));
            }
            (None, found @ (MeasureSource::Signals | MeasureSource::Patrol | MeasureSource::Sanctions)) => {
                self.add(&place, format!("source `{found}` needs a computed measure, not `manual`"));
            }
            _ => {}
        }
        let own = measure.kind.computed_from().is_none() && indicator.source == MeasureSource::Survey;
        if !measure.survey.is_empty() && (!own || measure.of_survey().is_none()) {
            self.add(&place, "`survey` is `series:question:option`, of a `manual` measure with source `survey`");
        }
        if measure.kind.follows() != (measure.within_days > 0) {
            let key = "`within_days` is 1 or more for a measure of what follows a visit or a report, and for no other";
            self.add(&place, key);
        }
        if measure.kind != MeasureKind::Sanctions && !(measure.modalities.is_empty() && measure.groups.is_empty()) {
            self.add(&place, "`modalities` and `groups` are for a measure of sanctions");
        }
        for id in measure.categories.iter().filter(|id| !self.categories.iter().any(|c| c.id == **id)) {
            self.add(&place, format!("unknown category `{id}`"));
        }
        for id in measure.mains.iter().filter(|id| !self.categories.iter().any(|c| c.main == **id)) {
            self.add(&place, format!("unknown main category `{id}`"));
        }
        let sources = ["resident", "officer", "police", "partner", "import"];
        for id in measure.sources.iter().filter(|id| !sources.contains(&id.as_str())) {
            self.add(&place, format!("unknown source of signals `{id}`"));
        }
        if let Some(target) = &indicator.target
            && target.value.is_none()
            && target.text.is_none()
        {
            self.add(&place, "the target has neither a value nor a text");
        }
    }

    fn programme(&mut self, programme: &Programme) {
        let file = format!("programme-{}", programme.year);
        if programme.plan != self.plan.id {
            self.add(&file, format!("it belongs to plan `{}`, not to `{}`", programme.plan, self.plan.id));
        }
        if !(self.plan.from..=self.plan.to).contains(&programme.year) {
            self.add(&file, "the year lies outside the period of the plan");
        }
        self.unique(&file, programme.action.iter().map(|action| action.id.as_str()));
        for action in &programme.action {
            self.action(&format!("{file}: {}", action.id), action);
        }
        for priority in self.plan.priority_ids() {
            if programme.of_priority(priority).next().is_none() {
                self.add(&file, format!("no action for priority `{priority}`"));
            }
        }
    }

    fn action(&mut self, place: &str, action: &Action) {
        self.text(place, &action.name);
        self.text(place, &action.owner);
        self.known_priority(place, &action.priority);
        self.known_partners(place, &action.partners);
        for id in action.approach.iter().filter(|id| self.plan.approach(id).is_none()) {
            self.add(place, format!("unknown approach `{id}`"));
        }
        for id in action.indicators.iter().filter(|id| self.indicators.get(id).is_none()) {
            self.add(place, format!("unknown indicator `{id}`"));
        }
        if action.indicators.is_empty() {
            self.add(place, "the action has no indicator");
        }
        if !(1 <= action.from_quarter && action.from_quarter <= action.to_quarter && action.to_quarter <= 4) {
            self.add(place, "quarters must run from 1 to 4, the first not after the last");
        }
        if action.budget_eur.is_some_and(|euros| euros < 0) {
            self.add(place, "the budget is below zero");
        }
        match (action.state, &action.reason) {
            (ActionState::Stopped, None) => self.add(place, "a stopped action needs a reason"),
            (ActionState::Stopped, Some(reason)) => self.text(place, reason),
            (_, Some(_)) => self.add(place, "only a stopped action has a reason"),
            (_, None) => {}
        }
    }
}

#[cfg(test)]
mod tests;
