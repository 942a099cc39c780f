//! How a sync reaches an intercom.

use crate::{
    exchange::{Answered, Line, Unreached},
    keys::KeyFault,
};
use async_trait::async_trait;
use phonein_protocol::{es256::SignatureBytes, message::Body};

/// One intercom, and this phone's key there.
#[async_trait]
pub trait Contact: Send + Sync {
    /// Asks anything that is no tap.
    async fn ask(&self, body: Body) -> Result<Answered, Unreached>;
    /// Signs a text of ours: a grant.
    async fn sign(&self, text: Vec<u8>) -> Result<SignatureBytes, KeyFault>;
}

#[async_trait]
impl Contact for Line {
    async fn ask(&self, body: Body) -> Result<Answered, Unreached> {
        Line::ask(self, body).await
    }

    async fn sign(&self, text: Vec<u8>) -> Result<SignatureBytes, KeyFault> {
        self.key().sign(text).await
    }
}
