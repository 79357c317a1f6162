use std::future::Future;
use std::pin::Pin;

use onem2m_primitive::{Request, Response};

/// The answer to a request, or none.
pub(crate) type Sending<'a> = Pin<Box<dyn Future<Output = Option<Response>> + Send + 'a>>;

/// How requests of the Originator get to where they are sent.
pub(crate) trait Carrier: Send + Sync {
    /// Sends a request as one of the Originator, and waits for the answer.
    fn send(&self, request: Request) -> Sending<'_>;
}
