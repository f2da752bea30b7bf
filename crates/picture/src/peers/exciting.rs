//! Self-exciting point process on the grid: each event makes more of the same likely for a while.
//!
//! In each cell the intensity is a constant background plus an exponentially fading push of every earlier
//! event there; background, push and fading are found by expectation-maximisation on the last year
//! (Mohler et al., JASA 2011; the form per cell of Mohler et al., JASA 2015, known from ETAS in seismology).

use super::Peer;
use crate::backtest::panel::Past;

/// Days of history that are used.
const WINDOW: f64 = 365.0;

/// The process, with what it learned at the last origin.
pub struct Exciting {
    /// Events that one event brings about.
    theta: f64,
    /// Fading per day.
    omega: f64,
    rounds: usize,
}

impl Default for Exciting {
    fn default() -> Self {
        Self { theta: 0.3, omega: 0.1, rounds: 40 }
    }
}

impl Peer for Exciting {
    fn name(&self) -> String {
        "grid self-exciting (365 d)".to_owned()
    }

    fn rates(&mut self, past: &Past<'_>) -> Vec<f64> {
        let end = past.weeks() as f64 * 7.0;
        let start = (end - WINDOW).max(0.0);
        let mut events: Vec<(u32, f64)> = Vec::new();
        for week in (start / 7.0) as usize..past.weeks() {
            let at = |hour: u8| week as f64 * 7.0 + f64::from(hour) / 24.0;
            let points = past.points(week, week + 1).iter().map(|p| (p.cell, at(p.hour)));
            events.extend(points.filter(|e| e.1 >= start));
        }
        events.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut counts = vec![0.0; past.cells().len()];
        events.iter().for_each(|e| counts[e.0 as usize] += 1.0);
        let mut background: Vec<f64> = counts.iter().map(|n| (n + 0.01) / (end - start) * 0.7).collect();
        let mut own = vec![0.0; counts.len()];
        for _ in 0..self.rounds {
            let (mut triggered, mut aged, mut complete) = (0.0, 0.0, 0.0);
            own.fill(0.0);
            let (mut cell, mut before, mut a, mut b) = (u32::MAX, 0.0, 0.0, 0.0);
            for &(c, t) in &events {
                if c == cell {
                    // a: the pushes still felt of earlier events; b: the same, times their age.
                    let (gone, fade) = (t - before, f64::exp(-self.omega * (t - before)));
                    b = fade * (b + gone * (a + 1.0));
                    a = fade * (a + 1.0);
                } else {
                    (a, b) = (0.0, 0.0);
                }
                (cell, before) = (c, t);
                let push = self.theta * self.omega * a;
                let p = push / (background[c as usize] + push);
                triggered += p;
                if a > 0.0 {
                    aged += p / a.max(1e-12) * b;
                }
                own[c as usize] += 1.0 - p;
            }
            self.omega = (triggered / aged.max(1e-9)).clamp(1e-3, 2.0);
            for (_, t) in &events {
                complete += 1.0 - (-self.omega * (end - t)).exp();
            }
            self.theta = (triggered / complete.max(1e-9)).clamp(0.0, 0.95);
            background.iter_mut().zip(&own).for_each(|(m, n)| *m = n / (end - start) + 1e-6);
        }
        self.rounds = 10; // later origins start from the last estimate
        let week = self.theta * (1.0 - (-7.0 * self.omega).exp());
        let mut rates: Vec<f64> = background.iter().map(|m| m * 7.0).collect();
        for (c, t) in &events {
            rates[*c as usize] += (-self.omega * (end - t)).exp() * week;
        }
        rates
    }
}
