//! The way out to the provider, and nowhere else: TLS, no redirects, few seconds, small answers, and no
//! address of a private network unless the configuration says so. An address in a discovery document can
//! therefore not be used to reach into the municipality's own network (SSRF).

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// Most bytes of an answer.
const MOST: usize = 1_000_000;

/// Why a request did not work.
#[derive(Debug, thiserror::Error)]
pub enum HttpFault {
    /// The network or TLS.
    #[error(transparent)]
    Request(#[from] reqwest::Error),
    /// The answer is longer than any provider's.
    #[error("more than {MOST} bytes")]
    TooLong,
    /// The address is one of a private network.
    #[error("`{0}` lies in a private network; `allow_private_addresses` is not set")]
    Private(String),
    /// The answer cannot be put together.
    #[error(transparent)]
    Answer(#[from] openidconnect::http::Error),
}

/// The client.
#[derive(Debug)]
pub struct Http {
    client: reqwest::Client,
    private: bool,
}

impl Http {
    /// A client that speaks TLS only, unless `allow_http`, and reaches no private network, unless `allow_private`.
    ///
    /// # Errors
    /// When TLS cannot be set up on this machine.
    pub fn new(allow_http: bool, allow_private: bool) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .https_only(!allow_http)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(10))
            .dns_resolver(Arc::new(Names { private: allow_private }))
            .user_agent("Regie")
            .build()?;
        Ok(Self { client, private: allow_private })
    }

    /// Sends `request` and reads the answer, whatever its status.
    ///
    /// # Errors
    /// See [`HttpFault`].
    pub async fn fetch(&self, request: HttpRequest) -> Result<HttpResponse, HttpFault> {
        Self::send(self.client.clone(), self.private, request).await
    }

    async fn send(client: reqwest::Client, private: bool, request: HttpRequest) -> Result<HttpResponse, HttpFault> {
        // A name goes through `Names`; an address that stands in the URL itself does not.
        let host = request.uri().host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        if !private && host.parse::<IpAddr>().is_ok_and(|address| !is_public(address)) {
            return Err(HttpFault::Private(host));
        }
        let mut answer = client.execute(request.try_into()?).await?;
        let mut out = openidconnect::http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            out = out.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > MOST {
                return Err(HttpFault::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(out.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpFault;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpFault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(Self::send(self.client.clone(), self.private, request))
    }
}

/// Looks names up and leaves private addresses out, at the moment of connecting: a name that changes its
/// address between a check and its use gains nothing.
struct Names {
    private: bool,
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let private = self.private;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            let good: Vec<SocketAddr> = found.filter(|a| private || is_public(a.ip())).collect();
            if good.is_empty() {
                return Err(HttpFault::Private(host).into());
            }
            Ok(Box::new(good.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the public internet (IANA special-purpose registries).
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_documentation()
                || v4.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (18..20).contains(&b)))
        }
        IpAddr::V6(v6) => {
            let s = v6.segments();
            // NAT64 carries an IPv4 address in its last half.
            if s[0] == 0x64 && s[1] == 0xff9b {
                let [.., high, low] = s;
                let [a, b] = high.to_be_bytes();
                let [c, d] = low.to_be_bytes();
                return is_public(IpAddr::V4(Ipv4Addr::new(a, b, c, d)));
            }
            // Only 2000::/3 is given out; 6to4, Teredo and documentation lie in it and carry others.
            s[0] & 0xe000 == 0x2000
                && s[0] != 0x2002
                && !(s[0] == 0x2001 && (s[1] < 0x0200 || s[1] == 0x0db8))
                && s[0] != 0x3fff
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_told_from_public_ones() {
        for (address, public) in [
            ("8.8.8.8", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("0.0.0.0", false),
            ("::1", false),
            ("::ffff:10.0.0.1", false),
            ("fd00::1", false),
            ("fe80::1", false),
            ("64:ff9b::a00:1", false),
            ("2002:a00:1::", false),
            ("2a02:1234::1", true),
        ] {
            assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
        }
    }

    #[tokio::test]
    async fn nothing_private_is_reached() {
        let http = Http::new(true, false).unwrap();
        for url in ["http://127.0.0.1:1/", "http://[::1]:1/", "http://localhost:1/"] {
            let request = openidconnect::http::Request::get(url).body(vec![]).unwrap();
            let error = http.call(request).await.unwrap_err();
            assert!(super::super::chain(&error).contains("private network"), "{url}: {error:?}");
        }
    }
}
