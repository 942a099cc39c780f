//! A POST over HTTP/1.1, with TLS and roots of its own.

use crate::{Entry, FloorError};
use reqwest::{Client, header};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use std::{sync::Arc, time::Duration};

pub(crate) fn client() -> Result<Client, FloorError> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| FloorError::Network { reason: error.to_string() })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Client::builder().tls_backend_preconfigured(tls).http1_only().timeout(Duration::from_secs(5)).build()?)
}

pub(crate) async fn post(client: &Client, url: &str, entry: &Entry) -> Result<Entry, FloorError> {
    let body = serde_json::to_vec(entry)?;
    let answer = client.post(url).header(header::CONTENT_TYPE, "application/json").body(body).send().await?;
    Ok(serde_json::from_slice(&answer.error_for_status()?.bytes().await?)?)
}

impl From<reqwest::Error> for FloorError {
    fn from(error: reqwest::Error) -> Self {
        Self::Network { reason: error.to_string() }
    }
}

impl From<serde_json::Error> for FloorError {
    fn from(error: serde_json::Error) -> Self {
        Self::Network { reason: error.to_string() }
    }
}
