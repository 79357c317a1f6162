//! A chain of each flavour, and a verifier that shares no code with what made them.

use openssl::stack::Stack;
use openssl::x509::store::X509StoreBuilder;
use openssl::x509::verify::{X509VerifyFlags, X509VerifyParam};
use openssl::x509::{X509, X509PurposeId, X509StoreContext};
use time::OffsetDateTime;
use time::macros::datetime;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::super::*;

pub(super) const NOW: OffsetDateTime = datetime!(2026-11-29 12:00:00 UTC);
pub(super) const CSE_NAME: &str = "tstcse1.in.example.com";

pub(super) fn seed() -> Seed {
    Seed::new("certificates in tests")
}

pub(super) fn permitted() -> Vec<GeneralName> {
    vec![
        GeneralName::Dns("in.example.com".to_owned()),
        GeneralName::Uri("m2m.example.com".to_owned()),
    ]
}

/// The flavours as the fixtures of the catalogue have them.
pub(super) fn flavours() -> [Flavour; 5] {
    let node = "urn:gsma:imei:90420156-025763-0;svn=42";
    [
        Flavour::CseId(CSE_NAME.to_owned()),
        Flavour::AeId("https://m2m.example.com/S98821".to_owned()),
        Flavour::Device(vec![
            GeneralName::device("0.2.481.1", "100.3030.10011").unwrap(),
        ]),
        Flavour::NodeId(GeneralName::Uri(node.to_owned())),
        Flavour::Fqdn("mef.example.com".to_owned()),
    ]
}

/// Chains that are right in everything. Name constraints of URIs refuse a URN.
pub(super) fn chains() -> Vec<ChainOrder> {
    flavours()
        .into_iter()
        .map(|flavour| match flavour {
            Flavour::NodeId(_) | Flavour::Fqdn(_) => flavour.unconstrained(NOW),
            _ => flavour.constrained(permitted(), NOW),
        })
        .collect()
}

/// The CSE-ID chain.
pub(super) fn valid() -> ChainOrder {
    Flavour::CseId(CSE_NAME.to_owned()).constrained(permitted(), NOW)
}

/// The CSE-ID chain with one thing changed.
pub(super) fn defective(defect: &Defect) -> Chain {
    changed(valid(), defect)
}

pub(super) fn changed(mut order: ChainOrder, defect: &Defect) -> Chain {
    defect.apply(&mut order).unwrap();
    order.issue(&seed()).unwrap()
}

/// Reads a certificate of which nothing may be left over.
pub(super) fn read(der: &[u8]) -> X509Certificate<'_> {
    let (rest, certificate) = X509Certificate::from_der(der).unwrap();
    assert!(rest.is_empty());
    certificate
}

/// What OpenSSL says of a chain, as a server that trusts the anchor and is shown the certificates.
pub(super) fn verify(chain: &Chain) -> Result<(), String> {
    let anchor = ChainOrder::trusted_anchor(&seed()).unwrap();
    verify_below(&anchor.der, &chain.sent)
}

pub(super) fn verify_below(anchor: &[u8], sent: &[Vec<u8>]) -> Result<(), String> {
    let read = |der: &Vec<u8>| X509::from_der(der).map_err(|_| "not parsed".to_owned());
    let certificates: Vec<X509> = sent.iter().map(read).collect::<Result<_, _>>()?;
    let mut store = X509StoreBuilder::new().unwrap();
    store.add_cert(X509::from_der(anchor).unwrap()).unwrap();
    let mut parameters = X509VerifyParam::new().unwrap();
    parameters.set_time(NOW.unix_timestamp());
    parameters.set_flags(X509VerifyFlags::X509_STRICT).unwrap();
    parameters.set_auth_level(1);
    parameters.set_purpose(X509PurposeId::SSL_CLIENT).unwrap();
    store.set_param(&parameters).unwrap();
    let store = store.build();
    let mut untrusted = Stack::new().unwrap();
    for certificate in certificates.iter().skip(1) {
        untrusted.push(certificate.clone()).unwrap();
    }
    let mut context = X509StoreContext::new().unwrap();
    let (accepted, error) = context
        .init(&store, &certificates[0], &untrusted, |context| {
            Ok((context.verify_cert()?, context.error()))
        })
        .map_err(|error| format!("no verification: {error}"))?;
    if accepted {
        Ok(())
    } else {
        Err(error.error_string().to_owned())
    }
}
