//! What the policies can see: a finite set, so that every question has a remembered answer.

use crate::{Actor, Circumstances, Hat, Resource, Role, Stage};
use cedar_policy::RestrictedExpression;
use law::Regime;
use std::collections::HashMap;

/// Minutes since the second factor are counted up to here; more is the same as never.
const MOST_MINUTES: u8 = 60;

/// One question, as Cedar gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Facts {
    pub role: Option<Role>,
    pub action: &'static str,
    pub kind: &'static str,
    pub regime: Regime,
    pub stage: Stage,
    pub hat: Hat,
    /// Whether actor and record are of the same municipality.
    pub same_municipality: bool,
    /// Whether the actor is of a partner organisation.
    pub outsider: bool,
    pub own: bool,
    pub participant: bool,
    pub authorised: bool,
    pub covenant: bool,
    pub purpose: bool,
    pub targeted: bool,
    pub in_office: bool,
    /// Minutes since the second factor, [`MOST_MINUTES`] when longer ago or never.
    pub step_up_age: u8,
    /// Minutes that a second factor holds.
    pub step_up_limit: u8,
}

impl Facts {
    pub fn of(actor: &Actor, action: &'static str, resource: &Resource<'_>, how: &Circumstances) -> Self {
        let age = actor.stepped_up_at.map_or(i64::MAX, |at| (how.now.micros() - at.micros()) / 60_000_000);
        let covers = |processings: &[String]| processings.iter().any(|p| p == resource.processing);
        Self {
            role: actor.role,
            action,
            kind: resource.kind,
            regime: resource.regime,
            stage: resource.stage,
            hat: how.hat,
            same_municipality: actor.municipality == resource.municipality,
            outsider: actor.organisation.is_some(),
            own: resource.own,
            participant: resource.participant,
            authorised: covers(&actor.authorised),
            covenant: covers(&actor.covenants),
            purpose: how.purpose,
            targeted: how.targeted,
            in_office: actor.in_office,
            step_up_age: u8::try_from(age.max(0)).unwrap_or(MOST_MINUTES).min(MOST_MINUTES),
            step_up_limit: how.step_up_minutes.min(MOST_MINUTES),
        }
    }

    /// The same question with every fence open that a person can open by doing or asking something.
    pub fn at_best(&self) -> Self {
        Self {
            hat: if self.regime == Regime::R2 { Hat::Investigator } else { Hat::Supervisor },
            same_municipality: true,
            outsider: false,
            own: true,
            participant: true,
            authorised: true,
            covenant: true,
            purpose: true,
            targeted: true,
            in_office: true,
            step_up_age: 0,
            step_up_limit: MOST_MINUTES,
            ..*self
        }
    }

    pub fn principal(&self) -> HashMap<String, RestrictedExpression> {
        HashMap::from([("outsider".to_owned(), RestrictedExpression::new_bool(self.outsider))])
    }

    pub fn resource(&self) -> HashMap<String, RestrictedExpression> {
        let text = |s: &str| RestrictedExpression::new_string(s.to_owned());
        HashMap::from([
            ("kind".to_owned(), text(self.kind)),
            ("regime".to_owned(), text(self.regime.code())),
            ("stage".to_owned(), text(self.stage.as_str())),
            ("here".to_owned(), RestrictedExpression::new_bool(self.same_municipality)),
            ("own".to_owned(), RestrictedExpression::new_bool(self.own)),
            ("participant".to_owned(), RestrictedExpression::new_bool(self.participant)),
        ])
    }

    pub fn context(&self) -> Vec<(String, RestrictedExpression)> {
        let truth = RestrictedExpression::new_bool;
        vec![
            ("hat".to_owned(), RestrictedExpression::new_string(self.hat.as_str().to_owned())),
            ("purpose".to_owned(), truth(self.purpose)),
            ("targeted".to_owned(), truth(self.targeted)),
            ("authorised".to_owned(), truth(self.authorised)),
            ("covenant".to_owned(), truth(self.covenant)),
            ("in_office".to_owned(), truth(self.in_office)),
            ("step_up_age".to_owned(), RestrictedExpression::new_long(self.step_up_age.into())),
            ("step_up_limit".to_owned(), RestrictedExpression::new_long(self.step_up_limit.into())),
        ]
    }
}
