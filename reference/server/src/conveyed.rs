use crate::peer::Peer;

/// By what a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conveyed {
    /// HTTP, behind so many requests on the same connection.
    Http { behind: usize },
    /// CoAP.
    Coap,
}

/// Who sends a request: whoever its connection is with, for every request on it and by whatever binding it comes (TS-0003
/// V3.18.0, 7.2.1).
pub(crate) fn sender(peer: &Peer, _conveyed: Conveyed) -> Peer {
    peer.clone()
}
