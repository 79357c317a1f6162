//! Certificates that an MEF provisions (TS-0003 V3.18.0, 8.3.6.2 and 10.1.4).

use ::http::HeaderValue;
use ::http::header::WWW_AUTHENTICATE;
use der::oid::AssociatedOid;
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage};

use super::Fault;
use super::service_sessions::accept_clear;
use crate::key_services::est::Clauses;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

/// The faults of certificate provisioning.
macro_rules! faults {
    ($({ $name:literal: $breaks:literal, $summary:literal, $change:expr }),+ $(,)?) => {
        &[$(
            Fault {
                name: $name,
                requirement: $breaks,
                summary: $summary,
                apply: |clauses| {
                    let change: fn(&mut Clauses) = $change;
                    change(&mut clauses.mef.est);
                },
            },
        )+]
    };
}

pub(super) const FAULTS: &[Fault] = faults![
    {
        "EstNoAuthority": "TS-0003/8.3.6.2.2/3",
        "the answer to a request for CA certificates has none",
        |est| est.authorities = |_| Vec::new()
    },
    {
        "EstNoChallenge": "TS-0003/8.3.6.2.2/5",
        "there is no challengePassword among the CSR attributes, and none is wanted",
        |est| {
            est.challenge = |_, _| None;
            est.is_challenge = |_, _| true;
        }
    },
    {
        "EstIdentityOfTheRequest": "TS-0003/8.3.6.2.2/7",
        "whatever names a request holds are certified",
        |est| {
            est.is_identity = |_, _, request| !request.names().is_empty();
            est.names = |_, _, request| request.names().to_vec();
        }
    },
    {
        "EstOneOfTheNames": "TS-0003/8.3.6.2.2/7",
        "names beside that of the client are certified with it",
        |est| {
            est.is_identity = |authority, client, request| {
                let own = authority.name_of(client);
                request.names().iter().any(|name| Some(name) == own.as_ref())
            };
            est.names = |_, _, request| request.names().to_vec();
        }
    },
    {
        "EstIdentityInCommonName": "TS-0003/10.1.4/1",
        "where there is no subjectAltName, the Common Name is the identity",
        |est| est.is_identity = |authority, client, request| {
            let common = request.common_names();
            let absolute = client.absolute();
            let named = common.iter().any(|name| absolute.ends_with(&format!("/{name}")));
            (request.names().is_empty() && named)
                || (SPECIFIED.is_identity)(authority, client, request)
        }
    },
    {
        "EstIdentityLeftOut": "TS-0003/10.1.4/1",
        "a request without subjectAltName gets the name of the client",
        |est| est.is_identity = |authority, client, request| {
            request.names().is_empty() || (SPECIFIED.is_identity)(authority, client, request)
        }
    },
    {
        "EstNamesDropped": "TS-0003/8.3.6.2.2/8",
        "certificates have the name of nobody",
        |est| est.names = |_, _, _| Vec::new()
    },
    {
        "EstChallengeIgnored": "TS-0003/8.3.6.2.2/7",
        "a challengePassword of any text will do",
        |est| est.is_challenge = |_, given| given.is_some()
    },
    {
        "EstChallengeLeftOut": "TS-0003/8.3.6.2.2/7",
        "a request may have no challengePassword",
        |est| est.is_challenge = |told, given| given.is_none_or(|given| Some(given) == told)
    },
    {
        "EstChallengeOfEverybody": "TS-0003/8.3.6.2.2/7",
        "all clients have one challengePassword",
        |est| est.challenge = |_, _| Some("enrolment".to_owned())
    },
    {
        "EstPossessionNotProven": "TS-0003/8.3.6.2.2/7",
        "the signature of a request is not verified",
        |est| est.has_key = |_| true
    },
    {
        "EstAnyKey": "TS-0003/8.3.6.2.2/7",
        "keys of any kind are certified",
        |est| {
            est.has_key = |request| request.profiled_key().is_none() || request.is_signed();
            est.is_key = |authority, key| key.is_none_or(|key| !authority.has(&key));
        }
    },
    {
        "EstExtensionsCopied": "TS-0003/8.3.6.2.2/7",
        "extensions that nobody asked for are certified as they came",
        |est| {
            est.is_modest = |_| true;
            est.taken_over = |request| request.more().cloned().collect();
        }
    },
    {
        "EstFurtherUsageInRenewal": "TS-0003/8.3.6.2.3/2",
        "extKeyUsage is not held against the CSR attributes",
        |est| est.is_modest = |request| request
            .more()
            .all(|asked| [KeyUsage::OID, ExtendedKeyUsage::OID].contains(&asked.extn_id))
    },
    {
        "EstAnybodyRenews": "TS-0003/8.3.6.2.3/1",
        "who never had a certificate renews it",
        |est| est.may_renew = |_, _| true
    },
    {
        "EstAsksForPassword": "TS-0003/8.3.6.2.1/4",
        "with a refusal authentication by HTTP is asked for",
        |est| est.refused = |mut answer| {
            let realm = HeaderValue::from_static("Basic realm=\"est\"");
            answer.headers_mut().insert(WWW_AUTHENTICATE, realm);
            answer
        }
    },
];

pub(super) const OUTSIDE: &[Fault] = &[Fault {
    name: "EstInTheClear",
    requirement: "TS-0003/8.3.4.4/1",
    summary: "who asks in the clear is taken for the first client",
    apply: |clauses| clauses.mef.accept = accept_clear,
}];
