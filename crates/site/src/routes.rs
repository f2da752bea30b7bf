//! The table of routes: a path cannot be opened without naming the action that the policy must permit.

use crate::app::Shared;
use crate::layers::door;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::MethodRouter;

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path with `{parameters}`.
    pub path: &'static str,
    /// Action of the policy.
    pub action: &'static str,
}

/// Routes on their way to becoming a router.
#[derive(Debug)]
pub struct Table {
    app: Shared,
    router: Router<Shared>,
    list: Vec<Route>,
}

impl Table {
    /// An empty table.
    #[must_use]
    pub fn new(app: &Shared) -> Self {
        Self { app: app.clone(), router: Router::new(), list: vec![] }
    }

    /// A page or answer that changes nothing.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, action: &'static str, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        self.add(Method::GET, path, action, axum::routing::get(handler))
    }

    /// A form or message that changes something; its body may have 1 MB.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, action: &'static str, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        let door = axum::routing::post(handler).layer(DefaultBodyLimit::max(1_048_576));
        self.add(Method::POST, path, action, door)
    }

    /// A form with a file; the handler itself says what is too large, up to the site's limit.
    #[must_use]
    pub fn upload<H, T>(self, path: &'static str, action: &'static str, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        let most = usize::try_from(crate::MOST_MEGABYTES).unwrap_or(64) * 1_048_576;
        self.add(Method::POST, path, action, axum::routing::post(handler).layer(DefaultBodyLimit::max(most)))
    }

    fn add(mut self, method: Method, path: &'static str, action: &'static str, handler: MethodRouter<Shared>) -> Self {
        self.list.push(Route { method, path, action });
        let guarded = handler.layer(from_fn_with_state((self.app.clone(), action), door));
        Self { router: self.router.route(path, guarded), ..self }
    }

    /// Every line so far.
    #[must_use]
    pub fn list(&self) -> &[Route] {
        &self.list
    }

    /// The router, still without the layers around it.
    pub fn into_router(self) -> Router<Shared> {
        self.router
    }
}
