use super::*;
use jiff::civil::date;
use jiff::{Timestamp, ToSpan as _};
use kit::Municipality;

/// Base of Heemskerk, and its cell.
pub(in crate::round) const HERE: (f64, f64) = (4.668, 52.5105);
const EVENING: &str = "2024-06-03T12:30:00Z";

pub(in crate::round) struct Town {
    municipality: Municipality,
    pub(in crate::round) config: PatrolConfig,
    catalogue: Catalogue,
    pub(in crate::round) atlas: Atlas,
    sheet: Sheet,
}

pub(in crate::round) fn town() -> Town {
    let folder = testkit::root().join("config/heemskerk");
    let municipality = Municipality::read(&folder).unwrap();
    let atlas = Atlas::new(&municipality.file);
    Town {
        config: PatrolConfig::read(&folder).unwrap(),
        catalogue: crate::tests::catalogue(&folder),
        sheet: crate::tests::square_sheet(),
        atlas,
        municipality,
    }
}

pub(in crate::round) fn with<T>(
    town: &Town,
    team: &str,
    from: &str,
    hours: i64,
    use_it: impl FnOnce(Ground<'_>) -> T,
) -> T {
    let from: Timestamp = from.parse().unwrap();
    use_it(Ground {
        config: &town.config,
        weights: town.config.weights(date(2024, 6, 3)).unwrap(),
        team: town.config.team(team).unwrap(),
        catalogue: &town.catalogue,
        atlas: &town.atlas,
        sheet: &town.sheet,
        zone: &town.municipality.zone,
        times: (At(from), At(from.checked_add(hours.hours()).unwrap())),
    })
}

fn row(town: &Town, (lon, lat): (f64, f64), day: i64, band: i64, grp: &str, expected: f64) -> Forecast {
    let (cell_x, cell_y) = town.atlas.cell(lon, lat).unwrap();
    let (low90, high90) = (0.0, expected * 2.0);
    Forecast { made_at: At::from_micros(1), day, band, cell_x, cell_y, grp: grp.into(), expected, low90, high90 }
}

fn target(category: &str, count: i64) -> Target {
    let at = |text: &str| At(text.parse().unwrap());
    Target {
        kind: TargetKind::Issue,
        id: Uuid::from_u128(9),
        reference: "R".into(),
        category: category.into(),
        priority: "public-space".into(),
        title: "Plein".into(),
        count,
        urgency: Urgency::High,
        lon: HERE.0,
        lat: HERE.1,
        area: None,
        opened_at: at("2024-05-30T12:30:00Z"),
        due_at: Some(at("2024-06-04T22:00:00Z")),
    }
}

/// 3 June 2024 in days since 1970-01-01.
const DAY: i64 = 19_877;

#[test]
fn a_square_stands_for_its_busiest_band_within_the_shift() {
    let town = town();
    // 14:30 to 21:30 local: bands 3 (from 14:30), 4, and 5 (until 21:30).
    with(&town, "enforcement", EVENING, 7, |ground| {
        let rows = [
            row(&town, HERE, DAY, 2, "waste", 0.45),
            row(&town, HERE, DAY, 3, "waste", 0.05),
            row(&town, HERE, DAY, 4, "waste", 0.06),
            row(&town, HERE, DAY, 4, "people", 0.02),
            row(&town, HERE, DAY, 4, "nature", 50.0),
            row(&town, HERE, DAY, 5, "waste", 0.12),
        ];
        let cells = ground.cells(&rows);
        assert_eq!(cells.len(), 1, "one cell, and greenery is nothing for a round");
        let cell = &cells[0];
        // Band 4 lies whole in the shift: 0.08 expected; of band 5 only 1.5 of 4 hours: 0.045.
        assert!((cell.value - 3.2).abs() < 1e-9, "{}", cell.value);
        assert_eq!(cell.windows, [(60 * 90, 60 * (90 + 240 - 14))]);
        let Reason::Expected { expected, low, high, from, to } = cell.why[0] else { panic!("{:?}", cell.why) };
        assert!((expected - 0.08).abs() < 1e-9 && (from, to) == (16, 20));
        // 0.06 and 0.02 below and above: root of 0.004 either way.
        assert!((low - (0.08 - 0.004_f64.sqrt())).abs() < 1e-9 && (high - (0.08 + 0.004_f64.sqrt())).abs() < 1e-9);
    });
}

#[test]
fn squares_outside_every_neighbourhood_or_the_shift_are_no_candidates() {
    let town = town();
    with(&town, "enforcement", EVENING, 7, |ground| {
        for (place, day, band) in [((5.2, 52.1), DAY, 4), (HERE, DAY + 1, 4), (HERE, DAY, 0), (HERE, DAY, 9)] {
            assert!(ground.cells(&[row(&town, place, day, band, "waste", 3.0)]).is_empty(), "{place:?} {day} {band}");
        }
        assert!(ground.cells(&[]).is_empty(), "no forecast");
    });
    // A night shift reaches into the first band of the next day.
    with(&town, "enforcement", "2024-06-03T18:00:00Z", 6, |ground| {
        let cells = ground.cells(&[row(&town, HERE, DAY + 1, 0, "waste", 2.0)]);
        assert_eq!(cells[0].windows, [(60 * 240, 60 * (360 - 14))]);
    });
}

#[test]
fn open_work_is_weighed_and_says_why() {
    let town = town();
    with(&town, "enforcement", EVENING, 7, |ground| {
        let places = ground.open(&[target("household-waste", 4)]);
        let place = &places[0];
        assert_eq!((place.kind, place.minutes, place.title.as_str()), (VisitKind::Issue, 12, "Plein"));
        assert_eq!(
            place.why,
            [Reason::Reports { n: 4, days: 5 }, Reason::Urgent, Reason::Due { day: i32::try_from(DAY).unwrap() + 1 },]
        );
        let terms = 4.0 / (5.0 + 9.5 / 24.0);
        assert!((place.value - (1.0 + 7.0 + 2.0 * terms + 1.5)).abs() < 1e-9, "{}", place.value);
    });
    with(&town, "youth", EVENING, 7, |ground| {
        assert!(ground.open(&[target("household-waste", 4)]).is_empty(), "not this team's work");
        assert_eq!(ground.open(&[target("youth-nuisance", 1)])[0].minutes, 16);
    });
}

#[test]
fn a_report_in_a_busy_square_counts_for_both() {
    let town = town();
    with(&town, "enforcement", EVENING, 7, |ground| {
        let open = ground.open(&[target("household-waste", 1)]);
        let far = (HERE.0 + 0.01, HERE.1);
        let cells = ground.cells(&[row(&town, HERE, DAY, 4, "waste", 2.0), row(&town, far, DAY, 4, "waste", 1.0)]);
        let alone = open[0].value;
        let all = merge(open.clone(), &cells, 20);
        assert_eq!(all.iter().map(|p| p.kind).collect::<Vec<_>>(), [VisitKind::Issue, VisitKind::Cell]);
        assert!((all[0].value - alone - 4.0).abs() < 1e-9 && all[0].why.len() == 4);
        assert_eq!(merge(open, &cells, 1).len(), 1, "only the busiest square is kept");
    });
}

#[test]
fn random_control_takes_squares_that_nothing_else_points_at() {
    let town = town();
    with(&town, "enforcement", EVENING, 7, |ground| {
        let rows: Vec<Forecast> =
            (0..10).map(|i| row(&town, (HERE.0 + f64::from(i) * 0.004, HERE.1), DAY, 4, "waste", 1.0)).collect();
        let cells = ground.cells(&rows);
        let chosen = merge(vec![], &cells, 4);
        let drawn = control(&cells, &chosen, 2, &mut Draw::new(5));
        assert_eq!(drawn.len(), 2);
        assert!(drawn.iter().all(|d| chosen.iter().all(|c| c.cell != d.cell) && d.why == [Reason::Control]));
        assert_eq!(drawn, control(&cells, &chosen, 2, &mut Draw::new(5)), "the same seed, the same draw");
        assert!(control(&[], &chosen, 2, &mut Draw::new(5)).is_empty(), "no forecast, no control");
    });
}
