//! Ruin: takes strings of stops that are near to each other out of the tours.

use super::search::Search;
use super::state::NOWHERE;

/// Longest string, as in the article.
const LONGEST: f64 = 10.0;

/// Chance that the part of a split string that stays is a stop longer.
const STAY_LONGER: f64 = 0.01;

/// Chance that several strings may come out of one tour. The article never does that; a problem of one tour, or of
/// few long ones, needs it.
const SAME_TOUR: f64 = 0.3;

impl Search {
    /// Takes strings out around a visit, which itself may be in a tour or not.
    pub(super) fn ruin(&mut self, seed: u32) {
        let (model, state, draw) = (&self.model, &mut self.state, &mut self.draw);
        self.removed.clear();
        let placed: usize = state.lines.iter().map(|line| line.visits().len()).sum();
        let longest = LONGEST.min((placed as f64 / state.lines.len() as f64).max(1.0));
        let most_strings = (4.0 * self.manner.removed / (1.0 + longest) - 1.0).max(1.0);
        let mut strings = (1.0 + draw.share() * most_strings) as usize;
        let same_tour = draw.share() < SAME_TOUR;
        for &visit in model.near(seed) {
            if state.tour_of[visit as usize] == NOWHERE {
                continue;
            }
            let tour = state.tour_of[visit as usize] as usize;
            if state.is_touched(tour) && !same_tour {
                continue;
            }
            // Positions count from 1: 0 is the start of the tour.
            let line = &state.lines[tour];
            let stops = line.visits().len();
            let Some(at) = line.visits().iter().position(|stop| stop.node == visit).map(|index| index + 1) else {
                continue;
            };
            let cut = ((1.0 + draw.share() * longest.min(stops as f64)) as usize).min(stops);
            let mut stay = 0;
            if cut > 1 && cut < stops && draw.share() < self.manner.split {
                stay = 1;
                while cut + stay < stops && draw.share() < STAY_LONGER {
                    stay += 1;
                }
            }
            let span = cut + stay;
            let first = (at + 1).saturating_sub(span).max(1);
            let begin = first + draw.below(at.min(stops + 1 - span) - first + 1);
            let gap = if stay > 0 { begin + 1 + draw.below(cut - 1) } else { begin };
            let out =
                |position: usize| (begin..begin + span).contains(&position) && !(gap..gap + stay).contains(&position);
            state.remove(model, tour, out, &mut self.removed);
            strings -= 1;
            if strings == 0 {
                break;
            }
        }
    }
}
