use super::conduct::{HelloConduct, Resume};
use super::establish::Handshake;
use super::numbers::Numbers;
use super::offer::{Offer, Previous};
use super::session::Session;
use onem2m_association::messages::{
    CipherSuite, EncodeError, NamedGroup, PointFormat, ProtocolVersion, Random, SignatureScheme,
};
use rand_chacha::rand_core::Rng;

/// Composes the ClientHello of a handshake.
pub struct Composer<'h> {
    pub(super) handshake: &'h Handshake,
    datagram: bool,
    pub(super) previous: Option<&'h Previous>,
}

impl<'h> Composer<'h> {
    /// For a handshake: the first one of a connection, or one behind the previous one.
    pub fn new(handshake: &'h Handshake, datagram: bool, previous: Option<&'h Previous>) -> Self {
        Self {
            handshake,
            datagram,
            previous,
        }
    }

    /// The offer without a cookie.
    pub fn compose(&self, random: &mut impl Rng) -> Result<Offer, EncodeError> {
        let mut client_random = [0; 32];
        random.fill_bytes(&mut client_random);
        let session_id = self.session_id(random);
        let extensions = self.extensions(random)?;
        let hello = self.hello();
        let offer = Offer {
            random: Random(client_random),
            session_id,
            numbers: Numbers {
                version: self.version(),
                versions: hello.supported_versions.clone(),
                suites: self.suites(),
                compression: hello.compression.clone(),
                extensions: extensions
                    .iter()
                    .map(|each| each.extension_type.0)
                    .collect(),
                groups: self.groups(),
                signature_algorithms: self.signature_algorithms(),
            },
            extensions,
            damage: hello.damage,
        };
        Ok(offer)
    }

    pub(super) fn hello(&self) -> &'h HelloConduct {
        &self.handshake.conduct.hello
    }

    fn version(&self) -> u16 {
        let right = match self.datagram {
            false => ProtocolVersion::TLS_1_2,
            true => ProtocolVersion::DTLS_1_2,
        };
        self.hello().version.unwrap_or(right.0)
    }

    fn suites(&self) -> Vec<CipherSuite> {
        if let Some(suites) = &self.hello().suites {
            return suites.iter().map(|suite| suite.0).collect();
        }
        let psk = self.handshake.credential.key().is_some();
        let suite = match (psk, self.datagram) {
            (true, false) => CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256,
            (true, true) => CipherSuite::TLS_PSK_WITH_AES_128_CCM_8,
            (false, false) => CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
            (false, true) => CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
        };
        match self.previous {
            None => vec![suite, CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV],
            // RFC 5746, 3.5: not in a renegotiation.
            Some(_) => vec![suite],
        }
    }

    fn session_id(&self, random: &mut impl Rng) -> Vec<u8> {
        let conduct = &self.handshake.conduct;
        if let Some(octets) = &conduct.hello.session_id {
            return octets.0.clone();
        }
        match (conduct.resume, self.earlier_session()) {
            (Some(Resume::SessionId), Some(session)) => session.id.clone(),
            // RFC 5077, 3.4: so that the answer tells whether the ticket was taken.
            (Some(Resume::Ticket | Resume::TicketInverted(_)), Some(_)) => {
                let mut octets = vec![0; 32];
                random.fill_bytes(&mut octets);
                octets
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn earlier_session(&self) -> Option<&'h Session> {
        self.handshake.earlier.as_ref()?.session.as_ref()
    }

    /// Whether a suite with curves is offered.
    fn has_curves(&self) -> bool {
        self.suites()
            .iter()
            .filter_map(|suite| suite.name())
            .any(|name| name.contains("_ECDH"))
    }

    /// Whether a suite is offered in which RSA signs.
    fn has_rsa(&self) -> bool {
        self.suites()
            .iter()
            .filter_map(|suite| suite.name())
            .any(|name| name.contains("HE_RSA_"))
    }

    pub(super) fn groups(&self) -> Vec<u16> {
        let right = if self.has_curves() {
            vec![NamedGroup::SECP256R1.0]
        } else {
            Vec::new()
        };
        self.hello().groups.clone().unwrap_or(right)
    }

    pub(super) fn signature_algorithms(&self) -> Vec<u16> {
        let mut right = Vec::new();
        if self.has_curves() {
            right.push(SignatureScheme::ECDSA_SECP256R1_SHA256.0);
        }
        if self.has_rsa() {
            right.push(SignatureScheme::RSA_PKCS1_SHA256.0);
        }
        self.hello().signature_algorithms.clone().unwrap_or(right)
    }

    pub(super) fn point_formats(&self) -> Vec<u8> {
        let right = if self.has_curves() {
            vec![PointFormat::UNCOMPRESSED.0]
        } else {
            Vec::new()
        };
        self.hello().point_formats.clone().unwrap_or(right)
    }
}
