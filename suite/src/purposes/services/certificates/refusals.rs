//! Requests for which there is no certificate.

use super::super::desk::Desk;
use super::enrolment::{judge, named, parsed};
use super::exchange::{Asked, Told, differs, issued, otherwise, signed, signed_by, told};
use super::read::Attributes;
use crate::catalogue::behaviour::{Party, Role};
use crate::purposes::stop::Stop;
use crate::tester::certificate::{
    BasicConstraints, DistinguishedName, GeneralName, KeyAlgorithm, KeyUsage, PointForm,
    SigningRequest,
};
use crate::tester::link::Received;
use crate::verdict::{Cause, Judgement};

const SENT: Role = Role::Stimulus;
/// What is taken for a body without end.
const LONG: usize = 5 * 1024 * 1024;

/// One thing that is wrong with a request.
#[derive(Clone, Copy)]
pub enum Wrong {
    NameOfAnother,
    NameBeside,
    NoName,
    CommonName,
    OtherChallenge,
    NoChallenge,
    EmptyChallenge,
    ChallengeOfAnother,
    SignedByAnother,
    SignatureBit,
    Rsa,
    P384,
    Compressed,
    Authority,
    CertificateSigning,
    Wildcard,
    NameOfTheService,
}

impl Wrong {
    fn step(self) -> &'static str {
        match self {
            Self::NameOfAnother => "name-of-another",
            Self::NameBeside => "name-beside",
            Self::NoName => "no-name",
            Self::CommonName => "common-name",
            Self::OtherChallenge => "other-challenge",
            Self::NoChallenge => "no-challenge",
            Self::EmptyChallenge => "empty-challenge",
            Self::ChallengeOfAnother => "challenge-of-another",
            Self::SignedByAnother => "signed-by-another",
            Self::SignatureBit => "signature-bit",
            Self::Rsa => "rsa",
            Self::P384 => "p-384",
            Self::Compressed => "compressed",
            Self::Authority => "authority",
            Self::CertificateSigning => "certificate-signing",
            Self::Wildcard => "wildcard",
            Self::NameOfTheService => "name-of-the-service",
        }
    }

    /// A certificate without what was asked for beyond an identity is a refusal too.
    fn may_be_cut(self) -> bool {
        matches!(self, Self::Authority | Self::CertificateSigning)
    }
}

/// EST/004 to 009: no certificate for such requests. Each has a session of its own.
pub async fn certifies_nobody_else(desk: &mut Desk<'_, '_>, wrong: &[Wrong]) -> Result<(), Stop> {
    enrolled(desk, "twin", Role::Twin).await?;
    for wrong in wrong {
        refused(desk, *wrong).await?;
    }
    enrolled(desk, "read-back", Role::ReadBack).await
}

/// What is right is certified.
pub(super) async fn enrolled(desk: &Desk<'_, '_>, step: &str, role: Role) -> Result<(), Stop> {
    let mut line = desk.line(step, role, Party::Source).await?;
    let authorities = desk
        .authorities(&mut line, &format!("{step}: cacerts"), role)
        .await?;
    let attributes = desk
        .attributes(&mut line, &format!("{step}: csrattrs"), role)
        .await?;
    let name = desk.name(Party::Source);
    let key = desk.fresh(KeyAlgorithm::P256, step)?;
    let request = desk.signing_request(vec![name.clone()], &attributes);
    let request = signed(step, &request, &key)?;
    let certificate = desk
        .certified(&mut line, step, role, "simpleenroll", &request)
        .await?;
    judge(step, role, &certificate, &key, &name, &authorities)
}

async fn refused(desk: &mut Desk<'_, '_>, wrong: Wrong) -> Result<(), Stop> {
    let step = wrong.step();
    let before = format!("{step}: csrattrs");
    let mut line = desk.line(&before, Role::SetUp, Party::Source).await?;
    let attributes = desk.attributes(&mut line, &before, Role::SetUp).await?;
    let request = desk.signing_request(vec![desk.name(Party::Source)], &attributes);
    let Some(request) = spoilt(desk, wrong, request, &attributes).await? else {
        desk.world
            .note(format!("{step}: the service tells no challengePassword"));
        return Ok(());
    };
    let told = desk
        .enrol_by(&mut line, step, SENT, "simpleenroll", &request)
        .await?;
    let cut = issued(&told).is_some_and(|octets| wrong.may_be_cut() && has_no_rights(&octets));
    match told.is_refused() || cut {
        true => Ok(()),
        false => Err(unrefused(step, &told)),
    }
}

fn unrefused(step: &str, told: &Told) -> Stop {
    let certificate = issued(told);
    let certificate = certificate.as_deref().and_then(parsed);
    match certificate {
        Some(certificate) => {
            let observed = format!("a certificate for {}", named(&certificate));
            differs(step, SENT, Cause::WrongDecision, "HTTP 4xx", &observed)
        }
        None => otherwise(step, SENT, Cause::NoDecision, "HTTP 4xx", told),
    }
}

fn has_no_rights(octets: &[u8]) -> bool {
    let Some(certificate) = parsed(octets) else {
        return false;
    };
    let constraints = certificate.basic_constraints().ok().flatten();
    let usage = certificate.key_usage().ok().flatten();
    !constraints.is_some_and(|it| it.value.ca) && !usage.is_some_and(|it| it.value.key_cert_sign())
}

/// The request in DER with one thing wrong; none where that cannot be.
async fn spoilt(
    desk: &Desk<'_, '_>,
    wrong: Wrong,
    mut request: SigningRequest,
    attributes: &Attributes,
) -> Result<Option<Vec<u8>>, Stop> {
    let step = wrong.step();
    let names = &mut request.extensions.alternative_names;
    let mut algorithm = KeyAlgorithm::P256;
    match wrong {
        Wrong::NameOfAnother => *names = vec![desk.name(Party::Other)],
        Wrong::NameBeside => names.push(desk.name(Party::Other)),
        Wrong::NoName => names.clear(),
        Wrong::CommonName => {
            names.clear();
            let entity = desk.provisioned(Party::Source).entity.clone();
            request.subject = DistinguishedName::of_tester(entity.unwrap_or_default());
        }
        Wrong::Wildcard => names.push(GeneralName::Dns(format!(
            "*.{}",
            desk.world.facts().sp_domain
        ))),
        Wrong::NameOfTheService => names.push(GeneralName::Dns(desk.service.fqdn.clone())),
        Wrong::OtherChallenge => request.challenge = Some("another text".into()),
        Wrong::NoChallenge => request.challenge = None,
        Wrong::EmptyChallenge => request.challenge = Some(String::new()),
        Wrong::ChallengeOfAnother => {
            let before = format!("{step}: csrattrs of another");
            let mut line = desk.line(&before, Role::SetUp, Party::Other).await?;
            let others = desk.attributes(&mut line, &before, Role::SetUp).await?;
            match others.challenge {
                Some(others) if attributes.challenge.is_some() => request.challenge = Some(others),
                _ => return Ok(None),
            }
        }
        Wrong::SignatureBit => request.spoilt = true,
        Wrong::SignedByAnother => {}
        Wrong::Rsa => algorithm = KeyAlgorithm::Rsa2048,
        Wrong::P384 => algorithm = KeyAlgorithm::P384,
        Wrong::Compressed => request.point = PointForm::Compressed,
        Wrong::Authority => {
            request.extensions.basic_constraints = Some(BasicConstraints {
                authority: true,
                path_length: None,
            });
        }
        Wrong::CertificateSigning => {
            let usages = vec![KeyUsage::DigitalSignature, KeyUsage::KeyCertSign];
            request.extensions.key_usage = Some(usages);
        }
    }
    let key = desk.fresh(algorithm, step)?;
    let by = match wrong {
        Wrong::SignedByAnother => desk.fresh(algorithm, "another")?,
        _ => key.clone(),
    };
    signed_by(step, &request, &key, &by).map(Some)
}

/// EST/014: what is no request is refused, and the next one is served.
pub async fn broken(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let mut line = desk.line("csrattrs", Role::SetUp, Party::Source).await?;
    let attributes = desk.attributes(&mut line, "csrattrs", Role::SetUp).await?;
    let request = desk.signing_request(vec![desk.name(Party::Source)], &attributes);
    let key = desk.fresh(KeyAlgorithm::P256, "broken")?;
    let request = signed("broken", &request, &key)?;
    let half = request.get(..request.len() / 2).unwrap_or_default();
    let right = || Asked::post("simpleenroll", &request);
    let authorities = desk
        .est(&mut line, "cacerts", Role::SetUp, Asked::get("cacerts"))
        .await?;
    for (step, asked) in [
        (
            "no-base64",
            Asked {
                body: b"\x00\xff not base64 \xfe".to_vec(),
                ..right()
            },
        ),
        ("half-a-request", Asked::post("simpleenroll", half)),
        (
            "no-request",
            Asked {
                body: Vec::new(),
                ..right()
            },
        ),
        (
            "certs-only",
            Asked {
                body: authorities.body().to_vec(),
                ..right()
            },
        ),
        (
            "json",
            Asked {
                headers: vec![("content-type", "application/json".into())],
                body: b"{}".to_vec(),
                ..right()
            },
        ),
        (
            "endless",
            Asked {
                body: vec![b'A'; LONG],
                ..right()
            },
        ),
    ] {
        let before = format!("{step}: session");
        let mut line = desk.line(&before, Role::SetUp, Party::Source).await?;
        let received = desk.est_received(&mut line, step, SENT, asked).await?;
        // Who does not want to read so much need not.
        if step == "endless" && matches!(received, Received::Closed(_)) {
            desk.world.note(format!("{step}: connection closed"));
            continue;
        }
        match told(&received) {
            Some(told) if told.is_refused() => {}
            Some(told) => {
                return Err(otherwise(
                    step,
                    SENT,
                    Cause::WrongDecision,
                    "HTTP 4xx",
                    &told,
                ));
            }
            None => {
                let answer = crate::purposes::answer::Answer::read(&received, "");
                let judgement = Judgement::fail(Cause::NoDecision, "HTTP 4xx", answer.to_string());
                return Err(Stop::Judged(judgement.at(step)));
            }
        }
    }
    enrolled(desk, "read-back", Role::ReadBack).await
}

/// EST/013: whether keys are generated for clients is recorded; if they are, none is given twice.
pub async fn generates_keys_or_not(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let mut keys = Vec::new();
    for (step, party) in [("for-source", Party::Source), ("for-other", Party::Other)] {
        let mut line = desk.line(step, SENT, party).await?;
        let before = format!("{step}: csrattrs");
        let attributes = desk.attributes(&mut line, &before, Role::SetUp).await?;
        let request = desk.signing_request(vec![desk.name(party)], &attributes);
        let key = desk.fresh(KeyAlgorithm::P256, step)?;
        let request = signed(step, &request, &key)?;
        let told = desk
            .est(&mut line, step, SENT, Asked::post("serverkeygen", &request))
            .await?;
        match (told.succeeded(), told.status) {
            (true, _) if told.kind == "multipart/mixed" => keys.push(told.body().to_vec()),
            (false, 404 | 405 | 501) => desk.world.note(format!("{step}: HTTP {}", told.status)),
            _ => {
                let expected = "multipart/mixed, or HTTP 404, 405 or 501";
                return Err(otherwise(step, SENT, Cause::WrongDecision, expected, &told));
            }
        }
    }
    match keys.as_slice() {
        [one, other] if one == other => {
            let (expected, observed) = ("a key for each client", "one for both");
            Err(differs("for-other", SENT, Cause::Leak, expected, observed))
        }
        _ => Ok(()),
    }
}
