//! The program's way out ([`kit::fetch`]) as the OpenID Connect library wants it.

use kit::fetch::{self, FetchFault, Reach};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use std::future::Future;
use std::pin::Pin;

/// The client to the provider, and nowhere else: few seconds and small answers.
#[derive(Debug)]
pub struct Http(fetch::Http);

impl Http {
    /// A client that speaks TLS only, unless `allow_http`, and reaches no private network, unless `allow_private`.
    ///
    /// # Errors
    /// When TLS cannot be set up on this machine.
    pub fn new(allow_http: bool, allow_private: bool) -> anyhow::Result<Self> {
        let reach = Reach { allow_http, allow_private_addresses: allow_private, most_megabytes: 1, seconds: 10 };
        Ok(Self(fetch::Http::new(reach)?))
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = FetchFault;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchFault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.0.fetch(request))
    }
}
