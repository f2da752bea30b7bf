//! Where a request comes from: the address of the peer, or what a trusted proxy says of it; and the
//! coarse words about place and browser by which a person knows a session again.

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, header};
use ipnet::IpNet;
use kit::config::Limits;
use kit::throttle::{self, Limit};
use kit::{At, Fault, Tx};
use site::{App, Shared};
use std::net::{IpAddr, SocketAddr};

/// The proxies whose `X-Forwarded-For` counts; it stands on the shelf of the first municipality.
#[derive(Clone, Debug, Default)]
pub struct Proxies(pub Vec<IpNet>);

/// Failures per client address before it must wait: more than per account, as offices share an address.
const LIMIT: Limit = Limit { failures: 50, window_s: 900 };

/// Where a request comes from.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// The address; unknown when the server did not keep the peer's (tests).
    pub address: Option<IpAddr>,
    /// The kind of browser and machine, e.g. `Firefox, Windows`.
    pub browser: String,
}

impl Client {
    /// Reads it from a request.
    #[must_use]
    pub fn of(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
        let proxies = app.home().and_then(|home| home.find::<Proxies>());
        let trusted: &[IpNet] = proxies.as_ref().map_or(&[], |p| &p.0);
        let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
        Self { address: peer.map(|p| behind(p, headers, trusted)), browser: family(agent) }
    }

    /// Whether the address lies in one of `networks`; an unknown address lies in none.
    #[must_use]
    pub fn within(&self, networks: &[IpNet]) -> bool {
        self.address.is_some_and(|address| networks.iter().any(|n| n.contains(&address)))
    }

    /// The address without its last part: enough to know a place again, too little to find a person.
    #[must_use]
    pub fn place(&self) -> String {
        match self.address {
            None => String::new(),
            Some(IpAddr::V4(v4)) => {
                let [a, b, c, _] = v4.octets();
                format!("{a}.{b}.{c}.x")
            }
            Some(IpAddr::V6(v6)) => {
                let [a, b, c, ..] = v6.segments();
                format!("{a:x}:{b:x}:{c:x}::x")
            }
        }
    }

    /// The throttle's key for this address: a single IPv4 address, or an IPv6 network of 64 bits, which
    /// is what one subscriber has.
    fn key(&self) -> Option<String> {
        Some(match self.address? {
            IpAddr::V4(v4) => format!("address:{v4}"),
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                format!("address:{a:x}:{b:x}:{c:x}:{d:x}")
            }
        })
    }

    /// Refuses an address that failed too often at signing in, at codes or at links.
    ///
    /// # Errors
    /// [`Fault::Wait`] with the seconds to wait.
    pub async fn may_try(&self, tx: &mut Tx, now: At) -> Result<(), Fault> {
        let Some(key) = self.key() else { return Ok(()) };
        match throttle::wait(tx, &key, LIMIT, now).await? {
            0 => Ok(()),
            seconds => Err(Fault::Wait(seconds)),
        }
    }

    /// Counts a report of a stranger against this address, and refuses when there were too many; and against all
    /// strangers together, which refuses nobody: intake keeps what comes above that limit for a look. This machine
    /// itself is not counted: what comes from it is a proxy that is not named in `trusted_proxies`, or a test.
    ///
    /// # Errors
    /// [`Fault::Wait`] with the seconds to wait.
    pub async fn may_report(&self, tx: &mut Tx, limits: Limits, now: At) -> Result<(), Fault> {
        match self.key() {
            Some(key) if !self.address.is_some_and(|a| a.is_loopback()) => {
                throttle::count(tx, &format!("report:{key}"), limits.of_reports(), now).await?;
                Ok(throttle::fail(tx, throttle::ALL_REPORTS, limits.of_all_reports(), now).await?)
            }
            _ => Ok(()),
        }
    }

    /// Counts one other message of a stranger: a step of a form, a search, an answer.
    ///
    /// # Errors
    /// [`Fault::Wait`] with the seconds to wait.
    pub async fn may_step(&self, tx: &mut Tx, limits: Limits, now: At) -> Result<(), Fault> {
        match self.key() {
            Some(key) if !self.address.is_some_and(|a| a.is_loopback()) => {
                throttle::count(tx, &format!("step:{key}"), limits.of_steps(), now).await
            }
            _ => Ok(()),
        }
    }

    /// Notes a failure of this address.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn failed(&self, tx: &mut Tx, now: At) -> kit::Result<()> {
        match self.key() {
            Some(key) => throttle::fail(tx, &key, LIMIT, now).await,
            None => Ok(()),
        }
    }
}

/// The nearest address that no trusted proxy vouches away. Each proxy adds on the right whom it saw, so
/// the list is read from there; what a stranger wrote on the left is never reached.
fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut address = peer.to_canonical();
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .map(str::trim)
        .collect();
    for said in forwarded.into_iter().rev() {
        if !trusted.iter().any(|n| n.contains(&address)) {
            break;
        }
        let Ok(next) = said.parse::<IpAddr>() else { break };
        address = next.to_canonical();
    }
    address
}

/// The kind of browser and machine in a `User-Agent`.
fn family(agent: &str) -> String {
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| agent.contains(mark)).map_or("", |(_, name)| name)
    };
    let browser = first(&[
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("Chromium", "Chromium"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let machine = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, machine].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(", ")
}

impl FromRequestParts<Shared> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Self::Rejection> {
        Ok(Self::of(app, &parts.headers, &parts.extensions))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_says_where_a_request_comes_from() {
        let trusted: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap()];
        for (peer, said, expected) in [
            ("203.0.113.9", "10.1.1.1", "203.0.113.9"),
            ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
            ("10.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),
            ("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7"),
            ("10.0.0.1", "what is this", "10.0.0.1"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", said.parse().unwrap());
            assert_eq!(behind(peer.parse().unwrap(), &headers, &trusted).to_string(), expected, "{peer} {said}");
        }
    }

    #[tokio::test]
    async fn one_sender_waits_and_all_together_are_only_counted() {
        let db = testkit::sqlite::<kit::Main>().await;
        let limits = Limits {
            steps: 5,
            reports: 3,
            reports_window_minutes: 60,
            all_reports: 10,
            all_reports_window_minutes: 15,
            flood_mail_minutes: 60,
        };
        let now = At::from_micros(1_700_000_000_000_000);
        let client = |n: u8| Client { address: format!("203.0.113.{n}").parse().ok(), browser: String::new() };
        let mut tx = db.write().await.unwrap();
        for n in 0..4 {
            let outcome = client(1).may_report(&mut tx, limits, now).await;
            assert_eq!(outcome.is_ok(), n < 3, "report {n} of one sender");
        }
        let flood = async |tx: &mut Tx, at: At| {
            throttle::wait(tx, throttle::ALL_REPORTS, limits.of_all_reports(), at).await.unwrap()
        };
        for n in 2..9 {
            assert_eq!(flood(&mut tx, now).await, 0, "before sender {n}");
            client(n).may_report(&mut tx, limits, now).await.unwrap();
        }
        assert_eq!(flood(&mut tx, now).await, 900, "ten reports of all together");
        client(77).may_report(&mut tx, limits, now).await.unwrap();
        let local = Client { address: "127.0.0.1".parse().ok(), browser: String::new() };
        for _ in 0..20 {
            local.may_report(&mut tx, limits, now).await.unwrap();
        }
        assert_eq!(flood(&mut tx, At::from_micros(now.micros() + 901_000_000)).await, 0, "the window is over");
    }

    #[test]
    fn places_are_coarse_and_browsers_are_families() {
        let client = |address: &str| Client { address: address.parse().ok(), browser: String::new() };
        assert_eq!(client("203.0.113.9").place(), "203.0.113.x");
        assert_eq!(client("2001:db8:1:2::3").place(), "2001:db8:1::x");
        assert!(!client("nowhere").within(&["0.0.0.0/0".parse().unwrap()]), "an unknown address is in no office");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0";
        assert_eq!(family(edge), "Edge, Windows");
        assert_eq!(family("curl/8"), "");
    }
}
