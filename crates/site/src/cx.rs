//! The context of one request: who, for which municipality, in which language, when, why.

use crate::app::Shared;
use crate::page::{MenuItem, Page, PageUser};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kit::{AnyVault, At, Db, Fault, FieldFaults, Main, Municipality, Seal, Trace, Tx, Words, audit::Deed};
use policy::{Actor, Circumstances, Hat, Permit, Resource};
use std::sync::Arc;

/// The action that the routes table demands for this route; the router puts it in the request.
#[derive(Clone, Copy, Debug)]
pub struct RouteAction(pub &'static str);

/// Everything a handler or an operation needs to know about its caller.
#[derive(Clone, Debug)]
pub struct Cx {
    /// The program.
    pub app: Shared,
    /// Who acts.
    pub actor: Actor,
    /// For which municipality.
    pub municipality: Arc<Municipality>,
    /// In which language.
    pub words: Words,
    /// The instant of the request; the same for all that it causes.
    pub now: At,
    /// The action that the route was opened with.
    pub action: &'static str,
    /// Path and query, for links back.
    pub path: String,
    /// The chain of work that the request belongs to (W3C Trace Context).
    pub trace: Trace,
}

impl Cx {
    /// The context of the system itself (jobs, imports): no actor, the municipality's own language.
    #[must_use]
    pub fn system(app: &Shared, municipality: &Arc<Municipality>, action: &'static str) -> Self {
        let language = municipality.file.languages.first().map_or("nl", String::as_str);
        Self {
            app: app.clone(),
            actor: Actor { name: "Regie".into(), ..Actor::stranger(municipality.code()) },
            municipality: municipality.clone(),
            words: app.library.words(language, municipality.zone.clone()),
            now: app.clock.now(),
            action,
            path: String::new(),
            trace: Trace::start(),
        }
    }

    /// Asks the policy.
    ///
    /// # Errors
    /// When it refuses.
    pub fn permit(&self, action: &'static str, resource: &Resource<'_>) -> Result<Permit, Fault> {
        self.app.policy.permit(&self.actor, action, resource)
    }

    /// Asks the policy in the given circumstances ([`Cx::how`]).
    ///
    /// # Errors
    /// When it refuses; a fence that refused is named.
    pub fn permit_as(
        &self,
        action: &'static str,
        resource: &Resource<'_>,
        how: &Circumstances,
    ) -> Result<Permit, Fault> {
        self.app.policy.permit_as(&self.actor, action, resource, how)
    }

    /// The circumstances of this request: the officer's hat, and whether a purpose was stated.
    #[must_use]
    pub fn how(&self, hat: Hat, purpose: bool) -> Circumstances {
        let step_up_minutes = self.municipality.file.security.step_up_minutes;
        Circumstances { hat, purpose, step_up_minutes, ..Circumstances::plain(self.now) }
    }

    /// The vault that `permit` opens: the one of its regime and no other.
    ///
    /// # Errors
    /// [`Fault::Internal`] when that vault is not open in this program.
    pub fn vault(&self, permit: &Permit) -> Result<Db<AnyVault>, Fault> {
        match permit.regime().vault() {
            "main" => Ok(self.app.main.any()),
            name => {
                self.app.vaults.get(name).cloned().ok_or_else(|| Fault::Internal(format!("vault `{name}` is not open")))
            }
        }
    }

    /// The keys of the vault that `permit` opens.
    ///
    /// # Errors
    /// [`Fault::Internal`] when the program has no key for it.
    pub fn seal(&self, permit: &Permit) -> Result<&Seal, Fault> {
        Ok(self.app.seals.of(permit.regime().vault())?)
    }

    /// Whether the actor's role may do `action` at all: for showing a button or a menu item.
    #[must_use]
    pub fn may(&self, action: &'static str) -> bool {
        self.app.policy.may_enter(self.actor.role, action)
    }

    /// Municipality code.
    #[must_use]
    pub fn code(&self) -> &str {
        self.municipality.code()
    }

    /// The vault of R0 and R1.
    #[must_use]
    pub fn db(&self) -> &Db<Main> {
        &self.app.main
    }

    /// A reading transaction.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(&self) -> Result<Tx<Main>, Fault> {
        Ok(self.app.main.read().await?)
    }

    /// A writing transaction.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn write(&self) -> Result<Tx<Main>, Fault> {
        Ok(self.app.main.write().await?)
    }

    /// Who, where, when and why, for the audit trail. The purpose is the declared processing that the
    /// action is part of; for actions without personal data the slice's name.
    #[must_use]
    pub fn deed(&self) -> Deed<'_> {
        let slice = self.action.split(':').next().unwrap_or(self.action);
        self.deed_for(self.app.policy.register().of_action(self.action).map_or(slice, |p| &p.id))
    }

    /// The same for a stated `purpose`: the processing that a record belongs to.
    #[must_use]
    pub fn deed_for<'a>(&'a self, purpose: &'a str) -> Deed<'a> {
        Deed {
            municipality: self.municipality.code(),
            actor: self.actor.account,
            role: if self.path.is_empty() { "system" } else { self.actor.role_word() },
            at: self.now,
            purpose,
            trace: self.trace,
        }
    }

    /// The text of a key.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.words.t(key)
    }

    /// The frame of a page titled by the locale key `title`.
    #[must_use]
    pub fn page(&self, title: &str) -> Page {
        self.page_titled(self.words.t(title))
    }

    /// The frame of a page with a ready title.
    #[must_use]
    pub fn page_titled(&self, title: String) -> Page {
        let path = self.path.split('?').next().unwrap_or("/");
        Page {
            lang: self.words.language().to_owned(),
            title,
            municipality: self.municipality.file.name.clone(),
            menu: self.menu(path),
            user: self
                .actor
                .role
                .map(|role| PageUser { name: self.actor.name.clone(), role: self.words.t(&format!("role-{role}")) }),
            assets: self.app.assets.clone(),
            path: self.path.clone(),
            notice: None,
            words: self.words.clone(),
        }
    }

    /// What the actor finds in the main menu; a part of the work with several rooms is one item.
    fn menu(&self, path: &str) -> Vec<MenuItem> {
        let mut menu: Vec<MenuItem> = vec![];
        let mut part = "";
        for (in_part, href, key, action) in MENU {
            if self.actor.account.is_none() || !self.may(action) {
                continue;
            }
            let current = path == *href || path.starts_with(&format!("{href}/"));
            let room = MenuItem { href: (*href).to_owned(), label: self.words.t(key), current, rooms: vec![] };
            match menu.last_mut().filter(|_| !in_part.is_empty() && *in_part == part) {
                Some(item) => {
                    item.current |= current;
                    item.rooms.push(room);
                }
                None if in_part.is_empty() => menu.push(room),
                None => menu.push(MenuItem { label: self.words.t(in_part), rooms: vec![room.clone()], ..room }),
            }
            part = in_part;
        }
        for item in &mut menu {
            if let [only] = &item.rooms[..] {
                *item = only.clone();
            }
        }
        menu
    }

    /// A form's faults as the error summary of a page wants them.
    #[must_use]
    pub fn summary(&self, faults: &FieldFaults) -> Vec<crate::page::FormError> {
        faults
            .sentences(&self.words)
            .into_iter()
            .map(|(field, text)| crate::page::FormError { field: field.to_owned(), text })
            .collect()
    }
}

/// The main menu: the part of the work that it is a room of, address, locale key, and the action that opens it.
const MENU: &[(&str, &str, &str, &str)] = &[
    ("", "/desk", "menu-desk", "desk:read"),
    ("", "/signals", "menu-signals", "signal:list"),
    ("", "/intake", "menu-intake", "signal:intake"),
    ("", "/picture", "menu-picture", "picture:read"),
    ("menu-deployment", "/rounds", "menu-rounds", "round:read"),
    ("menu-deployment", "/roster", "menu-roster", "roster:read"),
    ("menu-deployment", "/board", "menu-board", "board:read"),
    ("menu-deployment", "/campaigns", "menu-campaigns", "campaign:read"),
    ("menu-street", "/field", "menu-field", "field:use"),
    ("menu-street", "/youth", "menu-youth", "youth:overview"),
    ("menu-street", "/wrecks", "menu-wrecks", "wreck:read"),
    ("menu-street", "/sanctions", "menu-sanctions", "sanction:read"),
    ("", "/plan", "menu-plan", "plan:read"),
    ("", "/records", "menu-records", "record:open"),
    ("", "/partners", "menu-partners", "partner:read"),
    ("", "/rights", "menu-rights", "rights:read"),
    ("", "/audit", "menu-audit", "audit:read"),
    ("", "/accounts", "menu-accounts", "account-list:read"),
];

/// The value of cookie `name` in the request's headers.
#[must_use]
pub fn cookie<'a>(headers: &'a axum::http::HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(axum::http::header::COOKIE)
        .iter()
        .filter_map(|h| h.to_str().ok())
        .flat_map(|h| h.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The language of a request: the reader's choice (cookie), else what the browser prefers, else the
/// municipality's first.
#[must_use]
pub fn language(headers: &axum::http::HeaderMap, municipality: &Municipality) -> String {
    let offered = |l: &str| municipality.file.languages.iter().any(|o| o == l);
    if let Some(chosen) = cookie(headers, "language").filter(|l| offered(l)) {
        return chosen.to_owned();
    }
    headers
        .get(axum::http::header::ACCEPT_LANGUAGE)
        .and_then(|h| h.to_str().ok())
        .into_iter()
        .flat_map(|h| h.split(','))
        .filter_map(|part| part.trim().get(..2))
        .find(|l| offered(l))
        .map_or_else(|| municipality.file.languages.first().cloned().unwrap_or_default(), str::to_owned)
}

impl FromRequestParts<Shared> for Cx {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Fault> {
        let home = app.home().ok_or(Fault::NotFound)?;
        let actor = parts.extensions.get::<Actor>().cloned().unwrap_or_else(|| Actor::stranger(home.code()));
        let municipality = app.municipality(&actor.municipality)?;
        let words = app.library.words(&language(&parts.headers, &municipality), municipality.zone.clone());
        Ok(Self {
            app: app.clone(),
            municipality,
            words,
            now: app.clock.now(),
            action: parts.extensions.get::<RouteAction>().map_or("public:read", |a| a.0),
            path: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            trace: parts.extensions.get::<Trace>().copied().unwrap_or_else(Trace::start),
            actor,
        })
    }
}
