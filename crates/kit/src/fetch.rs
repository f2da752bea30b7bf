//! The way out to other people's servers: TLS, few redirects, bounded time and size, and no address of a
//! private network unless the configuration says so. An address that a form, a file or an answer names can
//! therefore not be used to reach into the municipality's own network (SSRF).

use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, Method, Request, Response, Uri};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// Why a request did not work.
#[derive(Debug, thiserror::Error)]
pub enum FetchFault {
    /// No web address.
    #[error("`{0}` is no web address")]
    Address(String),
    /// The address is one of a private network.
    #[error("`{0}` lies in a private network; `allow_private_addresses` is not set")]
    Private(String),
    /// No answer within the time.
    #[error("no answer within the time")]
    Slow,
    /// The answer is longer than allowed.
    #[error("more than {0} bytes")]
    TooLong(usize),
    /// It sends on more often than anyone follows.
    #[error("it sends on too often")]
    Redirects,
    /// It wants fewer requests (429 or 503); after so many seconds again, when it says so.
    #[error("it asks to come back later")]
    Later(Option<u64>),
    /// Another status than success.
    #[error("it answered {0}")]
    Status(u16),
    /// The network or TLS.
    #[error("{0}")]
    Down(String),
}

impl FetchFault {
    /// Locale key of the sentence for people; its variable is [`FetchFault::detail`].
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Address(_) => "fetch-address",
            Self::Private(_) => "fetch-private",
            Self::Slow => "fetch-slow",
            Self::TooLong(_) => "fetch-too-long",
            Self::Redirects => "fetch-redirects",
            Self::Later(_) => "fetch-later",
            Self::Status(_) => "fetch-status",
            Self::Down(_) => "fetch-down",
        }
    }

    /// What the sentence names: host, size in megabytes, seconds or status.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::Address(text) | Self::Private(text) | Self::Down(text) => text.clone(),
            Self::TooLong(bytes) => (bytes / 1_000_000).to_string(),
            Self::Later(seconds) => seconds.map(|s| s.to_string()).unwrap_or_default(),
            Self::Status(status) => status.to_string(),
            Self::Slow | Self::Redirects => String::new(),
        }
    }
}

impl From<reqwest::Error> for FetchFault {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::Slow;
        }
        // What the resolver says lies deep in the chain.
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        let mut text = String::new();
        while let Some(at) = cause {
            if let Some(Self::Private(host)) = at.downcast_ref::<Self>() {
                return Self::Private(host.clone());
            }
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&at.to_string());
            cause = at.source();
        }
        Self::Down(text)
    }
}

/// How far a client may go.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reach {
    /// Whether it may reach an address of a private network or of this machine.
    pub allow_private_addresses: bool,
    /// Whether it may go without TLS: for tests on this machine only.
    pub allow_http: bool,
    /// Most megabytes of an answer.
    pub most_megabytes: usize,
    /// Seconds for a whole answer.
    pub seconds: u64,
}

impl Default for Reach {
    fn default() -> Self {
        Self { allow_private_addresses: false, allow_http: false, most_megabytes: 200, seconds: 120 }
    }
}

/// An answer, read whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Vec<u8>,
    /// The address that answered, after redirects.
    pub url: String,
}

impl Answer {
    /// A header as text; empty when absent or no text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The answer when its status says success.
    ///
    /// # Errors
    /// [`FetchFault::Later`] or [`FetchFault::Status`].
    pub fn success(self) -> Result<Self, FetchFault> {
        match self.status {
            200..=299 => Ok(self),
            429 | 503 => Err(FetchFault::Later(self.header(RETRY_AFTER.as_str()).trim().parse().ok())),
            other => Err(FetchFault::Status(other)),
        }
    }
}

/// How often a `GET` follows a redirect; each new address is checked as the first.
const REDIRECTS: usize = 3;

/// The client.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    reach: Reach,
}

impl Http {
    /// A client that goes as far as `reach` says.
    ///
    /// # Errors
    /// When TLS cannot be set up on this machine.
    pub fn new(reach: Reach) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .https_only(!reach.allow_http)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(reach.seconds))
            .dns_resolver(Arc::new(Names { private: reach.allow_private_addresses }))
            .user_agent("Regie")
            .build()?;
        Ok(Self { client, reach })
    }

    /// `GET url`, following at most three redirects.
    ///
    /// # Errors
    /// See [`FetchFault`]; a status that is no success is no fault here ([`Answer::success`]).
    pub async fn get(&self, url: &str, headers: &[(&str, &str)]) -> Result<Answer, FetchFault> {
        let mut url = url.to_owned();
        let first = origin(&url);
        for _ in 0..=REDIRECTS {
            // what is said to one server (a token) is not said to another that it sends on to
            let said = if origin(&url) == first { headers } else { &[] };
            let answer = self.send(Method::GET, &url, said, vec![]).await?;
            if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
                return Ok(answer);
            }
            let next = reqwest::Url::parse(&url).and_then(|base| base.join(answer.header(LOCATION.as_str())));
            url = next.map_err(|_| FetchFault::Address(answer.header(LOCATION.as_str()).to_owned()))?.into();
        }
        Err(FetchFault::Redirects)
    }

    /// `POST` of a body; redirects are not followed.
    ///
    /// # Errors
    /// As [`Http::get`].
    pub async fn post(
        &self,
        url: &str,
        content_type: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Answer, FetchFault> {
        let typed: Vec<_> =
            [(CONTENT_TYPE.as_str(), content_type)].into_iter().chain(headers.iter().copied()).collect();
        self.send(Method::POST, url, &typed, body).await
    }

    async fn send(
        &self,
        method: Method,
        url: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Answer, FetchFault> {
        let uri: Uri = url.trim().parse().map_err(|_| FetchFault::Address(url.to_owned()))?;
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).map_err(|_| FetchFault::Address(url.to_owned()))?;
        let answer = self.fetch(request).await?;
        let (parts, body) = answer.into_parts();
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body, url: url.to_owned() })
    }

    /// Sends `request` as it is and reads the answer, whatever its status.
    ///
    /// # Errors
    /// See [`FetchFault`].
    pub async fn fetch(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchFault> {
        let uri = request.uri();
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        if host.is_empty() || !(uri.scheme_str() == Some("https") || self.reach.allow_http) {
            return Err(FetchFault::Address(uri.to_string()));
        }
        // A name goes through `Names`; an address that stands in the URL itself does not.
        if !self.reach.allow_private_addresses && host.parse::<IpAddr>().is_ok_and(|address| !is_public(address)) {
            return Err(FetchFault::Private(host));
        }
        let most = self.reach.most_megabytes * 1_000_000;
        let request = request.try_into().map_err(FetchFault::from)?;
        let mut answer = self.client.execute(request).await?;
        let mut out = Response::new(Vec::new());
        *out.status_mut() = answer.status();
        *out.headers_mut() = std::mem::take(answer.headers_mut());
        while let Some(chunk) = answer.chunk().await? {
            if out.body().len() + chunk.len() > most {
                return Err(FetchFault::TooLong(most));
            }
            out.body_mut().extend_from_slice(&chunk);
        }
        Ok(out)
    }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> Option<String> {
    reqwest::Url::parse(url).ok().map(|u| u.origin().ascii_serialization())
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
                return Err(FetchFault::Private(host).into());
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
    async fn a_token_is_not_told_to_the_server_that_is_sent_on_to() {
        use axum::http::HeaderMap;
        async fn served(router: axum::Router) -> String {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
            url
        }
        let heard = |headers: HeaderMap| async move { headers.contains_key("authorization").to_string() };
        let other = served(axum::Router::new().route("/", axum::routing::get(heard))).await;
        let near = axum::routing::get(|| async { axum::response::Redirect::temporary("/heard") });
        let far = axum::routing::get(move || async move { axum::response::Redirect::temporary(&other) });
        let router =
            axum::Router::new().route("/near", near).route("/far", far).route("/heard", axum::routing::get(heard));
        let one = served(router).await;
        let reach = Reach { allow_http: true, allow_private_addresses: true, ..Reach::default() };
        let http = Http::new(reach).unwrap();
        for (path, told) in [("heard", "true"), ("near", "true"), ("far", "false")] {
            let answer = http.get(&format!("{one}/{path}"), &[("authorization", "Bearer x")]).await.unwrap();
            assert_eq!(String::from_utf8(answer.body).unwrap(), told, "{path}");
        }
    }

    #[tokio::test]
    async fn nothing_private_is_reached() {
        let http = Http::new(Reach { allow_http: true, ..Reach::default() }).unwrap();
        for url in ["http://127.0.0.1:1/", "http://[::1]:1/", "http://localhost:1/", "http://[::ffff:127.0.0.1]:1/"] {
            let error = http.get(url, &[]).await.unwrap_err();
            assert!(matches!(error, FetchFault::Private(_)), "{url}: {error:?}");
        }
        for url in ["ftp://example.org/", "/file", "file:///etc/passwd", ""] {
            assert!(matches!(http.get(url, &[]).await, Err(FetchFault::Address(_) | FetchFault::Down(_))), "{url}");
        }
        let strict = Http::new(Reach { allow_private_addresses: true, ..Reach::default() }).unwrap();
        assert!(matches!(strict.get("http://127.0.0.1:1/", &[]).await, Err(FetchFault::Address(_))), "no TLS");
    }
}
