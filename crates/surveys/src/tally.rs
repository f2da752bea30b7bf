//! From answers to totals: weighted shares, means and their intervals, with nothing of a group that is too small. Pure.

use crate::config::SurveysConfig;
use crate::estimate::{Estimate, difference, mean, share};
use crate::model::{Design, Given, Kind, Question, Sample};
use crate::weigh::{Population, Rule, Weighting, weigh};
use kit::text_enum;
use serde::{Deserialize, Serialize};

/// The option under which a mean stands.
pub const MEAN: &str = "mean";

/// One answer to a questionnaire, as far as totals need it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Area, or empty.
    pub area: String,
    /// Age group, or empty.
    pub age: String,
    /// Which people.
    pub sample: Sample,
    /// What was answered.
    pub given: Given,
}

text_enum! {
    /// Whether a total may be shown.
    pub enum Status {
        /// It is.
        Shown = "shown",
        /// It is, with a warning: few answers.
        Few = "few",
        /// Too few answers; the figure is not kept.
        Suppressed = "suppressed",
    }
}

/// A figure: a percentage of an option, or the mean of a scale or number.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Total {
    /// Which people.
    pub sample: Sample,
    /// Question.
    pub question: String,
    /// Option, mark, or [`MEAN`].
    pub option: String,
    /// Area; empty for the municipality.
    pub area: String,
    /// Whether it is shown.
    pub status: Status,
    /// Answers that it rests on; 0 when it is suppressed.
    pub n: i64,
    /// Percentage or mean.
    pub value: Option<f64>,
    /// Lower end of the 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Lower end of the interval of the difference with the rest of the municipality (areas only).
    pub apart_low: Option<f64>,
    /// Upper end.
    pub apart_high: Option<f64>,
}

/// What is known of a sample as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Which people.
    pub sample: Sample,
    /// How many answers.
    pub n: i64,
    /// Of these, on paper.
    pub paper: i64,
    /// How they were weighted.
    pub weighting: Weighting,
}

/// The totals of one sample.
#[must_use]
pub fn tally(
    design: &Design,
    answers: &[&Answer],
    population: &Population,
    config: &SurveysConfig,
) -> (Vec<Total>, Weighting) {
    let strata: Vec<(&str, &str)> = answers.iter().map(|a| (a.area.as_str(), a.age.as_str())).collect();
    let rule = Rule { least: config.least_stratum, cap: config.weight_cap };
    let weighting = weigh(&strata, population, rule);
    let weighted: Vec<(f64, &Answer)> = weighting.weights.iter().copied().zip(answers.iter().copied()).collect();
    let mut areas: Vec<&str> = strata.iter().map(|s| s.0).filter(|a| !a.is_empty()).collect();
    areas.sort_unstable();
    areas.dedup();
    let mut totals = Vec::new();
    for question in design.questions.iter().filter(|q| q.kind != Kind::Words) {
        for option in figures(question) {
            let of = |within: &dyn Fn(&str) -> bool| figure(question, &option, &weighted, within);
            let whole = of(&|_| true);
            let row = |area: &str, found: Option<Estimate>, apart: Option<(f64, f64, f64)>| {
                total(answers, question, &option, area, found, apart, config)
            };
            totals.extend(row("", whole, None));
            let mut by_area: Vec<Total> = areas
                .iter()
                .filter_map(|area| {
                    let (here, rest) = (of(&|a| a == *area), of(&|a| a != *area));
                    let enough = |e: &Estimate| count(e.n) >= config.least_shown;
                    let apart = here.filter(enough).zip(rest.filter(enough)).map(|(here, rest)| {
                        difference((here.value, here.low, here.high), (rest.value, rest.low, rest.high))
                    });
                    row(area, here, apart)
                })
                .collect();
            hide_second(&mut by_area);
            totals.extend(by_area);
        }
    }
    (totals, weighting)
}

/// What is computed of a question.
fn figures(question: &Question) -> Vec<String> {
    let options = question.options.iter().map(|o| o.id.clone());
    match question.kind {
        Kind::One | Kind::Several | Kind::Rank => options.collect(),
        Kind::Scale5 | Kind::Scale10 => {
            let marks = (1..=question.kind.top().unwrap_or(0)).map(|mark| mark.to_string());
            std::iter::once(MEAN.to_owned()).chain(marks).collect()
        }
        Kind::Number => vec![MEAN.to_owned()],
        Kind::Words => vec![],
    }
}

/// One figure over the answers within an area: of all who answered the question.
fn figure(
    question: &Question,
    option: &str,
    answers: &[(f64, &Answer)],
    within: &dyn Fn(&str) -> bool,
) -> Option<Estimate> {
    let here = answers.iter().filter(|(_, a)| within(&a.area));
    let answered = here.filter_map(|(w, a)| Some((*w, a.given.get(&question.id)?)));
    if option == MEAN {
        let numbers: Vec<(f64, f64)> =
            answered.filter_map(|(w, given)| Some((w, given.first()?.parse().ok()?))).collect();
        return mean(&numbers);
    }
    let chosen: Vec<(f64, bool)> = answered.map(|(w, given)| (w, given.iter().any(|v| v == option))).collect();
    share(&chosen).map(Estimate::percent)
}

fn total(
    answers: &[&Answer],
    question: &Question,
    option: &str,
    area: &str,
    found: Option<Estimate>,
    apart: Option<(f64, f64, f64)>,
    config: &SurveysConfig,
) -> Option<Total> {
    let found = found?;
    let n = count(found.n);
    let status = match n {
        n if n < config.least_shown => Status::Suppressed,
        n if n < config.warn_below => Status::Few,
        _ => Status::Shown,
    };
    let shown = status != Status::Suppressed;
    let top = question.kind.top().filter(|_| option == MEAN).map(|top| top as f64);
    let within = |v: f64| top.map_or(v, |top| v.clamp(1.0, top));
    Some(Total {
        sample: answers.first()?.sample,
        question: question.id.clone(),
        option: option.to_owned(),
        area: area.to_owned(),
        status,
        n: if shown { n } else { 0 },
        value: Some(found.value).filter(|_| shown),
        low: Some(within(found.low)).filter(|_| shown),
        high: Some(within(found.high)).filter(|_| shown),
        apart_low: apart.map(|a| a.1).filter(|_| shown),
        apart_high: apart.map(|a| a.2).filter(|_| shown),
    })
}

/// When one area only is hidden, what it hides could be counted back from the others: the smallest of those goes too.
fn hide_second(areas: &mut [Total]) {
    let hidden = areas.iter().filter(|t| t.status == Status::Suppressed).count();
    if hidden != 1 {
        return;
    }
    let smallest = areas.iter_mut().filter(|t| t.status != Status::Suppressed).min_by_key(|t| t.n);
    if let Some(t) = smallest {
        (t.status, t.n) = (Status::Suppressed, 0);
        (t.value, t.low, t.high, t.apart_low, t.apart_high) = (None, None, None, None, None);
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::design;

    fn config() -> SurveysConfig {
        SurveysConfig::read(&testkit::root().join("config/heemskerk")).unwrap()
    }

    fn answer(area: &str, given: &[(&str, &[&str])]) -> Answer {
        Answer {
            area: area.to_owned(),
            age: String::new(),
            sample: Sample::Open,
            given: given
                .iter()
                .map(|(q, values)| ((*q).to_owned(), values.iter().map(|v| (*v).to_owned()).collect()))
                .collect(),
        }
    }

    fn totals(answers: &[Answer], population: &Population) -> Vec<Total> {
        tally(&design(), &answers.iter().collect::<Vec<_>>(), population, &config()).0
    }

    fn of<'a>(totals: &'a [Total], question: &str, option: &str, area: &str) -> &'a Total {
        totals.iter().find(|t| t.question == question && t.option == option && t.area == area).unwrap()
    }

    #[test]
    fn below_50_nothing_below_100_a_warning() {
        for (n, status) in [(49, Status::Suppressed), (50, Status::Few), (99, Status::Few), (100, Status::Shown)] {
            let answers: Vec<Answer> = (0..n).map(|_| answer("", &[("q1", &["o1"])])).collect();
            let totals = totals(&answers, &Population::default());
            let total = of(&totals, "q1", "o1", "");
            assert_eq!(total.status, status, "{n}");
            assert_eq!(total.value.is_some(), status != Status::Suppressed);
            assert_eq!(total.n, if status == Status::Suppressed { 0 } else { n });
        }
    }

    /// 150 answers in a (20 % o1) and 50 in b (60 % o1); each has half the people: weights 2/3 and 2, so
    /// o1 = (0.2 + 0.6) / 2 = 40 %, with deff = 200 (150 × 4/9 + 50 × 4) / 40000 = 1.3333.
    #[test]
    fn figures_are_weighted_and_areas_compared_with_the_rest() {
        let mut answers: Vec<Answer> =
            (0..150).map(|i| answer("a", &[("q1", if i < 30 { &["o1"] } else { &["o2"] })])).collect();
        answers.extend((0..50).map(|i| answer("b", &[("q1", if i < 30 { &["o1"] } else { &["o2"] })])));
        let half = vec![("a".to_owned(), 10.0), ("b".to_owned(), 10.0)];
        let totals = totals(&answers, &Population { areas: half, ..Population::default() });
        let whole = of(&totals, "q1", "o1", "");
        assert!((whole.value.unwrap() - 40.0).abs() < 1e-6 && whole.n == 200);
        let (low, high) = crate::estimate::wilson(0.4, 150.0);
        assert!((whole.low.unwrap() - low * 100.0).abs() < 1e-6 && (whole.high.unwrap() - high * 100.0).abs() < 1e-6);
        let b = of(&totals, "q1", "o1", "b");
        assert_eq!(b.status, Status::Few);
        assert!(b.apart_low.unwrap() > 20.0 && b.apart_high.unwrap() < 60.0, "{b:?}");
        assert_eq!(of(&totals, "q1", "o3", "").value, Some(0.0), "nobody chose it: zero, not missing");
    }

    #[test]
    fn one_hidden_area_hides_a_second() {
        let mut answers = vec![];
        for (area, n) in [("a", 120), ("b", 60), ("c", 20)] {
            answers.extend((0..n).map(|_| answer(area, &[("q1", &["o1"])])));
        }
        let totals = totals(&answers, &Population::default());
        let status = |area| of(&totals, "q1", "o1", area).status;
        assert_eq!((status("a"), status("b"), status("c")), (Status::Shown, Status::Suppressed, Status::Suppressed));
        assert_eq!(of(&totals, "q1", "o1", "b").value, None);
    }

    #[test]
    fn each_kind_has_its_figures_over_who_answered_it() {
        let mut answers: Vec<Answer> = (0..60)
            .map(|i| {
                let mark = if i % 2 == 0 { "2" } else { "4" };
                answer(
                    "",
                    &[("q1", &["o1"]), ("q2", &["o1", "o2"]), ("q3", &[mark]), ("q5", &["o4", "o1"]), ("q6", &["7"])],
                )
            })
            .collect();
        answers.extend((0..40).map(|_| answer("", &[("q1", &["o2"])])));
        let totals = totals(&answers, &Population::default());
        let value = |q, o| of(&totals, q, o, "").value.unwrap();
        assert!((value("q1", "o1") - 60.0).abs() < 1e-9);
        assert!((value("q2", "o2") - 100.0).abs() < 1e-9 && of(&totals, "q2", "o2", "").n == 60);
        assert!((value("q3", MEAN) - 3.0).abs() < 1e-9 && (value("q3", "4") - 50.0).abs() < 1e-9);
        assert!((value("q5", "o4") - 100.0).abs() < 1e-9 && (value("q6", MEAN) - 7.0).abs() < 1e-9);
        assert!(!totals.iter().any(|t| t.question == "q7"), "words have no figures");
    }
}
