//! What the pages of results show: each question with its figures, intervals and charts.

use crate::SurveysConfig;
use crate::estimate::{difference, places};
use crate::model::{Kind, Question, Sample, Survey};
use crate::tally::{MEAN, Status, Summary, Total};
use kit::Words;
use site::Cx;
use site::chart::{IntervalBar, interval_bar};

/// A figure in words.
pub(super) struct FigureView {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) interval: String,
    /// Place in the list, for lists of options: `1`, or `1–3` when intervals overlap.
    pub(super) place: String,
    /// Change since the questionnaire before, in words; empty without one.
    pub(super) change: String,
    pub(super) few: bool,
    /// The interval as a picture; empty when there is nothing to show.
    pub(super) chart: String,
}

/// A figure of an area.
pub(super) struct AreaView {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) value: String,
    pub(super) interval: String,
    pub(super) n: String,
    /// Whether it surely differs from the rest of the municipality, in words.
    pub(super) apart: String,
}

/// A question with its figures.
pub(super) struct QuestionView {
    pub(super) number: usize,
    pub(super) text: String,
    pub(super) base: String,
    pub(super) figures: Vec<FigureView>,
    pub(super) areas: Vec<AreaView>,
    /// Whether places stand in the list.
    pub(super) ranked: bool,
}

/// One sample: what it is, how it was weighted, and its questions.
pub(super) struct SampleView {
    pub(super) title: String,
    pub(super) what: String,
    pub(super) response: String,
    pub(super) weighting: String,
    pub(super) questions: Vec<QuestionView>,
}

/// What an option is called.
pub(super) fn option_name(words: &Words, question: &Question, option: &str) -> String {
    match question.options.iter().find(|o| o.id == option) {
        Some(found) => found.text.get(words.language()).to_owned(),
        None if option == MEAN => words.t("surveys-mean"),
        None => words.t1("surveys-mark", "mark", option),
    }
}

/// The samples of a questionnaire; `before` are the totals of the one that it was copied from.
pub(super) fn samples(
    cx: &Cx,
    survey: &Survey,
    (totals, summaries): (&[Total], &[Summary]),
    before: &[Total],
) -> Vec<SampleView> {
    let words = &cx.words;
    summaries
        .iter()
        .map(|summary| {
            let of: Vec<&Total> = totals.iter().filter(|t| t.sample == summary.sample).collect();
            let earlier: Vec<&Total> = before.iter().filter(|t| t.sample == summary.sample).collect();
            let questions = survey.design.questions.iter().enumerate();
            SampleView {
                title: words.t(&format!("surveys-sample-{}", summary.sample)),
                what: words.t(&format!("surveys-sample-what-{}", summary.sample)),
                response: response(words, survey, summary),
                weighting: weighting(words, summary),
                questions: questions
                    .filter(|(_, q)| q.kind != Kind::Words)
                    .map(|(i, q)| question_view(cx, i + 1, q, &of, &earlier))
                    .collect(),
            }
        })
        .collect()
}

fn response(words: &Words, survey: &Survey, summary: &Summary) -> String {
    let mut text = words.tn("surveys-response", summary.n);
    if summary.sample == Sample::Invited && survey.codes > 0 {
        let share = words.percent(summary.n as f64 / survey.codes as f64);
        let codes = words.whole(survey.codes);
        text = format!(
            "{text} {}",
            words.ta("surveys-response-codes", &[("share", share.into()), ("codes", codes.into())])
        );
    }
    if summary.paper > 0 {
        text = format!("{text} {}", words.tn("surveys-response-paper", summary.paper));
    }
    text
}

fn weighting(words: &Words, summary: &Summary) -> String {
    let w = &summary.weighting;
    let text = words.t(&format!("surveys-weighting-{}", w.method));
    if w.method == crate::weigh::Method::None {
        return text;
    }
    let n = |n: usize| words.whole(i64::try_from(n).unwrap_or(i64::MAX));
    let detail = words.ta(
        "surveys-weighting-detail",
        &[
            ("deff", words.number(w.deff, 2).into()),
            ("effective", words.number(summary.n as f64 / w.deff, 0).into()),
            ("capped", n(w.capped).into()),
            ("joined", n(w.joined).into()),
        ],
    );
    format!("{text} {detail}")
}

fn question_view(cx: &Cx, number: usize, question: &Question, totals: &[&Total], before: &[&Total]) -> QuestionView {
    let words = &cx.words;
    let here: Vec<&&Total> = totals.iter().filter(|t| t.question == question.id).collect();
    let whole: Vec<&&Total> = here.iter().copied().filter(|t| t.area.is_empty()).collect();
    let ranked = matches!(question.kind, Kind::Several | Kind::Rank) && whole.iter().all(|t| t.value.is_some());
    let intervals: Vec<(f64, f64)> = whole.iter().filter_map(|t| t.low.zip(t.high)).collect();
    let places = if ranked { places(&intervals) } else { vec![] };
    let mut figures: Vec<(f64, FigureView)> = options(question)
        .iter()
        .filter_map(|option| {
            let at = whole.iter().position(|t| t.option == *option)?;
            let total = whole.get(at)?;
            let earlier = before.iter().find(|t| t.question == question.id && t.option == *option && t.area.is_empty());
            let place = places.get(at).map_or_else(String::new, |(first, last)| {
                if first == last { first.to_string() } else { format!("{first}–{last}") }
            });
            Some((total.value.unwrap_or(0.0), figure(words, question, total, earlier.copied(), place)))
        })
        .collect();
    if ranked {
        figures.sort_by(|a, b| b.0.total_cmp(&a.0));
    }
    let least = cx.municipality.get::<SurveysConfig>().least_shown;
    let base = match whole.iter().find(|t| t.status != Status::Suppressed) {
        Some(total) => words.tn("surveys-base", total.n),
        None if whole.is_empty() => words.t("surveys-base-none"),
        None => words.tn("surveys-base-few", least),
    };
    QuestionView {
        number,
        text: question.text.get(words.language()).to_owned(),
        base,
        ranked,
        figures: figures.into_iter().map(|f| f.1).collect(),
        areas: area_views(cx, question, &here),
    }
}

/// The figures of a question in its own order: for a scale the mean, then the marks from high to low.
fn options(question: &Question) -> Vec<String> {
    match question.kind {
        Kind::Number => vec![MEAN.to_owned()],
        Kind::Words => vec![],
        _ => match question.kind.top() {
            Some(top) => std::iter::once(MEAN.to_owned()).chain((1..=top).rev().map(|m| m.to_string())).collect(),
            None => question.options.iter().map(|o| o.id.clone()).collect(),
        },
    }
}

fn figure(words: &Words, question: &Question, total: &Total, before: Option<&Total>, place: String) -> FigureView {
    let label = option_name(words, question, &total.option);
    let mean = total.option == MEAN;
    let write = |v: f64| if mean { words.number(v, 1) } else { format!("{}\u{a0}%", words.number(v, 0)) };
    let numbers = total.value.zip(total.low.zip(total.high));
    let (value, interval, chart) = match numbers {
        None => (words.t("surveys-suppressed"), String::new(), String::new()),
        Some((value, (low, high))) => {
            let max = match (mean, question.kind.top()) {
                (false, _) => 100.0,
                (true, Some(top)) => top as f64,
                (true, None) => high.max(1.0),
            };
            let min = if mean && question.kind.top().is_some() { 1.0 } else { 0.0 };
            let bar = IntervalBar { title: label.clone(), low, value, high, min, max, mark: None, format: &write };
            (write(value), format!("{} – {}", write(low), write(high)), interval_bar(&bar))
        }
    };
    FigureView {
        label,
        value,
        interval,
        chart,
        place,
        few: total.status == Status::Few,
        change: change(words, total, before, mean),
    }
}

fn triple(total: &Total) -> Option<(f64, f64, f64)> {
    Some((total.value?, total.low?, total.high?))
}

fn change(words: &Words, now: &Total, before: Option<&Total>, mean: bool) -> String {
    let Some((a, b)) = triple(now).zip(before.and_then(triple)) else { return String::new() };
    let (value, low, high) = difference(a, b);
    let decimals = usize::from(mean);
    let signed = |v: f64| format!("{}{}", if v > 0.0 { "+" } else { "" }, words.number(v, decimals));
    let key = match (low > 0.0, high < 0.0) {
        (true, _) => "surveys-change-up",
        (_, true) => "surveys-change-down",
        _ => "surveys-change-unsure",
    };
    words.ta(key, &[("value", signed(value).into()), ("low", signed(low).into()), ("high", signed(high).into())])
}

/// By area: the mean of a scale or number, else the option that most people chose.
fn area_views(cx: &Cx, question: &Question, here: &[&&Total]) -> Vec<AreaView> {
    let words = &cx.words;
    let sheet = cx.municipality.get::<areas::Atlas>().sheet();
    let whole = here.iter().filter(|t| t.area.is_empty());
    let leading = whole
        .clone()
        .find(|t| t.option == MEAN)
        .or_else(|| whole.max_by(|a, b| a.value.unwrap_or(0.0).total_cmp(&b.value.unwrap_or(0.0))));
    let Some(leading) = leading.filter(|t| t.value.is_some()) else { return vec![] };
    let mean = leading.option == MEAN;
    let write = |v: f64| if mean { words.number(v, 1) } else { format!("{}\u{a0}%", words.number(v, 0)) };
    let mut rows: Vec<AreaView> = here
        .iter()
        .filter(|t| t.option == leading.option && !t.area.is_empty())
        .map(|t| {
            let apart = match (t.apart_low, t.apart_high) {
                (Some(low), _) if low > 0.0 => words.t("surveys-apart-more"),
                (_, Some(high)) if high < 0.0 => words.t("surveys-apart-less"),
                (Some(_), Some(_)) => words.t("surveys-apart-unsure"),
                _ => String::new(),
            };
            AreaView {
                name: sheet.name(&t.area).to_owned(),
                label: option_name(words, question, &t.option),
                value: t.value.map_or_else(|| words.t("surveys-suppressed"), write),
                interval: t.low.zip(t.high).map_or_else(String::new, |(l, h)| format!("{} – {}", write(l), write(h))),
                n: if t.n > 0 { words.whole(t.n) } else { String::new() },
                apart,
            }
        })
        .collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    rows
}
