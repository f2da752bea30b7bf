//! Signing in at the municipality's own provider: OpenID Connect, authorization code with PKCE (S256), state,
//! nonce and one exact redirect address. The library checks signature, `iss`, `aud`, `exp` and nonce.
//!
//! The provider is found on first use, and looked up again when it changed its keys: the program starts
//! while the provider is down.

mod arrive;
mod http;
mod logout;
mod web;

use http::Http;

pub use logout::backchannel;
pub use web::{callback, start, step_up};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use kit::At;
use kit::config::OidcConfig;
use kit::fetch::FetchFault;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClientAuthMethod, CoreErrorResponseType,
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessToken, AdditionalClaims, AuthType, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError,
    ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdToken,
    IdTokenClaims, IdTokenFields, IdTokenVerifier, IssuerUrl, LogoutRequest, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl, Scope,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenResponse as _, UserInfoClaims,
};
use policy::Role;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// What was discovered is asked for again after a day.
const FRESH_MICROS: i64 = 24 * 3600 * 1_000_000;
/// Unknown keys make us look again, but not more often than once a minute.
const AGAIN_MICROS: i64 = 60 * 1_000_000;
/// After a failure we do not ask again for this long.
const FAILED: Duration = Duration::from_secs(1);
/// A step-up counts when the provider says that the person signed in at most this long before it began:
/// clocks differ by seconds.
const SKEW_MICROS: i64 = 60 * 1_000_000;

/// Signatures that we take: those of public keys. `HS256` would be made with a secret that both sides hold.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// The claims besides the standard ones, among which the groups and `sid`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct Extra {
    #[serde(flatten)]
    all: BTreeMap<String, serde_json::Value>,
}
impl AdditionalClaims for Extra {}

type Claims = IdTokenClaims<Extra, CoreGenderClaim>;
type Token = IdToken<Extra, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Fields = IdTokenFields<
    Extra,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Client = openidconnect::Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why the provider's side of a sign-in did not work. The words are for the log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OidcFault {
    /// It does not answer, or not as a provider does.
    #[error("provider unreachable: {0}")]
    Unreachable(String),
    /// It answered with something that we refuse.
    #[error("refused: {0}")]
    Refused(String),
}

impl OidcFault {
    fn unreachable(error: &dyn std::error::Error) -> Self {
        Self::Unreachable(chain(error))
    }
    fn refused(error: &dyn std::error::Error) -> Self {
        Self::Refused(chain(error))
    }
}

/// An error with its causes, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

/// What the provider says of a person.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) subject: String,
    pub(crate) sid: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) username: String,
    pub(crate) groups: Vec<String>,
    /// Whether `acr` or `amr` says that a second factor was shown.
    pub(crate) second_factor: bool,
    /// When the person signed in at the provider.
    pub(crate) signed_in_at: Option<At>,
    pub(crate) id_token: String,
}

/// What the provider says in a logout token: whose sessions end, all or one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    pub(crate) subject: String,
    pub(crate) sid: Option<String>,
}

#[derive(Default)]
struct Known {
    metadata: Option<Arc<ProviderMetadataWithLogout>>,
    asked_at: Option<At>,
    failed: Option<Instant>,
}

/// The sign-in provider of one municipality, on its shelf.
pub struct Provider {
    config: OidcConfig,
    roles: BTreeMap<String, Role>,
    secret: ClientSecret,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    home: PostLogoutRedirectUrl,
    http: Http,
    known: Mutex<Known>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.config.issuer).finish_non_exhaustive()
    }
}

/// Where a sign-in at the provider begins, with the secrets that its answer must match.
pub(crate) struct Begin {
    pub(crate) url: String,
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
}

impl Provider {
    /// Reads the secret and prepares the connection; asks the provider nothing yet.
    ///
    /// # Errors
    /// When an address is wrong or without TLS, a role is unknown, or the secret's file cannot be read or is
    /// open to others.
    pub fn open(config: &OidcConfig, public_url: &str) -> anyhow::Result<Self> {
        let what = || format!("[[oidc]] of {}", config.municipality);
        let issuer = IssuerUrl::new(config.issuer.clone()).with_context(what)?;
        let safe = issuer.url().scheme() == "https" || (config.allow_http && issuer.url().scheme() == "http");
        anyhow::ensure!(safe, "{}: `issuer` must begin with https", what());
        let roles = config
            .roles
            .iter()
            .map(|(group, role)| Ok((group.clone(), role.parse::<Role>().map_err(anyhow::Error::msg)?)))
            .collect::<anyhow::Result<_>>()
            .with_context(what)?;
        let file = &config.client_secret_file;
        let secret = std::fs::read_to_string(file).with_context(|| format!("{}: {}", what(), file.display()))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let open = std::fs::metadata(file)?.permissions().mode() & 0o077 != 0;
            anyhow::ensure!(!open, "{}: others may read {}; run `chmod 600` on it", what(), file.display());
        }
        let public_url = public_url.trim_end_matches('/');
        Ok(Self {
            roles,
            secret: ClientSecret::new(secret.trim().to_owned()),
            issuer,
            redirect: RedirectUrl::new(format!("{public_url}/login/oidc/callback")).with_context(what)?,
            home: PostLogoutRedirectUrl::new(format!("{public_url}/")).with_context(what)?,
            http: Http::new(config.allow_http, config.allow_private_addresses)?,
            known: Mutex::default(),
            config: config.clone(),
        })
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.config.name
    }

    /// The issuer, as it stands in accounts.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.config.issuer
    }

    /// The roles that the groups stand for, each once.
    pub(crate) fn roles_of(&self, groups: &[String]) -> Vec<Role> {
        let mut roles: Vec<Role> = groups.iter().filter_map(|g| self.roles.get(g).copied()).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// Where the provider has its doors and which keys it signs with. `newer` asks again, at most once a minute.
    async fn metadata(&self, now: At, newer: bool) -> Result<Arc<ProviderMetadataWithLogout>, OidcFault> {
        let mut known = self.known.lock().await;
        let age = known.asked_at.map_or(i64::MAX, |at| now.micros().saturating_sub(at.micros()));
        if let Some(metadata) = &known.metadata
            && age < if newer { AGAIN_MICROS } else { FRESH_MICROS }
        {
            return Ok(metadata.clone());
        }
        // Who waited in line while somebody else's question failed does not wait for a failure of their own.
        if known.failed.is_some_and(|at| at.elapsed() < FAILED) {
            return Err(OidcFault::Unreachable("it did not answer a moment ago".to_owned()));
        }
        match ProviderMetadataWithLogout::discover_async(self.issuer.clone(), &self.http).await {
            Ok(found) => {
                let fresh = Arc::new(found);
                *known = Known { metadata: Some(fresh.clone()), asked_at: Some(now), failed: None };
                Ok(fresh)
            }
            Err(error) => {
                known.failed = Some(Instant::now());
                Err(OidcFault::unreachable(&error))
            }
        }
    }

    fn client(&self, metadata: &ProviderMetadataWithLogout) -> Client {
        let methods = metadata.token_endpoint_auth_methods_supported();
        let only_post = methods.is_some_and(|m| {
            m.contains(&CoreClientAuthMethod::ClientSecretPost) && !m.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let id = ClientId::new(self.config.client_id.clone());
        Client::from_provider_metadata(metadata.clone(), id, Some(self.secret.clone()))
            .set_redirect_uri(self.redirect.clone())
            .set_auth_type(if only_post { AuthType::RequestBody } else { AuthType::BasicAuth })
    }

    /// The address to send the browser to. For a step-up the provider asks the person anew (`prompt=login`,
    /// `max_age=0`), with the second factor that the configuration names.
    pub(crate) async fn begin(&self, step_up: bool, now: At) -> Result<Begin, OidcFault> {
        let metadata = self.metadata(now, false).await?;
        let client = self.client(&metadata);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(self.config.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge);
        if step_up {
            request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO);
            for acr in &self.config.acr {
                request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
            }
        }
        let (url, state, nonce) = request.url();
        Ok(Begin {
            url: url.to_string(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        })
    }

    /// Changes the code for an id token, checks it, and gives what it says. `since`: the person must have
    /// signed in at the provider after that (step-up).
    pub(crate) async fn finish(
        &self,
        code: &str,
        verifier: &str,
        nonce: &str,
        since: Option<At>,
        now: At,
    ) -> Result<Said, OidcFault> {
        let metadata = self.metadata(now, false).await?;
        let client = self.client(&metadata);
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|e| OidcFault::unreachable(&e))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
            .request_async(&self.http)
            .await
            .map_err(|e| match e {
                openidconnect::RequestTokenError::Request(e) => OidcFault::unreachable(&e),
                other => OidcFault::refused(&other),
            })?;
        let token = answer.id_token().ok_or_else(|| OidcFault::Refused("no id token in the answer".to_owned()))?;
        let nonce = Nonce::new(nonce.to_owned());
        let claims = self.verified(token, now, || &nonce).await?;
        let access = answer.access_token();
        if let Some(expected) = claims.access_token_hash() {
            self.same_access(&client, token, access, expected)?;
        }
        let signed_in_at = claims.auth_time().map(|t| At::from_micros(t.timestamp_micros()));
        if let Some(since) = since
            && signed_in_at.is_none_or(|at| at.micros() < since.micros() - SKEW_MICROS)
        {
            return Err(OidcFault::Refused("the person did not sign in anew (auth_time)".to_owned()));
        }
        let mut said = self.said(&claims, token.to_string(), signed_in_at);
        if said.groups.is_empty() || said.name.is_empty() {
            self.ask_more(&client, access.clone(), &claims, &mut said).await?;
        }
        Ok(said)
    }

    /// The access token belongs to the id token (OpenID Connect Core 3.1.3.8).
    fn same_access(
        &self,
        client: &Client,
        token: &Token,
        access: &AccessToken,
        expected: &openidconnect::AccessTokenHash,
    ) -> Result<(), OidcFault> {
        let algorithm = token.signing_alg().map_err(|e| OidcFault::refused(&e))?;
        let verifier = client.id_token_verifier();
        let key = token.signing_key(&verifier).map_err(|e| OidcFault::refused(&e))?;
        let actual = openidconnect::AccessTokenHash::from_token(access, algorithm, key);
        match actual {
            Ok(actual) if actual == *expected => Ok(()),
            Ok(_) => Err(OidcFault::Refused("at_hash does not fit the access token".to_owned())),
            Err(e) => Err(OidcFault::refused(&e)),
        }
    }

    fn said(&self, claims: &Claims, id_token: String, signed_in_at: Option<At>) -> Said {
        let extra = &claims.additional_claims().all;
        let first = |text: Option<&str>| text.unwrap_or_default().trim().chars().take(200).collect::<String>();
        let acr = claims.auth_context_ref().is_some_and(|acr| self.config.acr.iter().any(|a| a == acr.as_str()));
        let amr = claims.auth_method_refs().into_iter().flatten();
        Said {
            subject: claims.subject().to_string(),
            sid: extra.get("sid").and_then(|v| v.as_str()).unwrap_or_default().to_owned(),
            name: first(claims.name().and_then(|n| n.get(None)).map(|n| n.as_str())),
            email: first(claims.email().map(|e| e.as_str())),
            username: first(claims.preferred_username().map(|u| u.as_str())),
            groups: groups(extra.get(&self.config.groups_claim)),
            second_factor: acr || amr.into_iter().any(|m| self.config.amr.iter().any(|a| a == m.as_str())),
            signed_in_at,
            id_token,
        }
    }

    /// Some providers give names and groups only at their userinfo door.
    async fn ask_more(
        &self,
        client: &Client,
        access: AccessToken,
        claims: &Claims,
        said: &mut Said,
    ) -> Result<(), OidcFault> {
        let Ok(request) = client.user_info(access, Some(claims.subject().clone())) else { return Ok(()) };
        let info: UserInfoClaims<Extra, CoreGenderClaim> =
            request.request_async(&self.http).await.map_err(|e| OidcFault::refused(&e))?;
        let first = |text: Option<&str>, before: &str| match text {
            Some(text) if before.is_empty() => text.trim().chars().take(200).collect(),
            _ => before.to_owned(),
        };
        said.name = first(info.name().and_then(|n| n.get(None)).map(|n| n.as_str()), &said.name);
        said.email = first(info.email().map(|e| e.as_str()), &said.email);
        said.username = first(info.preferred_username().map(|u| u.as_str()), &said.username);
        if said.groups.is_empty() {
            said.groups = groups(info.additional_claims().all.get(&self.config.groups_claim));
        }
        Ok(())
    }

    /// The claims of a token whose signature, issuer, audience, time and nonce are right. Unknown keys make us
    /// look whether the provider has new ones.
    async fn verified<N>(&self, token: &Token, now: At, nonce: impl Fn() -> N) -> Result<Claims, OidcFault>
    where
        N: openidconnect::NonceVerifier,
    {
        for newer in [false, true] {
            let metadata = self.metadata(now, newer).await?;
            match token.claims(&self.verifier(&metadata, now), nonce()) {
                Ok(claims) => return Ok(claims.clone()),
                Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey))
                    if !newer => {}
                Err(e) => return Err(OidcFault::refused(&e)),
            }
        }
        Err(OidcFault::Refused("signed with an unknown key".to_owned()))
    }

    fn verifier(&self, metadata: &ProviderMetadataWithLogout, now: At) -> IdTokenVerifier<'static, CoreJsonWebKey> {
        let id = ClientId::new(self.config.client_id.clone());
        let now: DateTime<Utc> = DateTime::from_timestamp_micros(now.micros()).unwrap_or_default();
        IdTokenVerifier::new_public_client(id, self.issuer.clone(), metadata.jwks().clone())
            .set_allowed_algs(ALGORITHMS)
            .allow_all_jose_types()
            .set_time_fn(move || now)
    }

    /// Reads a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6): signed by the provider for us, with
    /// the logout event, without a nonce.
    pub(crate) async fn left(&self, token: &str, now: At) -> Result<Left, OidcFault> {
        let token = Token::from_str(token).map_err(|e| OidcFault::refused(&e))?;
        let no_nonce = |nonce: Option<&Nonce>| match nonce {
            None => Ok(()),
            Some(_) => Err("a logout token has no nonce".to_owned()),
        };
        let claims = self.verified(&token, now, || no_nonce).await?;
        let extra = &claims.additional_claims().all;
        let event = extra.get("events").and_then(|e| e.get("http://schemas.openid.net/event/backchannel-logout"));
        if !event.is_some_and(serde_json::Value::is_object) {
            return Err(OidcFault::Refused("no logout event".to_owned()));
        }
        Ok(Left {
            subject: claims.subject().to_string(),
            sid: extra.get("sid").and_then(|v| v.as_str()).map(str::to_owned),
        })
    }

    /// The address at which the provider's own session ends (RP-Initiated Logout 1.0); none when the provider
    /// has no such door or does not answer.
    pub(crate) async fn leave(&self, id_token: &str, now: At) -> Option<String> {
        let metadata = self.metadata(now, false).await.ok()?;
        let door = metadata.additional_metadata().end_session_endpoint.clone()?;
        let hint = Token::from_str(id_token).ok()?;
        let request = LogoutRequest::from(door)
            .set_id_token_hint(&hint)
            .set_client_id(ClientId::new(self.config.client_id.clone()))
            .set_post_logout_redirect_uri(self.home.clone());
        Some(request.http_get_url().to_string())
    }
}

/// The groups of a claim: a list of texts, or one text.
fn groups(claim: Option<&serde_json::Value>) -> Vec<String> {
    match claim {
        Some(serde_json::Value::Array(list)) => list.iter().filter_map(|v| v.as_str()).map(str::to_owned).collect(),
        Some(serde_json::Value::String(one)) => vec![one.clone()],
        _ => vec![],
    }
}

impl From<FetchFault> for OidcFault {
    fn from(fault: FetchFault) -> Self {
        Self::unreachable(&fault)
    }
}
