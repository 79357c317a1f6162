//! Associations with `openssl s_client` and `openssl s_server`, over sockets of this host.

mod link;
mod process;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use onem2m_association::{
    Allowed, Client, ClientConfiguration, Diagnosable, Framework, Server, ServerConfiguration,
    ServerSession, Session, Suite, Transport,
};

use crate::support::authority::{Name, Order};
use crate::support::entities::{
    Authorities, CSE_NAME, DOOR, LOCK, SERVER_NAME, entity, host, identities, key_client,
    key_server, known_cse,
};
use link::{Link, Listener};
use process::{Files, OpenSsl};

const TO_OPENSSL: &str = "hello from the association";
const FROM_OPENSSL: &str = "hello from openssl";
/// A configuration of OpenSSL.
const WITHOUT_EXTENDED_MASTER_SECRET: &[u8] = b"openssl_conf = all
[all]
ssl_conf = every
[every]
system_default = each
[each]
Options = -ExtendedMasterSecret
";
const LOOPBACK: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// Each mandatory suite over each transport.
fn combinations() -> impl Iterator<Item = (Transport, Suite)> {
    [Transport::Tls, Transport::Dtls]
        .into_iter()
        .flat_map(|transport| Suite::MANDATORY.map(|suite| (transport, suite)))
}

fn is_there() -> bool {
    let there = OpenSsl::is_there();
    assert!(
        there || std::env::var("CI").is_err(),
        "expected the command openssl, got none; hint: install Debian's openssl"
    );
    if !there {
        eprintln!(
            "skipped: expected the command openssl, got none; hint: install Debian's openssl"
        );
    }
    there
}

fn common(transport: Transport, suite: Suite) -> Vec<String> {
    let version = match transport {
        Transport::Tls => "-tls1_2",
        Transport::Dtls => "-dtls1_2",
    };
    let mut arguments = vec![
        version.to_owned(),
        "-cipher".to_owned(),
        suite.openssl.to_owned(),
    ];
    if suite.framework == Framework::Psk {
        arguments.extend(key(LOCK, 1));
    }
    arguments
}

/// An identity with the key of 32 octets that begins with the given one.
fn key(identity: &[u8], first: u8) -> [String; 4] {
    let key = (first..first + 32)
        .map(|octet| format!("{octet:02x}"))
        .collect();
    let identity = String::from_utf8_lossy(identity).into_owned();
    ["-psk".to_owned(), key, "-psk_identity".to_owned(), identity]
}

fn client_of(transport: Transport, suite: Suite, authorities: &Authorities) -> ClientConfiguration {
    let mut client = match suite.framework {
        Framework::Psk => key_client(transport, LOCK, 1),
        Framework::Certificate => authorities.client(
            transport,
            authorities.show(Order::leaf(&[Name::Domain(CSE_NAME)])),
        ),
    };
    client.suites = Some(vec![suite]);
    client
}

fn server_of(transport: Transport, suite: Suite, authorities: &Authorities) -> ServerConfiguration {
    match suite.framework {
        Framework::Psk => key_server(transport, &identities()),
        Framework::Certificate => authorities.server(transport, vec![known_cse()]),
    }
}

#[test]
fn client_associates_with_s_server_by_each_mandatory_suite() {
    if !is_there() {
        return;
    }
    let authorities = Authorities::new();
    for (transport, suite) in combinations() {
        let mut arguments = common(transport, suite);
        let files = match suite.framework {
            Framework::Psk => {
                arguments.push("-nocert".to_owned());
                None
            }
            Framework::Certificate => {
                let own = Order::leaf(&[Name::Domain(SERVER_NAME)]).issued_by(&authorities.issuer);
                let files = Files::new(&own, &authorities);
                arguments.extend(files.arguments());
                arguments.extend(["-Verify", "2", "-verify_return_error"].map(str::to_owned));
                Some(files)
            }
        };
        if transport == Transport::Dtls {
            arguments.extend(["-mtu", "1200", "-listen"].map(str::to_owned));
        }
        let (mut peer, address) = OpenSsl::server(&arguments);
        let client = Client::new(client_of(transport, suite, &authorities)).unwrap();
        let mut session = client.connect().unwrap();
        let mut link = Link::connect(transport, address);
        link.establish(&mut session);
        assert_eq!(session.suite(), Some(suite.name()));
        session.write(format!("{TO_OPENSSL}\n").as_bytes()).unwrap();
        link.send(&mut session);
        peer.expect(TO_OPENSSL);
        peer.say(FROM_OPENSSL);
        link.expect(&mut session, FROM_OPENSSL);
        drop(files);
    }
}

#[test]
fn server_associates_with_s_client_by_each_mandatory_suite() {
    if !is_there() {
        return;
    }
    let authorities = Authorities::new();
    for (transport, suite) in combinations() {
        let server = Server::new(server_of(transport, suite, &authorities)).unwrap();
        let mut arguments = common(transport, suite);
        arguments.push("-quiet".to_owned());
        let files = (suite.framework == Framework::Certificate).then(|| {
            let own = Order::leaf(&[Name::Domain(CSE_NAME)]).issued_by(&authorities.issuer);
            let files = Files::new(&own, &authorities);
            arguments.extend(files.arguments());
            arguments.push("-verify_return_error".to_owned());
            files
        });
        let (mut peer, mut link, mut session) = accepted(transport, &server, &arguments);
        link.establish(&mut session);
        assert_eq!(session.suite(), Some(suite.name()));
        assert!(session.binding().is_some());
        peer.say(FROM_OPENSSL);
        link.expect(&mut session, FROM_OPENSSL);
        session.write(format!("{TO_OPENSSL}\n").as_bytes()).unwrap();
        link.send(&mut session);
        peer.expect(TO_OPENSSL);
        drop(files);
    }
}

#[test]
fn s_client_with_a_wrong_key_is_refused() {
    if !is_there() {
        return;
    }
    let server = Server::new(key_server(Transport::Tls, &identities())).unwrap();
    let mut arguments = common(Transport::Tls, Suite::PSK_AES_128_CBC_SHA256);
    let key = arguments
        .iter()
        .position(|argument| argument == "-psk")
        .unwrap();
    arguments[key + 1] = "00".to_owned();
    let (_peer, mut link, mut session) = accepted(Transport::Tls, &server, &arguments);
    link.run(&mut session);
    assert_eq!(session.binding(), None);
    let failure = session.failure().unwrap().to_string();
    assert!(
        failure.contains("sent fatal(2) alert bad_record_mac(20)"),
        "{failure}"
    );
}

#[test]
fn s_client_gets_no_renegotiation() {
    if !is_there() {
        return;
    }
    let server = Server::new(key_server(Transport::Tls, &identities())).unwrap();
    let arguments = common(Transport::Tls, Suite::PSK_AES_128_CBC_SHA256);
    let (mut peer, mut link, mut session) = accepted(Transport::Tls, &server, &arguments);
    link.establish(&mut session);
    session.write(format!("{TO_OPENSSL}\n").as_bytes()).unwrap();
    link.send(&mut session);
    peer.expect(TO_OPENSSL);
    peer.say("R");
    link.receive(&mut session);
    link.send(&mut session);
    peer.expect("no renegotiation");
    assert!(session.binding().is_some());
}

#[test]
fn session_of_one_host_is_not_resumed_for_another() {
    if !is_there() {
        return;
    }
    let table = identities();
    let mut configuration = key_server(Transport::Tls, &table);
    configuration.hosts = vec![host("a.example.com", &table), host("b.example.com", &table)];
    let server = Server::new(configuration).unwrap();
    let session_file = process::Scratch::new("session");
    let connect = |direction: &str, name: &str| {
        let mut arguments = common(Transport::Tls, Suite::PSK_AES_128_CBC_SHA256);
        arguments.extend(["-servername", name, direction, session_file.path()].map(str::to_owned));
        accepted(Transport::Tls, &server, &arguments)
    };
    let (mut peer, mut link, mut session) = connect("-sess_out", "a.example.com");
    link.establish(&mut session);
    assert_eq!(session.binding().unwrap().host, Some(0));
    peer.hang_up();

    let (_peer, mut link, mut session) = connect("-sess_in", "a.example.com");
    link.establish(&mut session);
    assert!(session.is_resumed());

    let (_peer, mut link, mut session) = connect("-sess_in", "b.example.com");
    link.run(&mut session);
    assert_eq!(session.binding(), None);
    let failure = session.failure().unwrap().to_string();
    assert!(failure.contains("unrecognized_name(112)"), "{failure}");
}

#[test]
fn session_that_begins_anew_instead_of_being_resumed_is_bound_anew() {
    if !is_there() {
        return;
    }
    for tickets in [true, false] {
        let mut configuration = key_server(Transport::Tls, &identities());
        configuration.tickets = tickets;
        let server = Server::new(configuration).unwrap();
        let (first, second) = (
            process::Scratch::new("first"),
            process::Scratch::new("second"),
        );
        let connect = |identity: &[u8], first_octet: u8, more: &[&str], configuration| {
            let mut arguments = vec!["-tls1_2".to_owned()];
            arguments.extend(key(identity, first_octet));
            arguments.extend(more.iter().map(|option| (*option).to_owned()));
            let (mut peer, mut link, mut session) =
                accepted_as(Transport::Tls, &server, &arguments, configuration);
            link.establish(&mut session);
            peer.hang_up();
            let allowed = session.binding().unwrap().allowed.clone();
            (session.is_resumed(), allowed)
        };
        let door = Allowed::Entity(entity("SAE2"));
        // A session without extended master secret is not resumed by a client that has it (RFC 7627, 5.3).
        let without = process::Scratch::holding("without", WITHOUT_EXTENDED_MASTER_SECRET);
        connect(LOCK, 1, &["-sess_out", first.path()], Some(&without));
        let anew = connect(
            DOOR,
            33,
            &["-sess_in", first.path(), "-sess_out", second.path()],
            None,
        );
        assert_eq!(anew, (false, door.clone()));
        let resumed = connect(DOOR, 33, &["-sess_in", second.path()], None);
        assert_eq!(resumed, (true, door));
    }
}

/// A server end to which `s_client` connects.
fn accepted(
    transport: Transport,
    server: &Server,
    arguments: &[String],
) -> (OpenSsl, Link, ServerSession) {
    accepted_as(transport, server, arguments, None)
}

/// As [`accepted`], with a configuration file for `s_client`.
fn accepted_as(
    transport: Transport,
    server: &Server,
    arguments: &[String],
    configuration: Option<&process::Scratch>,
) -> (OpenSsl, Link, ServerSession) {
    let listener = Listener::new(transport);
    let peer = OpenSsl::client(listener.address(), arguments, configuration);
    let (link, address) = listener.accept();
    (peer, link, server.accept(address).unwrap())
}
