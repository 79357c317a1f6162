//! Whom an association speaks for: one entity, a list of AEs, or whoever registers within it.

use onem2m_identity::{AeStem, Entity};
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use onem2m_server::{Allowed, Associated, Configuration, Peer};

use crate::bench::{ADMIN, BAD_REQUEST, Bench, CREATED, DELETED, OK, SOURCE, application};
use crate::mcc::send_by;

pub(crate) const NOT_AUTHENTICATED: ResponseStatusCode =
    ResponseStatusCode::ORIGINATOR_NOT_AUTHENTICATED;
const ASSOCIATION_REQUIRED: ResponseStatusCode = ResponseStatusCode::SECURITY_ASSOCIATION_REQUIRED;
const ALREADY: ResponseStatusCode = ResponseStatusCode::ORIGINATOR_HAS_ALREADY_REGISTERED;

impl Bench {
    pub(crate) async fn within(&self, association: &Associated, request: Request) -> Response {
        let peer = Peer::plain(SOURCE.parse().unwrap()).within(association.clone());
        send_by(&self.cse, peer, request).await
    }

    async fn status_within(
        &self,
        association: &Associated,
        request: Request,
    ) -> ResponseStatusCode {
        self.within(association, request).await.status
    }

    fn entity(&self, stem: &str) -> Entity {
        Entity::registered(AeStem::parse(stem).unwrap(), self.cse.home())
    }
}

/// An association of which nothing is known but its credential.
pub(crate) fn unknown(credential: &str) -> Associated {
    Associated::of(Allowed::Unknown).by(credential)
}

fn register(from: &str) -> Request {
    Request::create("cse-in", 2, application()).from(from)
}

fn look(from: &str) -> Request {
    Request::retrieve("cse-in").from(from)
}

#[tokio::test]
async fn each_ae_of_a_node_speaks_for_itself_and_nobody_else_does() {
    let bench = Bench::with_two().await;
    let listed = ["CtpN1", "CtpN2"].map(|stem| bench.entity(stem));
    let node = Associated::of(Allowed::Several(listed.to_vec())).by("34-urn:node:1");
    for stem in ["CtpN1", "CtpN2"] {
        assert_eq!(
            bench.status_within(&node, look(stem)).await,
            NOT_AUTHENTICATED
        );
        assert_eq!(bench.status_within(&node, register(stem)).await, CREATED);
        assert_eq!(bench.status_within(&node, look(stem)).await, OK);
    }
    for stem in ["CtpA1", "CtpN3", "/id-in"] {
        assert_eq!(
            bench.status_within(&node, look(stem)).await,
            NOT_AUTHENTICATED
        );
    }
    assert_eq!(
        bench.status_within(&node, register("CtpN3")).await,
        NOT_AUTHENTICATED
    );
    assert_eq!(
        bench.status_within(&node, look("/id-in/CtpN1")).await,
        BAD_REQUEST
    );
}

#[tokio::test]
async fn node_that_leaves_the_stem_open_gets_those_of_its_list_in_turn() {
    let bench = Bench::new();
    let listed = ["CtpN1", "CtpN2"].map(|stem| bench.entity(stem));
    let node = Associated::of(Allowed::Several(listed.to_vec()));
    for expected in [CREATED, CREATED, ALREADY] {
        assert_eq!(bench.status_within(&node, register("C")).await, expected);
    }
}

#[tokio::test]
async fn association_without_an_identity_lets_an_ae_register_and_nothing_else() {
    let bench = Bench::with_two().await;
    let credential = unknown("12-ae9@in.example.com");
    for from in ["CtpA1", ADMIN, "CtpA9", "/id-in", "C"] {
        let status = bench.status_within(&credential, look(from)).await;
        assert!(!status.is_success(), "{from}");
    }
    assert_eq!(
        bench.status_within(&credential, register("/tpc2")).await,
        NOT_AUTHENTICATED
    );
    assert_eq!(
        bench.status_within(&credential, register("CtpA9")).await,
        CREATED
    );
    assert_eq!(bench.status_within(&credential, look("CtpA9")).await, OK);
}

#[tokio::test]
async fn credential_stands_for_the_ae_that_registered_with_it_until_it_deregisters() {
    let bench = Bench::with_two().await;
    let credential = unknown("12-ae9@in.example.com");
    assert_eq!(
        bench.status_within(&credential, register("CtpA9")).await,
        CREATED
    );
    assert_eq!(
        bench.status_within(&credential, look("CtpA1")).await,
        NOT_AUTHENTICATED
    );
    assert_eq!(
        bench.status_within(&credential, register("CtpA8")).await,
        NOT_AUTHENTICATED
    );
    let other = unknown("12-bx9@in.example.com");
    assert_eq!(
        bench.status_within(&other, look("CtpA9")).await,
        NOT_AUTHENTICATED
    );
    let gone = Request::delete("CtpA9").from("CtpA9");
    assert_eq!(bench.status_within(&credential, gone).await, DELETED);
    assert_eq!(
        bench.status_within(&credential, register("CtpA8")).await,
        CREATED
    );
    assert_eq!(
        bench.status_within(&credential, look("CtpA9")).await,
        NOT_AUTHENTICATED
    );
}

#[tokio::test]
async fn refused_registration_binds_nothing() {
    let bench = Bench::with_two().await;
    let credential = unknown("12-ae9@in.example.com");
    assert_eq!(
        bench.status_within(&credential, register("CtpA1")).await,
        ALREADY
    );
    assert_eq!(
        bench.status_within(&credential, look("CtpA1")).await,
        NOT_AUTHENTICATED
    );
    assert_eq!(
        bench.status_within(&credential, register("CtpA9")).await,
        CREATED
    );
}

#[tokio::test]
async fn several_aes_register_with_the_credential_of_a_node_only() {
    for (credential, second) in [
        ("31-1.3030.10011", CREATED),
        ("34-urn:gsma:imei:90420156-025763-0", CREATED),
        ("12-31-ae9@in.example.com", NOT_AUTHENTICATED),
        ("30-ni:///sha-256;x", NOT_AUTHENTICATED),
    ] {
        let bench = Bench::new();
        let node = unknown(credential);
        assert_eq!(bench.status_within(&node, register("CtpN1")).await, CREATED);
        assert_eq!(
            bench.status_within(&node, register("CtpN2")).await,
            second,
            "{credential}"
        );
        assert_eq!(bench.status_within(&node, look("CtpN1")).await, OK);
    }
}

#[tokio::test]
async fn in_cse_may_serve_the_field_within_associations_only() {
    let bench = Bench::configured(Configuration {
        field_entities_in_the_clear: false,
        ..Configuration::default()
    });
    for request in [
        register("CtpA1"),
        register("C"),
        look("CtpA1"),
        look("/tpc2"),
    ] {
        assert_eq!(bench.status(request).await, ASSOCIATION_REQUIRED);
    }
    let own = Associated::with(bench.entity("CtpA1"));
    assert_eq!(bench.status_within(&own, register("CtpA1")).await, CREATED);
    assert_eq!(bench.status_within(&own, look("CtpA1")).await, OK);
    assert_eq!(bench.status(look("CtpA1")).await, ASSOCIATION_REQUIRED);
    assert_eq!(bench.status(look(ADMIN)).await, OK);
}
