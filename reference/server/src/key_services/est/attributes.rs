use der::Encode;
use der::asn1::{Any, ObjectIdentifier, SetOfVec, Utf8StringRef};
use der::oid::AssociatedOid;
use x509_cert::attr::Attribute;
use x509_cert::ext::pkix::{KeyUsage, SubjectAltName};
use x509_cert::request::ExtensionReq;

use super::request::CHALLENGE_PASSWORD;

/// What a request has to have (TS-0003 V3.18.0, 8.3.6.2.2, step 2, and 10.1.4): the challengePassword with its value, and the
/// extensions subjectAltName, which holds the identifier, and keyUsage.
pub(super) fn required(challenge: Option<&str>) -> der::Result<Vec<u8>> {
    let extensions = [SubjectAltName::OID, KeyUsage::OID];
    let extensions: Vec<Any> = extensions
        .iter()
        .map(Any::encode_from::<ObjectIdentifier>)
        .collect::<der::Result<_>>()?;
    let extensions = Attribute {
        oid: ExtensionReq::OID,
        values: SetOfVec::try_from(extensions)?,
    };
    let password = challenge.map(|text| {
        let value = Any::encode_from(&Utf8StringRef::new(text)?)?;
        der::Result::Ok(Attribute {
            oid: CHALLENGE_PASSWORD,
            values: SetOfVec::try_from(vec![value])?,
        })
    });
    // RFC 7030, 4.5.2, with attributes that have values alone.
    let attributes: Vec<Attribute> = password
        .transpose()?
        .into_iter()
        .chain([extensions])
        .collect();
    attributes.to_der()
}
