//! What an MEF gives to its clients.

use super::super::desk::Desk;
use super::super::line::Line;
use super::exchange::{differs, signed};
use crate::catalogue::behaviour::{Fixture, Party, Role};
use crate::purposes::sae::holder;
use crate::purposes::stop::Stop;
use crate::tester::certificate::{GeneralName, KeyAlgorithm, KeyPair, PointForm};
use crate::verdict::Cause;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{DerSignature, VerifyingKey};
use x509_parser::extensions::GeneralName as Read;
use x509_parser::prelude::{FromDer, X509Certificate};

const SENT: Role = Role::Stimulus;

/// ecdsa-with-SHA256 (RFC 5758, 3.2).
const ECDSA_WITH_SHA256: &str = "1.2.840.10045.4.3.2";

/// EST/001: the certificates of the CA.
pub async fn gives_authorities(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let step = "cacerts";
    let mut line = desk.line(step, SENT, Party::Source).await?;
    for octets in desk.authorities(&mut line, step, SENT).await? {
        let expected = "certificates of a CA as TS-0003 10.1.1 profiles them";
        let wrong = |observed: &str| differs(step, SENT, Cause::WrongDecision, expected, observed);
        let authority = parsed(&octets).ok_or_else(|| wrong("one that does not parse"))?;
        let constraints = authority.basic_constraints().ok().flatten();
        if !constraints.is_some_and(|it| it.value.ca) {
            return Err(wrong("one without cA in basicConstraints"));
        }
        let usage = authority.key_usage().ok().flatten();
        if !usage.is_some_and(|it| it.value.key_cert_sign() && it.value.digital_signature()) {
            return Err(wrong(
                "one whose keyUsage lacks keyCertSign or digitalSignature",
            ));
        }
        if key_of(&authority).is_none() || !is_ecdsa(&authority) {
            return Err(wrong(
                "one with another key or signature than ECDSA on P-256",
            ));
        }
    }
    Ok(())
}

/// EST/002: what a request has to have.
pub async fn gives_attributes(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let step = "csrattrs";
    let mut line = desk.line(step, SENT, Party::Source).await?;
    let attributes = desk.attributes(&mut line, step, SENT).await?;
    match (attributes.wants_challenge, attributes.wants_names) {
        (true, true) => Ok(()),
        (challenge, names) => {
            let expected = "challengePassword and subjectAltName among the attributes";
            let observed = format!("challengePassword: {challenge}, subjectAltName: {names}");
            Err(differs(
                step,
                SENT,
                Cause::WrongDecision,
                expected,
                &observed,
            ))
        }
    }
}

/// EST/003: a certificate for the client of a key, and for the client of a certificate.
pub async fn issues_to_clients(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let mut line = desk.line("by-key", SENT, Party::Source).await?;
    let name = desk.name(Party::Source);
    issues(desk, &mut line, "by-key", name).await?;
    if !desk.world.facts().claims("PICS_MEF_CERT") {
        return Ok(());
    }
    let Ok(holder) = holder(desk.world, Fixture::AeCertificate) else {
        desk.world
            .note("by-certificate: the profile has no AE-ID certificate".into());
        return Ok(());
    };
    let Some(entity) = holder.entity().cloned() else {
        desk.world
            .note("by-certificate: it stands for nobody".into());
        return Ok(());
    };
    let mut handshake = desk.handshake("by-certificate", Party::Source)?;
    handshake.credential = holder.credential;
    let mut line = desk
        .line_by("by-certificate", SENT, Party::Source, &handshake)
        .await?;
    let name = desk.name_of(&entity);
    issues(desk, &mut line, "by-certificate", name).await
}

async fn issues<'a>(
    desk: &Desk<'_, 'a>,
    line: &mut Line<'a>,
    step: &str,
    name: GeneralName,
) -> Result<(), Stop> {
    let authorities = desk
        .authorities(line, &format!("{step}: cacerts"), SENT)
        .await?;
    let attributes = desk
        .attributes(line, &format!("{step}: csrattrs"), SENT)
        .await?;
    let key = desk.fresh(KeyAlgorithm::P256, step)?;
    let request = desk.signing_request(vec![name.clone()], &attributes);
    let request = signed(step, &request, &key)?;
    let certificate = desk
        .certified(line, step, SENT, "simpleenroll", &request)
        .await?;
    judge(step, SENT, &certificate, &key, &name, &authorities)
}

/// Whether a certificate is the one that was asked for.
pub(super) fn judge(
    step: &str,
    role: Role,
    octets: &[u8],
    key: &KeyPair,
    name: &GeneralName,
    authorities: &[Vec<u8>],
) -> Result<(), Stop> {
    let expected = "a certificate of the CA for the key of the request and the name of the client";
    let wrong = |observed: &str| differs(step, role, Cause::WrongDecision, expected, observed);
    let certificate = parsed(octets).ok_or_else(|| wrong("one that does not parse"))?;
    let own = key.subject_public_key_info(PointForm::Uncompressed);
    let own = own.map_err(|error| Stop::error(step, error.to_string()))?;
    if certificate.public_key().raw != own {
        return Err(wrong("one for another key"));
    }
    if names(&certificate) != [name.clone()] {
        return Err(wrong(&format!("one for {}", named(&certificate))));
    }
    let usage = certificate.key_usage().ok().flatten();
    if !usage.is_some_and(|it| it.value.digital_signature()) {
        return Err(wrong("one whose keyUsage lacks digitalSignature"));
    }
    let issuers = authorities.iter().filter_map(|octets| parsed(octets));
    match issuers
        .filter_map(|issuer| key_of(&issuer))
        .any(|issuer| is_signed(&certificate, &issuer))
    {
        true => Ok(()),
        false => Err(wrong("one that no certificate of cacerts has signed")),
    }
}

pub(super) fn parsed(octets: &[u8]) -> Option<X509Certificate<'_>> {
    let (rest, certificate) = X509Certificate::from_der(octets).ok()?;
    rest.is_empty().then_some(certificate)
}

/// The texts among the names of a certificate.
pub(super) fn names(certificate: &X509Certificate<'_>) -> Vec<GeneralName> {
    let extension = certificate.subject_alternative_name().ok().flatten();
    let names = extension
        .map(|it| it.value.general_names.clone())
        .unwrap_or_default();
    let read = |name: &Read<'_>| match name {
        Read::DNSName(text) => GeneralName::Dns((*text).to_owned()),
        Read::URI(text) => GeneralName::Uri((*text).to_owned()),
        Read::RFC822Name(text) => GeneralName::Email((*text).to_owned()),
        other => GeneralName::Email(format!("{other:?}")),
    };
    names.iter().map(read).collect()
}

/// The same for people.
pub(super) fn named(certificate: &X509Certificate<'_>) -> String {
    let names = names(certificate);
    let text = |name: &GeneralName| match name {
        GeneralName::Dns(text) | GeneralName::Uri(text) | GeneralName::Email(text) => text.clone(),
        other => format!("{other:?}"),
    };
    match names.is_empty() {
        true => "nobody".to_owned(),
        false => names.iter().map(text).collect::<Vec<_>>().join(", "),
    }
}

/// The key of a certificate, if it is one on P-256.
fn key_of(certificate: &X509Certificate<'_>) -> Option<VerifyingKey> {
    VerifyingKey::from_sec1_bytes(&certificate.public_key().subject_public_key.data).ok()
}

fn is_ecdsa(certificate: &X509Certificate<'_>) -> bool {
    certificate.signature_algorithm.algorithm.to_id_string() == ECDSA_WITH_SHA256
}

fn is_signed(certificate: &X509Certificate<'_>, issuer: &VerifyingKey) -> bool {
    let signature = DerSignature::try_from(&*certificate.signature_value.data);
    let signed = certificate.tbs_certificate.as_ref();
    is_ecdsa(certificate)
        && signature.is_ok_and(|signature| issuer.verify(signed, &signature).is_ok())
}
