//! What a plan says of a crew and its stops: why, when, what it brings and what a choice costs.

use super::subject;
use crate::round::candidates::Place;
use crate::round::draft::{Crew, Draft, Stop, Tour};
use crate::round::web::letter;
use crate::round::words::sentences;
use crate::shift::OnShift;
use kit::Words;
use signals::Catalogue;
use site::Cx;

/// A crew as the page shows it.
pub(super) struct CrewRow {
    pub(super) letter: char,
    pub(super) colour: usize,
    pub(super) number: usize,
    pub(super) officers: String,
    pub(super) mode: String,
    pub(super) times: String,
    pub(super) ordered: bool,
    pub(super) order_cost: String,
    pub(super) stops: Vec<StopRow>,
}

/// A stop as the page shows it.
pub(super) struct StopRow {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) time: String,
    pub(super) title: String,
    pub(super) subject: String,
    pub(super) why: String,
    pub(super) now: String,
    pub(super) gain: String,
    pub(super) way: String,
    pub(super) rest: bool,
    pub(super) late: bool,
    pub(super) locked: bool,
    pub(super) cost: String,
    pub(super) first: bool,
    pub(super) last: bool,
    pub(super) others: Vec<(usize, String)>,
}

/// Hundredths of a point in words: `3,2`.
#[allow(clippy::cast_precision_loss, reason = "points are few")]
pub(in crate::round::web) fn points(words: &Words, hundredths: i64) -> String {
    words.number(hundredths as f64 / 100.0, 1)
}

/// Whole minutes of so many seconds, rounded up: who leaves on time is not late.
fn minutes(seconds: i64) -> i64 {
    (seconds + 59).div_euclid(60)
}

/// What a plan says of one crew and its stops.
pub(super) struct Sayer<'a> {
    pub(super) cx: &'a Cx,
    pub(super) draft: &'a Draft,
    pub(super) catalogue: &'a Catalogue,
    pub(super) today: i32,
    pub(super) officers: &'a [OnShift],
}

impl Sayer<'_> {
    pub(super) fn why(&self, place: &Place) -> String {
        sentences(&self.cx.words, self.catalogue, &place.why, self.today)
    }

    pub(super) fn crew(&self, number: usize, crew: &Crew, tour: &Tour) -> CrewRow {
        let words = &self.cx.words;
        let who: Vec<&str> =
            self.officers.iter().filter(|o| crew.officers.contains(&o.account_id)).map(|o| o.name.as_str()).collect();
        let last = tour.stops.len();
        let mut visits = 0;
        let stops = (1..).zip(&tour.stops).map(|(n, stop)| {
            let place = self.draft.place(&stop.key);
            visits += usize::from(place.is_some());
            self.stop((number, visits, crew), stop, place, (n == 1, n == last))
        });
        let stops: Vec<StopRow> = stops.collect();
        CrewRow {
            letter: letter(number),
            colour: number % 6 + 1,
            number,
            officers: who.join(", "),
            mode: words.t(&format!("patrol-mode-{}", crew.mode)),
            times: words.ta(
                "patrol-crew-times",
                &[
                    ("visits", i64::try_from(visits).unwrap_or(0).into()),
                    ("leave", words.time(self.draft.from).into()),
                    ("back", words.time(self.draft.at(tour.back)).into()),
                    ("min", minutes(tour.travel).into()),
                ],
            ),
            ordered: self.draft.orders.contains_key(&number),
            order_cost: self.cost(&Draft::order_key(number)),
            stops,
        }
    }

    /// What a choice costs, in words; empty while it is not known.
    pub(super) fn cost(&self, key: &str) -> String {
        match self.draft.costs.get(key) {
            None => String::new(),
            Some(..5) => self.cx.t("patrol-cost-none"),
            Some(cost) => self.cx.words.t1("patrol-cost", "points", &points(&self.cx.words, *cost)),
        }
    }

    fn stop(
        &self,
        (crew, visit, who): (usize, usize, &Crew),
        stop: &Stop,
        place: Option<&Place>,
        (first, last): (bool, bool),
    ) -> StopRow {
        let (words, draft) = (&self.cx.words, self.draft);
        let others = (0..draft.crews.len()).filter(|n| *n != crew && place.is_some());
        StopRow {
            key: stop.key.clone(),
            label: if place.is_some() { format!("{}{visit}", letter(crew)) } else { "\u{2013}".to_owned() },
            time: format!("{} - {}", words.time(draft.at(stop.begin)), words.time(draft.at(stop.leave))),
            title: place.map_or_else(|| words.t("patrol-rest"), |p| p.title.clone()),
            subject: place.map(|p| subject(self.cx, p.kind, p.category.as_deref())).unwrap_or_default(),
            why: match place {
                Some(place) => self.why(place),
                None => draft.point(stop.place).map_or_else(String::new, |p| words.t(draft.rest_words(p))),
            },
            now: self.now(stop, place),
            gain: self.gain(&stop.key),
            way: self.way(who, stop),
            rest: place.is_none(),
            late: stop.slack < 0,
            locked: draft.pins.contains_key(&stop.key),
            cost: self.cost(&stop.key),
            first,
            last,
            others: others.map(|n| (n, letter(n).to_string())).collect(),
        }
    }

    /// How one gets there, and how long one waits.
    fn way(&self, who: &Crew, stop: &Stop) -> String {
        let words = &self.cx.words;
        let way = words.tn(&format!("patrol-way-{}", who.mode), minutes(i64::from(stop.travel)));
        match (stop.begin - stop.arrive) / 60 {
            ..1 => way,
            wait => words.ta("patrol-way-wait", &[("way", way.into()), ("min", i64::from(wait).into())]),
        }
    }

    /// Why at this moment: the hours that it must lie in, and how much room there is.
    fn now(&self, stop: &Stop, place: Option<&Place>) -> String {
        let words = &self.cx.words;
        let window = place.and_then(|p| p.windows.iter().find(|(open, close)| (*open..=*close).contains(&stop.begin)));
        let mut parts = Vec::new();
        if let Some((open, close)) = window {
            let time = |seconds: i32| words.time(self.draft.at(seconds));
            parts.push(
                words.ta("patrol-now-window", &[("from", time((*open).max(0)).into()), ("to", time(*close).into())]),
            );
        }
        if let Some((_, from, until)) = self.draft.rest.filter(|_| place.is_none()) {
            let time = |seconds: i32| words.time(self.draft.at(seconds));
            parts.push(words.ta("patrol-now-rest", &[("from", time(from).into()), ("to", time(until).into())]));
        }
        parts.push(match stop.slack / 60 {
            _ if stop.slack < 0 => words.t("patrol-now-late"),
            ..2 => words.t("patrol-now-tight"),
            slack => words.tn("patrol-now-slack", i64::from(slack)),
        });
        parts.join(" ")
    }

    /// What falls away without the visit.
    fn gain(&self, key: &str) -> String {
        let Some(gain) = self.draft.gains.get(key) else { return String::new() };
        let words = &self.cx.words;
        let titles: Vec<&str> =
            gain.instead.iter().filter_map(|key| self.draft.place(key)).map(|p| p.title.as_str()).take(2).collect();
        let points = points(words, gain.score);
        if titles.is_empty() {
            words.t1("patrol-gain", "points", &points)
        } else {
            words.ta("patrol-gain-instead", &[("points", points.into()), ("places", titles.join(", ").into())])
        }
    }
}
