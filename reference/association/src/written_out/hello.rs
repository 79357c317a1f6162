//! What a ClientHello says, and what the server makes of it.

use super::{Clauses, Configuration, KeyExchange, Refusal, Suite};

use crate::messages::{
    AlertDescription, CertificateType, CipherSuite, ClientHello, CompressionMethod, EcPointFormats,
    ExtensionBody, ExtensionType, Extensions, NameType, NamedGroup, PointFormat, ProtocolVersion,
    RecordHeader, ServerNames, SignatureAlgorithms, SignatureScheme, SupportedGroups,
};

/// The content of the first extension of a type, read.
pub(crate) fn extension<T: ExtensionBody>(hello: &ClientHello) -> Result<Option<T>, Refusal> {
    let extensions = hello.extensions.as_ref();
    Ok(extensions.map(Extensions::read).transpose()?.flatten())
}

/// Whether the client sent an extension.
pub(crate) fn offers(hello: &ClientHello, extension_type: ExtensionType) -> bool {
    hello
        .extensions
        .as_ref()
        .is_some_and(|extensions| extensions.find(extension_type).is_some())
}

/// Whether the extensions can stand beside each other: each at most once (RFC 5246, 7.4.1.4).
pub(crate) fn extensions(hello: &ClientHello) -> Result<(), Refusal> {
    match hello.extensions.as_ref().and_then(Extensions::duplicate) {
        None => Ok(()),
        Some(extension) => Err(Refusal::new(
            AlertDescription::ILLEGAL_PARAMETER,
            format!("expected each extension once, got {extension} again"),
        )),
    }
}

/// The version of a TLS connection: TLS 1.2, if the client has it or a later one (RFC 5246, E.1).
pub(crate) fn version(offered: ProtocolVersion) -> Result<ProtocolVersion, Refusal> {
    if offered >= ProtocolVersion::TLS_1_2 {
        return Ok(ProtocolVersion::TLS_1_2);
    }
    Err(Refusal::new(
        AlertDescription::PROTOCOL_VERSION,
        format!("expected a client with TLS 1.2, got {offered}"),
    ))
}

/// Whether a record may have a version, when one was agreed or not yet (RFC 5246, 6.2.1 and E.1).
pub(crate) fn record_version(agreed: Option<ProtocolVersion>, got: ProtocolVersion) -> bool {
    match agreed {
        Some(agreed) => agreed == got,
        None => got.0 >> 8 == ProtocolVersion::TLS_1_2.0 >> 8,
    }
}

/// The version of a DTLS association: DTLS 1.2, if the client has it or a later one, whose number is lower (RFC 6347, 4.1;
/// RFC 5246, E.1).
pub(crate) fn datagram_version(offered: ProtocolVersion) -> Result<ProtocolVersion, Refusal> {
    if is_datagram(offered) && offered <= ProtocolVersion::DTLS_1_2 {
        return Ok(ProtocolVersion::DTLS_1_2);
    }
    Err(Refusal::new(
        AlertDescription::PROTOCOL_VERSION,
        format!("expected a client with DTLS 1.2, got {offered}"),
    ))
}

/// Whether a record of DTLS may have a version, when one was agreed or not yet (RFC 6347, 4.1 and 4.2.1).
pub(crate) fn datagram_record_version(
    agreed: Option<ProtocolVersion>,
    got: ProtocolVersion,
) -> bool {
    match agreed {
        Some(agreed) => agreed == got,
        None => is_datagram(got),
    }
}

fn is_datagram(version: ProtocolVersion) -> bool {
    version.0 >> 8 == ProtocolVersion::DTLS_1_2.0 >> 8
}

/// What is no record of TLS, or one of another version, is refused: a ClientHello in the form of SSL 2.0 too, which a
/// server need not take (RFC 5246, E.2; RFC 6176, 3).
pub(crate) fn no_record(header: &RecordHeader) -> Result<Vec<u8>, Refusal> {
    Err(Refusal::new(
        AlertDescription::PROTOCOL_VERSION,
        format!("expected a record of TLS 1.2, got {}", header.version),
    ))
}

/// The compression method of the connection: none (RFC 5246, 7.4.1.2).
pub(crate) fn compression(offered: &[CompressionMethod]) -> Result<CompressionMethod, Refusal> {
    if offered.contains(&CompressionMethod::NULL) {
        return Ok(CompressionMethod::NULL);
    }
    Err(Refusal::new(
        AlertDescription::ILLEGAL_PARAMETER,
        format!("expected a client without compression, got {offered:?}"),
    ))
}

/// The suite of the connection: the first of the server that the client offers and that can be used
/// (RFC 5246, 7.4.1.3).
pub(crate) fn suite(
    clauses: &Clauses,
    configuration: &Configuration,
    hello: &ClientHello,
    host: Option<usize>,
) -> Result<Suite, Refusal> {
    for suite in (clauses.suites)(configuration, host) {
        if hello.cipher_suites.contains(&suite.number) && (clauses.usable)(suite, hello)? {
            return Ok(suite);
        }
    }
    Err(Refusal::new(
        AlertDescription::HANDSHAKE_FAILURE,
        format!(
            "expected one of the suites of the server, got {:?}",
            hello.cipher_suites
        ),
    ))
}

/// The suites that the server has credentials for (TS-0003 V3.18.0, 10.2).
pub(crate) fn suites(configuration: &Configuration, host: Option<usize>) -> Vec<Suite> {
    let mut suites = configuration.suites.clone();
    suites.retain(|suite| match suite.key_exchange {
        KeyExchange::Psk => configuration.keys_of(host).is_some(),
        KeyExchange::EcdheEcdsa => !configuration.shows().is_empty(),
    });
    suites
}

/// Whether the client can do what a suite of elliptic curves needs: secp256r1, uncompressed points, and signatures of
/// ECDSA with SHA-256 (RFC 8422, 5.1; RFC 5246, 7.4.1.4.1).
pub(crate) fn usable(suite: Suite, hello: &ClientHello) -> Result<bool, Refusal> {
    if suite.key_exchange == KeyExchange::Psk {
        return Ok(true);
    }
    let groups: Option<SupportedGroups> = extension(hello)?;
    let formats: Option<EcPointFormats> = extension(hello)?;
    let signatures: Option<SignatureAlgorithms> = extension(hello)?;
    let has_format = |formats: EcPointFormats| formats.0.contains(&PointFormat::UNCOMPRESSED);
    if !formats.is_none_or(has_format) {
        return Err(Refusal::new(
            AlertDescription::ILLEGAL_PARAMETER,
            "expected uncompressed points among those of the client, got none",
        ));
    }
    let has_group = groups.is_none_or(|groups| groups.0.contains(&NamedGroup::SECP256R1));
    // Without the extension a client is taken to know SHA-1 alone.
    let has_signature = signatures.is_some_and(|signatures| {
        signatures
            .0
            .contains(&SignatureScheme::ECDSA_SECP256R1_SHA256)
    });
    Ok(has_group && has_signature)
}

/// What a side shows: the first type of the client that is known, and certificates if it names none (RFC 7250, 4.1 and
/// 4.2).
pub(crate) fn certificate_type(
    offered: Option<&[CertificateType]>,
    known: &[CertificateType],
) -> Result<CertificateType, Refusal> {
    let offered = offered.unwrap_or(&[CertificateType::X509]);
    offered
        .iter()
        .copied()
        .find(|each| known.contains(each))
        .ok_or_else(|| {
            Refusal::new(
                AlertDescription::UNSUPPORTED_CERTIFICATE,
                format!("expected a certificate type among {known:?}, got {offered:?}"),
            )
        })
}

/// The name of the host that the client wants, if it says one (RFC 6066, 3): at most one of each type.
pub(crate) fn server_name(hello: &ClientHello) -> Result<Option<Vec<u8>>, Refusal> {
    let names: Option<ServerNames> = extension(hello)?;
    let mut hosts = names
        .into_iter()
        .flat_map(|names| names.0)
        .filter(|name| name.name_type == NameType::HOST_NAME);
    let host = hosts.next().map(|host| host.name);
    match hosts.next() {
        None => Ok(host),
        Some(_) => Err(Refusal::new(
            AlertDescription::ILLEGAL_PARAMETER,
            "expected one host name, got two",
        )),
    }
}

/// The authority with a name, whatever the case of its letters; the default one for a name that is unknown, or none
/// (RFC 6066, 3).
pub(crate) fn host(configuration: &Configuration, name: Option<&[u8]>) -> Option<usize> {
    let name = name?;
    configuration
        .hosts
        .iter()
        .position(|host| host.name.as_bytes().eq_ignore_ascii_case(name))
}

/// Whether the master secret is the extended one: if the client knows it (RFC 7627, 5.1).
pub(crate) fn extended_master_secret(hello: &ClientHello) -> bool {
    offers(hello, ExtensionType::EXTENDED_MASTER_SECRET)
}

/// Whether the client signals secure renegotiation by a suite (RFC 5746, 3.3).
pub(crate) fn signals_renegotiation(hello: &ClientHello) -> bool {
    hello
        .cipher_suites
        .contains(&CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV)
}
