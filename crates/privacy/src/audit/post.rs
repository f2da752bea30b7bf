//! The way out to the municipality's logbook: OTLP over HTTP, to the one address of the configuration.

use anyhow::{Context as _, bail};
use axum::http::{Request, Uri};
use kit::Trace;
use kit::config::OtlpConfig;
use kit::fetch::{Http, Reach};
use serde_json::Value;

/// The logbook of processings; it stands on the shelf of the first municipality when one is configured.
pub struct Logbook {
    endpoint: Uri,
    token: Option<String>,
    http: Http,
}

impl std::fmt::Debug for Logbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Logbook").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl Logbook {
    /// Reads the token and makes the client.
    ///
    /// # Errors
    /// When the address is none or the token cannot be read.
    pub fn open(config: &OtlpConfig) -> anyhow::Result<Self> {
        let endpoint: Uri =
            config.endpoint.parse().with_context(|| format!("[otlp] endpoint `{}`", config.endpoint))?;
        if endpoint.host().is_none() || (endpoint.scheme_str() != Some("https") && !config.allow_http) {
            bail!("[otlp] endpoint `{}` must begin with https://", config.endpoint);
        }
        let token = match &config.token_file {
            None => None,
            Some(file) => {
                let text = std::fs::read_to_string(file).with_context(|| format!("[otlp] {}", file.display()))?;
                Some(text.trim().to_owned())
            }
        };
        Ok(Self {
            endpoint,
            token,
            http: Http::new(Reach {
                allow_http: config.allow_http,
                allow_private_addresses: config.allow_private_addresses,
                most_megabytes: 1,
                seconds: 10,
            })?,
        })
    }

    /// Sends one request; `Ok` means that the logbook has kept every line of it.
    pub(super) async fn send(&self, body: &Value, trace: &Trace) -> anyhow::Result<()> {
        let mut request = Request::post(&self.endpoint)
            .header("content-type", "application/json")
            .header("traceparent", trace.header());
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let answer = self.http.fetch(request.body(body.to_string().into_bytes())?).await?;
        let status = answer.status();
        if !status.is_success() {
            bail!("the logbook answered {status}");
        }
        // OTLP: a 200 can still say that some were refused (`partialSuccess`).
        let said: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        let partial = &said["partialSuccess"];
        let refused = &partial["rejectedSpans"];
        if refused.as_str().map_or(refused.as_i64().unwrap_or(0), |n| n.parse().unwrap_or(1)) > 0 {
            bail!("the logbook refused {refused} lines: {}", partial["errorMessage"].as_str().unwrap_or_default());
        }
        Ok(())
    }
}
