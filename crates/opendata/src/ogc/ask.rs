//! Parameters of items, read as the standard says: a wrong one is refused, never ignored.

use super::{Params, Refused, bad};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kit::{At, Municipality};

/// Features when nobody says how many.
pub(super) const LIMIT: i64 = 100;
/// Most features of an answer; who asks for more gets this many (requirement `fc-limit-response-1`).
pub(super) const MOST: i64 = 1000;

/// `limit`: from 1 on.
pub(super) fn limit(params: &Params) -> Result<i64, Refused> {
    match params.get("limit") {
        None => Ok(LIMIT),
        Some(text) => match text.parse::<u64>() {
            Ok(0) | Err(_) => Err(bad("parameter `limit` is a whole number from 1")),
            Ok(n) => Ok(i64::try_from(n).unwrap_or(MOST).min(MOST)),
        },
    }
}

/// `offset`: from 0 on.
pub(super) fn offset(params: &Params) -> Result<usize, Refused> {
    let wrong = |_| bad("parameter `offset` is a whole number from 0");
    params.get("offset").map_or(Ok(0), |text| text.parse().map_err(wrong))
}

/// `bbox`: four numbers in CRS84, or six of which the heights do not count. A box whose west lies east of its east
/// crosses the antimeridian; the half in which the municipality lies counts.
pub(super) fn bbox(params: &Params, municipality: &Municipality) -> Result<Option<[f64; 4]>, Refused> {
    let Some(text) = params.get("bbox") else { return Ok(None) };
    let wrong = || bad("parameter `bbox` is four or six numbers: west,south,east,north");
    let numbers: Vec<f64> = text
        .split(',')
        .map(|n| n.trim().parse().ok().filter(|n: &f64| n.is_finite()))
        .collect::<Option<_>>()
        .ok_or_else(wrong)?;
    let [west, south, east, north] = match numbers.as_slice() {
        [w, s, e, n] | [w, s, _, e, n, _] => [*w, *s, *e, *n],
        _ => return Err(wrong()),
    };
    let on_earth = [west, east].iter().all(|d| (-180.0..=180.0).contains(d))
        && [south, north].iter().all(|d| (-90.0..=90.0).contains(d));
    if !on_earth || south > north {
        return Err(wrong());
    }
    Ok(Some(match west <= east {
        true => [west, south, east, north],
        false if municipality.file.centre[0] >= west => [west, south, 180.0, north],
        false => [-180.0, south, east, north],
    }))
}

/// `datetime`: an instant, or an interval with `..` or nothing for an open end (RFC 3339). Gives the first microsecond
/// that counts and the first that does not.
pub(super) fn datetime(params: &Params) -> Result<(Option<At>, Option<At>), Refused> {
    let Some(text) = params.get("datetime") else { return Ok((None, None)) };
    let wrong = || bad("parameter `datetime` is an instant or an interval of RFC 3339, e.g. 2024-01-01T00:00:00Z/..");
    let (from, to) = text.split_once('/').unwrap_or((text, text));
    let end = |text: &str| -> Result<Option<(At, At)>, Refused> {
        match text {
            "" | ".." => Ok(None),
            text => span(text).map(Some).ok_or_else(wrong),
        }
    };
    let (from, to) = (end(from)?, end(to)?);
    if !text.contains('/') && from.is_none() || from.zip(to).is_some_and(|(from, to)| to.0 < from.0) {
        return Err(wrong());
    }
    Ok((from.map(|f| f.0), to.map(|t| t.1)))
}

/// An instant or a day (in UTC), as the first microsecond of it and the first after it.
fn span(text: &str) -> Option<(At, At)> {
    if let Ok(instant) = text.to_ascii_uppercase().parse::<jiff::Timestamp>() {
        return Some((At(instant), At::from_micros(instant.as_microsecond() + 1)));
    }
    let day: Date = text.parse().ok().filter(|_| text.len() == 10)?;
    let start = |day: Date| day.to_zoned(TimeZone::UTC).ok().map(|z| At(z.timestamp()));
    Some((start(day)?, start(day.tomorrow().ok()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(name: &str, value: &str) -> Params {
        Params(vec![(name.to_owned(), value.to_owned())])
    }

    #[test]
    fn datetimes_of_the_standard() {
        // OGC 17-069r4, 7.15.4: the examples, and what is no date.
        for (text, from, to) in [
            ("2018-02-12T23:20:52Z", Some("2018-02-12T23:20:52Z"), Some("2018-02-12T23:20:52.000001Z")),
            (
                "2018-02-12T00:00:00Z/2018-03-18T12:31:12Z",
                Some("2018-02-12T00:00:00Z"),
                Some("2018-03-18T12:31:12.000001Z"),
            ),
            ("2018-02-12T00:00:00Z/..", Some("2018-02-12T00:00:00Z"), None),
            ("../2018-03-18T12:31:12Z", None, Some("2018-03-18T12:31:12.000001Z")),
            ("2018-02-12T00:00:00Z/", Some("2018-02-12T00:00:00Z"), None),
            ("2018-02-12", Some("2018-02-12T00:00:00Z"), Some("2018-02-13T00:00:00Z")),
            ("2018-02-12T01:00:00+01:00/..", Some("2018-02-12T00:00:00Z"), None),
        ] {
            let read = datetime(&params("datetime", text)).unwrap();
            let at = |text: Option<&str>| text.map(|t| At(t.parse().unwrap()));
            assert_eq!(read, (at(from), at(to)), "{text}");
        }
        for text in ["", "..", "gisteren", "2018", "2018-13-01", "2018-03-18T00:00:00Z/2018-02-12T00:00:00Z", "a/b/c"] {
            assert!(datetime(&params("datetime", text)).is_err(), "{text}");
        }
    }

    #[test]
    fn boxes_and_limits() {
        let dir = testkit::root().join("config/heemskerk");
        let municipality = Municipality::read(&dir).unwrap();
        for (text, expected) in [
            ("4.6,52.4,4.7,52.6", Some([4.6, 52.4, 4.7, 52.6])),
            ("4.6,52.4,-10,4.7,52.6,100", Some([4.6, 52.4, 4.7, 52.6])),
            ("170,-90,10,90", Some([-180.0, -90.0, 10.0, 90.0])),
            ("0,-90,-170,90", Some([0.0, -90.0, 180.0, 90.0])),
            ("4.6,52.6,4.7,52.4", None),
            ("4.6,52.4,4.7", None),
            ("a,b,c,d", None),
            ("4.6,52.4,4.7,NaN", None),
            ("-181,0,0,0", None),
            ("", None),
        ] {
            assert_eq!(bbox(&params("bbox", text), &municipality).ok().flatten(), expected, "{text}");
        }
        for (text, expected) in
            [("1", Some(1)), ("100000", Some(MOST)), ("0", None), ("-1", None), ("x", None), ("", None)]
        {
            assert_eq!(limit(&params("limit", text)).ok(), expected, "{text}");
        }
    }
}
