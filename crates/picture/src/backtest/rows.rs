//! The forecast file: `origin,cx,cy,expected,low90,high90,slot`, written a few million rows a second.

use super::Row;
use crate::history::civil;

/// The head of the file.
pub const HEAD: &str = "origin,cx,cy,expected,low90,high90,slot\n";

/// As the file says it: nine decimals. What is scored is what is written.
pub(super) fn rounded(value: f64) -> f64 {
    nano(value) as f64 / 1e9
}

fn nano(value: f64) -> u64 {
    (value.max(0.0) * 1e9).round_ties_even() as u64
}

/// Adds one row.
pub fn write(row: &Row, out: &mut Vec<u8>) {
    date(row.origin, out);
    out.push(b',');
    whole(i64::from(row.cx), out);
    out.push(b',');
    whole(i64::from(row.cy), out);
    out.push(b',');
    decimal(row.expected, out);
    out.push(b',');
    if let Some((low, high)) = row.interval {
        decimal(low, out);
        out.push(b',');
        decimal(high, out);
    } else {
        out.push(b',');
    }
    out.push(b',');
    if let Some(slot) = row.slot {
        whole(i64::from(slot), out);
    }
    out.push(b'\n');
}

/// `2018-01-31` of a day since 1970-01-01.
pub fn iso(day: i32) -> String {
    let mut out = Vec::with_capacity(10);
    date(day, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

fn date(day: i32, out: &mut Vec<u8>) {
    let (year, month, date) = civil(day);
    digits(year.unsigned_abs().into(), 4, out);
    out.push(b'-');
    digits(month.into(), 2, out);
    out.push(b'-');
    digits(date.into(), 2, out);
}

fn whole(value: i64, out: &mut Vec<u8>) {
    if value < 0 {
        out.push(b'-');
    }
    digits(value.unsigned_abs(), 1, out);
}

fn decimal(value: f64, out: &mut Vec<u8>) {
    let nano = nano(value);
    digits(nano / 1_000_000_000, 1, out);
    let mut rest = nano % 1_000_000_000;
    if rest > 0 {
        let mut width = 9;
        while rest.is_multiple_of(10) {
            (rest, width) = (rest / 10, width - 1);
        }
        out.push(b'.');
        digits(rest, width, out);
    }
}

/// At least `width` digits, with zeros in front.
fn digits(mut value: u64, width: usize, out: &mut Vec<u8>) {
    let mut text = [b'0'; 20];
    let mut at = text.len();
    while value > 0 || at > text.len() - width {
        at -= 1;
        text[at] = b'0' + (value % 10) as u8;
        value /= 10;
    }
    out.extend_from_slice(&text[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_back_as_they_were_scored() {
        let row = |expected, interval, slot| Row { origin: 17_532, cx: -3, cy: 120, expected, interval, slot };
        for (row, text) in [
            (row(0.0, Some((0.0, 1.0)), None), "2018-01-01,-3,120,0,0,1,\n"),
            (row(12.5, Some((7.0, 19.0)), None), "2018-01-01,-3,120,12.5,7,19,\n"),
            (row(0.000_000_001, None, Some(0)), "2018-01-01,-3,120,0.000000001,,,0\n"),
            (row(1_234.000_6, None, Some(27)), "2018-01-01,-3,120,1234.0006,,,27\n"),
            (row(1e-12, None, Some(5)), "2018-01-01,-3,120,0,,,5\n"),
        ] {
            let mut out = Vec::new();
            write(&row, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), text);
        }
        for value in [0.1, 1.0 / 3.0, 0.051_234_567_89, 77.123_456_789, 4e5 / 7.0] {
            let mut out = Vec::new();
            decimal(rounded(value), &mut out);
            let read: f64 = std::str::from_utf8(&out).unwrap().parse().unwrap();
            assert_eq!(read, rounded(value));
        }
        assert_eq!(iso(-1), "1969-12-31");
    }
}
