//! The line of the quickest way between two places, for the map.

use crate::geometry::part;
use crate::rules::Mode;
use crate::streets::{Joint, Streets};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// The quickest way from one place to another as longitudes and latitudes, both places included. `None` when one of
/// them lies too far from every street: then a straight line is all there is to draw.
#[must_use]
pub fn route(streets: &Streets, mode: Mode, from: (f64, f64), to: (f64, f64)) -> Option<Vec<(f64, f64)>> {
    let (start, end) = (streets.join(mode, from)?, streets.join(mode, to)?);
    let mut line = vec![from];
    line.extend(along(streets, mode, &start, &end)?.1);
    line.push(to);
    line.dedup();
    Some(line)
}

/// Cost and line from one joint to another (Dijkstra).
pub(crate) fn along(streets: &Streets, mode: Mode, start: &Joint, end: &Joint) -> Option<(u32, Vec<(f64, f64)>)> {
    let graph = streets.graph(mode);
    let direct = streets.along(mode, start, end);
    let onto = streets.onto(mode, end);
    let mut best = direct.map(|cost| (cost, None));
    // how a junction was reached: cost, and the junction before it with the way from there
    let mut reached = HashMap::new();
    let mut queue = BinaryHeap::new();
    for (node, cost) in streets.out(mode, start).into_iter().flatten() {
        queue.push((Reverse(cost), Reverse(node), None));
    }
    while let Some((Reverse(cost), Reverse(node), came)) = queue.pop() {
        if best.is_some_and(|(found, _)| cost >= found) {
            break;
        }
        if reached.contains_key(&node) {
            continue;
        }
        reached.insert(node, came);
        for (last, rest) in onto.iter().flatten() {
            if *last == node && best.is_none_or(|(found, _)| cost + rest < found) {
                best = Some((cost + rest, Some(node)));
            }
        }
        for arc in graph.from(node) {
            if !reached.contains_key(&arc.to) {
                queue.push((Reverse(cost + arc.cost), Reverse(arc.to), Some((node, arc.edge, arc.back))));
            }
        }
    }
    let (cost, last) = best?;
    let piece =
        |edge: u32, from: f64, to: f64| part(&streets.network.line(&streets.network.edges[edge as usize]), from, to);
    let Some(last) = last else {
        return Some((cost, piece(start.edge, start.share, end.share)));
    };
    let mut steps = Vec::new();
    let mut node = last;
    while let Some(Some((before, edge, back))) = reached.get(&node) {
        steps.push((*edge, *back));
        node = *before;
    }
    // which end of a street is this junction, as seen from a joint: the cheaper one where both are the same junction
    let end_at = |ways: [Option<(u32, u32)>; 2], node: u32| {
        let mut ends = ways.into_iter().zip([0.0, 1.0]).filter_map(|(way, share)| Some((way?, share)));
        let mut best: Option<((u32, u32), f64)> = None;
        for (way, share) in ends.by_ref().filter(|((at, _), _)| *at == node) {
            if best.is_none_or(|((_, cost), _)| way.1 < cost) {
                best = Some((way, share));
            }
        }
        best.map_or(0.0, |(_, share)| share)
    };
    let mut line = piece(start.edge, start.share, end_at(streets.out(mode, start), node));
    for (edge, back) in steps.into_iter().rev() {
        line.extend(if back { piece(edge, 1.0, 0.0) } else { piece(edge, 0.0, 1.0) });
    }
    line.extend(piece(end.edge, end_at(onto, last), end.share));
    line.dedup();
    Some((cost, line))
}
