//! How identifiers are compared, by flavour: exactly, and in the field that is theirs (TS-0003 V3.18.0, 8.1.2.5).

use onem2m_identity::{
    AeUri, DomainName, HardwareId, NodeId, ObjectIdentifier, PublicDomainName, PublicKeyId,
};

use super::Names;

/// A hardware instance identifier: an object identifier as one, a URN as a URI.
pub(crate) fn device(expected: &HardwareId, names: &Names) -> bool {
    match expected {
        HardwareId::Oid(identifier) => names.object_identifiers.contains(identifier),
        HardwareId::Urn(urn) => contains(&names.uris, urn.as_str()),
    }
}

/// The public domain name of a CSE-ID.
pub(crate) fn cse_id(expected: &PublicDomainName, names: &Names) -> bool {
    contains(&names.domain_names, expected.domain_name().as_str())
}

/// The URI of an AE-ID. A certificate with several URIs says of none that it is the AE.
pub(crate) fn ae_id(expected: &AeUri, names: &Names) -> bool {
    matches!(names.uris.as_slice(), [uri] if *uri == expected.to_string())
}

/// The AE that an AE-ID certificate names, with the scheme that is expected.
pub(crate) fn ae_in_certificate(scheme: Option<&str>, names: &Names) -> Option<AeUri> {
    let [uri] = names.uris.as_slice() else {
        return None;
    };
    AeUri::parse(uri).ok().filter(|uri| uri.scheme() == scheme)
}

/// A Node-ID: a URI, or an object identifier in dotted form.
pub(crate) fn node_id(expected: &NodeId, names: &Names) -> bool {
    contains(&names.uris, expected.as_str())
        || ObjectIdentifier::parse(expected.as_str())
            .is_ok_and(|identifier| names.object_identifiers.contains(&identifier))
}

/// The FQDN of an enrolment or authentication function: a dNSName, or all of a URI.
pub(crate) fn fqdn(expected: &DomainName, names: &Names) -> bool {
    contains(&names.domain_names, expected.as_str()) || contains(&names.uris, expected.as_str())
}

/// The identifier of a raw public key (10.1.2).
pub(crate) fn raw_public_key(expected: &PublicKeyId, key: &[u8]) -> bool {
    expected.matches(key)
}

fn contains(names: &[String], expected: &str) -> bool {
    names.iter().any(|name| name == expected)
}
