use super::*;

/// Own generator, so that every run draws the same.
struct Chance(u64);

impl Chance {
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        tail::normal_above(self.uniform())
    }

    /// Marsaglia and Tsang (2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.uniform().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// A count with this mean and a variance of `spread` times the mean.
    fn count(&mut self, mean: f64, spread: f64) -> u32 {
        let mean = if spread > 1.0 { self.gamma(mean / (spread - 1.0)) * (spread - 1.0) } else { mean };
        let (mut n, mut left) = (0, mean);
        loop {
            left += self.uniform().ln();
            if left < 0.0 {
                return n;
            }
            n += 1;
        }
    }

    fn series(&mut self, weeks: usize, spread: f64, mean: impl Fn(usize) -> f64) -> Vec<u32> {
        (0..weeks).map(|t| self.count(mean(t), spread)).collect()
    }
}

fn season(t: usize, year: f64) -> f64 {
    (0.5 * (std::f64::consts::TAU * t as f64 / year).cos()).exp()
}

/// The alarms of these series.
fn list(series: &[Vec<u32>]) -> Vec<Alarm> {
    let weeks: Vec<Weeks<'_>> = series.iter().map(|s| s.as_slice().into()).collect();
    alarms(&weeks, &Rules::default())
}

#[test]
fn the_curves_are_those_of_a_chart_of_normal_scores() {
    for (told, curve) in [(chart::TOLD, curve::RESTARTING), (f64::INFINITY, curve::REMEMBERING)] {
        let simulated = chart::simulated_curve(told, 60_000, 4_711);
        for (seen, stored) in simulated.iter().zip(curve).filter(|p| p.1.1 > 2e-3) {
            assert!((seen.0 - stored.0).abs() < 0.12, "{told} {seen:?} {stored:?}");
        }
        assert!(curve.is_sorted_by(|a, b| a.0 < b.0 && a.1 > b.1));
    }
}

#[test]
#[ignore = "ten million weeks twice: by hand; tells the curve to store when the chart has changed"]
fn the_curves_are_stored_as_simulated() {
    for (told, curve) in [(chart::TOLD, curve::RESTARTING), (f64::INFINITY, curve::REMEMBERING)] {
        let simulated = chart::simulated_curve(told, 10_000_000, 88_172_645_463_325_252);
        let lines: String = simulated.iter().map(|(s, p)| format!("    ({s:.4}, {p:.6e}),\n")).collect();
        let same = simulated.iter().zip(curve).all(|(a, b)| (a.0 - b.0).abs() < 1e-4 && (a.1 / b.1 - 1.0).abs() < 1e-4);
        assert!(same && simulated.len() == curve.len(), "store for {told}:\n{lines}");
    }
}

#[test]
fn nothing_is_known_of_later_weeks() {
    let mut chance = Chance(11);
    let mut counts = chance.series(200, 1.5, |t| 4.0 * season(t, 52.0));
    let before = weekly_p_values(&counts, 120);
    for c in &mut counts[170..] {
        *c += 40;
    }
    let after = weekly_p_values(&counts, 120);
    assert_eq!(before.len(), 81);
    assert_eq!(before[..51], after[..51]);
    assert!(after[51] < 1e-4 && before[51] > 1e-4, "{} {}", before[51], after[51]);
}

#[test]
fn false_alarms_come_as_often_as_the_p_value_says() {
    let mut chance = Chance(5);
    let mut all = Vec::new();
    for (mean, spread) in [(0.6, 1.0), (2.0, 1.6), (5.0, 3.0), (12.0, 1.0), (30.0, 2.0)] {
        for _ in 0..14 {
            let counts = chance.series(260, spread, |t| mean * season(t, 52.0) * (0.001 * t as f64).exp());
            all.extend(weekly_p_values(&counts, 161));
        }
    }
    assert_eq!(all.len(), 7_000);
    for a in [0.01, 0.025, 0.05, 0.2] {
        let share = all.iter().filter(|p| **p < a).count() as f64 / all.len() as f64 / a;
        assert!((0.6..1.4).contains(&share), "{a}: {share}");
    }
}

/// Mean share of false alarms of `runs` lists of sixty series of so many weeks, and the true alarms. If `rises`,
/// one series in ten has a rise: half of them in the last week, half of them lasting.
fn false_share(chance: &mut Chance, runs: usize, weeks: usize, rises: bool) -> (f64, usize) {
    let (mut shares, mut right) = (0.0, 0);
    for _ in 0..runs {
        let mut draw = |i: usize| {
            let (mean, spread) = ([0.4, 1.5, 4.0, 12.0][i % 4], [1.0, 1.5, 4.0][i % 3]);
            let (from, factor) = match i % 20 {
                0 if rises => (weeks - 1, 4.0),
                10 if rises => (weeks - 8, 2.5),
                _ => (weeks, 1.0),
            };
            chance.series(weeks, spread, |t| mean * season(t, 52.18) * if t >= from { factor } else { 1.0 })
        };
        let found = list(&(0..60).map(&mut draw).collect::<Vec<_>>());
        let wrong = found.iter().filter(|a| !rises || a.series % 10 != 0).count();
        shares += wrong as f64 / found.len().max(1) as f64;
        right += found.len() - wrong;
    }
    (shares / runs as f64, right)
}

#[test]
fn the_share_of_false_alarms_holds_over_all_series() {
    let mut chance = Chance(17);
    let cases = [(40, true), (40, false), (104, true), (104, false), (260, true), (260, false)];
    let (mut shares, mut right) = (0.0, 0);
    for (weeks, rises) in cases {
        let (share, found) = false_share(&mut chance, 15, weeks, rises);
        shares += share;
        right += found;
    }
    assert!(shares / cases.len() as f64 <= Rules::default().false_alarms, "{shares}");
    assert!(right >= 60, "{right}");
}

#[test]
#[ignore = "fifteen thousand series a case: by hand"]
fn the_share_of_false_alarms_holds_in_each_case() {
    let mut chance = Chance(4_711);
    for (weeks, rises) in [(40, true), (40, false), (104, true), (104, false), (260, true), (260, false)] {
        let (share, right) = false_share(&mut chance, 250, weeks, rises);
        println!("{weeks} weeks, rises {rises}: {share:.3}, true alarms {right}");
        // two standard errors of a share of 0.10 in 250 lists
        assert!(share <= Rules::default().false_alarms + 0.038, "{weeks} {rises}: {share}");
    }
}

#[test]
fn a_lasting_rise_is_found_and_dated() {
    let mut chance = Chance(23);
    let series: Vec<Vec<u32>> =
        (0..40).map(|i| chance.series(160, 1.3, |t| 6.0 * if i == 7 && t >= 151 { 2.0 } else { 1.0 })).collect();
    let found = list(&series);
    let a = found.iter().find(|a| a.series == 7).expect("the rise");
    assert_eq!(a.kind, Kind::Lasting);
    assert!((148..=154).contains(&a.since), "{}", a.since);
    assert_eq!(a.observed, series[7][a.since..].iter().map(|n| u64::from(*n)).sum::<u64>());
    assert!(1.4 < a.ratio && a.ratio < 2.6 && 1.0 < a.low && a.low < a.ratio && a.ratio < a.high, "{a:?}");
    assert!(a.p <= a.q && a.q <= 0.10);
    assert_eq!(a.weeks.len(), 26);
    assert!(a.weeks.iter().all(|w| w.mean > 4.0 && w.mean < 8.0 && w.high > w.mean && w.high < 20.0), "{a:?}");
    assert!(found.len() <= 2, "{found:?}");
}

#[test]
fn a_clear_rise_in_a_small_series_stands_out_among_hundreds() {
    let mut chance = Chance(37);
    let mut series: Vec<Vec<u32>> =
        (0..260).map(|i| chance.series(203, 1.3, |_| 0.2 + f64::from(i % 8) * 0.4)).collect();
    // five weeks with more
    series[145].truncate(198);
    series[145].extend([14, 8, 8, 5, 7]);
    let mean: u32 = series[145][..198].iter().sum();
    assert!((50..250).contains(&mean), "{mean}");
    let found = list(&series);
    assert_eq!((found[0].series, found[0].kind), (145, Kind::Lasting), "{}", found.len());
}

#[test]
fn a_sudden_outbreak_is_found() {
    let mut chance = Chance(29);
    let mut series: Vec<Vec<u32>> = (0..30).map(|_| chance.series(120, 1.2, |_| 3.0)).collect();
    series[4][119] += 14;
    let found = list(&series);
    assert_eq!((found[0].series, found[0].kind, found[0].since), (4, Kind::Sudden, 119));
}

#[test]
fn the_season_and_the_yearly_fireworks_are_no_news() {
    let mut chance = Chance(31);
    let year = Rules::default().year;
    let peak = |t: usize| 8.0 * (1.0 * (std::f64::consts::TAU * t as f64 / year).cos()).exp();
    // five years, to the top of the season
    let mut series: Vec<Vec<u32>> = (0..10).map(|_| chance.series(262, 1.5, peak)).collect();
    assert_eq!(list(&series), []);
    for s in &mut series[..2] {
        s[261] += 60;
    }
    for (i, years) in [(0, 1..1), (1, 1..5)] {
        for k in years {
            series[i][261 - (year * f64::from(k)) as usize] += 60;
        }
    }
    let found = list(&series);
    assert_eq!(found.iter().map(|a| a.series).collect::<Vec<_>>(), [0], "{found:?}");
}

#[test]
fn an_earlier_outbreak_does_not_blind() {
    let mut chance = Chance(37);
    let mut counts = chance.series(200, 1.3, |_| 5.0);
    let calm = expectation(&counts, &Rules::default())[199];
    for (t, n) in [(60, 60), (61, 45), (120, 30), (121, 30), (190, 40)] {
        counts[t] += n;
    }
    let after = expectation(&counts, &Rules::default())[199];
    assert!((after.mean / calm.mean - 1.0).abs() < 0.06, "{calm:?} {after:?}");
    assert!(after.high <= calm.high + 2.0, "{calm:?} {after:?}");
}

#[test]
fn short_empty_silent_and_broken_series() {
    let rules = Rules::default();
    for counts in [vec![], vec![3], vec![1, 0, 2, 1, 0, 1, 2]] {
        assert_eq!(weekly_p_values(&counts, 1), vec![1.0; counts.len()]);
        assert_eq!(alarms(&[counts.as_slice().into()], &rules), []);
        assert_eq!(expectation(&counts, &rules), []);
    }
    assert_eq!(weekly_p_values(&[1, 2, 3], 9), Vec::<f64>::new());
    let silent = vec![0; 120];
    assert_eq!(alarms(&[silent.as_slice().into()], &rules), []);
    assert!(weekly_p_values(&silent, 10).iter().all(|p| *p > 0.05));
    assert!(expectation(&silent, &rules).iter().all(|e| e.mean < 0.05 && e.high <= 1.0));
    // a young category: ten weeks, then a jump
    let young = [1, 0, 2, 1, 0, 1, 2, 1, 1, 0, 12];
    let found = alarms(&[young.as_slice().into()], &rules);
    assert_eq!(found.iter().map(|a| (a.since, a.observed)).collect::<Vec<_>>(), [(10, 12)]);
    assert!(alarms(&[young[..10].into()], &rules).is_empty());
    // the first event ever is no alarm: too few
    let mut first = vec![0; 60];
    first[59] = 1;
    assert_eq!(alarms(&[first.as_slice().into()], &rules), []);
}

#[test]
fn a_missing_week_is_not_a_quiet_week() {
    let mut chance = Chance(41);
    let mut counts = chance.series(120, 1.2, |_| 20.0);
    let mut missing = vec![false; 120];
    for t in (20..50).chain(110..114) {
        (counts[t], missing[t]) = (0, true);
    }
    let rules = Rules::default();
    assert_eq!(alarms(&[Weeks { counts: &counts, missing: &missing }], &rules), []);
    counts[119] += 25;
    let found = alarms(&[Weeks { counts: &counts, missing: &missing }], &rules);
    assert_eq!((found.len(), found[0].since), (1, 119));
    assert!((15.0..25.0).contains(&found[0].expected), "{found:?}");
    missing[119] = true;
    assert_eq!(alarms(&[Weeks { counts: &counts, missing: &missing }], &rules), []);
}

#[test]
fn tails_and_normal_points() {
    for (p, z) in [(0.5, 0.0), (0.025, 1.959_964), (0.999, -3.090_232), (1e-6, 4.753_424)] {
        assert!((tail::normal_above(p) - z).abs() < 1e-5, "{p}");
    }
    for (count, mean, extra) in [(0, 0.3, 0.0), (4, 2.0, 0.0), (7, 3.0, 4.0), (180, 150.0, 90.0), (700, 650.0, 99.0)] {
        let (above, at) = tail::above_and_at(count, mean, extra);
        let exact = |n: u32| crate::count::upper_tail(u64::from(n), mean, extra);
        assert!((above - exact(count + 1)).abs() < 1e-9, "{count} {mean} {extra}");
        assert!((above + at - exact(count)).abs() < 1e-9, "{count} {mean} {extra}");
    }
}
