use openssl::error::ErrorStack;
use openssl::ssl::{SslRef, SslVersion};
#[cfg(feature = "written-out")]
use openssl::stack::Stack;
use openssl::stack::StackRef;
use openssl::x509::{X509, X509StoreContext, X509StoreContextRef};
#[cfg(feature = "written-out")]
use openssl::x509::{X509PurposeId, verify::X509VerifyParam};
use openssl_sys as sys;

use super::{Certificate, CertificateDefect, PathDefect, PublicKey, Trust};
use crate::connection::Connection;
use crate::{Clauses, PeerCredential, ffi};
#[cfg(feature = "written-out")]
use crate::{ServerConfiguration, context};

/// Judges what OpenSSL found of a path, certificate by certificate, and adds what the profiles ask for
/// (TS-0003 V3.18.0, 8.1.2.5). OpenSSL calls it with each defect, and at last for the peer's own certificate.
pub(crate) fn judge(
    clauses: &Clauses,
    trust: &Trust,
    found_valid: bool,
    context: &mut X509StoreContextRef,
) -> bool {
    let outcome = if let Some(key) = ffi::raw_public_key(context) {
        // The key as it was sent: OpenSSL would give variants of its encoding the same form.
        let key = connection(context)
            .and_then(Connection::raw_public_key)
            .unwrap_or(key);
        raw_public_key(clauses, trust, &key).map(|()| Some(PeerCredential::RawPublicKey(key)))
    } else if !found_valid {
        path(clauses, context).map(|()| None)
    } else if context.error_depth() == 0 {
        let sent = connection(context).and_then(Connection::certificate);
        chain(clauses, trust, sent, context).map(Some)
    } else {
        Ok(None)
    };
    match outcome {
        Ok(credential) => {
            ffi::set_verify_error(context, sys::X509_V_OK);
            if let Some(credential) = credential {
                note(context, |connection| connection.authenticated(credential));
            }
            true
        }
        Err(defect) => {
            ffi::set_verify_error(context, defect.for_openssl());
            note(context, |connection| connection.found(defect));
            false
        }
    }
}

/// Judges a chain of a client that did not come through OpenSSL as one that did, and gives the SubjectPublicKeyInfo of its
/// first certificate (TS-0003 V3.18.0, 8.1.2.5).
#[cfg(feature = "written-out")]
pub(crate) fn judge_chain(
    configuration: &ServerConfiguration,
    presented: &[Vec<u8>],
) -> Result<Vec<u8>, CertificateDefect> {
    let certificates = presented
        .iter()
        .map(|der| X509::from_der(der))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| CertificateDefect::Malformed)?;
    let own = certificates.first().ok_or(CertificateDefect::Malformed)?;
    let failed = |_: ErrorStack| PathDefect::Other(sys::X509_V_ERR_UNSPECIFIED);
    let mut rest = Stack::new().map_err(failed)?;
    for certificate in certificates.iter().skip(1) {
        rest.push(certificate.clone()).map_err(failed)?;
    }
    let mut parameters = X509VerifyParam::new().map_err(failed)?;
    parameters.set_time(configuration.clock.now().unix_timestamp());
    parameters
        .set_purpose(X509PurposeId::SSL_CLIENT)
        .map_err(failed)?;
    let mut store = context::store(&configuration.trust)
        .map_err(|_| PathDefect::Other(sys::X509_V_ERR_UNSPECIFIED))?;
    store.set_param(&parameters).map_err(failed)?;
    let mut context = X509StoreContext::new().map_err(failed)?;
    let judged = context.init(&store.build(), own, &rest, |context| {
        if !context.verify_cert()? {
            let defect = PathDefect::from_openssl(context.error().as_raw());
            return Ok(Err(defect.into()));
        }
        let sent = presented.first().cloned();
        let (clauses, trust) = (&configuration.clauses, &configuration.trust);
        Ok(chain(clauses, trust, sent, context))
    });
    judged.map_err(failed)??;
    let key = own.public_key().and_then(|key| key.public_key_to_der());
    key.map_err(|_| CertificateDefect::Malformed)
}

fn path(clauses: &Clauses, context: &X509StoreContextRef) -> Result<(), CertificateDefect> {
    let defect = PathDefect::from_openssl(context.error().as_raw());
    if (clauses.tolerates)(defect) {
        // What OpenSSL noted of it would be taken for an error of the handshake.
        drop(ErrorStack::get());
        Ok(())
    } else {
        Err(defect.into())
    }
}

fn chain(
    clauses: &Clauses,
    trust: &Trust,
    sent: Option<Vec<u8>>,
    context: &X509StoreContextRef,
) -> Result<PeerCredential, CertificateDefect> {
    let chain = context
        .chain()
        .and_then(encoded)
        .ok_or(CertificateDefect::Malformed)?;
    let certificates = chain
        .iter()
        .map(|der| Certificate::parse(der).map_err(|_| CertificateDefect::Malformed))
        .collect::<Result<Vec<_>, _>>()?;
    let own = match sent {
        Some(sent) => Certificate::parse(&sent).map_err(|_| CertificateDefect::Malformed)?,
        // The Certificate of TLS 1.3 has another form, and no purpose looks at how it was encoded.
        None if is_tls_1_3(context) => certificates
            .first()
            .cloned()
            .ok_or(CertificateDefect::Malformed)?,
        None => return Err(CertificateDefect::Malformed),
    };
    let own = &own;
    for certificate in &certificates {
        public_key(clauses, &certificate.key)?;
    }
    // The last one is the anchor, whose own signature nobody relies on.
    let signed = certificates.len().saturating_sub(1).max(1);
    for certificate in certificates.iter().take(signed) {
        demand(
            (clauses.signature_algorithm)(certificate),
            CertificateDefect::SignatureAlgorithm,
        )?;
    }
    demand((clauses.key_usage)(own), CertificateDefect::KeyUsage)?;
    demand((clauses.without_wildcard)(own), CertificateDefect::Wildcard)?;
    demand(
        (clauses.is_expected)(clauses, trust, own),
        CertificateDefect::Name,
    )?;
    Ok(PeerCredential::Certificates(chain))
}

pub(crate) fn raw_public_key(
    clauses: &Clauses,
    trust: &Trust,
    key: &[u8],
) -> Result<(), CertificateDefect> {
    let parsed = PublicKey::parse(key).map_err(|_| CertificateDefect::Malformed)?;
    public_key(clauses, &parsed)?;
    demand(
        (clauses.entity_of_raw_public_key)(clauses, trust, key).is_some(),
        CertificateDefect::PublicKey,
    )
}

fn public_key(clauses: &Clauses, key: &PublicKey) -> Result<(), CertificateDefect> {
    demand((clauses.curve)(key), CertificateDefect::Curve)?;
    demand((clauses.point_form)(key), CertificateDefect::PointForm)
}

fn demand(holds: bool, defect: CertificateDefect) -> Result<(), CertificateDefect> {
    if holds { Ok(()) } else { Err(defect) }
}

fn encoded(chain: &StackRef<X509>) -> Option<Vec<Vec<u8>>> {
    chain
        .iter()
        .map(|certificate| certificate.to_der().ok())
        .collect()
}

fn note(context: &X509StoreContextRef, with: impl FnOnce(&Connection)) {
    if let Some(connection) = connection(context) {
        with(connection);
    }
}

fn connection(context: &X509StoreContextRef) -> Option<&Connection> {
    ssl(context).and_then(Connection::of)
}

fn is_tls_1_3(context: &X509StoreContextRef) -> bool {
    ssl(context).and_then(SslRef::version2) == Some(SslVersion::TLS1_3)
}

fn ssl(context: &X509StoreContextRef) -> Option<&SslRef> {
    context.ex_data(X509StoreContext::ssl_idx().ok()?)
}
