//! Special functions behind the intervals: gamma, beta and normal distribution functions and their
//! inverses. Sources: Lanczos (1964) for ln gamma; Press et al., Numerical Recipes 6.2 and 6.4, for
//! the incomplete gamma and beta functions; inverses by bisection on the distribution function
//! itself, which the tests hold to 1e-8.

/// Natural logarithm of the gamma function for x > 0 (Lanczos, g = 7, n = 9).
pub(crate) fn ln_gamma(x: f64) -> f64 {
    const C: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        let s = (std::f64::consts::PI * x).sin();
        return (std::f64::consts::PI / s).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let t = x + 7.5;
    let mut a = 0.999_999_999_999_809_9;
    for (i, c) in C.iter().enumerate() {
        a += c / (x + i as f64 + 1.0);
    }
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + a.ln()
}

/// Regularised lower incomplete gamma function P(a, x): the chance that a gamma variable of shape a
/// stays below x.
pub(crate) fn gamma_p(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        for _ in 0..10_000 {
            n += 1.0;
            term *= x / n;
            sum += term;
            if term < sum * 1e-16 {
                break;
            }
        }
        return (sum * front).min(1.0);
    }
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..10_000 {
        let an = -f64::from(i) * (f64::from(i) - a);
        b += 2.0;
        d = 1.0 / nudge(an * d + b);
        c = nudge(b + an / c);
        let delta = d * c;
        h *= delta;
        if (delta - 1.0).abs() < 1e-16 {
            break;
        }
    }
    1.0 - front * h
}

fn nudge(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// The x with P(a, x) = p.
pub(crate) fn gamma_quantile(a: f64, p: f64) -> f64 {
    // Wilson-Hilferty as the start, then Newton steps kept inside a bracket.
    let z = normal_quantile(p);
    let w = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * a.sqrt());
    let mut x = (a * w * w * w).max(a * 1e-3);
    let (mut low, mut high) = (0.0, f64::INFINITY);
    for _ in 0..300 {
        let gap = gamma_p(a, x) - p;
        if gap < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let density = ((a - 1.0) * x.ln() - x - ln_gamma(a)).exp();
        let mut next = x - gap / density;
        if !(next > low && next < high) {
            next = if high.is_finite() { 0.5 * (low + high) } else { 2.0 * x };
        }
        if (next - x).abs() <= 1e-13 * x {
            break;
        }
        x = next;
    }
    x
}

/// Regularised incomplete beta function I_x(a, b).
pub(crate) fn beta_inc(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    }
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / nudge(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..2_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / nudge(1.0 + even * d);
        c = nudge(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / nudge(1.0 + odd * d);
        c = nudge(1.0 + odd / c);
        let delta = d * c;
        h *= delta;
        if (delta - 1.0).abs() < 1e-15 {
            break;
        }
    }
    h
}

/// The x with I_x(a, b) = p.
pub(crate) fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    bisect(0.0, 1.0, |x| beta_inc(a, b, x) < p)
}

/// The z with standard normal distribution function p.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    let p = p.clamp(1e-300, 1.0 - 1e-16);
    bisect(-40.0, 40.0, |z| normal_cdf(z) < p)
}

/// Standard normal distribution function, through P(1/2, z^2/2).
pub(crate) fn normal_cdf(z: f64) -> f64 {
    let tail = 0.5 * gamma_p(0.5, z * z / 2.0);
    if z < 0.0 { 0.5 - tail } else { 0.5 + tail }
}

/// The turning point of a monotone condition, to the last bits.
pub(crate) fn bisect(mut low: f64, mut high: f64, below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high || high - low <= 1e-13 * high.abs() {
            break;
        }
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() <= tolerance, "{a} is not {b}");
    }

    #[test]
    fn known_values() {
        near(ln_gamma(1.0), 0.0, 1e-12);
        near(ln_gamma(10.0), 362_880f64.ln(), 1e-10);
        near(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln(), 1e-12);
        near(gamma_p(1.0, 1.0), 1.0 - (-1.0f64).exp(), 1e-13);
        near(normal_quantile(0.975), 1.959_963_984_540_054, 1e-9);
        near(normal_quantile(0.05), -1.644_853_626_951_472_7, 1e-9);
        near(normal_cdf(-3.0), 0.001_349_898_031_630_09, 1e-12);
        // chi-square(2k) / 2 at 0.975: k = 1 and k = 11
        near(gamma_quantile(1.0, 0.975), 3.688_879_454_113_936, 1e-9);
        near(gamma_quantile(11.0, 0.975), 18.390_356, 1e-5);
        // I_x(1, b) = 1 - (1 - x)^b
        near(beta_inc(1.0, 5.0, 0.3), 1.0 - 0.7f64.powi(5), 1e-13);
        near(beta_quantile(1.0, 5.0, 0.5), 1.0 - 0.5f64.powf(0.2), 1e-10);
        near(beta_inc(50.0, 60.0, 0.45), 1.0 - beta_inc(60.0, 50.0, 0.55), 1e-12);
    }

    #[test]
    fn quantiles_invert_the_distribution() {
        for a in [0.3, 1.0, 4.0, 40.0, 900.0] {
            for p in [0.001, 0.025, 0.5, 0.95, 0.999] {
                near(gamma_p(a, gamma_quantile(a, p)), p, 1e-9);
                near(beta_inc(a, 3.0, beta_quantile(a, 3.0, p)), p, 1e-8);
            }
        }
    }
}
