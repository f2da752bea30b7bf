//! The rest of the shift anew: time came free because visits were crossed off or went quicker, or new reports came in.
//!
//! From where every crew is and from now on, the same rules choose as for the first plan. What is done stays, and what
//! the coordinator pinned. There are at most two [`Offer`]s: the free time filled while everybody keeps their visits
//! and their order, and, where that is worth more, a plan in which other visits may give way. A coordinator decides.

use super::question::{Fresh, Question};
use super::write::{is_reordered, write};
use super::{Ground, Place, Visit, ground};
use crate::config::PatrolConfig;
use crate::round::{ops, store};
use deployment::solve::Plan;
use kit::once::{self, Claim};
use kit::{At, Fault, Uuid, audit, text_enum};
use policy::Resource;
use site::Cx;
use std::collections::HashSet;

/// A gain below this is none, in hundredths of a point.
const NO_GAIN: i64 = 5;
/// A plan on the page begins so many seconds from now: reading it takes a while, and it must hold when it is approved.
const READING: i32 = 300;

text_enum! {
    /// How the rest of a shift is planned.
    pub enum Manner {
        /// Everybody keeps their visits and their order; free time is filled.
        Fill = "fill",
        /// Visits may give way to others that are worth more.
        Anew = "anew",
    }
}

/// What a crew does at a moment.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// It has its break, of so many minutes.
    Rest(i64),
    /// A visit that it already had.
    Kept(Visit),
    /// A visit that another crew had.
    Taken(Visit),
    /// A place that nobody visited yet.
    New(Place),
}

/// One way to plan the rest of the shift.
#[derive(Clone, Debug)]
pub struct Offer {
    /// How.
    pub manner: Manner,
    /// What the visits still to come are worth, in hundredths of a point.
    pub score: i64,
    /// What each crew does, in order.
    pub crews: Vec<Vec<(At, What)>>,
    /// When each crew is back.
    pub back: Vec<At>,
    /// Visits that nobody makes then.
    pub dropped: Vec<Visit>,
    /// Whether a crew makes visits that it keeps in another order.
    pub reordered: bool,
    /// The plan as a form sends it back.
    pub text: String,
}

/// The rest of the shift as it is, and what can be made of it.
#[derive(Clone, Debug)]
pub struct Offers {
    /// From when they are.
    pub from: At,
    /// What the visits still to come are worth as they are now, in hundredths of a point.
    pub score: i64,
    /// Visits that cannot be made in time any more.
    pub late: Vec<Visit>,
    /// What can be done; nothing where nothing is better.
    pub offers: Vec<Offer>,
}

/// What a form sends back.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// The id of the form.
    pub request: Uuid,
    /// [`Ground::stamp`] as it was on the page.
    pub stamp: i64,
    /// [`Offers::from`], in microseconds.
    pub from: i64,
    /// [`Offer::text`].
    pub plan: String,
}

/// Plans the rest of the shift.
///
/// # Errors
/// [`Fault::Internal`] when the solver does not understand the question.
pub async fn offers(cx: &Cx, ground: Ground) -> Result<(Ground, Offers), Fault> {
    let (work, ms) = (cx.clone(), cx.municipality.get::<PatrolConfig>().search.first_ms);
    ops::blocking(move || {
        let question = Question::of(&work, &ground, fresh(&work, &ground), Some(&most(&work, &ground)), READING);
        let clock = &work.app.clock;
        let base = question.search(&question.still(true, false), clock, ms / 4)?;
        let fill = question.search(&question.still(true, true), clock, ms / 2)?;
        let anew = question.search(&question.rounds, clock, ms)?;
        let late = question.dropped(&base);
        let worth = |plan: &Plan| {
            let missed = question.missed(plan);
            (std::cmp::Reverse(missed), i64::try_from(plan.score).unwrap_or(i64::MAX))
        };
        let mut offers = Vec::new();
        let mut bar = worth(&base);
        if question.adds(&fill) || !late.is_empty() {
            bar = worth(&fill);
            offers.push(question.offer(&work, Manner::Fill, &fill));
        }
        bar.1 += NO_GAIN;
        if worth(&anew) >= bar {
            offers.push(question.offer(&work, Manner::Anew, &anew));
        }
        let score = i64::try_from(base.score).unwrap_or(i64::MAX);
        Ok((
            ground,
            Offers { from: At::from_micros(work.now.micros() + i64::from(READING) * 1_000_000), score, late, offers },
        ))
    })
    .await
}

/// Puts the rest of the shift into effect as it was on the page, once per form.
///
/// # Errors
/// [`Fault::Stale`] when something happened in the rounds meanwhile, or the plan does not hold any more;
/// [`Fault::Rule`] when the rounds are over.
pub async fn take(cx: &Cx, id: Uuid, chosen: &Chosen) -> Result<(), Fault> {
    let permit = cx.permit("round:approve", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    if store::handled(&mut tx, &permit, chosen.request).await? {
        return Ok(());
    }
    let ground = ground(cx, &mut tx, &permit, id).await?;
    drop(tx);
    if ground.stamp() != chosen.stamp {
        return Err(Fault::Stale);
    }
    let (work, text) = (cx.clone(), chosen.plan.clone());
    let lead = i32::try_from((chosen.from - cx.now.micros()) / 1_000_000).unwrap_or(0).clamp(0, READING);
    let (ground, laid) = ops::blocking(move || {
        let keys: HashSet<&str> = text.split([';', ',']).collect();
        let mut fresh = fresh(&work, &ground);
        fresh.retain(|one| keys.contains(one.place.key.as_str()));
        let question = Question::of(&work, &ground, fresh, None, lead);
        let plan = match question.read(&text) {
            Some(tours) => question.lay(&tours)?,
            None => None,
        };
        Ok((ground, plan.map(|plan| (question, plan))))
    })
    .await?;
    let (question, plan) = laid.ok_or(Fault::Stale)?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), chosen.request, cx.now, &format!("/rounds/{id}")).await? != Claim::New {
        return Ok(());
    }
    let note = cx.t("patrol-anew-dropped");
    let done = write(cx, &mut tx, &permit, (&ground, &question, &plan), &note).await?;
    let detail = serde_json::json!({
        "rest": ground.rounds.len(), "in": done.added, "out": done.dropped, "worth": plan.score, "seed": ground.seed,
    });
    audit::record(&mut tx, &cx.deed(), permit.action(), "round", &id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

/// The places that can come in: the most valuable, so many as a first plan would keep, and the squares drawn by lot.
fn fresh(cx: &Cx, ground: &Ground) -> Vec<Fresh> {
    let config = cx.municipality.get::<PatrolConfig>();
    let leaves = ops::times(&ground.shift, &config).0;
    let later = i32::try_from((leaves.micros() - cx.now.micros()) / 1_000_000).unwrap_or(0);
    let most = config.round.keep.saturating_mul(ground.rounds.len());
    let fresh = |place: &Place, compulsory| Fresh {
        place: place.clone(),
        windows: place.windows.iter().map(|(open, close)| (open + later, close + later)).collect(),
        compulsory,
    };
    let places = ground.places.iter().filter(|place| place.value > 0.0 && !ground.crossed_off(place)).take(most);
    places.map(|place| fresh(place, false)).chain(ground.lots.iter().map(|place| fresh(place, true))).collect()
}

/// How many visits each crew may still make: as many in an hour as were asked for the whole round, and never fewer than
/// it has now.
fn most(cx: &Cx, ground: &Ground) -> Vec<usize> {
    let config = cx.municipality.get::<PatrolConfig>();
    let (from, to) = ops::times(&ground.shift, &config);
    let whole = (to.micros() - from.micros()).max(1);
    let left = (to.micros() - cx.now.micros()).clamp(0, whole);
    let pace = |asked: i64| (i128::from(asked) * i128::from(left) + i128::from(whole) - 1) / i128::from(whole);
    let most = |(round, visits): &(crate::round::Round, Vec<Visit>)| {
        let planned = visits.iter().filter(|v| v.state == crate::round::VisitState::Planned).count();
        usize::try_from(pace(round.max_visits)).unwrap_or(0).max(planned)
    };
    ground.rounds.iter().map(most).collect()
}

impl Question {
    /// Visits still to come that a plan does not make.
    fn dropped(&self, plan: &Plan) -> Vec<Visit> {
        let made = plan.order().concat();
        self.visits.iter().enumerate().filter(|(n, _)| !made.contains(n)).map(|(_, v)| v.clone()).collect()
    }

    /// How many compulsory visits a plan does not make.
    fn missed(&self, plan: &Plan) -> usize {
        let made = plan.order().concat();
        self.rounds.visits.iter().enumerate().filter(|(n, v)| v.compulsory && !made.contains(n)).count()
    }

    /// Whether a plan has new places.
    fn adds(&self, plan: &Plan) -> bool {
        plan.order().concat().into_iter().any(|visit| self.new_place(visit).is_some())
    }

    fn offer(&self, cx: &Cx, manner: Manner, plan: &Plan) -> Offer {
        let at = |seconds: i32| At::from_micros(cx.now.micros() + i64::from(seconds) * 1_000_000);
        let what = |crew: usize, visit: usize, seconds: i32| {
            if let Some(place) = self.new_place(visit) {
                return What::New(place.clone());
            }
            match self.visits.get(visit) {
                Some(one) if self.now.get(crew).is_some_and(|now| now.contains(&visit)) => What::Kept(one.clone()),
                Some(one) => What::Taken(one.clone()),
                None => What::Rest(i64::from(seconds / 60)),
            }
        };
        let crews = plan.tours.iter().enumerate().map(|(crew, tour)| {
            tour.stops.iter().map(|s| (at(s.begin), what(crew, s.visit, s.leave - s.begin))).collect()
        });
        Offer {
            manner,
            score: i64::try_from(plan.score).unwrap_or(i64::MAX),
            crews: crews.collect(),
            back: plan.tours.iter().map(|tour| at(tour.back)).collect(),
            dropped: self.dropped(plan),
            reordered: plan.tours.iter().enumerate().any(|(crew, tour)| is_reordered(self, crew, tour)),
            text: self.text(plan),
        }
    }

    /// The tours as one text, for a form.
    fn text(&self, plan: &Plan) -> String {
        let key = |visit: usize| match (self.visits.get(visit), self.new_place(visit)) {
            (Some(visit), _) => visit.id.simple().to_string(),
            (_, Some(place)) => place.key.clone(),
            _ => REST.to_owned(),
        };
        let tour = |tour: Vec<usize>| tour.into_iter().map(key).collect::<Vec<_>>().join(",");
        plan.order().into_iter().map(tour).collect::<Vec<_>>().join(";")
    }

    /// Reads [`Question::text`]; `None` when it is about other crews or places, or names one twice.
    fn read(&self, text: &str) -> Option<Vec<Vec<usize>>> {
        let mut known = HashSet::new();
        let number = |crew: usize, key: &str| {
            if key == REST {
                return self.rests.get(crew).copied().flatten();
            }
            let visit = self.visits.iter().position(|v| v.id.simple().to_string() == key);
            visit.or_else(|| Some(self.first_new() + self.fresh.iter().position(|place| place.key == key)?))
        };
        let mut tours = Vec::new();
        for (crew, tour) in text.split(';').enumerate() {
            let mut order = Vec::new();
            for key in tour.split(',').filter(|key| !key.is_empty()) {
                order.push(number(crew, key).filter(|visit| known.insert(*visit))?);
            }
            tours.push(order);
        }
        (tours.len() == self.now.len()).then_some(tours)
    }
}

/// A break in the text of a plan.
const REST: &str = "rest";
