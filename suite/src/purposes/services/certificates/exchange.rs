//! Requests to an EST server, and its answers.

use super::super::desk::Desk;
use super::super::line::Line;
use super::read::{Attributes, certificates};
use crate::catalogue::behaviour::{Party, Role};
use crate::purposes::answer::Answer;
use crate::purposes::stop::{Finding, Stop};
use crate::tester::certificate::{
    Extensions, GeneralName, KeyAlgorithm, KeyPair, KeyUsage, Seed, SigningRequest,
};
use crate::tester::link::{Call, Octets, OutgoingRequest, Received, Way};
use crate::verdict::{Cause, Judgement};
use base64ct::{Base64, Encoding};
use std::time::Duration;

/// How often the tester comes back where the server wants time, and how long it waits at most.
const TIMES: usize = 3;
const LONGEST: u64 = 30;

/// An answer of HTTP.
#[derive(Debug)]
pub struct Told {
    /// The status.
    pub status: u16,
    /// Content-Type without parameters, in lower case.
    pub kind: String,
    /// WWW-Authenticate.
    pub asks_for_password: bool,
    retry_after: Option<u64>,
    body: Vec<u8>,
}

impl Told {
    /// Whether it is a success.
    pub fn succeeded(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether it is the refusal of a client that did something wrong.
    pub fn is_refused(&self) -> bool {
        (400..500).contains(&self.status)
    }

    /// The octets that the body has in base64.
    pub fn octets(&self) -> Option<Vec<u8>> {
        let text: Vec<u8> = self
            .body
            .iter()
            .copied()
            .filter(|octet| !octet.is_ascii_whitespace())
            .collect();
        Base64::decode_vec(str::from_utf8(&text).ok()?).ok()
    }

    /// The body as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

/// What is asked of the server.
pub struct Asked {
    /// The method.
    pub method: &'static str,
    /// The operation (RFC 7030, 3.2.2).
    pub operation: &'static str,
    /// Header fields.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Asked {
    /// A request that only asks.
    pub fn get(operation: &'static str) -> Self {
        Self {
            method: "GET",
            operation,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// A certificate signing request.
    pub fn post(operation: &'static str, request: &[u8]) -> Self {
        Self {
            method: "POST",
            operation,
            headers: vec![
                ("content-type", "application/pkcs10".into()),
                ("content-transfer-encoding", "base64".into()),
            ],
            body: Base64::encode_string(request).into_bytes(),
        }
    }
}

impl<'a> Desk<'_, 'a> {
    /// The request as it is sent.
    pub fn outgoing(&self, asked: Asked) -> OutgoingRequest {
        let base = self.world.facts().pixit.get("PIXIT_EST_BASE");
        let base = base.map_or("/.well-known/est", String::as_str);
        let own = |(name, value): (&str, String)| (name.to_owned(), value);
        OutgoingRequest {
            method: asked.method.into(),
            target: format!("{}/{}", base.trim_end_matches('/'), asked.operation),
            headers: asked.headers.into_iter().map(own).collect(),
            body: Octets(asked.body.into()),
        }
    }

    /// Asks within a session; what is no answer of HTTP is no decision.
    pub async fn est(
        &self,
        line: &mut Line<'a>,
        step: &str,
        role: Role,
        asked: Asked,
    ) -> Result<Told, Stop> {
        let received = self.est_received(line, step, role, asked).await?;
        told(&received).ok_or_else(|| nothing(step, role, &received))
    }

    /// The same, whatever comes back.
    pub async fn est_received(
        &self,
        line: &mut Line<'a>,
        step: &str,
        role: Role,
        asked: Asked,
    ) -> Result<Received, Stop> {
        let call = Call {
            actor: "enrolee".into(),
            step: step.into(),
            role,
            way: Way::default(),
            patience: None,
            request: self.outgoing(asked),
        };
        let received = self.world.call_over(&mut line.association, &call).await;
        received.map_err(|error| Stop::link(step, &error))
    }

    /// The CSR attributes.
    pub async fn attributes(
        &self,
        line: &mut Line<'a>,
        step: &str,
        role: Role,
    ) -> Result<Attributes, Stop> {
        let told = self.est(line, step, role, Asked::get("csrattrs")).await?;
        let read = told.octets().and_then(|octets| Attributes::read(&octets));
        match (
            told.succeeded() && told.kind == "application/csrattrs",
            read,
        ) {
            (true, Some(attributes)) => Ok(attributes),
            _ => Err(otherwise(
                step,
                role,
                Cause::MalformedAnswer,
                "CSR attributes in base64 as application/csrattrs",
                &told,
            )),
        }
    }

    /// The certificates of the CA, each in DER.
    pub async fn authorities(
        &self,
        line: &mut Line<'a>,
        step: &str,
        role: Role,
    ) -> Result<Vec<Vec<u8>>, Stop> {
        let told = self.est(line, step, role, Asked::get("cacerts")).await?;
        let read = told.octets().and_then(|octets| certificates(&octets));
        match (
            told.succeeded() && told.kind == "application/pkcs7-mime",
            read,
        ) {
            (true, Some(all)) if !all.is_empty() => Ok(all),
            _ => Err(otherwise(
                step,
                role,
                Cause::MalformedAnswer,
                "certificates in a certs-only message in base64",
                &told,
            )),
        }
    }

    /// Posts a request, and again where the server wants time (RFC 7030, 4.2.3).
    pub async fn enrol_by(
        &self,
        line: &mut Line<'a>,
        step: &str,
        role: Role,
        operation: &'static str,
        request: &[u8],
    ) -> Result<Told, Stop> {
        let mut told = self
            .est(line, step, role, Asked::post(operation, request))
            .await?;
        for _ in 0..TIMES {
            let Some(seconds) = told.retry_after.filter(|_| told.status == 202) else {
                break;
            };
            let wait = Duration::from_secs(seconds.min(LONGEST));
            self.world.recorder().wait(wait).await;
            told = self
                .est(line, step, role, Asked::post(operation, request))
                .await?;
        }
        Ok(told)
    }

    /// The certificate that the server issues for a request; there has to be one.
    pub async fn certified(
        &self,
        line: &mut Line<'a>,
        step: &str,
        role: Role,
        operation: &'static str,
        request: &[u8],
    ) -> Result<Vec<u8>, Stop> {
        let told = self.enrol_by(line, step, role, operation, request).await?;
        issued(&told).ok_or_else(|| {
            let cause = match told.succeeded() {
                true => Cause::MalformedAnswer,
                false => Cause::WrongDecision,
            };
            otherwise(
                step,
                role,
                cause,
                "one certificate in a certs-only message in base64",
                &told,
            )
        })
    }

    /// A request as it has to be, by what CSR attributes say.
    pub fn signing_request(
        &self,
        names: Vec<GeneralName>,
        attributes: &Attributes,
    ) -> SigningRequest {
        let agreed = self.world.facts().pixit.get("PIXIT_EST_CHALLENGE");
        let agreed = agreed.filter(|text| !text.is_empty()).cloned();
        SigningRequest {
            extensions: Extensions {
                alternative_names: names,
                key_usage: Some(vec![KeyUsage::DigitalSignature]),
                ..Extensions::default()
            },
            challenge: attributes
                .challenge
                .clone()
                .or(agreed)
                .or_else(|| attributes.wants_challenge.then(String::new)),
            ..SigningRequest::default()
        }
    }

    /// The name of an entity in its certificate (TS-0003 V3.18.0, 10.1.1.5 and 10.1.1.7).
    pub fn name_of(&self, entity: &str) -> GeneralName {
        let absolute = self.absolute(entity);
        match entity.strip_prefix('/') {
            Some(cse) if !cse.starts_with('/') => {
                let facts = self.world.facts();
                let own = facts.cse_id.trim_start_matches('/');
                GeneralName::Dns(format!("{cse}.{own}.{}", facts.sp_domain))
            }
            _ => {
                let scheme = self.world.facts().pixit.get("PIXIT_AEID_URI_SCHEME");
                let scheme = scheme.filter(|scheme| !scheme.is_empty());
                let scheme = scheme.map_or_else(String::new, |scheme| format!("{scheme}:"));
                GeneralName::Uri(format!("{scheme}{absolute}"))
            }
        }
    }

    /// The name of a party.
    pub fn name(&self, party: Party) -> GeneralName {
        let entity = self.provisioned(party).entity.as_deref();
        self.name_of(entity.unwrap_or_default())
    }

    /// A key that follows from the seed.
    pub fn fresh(&self, algorithm: KeyAlgorithm, label: &str) -> Result<KeyPair, Stop> {
        let seed = Seed::new(format!(
            "{}/{}",
            self.world.facts().seed,
            self.world.canary()
        ));
        KeyPair::draw(algorithm, &seed, label)
            .map_err(|error| Stop::error(label, error.to_string()))
    }
}

/// The request in DER, signed with the key itself.
pub fn signed(step: &str, request: &SigningRequest, key: &KeyPair) -> Result<Vec<u8>, Stop> {
    signed_by(step, request, key, key)
}

/// The request in DER.
pub fn signed_by(
    step: &str,
    request: &SigningRequest,
    key: &KeyPair,
    by: &KeyPair,
) -> Result<Vec<u8>, Stop> {
    let signed = request.sign(key, by);
    signed.map_err(|error| Stop::error(step, error.to_string()))
}

/// The one certificate that an answer holds.
pub fn issued(told: &Told) -> Option<Vec<u8>> {
    let is_message = told.status == 200 && told.kind == "application/pkcs7-mime";
    let all = told
        .octets()
        .filter(|_| is_message)
        .and_then(|octets| certificates(&octets))?;
    match <[Vec<u8>; 1]>::try_from(all) {
        Ok([one]) => Some(one),
        Err(_) => None,
    }
}

/// An answer that is otherwise than it has to be.
pub fn otherwise(step: &str, role: Role, cause: Cause, expected: &str, told: &Told) -> Stop {
    let observed = match told.kind.is_empty() {
        true => format!("HTTP {}", told.status),
        false => format!("HTTP {} with {}", told.status, told.kind),
    };
    differs(step, role, cause, expected, &observed)
}

/// Something that is otherwise than it has to be.
pub fn differs(step: &str, role: Role, cause: Cause, expected: &str, observed: &str) -> Stop {
    match role {
        Role::Stimulus => Stop::Judged(Judgement::fail(cause, expected, observed).at(step)),
        _ => Stop::arrived(step, role, Finding::new(cause, expected, observed)),
    }
}

/// An answer of HTTP, if it is one.
pub fn told(received: &Received) -> Option<Told> {
    let Received::Http {
        status,
        headers,
        body,
    } = received
    else {
        return None;
    };
    let field = |wanted: &str| {
        let mut fields = headers.iter();
        let found = fields.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.as_str())
    };
    let kind = field("content-type").unwrap_or_default();
    let (kind, _) = kind.split_once(';').unwrap_or((kind, ""));
    Some(Told {
        status: *status,
        kind: kind.trim().to_ascii_lowercase(),
        asks_for_password: field("www-authenticate").is_some(),
        retry_after: field("retry-after").and_then(|value| value.trim().parse().ok()),
        body: body.0.to_vec(),
    })
}

fn nothing(step: &str, role: Role, received: &Received) -> Stop {
    let answer = Answer::read(received, "");
    let cause = match received {
        Received::Timeout => Cause::Hang,
        _ => Cause::NoDecision,
    };
    let finding = Finding::new(cause, "an answer of HTTP", answer.to_string());
    Stop::mismatch(step, role, finding, &answer)
}
