//! The outcome for people: two tables, the differences, and what it means in words.

use super::{Backtest, Difference, Interval, Line};
use std::fmt::Write as _;

/// The line of plain counting that the words are about.
const LAST_YEAR: &str = "last 52 weeks";

impl Backtest {
    /// Everything as text; most lines are within 140 characters.
    pub fn text(&self) -> String {
        let Some(first) = self.lines.first() else { return String::new() };
        let coverages: Vec<String> = first.marks.hits.iter().map(|h| percent(h.coverage)).collect();
        let share = self.outside as f64 / self.test_events.max(1) as f64;
        let mut out = format!(
            "{} cells; {} weeks before the test, {} in it; {} events in the test, {:.1} % of them outside the area\n",
            self.cells,
            self.train_weeks,
            self.test_weeks,
            self.test_events,
            100.0 * share
        );
        let named = |what: &str, names: &[String]| names.iter().map(|n| format!("{what}@{n}")).collect::<Vec<_>>();
        let head = |groups: &[Vec<String>]| -> Vec<String> {
            std::iter::once("method".to_owned()).chain(groups.iter().flatten().cloned()).collect()
        };
        out += "\nWhere: hit rate, PAI and PEI* at a share of the cells\n";
        let mut rows = vec![head(&[named("hit", &coverages), named("PAI", &coverages), named("PEI*", &coverages)])];
        for l in &self.lines {
            let hits = l.marks.hits.iter().map(|h| format!("{:.4}", h.hit_rate));
            let pai = l.pai.iter().map(|p| format!("{p:.2}"));
            let pei = l.marks.hits.iter().map(|h| format!("{:.4}", h.pei));
            rows.push(std::iter::once(l.name.clone()).chain(hits).chain(pai).chain(pei).collect());
        }
        columns(&rows, &mut out);
        out += "\nHow many: per cell and week\n";
        let mut rows = vec![
            ["method", "deviance", "level", "calibration", "in 90 %", "in 90 %, busy", "seconds"]
                .map(str::to_owned)
                .to_vec(),
        ];
        rows.extend(self.lines.iter().map(how_many));
        columns(&rows, &mut out);
        if let Some(first) = self.times.first() {
            let slots: Vec<String> = first.hits.iter().map(|h| percent(h.coverage)).collect();
            out += "\nWhen: cells x 28 six-hour slots\n";
            let mut rows = vec![head(&[named("hit", &slots), named("PEI*", &slots)])];
            for l in &self.times {
                let hits = l.hits.iter().map(|h| format!("{:.4}", h.hit_rate));
                let pei = l.hits.iter().map(|h| format!("{:.4}", h.pei));
                rows.push(std::iter::once(l.name.clone()).chain(hits).chain(pei).collect());
            }
            columns(&rows, &mut out);
        }
        for (title, differences) in [("", &self.differences), (", hot times", &self.times_differences)] {
            if !differences.is_empty() {
                let _ = writeln!(
                    out,
                    "\n{} minus ..{title}: PEI*{}, paired by week, with 95 % interval",
                    first.name,
                    if title.is_empty() { " and deviance" } else { "" }
                );
                let hits = if title.is_empty() { &first.marks.hits } else { &first.slots };
                let deviance = title.is_empty().then(|| "deviance".to_owned());
                let names = hits.iter().map(|h| format!("PEI*@{}", percent(h.coverage))).chain(deviance);
                let mut rows = vec![std::iter::once(String::new()).chain(names).collect::<Vec<_>>()];
                rows.extend(differences.iter().map(|d| against(d, title.is_empty())));
                columns(&rows, &mut out);
            }
        }
        out.push('\n');
        for sentence in self.words() {
            out += &sentence;
            out.push('\n');
        }
        out
    }

    /// The tables as CSV: one row per method; intervals of 95 % beside hit rate and PEI*.
    pub fn csv(&self) -> String {
        let Some(first) = self.lines.first() else { return String::new() };
        let mut out = String::from("table,method");
        let coverages: Vec<f64> = first.marks.hits.iter().map(|h| h.coverage).collect();
        for c in &coverages {
            let c = 100.0 * c;
            let _ = write!(out, ",hit_{c},hit_{c}_low,hit_{c}_high,pai_{c},pei_{c},pei_{c}_low,pei_{c}_high");
        }
        out += ",deviance,level,calibration_error,inside90,inside90_busy,seconds";
        let slots = self.times.first().map_or(&[][..], |t| &t.hits);
        for h in slots {
            let _ = write!(out, ",slot_hit_{0},slot_pei_{0}", 100.0 * h.coverage);
        }
        out.push('\n');
        let cell = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        for l in &self.lines {
            let _ = write!(out, "where,{}", cell(&l.name));
            for ((h, p), pai) in l.hit_rate.iter().zip(&l.pei).zip(&l.pai) {
                let [h, p] = [h, p].map(|i| format!("{:.6},{:.6},{:.6}", i.value, i.low, i.high));
                let _ = write!(out, ",{h},{pai:.4},{p}");
            }
            let m = &l.marks;
            let _ = write!(out, ",{:.6},{:.6},{:.6}", m.deviance, m.level, m.calibration_error);
            let inside = |v: Option<f64>| v.filter(|_| l.intervals).map_or(String::new(), |v| format!("{v:.6}"));
            let _ = write!(out, ",{},{},{:.3}", inside(Some(m.inside90)), inside(m.inside90_busy), l.seconds);
            let _ = writeln!(out, "{}", ",".repeat(2 * slots.len()));
        }
        for t in &self.times {
            let _ = write!(out, "when,{}{}", cell(&t.name), ",".repeat(7 * coverages.len() + 6));
            for h in &t.hits {
                let _ = write!(out, ",{:.6},{:.6}", h.hit_rate, h.pei);
            }
            out.push('\n');
        }
        out
    }

    /// What it means, compared with last year's counts; plainly when the model is no better.
    pub fn words(&self) -> Vec<String> {
        let Some(first) = self.lines.first() else { return Vec::new() };
        let Some(d) = self.differences.iter().find(|d| d.against == LAST_YEAR) else {
            return vec!["Not compared with last year's counts: no baselines were asked for.".to_owned()];
        };
        let at = |keep: &dyn Fn(&Interval) -> bool| {
            let each = first.marks.hits.iter().zip(&d.pei).filter(|(_, i)| keep(i));
            let names: Vec<String> = each.map(|(h, _)| percent(h.coverage)).collect();
            names.join(", ").replace(" %", "") + " %"
        };
        let better = d.pei.iter().filter(|i| i.low > 0.0).count();
        let worse = d.pei.iter().filter(|i| i.high < 0.0).count();
        let mut out = vec![match (better, worse) {
            (0, 0) => "Where: picking cells by this model is no better than by last year's counts; the differences \
                       may be chance."
                .to_owned(),
            (0, _) => format!("Where: this model is worse than last year's counts at {}.", at(&|i| i.high < 0.0)),
            (n, 0) if n == d.pei.len() => "Where: this model picks cells better than last year's counts do.".to_owned(),
            (_, 0) => format!(
                "Where: this model picks cells better than last year's counts at {}; elsewhere no better.",
                at(&|i| i.low > 0.0)
            ),
            _ => format!(
                "Where: this model is better than last year's counts at {}, and worse at {}.",
                at(&|i| i.low > 0.0),
                at(&|i| i.high < 0.0)
            ),
        }];
        out.extend(d.deviance.map(|i| {
            let shown = shown(&i, 4);
            if i.high < 0.0 {
                format!("How many: its counts are closer than last year's (deviance {shown}).")
            } else if i.low > 0.0 {
                format!("How many: its counts are further off than last year's (deviance {shown}).")
            } else {
                format!("How many: its counts are no better than last year's (deviance {shown}).")
            }
        }));
        out
    }
}

fn percent(share: f64) -> String {
    format!("{} %", (share * 1e6).round() / 1e4)
}

fn how_many(l: &Line) -> Vec<String> {
    let m = &l.marks;
    let inside = |v: Option<f64>| v.filter(|_| l.intervals).map_or("-".to_owned(), |v| format!("{v:.3}"));
    vec![
        l.name.clone(),
        format!("{:.4}", m.deviance),
        format!("{:.3}", m.level),
        format!("{:.4}", m.calibration_error),
        inside(Some(m.inside90)),
        inside(m.inside90_busy),
        format!("{:.2}", l.seconds),
    ]
}

fn shown(i: &Interval, digits: usize) -> String {
    format!("{:+.digits$} [{:+.digits$}, {:+.digits$}]", i.value, i.low, i.high)
}

fn against(d: &Difference, deviance: bool) -> Vec<String> {
    let hits = d.pei.iter().map(|i| shown(i, 4));
    let deviance = d.deviance.filter(|_| deviance).map(|i| shown(&i, 4));
    std::iter::once(format!(".. {}", d.against)).chain(hits).chain(deviance).collect()
}

/// Adds rows with columns of equal width: the first to the left, figures to the right.
fn columns(rows: &[Vec<String>], out: &mut String) {
    let widths: Vec<usize> = (0..rows.iter().map(Vec::len).max().unwrap_or(0))
        .map(|i| rows.iter().filter_map(|r| r.get(i)).map(|c| c.chars().count()).max().unwrap_or(0))
        .collect();
    for row in rows {
        let mut line = String::new();
        for (i, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let _ = if i == 0 { write!(line, "{cell:<width$}") } else { write!(line, "  {cell:>width$}") };
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}
