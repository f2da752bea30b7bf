//! The map as SVG: points, and marks with a number for reports that lie near each other.

use crate::config::MapConfig;
use crate::filter::Filter;
use crate::view::{Item, outlines};
use signals::intake::Desk;
use site::Cx;
use site::map::{Layers, MapView, Spot};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Width of the map in units.
const WIDTH: f64 = 800.0;
/// Reports within a square of so many units become one mark, when there are many.
const NEAR: f64 = 44.0;
/// Reports on the same rounded place are always one mark.
const SAME: f64 = 1.0;

/// Reports that are drawn as one.
struct Cluster<'a> {
    items: Vec<&'a Item>,
}

impl Cluster<'_> {
    /// The middle of its reports.
    #[allow(clippy::cast_precision_loss, reason = "a few thousand at most")]
    fn middle(&self) -> (f64, f64) {
        let n = self.items.len() as f64;
        let sum = self.items.iter().fold((0.0, 0.0), |s, i| (s.0 + i.lon, s.1 + i.lat));
        (sum.0 / n, sum.1 / n)
    }

    /// West, south, east and north of its reports.
    fn bounds(&self) -> [f64; 4] {
        self.items.iter().fold([180.0, 90.0, -180.0, -90.0], |b, i| {
            [b[0].min(i.lon), b[1].min(i.lat), b[2].max(i.lon), b[3].max(i.lat)]
        })
    }
}

/// The map of `items`. A mark leads to a nearer map; where that shows nothing more, to the list of its place.
pub(super) fn svg(cx: &Cx, desk: &Desk, config: &MapConfig, filter: &Filter, items: &[Item], count: &str) -> String {
    let areas = outlines(&desk.sheet);
    let [west, south, east, north] = cx.municipality.file.bounds;
    let view = match filter.bbox {
        Some(bbox) => MapView::new(shapely(bbox), WIDTH),
        None => MapView::around(areas.iter().flat_map(|a| &a.rings), WIDTH)
            .unwrap_or_else(|| MapView::new((west, south, east, north), WIDTH)),
    };
    let near = if items.len() >= config.cluster_from { NEAR } else { SAME };
    let (single, clusters): (Vec<_>, Vec<_>) = gather(&view, items, near).into_iter().partition(|c| c.items.len() == 1);
    let points = single.iter().flat_map(|c| &c.items).map(|item| Spot {
        lon: item.lon,
        lat: item.lat,
        class: item.class,
        title: item.title.clone(),
        href: Some(item.href.clone()),
    });
    let layers = Layers {
        title: cx.t("opendata-map-svg"),
        desc: count.to_owned(),
        areas,
        points: points.collect(),
        ..Layers::default()
    };
    let mut svg = view.svg(&layers);
    if clusters.is_empty() {
        return svg;
    }
    // marks are links, and a picture would hide them from a screen reader
    svg = svg.replacen("role=\"img\"", "role=\"group\"", 1);
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    let mut marks = String::new();
    for cluster in &clusters {
        mark(&mut marks, cx, config, filter, &view, cluster);
    }
    svg.insert_str(end, &marks);
    svg
}

/// A box that is neither a tower nor a ribbon: made wider or higher around its middle.
fn shapely([west, south, east, north]: [f64; 4]) -> (f64, f64, f64, f64) {
    let squeeze = ((south + north) / 2.0).to_radians().cos().max(0.01);
    let (width, height) = ((east - west) * squeeze, north - south);
    let dx = (height / 0.9 - width).max(0.0) / squeeze / 2.0;
    let dy = (width / 2.0 - height).max(0.0) / 2.0;
    (west - dx, south - dy, east + dx, north + dy)
}

/// Reports in squares of `size` units.
fn gather<'a>(view: &MapView, items: &'a [Item], size: f64) -> Vec<Cluster<'a>> {
    let (width, height) = view.size();
    let mut squares: BTreeMap<(i64, i64), Vec<&'a Item>> = BTreeMap::new();
    for item in items {
        let (x, y) = view.xy(item.lon, item.lat);
        if (0.0..=width).contains(&x) && (0.0..=height).contains(&y) {
            #[allow(clippy::cast_possible_truncation, reason = "inside the picture")]
            let square = ((x / size).floor() as i64, (y / size).floor() as i64);
            squares.entry(square).or_default().push(item);
        }
    }
    squares.into_values().map(|items| Cluster { items }).collect()
}

fn mark(out: &mut String, cx: &Cx, config: &MapConfig, filter: &Filter, view: &MapView, cluster: &Cluster<'_>) {
    let [west, south, east, north] = cluster.bounds();
    // about the distance of two rounded places
    let edge = 0.0004;
    let one_place = east - west < edge && north - south < edge;
    let (dx, dy) = (((east - west) * 0.25).max(edge), ((north - south) * 0.25).max(edge));
    let bbox = crate::filter::bbox_text([west - dx, south - dy, east + dx, north + dy]);
    let href = filter.href(if one_place { "/map/list" } else { "/map" }, config, &[("bbox", bbox)]);
    let (lon, lat) = cluster.middle();
    let (x, y) = view.xy(lon, lat);
    let n = i64::try_from(cluster.items.len()).unwrap_or(i64::MAX);
    let title = cx.words.tn("opendata-mark", n);
    let radius = if n < 10 {
        12
    } else if n < 100 {
        15
    } else {
        19
    };
    let _ = write!(
        out,
        "<a href=\"{}\" aria-label=\"{title}\"><g class=\"stop\"><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\"/>\
         <text x=\"{x:.1}\" y=\"{y:.1}\" dominant-baseline=\"central\">{n}</text><title>{title}</title></g></a>",
        crate::view::xml(&href)
    );
}
