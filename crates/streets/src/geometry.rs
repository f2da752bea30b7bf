//! Points and lengths on the earth.

/// Longitude and latitude in ten-millionths of a degree (WGS84): about a centimetre, as OpenStreetMap keeps them.
pub(crate) type Point = [i32; 2];

/// Mean radius of the earth in metres (IUGG).
const RADIUS: f64 = 6_371_008.8;

/// A point from degrees.
pub(crate) fn point(lon: f64, lat: f64) -> Point {
    [(lon * 1e7).round() as i32, (lat * 1e7).round() as i32]
}

/// Degrees of a point.
pub(crate) fn degrees([lon, lat]: Point) -> (f64, f64) {
    (f64::from(lon) / 1e7, f64::from(lat) / 1e7)
}

/// Metres between two places along the great circle (haversine).
pub(crate) fn metres((lon1, lat1): (f64, f64), (lon2, lat2): (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let h = half(lat1, lat2) + lat1.to_radians().cos() * lat2.to_radians().cos() * half(lon1, lon2);
    2.0 * RADIUS * h.sqrt().min(1.0).asin()
}

/// Metres along a line.
pub(crate) fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|w| metres(degrees(w[0]), degrees(w[1]))).sum()
}

/// The part of a line between two shares of its length, in that direction; `from` greater than `to` goes back.
pub(crate) fn part(line: &[Point], from: f64, to: f64) -> Vec<(f64, f64)> {
    let total = length(line);
    let (low, high) = (from.min(to) * total, from.max(to) * total);
    let mut out = Vec::new();
    let mut before = 0.0;
    for pair in line.windows(2) {
        let (a, b) = (degrees(pair[0]), degrees(pair[1]));
        let piece = metres(a, b);
        let at = |metres: f64| {
            let share = if piece > 0.0 { ((metres - before) / piece).clamp(0.0, 1.0) } else { 0.0 };
            (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1))
        };
        if before + piece >= low && before <= high {
            out.extend([at(low), at(high)]);
        }
        before += piece;
    }
    out.dedup();
    if from > to {
        out.reverse();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_line_goes_both_ways() {
        let line = [point(4.0, 52.0), point(4.0, 52.01), point(4.0, 52.02)];
        assert!((length(&line) - 2_223.9).abs() < 0.1);
        let near = |found: Vec<(f64, f64)>, expected: &[f64]| {
            assert_eq!(found.len(), expected.len(), "{found:?}");
            assert!(found.iter().zip(expected).all(|(f, e)| (f.1 - e).abs() < 1e-6), "{found:?}");
        };
        near(part(&line, 0.25, 0.75), &[52.005, 52.01, 52.015]);
        near(part(&line, 0.75, 0.25), &[52.015, 52.01, 52.005]);
        near(part(&line, 0.6, 0.9), &[52.012, 52.018]);
        near(part(&line, 0.0, 1.0), &[52.0, 52.01, 52.02]);
    }
}
