use openssl::ssl::{SslContextBuilder, SslMethod, SslOptions};
use openssl::x509::X509;
use openssl::x509::store::X509StoreBuilder;
use openssl::x509::verify::X509VerifyFlags;

use crate::error::library;
use crate::ffi;
use crate::messages::CertificateType;
use crate::{Clauses, ConfigurationError, OwnCertificate, Suite, Transport, Trust, suites};

/// SSL_OP_ALLOW_CLIENT_RENEGOTIATION of OpenSSL: without it servers refuse to negotiate anew.
const ALLOW_CLIENT_RENEGOTIATION: u64 = 1 << 8;

/// What clients and servers have in common: version, suites, algorithms, and what is off (TS-0003 V3.18.0, 10.2).
pub(crate) fn builder(
    transport: Transport,
    clauses: &Clauses,
    offered: &[Suite],
) -> Result<SslContextBuilder, ConfigurationError> {
    let method = match transport {
        Transport::Tls => SslMethod::tls(),
        Transport::Dtls => SslMethod::dtls(),
    };
    let mut context = SslContextBuilder::new(method).map_err(library("SSL_CTX_new"))?;
    // The suites with CCM_8 are below every level but this. What levels rule out, the clauses do.
    context.set_security_level(0);
    context
        .set_min_proto_version(Some(
            (clauses.minimum_version)(transport).for_transport(transport),
        ))
        .map_err(library("SSL_CTX_set_min_proto_version"))?;
    context
        .set_max_proto_version(Some(
            (clauses.maximum_version)(transport).for_transport(transport),
        ))
        .map_err(library("SSL_CTX_set_max_proto_version"))?;
    context
        .set_cipher_list(&suites::cipher_list(offered))
        .map_err(library("SSL_CTX_set_cipher_list"))?;
    context
        .set_sigalgs_list((clauses.signature_algorithms)())
        .map_err(library("SSL_CTX_set1_sigalgs_list"))?;
    if !(clauses.signature_algorithms)().contains("SHA1") {
        ffi::refuse_sha1(&mut context);
    }
    context
        .set_groups_list((clauses.groups)())
        .map_err(library("SSL_CTX_set1_groups_list"))?;
    let mut options = SslOptions::NO_COMPRESSION
        | SslOptions::CIPHER_SERVER_PREFERENCE
        | SslOptions::NO_QUERY_MTU;
    options |= match (clauses.renegotiates)() {
        true => SslOptions::from_bits_retain(ALLOW_CLIENT_RENEGOTIATION),
        false => SslOptions::NO_RENEGOTIATION,
    };
    context.set_options(options);
    ffi::observe(&mut context);
    Ok(context)
}

/// Gives a context the certificate or raw public key that it shows.
pub(crate) fn show(
    context: &mut SslContextBuilder,
    own: &OwnCertificate,
) -> Result<(), ConfigurationError> {
    let mut chain = own.chain().iter();
    if let Some(certificate) = chain.next() {
        context
            .set_certificate(certificate)
            .map_err(library("SSL_CTX_use_certificate"))?;
    }
    context
        .set_private_key(own.key())
        .map_err(library("SSL_CTX_use_PrivateKey"))?;
    for certificate in chain {
        context
            .add_extra_chain_cert(certificate.clone())
            .map_err(library("SSL_CTX_add_extra_chain_cert"))?;
    }
    Ok(())
}

/// Gives a context its trust anchors.
pub(crate) fn anchor(
    context: &mut SslContextBuilder,
    trust: &Trust,
) -> Result<(), ConfigurationError> {
    context.set_cert_store(store(trust)?.build());
    Ok(())
}

/// A store of trust anchors.
pub(crate) fn store(trust: &Trust) -> Result<X509StoreBuilder, ConfigurationError> {
    let mut store = X509StoreBuilder::new().map_err(library("X509_STORE_new"))?;
    for anchor in &trust.anchors {
        let anchor = X509::from_der(anchor).map_err(|error| ConfigurationError::Unreadable {
            expected: "a trust anchor in DER",
            reason: error.to_string(),
        })?;
        store
            .add_cert(anchor)
            .map_err(library("X509_STORE_add_cert"))?;
    }
    // A trust anchor need not be self-signed (RFC 5280, 6.1.1).
    store
        .set_flags(X509VerifyFlags::PARTIAL_CHAIN)
        .map_err(library("X509_STORE_set_flags"))?;
    Ok(store)
}

/// The types of certificate that are shown, the preferred one first.
pub(crate) fn shown(own: Option<&OwnCertificate>) -> Vec<CertificateType> {
    match own {
        Some(own) if own.is_raw() => vec![CertificateType::RAW_PUBLIC_KEY],
        Some(own) if own.may_be_raw() => {
            vec![CertificateType::X509, CertificateType::RAW_PUBLIC_KEY]
        }
        _ => vec![CertificateType::X509],
    }
}

/// The types of certificate that are taken.
pub(crate) fn taken(trust: &Trust) -> Vec<CertificateType> {
    let mut types = Vec::new();
    if trust.takes_raw_public_keys() {
        types.push(CertificateType::RAW_PUBLIC_KEY);
    }
    if trust.takes_certificates() || types.is_empty() {
        types.push(CertificateType::X509);
    }
    types
}
