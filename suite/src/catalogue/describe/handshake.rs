//! Handshakes in words.

use super::Description;
use crate::catalogue::behaviour::{
    Ends, ForeignCookie, Handshakes, Intrusion, InvalidRecord, Refusals, Run, Sight, Unrequested,
};
use serde_json::{Map, Value};

/// What is registered before, each attempt with what it has to come to, and the twin.
pub(super) fn describe(handshakes: &Handshakes) -> Description {
    let initial = handshakes
        .registered_first()
        .into_iter()
        .map(|holder| format!("the holder of {holder} registers over it"))
        .collect();
    let mut steps: Vec<String> = handshakes
        .runs
        .iter()
        .flat_map(|run| run_lines(handshakes, run))
        .collect();
    if handshakes.alike {
        steps.push("all of these end alike".into());
    }
    steps.push(
        "read-back: an association in which nothing is wrong, and a Retrieve within it, succeed"
            .into(),
    );
    Description {
        initial,
        steps,
        twin: handshakes
            .twin
            .then(|| {
                format!(
                    "an association at {} over {} in which nothing is wrong, and a Retrieve within it, succeed",
                    handshakes.endpoint.key(),
                    handshakes.credential
                )
            })
            .into_iter()
            .collect(),
    }
}

fn run_lines(handshakes: &Handshakes, run: &Run) -> Vec<String> {
    let credential = run.credential.unwrap_or(handshakes.credential);
    let attempts = run.attempts();
    let mut lines = Vec::new();
    for (name, conduct) in &attempts {
        // Repetitions say the same.
        if run.repeat > 1 && lines.len() >= attempts.len() / run.repeat as usize {
            break;
        }
        lines.push(format!(
            "{name}: a handshake over {credential}{}; {}",
            otherwise(run, conduct),
            ends(run)
        ));
    }
    if run.every_key {
        lines.push(format!(
            "{} is made with every symmetric key of the profile in turn",
            run.name
        ));
    }
    if run.repeat > 1 {
        lines.push(format!("{} is made {} times", run.name, run.repeat));
    }
    lines
}

fn otherwise(run: &Run, conduct: &Map<String, Value>) -> String {
    let another = run
        .another
        .map(|another| format!(" (the other one is {another})"))
        .unwrap_or_default();
    let conduct = match conduct.is_empty() {
        true => String::new(),
        false => format!(
            " in which the tester does otherwise: {}",
            Value::Object(conduct.clone())
        ),
    };
    let defect = run
        .defect
        .as_ref()
        .map(|defect| format!(" in which one thing is wrong: {defect}"))
        .unwrap_or_default();
    let cookie = run
        .cookie
        .map(|cookie| format!(" with a cookie {}", cookie_text(cookie)))
        .unwrap_or_default();
    let after: String = run
        .after
        .iter()
        .map(|intrusion| format!(", behind which comes {}", intrusion_text(*intrusion)))
        .collect();
    format!("{defect}{conduct}{cookie}{another}{after}")
}

fn ends(run: &Run) -> String {
    let mut text = match &run.ends {
        Ends::Established => {
            "it stands, its holder registers if it has not yet, and a Retrieve within it succeeds"
                .to_owned()
        }
        Ends::EstablishedWith(suite) => {
            format!("it stands with suite {suite:04X}, and a Retrieve within it succeeds")
        }
        Ends::Refused(alerts) => refused(alerts),
        Ends::Either => "it stands, or is refused, which is noted".to_owned(),
        Ends::Anything => "whatever comes is noted".to_owned(),
        Ends::RefusedOrInconclusive(alerts) => format!("{}; {INCONCLUSIVE}", refused(alerts)),
        Ends::RefusedUnlessRequested(unrequested) => format!(
            "{}; where the CertificateRequest lists {}, {INCONCLUSIVE}",
            refused(&unrequested.alerts),
            requested(unrequested)
        ),
        Ends::Unbound(Refusals { alerts, codes }) => format!(
            "{}, or it stands and a Retrieve by the holder gets {}",
            refused(alerts),
            listed(codes)
        ),
        Ends::AtMostOne(Refusals { alerts, codes }) => format!(
            "{}, or it stands and at least one of the holder and the other one gets {} for a Retrieve",
            refused(alerts),
            listed(codes)
        ),
    };
    for sight in &run.shows {
        text += &format!("; the IUT shows {}", sight_text(*sight));
    }
    for denied in &run.denies {
        text += &format!("; From of the holder of {denied} is refused with 4106 within it");
    }
    text
}

const INCONCLUSIVE: &str =
    "where it stands and the holder is served within it, the purpose is inconclusive";

fn refused(alerts: &[u8]) -> String {
    format!(
        "it is refused, by alert {} or otherwise, which is noted",
        listed(alerts)
    )
}

fn requested(unrequested: &Unrequested) -> String {
    let algorithms: Vec<String> = unrequested
        .signature_algorithms
        .iter()
        .map(|algorithm| format!("{algorithm:04X}"))
        .collect();
    let algorithms = format!("algorithm {}", algorithms.join(" or "));
    match unrequested.certificate_type {
        Some(number) => format!("certificate type {number} and {algorithms}"),
        None => algorithms,
    }
}

fn listed<T: ToString>(numbers: &[T]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    numbers.join(" or ")
}

fn sight_text(sight: Sight) -> &'static str {
    match sight {
        Sight::CertificateRequest => {
            "a CertificateRequest with ecdsa_sign and 0403, and no authorities or among them that of the tester"
        }
        Sight::EndCertificate => {
            "a certificate with the profile of TS-0003, 10.1.1.1 and 10.1.1.3 and the name of its flavour"
        }
        Sight::Authorities => "authorities with that profile and with keyCertSign",
        Sight::OfferedGroup => {
            "a key exchange on a curve that was offered, with an uncompressed point"
        }
        Sight::OfferedCertificateTypes => "types of certificates that were offered",
        Sight::HelloVerifyRequest => {
            "a HelloVerifyRequest alone, no longer than the first ClientHello"
        }
        Sight::RepeatedFlight => "the lost flight once more, in records with higher numbers",
        Sight::ShortDatagrams => "datagrams no longer than PIXIT_PMTU",
        Sight::NoClearAnswer => "no answer to what is sent in the clear",
    }
}

fn cookie_text(cookie: ForeignCookie) -> &'static str {
    match cookie {
        ForeignCookie::OfAnotherAddress => "that another address got",
        ForeignCookie::OfAnotherPort => "that another port got",
        ForeignCookie::Old => "that is older than PIXIT_COOKIE_LIFE",
    }
}

fn intrusion_text(intrusion: Intrusion) -> String {
    match intrusion {
        Intrusion::ForgedRecord(ahead) => {
            format!("a record with a wrong tag whose number is {ahead} ahead")
        }
        Intrusion::InvalidRecords(records) => {
            let fault = match records.fault {
                InvalidRecord::WrongTag => "a wrong tag",
                InvalidRecord::WrongEpoch => "an epoch that is not in use",
                InvalidRecord::UnknownType => "an unknown type",
                InvalidRecord::TruncatedHeader => "half a header",
            };
            format!("{} records with {fault}", records.times)
        }
        Intrusion::ClearRecord => "the request in a record of epoch 0".to_owned(),
        Intrusion::ClearDatagram => "the request without a record".to_owned(),
        Intrusion::ClearAlert { level, description } => {
            format!("an alert {description} of level {level} in epoch 0")
        }
        Intrusion::ClientHello => "a ClientHello without a cookie".to_owned(),
    }
}
