//! A server of OpenSSL on loopback.

use openssl::asn1::Asn1Time;
use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcKey, EcPoint};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::ssl::{
    Ssl, SslContext, SslContextBuilder, SslMethod, SslOptions, SslStream, SslVerifyMode, SslVersion,
};
use openssl::x509::{X509, X509Name};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The identity that the server knows.
pub const IDENTITY: &str = "ae1-lock@in.example.com";
/// Its key.
pub const KEY: [u8; 32] = *b"0123456789abcdef0123456789abcdef";
/// A label of oneM2M.
pub const LABEL: &str = "EXPORTER-oneM2M-Connection";

/// What the server saw of a connection.
#[derive(Debug, PartialEq, Eq)]
pub struct Served {
    /// What it exported.
    pub exported: [u8; 48],
    /// What it read from then on.
    pub read: Vec<u8>,
}

/// A server that echoes what it reads.
pub struct Peer {
    pub address: SocketAddr,
    served: Receiver<Option<Served>>,
}

impl Peer {
    /// Serves so many connections.
    pub fn serve(context: SslContext, connections: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (report, served) = channel();
        std::thread::spawn(move || {
            for _ in 0..connections {
                let (stream, _) = listener.accept().unwrap();
                stream
                    .set_read_timeout(Some(Duration::from_secs(20)))
                    .unwrap();
                let accepted = Ssl::new(&context).unwrap().accept(stream);
                let _ = report.send(accepted.ok().map(echo));
            }
        });
        Self { address, served }
    }

    /// What it saw of the next connection; nothing if the handshake failed.
    pub fn served(&self) -> Option<Served> {
        self.served.recv_timeout(Duration::from_secs(30)).unwrap()
    }
}

fn echo(mut stream: SslStream<TcpStream>) -> Served {
    let mut exported = [0; 48];
    stream
        .ssl()
        .export_keying_material(&mut exported, LABEL, None)
        .unwrap();
    let mut read = Vec::new();
    let mut piece = [0; 20_000];
    while let Ok(length @ 1..) = stream.read(&mut piece) {
        read.extend_from_slice(&piece[..length]);
        if stream.write_all(&piece[..length]).is_err() {
            break;
        }
    }
    let _ = stream.shutdown();
    Served { exported, read }
}

/// A context for TLS 1.2 with these suites.
pub fn context(suites: &str) -> SslContextBuilder {
    let mut context = SslContext::builder(SslMethod::tls_server()).unwrap();
    context.set_security_level(0);
    context
        .set_min_proto_version(Some(SslVersion::TLS1_2))
        .unwrap();
    context
        .set_max_proto_version(Some(SslVersion::TLS1_2))
        .unwrap();
    context.set_cipher_list(suites).unwrap();
    context.set_session_id_context(b"tests").unwrap();
    context
}

/// A context that knows one pre-shared key.
pub fn psk_context(suites: &str) -> SslContextBuilder {
    let mut context = context(suites);
    know_psk(&mut context);
    context
}

/// Makes a context know the pre-shared key.
pub fn know_psk(context: &mut SslContextBuilder) {
    context.set_psk_server_callback(|_, identity, key| {
        if identity != Some(IDENTITY.as_bytes()) {
            return Ok(0);
        }
        key[..KEY.len()].copy_from_slice(&KEY);
        Ok(KEY.len())
    });
}

/// A context with a certificate, which asks for one of the client and takes any.
pub fn certificate_context(suites: &str) -> SslContextBuilder {
    let mut context = context(suites);
    show_certificate(&mut context);
    context
}

/// Makes a context show a certificate and ask for one.
pub fn show_certificate(context: &mut SslContextBuilder) {
    let (certificate, key, _) = certificate(7);
    context.set_certificate(&certificate).unwrap();
    context.set_private_key(&key).unwrap();
    let mode = SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT;
    context.set_verify_callback(mode, |_, _| true);
}

/// The option by which a client may renegotiate.
pub const RENEGOTIATION: SslOptions = SslOptions::from_bits_retain(1 << 8);

/// A certificate on P-256 that signs itself, its key, and the private scalar of that.
pub fn certificate(scalar: u8) -> (X509, PKey<Private>, [u8; 32]) {
    let octets = [scalar; 32];
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let number = BigNum::from_slice(&octets).unwrap();
    let mut context = BigNumContext::new().unwrap();
    let mut public = EcPoint::new(&group).unwrap();
    public
        .mul_generator2(&group, &number, &mut context)
        .unwrap();
    let key = EcKey::from_private_components(&group, &number, &public).unwrap();
    let key = PKey::from_ec_key(key).unwrap();
    let mut name = X509Name::builder().unwrap();
    name.append_entry_by_text("CN", "test").unwrap();
    let name = name.build();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    builder.set_pubkey(&key).unwrap();
    builder
        .set_not_before(&Asn1Time::days_from_now(0).unwrap())
        .unwrap();
    builder
        .set_not_after(&Asn1Time::days_from_now(2).unwrap())
        .unwrap();
    builder.sign(&key, MessageDigest::sha256()).unwrap();
    (builder.build(), key, octets)
}
