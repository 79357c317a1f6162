//! What a handshake that is about a fault comes to.

use crate::associations::NOT_AUTHENTICATED;
use crate::bench::CREATED;
use crate::mcc;
use crate::provisioned::Provisioned;
use crate::secured::register;
use crate::secured_datagrams::Wire;
use onem2m_association::Transport::Dtls;
use onem2m_association::{Client, ClientConfiguration};
use onem2m_primitive::{Request, ResponseStatusCode};
use onem2m_server::{Clauses, faults};

/// Fault, client, what it asks for, and the status of the answer by the specification and with the fault; none if there is
/// no association.
pub type Case = (
    &'static str,
    fn(&Provisioned) -> ClientConfiguration,
    fn() -> Request,
    Option<ResponseStatusCode>,
    Option<ResponseStatusCode>,
);

pub const REFUSED: Option<ResponseStatusCode> = None;
pub const SERVED: Option<ResponseStatusCode> = Some(CREATED);
pub const OTHER: Option<ResponseStatusCode> = Some(NOT_AUTHENTICATED);

pub fn ae1() -> Request {
    register("CtpA1")
}

pub fn ae2() -> Request {
    register("CtpA2")
}

pub fn ae3() -> Request {
    register("CtpA3")
}

pub fn node() -> Request {
    register("CtpN1")
}

pub fn cse() -> Request {
    mcc::register("cse-in", "/tstcse1", "http://203.0.113.9")
}

pub async fn outcome(clauses: Clauses, case: &Case) -> Option<ResponseStatusCode> {
    let (_, client, request, ..) = case;
    let provisioned = Provisioned::judging_by(clauses);
    let client = client(&provisioned);
    if client.transport == Dtls {
        let mut wire = Wire::new(&provisioned, client).await;
        return wire.answered(request()).await;
    }
    let client = Client::new(client).unwrap();
    let (mut line, ..) = provisioned.dial(&client, None).await.ok()?;
    line.answered(request()).await
}

pub fn with(fault: &str) -> Clauses {
    let mut clauses = Clauses::SPECIFICATION;
    (faults::find(fault).unwrap().apply)(&mut clauses);
    clauses
}
