//! The client of OpenSSL, over a wire in memory.

use onem2m_association::{PeerCredential, Session, State};
use openssl::error::ErrorStack;
use openssl::ssl::{
    Error, Ssl, SslContext, SslContextBuilder, SslMethod, SslMode, SslOptions, SslStream,
    SslVersion,
};

use crate::certificates::Credential;
use crate::wire::Wire;

pub const LABEL: &str = "EXPORTER-oneM2M-Bootstrap";

/// A connection of the client, and what became of it.
pub struct Client {
    pub stream: SslStream<Wire>,
    wire: Wire,
    /// How many octets go over the wire at once.
    chunk: usize,
}

/// A context for TLS 1.2 with one suite, as OpenSSL names it; for DTLS 1.2 if there is `DTLS:` before the name.
pub fn context(suite: &str) -> SslContextBuilder {
    let (suite, method, version) = match suite.strip_prefix("DTLS:") {
        Some(suite) => (suite, SslMethod::dtls_client(), SslVersion::DTLS1_2),
        None => (suite, SslMethod::tls_client(), SslVersion::TLS1_2),
    };
    let mut builder = SslContext::builder(method).unwrap();
    builder.set_security_level(0);
    builder.set_min_proto_version(Some(version)).unwrap();
    builder.set_max_proto_version(Some(version)).unwrap();
    builder.set_options(SslOptions::NO_QUERY_MTU);
    builder.set_cipher_list(suite).unwrap();
    // Otherwise the chain of a client is filled up with the authorities that it trusts.
    builder.set_mode(SslMode::NO_AUTO_CHAIN);
    builder
}

/// A context with a pre-shared key.
pub fn psk_context(suite: &str, identity: &'static [u8], key: &'static [u8]) -> SslContextBuilder {
    let mut builder = context(suite);
    builder.set_psk_client_callback(move |_, _, identity_buffer, key_buffer| {
        identity_buffer[..identity.len()].copy_from_slice(identity);
        identity_buffer[identity.len()] = 0;
        key_buffer[..key.len()].copy_from_slice(key);
        Ok(key.len())
    });
    builder
}

/// A context with a certificate, if there is one, that trusts `anchor`.
pub fn certificate_context(
    suite: &str,
    own: Option<&Credential>,
    anchor: &Credential,
) -> SslContextBuilder {
    let mut builder = context(suite);
    if let Some(own) = own {
        builder.set_certificate(&own.certificate).unwrap();
        builder.set_private_key(&own.key).unwrap();
    }
    builder
        .cert_store_mut()
        .add_cert(anchor.certificate.clone())
        .unwrap();
    builder.set_verify(openssl::ssl::SslVerifyMode::PEER);
    builder
}

impl Client {
    pub fn new(context: SslContextBuilder) -> Self {
        Self::of(Ssl::new(&context.build()).unwrap())
    }

    /// A client of DTLS, whose datagrams have up to `size` octets.
    pub fn of_datagrams(context: SslContextBuilder, size: u32) -> Self {
        let mut ssl = Ssl::new(&context.build()).unwrap();
        ssl.set_mtu(size).unwrap();
        Self::over(ssl, Wire::new(true))
    }

    pub fn of(ssl: Ssl) -> Self {
        Self::over(ssl, Wire::new(false))
    }

    fn over(ssl: Ssl, wire: Wire) -> Self {
        Self {
            stream: SslStream::new(ssl, wire.clone()).unwrap(),
            wire,
            chunk: usize::MAX,
        }
    }

    /// Lets the wire carry no more than `chunk` octets at once.
    pub fn in_chunks_of(mut self, chunk: usize) -> Self {
        self.chunk = chunk;
        self
    }

    /// The handshake, until it succeeds or nothing moves any more.
    pub fn connect(&mut self, server: &mut dyn Session) -> Result<(), Error> {
        let result = self.drive(server, SslStream::connect);
        self.exchange(server);
        result
    }

    /// Sends application data.
    pub fn write(&mut self, server: &mut dyn Session, octets: &[u8]) {
        self.stream.ssl_write(octets).unwrap();
        self.exchange(server);
    }

    /// Sends application data that is changed on its way.
    pub fn write_changed(
        &mut self,
        server: &mut dyn Session,
        octets: &[u8],
        change: impl FnOnce(&mut Vec<u8>),
    ) {
        self.stream.ssl_write(octets).unwrap();
        let mut sent = self.wire.take_sent().concat();
        change(&mut sent);
        server.receive(&sent);
        self.exchange(server);
    }

    /// Application data, or why there is none.
    pub fn read(&mut self, server: &mut dyn Session) -> Result<Vec<u8>, Error> {
        let mut buffer = [0; 1 << 15];
        let length = self.drive(server, |stream| stream.ssl_read(&mut buffer))?;
        Ok(buffer[..length].to_vec())
    }

    pub fn export(&self, length: usize) -> Result<Vec<u8>, ErrorStack> {
        let mut output = vec![0; length];
        self.stream
            .ssl()
            .export_keying_material(&mut output, LABEL, None)?;
        Ok(output)
    }

    fn drive<T>(
        &mut self,
        server: &mut dyn Session,
        mut step: impl FnMut(&mut SslStream<Wire>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        loop {
            match step(&mut self.stream) {
                Err(error) if error.code() == openssl::ssl::ErrorCode::WANT_READ => {
                    if !self.exchange(server) {
                        return Err(error);
                    }
                }
                other => return other,
            }
        }
    }

    /// Carries what both have sent; false if it was nothing.
    fn exchange(&mut self, server: &mut dyn Session) -> bool {
        let sent = self.wire.take_sent();
        for chunk in sent.iter().flat_map(|octets| octets.chunks(self.chunk)) {
            server.receive(chunk);
        }
        let mut moved = !sent.is_empty();
        while let Some(octets) = server.transmit() {
            self.wire.arrive(octets);
            moved = true;
        }
        moved
    }
}

/// Connects, exports on both ends, sends data both ways, and gives the peer of the server.
pub fn check_association(client: &mut Client, server: &mut dyn Session) -> PeerCredential {
    let connected = client.connect(server);
    assert!(connected.is_ok(), "{connected:?}, {:?}", server.state());
    assert_eq!(server.state(), State::Established);
    let exported = server.export(LABEL, 48).unwrap();
    assert_eq!(exported.as_slice(), client.export(48).unwrap());
    client.write(server, b"request");
    assert_eq!(server.read(), Some(b"request".to_vec()));
    server.write(b"response").unwrap();
    assert_eq!(client.read(server).unwrap(), b"response");
    server.peer().unwrap().clone()
}

/// The number of the alert in an error of OpenSSL, whose reasons are 1000 more.
pub fn alert(error: &Error) -> Option<i32> {
    let stack = error.ssl_error()?;
    let code = stack.errors().first()?.code();
    i32::try_from(code & 0x7f_ffff)
        .ok()?
        .checked_sub(1000)
        .filter(|alert| (0..256).contains(alert))
}
