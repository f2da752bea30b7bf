//! Counts over time with what was expected: the band is where nine of ten weeks should fall.

use super::{Format, pen};
use std::fmt::Write as _;

/// One week or month.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TrendPoint {
    /// What stands below it, e.g. `3 jun`.
    pub(crate) label: String,
    /// What it says under the mouse; empty says nothing.
    pub(crate) title: String,
    /// The count; `None` leaves a gap.
    pub(crate) count: Option<f64>,
    /// What was expected, before the count was known.
    pub(crate) expected: Option<f64>,
    /// Lower and upper end of the band.
    pub(crate) band: Option<(f64, f64)>,
    /// What an alarm says; `None` is no alarm.
    pub(crate) alarm: Option<String>,
}

/// What [`chart_trend`] and [`chart_small`] draw; the axis starts at zero.
pub(crate) struct TrendChart<'a> {
    /// Title for a screen reader.
    pub(crate) title: String,
    /// What the picture says, in a sentence.
    pub(crate) desc: String,
    /// Unit, above the axis.
    pub(crate) unit: String,
    /// In the order of time.
    pub(crate) points: Vec<TrendPoint>,
    /// Least upper end of the axis, to compare charts side by side.
    pub(crate) y_max: Option<f64>,
    /// Writes numbers.
    pub(crate) format: Format<'a>,
}

/// Where the plot lies in the picture.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    most: f64,
    points: usize,
}

impl Frame {
    fn x(&self, i: usize) -> f64 {
        let gaps = self.points.saturating_sub(1).max(1) as f64;
        self.left + i as f64 * (self.right - self.left) / gaps
    }

    fn y(&self, value: f64) -> f64 {
        self.bottom - value.clamp(0.0, self.most) / self.most * (self.bottom - self.top)
    }
}

impl TrendChart<'_> {
    /// The highest value drawn: give it as `y_max` to all charts that share a scale.
    pub(crate) fn most(&self) -> f64 {
        let values = self.points.iter().flat_map(|p| [p.count, p.expected, p.band.map(|b| b.1)]);
        values.flatten().chain(self.y_max).filter(|v| v.is_finite()).fold(0.0, f64::max)
    }
}

/// Draws the trend: `<svg class="regie-chart lines trend">`, 720 × 320.
pub(crate) fn chart_trend(chart: &TrendChart<'_>) -> String {
    let (width, height) = (720.0, 320.0);
    let ticks = pen::ticks(chart.most());
    let frame = Frame {
        left: 58.0,
        right: width - 20.0,
        top: 44.0,
        bottom: height - 44.0,
        most: ticks.last().copied().unwrap_or(1.0),
        points: chart.points.len(),
    };
    let mut out = String::with_capacity(4096 + chart.points.len() * 220);
    pen::open(&mut out, "lines trend", (width, height), &chart.title, &chart.desc);
    let _ = write!(out, "<text x=\"0\" y=\"18\">{}</text>", pen::text(&chart.unit));
    for tick in &ticks {
        let (y, class) = (frame.y(*tick), if *tick == 0.0 { "axis" } else { "grid" });
        let _ = write!(
            out,
            "<line class=\"{class}\" x1=\"{}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            pen::number(frame.left),
            pen::number(frame.right),
            pen::number(frame.left - 8.0),
            pen::number(frame.y(*tick) + 5.0),
            pen::text(&(chart.format)(*tick)),
            y = pen::number(y),
        );
    }
    labels(&mut out, chart, &frame, height - 18.0);
    lines(&mut out, chart, &frame);
    let last = chart.points.len().saturating_sub(1);
    for (i, point) in chart.points.iter().enumerate() {
        let (x, half) = (frame.x(i), (frame.right - frame.left) / last.max(1) as f64 / 2.0);
        if let Some(count) = point.count.filter(|_| i == last || point.alarm.is_some()) {
            let _ = write!(
                out,
                "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"3.5\"/>",
                pen::number(x),
                pen::number(frame.y(count))
            );
        }
        if let Some(says) = &point.alarm {
            alarm(&mut out, x, frame.y(point.count.unwrap_or(0.0)) - 10.0, 7.0, says);
        }
        if !point.title.is_empty() {
            let _ = write!(
                out,
                "<rect class=\"hit\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}</title></rect>",
                pen::number(x - half),
                pen::number(frame.top),
                pen::number(half * 2.0),
                pen::number(frame.bottom - frame.top),
                pen::text(&point.title)
            );
        }
    }
    out.push_str("</svg>");
    out
}

/// Draws the same without axis: `<svg class="regie-chart small-trend">`, 240 × 84; the page writes the numbers.
pub(crate) fn chart_small(chart: &TrendChart<'_>) -> String {
    let (width, height) = (240.0, 84.0);
    let most = chart.most();
    let frame = Frame {
        left: 3.0,
        right: width - 6.0,
        top: 10.0,
        bottom: height - 3.0,
        most: if most > 0.0 { most } else { 1.0 },
        points: chart.points.len(),
    };
    let mut out = String::with_capacity(1024 + chart.points.len() * 40);
    pen::open(&mut out, "small-trend", (width, height), &chart.title, &chart.desc);
    let base = pen::number(frame.bottom);
    let _ = write!(out, "<line class=\"axis\" x1=\"0\" x2=\"{width}\" y1=\"{base}\" y2=\"{base}\"/>");
    lines(&mut out, chart, &frame);
    for (i, point) in chart.points.iter().enumerate() {
        if let Some(says) = &point.alarm {
            alarm(&mut out, frame.x(i), frame.y(point.count.unwrap_or(0.0)) - 3.0, 5.0, says);
        }
    }
    if let Some((i, count)) = chart.points.iter().enumerate().rev().find_map(|(i, p)| Some((i, p.count?))) {
        let _ = write!(
            out,
            "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"3.5\"/>",
            pen::number(frame.x(i)),
            pen::number(frame.y(count))
        );
    }
    out.push_str("</svg>");
    out
}

/// The band, the expectation and the counts, in that order.
fn lines(out: &mut String, chart: &TrendChart<'_>, frame: &Frame) {
    for run in runs(&chart.points, |p| p.band) {
        // one week only is a bar of a few units wide
        let half = if run.len() == 1 { 3.0 } else { 0.0 };
        out.push_str("<path class=\"expected-band\" d=\"");
        let upper =
            run.iter().flat_map(|(i, b)| [(frame.x(*i) - half, frame.y(b.1)), (frame.x(*i) + half, frame.y(b.1))]);
        let lower = run
            .iter()
            .rev()
            .flat_map(|(i, b)| [(frame.x(*i) + half, frame.y(b.0)), (frame.x(*i) - half, frame.y(b.0))]);
        pen::path(out, upper.chain(lower).skip(if half > 0.0 { 0 } else { 1 }));
        out.push_str("Z\"/>");
    }
    for (class, of) in
        [("expected-line", (|p: &TrendPoint| p.expected) as fn(&TrendPoint) -> Option<f64>), ("line", |p| p.count)]
    {
        for run in runs(&chart.points, of).iter().filter(|r| r.len() > 1) {
            let _ = write!(out, "<path class=\"{class}\" d=\"");
            pen::path(out, run.iter().map(|(i, v)| (frame.x(*i), frame.y(*v))));
            out.push_str("\"/>");
        }
    }
}

/// A warning sign with its point down at `(x, y)`.
fn alarm(out: &mut String, x: f64, y: f64, size: f64, says: &str) {
    out.push_str("<path class=\"alarm\" d=\"");
    pen::path(out, [(x, y), (x - size, y - size * 1.5), (x + size, y - size * 1.5)]);
    let _ = write!(out, "Z\"><title>{}</title></path>", pen::text(says));
}

/// The runs of neighbouring points for which `keep` gives something.
fn runs<T>(points: &[TrendPoint], keep: impl Fn(&TrendPoint) -> Option<T>) -> Vec<Vec<(usize, T)>> {
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

/// Labels of the axis: as many as fit; on a phone every other one is hidden (`minor`).
fn labels(out: &mut String, chart: &TrendChart<'_>, frame: &Frame, y: f64) {
    let widest = chart.points.iter().map(|p| p.label.chars().count()).max().unwrap_or(0) as f64 * 8.0 + 18.0;
    let fit = ((frame.right - frame.left) / widest).floor().max(1.0) as usize;
    let every = chart.points.len().div_ceil(fit).max(1);
    // counted from the end: the newest always has its label
    for (shown, i) in (0..chart.points.len()).rev().step_by(every).enumerate() {
        let Some(point) = chart.points.get(i) else { continue };
        let _ = write!(
            out,
            "<text{} x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>",
            if shown % 2 == 1 { " class=\"minor\"" } else { "" },
            pen::number(if shown == 0 { frame.right + 20.0 } else { frame.x(i) }),
            pen::number(y),
            if shown == 0 { "end" } else { "middle" },
            pen::text(&point.label)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(counts: &[Option<f64>]) -> TrendChart<'static> {
        let point = |(i, c): (usize, &Option<f64>)| TrendPoint {
            label: format!("<{i}>"),
            title: format!("week {i} & meer"),
            count: *c,
            expected: Some(4.0),
            band: Some((1.0, 7.0)),
            alarm: (*c == Some(9.0)).then(|| "seintje".to_owned()),
        };
        TrendChart {
            title: "Meldingen".to_owned(),
            desc: String::new(),
            unit: "meldingen".to_owned(),
            points: counts.iter().enumerate().map(point).collect(),
            y_max: None,
            format: &|v| format!("{v}"),
        }
    }

    #[test]
    fn a_missing_week_is_a_gap_the_band_goes_on_and_an_alarm_is_marked() {
        let svg = chart_trend(&chart(&[Some(3.0), Some(4.0), None, Some(9.0), Some(2.0)]));
        assert_eq!(svg.matches("class=\"line\"").count(), 2);
        assert_eq!(svg.matches("class=\"expected-band\"").count(), 1);
        assert_eq!(svg.matches("class=\"alarm\"").count(), 1);
        assert!(svg.contains("&lt;4&gt;") && svg.contains("week 3 &amp; meer") && svg.contains(">9<"), "{svg}");
    }

    #[test]
    fn nothing_and_one_week_draw_too_and_stay_in_the_frame() {
        for counts in [&[][..], &[None][..], &[Some(0.0)][..], &[Some(1e9)][..]] {
            for svg in [chart_trend(&chart(counts)), chart_small(&chart(counts))] {
                assert!(
                    svg.starts_with("<svg") && svg.ends_with("</svg>") && !svg.contains("NaN") && !svg.contains("inf")
                );
            }
        }
        let shared = TrendChart { y_max: Some(90.0), ..chart(&[Some(9.0), Some(9.0)]) };
        assert_eq!(shared.most(), 90.0);
        assert!(chart_small(&shared).contains("M3 73.9L234 73.9"), "{}", chart_small(&shared));
    }
}
