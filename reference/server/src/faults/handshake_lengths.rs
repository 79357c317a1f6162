//! The lengths within a ClientHello (RFC 5246, 7.4.1.2), each ignored alone.

use onem2m_association::messages::{CipherSuite, ClientHello, DecodeError};
use onem2m_association::written_out::Clauses;

use super::Fault;
use super::written_out::written_out;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

/// The version and the random in front of the session identifier.
const BEFORE_SESSION: usize = 34;
/// The longest session identifier.
const LONGEST_SESSION: usize = 32;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "SessionIdOfAnyLength",
        requirement: "RFC5246/7.4.1.2/1",
        summary: "a session identifier of more than 32 octets is cut",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.client_hello = |body| or_mended(body, with_session_cut);
            });
        },
    },
    Fault {
        name: "SuitesOfOddLength",
        requirement: "RFC5246/7.4.1.2/1",
        summary: "of a list of suites with half a suite at its end that half is ignored",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.client_hello = |body| or_mended(body, with_suites_cut);
            });
        },
    },
    Fault {
        name: "SuitesEmpty",
        requirement: "RFC5246/7.4.1.2/1",
        summary: "a client without suites gets the mandatory one",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.client_hello = |body| or_mended(body, with_mandatory_suite);
            });
        },
    },
    Fault {
        name: "CompressionMethodsEmpty",
        requirement: "RFC5246/7.4.1.2/1",
        summary: "a client without compression methods is answered without compression",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.client_hello = |body| or_mended(body, with_null_compression);
            });
        },
    },
    Fault {
        name: "ExtensionsBeyondMessage",
        requirement: "RFC5246/7.4.1.2/1",
        summary: "extensions that are said to be longer than the message end with it",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.client_hello =
                    |body| or_mended(body, |hello| with_length(hello, usize::gt));
            });
        },
    },
    Fault {
        name: "ExtensionsBeforeEndOfMessage",
        requirement: "RFC5246/7.4.1.2/1",
        summary: "extensions that are said to be shorter than the message end with it",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.client_hello =
                    |body| or_mended(body, |hello| with_length(hello, usize::lt));
            });
        },
    },
];

/// The ClientHello; of one that is malformed, what it is when it is mended.
fn or_mended(
    body: &[u8],
    mend: fn(Parts<'_>) -> Option<Vec<u8>>,
) -> Result<ClientHello, DecodeError> {
    (SPECIFIED.client_hello)(body).or_else(|error| {
        let mended = Parts::of(body).and_then(mend).ok_or(error)?;
        (SPECIFIED.client_hello)(&mended)
    })
}

/// The parts of a ClientHello, each without the length in front of it.
struct Parts<'a> {
    head: &'a [u8],
    session: &'a [u8],
    suites: &'a [u8],
    compression: &'a [u8],
    /// What the length of the extensions says, and what there is.
    extensions: Option<(usize, &'a [u8])>,
}

impl<'a> Parts<'a> {
    fn of(body: &'a [u8]) -> Option<Self> {
        let (head, rest) = body.split_at_checked(BEFORE_SESSION)?;
        let (length, rest) = rest.split_first()?;
        let (session, rest) = rest.split_at_checked(usize::from(*length))?;
        let (length, rest) = rest.split_first_chunk()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (suites, rest) = rest.split_at_checked(length)?;
        let (length, rest) = rest.split_first()?;
        let (compression, rest) = rest.split_at_checked(usize::from(*length))?;
        let extensions = rest
            .split_first_chunk()
            .map(|(length, extensions)| (usize::from(u16::from_be_bytes(*length)), extensions));
        Some(Self {
            head,
            session,
            suites,
            compression,
            extensions,
        })
    }

    /// The octets, with lengths as they are.
    fn octets(&self) -> Option<Vec<u8>> {
        let mut octets = self.head.to_vec();
        octets.push(u8::try_from(self.session.len()).ok()?);
        octets.extend_from_slice(self.session);
        octets.extend_from_slice(&u16::try_from(self.suites.len()).ok()?.to_be_bytes());
        octets.extend_from_slice(self.suites);
        octets.push(u8::try_from(self.compression.len()).ok()?);
        octets.extend_from_slice(self.compression);
        if let Some((length, extensions)) = self.extensions {
            octets.extend_from_slice(&u16::try_from(length).ok()?.to_be_bytes());
            octets.extend_from_slice(extensions);
        }
        Some(octets)
    }
}

fn with_session_cut(hello: Parts<'_>) -> Option<Vec<u8>> {
    let session = hello.session.get(..LONGEST_SESSION)?;
    Parts { session, ..hello }.octets()
}

fn with_suites_cut(hello: Parts<'_>) -> Option<Vec<u8>> {
    let even = hello.suites.len() / 2 * 2;
    let suites = hello.suites.get(..even)?;
    Parts { suites, ..hello }.octets()
}

fn with_mandatory_suite(hello: Parts<'_>) -> Option<Vec<u8>> {
    let mandatory = CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256.0.to_be_bytes();
    let suites = match hello.suites {
        [] => mandatory.as_slice(),
        some => some,
    };
    Parts { suites, ..hello }.octets()
}

fn with_null_compression(hello: Parts<'_>) -> Option<Vec<u8>> {
    let compression = match hello.compression {
        [] => &[0],
        some => some,
    };
    Parts {
        compression,
        ..hello
    }
    .octets()
}

/// The extensions with their true length, where it differs so from what was said.
fn with_length(hello: Parts<'_>, differs: fn(&usize, &usize) -> bool) -> Option<Vec<u8>> {
    let (said, extensions) = hello.extensions?;
    let length = extensions.len();
    let extensions = differs(&said, &length).then_some((length, extensions))?;
    Parts {
        extensions: Some(extensions),
        ..hello
    }
    .octets()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ClientHello with these parts behind its random, without extensions unless there is a length for them.
    fn hello(session: &[u8], suites: &[u8], compression: &[u8], extensions: &[u8]) -> Vec<u8> {
        let mut octets = vec![3; BEFORE_SESSION];
        octets.push(u8::try_from(session.len()).unwrap());
        octets.extend_from_slice(session);
        octets.extend_from_slice(&u16::try_from(suites.len()).unwrap().to_be_bytes());
        octets.extend_from_slice(suites);
        octets.push(u8::try_from(compression.len()).unwrap());
        octets.extend_from_slice(compression);
        octets.extend_from_slice(extensions);
        octets
    }

    #[test]
    fn length_that_is_wrong_is_mended_by_its_fault_alone() {
        type Mend = fn(Parts<'_>) -> Option<Vec<u8>>;
        let mends: [Mend; 6] = [
            with_session_cut,
            with_suites_cut,
            with_mandatory_suite,
            with_null_compression,
            |hello| with_length(hello, usize::gt),
            |hello| with_length(hello, usize::lt),
        ];
        let damaged = [
            hello(&[7; 33], &[0, 0xae], &[0], &[]),
            hello(&[], &[0, 0xae, 0], &[0], &[]),
            hello(&[], &[], &[0], &[]),
            hello(&[], &[0, 0xae], &[], &[]),
            hello(&[], &[0, 0xae], &[0], &[0, 5, 0, 23, 0, 0]),
            hello(&[], &[0, 0xae], &[0], &[0, 3, 0, 23, 0, 0]),
        ];
        for (place, body) in damaged.iter().enumerate() {
            for (position, mend) in mends.into_iter().enumerate() {
                let is_taken = or_mended(body, mend).is_ok();
                assert_eq!(is_taken, place == position, "{place} {position}");
            }
        }
    }

    #[test]
    fn hello_that_is_right_is_not_changed() {
        let body = hello(&[], &[0, 0xae], &[0], &[0, 4, 0, 23, 0, 0]);
        let specified = (SPECIFIED.client_hello)(&body).unwrap();
        let taken = or_mended(&body, with_mandatory_suite).unwrap();
        assert_eq!(taken, specified);
    }
}
