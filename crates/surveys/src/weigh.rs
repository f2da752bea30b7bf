//! Weights that make answers look like the population by area and age. Pure.
//!
//! When the population is known by area and age together and every such cell has enough answers, each answer weighs
//! its cell's share of the population over its share of the answers (post-stratification). Else the two margins are
//! fitted in turn (raking: W. E. Deming and F. F. Stephan, Ann. Math. Statist. 11, 1940), after margins with few
//! answers were taken together. Weights are capped; their sum is the number of answers. Who did not tell an area or
//! age keeps the share that such answers have.

use crate::estimate::design_effect;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The population: how many people live where, at which age.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Population {
    /// Areas in order, with their inhabitants.
    pub areas: Vec<(String, f64)>,
    /// Age groups in order, with their inhabitants (or shares: only the proportions count).
    pub ages: Vec<(String, f64)>,
    /// Inhabitants by area and age, where figures give them together; empty when they do not.
    pub cells: BTreeMap<(String, String), f64>,
}

/// How far weighting may go.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// A stratum with fewer answers is taken together with another.
    pub least: usize,
    /// No answer weighs more than this many times the average.
    pub cap: f64,
}

kit::text_enum! {
    /// How answers were weighted.
    pub enum Method {
        /// Not: the population is not known.
        None = "none",
        /// By cell of area and age.
        Cells = "cells",
        /// By area and by age in turn.
        Raking = "raking",
    }
}

/// The weights of a sample, and what was done to get them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighting {
    /// One weight for each answer; their mean is 1.
    #[serde(skip)]
    pub weights: Vec<f64>,
    /// How they were made.
    pub method: Method,
    /// Kish's design effect of all answers together.
    pub deff: f64,
    /// How many answers were held back by the cap.
    pub capped: usize,
    /// How many areas and age groups were taken together with another.
    pub joined: usize,
}

/// Weighs `answers`, each an area and an age group; a text that the population does not know is "not told".
#[must_use]
pub fn weigh(answers: &[(&str, &str)], population: &Population, rule: Rule) -> Weighting {
    let n = answers.len();
    let even = |method| Weighting { weights: vec![1.0; n], method, deff: 1.0, capped: 0, joined: 0 };
    let inhabited = |margin: &[(String, f64)]| margin.iter().any(|m| m.1 > 0.0);
    if n == 0 || !(inhabited(&population.areas) || inhabited(&population.ages)) {
        return even(Method::None);
    }
    if let Some(weights) = by_cell(answers, population, rule) {
        return finished(weights, Method::Cells, 0, rule);
    }
    let areas: Vec<&str> = answers.iter().map(|a| a.0).collect();
    let ages: Vec<&str> = answers.iter().map(|a| a.1).collect();
    let by_area = groups(&areas, &population.areas, rule.least, Together::All);
    let by_age = groups(&ages, &population.ages, rule.least, Together::Neighbour);
    let weights = rake(n, &[&by_area, &by_age]);
    finished(weights, Method::Raking, by_area.joined + by_age.joined, rule)
}

/// Post-stratification; `None` when the cells are not known, or one that has people has too few answers, or somebody
/// did not tell a cell.
fn by_cell(answers: &[(&str, &str)], population: &Population, rule: Rule) -> Option<Vec<f64>> {
    let people: f64 = population.cells.values().sum();
    if people <= 0.0 {
        return None;
    }
    let cell = |a: &(&str, &str)| (a.0.to_owned(), a.1.to_owned());
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for answer in answers {
        population.cells.get(&cell(answer)).filter(|p| **p > 0.0)?;
        *counts.entry(cell(answer)).or_default() += 1;
    }
    let enough = |(key, p): (&(String, String), &f64)| *p <= 0.0 || counts.get(key).is_some_and(|c| *c >= rule.least);
    if !population.cells.iter().all(enough) {
        return None;
    }
    let n = answers.len() as f64;
    let weight = |a: &(&str, &str)| {
        let key = cell(a);
        Some(population.cells.get(&key)? / people * n / *counts.get(&key)? as f64)
    };
    answers.iter().map(weight).collect()
}

/// A margin in groups: to which group each answer belongs, and how many answers' worth each group should weigh.
struct Margin {
    /// Group of each answer; `None` when it was not told.
    of: Vec<Option<usize>>,
    /// Target weight of each group.
    target: Vec<f64>,
    /// How many categories were taken together with another.
    joined: usize,
}

/// How small categories are taken together.
#[derive(Clone, Copy, PartialEq)]
enum Together {
    /// All of them, as one rest.
    All,
    /// With the smaller one beside it: ages have an order.
    Neighbour,
}

fn groups(told: &[&str], margin: &[(String, f64)], least: usize, together: Together) -> Margin {
    let position = |word: &str| margin.iter().position(|m| m.0 == word && m.1 > 0.0);
    let of: Vec<Option<usize>> = told.iter().map(|word| position(word)).collect();
    // each group: its categories, its answers, its people; a category without people is in none
    let mut groups: Vec<(Vec<usize>, usize, f64)> = margin
        .iter()
        .enumerate()
        .filter(|(_, m)| m.1 > 0.0)
        .map(|(i, m)| (vec![i], of.iter().filter(|o| **o == Some(i)).count(), m.1))
        .collect();
    let categories = groups.len();
    if together == Together::All {
        let (small, mut large): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| g.1 < least);
        if !small.is_empty() {
            let rest = small.into_iter().fold((vec![], 0, 0.0), merge);
            large.push(rest);
        }
        groups = large;
    }
    while groups.len() > 1 {
        let Some(i) = (0..groups.len()).min_by_key(|i| groups.get(*i).map(|g| g.1)) else { break };
        if groups.get(i).is_none_or(|g| g.1 >= least) {
            break;
        }
        let group = groups.remove(i);
        let answers = |j: usize| groups.get(j).map_or(usize::MAX, |g| g.1);
        let with = match together {
            Together::All => (0..groups.len()).min_by_key(|j| answers(*j)).unwrap_or(0),
            Together::Neighbour if i > 0 && answers(i - 1) <= answers(i) => i - 1,
            Together::Neighbour => i.min(groups.len() - 1),
        };
        if let Some(other) = groups.get_mut(with) {
            *other = merge(std::mem::take(other), group);
        }
    }
    let group_of = |category: usize| groups.iter().position(|g| g.0.contains(&category));
    let told = of.iter().filter(|o| o.is_some()).count() as f64;
    let people: f64 = groups.iter().map(|g| g.2).sum();
    Margin {
        of: of.iter().map(|o| o.and_then(group_of)).collect(),
        target: groups.iter().map(|g| g.2 / people * told).collect(),
        joined: categories - groups.len(),
    }
}

fn merge(a: (Vec<usize>, usize, f64), b: (Vec<usize>, usize, f64)) -> (Vec<usize>, usize, f64) {
    ([a.0, b.0].concat(), a.1 + b.1, a.2 + b.2)
}

/// Fits the margins in turn until nothing moves.
fn rake(n: usize, margins: &[&Margin]) -> Vec<f64> {
    let mut weights = vec![1.0; n];
    for _ in 0..200 {
        let mut moved = 0.0_f64;
        for margin in margins {
            let mut sums = vec![0.0; margin.target.len()];
            for (weight, group) in weights.iter().zip(&margin.of) {
                if let Some(sum) = group.and_then(|g| sums.get_mut(g)) {
                    *sum += weight;
                }
            }
            let factors: Vec<f64> =
                margin.target.iter().zip(&sums).map(|(t, s)| if *s > 0.0 { t / s } else { 1.0 }).collect();
            for (weight, group) in weights.iter_mut().zip(&margin.of) {
                if let Some(factor) = group.and_then(|g| factors.get(g)) {
                    moved = moved.max((factor - 1.0).abs());
                    *weight *= factor;
                }
            }
        }
        if moved < 1e-10 {
            break;
        }
    }
    weights
}

/// Brings the sum to the number of answers, with no weight above the cap.
fn finished(mut weights: Vec<f64>, method: Method, joined: usize, rule: Rule) -> Weighting {
    let n = weights.len() as f64;
    let mut held = vec![false; weights.len()];
    for _ in 0..=weights.len() {
        let fixed = held.iter().filter(|h| **h).count() as f64 * rule.cap;
        let free: f64 = weights.iter().zip(&held).filter(|(_, h)| !**h).map(|(w, _)| w).sum();
        let factor = if free > 0.0 { (n - fixed) / free } else { 1.0 };
        let mut more = false;
        for (weight, held) in weights.iter_mut().zip(&mut held) {
            *weight = if *held { rule.cap } else { *weight * factor };
            if !*held && *weight > rule.cap {
                (*held, more) = (true, true);
            }
        }
        if !more {
            break;
        }
    }
    let capped = held.iter().filter(|h| **h).count();
    Weighting { deff: design_effect(weights.iter().copied()), weights, method, capped, joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule { least: 2, cap: 5.0 };

    fn margin(parts: &[(&str, f64)]) -> Vec<(String, f64)> {
        parts.iter().map(|(id, n)| ((*id).to_owned(), *n)).collect()
    }

    fn people(areas: &[(&str, f64)], ages: &[(&str, f64)]) -> Population {
        Population { areas: margin(areas), ages: margin(ages), cells: BTreeMap::new() }
    }

    fn sum(weights: &[f64]) -> f64 {
        weights.iter().sum()
    }

    /// A: 60 % of the people and 2 of 8 answers, so 0.6 × 8 / 2 = 2.4; B: 0.4 × 8 / 6 = 0.5333.
    #[test]
    fn one_margin_by_hand() {
        let answers: Vec<(&str, &str)> = (0..8).map(|i| (if i < 2 { "a" } else { "b" }, "")).collect();
        let found = weigh(&answers, &people(&[("a", 600.0), ("b", 400.0)], &[]), RULE);
        assert_eq!((found.method, found.capped, found.joined), (Method::Raking, 0, 0));
        assert!((found.weights[0] - 2.4).abs() < 1e-9 && (found.weights[7] - 3.2 / 6.0).abs() < 1e-9, "{found:?}");
        // deff = 8 (2 × 5.76 + 6 × 0.284444) / 64 = 1.6533
        assert!((found.deff - 1.653_333).abs() < 1e-6);
    }

    /// Cells (people / answers): a-young 10/2, a-old 30/2, b-young 20/4, b-old 40/2, of 100 people and 10 answers.
    #[test]
    fn cells_that_are_known_and_filled_are_used_as_they_are() {
        let cells = [("a", "young", 10.0, 2), ("a", "old", 30.0, 2), ("b", "young", 20.0, 4), ("b", "old", 40.0, 2)];
        let mut population = people(&[("a", 40.0), ("b", 60.0)], &[("young", 30.0), ("old", 70.0)]);
        let mut answers = Vec::new();
        for (area, age, n, many) in cells {
            population.cells.insert((area.to_owned(), age.to_owned()), n);
            answers.extend(std::iter::repeat_n((area, age), many));
        }
        let found = weigh(&answers, &population, RULE);
        assert_eq!(found.method, Method::Cells);
        for (i, weight) in [(0, 0.5), (2, 1.5), (4, 0.5), (8, 2.0)] {
            assert!((found.weights[i] - weight).abs() < 1e-9, "{i}: {:?}", found.weights);
        }
        // one answer fewer in a cell, or one without an age: the margins are fitted instead
        assert_eq!(weigh(&answers[1..], &population, RULE).method, Method::Raking);
        answers[0].1 = "";
        assert_eq!(weigh(&answers, &population, RULE).method, Method::Raking);
    }

    #[test]
    fn raking_meets_both_margins_and_leaves_who_did_not_tell() {
        let mut answers = vec![];
        for (area, age, many) in
            [("a", "young", 5), ("a", "old", 15), ("b", "young", 25), ("b", "old", 35), ("", "old", 10), ("a", "", 10)]
        {
            answers.extend(std::iter::repeat_n((area, age), many));
        }
        let found = weigh(&answers, &people(&[("a", 50.0), ("b", 50.0)], &[("young", 40.0), ("old", 60.0)]), RULE);
        let part = |which: &dyn Fn(&(&str, &str)) -> bool| -> f64 {
            answers.iter().zip(&found.weights).filter(|(a, _)| which(a)).map(|(_, w)| w).sum()
        };
        assert!((sum(&found.weights) - 100.0).abs() < 1e-6);
        let told_area = part(&|a| !a.0.is_empty());
        assert!((part(&|a| a.0 == "a") / told_area - 0.5).abs() < 1e-6);
        let told_age = part(&|a| !a.1.is_empty());
        assert!((part(&|a| a.1 == "young") / told_age - 0.4).abs() < 1e-6);
    }

    #[test]
    fn small_groups_are_taken_together() {
        let told = ["x", "y", "y", "y", "z", "z", "z", "z"];
        let parts = margin(&[("x", 10.0), ("y", 30.0), ("z", 50.0), ("empty", 10.0), ("nobody", 0.0)]);
        let found = groups(&told, &parts, 2, Together::All);
        assert_eq!((found.joined, found.target.len()), (2, 2), "x and empty are still too few: they join y");
        assert!((found.target[0] - 4.0).abs() < 1e-9 && found.of[0] == Some(0), "50 of 100 people");
        // an age joins the smaller one beside it
        let found = groups(
            &["y", "y", "y", "x", "z", "z"],
            &margin(&[("y", 1.0), ("x", 1.0), ("z", 2.0)]),
            2,
            Together::Neighbour,
        );
        assert_eq!(found.joined, 1);
        assert_eq!(found.of, [Some(0), Some(0), Some(0), Some(1), Some(1), Some(1)]);
        // nobody told anything: one group, no answers
        assert_eq!(groups(&["", ""], &parts, 2, Together::All).of, [None, None]);
    }

    #[test]
    fn no_weight_passes_the_cap_and_the_sum_stays() {
        let mut answers = vec![("a", ""); 2];
        answers.extend(vec![("b", ""); 98]);
        let found = weigh(&answers, &people(&[("a", 50.0), ("b", 50.0)], &[]), RULE);
        assert_eq!(found.capped, 2);
        assert!(found.weights.iter().all(|w| *w <= 5.0 + 1e-12));
        assert!((sum(&found.weights) - 100.0).abs() < 1e-9);
    }

    /// Many samples of a small machine of chance: the properties hold for each.
    #[test]
    fn weights_sum_to_the_answers_and_are_1_when_the_sample_is_like_the_population() {
        let (areas, ages) = (["a", "b", "c"], ["1", "2", ""]);
        let mut state = 42_u64;
        let mut next = |most: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % most
        };
        for _ in 0..200 {
            let n = 1 + next(120);
            let answers: Vec<(&str, &str)> = (0..n).map(|_| (areas[next(3)], ages[next(3)])).collect();
            let size = |m: usize| 1.0 + m as f64;
            let population = people(
                &[("a", size(next(50))), ("b", size(next(50))), ("c", size(next(50)))],
                &[("1", size(next(50))), ("2", size(next(50)))],
            );
            let found = weigh(&answers, &population, RULE);
            assert!((sum(&found.weights) - n as f64).abs() < 1e-6, "{n}");
            assert!(found.weights.iter().all(|w| *w > 0.0 && *w <= 5.0 + 1e-9));
            assert!(found.deff >= 1.0 - 1e-9);
        }
        let answers: Vec<(&str, &str)> = (0..60).map(|i| (areas[i % 3], ages[i % 2])).collect();
        let alike = weigh(&answers, &people(&[("a", 9.0), ("b", 9.0), ("c", 9.0)], &[("1", 5.0), ("2", 5.0)]), RULE);
        assert!(alike.weights.iter().all(|w| (w - 1.0).abs() < 1e-9) && (alike.deff - 1.0).abs() < 1e-9);
        assert_eq!(weigh(&answers, &Population::default(), RULE).method, Method::None);
        assert_eq!(weigh(&[], &Population::default(), RULE).weights.len(), 0);
    }
}
