//! The public benchmark: nobody looks ahead, the peers find what is there, and the words are honest.

use picture::backtest::panel::Panel;
use picture::backtest::{self, Backtest, BacktestAsk, Place, rows};
use picture::history::day_of;
use picture::peers::{Peers, peers};
use picture::{Ewma, Model};

/// The models that can be asked for.
fn models() -> Vec<(&'static str, Box<dyn Model>)> {
    backtest::MODELS.iter().filter_map(|name| Some((*name, backtest::model(name)?))).collect()
}

const WEEKS: i32 = 70;

fn start() -> i32 {
    day_of(2016, 1, 4) // a Monday
}

fn test_start() -> i32 {
    start() + 7 * (WEEKS - 4)
}

/// Seventy weeks over 30 cells: one busy, some quiet; the same numbers each time.
fn town(seed: u64) -> Vec<Place> {
    let mut state = seed;
    let mut draw = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut out = Vec::new();
    for day in start()..start() + 7 * WEEKS {
        for _ in 0..8 {
            let (a, b) = (draw(6), draw(5));
            let cell = if draw(3) == 0 { (3, 3) } else { (a * b / 5, b) };
            let within = |d: &mut dyn FnMut(u64) -> u64| 0.0003 + d(20) as f64 * 1e-4;
            let lon = 4.65 + 0.00296 * cell.0 as f64 + within(&mut draw);
            let lat = 52.5 + 0.0018 * cell.1 as f64 + 0.7 * within(&mut draw);
            out.push(Place { day, hour: draw(24) as u8, lon, lat });
        }
    }
    out.push(Place { lon: 4.65, lat: 52.5, ..out[0] }); // the corner from which the grid is laid
    out
}

fn run(places: &[Place], ask: &BacktestAsk) -> Backtest {
    backtest::backtest(places, &[("ewma", &Ewma::default())], ask)
}

#[test]
fn no_peer_looks_past_the_origin() {
    let ask = BacktestAsk::new(test_start(), 4);
    let places = town(1);
    let origin = (WEEKS - 3) as usize;
    let cut = test_start() + 7;
    // What happens from the origin on is turned upside down: other days, other hours, other places.
    let mut other = places.clone();
    for p in other.iter_mut().filter(|p| p.day >= cut) {
        p.day = cut + (p.day - cut + 11) % 21;
        p.hour = 23 - p.hour;
        (p.lon, p.lat) = (4.65 + 0.5 * (4.675 - p.lon).abs(), 52.508 - 0.5 * (p.lat - 52.5));
    }
    let (a, b) = (Panel::of(&places, &ask).unwrap(), Panel::of(&other, &ask).unwrap());
    for (mut one, mut two) in peers(Peers::All).into_iter().zip(peers(Peers::All)) {
        let tuning = origin - 10..origin;
        one.tune(&a.before(origin), tuning.clone());
        two.tune(&b.before(origin), tuning);
        assert_eq!(one.name(), two.name());
        let rates = one.rates(&a.before(origin));
        assert_eq!(rates, two.rates(&b.before(origin)), "{}", one.name());
        let sum: f64 = rates.iter().sum();
        assert!(rates.iter().all(|r| r.is_finite() && *r >= 0.0), "{}", one.name());
        assert!((20.0..120.0).contains(&sum), "{}: {sum} of about 56", one.name());
        // The busy cell is the first (or shares that place), unless only one week was looked at.
        let busy = a.before(origin).cells().iter().position(|c| (c.x, c.y) == (3, 3)).unwrap();
        let most = rates.iter().copied().fold(0.0, f64::max);
        assert!(one.name() == "last week" || rates[busy] == most, "{}: {} of {most}", one.name(), rates[busy]);
    }
}

#[test]
fn the_forecasts_of_the_first_origin_do_not_know_the_test() {
    let mut ask = BacktestAsk::new(test_start(), 4);
    ask.slots = true;
    let places = town(2);
    let first = |b: &Backtest| b.forecasts.iter().filter(|r| r.origin == test_start()).copied().collect::<Vec<_>>();
    let moved = |by: i32| -> Vec<Place> {
        places.iter().map(|p| Place { day: if p.day < test_start() { p.day } else { p.day + by }, ..*p }).collect()
    };
    let before: Vec<Place> = places.iter().filter(|p| p.day < test_start()).copied().collect();
    assert_eq!(models().len(), backtest::MODELS.len());
    for (name, model) in models() {
        let run = |places: &[Place]| backtest::backtest(places, &[(name, &*model)], &ask);
        let known = run(&places);
        assert_eq!(first(&known), first(&run(&moved(14))), "{name}");
        // With the test's events after the test, or not there at all: the same forecasts for every week.
        assert_eq!(run(&before).forecasts, run(&moved(28)).forecasts, "{name}");
        assert_ne!(known.forecasts, run(&before).forecasts, "{name}");
        // Week by week: what a week is told does not change with what comes after it.
        let until = |weeks: i32| -> Vec<Place> {
            places.iter().filter(|p| p.day < test_start() + 7 * weeks).copied().collect()
        };
        for weeks in 1..4 {
            let cut = run(&until(weeks));
            let told = |b: &Backtest| -> Vec<_> {
                b.forecasts.iter().filter(|r| r.origin <= test_start() + 7 * weeks).copied().collect()
            };
            assert_eq!(told(&known), told(&cut), "{name}, {weeks} weeks");
        }
    }
}

#[test]
fn all_cells_are_written_and_the_same_twice() {
    let mut ask = BacktestAsk::new(test_start(), 4);
    (ask.slots, ask.peers) = (true, Peers::None);
    let mut places = town(3);
    places.push(Place { day: start() + 8, hour: 1, lon: 4.69, lat: 52.52 }); // once, long ago
    let b = run(&places, &ask);
    let write = |b: &Backtest| {
        let mut out = Vec::new();
        b.forecasts.iter().for_each(|r| rows::write(r, &mut out));
        out
    };
    assert_eq!(b.forecasts.len(), 4 * b.cells * 29);
    assert_eq!(write(&b), write(&run(&places, &ask)));
    // In another order of the rows, too.
    for (name, model) in models() {
        let run = |places: &[Place]| write(&backtest::backtest(places, &[(name, &*model)], &ask));
        let straight = run(&places);
        let mut other = places.clone();
        other.reverse();
        other.rotate_left(777);
        assert!(straight == run(&other), "{name}");
    }
    assert_eq!((b.lines.len(), b.differences.len(), b.times.len()), (1, 0, 1));
    assert!(b.words()[0].contains("Not compared"));
}

#[test]
fn a_cell_that_is_seen_only_in_a_lead_week_is_listed_and_not_scored() {
    let mut ask = BacktestAsk::new(test_start(), 4);
    ask.skip_weeks = vec![test_start() + 7];
    let mut places = town(4);
    places.push(Place { day: test_start() - 3, hour: 1, lon: 4.69, lat: 52.52 });
    let b = run(&places, &ask);
    let plain = run(&town(4), &ask);
    assert_eq!((b.train_weeks, b.test_weeks, b.cells), (WEEKS as u32 - 5, 4, plain.cells));
    assert_eq!((b.forecasts.len(), b.outside), (4 * (b.cells + 1), 1));
    assert_eq!(b.forecasts[0].origin, test_start() - 7);
    let there = |origin: i32| {
        let rows = b.forecasts.iter().filter(|r| r.origin == origin && r.cx > 8);
        rows.map(|r| r.expected).sum::<f64>()
    };
    assert!(there(test_start() - 7) == 0.0 && there(test_start()) > 0.0);
}

/// A model that says what it is told: the worst of all, and one that knows the truth of this town.
struct Flat(f64);

impl Model for Flat {
    fn expect(&self, history: &picture::History, ask: &picture::Ask) -> picture::Forecast {
        Ewma::default().expect(history, ask)
    }

    fn expect_cells(&self, history: &picture::History, _: &picture::Ask) -> Vec<(picture::Cell, picture::Total)> {
        let t = picture::Total { expected: self.0, low90: 0.0, high90: 9.0 };
        history.cells().map(|c| (c, t)).collect()
    }
}

#[test]
fn the_words_say_when_the_model_is_no_better() {
    let ask = BacktestAsk::new(test_start() - 7 * 8, 12);
    let places = town(5);
    let b = backtest::backtest(&places, &[("flat", &Flat(2.0)), ("ewma", &Ewma::default())], &ask);
    let words = b.words().join("\n");
    assert!(words.contains("worse than last year's counts at 1, 3, 5, 10 %"), "{words}");
    assert!(words.contains("further off than last year's"), "{words}");
    // Nothing changes in this town: a short memory has nothing to gain.
    let words = run(&places, &ask).words().join("\n");
    assert!(words.contains("no better than by last year's counts"), "{words}");
    let text = b.text();
    for part in ["Where: ", "How many: ", "flat minus ..", "last 52 weeks", "EWMA, half-life"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    let csv = b.csv();
    let widths: Vec<usize> = csv.lines().map(|l| l.replace("EWMA, half", "EWMA half").split(',').count()).collect();
    assert!(widths.len() == 6 && widths.iter().all(|w| *w == widths[0]), "{csv}");
}
