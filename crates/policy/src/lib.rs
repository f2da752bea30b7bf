//! Authorization: one function, actor × action × resource → [`Permit`], decided by Cedar policies
//! in `policies/`, one file per area of the domain.
//!
//! Architecture invariant: refusal is the default, and a [`Permit`] can only be made here. Store
//! functions that read or write records of a slice ask for one.

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression, Schema, ValidationMode, Validator,
};
use include_dir::{Dir, include_dir};
use kit::{Fault, Uuid, text_enum};
use std::collections::{HashMap, HashSet};
use std::str::FromStr as _;

static POLICIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../policies");

text_enum! {
    /// What a person is for the municipality (domain chapter 16).
    pub enum Role {
        /// Enforcement officer (boa).
        Officer = "officer",
        /// Coordinator of the enforcement team.
        Coordinator = "coordinator",
        /// Adviser on public order and safety (OOV).
        Adviser = "adviser",
        /// Mayor.
        Mayor = "mayor",
        /// Member of the council.
        CouncilMember = "council-member",
        /// Privacy officer.
        PrivacyOfficer = "privacy-officer",
        /// Functional administrator.
        Administrator = "administrator",
    }
}

/// Who acts. A stranger has no account and no role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account; `None` for a stranger.
    pub account: Option<Uuid>,
    /// Name to show to the actor and to colleagues.
    pub name: String,
    /// The one role of this account; `None` for a stranger.
    pub role: Option<Role>,
    /// Code of the municipality that the account belongs to.
    pub municipality: String,
}

impl Actor {
    /// Somebody who is not signed in, on the pages of `municipality`.
    #[must_use]
    pub fn stranger(municipality: &str) -> Self {
        Self { account: None, name: String::new(), role: None, municipality: municipality.to_owned() }
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
    /// Data regime, `R0` … `R10`.
    pub regime: &'static str,
    /// Whether the record is assigned to the actor.
    pub own: bool,
}

impl<'a> Resource<'a> {
    /// A record of `kind` under the GDPR's ordinary regime R1, not assigned to the actor.
    #[must_use]
    pub fn ordinary(kind: &'static str, municipality: &'a str) -> Self {
        Self { kind, municipality, regime: "R1", own: false }
    }
    /// A figure or plan without personal data, R0.
    #[must_use]
    pub fn open(kind: &'static str, municipality: &'a str) -> Self {
        Self { kind, municipality, regime: "R0", own: false }
    }
    /// The same record, assigned to the actor or not.
    #[must_use]
    pub fn own(mut self, own: bool) -> Self {
        self.own = own;
        self
    }
}

/// Proof that the policy allowed `action` to an actor in a municipality. Only [`Policy::permit`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    action: &'static str,
    municipality: String,
    actor: Option<Uuid>,
    role: &'static str,
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
}

/// A fault in the policy files, found at start.
#[derive(Debug, thiserror::Error)]
#[error("policies: {0}")]
pub struct PolicyError(String);

/// The policies, read and checked against their schema.
pub struct Policy {
    policies: PolicySet,
    authorizer: Authorizer,
    actions: HashMap<&'static str, EntityUid>,
    account: EntityTypeName,
    record: EntityTypeName,
    role: EntityTypeName,
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
        for file in POLICIES.files() {
            let content = file.contents_utf8().unwrap_or_default();
            match file.path().extension().and_then(|e| e.to_str()) {
                Some("cedarschema") => schema.push_str(content),
                Some("cedar") => text.push_str(content),
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
        })
    }

    /// Every action of the schema, sorted.
    #[must_use]
    pub fn actions(&self) -> Vec<&'static str> {
        let mut all: Vec<_> = self.actions.keys().copied().collect();
        all.sort_unstable();
        all
    }

    /// Whether `actor` may do `action` on `resource`.
    ///
    /// # Errors
    /// [`Fault::SignIn`] for a stranger who might be allowed once known, [`Fault::Refused`] with the
    /// roles that may otherwise.
    pub fn permit(&self, actor: &Actor, action: &'static str, resource: &Resource<'_>) -> Result<Permit, Fault> {
        if self.allows(actor.role, &actor.municipality, action, resource) {
            return Ok(Permit {
                action,
                municipality: resource.municipality.to_owned(),
                actor: actor.account,
                role: actor.role_word(),
            });
        }
        let who: Vec<String> = Role::ALL
            .iter()
            .filter(|r| self.allows(Some(**r), resource.municipality, action, &resource.own(true)))
            .map(|r| r.to_string())
            .collect();
        if actor.account.is_none() && !who.is_empty() {
            return Err(Fault::SignIn);
        }
        Err(Fault::Refused { action: action.to_owned(), who })
    }

    fn allows(&self, role: Option<Role>, municipality: &str, action: &str, resource: &Resource<'_>) -> bool {
        self.decide(role, municipality, action, resource).unwrap_or(false)
    }

    fn decide(&self, role: Option<Role>, municipality: &str, action: &str, resource: &Resource<'_>) -> Option<bool> {
        let uid = |kind: &EntityTypeName, id: &str| EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id));
        let principal = uid(&self.account, "actor");
        let target = uid(&self.record, "record");
        let text = |s: &str| RestrictedExpression::new_string(s.to_owned());
        let roles: HashSet<EntityUid> = role.map(|r| uid(&self.role, r.as_str())).into_iter().collect();
        let entities = Entities::from_entities(
            [
                Entity::new(
                    principal.clone(),
                    HashMap::from([("municipality".to_owned(), text(municipality))]),
                    roles.clone(),
                )
                .ok()?,
                Entity::new(
                    target.clone(),
                    HashMap::from([
                        ("municipality".to_owned(), text(resource.municipality)),
                        ("kind".to_owned(), text(resource.kind)),
                        ("regime".to_owned(), text(resource.regime)),
                        ("own".to_owned(), RestrictedExpression::new_bool(resource.own)),
                    ]),
                    HashSet::new(),
                )
                .ok()?,
            ]
            .into_iter()
            .chain(roles.into_iter().map(Entity::with_uid)),
            None,
        )
        .ok()?;
        let action = self.actions.get(action)?.clone();
        let request = Request::new(principal, action, target, Context::empty(), None).ok()?;
        Some(self.authorizer.is_authorized(&request, &self.policies, &entities).decision() == Decision::Allow)
    }

    /// The table role × action as text, for the checked-in snapshot that people read and sign.
    #[must_use]
    pub fn matrix(&self) -> String {
        use std::fmt::Write as _;
        let mut out = String::from("(x = may, o = may when it is assigned to them)\n");
        let _ = write!(out, "{:<20}{:<10}", "", "stranger");
        for role in Role::ALL {
            let _ = write!(out, "{:<16}", role.as_str());
        }
        for action in self.actions() {
            let _ = write!(out, "\n{action:<20}");
            let resource = Resource::ordinary("record", "GM0000");
            let mark = |role| match (
                self.allows(role, "GM0000", action, &resource),
                self.allows(role, "GM0000", action, &resource.own(true)),
            ) {
                (true, _) => "x",
                (false, true) => "o",
                _ => ".",
            };
            let _ = write!(out, "{:<10}", mark(None));
            for role in Role::ALL {
                let _ = write!(out, "{:<16}", mark(Some(*role)));
            }
            while out.ends_with(' ') {
                out.pop();
            }
        }
        out.push('\n');
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(role: Option<Role>, municipality: &str) -> Actor {
        Actor {
            account: role.map(|_| Uuid::from_u128(1)),
            name: String::new(),
            role,
            municipality: municipality.to_owned(),
        }
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
        let police = Resource { kind: "signal", municipality: "GM0396", regime: "R3", own: false };
        assert!(policy.permit(&actor(Some(Role::Coordinator), "GM0396"), "signal:read", &police).is_err());
    }
}
