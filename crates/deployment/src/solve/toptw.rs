//! The benchmark files of team orienteering with time windows (Righini & Salani 2009 after Solomon and Cordeau;
//! Montemanni & Gambardella 2009), as the orienteering page of KU Leuven keeps them.
//!
//! Line 1 is `k v N t`, line 2 is of no use, then one node per line, of which the first five and the last two
//! numbers count: `number x y service score … open close`. The first node is the base; its window is that of every
//! tour. How many tours there are is not in the file.

use super::rounds::{MOST_TIME, Rounds, Tour, Travel, Visit};

/// A file, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// The rounds; the unit of time is that of the file divided by 10 to the power of the decimals.
    pub rounds: Rounds,
    /// Number in the file of each visit.
    pub numbers: Vec<u64>,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FileError {
    /// There are no nodes, not even a base.
    #[error("the file has no nodes")]
    Empty,
    /// A node of fewer than seven numbers.
    #[error("line {0}: fewer than seven numbers")]
    Short(usize),
    /// Something that is not a number, or not a finite one.
    #[error("line {line}: `{word}` is not a number")]
    Number {
        /// Line in the file, from 1.
        line: usize,
        /// What stands there.
        word: String,
    },
    /// A node's number that occurred before.
    #[error("line {0}: this node was there before")]
    Twice(usize),
    /// A number or score that is not a whole number of zero or more.
    #[error("line {0}: number and score of a node must be whole and not below zero")]
    Whole(usize),
    /// Figures that are too large, a service below zero, or a window that closes before it opens.
    #[error("line {0}: times out of range, or a window that closes before it opens")]
    Range(usize),
}

struct Node {
    number: u64,
    at: (f64, f64),
    score: u32,
    service: i32,
    window: (i32, i32),
}

/// How many decimals of a distance count, by the name of the file: two for Cordeau's (`pr…`), one for Solomon's.
pub fn decimals(file_name: &str) -> u32 {
    if file_name.to_ascii_lowercase().starts_with("pr") { 2 } else { 1 }
}

/// Reads a file. Travel time is the distance in a straight line, rounded down to so many decimals.
pub fn read(text: &str, tours: usize, decimals: u32) -> Result<Instance, FileError> {
    let unit = f64::from(10_u32.pow(decimals.min(4)));
    let mut nodes: Vec<Node> = Vec::new();
    for (index, line) in text.lines().enumerate().skip(2).filter(|(_, line)| !line.trim().is_empty()) {
        let node = node(line, index + 1, unit)?;
        if nodes.iter().any(|other| other.number == node.number) {
            return Err(FileError::Twice(index + 1));
        }
        nodes.push(node);
    }
    let base = nodes.first().ok_or(FileError::Empty)?;
    let tour = Tour { start: 0, end: 0, window: base.window, travel: 0, most_visits: usize::MAX, order: vec![] };
    let travel = Travel::by(nodes.len(), |from, to| {
        let ((x, y), (u, v)) = (nodes[from].at, nodes[to].at);
        // The hair keeps a distance of exactly 0.29 from becoming 0.28 for want of precision.
        ((x - u).hypot(y - v) * unit + 1e-9).min(f64::from(MOST_TIME)) as i32
    });
    let visits = nodes.iter().enumerate().skip(1);
    let visits = visits.map(|(place, n)| Visit { windows: vec![n.window], ..Visit::at(place, n.score, n.service) });
    let rounds = Rounds { travel: vec![travel], visits: visits.collect(), tours: vec![tour; tours] };
    Ok(Instance { rounds, numbers: nodes.iter().skip(1).map(|node| node.number).collect() })
}

fn node(line: &str, at: usize, unit: f64) -> Result<Node, FileError> {
    let number = |word: &str| match word.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(FileError::Number { line: at, word: word.to_owned() }),
    };
    let numbers = line.split_whitespace().map(number).collect::<Result<Vec<f64>, _>>()?;
    let [id, x, y, service, score, .., open, close] = numbers[..] else { return Err(FileError::Short(at)) };
    if [id, score].iter().any(|n| n.fract() != 0.0 || !(0.0..=f64::from(u32::MAX)).contains(n)) {
        return Err(FileError::Whole(at));
    }
    let most = f64::from(MOST_TIME) / unit;
    let in_range = [x, y, service, open, close].iter().all(|n| n.abs() <= most / 4.0);
    if !in_range || service < 0.0 || close < open {
        return Err(FileError::Range(at));
    }
    // Windows and services have no more decimals than count; if they have, the stricter side is taken.
    let (up, down) = (|n: f64| (n * unit - 1e-6).ceil() as i32, |n: f64| (n * unit + 1e-6).floor() as i32);
    let window = (up(open), down(close));
    if window.1 < window.0 {
        return Err(FileError::Range(at));
    }
    Ok(Node { number: id as u64, at: (x, y), score: score as u32, service: up(service), window })
}
