//! The public benchmark of early warning: series in, one p-value per evaluation week out, so that an
//! outsider can hold the alarms against outbreaks that only he knows.
//!
//! The file has the columns `scenario,rep,k,current,counts` (series after Noufaily et al., Statistics in
//! Medicine 2013): `counts` are weekly counts with spaces between them. Only the counts are looked at, and
//! for each week only those before it.

use std::fmt;
use std::fmt::Write as _;

/// First and last evaluation week, counted from 1.
pub const WEEKS: std::ops::RangeInclusive<usize> = 576..=624;

/// One simulated series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulated {
    /// Which scenario.
    pub scenario: u32,
    /// Which repetition of it.
    pub rep: u32,
    /// Weekly counts.
    pub counts: Vec<u32>,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Line of the file; the head is 1.
    pub line: usize,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for Wrong {}

/// Reads the series.
///
/// # Errors
/// [`Wrong`] when a column is missing, a number is none, or a series stops before the last evaluation week.
pub fn read(text: &str) -> Result<Vec<Simulated>, Wrong> {
    let mut lines = text.lines().enumerate().map(|(i, l)| (i + 1, l.trim_end()));
    let head: Vec<&str> =
        lines.next().map_or(Vec::new(), |(_, l)| l.trim_start_matches('\u{feff}').split(',').collect());
    let place = |name: &str| {
        let at = head.iter().position(|h| h.trim() == name);
        at.ok_or_else(|| Wrong {
            line: 1,
            why: format!("there is no column `{name}`: the head is scenario,rep,k,current,counts"),
        })
    };
    let (scenario, rep, counts) = (place("scenario")?, place("rep")?, place("counts")?);
    let mut out = Vec::new();
    for (line, text) in lines.filter(|(_, l)| !l.is_empty()) {
        let cells: Vec<&str> = text.split(',').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().trim().trim_matches('"');
        let wrong = |why: String| Wrong { line, why };
        let number = |name: &str, text: &str| {
            text.parse::<u32>().map_err(|_| wrong(format!("`{name}` holds `{text}`, not a whole number")))
        };
        let all: Result<Vec<u32>, Wrong> = cell(counts).split_ascii_whitespace().map(|c| number("counts", c)).collect();
        let series =
            Simulated { scenario: number("scenario", cell(scenario))?, rep: number("rep", cell(rep))?, counts: all? };
        if series.counts.len() < *WEEKS.end() {
            return Err(wrong(format!("`counts` holds {} weeks, {} are needed", series.counts.len(), WEEKS.end())));
        }
        out.push(series);
    }
    Ok(out)
}

/// The head of the file of p-values.
pub fn head() -> String {
    let mut out = "scenario,rep".to_owned();
    for week in WEEKS {
        let _ = write!(out, ",p{week}");
    }
    out.push('\n');
    out
}

/// Adds the p-values of one series; `detect` gives those from an evaluation week on (counted from 1) for
/// counts up to and including the last one.
pub fn row(series: &Simulated, detect: impl Fn(&[u32], usize) -> Vec<f64>, out: &mut String) {
    let _ = write!(out, "{},{}", series.scenario, series.rep);
    for p in detect(&series.counts[..*WEEKS.end()], *WEEKS.start()) {
        let _ = write!(out, ",{p:.7e}");
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_are_read_and_only_the_counts_are_used() {
        let counts = vec!["3"; 624].join(" ");
        let series = read(&format!("scenario,rep,k,current,counts\n7,2,10,580:4 581:1,{counts}\n\n")).unwrap();
        assert_eq!((series.len(), series[0].scenario, series[0].rep, series[0].counts.len()), (1, 7, 2, 624));
        let mut out = head();
        row(&series[0], |counts, from| counts[from - 1..].iter().map(|c| f64::from(*c) / 30.0).collect(), &mut out);
        let lines: Vec<&str> = out.lines().collect();
        assert!(lines[0].starts_with("scenario,rep,p576,") && lines[0].ends_with(",p624"));
        assert_eq!(lines[1].split(',').count(), 51);
        assert!(lines[1].starts_with("7,2,1.0000000e-1,"));
    }

    #[test]
    fn bad_files_say_where_and_what() {
        for (text, line, why) in [
            ("", 1, "no column `scenario`"),
            ("scenario,rep,k,current\n", 1, "no column `counts`"),
            ("scenario,rep,k,current,counts\n1,1,2,,1 2 3\n", 2, "holds 3 weeks, 624 are needed"),
            ("scenario,rep,k,current,counts\n1,x,2,,1\n", 2, "`rep` holds `x`"),
            ("scenario,rep,k,current,counts\n1,1,2,,1 -2\n", 2, "`counts` holds `-2`"),
        ] {
            let wrong = read(text).unwrap_err();
            assert!(wrong.line == line && wrong.why.contains(why), "{text}: {wrong}");
        }
    }
}
