use super::*;
use crate::svg::tests::elements;

/// About Heemskerk.
const BOUNDS: (f64, f64, f64, f64) = (4.60, 52.49, 4.72, 52.53);

fn square(west: f64, south: f64, size: f64) -> Ring {
    vec![(west, south), (west + size, south), (west + size, south + size), (west, south + size), (west, south)]
}

fn everything() -> Layers {
    let spot = |lon, lat, title: &str| Spot {
        lon,
        lat,
        class: "late",
        title: title.to_owned(),
        href: Some("/a?b=1&c=2".to_owned()),
    };
    Layers {
        title: "Kaart \"A\"".to_owned(),
        desc: "1 < 2".to_owned(),
        areas: vec![Area {
            id: "BU1".to_owned(),
            rings: vec![square(4.62, 52.50, 0.02), square(4.625, 52.505, 0.005)],
            step: Some(Step::Class(3)),
            title: "Buurt & meer".to_owned(),
            label: "Buurt".to_owned(),
            href: Some("/areas/BU1".to_owned()),
        }],
        cells: vec![Cell {
            ring: square(4.65, 52.51, 0.003),
            step: Step::Suppressed,
            title: String::new(),
            href: None,
        }],
        line: vec![(4.62, 52.50), (4.64, 52.51)],
        points: vec![spot(4.63, 52.51, "punt <1>"), Spot { lon: 4.6, lat: 52.5, ..Spot::default() }],
        stops: vec![spot(4.62, 52.50, "eerste"), spot(4.64, 52.51, "")],
        tours: vec![Tour {
            letter: 'B',
            line: vec![(4.65, 52.50), (4.64, 52.52)],
            stops: vec![spot(4.64, 52.52, "ploeg <B>")],
        }],
        base: Some(Spot { lon: 4.65, lat: 52.5, title: "bureau".to_owned(), ..Spot::default() }),
        selected: Some((4.66, 52.51)),
    }
}

#[test]
fn a_place_goes_to_the_picture_and_back() {
    let view = MapView::new(BOUNDS, 800.0);
    let (width, height) = view.size();
    // a degree of latitude is 1 / cos(52.51) times as long as one of longitude
    assert!((height / width - (0.04 / 0.12) / 52.51_f64.to_radians().cos()).abs() < 0.001);
    for shown in [800.0, 400.0, 1234.0] {
        let (x, y) = view.xy(4.6637, 52.5105);
        let (lon, lat) = view.lonlat_of(x * shown / width, y * shown / width, shown);
        assert!((lon - 4.6637).abs() < 1e-9 && (lat - 52.5105).abs() < 1e-9, "{shown}: {lon} {lat}");
    }
    assert_eq!(view.lonlat_of(0.0, 0.0, 0.0), (4.60, 52.53));
}

#[test]
fn a_view_holds_what_it_is_around() {
    let ring = square(-90.3, 38.6, 0.1);
    let view = MapView::around([&ring], 600.0).unwrap();
    let (width, height) = view.size();
    assert!(ring.iter().map(|p| view.xy(p.0, p.1)).all(|(x, y)| x > 0.0 && x < width && y > 0.0 && y < height));
    assert!(MapView::around([&Vec::new()], 600.0).is_none());
    assert!(MapView::around([&vec![(4.6, 52.5)]], 600.0).unwrap().size().1.is_finite());
}

#[test]
fn a_map_in_a_page_has_links_and_bounds() {
    let svg = MapView::new(BOUNDS, 800.0).svg(&everything());
    let names = elements(&svg);
    assert_eq!(names.iter().filter(|n| *n == "a").count(), 5);
    for part in [
        "role=\"group\"",
        "aria-label=\"Kaart &quot;A&quot;\"",
        "data-west=\"4.600000\"",
        "data-north=\"52.530000\"",
        "data-east=\"4.720000\"",
        "class=\"area step-3\" data-id=\"BU1\"",
        "class=\"cell step-suppressed\"",
        "class=\"point late\"",
        "class=\"point\"",
        "class=\"route\"",
        "class=\"route tour-1\"",
        ">B1</text>",
        "ploeg &lt;B&gt;",
        "class=\"base\"",
        "class=\"selected pin\"",
        "href=\"/a?b=1&amp;c=2\"",
        "punt &lt;1&gt;",
        ">2</text>",
    ] {
        assert!(svg.contains(part), "{part}: {svg}");
    }
    let still = MapView::new(BOUNDS, 800.0).svg(&Layers::default());
    assert!(still.contains("role=\"img\""), "no links: one picture");
}

#[test]
fn a_map_on_its_own_needs_no_stylesheet() {
    let svg = MapView::new(BOUNDS, 800.0).standalone(&everything());
    let names = elements(&svg);
    assert!(!names.contains(&"a".to_owned()));
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && !svg.contains("class="), "{svg}");
    assert!(svg.contains("fill=\"#55b1bd\""));
}

#[test]
fn the_name_stands_in_the_middle() {
    let view = MapView::new(BOUNDS, 800.0);
    let area = Area { rings: vec![square(4.62, 52.50, 0.02)], ..Area::default() };
    let (x, y) = view.middle(&area).unwrap();
    let (wx, wy) = view.xy(4.63, 52.51);
    assert!((x - wx).abs() < 1e-6 && (y - wy).abs() < 1e-6);
}

#[test]
fn four_thousand_points_are_quick() {
    let points = (0..4000)
        .map(|i| Spot {
            lon: 4.60 + f64::from(i % 80) * 0.0015,
            lat: 52.49 + f64::from(i / 80) * 0.0008,
            class: "soon",
            title: format!("Melding {i}"),
            href: Some(format!("/signals/{i}")),
        })
        .collect();
    let layers = Layers { points, ..Layers::default() };
    let view = MapView::new(BOUNDS, 800.0);
    // the best of three: the machine may be busy; an unoptimised build is about ten times slower
    let best = (0..3)
        .map(|_| {
            let start = std::time::Instant::now();
            assert_eq!(view.svg(&layers).matches("<circle").count(), 4000);
            start.elapsed()
        })
        .min()
        .unwrap();
    let limit = if cfg!(debug_assertions) { 200 } else { 20 };
    assert!(best.as_millis() < limit, "{best:?}");
}
