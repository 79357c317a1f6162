use super::service::Service;
use crate::tester::handshake::credential::Credential;
use crate::tester::handshake::end::Halt;
use crate::tester::handshake::suite::ScriptedSuite;
use onem2m_association::messages::{
    CertificateType, CipherSuite, ClientCertificateTypes, ClientHello, CompressionMethod,
    ExtendedMasterSecret, Extension, ExtensionBody, Extensions, ProtocolVersion, Random,
    RenegotiationInfo, SelectedClientCertificateType, SelectedServerCertificateType,
    ServerCertificateTypes, ServerHello,
};
use onem2m_keys::Randoms;

/// What the tester chooses of the offer of the IUT.
pub struct Chosen {
    /// The version.
    pub version: ProtocolVersion,
    /// The suite.
    pub suite: CipherSuite,
    /// What the tester knows of the suite; nothing of one that it only names.
    pub scripted: Option<ScriptedSuite>,
    /// Whether the master secret is the extended one.
    pub extended_master_secret: bool,
    /// Whether the tester shows a raw public key in place of certificates.
    pub shows_raw_key: bool,
    /// Whether the IUT is to show a raw public key in place of certificates.
    pub takes_raw_key: bool,
    /// The random values.
    pub randoms: Randoms,
    /// The ServerHello that says so.
    pub hello: ServerHello,
}

impl Chosen {
    /// Chooses what is right for the credential and the transport, but for what the conduct names.
    pub fn of(
        hello: &ClientHello,
        service: &Service,
        datagram: bool,
        random: [u8; 32],
    ) -> Result<Self, Halt> {
        let conduct = &service.conduct;
        let right = right_version(datagram);
        let named = conduct.version.map(ProtocolVersion);
        if named.is_none() && !reaches(hello.version, right, datagram) {
            let got = hello.version;
            return Err(Halt::expected(
                &format!("version {right}"),
                &got.to_string(),
            ));
        }
        let version = named.unwrap_or(right);
        let suite = conduct.suite.map(|suite| suite.0);
        let suite = match suite {
            Some(suite) => suite,
            None => offered_suite(hello, &service.credential, datagram)?,
        };
        let offered = hello.extensions.clone().unwrap_or_default();
        let extended: Option<ExtendedMasterSecret> = offered.read()?;
        let mut extensions = Vec::new();
        if extended.is_some() {
            extensions.push(answer(&ExtendedMasterSecret)?);
        }
        let renegotiation: Option<RenegotiationInfo> = offered.read()?;
        let signalled = hello
            .cipher_suites
            .contains(&CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV);
        if renegotiation.is_some() || signalled {
            extensions.push(answer(&RenegotiationInfo::default())?);
        }
        let shows_raw_key = shows_raw_key(&offered, &service.credential)?;
        if shows_raw_key {
            let raw = SelectedServerCertificateType(CertificateType::RAW_PUBLIC_KEY);
            extensions.push(answer(&raw)?);
        }
        let shown: Option<ClientCertificateTypes> = offered.read()?;
        let shown = shown.and_then(|types| types.0.first().copied());
        let is_asked = asks(service);
        if let Some(shown) = shown.filter(|_| is_asked) {
            extensions.push(answer(&SelectedClientCertificateType(shown))?);
        }
        let answered = !extensions.is_empty();
        Ok(Self {
            version,
            suite,
            scripted: ScriptedSuite::of(suite),
            extended_master_secret: extended.is_some(),
            shows_raw_key,
            takes_raw_key: is_asked && shown == Some(CertificateType::RAW_PUBLIC_KEY),
            randoms: Randoms {
                client: hello.random.0,
                server: random,
            },
            hello: ServerHello {
                version,
                random: Random(random),
                session_id: Vec::new(),
                cipher_suite: suite,
                compression_method: CompressionMethod(conduct.compression),
                extensions: answered.then_some(Extensions(extensions)),
            },
        })
    }
}

/// Whether a certificate of the IUT is asked for.
pub fn asks(service: &Service) -> bool {
    service.credential.signer().is_some() && !service.conduct.asks_nobody
}

fn right_version(datagram: bool) -> ProtocolVersion {
    match datagram {
        false => ProtocolVersion::TLS_1_2,
        true => ProtocolVersion::DTLS_1_2,
    }
}

/// Whether an offer includes a version. Those of DTLS count down (RFC 6347, 4.1).
fn reaches(highest: ProtocolVersion, version: ProtocolVersion, datagram: bool) -> bool {
    match datagram {
        false => highest.0 >= version.0,
        true => highest.0 <= version.0,
    }
}

/// The mandatory suite of credential and transport, else the other one of the credential (TS-0003 V3.18.0, 10.2.2 and 10.2.3).
fn offered_suite(
    hello: &ClientHello,
    credential: &Credential,
    datagram: bool,
) -> Result<CipherSuite, Halt> {
    let (over_stream, over_datagrams) = match credential.key().is_some() {
        true => (
            CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256,
            CipherSuite::TLS_PSK_WITH_AES_128_CCM_8,
        ),
        false => (
            CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
            CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
        ),
    };
    let (first, second) = match datagram {
        false => (over_stream, over_datagrams),
        true => (over_datagrams, over_stream),
    };
    let mut wanted = [first, second].into_iter();
    let found = wanted.find(|suite| hello.cipher_suites.contains(suite));
    found.ok_or_else(|| {
        let offered: Vec<String> = hello
            .cipher_suites
            .iter()
            .map(ToString::to_string)
            .collect();
        Halt::expected(&format!("suite {first}"), &offered.join(", "))
    })
}

fn shows_raw_key(offered: &Extensions, credential: &Credential) -> Result<bool, Halt> {
    if !matches!(credential, Credential::RawPublicKey { .. }) {
        return Ok(false);
    }
    let types: Option<ServerCertificateTypes> = offered.read()?;
    match types.is_some_and(|types| types.0.contains(&CertificateType::RAW_PUBLIC_KEY)) {
        true => Ok(true),
        false => Err(Halt::unexpected("no raw public key of a server is taken")),
    }
}

fn answer(body: &impl ExtensionBody) -> Result<Extension, Halt> {
    Ok(Extension::of(body)?)
}
