//! Each decision that is replaced shows, and only where it is made.

use onem2m_association::messages::CipherSuite;
use onem2m_association::{
    Allowed, Certificate, Clauses, ClientConfiguration, Names, OwnCertificate, PathDefect, Server,
    ServerConfiguration, Session, State, Suite, Transport,
};

use crate::support::authority::{NOW, Name, Order};
use crate::support::entities::{
    Authorities, CSE_NAME, LOCK, entity, identities, identity, key_client, key_server, known_cse,
};
use crate::support::pair::Pair;

fn with(clauses: impl FnOnce(&mut Clauses)) -> ServerConfiguration {
    let mut server = key_server(Transport::Tls, &identities());
    clauses(&mut server.clauses);
    server
}

fn lock() -> ClientConfiguration {
    key_client(Transport::Tls, LOCK, 1)
}

#[test]
fn any_identity_with_a_known_key_is_accepted_if_the_look_up_says_so() {
    let server = with(|clauses| clauses.key_of_identity = |table, _| table.get(LOCK));
    let pair = Pair::of(key_client(Transport::Tls, b"who@in.example.com", 1), server);
    pair.assert_established();
    assert_eq!(
        pair.server.binding().unwrap().allowed,
        Allowed::Entity(entity("SAE1"))
    );
}

#[test]
fn entity_is_what_the_clause_makes_of_the_identity() {
    let server = with(|clauses| clauses.entity_of_identity = |_, _, _| Some(Allowed::Unstated));
    assert_eq!(
        Pair::of(lock(), server).server.binding().unwrap().allowed,
        Allowed::Unstated
    );
}

#[test]
fn suite_without_encryption_is_accepted_if_the_list_has_it() {
    const NULL: Suite = Suite {
        code: CipherSuite::TLS_PSK_WITH_NULL_SHA256,
        openssl: "PSK-NULL-SHA256",
        framework: onem2m_association::Framework::Psk,
    };
    let server = with(|clauses| clauses.server_suites = |_, _, _| vec![NULL]);
    let mut client = lock();
    client.suites = Some(vec![NULL]);
    let pair = Pair::of(client, server);
    pair.assert_established();
    assert_eq!(pair.server.suite(), Some(NULL.name()));
}

#[test]
fn older_version_is_agreed_if_the_minimum_is_lower() {
    const OLD: Suite = Suite {
        code: CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA,
        openssl: "PSK-AES128-CBC-SHA",
        framework: onem2m_association::Framework::Psk,
    };
    let server = with(|clauses| {
        clauses.minimum_version = |_| onem2m_association::Version::Tls10;
        clauses.server_suites = |_, _, _| vec![OLD];
    });
    let mut client = lock();
    client.suites = Some(vec![OLD]);
    client.clauses.minimum_version = |_| onem2m_association::Version::Tls10;
    client.clauses.maximum_version = |_| onem2m_association::Version::Tls10;
    Pair::of(client, server).assert_established();
}

#[test]
fn hint_is_sent_if_the_clause_gives_one() {
    let server = with(|clauses| clauses.hint = |_| Some("ae1-lock@in.example.com".to_owned()));
    let server = Server::new(server).unwrap();
    let client = onem2m_association::Client::new(lock()).unwrap();
    let flight = |server: &Server| {
        let mut session = server.accept(crate::support::pair::ADDRESS).unwrap();
        session.receive(&client.connect().unwrap().transmit().unwrap());
        std::iter::from_fn(move || session.transmit())
            .flatten()
            .collect::<Vec<_>>()
    };
    let holds = |octets: &[u8]| octets.windows(LOCK.len()).any(|window| window == LOCK);
    assert!(holds(&flight(&server)));
    assert!(!holds(&flight(&Server::new(with(|_| ())).unwrap())));
}

#[test]
fn exporter_with_an_empty_context_gives_other_octets() {
    let pair = Pair::of(
        lock(),
        with(|clauses| clauses.exporter_context = || Some(&[])),
    );
    pair.assert_established();
    let label = "EXPORTER-oneM2M-Bootstrap";
    assert_ne!(
        pair.client.export(label, 48).unwrap(),
        pair.server.export(label, 48).unwrap()
    );
}

#[test]
fn datagrams_are_answered_without_a_cookie_if_none_is_asked_for() {
    let mut server = key_server(Transport::Dtls, &identities());
    server.clauses.verifies_address = || false;
    let server = Server::new(server).unwrap();
    let mut session = server.accept(crate::support::pair::ADDRESS).unwrap();
    let mut client = onem2m_association::Client::new(key_client(Transport::Dtls, LOCK, 1))
        .unwrap()
        .connect()
        .unwrap();
    session.receive(&client.transmit().unwrap());
    assert_eq!(session.transmit().unwrap()[13], 2);
}

#[test]
fn any_cookie_passes_if_none_is_compared() {
    let mut server = key_server(Transport::Dtls, &identities());
    server.clauses.is_cookie = |_, _| true;
    server.clauses.cookie = |_, _, _| vec![1];
    Pair::of(key_client(Transport::Dtls, LOCK, 1), server).assert_established();
}

/// An order that is refused, and the clause without which it is not.
type Case = (&'static str, fn() -> Order, fn(&mut Clauses));

const CASES: [Case; 11] = [
    (
        "expiry",
        || leaf().valid(NOW - 9, NOW - 1),
        |clauses| clauses.tolerates = |defect| defect == PathDefect::Expired,
    ),
    (
        "beginning",
        || leaf().valid(NOW + 1, NOW + 9),
        |clauses| clauses.tolerates = |defect| defect == PathDefect::NotYetValid,
    ),
    (
        "critical extension",
        || leaf().unknown_critical(),
        |clauses| clauses.tolerates = |defect| defect == PathDefect::CriticalExtension,
    ),
    (
        "extKeyUsage",
        || leaf().purpose(1),
        |clauses| clauses.tolerates = |defect| defect == PathDefect::Purpose,
    ),
    (
        "keyUsage",
        || leaf().without_usage(),
        |clauses| clauses.key_usage = |_| true,
    ),
    (
        "signature algorithm",
        || leaf().digest(openssl::hash::MessageDigest::sha384()),
        |clauses| clauses.signature_algorithm = |_| true,
    ),
    (
        "letter case",
        || Order::leaf(&[Name::Domain("TSTCSE1.in.example.com")]),
        |clauses| {
            clauses.matches_cse_id =
                |name, names| any(names, |other| other.eq_ignore_ascii_case(&name.to_string()));
        },
    ),
    (
        "suffix",
        || Order::leaf(&[Name::Domain("x.tstcse1.in.example.com")]),
        |clauses| {
            clauses.matches_cse_id =
                |name, names| any(names, |other| other.ends_with(&name.to_string()))
        },
    ),
    (
        "zero octet",
        || Order::leaf(&[Name::Domain("tstcse1.in.example.com\0.example.org")]),
        |clauses| {
            clauses.matches_cse_id = |name, names| {
                any(names, |other| {
                    other.split('\0').next() == Some(&name.to_string())
                })
            };
        },
    ),
    (
        "common name",
        || leaf().without_names().subject(CSE_NAME),
        |clauses| {
            clauses.matches_cse_id = |name, names| {
                names
                    .common_names
                    .iter()
                    .any(|other| *other == name.to_string())
            };
        },
    ),
    (
        "wildcard",
        || Order::leaf(&[Name::Domain("*.in.example.com")]),
        |clauses| {
            clauses.without_wildcard = |_: &Certificate| true;
            clauses.matches_cse_id = |name, names| {
                any(names, |other| {
                    name.to_string().ends_with(other.trim_start_matches('*'))
                })
            };
        },
    ),
];

fn leaf() -> Order {
    Order::leaf(&[Name::Domain(CSE_NAME)])
}

fn any(names: &Names, matches: impl Fn(&String) -> bool) -> bool {
    names.domain_names.iter().any(matches)
}

#[test]
fn certificate_is_accepted_if_the_check_that_refuses_it_is_left_out() {
    let authorities = Authorities::new();
    let connect = |own: &OwnCertificate, clauses| {
        let mut server = authorities.server(Transport::Tls, vec![known_cse()]);
        server.clauses = clauses;
        Pair::of(authorities.client(Transport::Tls, own.clone()), server)
    };
    for (name, order, leave_out) in CASES {
        let own = authorities.show(order());
        let refused = connect(&own, Clauses::SPECIFICATION);
        assert_ne!(refused.server.state(), State::Established, "{name}");
        let mut clauses = Clauses::SPECIFICATION;
        leave_out(&mut clauses);
        let accepted = connect(&own, clauses);
        assert_eq!(accepted.server.state(), State::Established, "{name}");
        assert!(accepted.server.binding().is_some(), "{name}");
    }
}

#[test]
fn unknown_authority_is_accepted_if_it_is_tolerated() {
    let authorities = Authorities::new();
    let strangers = Authorities::called("strange root", "strange issuer");
    let mut server = authorities.server(Transport::Tls, vec![known_cse()]);
    server.clauses.tolerates =
        |defect| matches!(defect, PathDefect::UnknownIssuer | PathDefect::SelfSigned);
    Pair::of(
        authorities.client(Transport::Tls, strangers.show(leaf())),
        server,
    )
    .assert_established();
}

#[test]
fn wrong_signature_is_accepted_if_it_is_tolerated() {
    let authorities = Authorities::new();
    let impostors = Authorities::new();
    let mut server = authorities.server(Transport::Tls, vec![known_cse()]);
    server.clauses.tolerates = |defect| defect == PathDefect::Signature;
    let own = impostors.show(leaf());
    Pair::of(authorities.client(Transport::Tls, own), server).assert_established();
}

#[test]
fn client_without_certificate_is_bound_to_nobody_if_none_is_demanded() {
    let authorities = Authorities::new();
    let mut server = authorities.server(Transport::Tls, vec![known_cse()]);
    server.clauses.demands_certificate = || false;
    let mut client = authorities.client(Transport::Tls, authorities.show(leaf()));
    client.credential = onem2m_association::ClientCredential::Nothing;
    let pair = Pair::of(client, server);
    assert_eq!(pair.server.state(), State::Established);
    assert_eq!(pair.server.binding(), None);
}

#[test]
fn withdrawn_key_is_resumed_if_nobody_asks() {
    let table = identities();
    for tickets in [true, false] {
        let mut configuration = key_server(Transport::Tls, &table);
        configuration.tickets = tickets;
        configuration.clauses.resumable = |_, _| true;
        let server = Server::new(configuration).unwrap();
        let client = onem2m_association::Client::new(lock()).unwrap();
        let resumption = Pair::new(&client, &server).client.resumption().unwrap();
        table.remove(LOCK);
        let pair = Pair::resumed(&client, &server, &resumption);
        assert!(pair.server.is_resumed());
        table
            .insert(
                identity(LOCK),
                crate::support::entities::psk(1),
                Allowed::Entity(entity("SAE1")),
            )
            .unwrap();
    }
}
