//! Lines over time, with a band for uncertainty and gaps where a value is missing; and a line in a word.

use super::{Format, open, ticks};
use crate::svg;
use std::fmt::Write as _;

/// One moment of a series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// What stands below it, e.g. a month.
    pub label: String,
    /// The value; `None` leaves a gap.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Name in the legend.
    pub name: String,
    /// Its moments; the labels of the first series are those of the axis.
    pub points: Vec<Point>,
}

/// What [`line_chart`] draws; the axis starts at zero.
pub struct LineChart<'a> {
    /// Title for a screen reader.
    pub title: String,
    /// What the picture says, in a sentence.
    pub desc: String,
    /// Unit, above the axis.
    pub unit: String,
    /// At most four lines: more cannot be told apart.
    pub series: Vec<Series>,
    /// Least upper end of the axis, to compare charts side by side.
    pub y_max: Option<f64>,
    /// A dotted line across, with its name.
    pub goal: Option<(f64, String)>,
    /// Writes numbers.
    pub format: Format<'a>,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 66.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 44.0;

/// Draws the chart, and a legend below it when there is more than one line.
#[must_use]
pub fn line_chart(chart: &LineChart<'_>) -> String {
    let values = || chart.series.iter().flat_map(|s| &s.points).flat_map(|p| [p.value, p.low, p.high]).flatten();
    let goal = chart.goal.as_ref().map(|(v, _)| *v);
    let most = values().chain(chart.y_max).chain(goal).fold(0.0, f64::max);
    let whole = chart.series.iter().flat_map(|s| &s.points).filter_map(|p| p.value).all(|v| v.fract() == 0.0);
    let ticks = ticks(most, whole);
    let top = ticks.last().copied().unwrap_or(1.0);
    let moments = chart.series.iter().map(|s| s.points.len()).max().unwrap_or(0);
    let x = |i: usize| {
        let gaps = moments.saturating_sub(1).max(1) as f64;
        let first = if moments == 1 { (WIDTH - LEFT - RIGHT) / 2.0 } else { 0.0 };
        LEFT + first + i as f64 * (WIDTH - LEFT - RIGHT) / gaps
    };
    let y = |v: f64| HEIGHT - BOTTOM - v.clamp(0.0, top) / top * (HEIGHT - TOP - BOTTOM);

    let mut out = String::with_capacity(2048 + moments * chart.series.len() * 120);
    open(&mut out, "lines", WIDTH, HEIGHT, &chart.title, &chart.desc);
    let _ = write!(out, "<text x=\"0\" y=\"18\">{}</text>", svg::text(&chart.unit));
    for tick in &ticks {
        let (height, class) = (svg::number(y(*tick)), if *tick == 0.0 { "axis" } else { "grid" });
        let _ = write!(
            out,
            "<line class=\"{class}\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{height}\" y2=\"{height}\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            WIDTH - RIGHT,
            LEFT - 8.0,
            svg::number(y(*tick) + 5.0),
            svg::text(&(chart.format)(*tick))
        );
    }
    labels(&mut out, chart, &x);
    for (number, series) in chart.series.iter().enumerate() {
        let _ = write!(out, "<g class=\"series-{}\">", number % 4 + 1);
        band(&mut out, series, &x, &y);
        line(&mut out, series, &x, &y);
        dots(&mut out, chart, series, &x, &y);
        out.push_str("</g>");
    }
    if let Some((value, name)) = &chart.goal {
        let height = svg::number(y(*value));
        let _ = write!(
            out,
            "<line class=\"goal\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{height}\" y2=\"{height}\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            WIDTH - RIGHT,
            WIDTH - RIGHT,
            svg::number(y(*value) - 6.0),
            svg::text(name)
        );
    }
    out.push_str("</svg>");
    if chart.series.len() > 1 {
        names(&mut out, &chart.series);
    }
    out
}

/// The runs of neighbouring points for which `keep` gives something.
fn runs<T>(points: &[Point], keep: impl Fn(&Point) -> Option<T>) -> Vec<Vec<(usize, T)>> {
    let mut all = vec![Vec::new()];
    for (i, point) in points.iter().enumerate() {
        match (keep(point), all.last_mut()) {
            (Some(value), Some(run)) => run.push((i, value)),
            _ => all.push(Vec::new()),
        }
    }
    all.retain(|run| !run.is_empty());
    all
}

fn band(out: &mut String, series: &Series, x: &dyn Fn(usize) -> f64, y: &dyn Fn(f64) -> f64) {
    for run in runs(&series.points, |p| p.low.zip(p.high)) {
        // an interval at one moment only is a bar of a few units wide
        let half = if run.len() == 1 { 3.0 } else { 0.0 };
        let upper = run.iter().map(|(i, (_, high))| (x(*i), y(*high)));
        let lower = run.iter().rev().map(|(i, (low, _))| (x(*i), y(*low)));
        out.push_str("<path class=\"band\" d=\"");
        if half > 0.0 {
            let (u, l): (Vec<_>, Vec<_>) = (upper.collect(), lower.collect());
            let box_of = u.iter().flat_map(|(x, y)| [(x - half, *y), (x + half, *y)]);
            svg::push_path(out, box_of.chain(l.iter().flat_map(|(x, y)| [(x + half, *y), (x - half, *y)])));
        } else {
            svg::push_path(out, upper.chain(lower));
        }
        out.push_str("Z\"/>");
    }
}

fn line(out: &mut String, series: &Series, x: &dyn Fn(usize) -> f64, y: &dyn Fn(f64) -> f64) {
    for run in runs(&series.points, |p| p.value) {
        if run.len() > 1 {
            out.push_str("<path class=\"line\" d=\"");
            svg::push_path(out, run.iter().map(|(i, v)| (x(*i), y(*v))));
            out.push_str("\"/>");
        }
    }
}

/// Dots carry the number under the mouse; in a crowded line only lonely points and the last get one.
fn dots(out: &mut String, chart: &LineChart<'_>, series: &Series, x: &dyn Fn(usize) -> f64, y: &dyn Fn(f64) -> f64) {
    let crowded = series.points.len() > 40;
    for run in runs(&series.points, |p| p.value) {
        let lonely = run.len() == 1;
        for (i, value) in &run {
            if crowded && !lonely && i + 1 != series.points.len() {
                continue;
            }
            let label = series.points.get(*i).map_or("", |p| p.label.as_str());
            let _ = write!(
                out,
                "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"3.5\"><title>{}: {} {}</title></circle>",
                svg::number(x(*i)),
                svg::number(y(*value)),
                svg::text(label),
                svg::text(&(chart.format)(*value)),
                svg::text(&chart.unit)
            );
        }
    }
}

/// Labels of the axis: as many as fit; on a phone every other one is hidden (`minor`).
fn labels(out: &mut String, chart: &LineChart<'_>, x: &dyn Fn(usize) -> f64) {
    let Some(points) = chart.series.iter().map(|s| &s.points).max_by_key(|p| p.len()) else { return };
    let widest = points.iter().map(|p| p.label.chars().count()).max().unwrap_or(0) as f64 * 8.0 + 14.0;
    let fit = ((WIDTH - LEFT) / widest).floor().max(1.0) as usize;
    let every = points.len().div_ceil(fit).max(1);
    for (shown, (i, point)) in points.iter().enumerate().step_by(every).enumerate() {
        let last = i + 1 == points.len() && points.len() > 1;
        let _ = write!(
            out,
            "<text{} x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>",
            if shown % 2 == 1 { " class=\"minor\"" } else { "" },
            svg::number(if last { WIDTH } else { x(i) }),
            HEIGHT - BOTTOM + 26.0,
            if last { "end" } else { "middle" },
            svg::text(&point.label)
        );
    }
}

fn names(out: &mut String, series: &[Series]) {
    out.push_str("<ul class=\"legend\">");
    for (number, one) in series.iter().enumerate() {
        let _ = write!(
            out,
            "<li><svg class=\"regie-chart series-{}\" viewBox=\"0 0 28 16\" aria-hidden=\"true\">\
             <path class=\"line\" d=\"M1 8L27 8\"/></svg>{}</li>",
            number % 4 + 1,
            svg::text(&one.name)
        );
    }
    out.push_str("</ul>");
}

/// A line as small as a word, for a tile or a table cell; `title` says what it shows.
#[must_use]
pub fn spark(title: &str, values: &[Option<f64>]) -> String {
    let (width, height) = (160.0, 36.0);
    let most = values.iter().flatten().copied().fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let gaps = values.len().saturating_sub(1).max(1) as f64;
    let x = |i: usize| 4.0 + i as f64 * (width - 8.0) / gaps;
    let y = |v: f64| height - 4.0 - v.clamp(0.0, most) / most * (height - 8.0);
    let points: Vec<Point> = values.iter().map(|v| Point { value: *v, ..Point::default() }).collect();
    let last = points.iter().enumerate().rev().find_map(|(i, p)| Some((i, p.value?)));
    let mut out = String::with_capacity(512);
    open(&mut out, "spark", width, height, title, "");
    out.push_str("<g class=\"series-1\">");
    line(&mut out, &Series { name: String::new(), points }, &x, &y);
    if let Some((i, value)) = last {
        let _ = write!(
            out,
            "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"3\"/>",
            svg::number(x(i)),
            svg::number(y(value))
        );
    }
    out.push_str("</g></svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::svg::tests::elements;

    fn chart(values: &[Option<f64>]) -> LineChart<'static> {
        let point = |(i, v): (usize, &Option<f64>)| Point {
            label: format!("<{i}>"),
            value: *v,
            low: v.map(|v| v - 1.0),
            high: v.map(|v| v + 1.0),
        };
        LineChart {
            title: "Meldingen & meer".to_owned(),
            desc: "per \"maand\"".to_owned(),
            unit: "meldingen".to_owned(),
            series: vec![Series { name: "A".to_owned(), points: values.iter().enumerate().map(point).collect() }],
            y_max: None,
            goal: None,
            format: &|v| format!("{v}").replace('.', ","),
        }
    }

    fn count(markup: &str, what: &str) -> usize {
        markup.matches(what).count()
    }

    #[test]
    fn a_missing_value_is_a_gap_and_not_zero() {
        let svg = line_chart(&chart(&[Some(3.0), Some(4.0), None, Some(6.0), Some(2.0), None, Some(5.0)]));
        elements(&svg);
        assert_eq!(count(&svg, "class=\"line\""), 2, "two runs of more than one point");
        assert_eq!(count(&svg, "class=\"band\""), 3, "three intervals");
        assert_eq!(count(&svg, "class=\"dot\""), 5);
        assert!(svg.contains("Meldingen &amp; meer") && svg.contains("&lt;0&gt;"));
    }

    #[test]
    fn nothing_and_one_point_draw_too() {
        for values in [&[][..], &[None][..], &[Some(0.0)][..]] {
            let svg = line_chart(&chart(values));
            assert!(elements(&svg).contains(&"title".to_owned()));
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
        assert_eq!(count(&line_chart(&chart(&[Some(7.0)])), "class=\"dot\""), 1);
    }

    #[test]
    fn labels_thin_out_when_they_do_not_fit() {
        let many: Vec<Option<f64>> = (0..200).map(|i| Some(f64::from(i))).collect();
        let svg = line_chart(&chart(&many));
        assert!(count(&svg, "y=\"302\"") <= 15, "at most what fits on one line");
        assert_eq!(count(&svg, "class=\"dot\""), 1, "a crowded line marks its last point");
    }

    #[test]
    fn more_lines_get_names_and_the_goal_a_line() {
        let mut two = chart(&[Some(1.0), Some(2.0)]);
        two.series.push(Series { name: "B <2>".to_owned(), points: two.series[0].points.clone() });
        two.goal = Some((9.0, "doel".to_owned()));
        let svg = line_chart(&two);
        elements(&svg);
        assert!(svg.contains("B &lt;2&gt;") && svg.contains("series-2") && svg.contains("class=\"goal\""));
        assert!(svg.contains(">10<"), "the axis reaches above the goal");
    }

    #[test]
    fn a_spark_ends_with_a_dot() {
        let svg = spark("a<b", &[Some(1.0), None, Some(3.0), Some(0.0)]);
        assert_eq!(elements(&svg).iter().filter(|n| *n == "circle").count(), 1);
        elements(&spark("leeg", &[]));
    }
}
