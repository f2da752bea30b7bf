//! Authorization: one function, actor × action × resource × circumstances → [`Permit`], decided by Cedar
//! policies in `policies/`, one file per area of the domain.
//!
//! Architecture invariant: refusal is the default, and a [`Permit`] can only be made here. Store
//! functions that read or write records of a slice ask for one.
//!
//! The policies see a finite set of [facts](facts::Facts); each question is put to Cedar once and its
//! answer remembered.

mod facts;
mod matrix;
mod processing;

pub use processing::{Processing, ProcessingRegister};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request, Schema,
    ValidationMode, Validator,
};
use facts::Facts;
use include_dir::{Dir, include_dir};
use kit::{At, Fault, Uuid, text_enum};
use law::Regime;
use std::collections::{HashMap, HashSet};
use std::str::FromStr as _;
use std::sync::{Arc, PoisonError, RwLock};

static POLICIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../policies");

text_enum! {
    /// What a person is for the municipality (domain chapter 16).
    pub enum Role {
        /// Enforcement officer (boa).
        Officer = "officer",
        /// Intake desk: takes reports by phone and mail, sorts, answers and moderates them.
        Intake = "intake",
        /// Coordinator of the enforcement team.
        Coordinator = "coordinator",
        /// Adviser on public order and safety (OOV).
        Adviser = "adviser",
        /// Mayor.
        Mayor = "mayor",
        /// Member of the council.
        CouncilMember = "council-member",
        /// Process director of person-centred cases (care and safety house).
        ProcessDirector = "process-director",
        /// Somebody of a partner organisation: police, care, housing, probation.
        Partner = "partner",
        /// Bibob officer.
        BibobOfficer = "bibob-officer",
        /// Officer of the social domain: care, youth, income.
        SocialOfficer = "social-officer",
        /// Officer for compulsory mental health care (Wvggz).
        CareOfficer = "care-officer",
        /// Crisis care officer.
        CrisisOfficer = "crisis-officer",
        /// Privacy officer.
        PrivacyOfficer = "privacy-officer",
        /// Functional administrator.
        Administrator = "administrator",
    }
}

text_enum! {
    /// In which capacity an officer acts, chosen per act (domain 0.2 (3)).
    pub enum Hat {
        /// Supervision of the rules (Awb 5:11): regime R1.
        Supervisor = "supervisor",
        /// Detecting offences for a sanction: regime R2, the Wpg.
        Investigator = "investigator",
    }
}

/// Who acts. A stranger has no account and no role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// The account; `None` for a stranger.
    pub account: Option<Uuid>,
    /// Name to show to the actor and to colleagues.
    pub name: String,
    /// The one role of this account; `None` for a stranger.
    pub role: Option<Role>,
    /// Code of the municipality that the account belongs to.
    pub municipality: String,
    /// The partner organisation; `None` for the municipality's own people.
    pub organisation: Option<Uuid>,
    /// When this session last showed a second factor.
    pub stepped_up_at: Option<At>,
    /// Whether the request comes from the municipality's own network.
    pub in_office: bool,
    /// Processings that this person is authorised for now (Wpg art. 6 and its likes), by id.
    pub authorised: Arc<[String]>,
    /// Processings that a covenant in force now opens for the actor's organisation, by id.
    pub covenants: Arc<[String]>,
    /// The session, as its store knows it; `None` for a stranger and the system.
    pub session: Option<String>,
}

impl Actor {
    /// Somebody who is not signed in, on the pages of `municipality`.
    #[must_use]
    pub fn stranger(municipality: &str) -> Self {
        Self { municipality: municipality.to_owned(), ..Self::default() }
    }

    /// The word for the audit trail.
    #[must_use]
    pub fn role_word(&self) -> &'static str {
        self.role.map_or("stranger", Role::as_str)
    }
}

/// What is acted on, as far as the policy needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a> {
    /// Kind of record, e.g. `signal`.
    pub kind: &'static str,
    /// Municipality that the record belongs to.
    pub municipality: &'a str,
    /// Data regime.
    pub regime: Regime,
    /// Whether the record is assigned to the actor.
    pub own: bool,
    /// Whether the actor takes part in the case that the record is of.
    pub participant: bool,
    /// Where the record stands in its life.
    pub stage: Stage,
    /// The declared processing that the record belongs to; empty outside the fenced vaults.
    pub processing: &'a str,
}

text_enum! {
    /// Where a record stands in its life, as far as access goes (Wpg art. 8 and 14).
    pub enum Stage {
        /// In use.
        Free = "free",
        /// Only by a targeted query with a recorded reason.
        Targeted = "targeted",
        /// Out of operations; kept for complaints and accountability.
        Removed = "removed",
    }
}

impl<'a> Resource<'a> {
    /// A record of `kind` under the GDPR's ordinary regime R1, not assigned to the actor.
    #[must_use]
    pub fn ordinary(kind: &'static str, municipality: &'a str) -> Self {
        Self {
            kind,
            municipality,
            regime: Regime::R1,
            own: false,
            participant: false,
            stage: Stage::Free,
            processing: "",
        }
    }
    /// A figure or plan without personal data, R0.
    #[must_use]
    pub fn open(kind: &'static str, municipality: &'a str) -> Self {
        Self { regime: Regime::R0, ..Self::ordinary(kind, municipality) }
    }
    /// A record in a fenced vault, of a declared processing.
    #[must_use]
    pub fn fenced(kind: &'static str, municipality: &'a str, regime: Regime, processing: &'a str) -> Self {
        Self { regime, processing, ..Self::ordinary(kind, municipality) }
    }
    /// The same record, assigned to the actor or not.
    #[must_use]
    pub fn own(mut self, own: bool) -> Self {
        self.own = own;
        self
    }
}

/// How the actor comes to the record: what the person said and what the house knows of the moment.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// The instant of the request.
    pub now: At,
    /// The capacity that an officer chose for this act.
    pub hat: Hat,
    /// Whether a purpose was stated, with a reason in words that is kept.
    pub purpose: bool,
    /// Whether this is a targeted query with a recorded reason (Wpg art. 8(2)).
    pub targeted: bool,
    /// For how many minutes a second factor opens the fenced vaults (configuration).
    pub step_up_minutes: u8,
}

impl Circumstances {
    /// Nothing was said: no purpose, no query, the supervisor's hat.
    #[must_use]
    pub fn plain(now: At) -> Self {
        Self { now, hat: Hat::Supervisor, purpose: false, targeted: false, step_up_minutes: 0 }
    }
}

/// Proof that the policy allowed `action` to an actor in a municipality. Only [`Policy`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    action: &'static str,
    municipality: String,
    actor: Option<Uuid>,
    role: &'static str,
    regime: Regime,
}

impl Permit {
    /// The action that was allowed.
    #[must_use]
    pub fn action(&self) -> &'static str {
        self.action
    }
    /// The municipality that it was allowed in: the scope of every query.
    #[must_use]
    pub fn municipality(&self) -> &str {
        &self.municipality
    }
    /// The account that it was allowed to.
    #[must_use]
    pub fn actor(&self) -> Option<Uuid> {
        self.actor
    }
    /// The role that it was allowed in.
    #[must_use]
    pub fn role(&self) -> &'static str {
        self.role
    }
    /// The regime that it was allowed for: it opens the vault of this regime and no other.
    #[must_use]
    pub fn regime(&self) -> Regime {
        self.regime
    }
}

/// A fault in the policy files, found at start.
#[derive(Debug, thiserror::Error)]
#[error("policies: {0}")]
pub struct PolicyError(String);

/// What Cedar said: yes, or no by these fences (none: nothing permits it).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Verdict {
    allow: bool,
    fences: Vec<String>,
}

/// More remembered answers than this and the memory starts anew: it must not grow without end.
const MOST_REMEMBERED: usize = 100_000;

/// The policies, read and checked against their schema.
pub struct Policy {
    policies: PolicySet,
    authorizer: Authorizer,
    actions: HashMap<&'static str, EntityUid>,
    account: EntityTypeName,
    record: EntityTypeName,
    role: EntityTypeName,
    /// The actions with their groups.
    groups: Vec<Entity>,
    register: ProcessingRegister,
    remembered: RwLock<HashMap<Facts, Arc<Verdict>>>,
    entered: RwLock<HashMap<(Option<Role>, &'static str), bool>>,
}

impl std::fmt::Debug for Policy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Policy").field("actions", &self.actions.len()).finish_non_exhaustive()
    }
}

impl Policy {
    /// Reads the policies that are built into the program.
    ///
    /// # Errors
    /// When a policy cannot be read or does not fit the schema.
    pub fn load() -> Result<Self, PolicyError> {
        let error = |e: String| PolicyError(e);
        let mut schema = String::new();
        let mut text = String::new();
        let mut processings = "";
        for file in POLICIES.files() {
            let content = file.contents_utf8().unwrap_or_default();
            match file.path().extension().and_then(|e| e.to_str()) {
                Some("cedarschema") => schema.push_str(content),
                Some("cedar") => text.push_str(content),
                Some("toml") => processings = content,
                _ => {}
            }
        }
        let (schema, _) = Schema::from_cedarschema_str(&schema).map_err(|e| error(e.to_string()))?;
        let policies = PolicySet::from_str(&text).map_err(|e| error(e.to_string()))?;
        let checked = Validator::new(schema.clone()).validate(&policies, ValidationMode::Strict);
        if !checked.validation_passed() {
            return Err(error(checked.validation_errors().map(|e| e.to_string()).collect::<Vec<_>>().join("; ")));
        }
        let mut actions = HashMap::new();
        for uid in schema.actions() {
            // Action names live as long as the program: they are the program's own.
            let name: &'static str = Box::leak(uid.id().unescaped().to_owned().into_boxed_str());
            actions.insert(name, uid.clone());
        }
        let name = |n: &str| EntityTypeName::from_str(n).map_err(|e| error(e.to_string()));
        Ok(Self {
            policies,
            authorizer: Authorizer::new(),
            actions,
            account: name("Account")?,
            record: name("Record")?,
            role: name("Role")?,
            groups: schema.action_entities().map_err(|e| error(e.to_string()))?.into_iter().collect(),
            register: ProcessingRegister::parse(processings).map_err(error)?,
            remembered: RwLock::default(),
            entered: RwLock::default(),
        })
    }

    /// Every action of the schema, sorted.
    #[must_use]
    pub fn actions(&self) -> Vec<&'static str> {
        let mut all: Vec<_> = self.actions.keys().copied().collect();
        all.sort_unstable();
        all
    }

    /// What the program does with personal data, and why: the source of the processing register.
    #[must_use]
    pub fn register(&self) -> &ProcessingRegister {
        &self.register
    }

    /// Whether `actor` may do `action` on `resource`, with nothing said about purpose or hat.
    ///
    /// # Errors
    /// [`Fault::SignIn`] for a stranger who might be allowed once known, [`Fault::Refused`] with the
    /// fences that refused and the roles that may otherwise.
    pub fn permit(&self, actor: &Actor, action: &'static str, resource: &Resource<'_>) -> Result<Permit, Fault> {
        self.permit_as(actor, action, resource, &Circumstances::plain(At::from_micros(0)))
    }

    /// Whether `actor` may do `action` on `resource` in these `circumstances`.
    ///
    /// # Errors
    /// As [`Policy::permit`].
    pub fn permit_as(
        &self,
        actor: &Actor,
        action: &'static str,
        resource: &Resource<'_>,
        circumstances: &Circumstances,
    ) -> Result<Permit, Fault> {
        let facts = Facts::of(actor, action, resource, circumstances);
        let verdict = self.verdict(&facts);
        if verdict.allow {
            return Ok(Permit {
                action,
                municipality: resource.municipality.to_owned(),
                actor: actor.account,
                role: actor.role_word(),
                regime: resource.regime,
            });
        }
        let best = facts.at_best();
        let may = |role: &Role| self.verdict(&Facts { role: Some(*role), ..best }).allow;
        let who: Vec<String> = Role::ALL.iter().filter(|r| may(r)).map(ToString::to_string).collect();
        if actor.account.is_none() && !who.is_empty() {
            return Err(Fault::SignIn);
        }
        // A fence is named only to whom the role would let in: to all others it says nothing they may know.
        let works_here = |role| self.verdict(&Facts { role: Some(role), stage: Stage::Free, ..best }).allow;
        let fences = if actor.role.is_some_and(works_here) { verdict.fences.clone() } else { vec![] };
        Err(Fault::Refused { action: action.to_owned(), who, fences })
    }

    /// Whether `actor`'s role may do `action` anywhere, on some record, when every fence is open: the
    /// question of a route's door, a menu and a button. Records are asked about one by one after it.
    ///
    /// # Errors
    /// As [`Policy::permit`].
    pub fn enter(&self, actor: &Actor, action: &'static str) -> Result<(), Fault> {
        let may = |role: Option<Role>| self.may_enter(role, action);
        if may(actor.role) {
            return Ok(());
        }
        let who: Vec<String> = Role::ALL.iter().filter(|r| may(Some(**r))).map(ToString::to_string).collect();
        if actor.account.is_none() && !who.is_empty() {
            return Err(Fault::SignIn);
        }
        Err(Fault::Refused { action: action.to_owned(), who, fences: vec![] })
    }

    /// Whether `role` (`None`: a stranger) may do `action` anywhere: [`Policy::enter`] as a yes or no, for menus
    /// and buttons.
    #[must_use]
    pub fn may_enter(&self, role: Option<Role>, action: &'static str) -> bool {
        if let Some(known) = self.entered.read().unwrap_or_else(PoisonError::into_inner).get(&(role, action)) {
            return *known;
        }
        let how = Circumstances::plain(At::from_micros(0));
        let bare = Facts::of(&Actor::stranger(""), action, &Resource::ordinary("route", ""), &how);
        // Each question costs Cedar a fraction of a millisecond, once. With every fence open a targeted record is
        // as good as a free one.
        let may = [Stage::Free, Stage::Removed].into_iter().any(|stage| {
            let at = |regime| self.verdict(&Facts { role, regime, stage, ..bare }.at_best()).allow;
            Regime::ALL.into_iter().any(at)
        });
        self.entered.write().unwrap_or_else(PoisonError::into_inner).insert((role, action), may);
        may
    }

    fn verdict(&self, facts: &Facts) -> Arc<Verdict> {
        if let Some(known) = self.remembered.read().unwrap_or_else(PoisonError::into_inner).get(facts) {
            return known.clone();
        }
        let nothing = Verdict { allow: false, fences: vec![] };
        let fresh = Arc::new(self.decide(facts).unwrap_or(nothing));
        let mut remembered = self.remembered.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MOST_REMEMBERED {
            remembered.clear();
        }
        remembered.insert(*facts, fresh.clone());
        fresh
    }

    /// Puts one question to Cedar. `None` when the question itself is wrong (an action that is not in the schema).
    fn decide(&self, facts: &Facts) -> Option<Verdict> {
        let uid = |kind: &EntityTypeName, id: &str| EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id));
        let principal = uid(&self.account, "actor");
        let target = uid(&self.record, "record");
        let roles: HashSet<EntityUid> = facts.role.map(|r| uid(&self.role, r.as_str())).into_iter().collect();
        let account = Entity::new(principal.clone(), facts.principal(), roles.clone()).ok()?;
        let record = Entity::new(target.clone(), facts.resource(), HashSet::new()).ok()?;
        let entities = Entities::from_entities(
            [account, record]
                .into_iter()
                .chain(roles.into_iter().map(Entity::with_uid))
                .chain(self.groups.iter().cloned()),
            None,
        )
        .ok()?;
        let action = self.actions.get(facts.action)?.clone();
        let context = Context::from_pairs(facts.context()).ok()?;
        let request = Request::new(principal, action, target, context, None).ok()?;
        let answer = self.authorizer.is_authorized(&request, &self.policies, &entities);
        let allow = answer.decision() == Decision::Allow;
        let named = |id: &_| self.policies.annotation(id, "id").map(str::to_owned);
        let mut fences: Vec<String> = match allow {
            true => vec![],
            false => answer.diagnostics().reason().filter_map(named).collect(),
        };
        fences.sort_unstable();
        Some(Verdict { allow, fences })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(role: Option<Role>, municipality: &str) -> Actor {
        Actor { account: role.map(|_| Uuid::from_u128(1)), role, ..Actor::stranger(municipality) }
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "`make bless` speaks to tests by the environment")]
    fn the_matrix_is_as_signed() {
        let policy = Policy::load().unwrap();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/matrix.txt");
        if std::env::var("REGIE_BLESS").is_ok() {
            std::fs::write(path, policy.matrix()).unwrap();
        }
        assert_eq!(policy.matrix(), std::fs::read_to_string(path).unwrap(), "run `make bless` and read the change");
    }

    #[test]
    fn refusals_say_who_may_and_never_cross_a_municipality() {
        let policy = Policy::load().unwrap();
        let here = Resource::ordinary("signal", "GM0396");
        for (who, action, expected) in [
            (actor(Some(Role::Coordinator), "GM0396"), "signal:list", "ok"),
            (actor(Some(Role::Coordinator), "US-STL"), "signal:list", "refused"),
            (actor(Some(Role::Mayor), "GM0396"), "signal:read", "refused"),
            (actor(Some(Role::PrivacyOfficer), "GM0396"), "signal:read", "refused"),
            (actor(None, "GM0396"), "signal:list", "sign-in"),
            (actor(None, "GM0396"), "report:create", "ok"),
            (actor(Some(Role::Officer), "GM0396"), "round:walk", "refused"),
        ] {
            let got = match policy.permit(&who, action, &here) {
                Ok(permit) => {
                    assert_eq!((permit.action(), permit.municipality()), (action, "GM0396"));
                    "ok"
                }
                Err(Fault::Refused { who, .. }) => {
                    assert!(!who.is_empty());
                    "refused"
                }
                Err(Fault::SignIn) => "sign-in",
                Err(other) => panic!("{other}"),
            };
            assert_eq!(got, expected, "{action}");
        }
        assert!(policy.permit(&actor(Some(Role::Officer), "GM0396"), "round:walk", &here.own(true)).is_ok());
    }

    #[test]
    fn sensitive_regimes_are_closed_to_this_slice() {
        let policy = Policy::load().unwrap();
        let police = Resource { regime: Regime::R3, ..Resource::ordinary("signal", "GM0396") };
        assert!(policy.permit(&actor(Some(Role::Coordinator), "GM0396"), "signal:read", &police).is_err());
    }
}
