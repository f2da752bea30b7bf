//! The tail of a count, quickly: chance of more, chance of exactly so many; and normal points.

use crate::count::upper_tail;

/// Chance of more than `count`, and of exactly `count`: Poisson, or negative binomial with variance
/// mean + extra. Adds up the chances up to 600, beyond that by the incomplete beta function.
pub(super) fn above_and_at(count: u32, mean: f64, extra: f64) -> (f64, f64) {
    if mean <= 0.0 {
        return if count == 0 { (0.0, 1.0) } else { (0.0, 0.0) };
    }
    if mean > 400.0 || count > 600 {
        let above = upper_tail(u64::from(count) + 1, mean, extra);
        return (above, (upper_tail(u64::from(count), mean, extra) - above).max(0.0));
    }
    let size = if extra > 1e-6 * mean { mean * mean / extra } else { f64::INFINITY };
    let (mut at, odds) = if size.is_finite() {
        ((-size * (mean / size).ln_1p()).exp(), mean / (size + mean))
    } else {
        ((-mean).exp(), 0.0)
    };
    let mut below = 0.0;
    for k in 0..count {
        below += at;
        let k = f64::from(k);
        at *= if size.is_finite() { (size + k) * odds / (k + 1.0) } else { mean / (k + 1.0) };
    }
    ((1.0 - below - at).max(0.0), at)
}

/// The standard normal point with chance `p` above it (Wichura 1988, AS 241, seven digits: PPND7).
pub(super) fn normal_above(p: f64) -> f64 {
    let p = p.clamp(1e-12, 1.0 - 1e-12);
    let q = 0.5 - p;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * (((59.109_374_72 * r + 159.291_132_02) * r + 50.434_271_938) * r + 3.387_132_717_9)
            / (((67.187_563_6 * r + 78.757_757_664) * r + 17.895_169_469) * r + 1.0);
    }
    let r = (-p.min(1.0 - p).ln()).sqrt();
    let z = if r <= 5.0 {
        let r = r - 1.6;
        (((0.170_238_210_3 * r + 1.306_728_481_6) * r + 2.756_815_39) * r + 1.423_437_277_7)
            / ((0.120_211_321_75 * r + 0.737_001_642_5) * r + 1.0)
    } else {
        let r = r - 5.0;
        (((0.017_337_203_997 * r + 0.428_682_943_37) * r + 3.081_226_386) * r + 6.657_905_115)
            / ((0.012_258_202_635 * r + 0.241_978_942_55) * r + 1.0)
    };
    if q < 0.0 { -z } else { z }
}
