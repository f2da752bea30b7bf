//! An alarm in words: what and where, how much above what was expected, since when, and how sure.

use super::{Alarm, Found, Kind, State};
use crate::wording::{Badge, Wording};
use kit::clock::day_date;
use site::layers::encode;

/// Neighbourhoods that a title names.
const NAMED: usize = 2;
/// A count below this is told with a decimal.
const SMALL: f64 = 10.0;

/// An alarm as pages show it.
pub(crate) struct AlarmLine {
    /// What and where.
    pub(crate) title: String,
    /// The alarm itself.
    pub(crate) href: String,
    /// What kind of rise.
    pub(crate) kind: String,
    /// Where it stands.
    pub(crate) state: Badge,
    /// How many, against what was expected.
    pub(crate) text: String,
    /// Since when.
    pub(crate) since: String,
    /// How many of such alarms are chance.
    pub(crate) sure: String,
}

impl AlarmLine {
    /// The words of an alarm.
    pub(crate) fn of(alarm: &Alarm, wording: &Wording) -> Self {
        let (words, f) = (&wording.words, &alarm.found);
        let number = |v: f64| words.number(v, usize::from(v < SMALL));
        let text = [
            ("n", i64::try_from(f.observed).unwrap_or(i64::MAX).into()),
            ("observed", words.whole(i64::try_from(f.observed).unwrap_or(i64::MAX)).into()),
            ("expected", number(f.expected).into()),
            ("ratio", number(f.ratio).into()),
            ("low", number(f.low).into()),
            ("high", number(f.high).into()),
        ];
        // A ratio to next to nothing says nothing.
        let key = if f.expected < 1.0 { "alarm-text-rare" } else { "alarm-text" };
        let sure = match f.q {
            q if q < 0.01 => words.t("alarm-sure"),
            q => words.t1("alarm-q", "n", &words.number((q * 100.0).ceil(), 0)),
        };
        Self {
            title: title(f, wording),
            href: format!("/alarms/{}", alarm.id),
            kind: words.t(&format!("alarm-kind-{}", f.kind)),
            state: state(alarm, wording),
            text: words.ta(key, &text),
            since: since(f, wording),
            sure,
        }
    }
}

/// `Zwerfvuil in Oosterwijk en 2 andere buurten`.
pub(crate) fn title(f: &Found, wording: &Wording) -> String {
    let words = &wording.words;
    let group = if f.group.is_empty() { words.t("alarm-all-kinds") } else { wording.group(&f.group) };
    let names: Vec<String> = f.areas.iter().take(NAMED).map(|code| wording.area(code)).collect();
    let more = f.areas.len().saturating_sub(NAMED);
    let mut place = if names.is_empty() { words.t("picture-no-area") } else { names.join(", ") };
    if more > 0 {
        place = words.ta("alarm-and-more", &[("names", place.into()), ("n", (more as i64).into())]);
    }
    words.ta("alarm-name", &[("group", group.into()), ("place", place.into())])
}

fn since(f: &Found, wording: &Wording) -> String {
    let words = &wording.words;
    match f.kind {
        Kind::Cluster => words.ta(
            "alarm-since-cluster",
            &[("day", words.day(day_date(f.since)).into()), ("n", (f.cells.len() as i64).into())],
        ),
        Kind::Sudden | Kind::Lasting => words.t1("alarm-since-week", "day", &words.day(day_date(f.since))),
    }
}

fn state(alarm: &Alarm, wording: &Wording) -> Badge {
    let (tone, key) = match (alarm.state, alarm.ended_on, alarm.returned_on) {
        (State::Real, ..) => ("late", "alarm-state-real"),
        (State::Explained, ..) => ("ok", "alarm-state-explained"),
        (State::Watch, None, _) => ("info", "alarm-state-watch"),
        (State::Open | State::Watch, Some(_), _) => ("off", "alarm-state-past"),
        (State::Open, None, Some(_)) => ("soon", "alarm-state-back"),
        (State::Open, None, None) => ("soon", "alarm-state-open"),
    };
    Badge { tone, text: wording.words.t(key) }
}

/// The reports behind an alarm in the list of signals, per neighbourhood: name and address.
pub(crate) fn reports(f: &Found, wording: &Wording) -> Vec<(String, String)> {
    let known = wording.catalogue.mains.iter().any(|m| m.id == f.group);
    let main = if known { format!("&main={}", encode(&f.group)) } else { String::new() };
    let (from, to) = (day_date(f.since), day_date(f.until));
    let link = |code: &String| format!("/signals?state=all&area={}{main}&from={from}&to={to}", encode(code));
    f.areas.iter().map(|code| (wording.area(code), link(code))).collect()
}
