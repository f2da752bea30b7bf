//! Recreate: puts in what fits, each visit where it costs least, in an order that is drawn anew each time.

use super::draw::Draw;
use super::search::Search;

/// Chance that a place is passed over though the visit fits there (a blink; the article's value).
const BLINK: f64 = 0.01;

/// Chance that the visit around which was ruined is put in first: it drives visits into the plan that would never
/// have their turn.
const SEED_FIRST: f64 = 0.1;

/// If there are many visits only so many are tried, near the ruin.
const TRIED: usize = 50;

/// A visit is tried if it is worth a share, drawn up to this, of the mean of those that were taken out.
const FLOOR: f64 = 0.8;

/// In which order visits are tried.
#[derive(Debug, Clone, Copy)]
enum Order {
    Chance,
    Score,
    ScorePerTime,
}

/// How often each order is drawn.
const ORDERS: [(Order, f64); 3] = [(Order::Chance, 1.0), (Order::Score, 2.0), (Order::ScorePerTime, 4.0)];

impl Search {
    /// Puts in what fits of the visits that are not in a tour: after a ruin, or (without seed) from scratch.
    pub(super) fn recreate(&mut self, seed: Option<u32>) {
        self.line_up(seed);
        self.state.open_eyes(&mut self.draw, BLINK);
        for &(.., visit) in &self.order {
            if let Some(spot) = self.state.best_spot(&self.model, visit, &mut self.draw, BLINK, self.manner.later) {
                self.state.insert(&self.model, visit, spot);
            }
        }
    }

    /// Sets the order: compulsory visits first, then perhaps the seed, then as drawn.
    fn line_up(&mut self, seed: Option<u32>) {
        let (model, state, draw) = (&self.model, &self.state, &mut self.draw);
        let kind = seed.map_or(Order::ScorePerTime, |_| draw_order(draw.share()));
        let first = seed.filter(|_| draw.share() < SEED_FIRST);
        let key = |visit: u32, draw: &mut Draw| {
            let node = model.nodes[visit as usize];
            let score = model.score(visit);
            let rank = if node.worth >= model.surcharge {
                0.0
            } else if Some(visit) == first {
                1.0
            } else {
                2.0
            };
            let drawn = match kind {
                Order::Chance => draw.share(),
                Order::Score => -score * (1.0 - 0.5 * draw.share()),
                Order::ScorePerTime => -score / (f64::from(node.service) + model.mean_leg) * (0.5 + draw.share()),
            };
            (rank, drawn, visit)
        };
        let free = |visit: &&u32| !state.is_made(model, **visit);
        self.order.clear();
        match seed {
            Some(seed) if model.is_large() => {
                // What is worth little beside the visits taken out is worth a try only now and then.
                let mean = self.removed.iter().map(|&visit| model.score(visit)).sum::<f64>()
                    / self.removed.len().max(1) as f64;
                let floor = FLOOR * mean * draw.share();
                let worth = |visit: &&u32| model.nodes[**visit as usize].worth as f64 >= floor;
                let near = model.near(seed).iter().filter(free).filter(worth).take(TRIED);
                self.order.extend(near.map(|&visit| key(visit, draw)));
                let known = self.order.len();
                for &visit in &self.removed {
                    if !self.order[..known].iter().any(|&(.., other)| other == visit) {
                        self.order.push(key(visit, draw));
                    }
                }
            }
            _ => self.order.extend(model.open.iter().filter(free).map(|&visit| key(visit, draw))),
        }
        self.order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    }
}

fn draw_order(share: f64) -> Order {
    let mut left = share * ORDERS.iter().map(|(_, often)| often).sum::<f64>();
    for (order, often) in ORDERS {
        left -= often;
        if left < 0.0 {
            return order;
        }
    }
    Order::Chance
}
