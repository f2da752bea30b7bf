//! Boosted trees on binned features, grown best leaf first (Ke et al., "LightGBM", NIPS 2017).

use crate::backtest::draw::Draw;

/// Bins per feature; bin 0 is "not known".
const BINS: usize = 128;

/// How the trees are grown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Growth {
    pub(super) trees: usize,
    pub(super) leaves: usize,
    /// Rows in a leaf, at least.
    pub(super) least_rows: f64,
    pub(super) rate: f64,
    /// Ridge on the leaves.
    pub(super) ridge: f64,
    /// Share of the features that a tree sees.
    pub(super) features: f64,
    /// Share of the rows that a tree sees.
    pub(super) rows: f64,
    pub(super) seed: u64,
}

/// The upper bounds of the bins of one feature.
struct Edges(Vec<f32>);

impl Edges {
    /// About as many values in each bin; a value that is very frequent gets its own.
    fn of(mut values: Vec<f32>) -> Self {
        values.retain(|v| !v.is_nan());
        values.sort_unstable_by(f32::total_cmp);
        let most = BINS - 1;
        let mut edges = Vec::new();
        let (mut start, mut left) = (0, most);
        while start < values.len() && left > 1 {
            let aim = ((values.len() - start) / left).max(1);
            let last = values[(start + aim - 1).min(values.len() - 1)];
            let end = values.partition_point(|v| *v <= last);
            if end < values.len() {
                edges.push(last + (values[end] - last) / 2.0);
            }
            (start, left) = (end, left - 1);
        }
        Self(edges)
    }

    fn bin(&self, value: f32) -> u8 {
        if value.is_nan() { 0 } else { 1 + self.0.partition_point(|e| *e < value) as u8 }
    }
}

/// Sums of one bin.
#[derive(Clone, Copy, Default)]
struct Sum {
    slope: f64,
    curve: f64,
}

impl Sum {
    fn add(&mut self, other: &Self) {
        self.slope += other.slope;
        self.curve += other.curve;
    }

    fn minus(&self, other: &Self) -> Self {
        Self { slope: self.slope - other.slope, curve: self.curve - other.curve }
    }

    fn worth(&self, ridge: f64) -> f64 {
        self.slope * self.slope / (self.curve + ridge)
    }
}

/// A node: rows whose bin of `feature` is at most `bin` go to `left`, others to `left + 1`; a leaf has
/// `left` 0 and a value.
#[derive(Clone, Copy, Default)]
struct Node {
    feature: u16,
    bin: u8,
    left: u16,
    value: f64,
}

/// The model: a start and what each tree adds, on the scale of the logarithm.
pub(super) struct Trees {
    edges: Vec<Edges>,
    start: f64,
    trees: Vec<Vec<Node>>,
}

/// A leaf that may be split.
struct Leaf {
    node: usize,
    rows: std::ops::Range<usize>,
    sums: Vec<Sum>,
    gain: f64,
    feature: usize,
    bin: u8,
}

impl Trees {
    /// Learns log(mean) of Poisson counts `y` from rows of `N` features.
    pub(super) fn fit<const N: usize>(rows: &[[f32; N]], y: &[f32], growth: &Growth) -> Self {
        let stride = (rows.len() / 50_000).max(1);
        let sample = |f: usize| rows.iter().step_by(stride).map(|r| r[f]).collect();
        let edges: Vec<Edges> = (0..N).map(|f| Edges::of(sample(f))).collect();
        let bins: Vec<[u8; N]> = rows.iter().map(|r| std::array::from_fn(|f| edges[f].bin(r[f]))).collect();
        let mean = y.iter().map(|v| f64::from(*v)).sum::<f64>() / y.len().max(1) as f64;
        let start = mean.max(1e-9).ln();
        let mut score = vec![start; rows.len()];
        let mut slopes = vec![(0f32, 0f32); rows.len()];
        let mut draw = Draw::new(growth.seed);
        let mut trees = Vec::with_capacity(growth.trees);
        for _ in 0..growth.trees {
            for ((s, y), out) in score.iter().zip(y).zip(&mut slopes) {
                let m = s.exp();
                // The curve is taken twice as steep (e^0.7), so that a leaf does not jump too far.
                *out = ((m - f64::from(*y)) as f32, (m * 2.013_752_7) as f32);
            }
            let seen = draw.some(((growth.features * N as f64).round() as usize).max(1), N);
            let index: Vec<u32> = (0..rows.len() as u32).filter(|_| draw.chance(growth.rows)).collect();
            let tree = grow(&bins, &slopes, index, &seen, growth);
            for (s, row) in score.iter_mut().zip(&bins) {
                *s += leaf(&tree, row);
            }
            trees.push(tree);
        }
        Self { edges, start, trees }
    }

    /// The mean count of one row.
    pub(super) fn mean<const N: usize>(&self, row: &[f32; N]) -> f64 {
        let bins: [u8; N] = std::array::from_fn(|f| self.edges[f].bin(row[f]));
        (self.start + self.trees.iter().map(|t| leaf(t, &bins)).sum::<f64>()).exp()
    }
}

fn leaf(tree: &[Node], bins: &[u8]) -> f64 {
    let mut node = &tree[0];
    while node.left != 0 {
        let right = usize::from(bins[usize::from(node.feature)] > node.bin);
        node = &tree[usize::from(node.left) + right];
    }
    node.value
}

fn grow<const N: usize>(
    bins: &[[u8; N]],
    slopes: &[(f32, f32)],
    mut index: Vec<u32>,
    seen: &[usize],
    growth: &Growth,
) -> Vec<Node> {
    let gather = |rows: &[u32]| {
        let mut sums = vec![Sum::default(); seen.len() * BINS];
        for &row in rows {
            let (row, (slope, curve)) = (&bins[row as usize], slopes[row as usize]);
            let (slope, curve) = (f64::from(slope), f64::from(curve));
            for (table, f) in sums.chunks_exact_mut(BINS).zip(seen) {
                let sum = &mut table[usize::from(row[*f]) & (BINS - 1)];
                sum.slope += slope;
                sum.curve += curve;
            }
        }
        sums
    };
    let total = |sums: &[Sum]| {
        let mut all = Sum::default();
        sums[..BINS].iter().for_each(|s| all.add(s));
        all
    };
    let judged = |node: usize, rows: std::ops::Range<usize>, sums: Vec<Sum>| {
        let all = total(&sums);
        let mut leaf = Leaf { node, rows, gain: 0.0, feature: 0, bin: 0, sums };
        let count = leaf.rows.len() as f64;
        if count < 2.0 * growth.least_rows || all.curve <= 0.0 {
            return leaf;
        }
        let whole = all.worth(growth.ridge);
        // Rows are reckoned by their share in the curve: where much happens, finer splits are allowed.
        let reckoned = |part: &Sum| (part.curve * count / all.curve).round();
        for (table, f) in leaf.sums.chunks_exact(BINS).zip(seen) {
            let mut left = Sum::default();
            for (bin, sum) in table.iter().enumerate() {
                left.add(sum);
                let right = all.minus(&left);
                if sum.curve <= 0.0 || reckoned(&left) < growth.least_rows {
                    continue;
                }
                if reckoned(&right) < growth.least_rows {
                    break;
                }
                let gain = left.worth(growth.ridge) + right.worth(growth.ridge) - whole;
                if gain > leaf.gain {
                    (leaf.gain, leaf.feature, leaf.bin) = (gain, *f, bin as u8);
                }
            }
        }
        leaf
    };
    let value = |sums: &[Sum]| {
        let all = total(sums);
        -all.slope / (all.curve + growth.ridge) * growth.rate
    };
    let root = gather(&index);
    let mut tree = vec![Node { value: value(&root), ..Node::default() }];
    let mut leaves = vec![judged(0, 0..index.len(), root)];
    while leaves.len() < growth.leaves {
        let best = (0..leaves.len()).reduce(|a, b| if leaves[b].gain > leaves[a].gain { b } else { a });
        let Some(best) = best.filter(|b| leaves[*b].gain > 1e-9) else { break };
        let parent = leaves.swap_remove(best);
        let part = &mut index[parent.rows.clone()];
        let middle = split(part, |row| bins[row as usize][parent.feature] <= parent.bin);
        let at = parent.rows.start + middle;
        let (left, right) = (parent.rows.start..at, at..parent.rows.end);
        // Only the smaller side is counted; the other is what remains.
        let small_left = left.len() <= right.len();
        let small = gather(&index[if small_left { left.clone() } else { right.clone() }]);
        let mut large = parent.sums;
        large.iter_mut().zip(&small).for_each(|(l, s)| *l = l.minus(s));
        let (l, r) = if small_left { (small, large) } else { (large, small) };
        let node = tree.len();
        tree[parent.node] = Node { feature: parent.feature as u16, bin: parent.bin, left: node as u16, value: 0.0 };
        tree.push(Node { value: value(&l), ..Node::default() });
        tree.push(Node { value: value(&r), ..Node::default() });
        leaves.push(judged(node, left, l));
        leaves.push(judged(node + 1, right, r));
    }
    tree
}

/// Brings the rows that go left to the front, keeping their order; returns how many.
fn split(rows: &mut [u32], left: impl Fn(u32) -> bool) -> usize {
    let mut right = Vec::with_capacity(rows.len());
    let mut n = 0;
    for i in 0..rows.len() {
        let row = rows[i];
        if left(row) {
            rows[n] = row;
            n += 1;
        } else {
            right.push(row);
        }
    }
    rows[n..].copy_from_slice(&right);
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROWTH: Growth =
        Growth { trees: 120, leaves: 8, least_rows: 20.0, rate: 0.1, ridge: 1.0, features: 1.0, rows: 0.8, seed: 1 };

    #[test]
    fn a_step_and_an_unknown_value_are_learned() {
        let mut rows = Vec::new();
        let mut y = Vec::new();
        for i in 0..6000u32 {
            let x = (i % 100) as f32;
            let (row, mean) = match i % 3 {
                0 => ([f32::NAN, 0.0], 4),
                _ if x < 50.0 => ([x, 1.0], 1),
                _ => ([x, 1.0], 2),
            };
            rows.push(row);
            y.push(mean as f32);
        }
        let trees = Trees::fit(&rows, &y, &GROWTH);
        for (row, mean) in [([10.0, 1.0], 1.0), ([90.0, 1.0], 2.0), ([f32::NAN, 0.0], 4.0)] {
            assert!((trees.mean(&row) - mean).abs() < 0.1, "{row:?}: {}", trees.mean(&row));
        }
    }

    #[test]
    fn without_rows_nothing_breaks() {
        let trees = Trees::fit::<2>(&[], &[], &GROWTH);
        assert!(trees.mean(&[1.0, 2.0]) < 1e-6);
    }

    #[test]
    fn bins_hold_about_as_many_and_a_frequent_value_its_own() {
        let mut values = vec![0.0; 900];
        values.extend((1..=1000).map(|i| i as f32));
        let edges = Edges::of(values);
        assert!(edges.0.len() < BINS && edges.0.len() > 60);
        assert_eq!((edges.bin(0.0), edges.bin(f32::NAN)), (1, 0));
        assert!(edges.bin(1.0) > 1 && edges.bin(1000.0) > edges.bin(500.0));
    }
}
