//! Costs from many junctions to all others, quickly.
//!
//! A customizable contraction hierarchy (Dibbelt, Strasser & Wagner 2014): junctions are taken away one by one, the one
//! with the fewest neighbours first, and each pair of its neighbours gets a shortcut. After that a cheapest way goes up in
//! rank and then down, and two sweeps over the junctions in order of rank give the costs from several places at once
//! to all others: no queue, no search (PHAST; Delling et al. 2011).

use std::collections::BTreeSet;

/// How many places are swept together.
pub(crate) const LANES: usize = 16;

/// The cost of a place that was not reached; two of them can be added.
pub(crate) const FAR: u32 = 1 << 30;

/// A way between a junction and one of higher rank.
#[derive(Clone, Copy, Debug)]
struct Arc {
    /// Rank of the higher.
    to: u32,
    /// Cost of going there.
    up: u32,
    /// Cost of coming from there.
    down: u32,
}

/// A neighbour of a junction that has not been taken away.
#[derive(Clone, Copy, Debug)]
struct Link {
    /// The neighbour.
    to: u32,
    /// Cost of going there.
    there: u32,
    /// Cost of coming back.
    back: u32,
}

impl Link {
    /// Takes the cheaper costs of another link to the same neighbour; always true.
    fn join(&mut self, other: Self) -> bool {
        self.there = self.there.min(other.there);
        self.back = self.back.min(other.back);
        true
    }
}

/// The links `before` of a neighbour of `node` once `node` is gone: instead of the link to it (`node` has it as `link`),
/// shortcuts to its other neighbours. All lists are in order of neighbour.
fn with_shortcuts(before: &[Link], node: u32, link: &Link, around: &[Link]) -> Vec<Link> {
    let mut out = Vec::with_capacity(before.len() + around.len());
    let mut rest = before.iter().filter(|l| l.to != node).peekable();
    for other in around.iter().filter(|l| l.to != link.to) {
        out.extend(std::iter::from_fn(|| rest.next_if(|l| l.to < other.to)));
        let (there, back) = ((link.back + other.there).min(FAR), (other.back + link.there).min(FAR));
        let mut shortcut = Link { to: other.to, there, back };
        if let Some(same) = rest.next_if(|l| l.to == other.to) {
            shortcut.join(*same);
        }
        out.push(shortcut);
    }
    out.extend(rest);
    out
}

/// Junctions in order of rank with the ways to higher ones.
#[derive(Debug)]
pub(crate) struct Hierarchy {
    rank: Vec<u32>,
    first: Vec<u32>,
    arcs: Vec<Arc>,
}

impl Hierarchy {
    /// The hierarchy of `count` junctions and the ways between them: from, to, cost.
    pub(crate) fn new(count: usize, ways: impl Iterator<Item = (u32, u32, u32)>) -> Self {
        let mut near: Vec<Vec<Link>> = vec![Vec::new(); count];
        for (from, to, cost) in ways.filter(|(from, to, _)| from != to) {
            near[from as usize].push(Link { to, there: cost, back: FAR });
            near[to as usize].push(Link { to: from, there: FAR, back: cost });
        }
        for links in &mut near {
            links.sort_by_key(|link| link.to);
            links.dedup_by(|again, link| again.to == link.to && link.join(*again));
        }
        let mut queue: BTreeSet<(usize, u32)> = near.iter().enumerate().map(|(n, m)| (m.len(), n as u32)).collect();
        let mut rank = vec![0; count];
        let mut above = Vec::with_capacity(count);
        while let Some((_, node)) = queue.pop_first() {
            let around = std::mem::take(&mut near[node as usize]);
            for link in &around {
                let before = std::mem::take(&mut near[link.to as usize]);
                queue.remove(&(before.len(), link.to));
                let after = with_shortcuts(&before, node, link, &around);
                queue.insert((after.len(), link.to));
                near[link.to as usize] = after;
            }
            rank[node as usize] = above.len() as u32;
            above.push(around);
        }
        let mut first = vec![0];
        let mut arcs = Vec::new();
        for around in &above {
            arcs.extend(around.iter().map(|l| Arc { to: rank[l.to as usize], up: l.there, down: l.back }));
            first.push(arcs.len() as u32);
        }
        Self { rank, first, arcs }
    }

    /// The place of a junction in what is swept.
    pub(crate) fn rank(&self, node: u32) -> usize {
        self.rank[node as usize] as usize
    }

    /// Costs that nobody has filled in yet.
    pub(crate) fn blank(&self) -> Vec<[u32; LANES]> {
        vec![[FAR; LANES]; self.rank.len()]
    }

    /// Completes `costs`, by [`rank`](Self::rank): what is filled in becomes the costs to all junctions.
    pub(crate) fn sweep(&self, costs: &mut [[u32; LANES]]) {
        let around = |n: usize| &self.arcs[self.first[n] as usize..self.first[n + 1] as usize];
        for n in 0..costs.len() {
            let here = costs[n];
            for arc in around(n) {
                let there = &mut costs[arc.to as usize];
                for lane in 0..LANES {
                    there[lane] = there[lane].min(here[lane] + arc.up);
                }
            }
        }
        for n in (0..costs.len()).rev() {
            let mut here = costs[n];
            for arc in around(n) {
                let there = &costs[arc.to as usize];
                for lane in 0..LANES {
                    here[lane] = here[lane].min(there[lane] + arc.down);
                }
            }
            costs[n] = here;
        }
    }

    /// Bytes in memory.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> usize {
        self.arcs.len() * size_of::<Arc>() + (self.rank.len() + self.first.len()) * 4
    }
}
