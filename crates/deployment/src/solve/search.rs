//! The search: ruin a part of the plan, recreate it otherwise, and accept or take back.

use super::draw::Draw;
use super::model::Model;
use super::plan::Plan;
use super::rounds::{Rounds, RoundsError};
use super::state::State;

/// How often the budget is asked after: every so many iterations, each of which takes some microseconds (a hundred
/// visits) to some tens (a thousand).
const ASK_EVERY: u64 = 16;

/// What suits the size of the problem; found by trial on the benchmark and on made-up towns.
#[derive(Debug)]
pub(super) struct Manner {
    /// Coolings in a budget. Several short ones find the way out of a good plan that cannot become a better one; many
    /// visits need all the time for one.
    coolings: f64,
    /// Temperature at the start of a cooling, in mean scores of a visit.
    hot: f64,
    /// Visits taken out of the plan on average in a ruin (10 in the article).
    pub(super) removed: f64,
    /// What a way to a near neighbour counts against, in mean scores of a visit: of two plans of the same score the
    /// one with less travel is better, because it has more room for the next visit.
    travel_weight: f64,
    /// What it counts when a visit is put in that the next stop begins later, against as much extra travel.
    pub(super) later: f64,
    /// Chance that a string is split: a part in its middle stays.
    pub(super) split: f64,
}

const FEW: Manner = Manner { coolings: 4.0, hot: 0.7, removed: 10.0, travel_weight: 0.05, later: 0.1, split: 0.5 };
const MANY: Manner = Manner { coolings: 1.0, hot: 0.5, removed: 14.0, travel_weight: 0.1, later: 0.0, split: 0.2 };

/// Temperature at the end of a cooling.
const COLD: f64 = 0.02;

/// Chance that the search looks whether some compulsory visit, drawn by lot, is still missing.
const COMPULSORY_SEED: f64 = 0.1;

/// An anytime search for the best rounds: it has a plan from the start, and a better one the longer it runs.
///
/// Slack induction by string removals (Christiaens & Vanden Berghe 2020, "Slack Induction by String Removals for
/// Vehicle Routing Problems", Transportation Science 54) for visits that need not be made: each iteration takes
/// strings of visits near to each other out of some tours, puts in what fits of all that is not in a tour, and keeps
/// the result if it is better or, by simulated annealing, not much worse.
///
/// It has no clock and no chance but its seed: the same rounds, seed and calls with the same shares give the same
/// plan.
#[derive(Debug)]
pub struct Search {
    pub(super) rounds: Rounds,
    pub(super) model: Model,
    pub(super) state: State,
    pub(super) draw: Draw,
    pub(super) manner: &'static Manner,
    /// Visits that the last ruin took out.
    pub(super) removed: Vec<u32>,
    /// Visits in the order in which recreate tries them; kept for its memory only.
    pub(super) order: Vec<(f64, f64, u32)>,
    best: Best,
    iterations: u64,
}

/// The best plan so far.
#[derive(Debug, Default)]
struct Best {
    tours: Vec<Vec<u32>>,
    worth: i64,
    travel: i64,
}

impl Search {
    /// A search with a first plan, made at once by putting in what fits.
    pub fn new(rounds: &Rounds, seed: u64) -> Result<Self, RoundsError> {
        rounds.validate()?;
        let model = Model::new(rounds);
        let mut search = Self {
            rounds: rounds.clone(),
            state: State::new(&model),
            manner: if model.is_large() { &MANY } else { &FEW },
            model,
            draw: Draw::new(seed),
            removed: Vec::new(),
            order: Vec::new(),
            best: Best::default(),
            iterations: 0,
        };
        search.recreate(None);
        search.note();
        Ok(search)
    }

    /// Goes on from these tours (visits by number, in order) instead: those visits that may be made and fit come first,
    /// in this order, then what else fits. Visits and tours that do not exist are passed over. For a plan that was
    /// kept, or changed by hand.
    pub fn begin_with(&mut self, tours: &[Vec<usize>]) {
        // Of a visit with several nodes the first that fits is laid, and then the others do not.
        let of = &self.model.visit_of;
        let nodes = |&visit: &usize| {
            of.partition_point(|&one| (one as usize) < visit)..of.partition_point(|&one| one as usize <= visit)
        };
        let tours: Vec<Vec<u32>> =
            tours.iter().map(|tour| tour.iter().flat_map(nodes).map(|node| node as u32).collect()).collect();
        self.restart(&tours);
        self.recreate(None);
        self.note();
    }

    /// Searches for so many iterations.
    pub fn steps(&mut self, iterations: u64) {
        self.search(1, |done| done as f64 / iterations as f64, |_| {});
    }

    /// Searches until `share`, asked now and then with the number of iterations of this call, says that 1 of the
    /// budget is used. The caller may measure it by a clock, by iterations, or say 1 when somebody presses stop. The
    /// share matters before that, too: the search takes risks early and settles late. Called again, it goes on from
    /// the best plan.
    pub fn run(&mut self, share: impl FnMut(u64) -> f64) {
        self.search(ASK_EVERY, share, |_| {});
    }

    /// As [`Search::run`], and shows each plan of a better score soon after it was found, for who looks on.
    pub fn run_showing(&mut self, share: impl FnMut(u64) -> f64, show: impl FnMut(&Plan)) {
        self.search(ASK_EVERY, share, show);
    }

    fn search(&mut self, ask_every: u64, mut share: impl FnMut(u64) -> f64, mut show: impl FnMut(&Plan)) {
        let mut shown = self.best.worth;
        let score = self.model.mean_score;
        let weight = self.manner.travel_weight * score / self.model.mean_leg;
        let energy = |state: &State, travel: i64| state.worth as f64 - weight * travel as f64;
        let mut now = 0.0;
        let mut temperature = 0.0;
        let mut cooling = f64::NAN;
        for done in 0_u64.. {
            if done.is_multiple_of(ask_every) {
                if self.best.worth > shown {
                    shown = self.best.worth;
                    show(&self.plan());
                }
                let used = share(done);
                if used >= 1.0 || used.is_nan() || self.model.open.is_empty() {
                    break;
                }
                let turn = used.max(0.0) * self.manner.coolings;
                if turn.floor() != cooling {
                    cooling = turn.floor();
                    self.restart(&self.best.tours.clone());
                    now = energy(&self.state, self.state.travel());
                }
                let hot = self.manner.hot;
                temperature = hot * score * (COLD / hot).powf(turn.fract());
            }
            self.iterations += 1;
            self.state.keep();
            let seed = self.seed();
            self.ruin(seed);
            self.recreate(Some(seed));
            let travel = self.state.travel();
            let new = energy(&self.state, travel);
            if new > now + temperature * (1.0 - self.draw.share()).ln() {
                now = new;
                if (self.state.worth, self.best.travel) > (self.best.worth, travel) {
                    self.note();
                }
            } else {
                self.state.take_back(&self.model);
            }
        }
    }

    /// The best plan so far.
    pub fn plan(&self) -> Plan {
        let stop = |&node: &u32| (self.model.visit_of[node as usize] as usize, self.model.places[node as usize]);
        let tours: Vec<Vec<(usize, usize)>> =
            self.best.tours.iter().map(|tour| tour.iter().map(stop).collect()).collect();
        Plan::laid(&self.rounds, &tours)
    }

    /// Iterations of all calls together.
    pub fn iterations(&self) -> u64 {
        self.iterations
    }

    /// The visit around which the next ruin is: any, but now and then a compulsory one that is not in the plan.
    fn seed(&mut self) -> u32 {
        let open = &self.model.open;
        let (one, other) = (open[self.draw.below(open.len())], open[self.draw.below(open.len())]);
        let richer = if self.model.score(one) < self.model.score(other) { other } else { one };
        let any = if self.model.is_large() { richer } else { one };
        let compulsory = &self.model.compulsory;
        if compulsory.is_empty() || self.draw.share() >= COMPULSORY_SEED {
            return any;
        }
        let one = compulsory[self.draw.below(compulsory.len())];
        if self.state.is_made(&self.model, one) { any } else { one }
    }

    /// Begins with these tours.
    fn restart(&mut self, tours: &[Vec<u32>]) {
        self.state = State::new(&self.model);
        for (tour, visits) in tours.iter().enumerate().take(self.model.tours.len()) {
            self.state.lay(&self.model, tour, visits);
        }
    }

    /// Remembers the plan as the best.
    fn note(&mut self) {
        self.best.worth = self.state.worth;
        self.best.travel = self.state.travel();
        self.best.tours.resize(self.state.lines.len(), Vec::new());
        for (kept, line) in self.best.tours.iter_mut().zip(&self.state.lines) {
            kept.clear();
            kept.extend(line.visits().iter().map(|stop| stop.node));
        }
    }
}
