use der::asn1::{Any, ContextSpecific, ObjectIdentifier, SetOfVec};
use der::{Encode, Sequence, TagMode, TagNumber};
use x509_cert::Certificate;

/// signedData (RFC 5652, 5.1).
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// data (RFC 5652, 4).
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");

/// RFC 5652, 3.
#[derive(Sequence)]
struct ContentInfo {
    content_type: ObjectIdentifier,
    content: ContextSpecific<SignedData>,
}

/// RFC 5652, 5.1, of a message without content and signers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Sequence, der::ValueOrd)]
struct SignedData {
    version: u8,
    digest_algorithms: SetOfVec<Any>,
    content: EncapsulatedContent,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT")]
    certificates: SetOfVec<Any>,
    signers: SetOfVec<Any>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Sequence, der::ValueOrd)]
struct EncapsulatedContent {
    content_type: ObjectIdentifier,
}

/// Certificates as a certs-only message (RFC 7030, 4.1.3 and 4.2.3): a SignedData that signs nothing.
pub(super) fn certs_only<'a>(
    certificates: impl IntoIterator<Item = &'a Certificate>,
) -> der::Result<Vec<u8>> {
    let mut all = SetOfVec::new();
    for certificate in certificates {
        all.insert(Any::encode_from(certificate)?)?;
    }
    let signed = SignedData {
        version: 1,
        digest_algorithms: SetOfVec::new(),
        content: EncapsulatedContent { content_type: DATA },
        certificates: all,
        signers: SetOfVec::new(),
    };
    ContentInfo {
        content_type: SIGNED_DATA,
        content: ContextSpecific {
            tag_number: TagNumber(0),
            tag_mode: TagMode::Explicit,
            value: signed,
        },
    }
    .to_der()
}
