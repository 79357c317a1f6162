//! An AE under test as the client of its association. The tester is the registrar that the AE was told of: it knows the keys,
//! and has the certificates, that the profile names.

use super::certificates;
use super::hello::{Hello, identity_is};
use super::refusal::{fail, refused};
use super::registering::{Refusals, conducting, registers, right, triggered};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::Function;
use crate::purposes::sae::holder::holder;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::conduct::{KeyChange, Suite};
use crate::tester::handshake::{Credential, HelloStop, ParametersChange, ServerConduct, Service};
use crate::tester::trigger::Trigger;
use crate::verdict::Cause;
use onem2m_association::messages::{CipherSuite, NamedGroup, ProtocolVersion};
use serde_json::{Value, json};

/// bad_record_mac and decrypt_error (RFC 5246, 7.2.2).
const WRONG_FINISHED: &[u8] = &[20, 51];
/// protocol_version, illegal_parameter and handshake_failure.
const WRONG_CHOICE: &[u8] = &[70, 47, 40];
/// bad_certificate, unsupported_certificate, certificate_unknown and access_denied.
const WRONG_CERTIFICATE: &[u8] = &[42, 43, 46, 49];
const EXPIRED: &[u8] = &[45];
const UNKNOWN_CA: &[u8] = &[48];
const DECRYPT_ERROR: &[u8] = &[51];

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let function: Function = match id {
        "AE/SAE/PSK/002" => |_, world| Box::pin(sends_its_identity(world)),
        "AE/SAE/PSK/003" => |_, world| Box::pin(refuses_a_server_without_the_key(world)),
        "AE/SAE/PSK/004" => |_, world| Box::pin(follows_no_hint(world)),
        "AE/SAE/PSK/005" => |_, world| Box::pin(keeps_to_the_key_of_its_registrar(world)),
        "AE/SAE/PSK/006" => |_, world| Box::pin(refuses_other_choices(world)),
        "AE/SAE/PSK/007" => |_, world| Box::pin(stays_out_of_the_clear(world)),
        "AE/SAE/TLS/001" => |_, world| Box::pin(names_its_registrar(world)),
        "AE/SAE/DTLS/001" => |_, world| Box::pin(goes_on_in_version_1_2(world)),
        "AE/SAE/RPK/001" => |_, world| Box::pin(checks_the_raw_key(world)),
        "AE/SAE/CERT/002" => |_, world| Box::pin(shows_its_certificate(world)),
        "AE/SAE/CERT/003" => {
            |_, world| Box::pin(refuses(world, json!("untrusted_anchor"), UNKNOWN_CA))
        }
        "AE/SAE/CERT/004" => {
            |_, world| Box::pin(refuses(world, json!({"ended_seconds_ago": 86400}), EXPIRED))
        }
        "AE/SAE/CERT/005" => |_, world| {
            let names = json!({"names": [{"same": "other-{name}"}]});
            Box::pin(refuses(world, names, WRONG_CERTIFICATE))
        },
        "AE/SAE/CERT/006" => |_, world| {
            let name = json!({"common_name_only": "{name}"});
            Box::pin(refuses(world, name, WRONG_CERTIFICATE))
        },
        "AE/SAE/CERT/007" => |_, world| {
            let names = json!({"names": [{"same": "*.{parent}"}]});
            Box::pin(refuses(world, names, WRONG_CERTIFICATE))
        },
        "AE/SAE/CERT/008" => |_, world| {
            let usage = json!({"key_usage": ["key_agreement"]});
            Box::pin(refuses(world, usage, WRONG_CERTIFICATE))
        },
        "AE/SAE/CERT/009" => |_, world| Box::pin(refuses_a_device(world)),
        "AE/SAE/CERT/010" => |_, world| {
            let purposes = json!({"extended_key_usage": ["client_auth"]});
            Box::pin(refuses(world, purposes, WRONG_CERTIFICATE))
        },
        "AE/SAE/CERT/011" => |_, world| Box::pin(verifies_the_parameters(world)),
        "AE/SAE/CERT/012" => |_, world| Box::pin(goes_on_or_not(world)),
        _ => return None,
    };
    Some(function)
}

fn key(world: &World<'_>, fixture: Fixture) -> Result<Credential, Stop> {
    Ok(holder(world, fixture)?.credential)
}

/// PSK/002.
async fn sends_its_identity(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "registration";
    let credential = key(world, Fixture::Ae1)?;
    let service = right(world, step, credential.clone());
    let seen = registers(world, step, Role::Stimulus, Trigger::RegisterPsk, &service).await?;
    let hello = Hello::of(step, &seen)?;
    hello.has_version(ProtocolVersion::TLS_1_2)?;
    hello.offers(CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256)?;
    if let Some(name) = registrar_name(world) {
        hello.names(&name)?;
    }
    identity_is(step, &seen, credential.identity().unwrap_or_default())
}

/// PSK/003.
async fn refuses_a_server_without_the_key(world: &mut World<'_>) -> Result<(), Stop> {
    let right = key(world, Fixture::Ae1)?;
    let conduct = ServerConduct {
        key: KeyChange::Random(32),
        ..ServerConduct::default()
    };
    let service = conducting(world, "random-key", right.clone(), conduct);
    Refusals {
        trigger: Trigger::RegisterPsk,
        right,
        wrong: vec![("random-key", service, WRONG_FINISHED)],
    }
    .hold(world)
    .await
}

/// PSK/004.
async fn follows_no_hint(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "hint";
    let credential = key(world, Fixture::Ae1)?;
    let conduct = ServerConduct {
        hint: Some("use admin@in.example.com".into()),
        ..ServerConduct::default()
    };
    let service = conducting(world, step, credential.clone(), conduct);
    let trigger = Trigger::RegisterPsk;
    let attempt = triggered(world, step, Role::Stimulus, trigger, &service).await?;
    match attempt.seen.psk_identity {
        Some(_) => identity_is(
            step,
            &attempt.seen,
            credential.identity().unwrap_or_default(),
        )?,
        None => refused(world, step, &attempt, &[])?,
    }
    drop(attempt);
    let again = right(world, "read-back", credential);
    registers(world, "read-back", Role::ReadBack, trigger, &again).await?;
    Ok(())
}

/// PSK/005.
async fn keeps_to_the_key_of_its_registrar(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "other-registrar";
    let right = key(world, Fixture::Ae1)?;
    let other = key(world, Fixture::Ae2)?;
    let conduct = ServerConduct {
        key: KeyChange::OfAnother,
        ..ServerConduct::default()
    };
    let service = Service {
        another: Some(other),
        ..conducting(world, step, right.clone(), conduct)
    };
    Refusals {
        trigger: Trigger::RegisterPsk,
        right,
        wrong: vec![(step, service, WRONG_FINISHED)],
    }
    .hold(world)
    .await
}

/// PSK/006.
async fn refuses_other_choices(world: &mut World<'_>) -> Result<(), Stop> {
    let right = key(world, Fixture::Ae1)?;
    let suite = |number| ServerConduct {
        suite: Some(Suite(CipherSuite(number))),
        ..ServerConduct::default()
    };
    let choices = [
        (
            "version-1.1",
            ServerConduct {
                version: Some(ProtocolVersion::TLS_1_1.0),
                ..ServerConduct::default()
            },
        ),
        ("no-suite", suite(0x0000)),
        ("null-cipher", suite(0x002c)),
        (
            "compression",
            ServerConduct {
                compression: 1,
                ..ServerConduct::default()
            },
        ),
    ];
    let wrong = choices.map(|(step, conduct)| {
        let service = conducting(world, step, right.clone(), conduct);
        (step, service, WRONG_CHOICE)
    });
    Refusals {
        trigger: Trigger::RegisterPsk,
        wrong: wrong.into(),
        right,
    }
    .hold(world)
    .await
}

/// PSK/007.
async fn stays_out_of_the_clear(world: &mut World<'_>) -> Result<(), Stop> {
    let right = key(world, Fixture::Ae1)?;
    let wrong = ["first", "second", "third"].map(|step| {
        let conduct = ServerConduct {
            stop: Some(HelloStop::Close),
            ..ServerConduct::default()
        };
        (
            step,
            conducting(world, step, right.clone(), conduct),
            &[][..],
        )
    });
    Refusals {
        trigger: Trigger::RegisterPsk,
        wrong: wrong.into(),
        right,
    }
    .hold(world)
    .await
}

/// TLS/001.
async fn names_its_registrar(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "registration";
    let (trigger, credential) = match world.facts().claims("PICS_SAE_PSK") {
        true => (Trigger::RegisterPsk, key(world, Fixture::Ae1)?),
        false => (
            Trigger::RegisterCertificate,
            certificates::right(world, Fixture::CseCertificate)?,
        ),
    };
    let Some(name) = registrar_name(world) else {
        let detail = "the profile does not say PIXIT_TESTER_FQDN";
        let reason = crate::verdict::Reason::TestBed;
        return Err(Stop::inconclusive(step, reason, detail));
    };
    let service = right(world, step, credential);
    let seen = registers(world, step, Role::Stimulus, trigger, &service).await?;
    Hello::of(step, &seen)?.names(&name)
}

/// DTLS/001.
async fn goes_on_in_version_1_2(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "registration";
    let credential = key(world, Fixture::Ae1)?;
    let service = right(world, step, credential);
    let trigger = Trigger::RegisterPskDatagrams;
    let attempt = triggered(world, step, Role::Stimulus, trigger, &service).await?;
    let (seen, _association) = super::served::stands(step, Role::Stimulus, attempt)?;
    Hello::of(step, &seen)?.has_version(ProtocolVersion::DTLS_1_2)
}

/// RPK/001.
async fn checks_the_raw_key(world: &mut World<'_>) -> Result<(), Stop> {
    let trigger = Trigger::RegisterRawKey;
    let right = certificates::right(world, Fixture::RawKey)?;
    let other = certificates::spoilt(world, Fixture::RawKey, &json!("other_key"))?;
    let conduct = ServerConduct {
        parameters: ParametersChange::OtherKey,
        ..ServerConduct::default()
    };
    let unsigned = conducting(world, "signature", right.clone(), conduct);
    let other = conducting(world, "other-key", other, ServerConduct::default());
    Refusals {
        trigger,
        right,
        wrong: vec![
            ("other-key", other, WRONG_CERTIFICATE),
            ("signature", unsigned, DECRYPT_ERROR),
        ],
    }
    .hold(world)
    .await
}

/// CERT/002.
async fn shows_its_certificate(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "registration";
    let credential = certificates::right(world, Fixture::CseCertificate)?;
    let service = right(world, step, credential);
    let trigger = Trigger::RegisterCertificate;
    let seen = registers(world, step, Role::Stimulus, trigger, &service).await?;
    let hello = Hello::of(step, &seen)?;
    hello.has_version(ProtocolVersion::TLS_1_2)?;
    hello.offers(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256)?;
    hello.has_group(NamedGroup::SECP256R1)?;
    if let Some(name) = registrar_name(world) {
        hello.names(&name)?;
    }
    match seen.proved {
        true => Ok(()),
        false => {
            let expected = "a certificate of the AE, and a signature with its key";
            Err(fail(step, Cause::WrongDecision, expected, "no certificate"))
        }
    }
}

/// CERT/003 to 008 and 010: one thing is wrong with the certificate.
async fn refuses(world: &mut World<'_>, defect: Value, alerts: &[u8]) -> Result<(), Stop> {
    let wrong = certificates::spoilt(world, Fixture::CseCertificate, &defect)?;
    refuses_certificate(world, wrong, alerts).await
}

/// CERT/009.
async fn refuses_a_device(world: &mut World<'_>) -> Result<(), Stop> {
    let wrong = certificates::right(world, Fixture::DeviceCertificate)?;
    refuses_certificate(world, wrong, WRONG_CERTIFICATE).await
}

async fn refuses_certificate(
    world: &mut World<'_>,
    wrong: Credential,
    alerts: &[u8],
) -> Result<(), Stop> {
    let step = "certificate";
    let right = certificates::right(world, Fixture::CseCertificate)?;
    let service = conducting(world, step, wrong, ServerConduct::default());
    Refusals {
        trigger: Trigger::RegisterCertificate,
        right,
        wrong: vec![(step, service, alerts)],
    }
    .hold(world)
    .await
}

/// CERT/011.
async fn verifies_the_parameters(world: &mut World<'_>) -> Result<(), Stop> {
    let trigger = Trigger::RegisterCertificate;
    let credential = certificates::right(world, Fixture::CseCertificate)?;
    let first = right(world, "earlier", credential.clone());
    let seen = registers(world, "earlier", Role::SetUp, trigger, &first).await?;
    let with = |parameters| ServerConduct {
        parameters,
        ..ServerConduct::default()
    };
    let (other, earlier) = (ParametersChange::OtherKey, ParametersChange::Earlier);
    let repeated = Service {
        earlier: seen.sent_parameters,
        ..conducting(world, "replayed", credential.clone(), with(earlier))
    };
    let other = conducting(world, "other-key", credential.clone(), with(other));
    Refusals {
        trigger,
        right: credential,
        wrong: vec![
            ("other-key", other, DECRYPT_ERROR),
            ("replayed", repeated, DECRYPT_ERROR),
        ],
    }
    .hold(world)
    .await
}

/// CERT/012.
async fn goes_on_or_not(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "not-asked";
    let trigger = Trigger::RegisterCertificate;
    let credential = certificates::right(world, Fixture::CseCertificate)?;
    let conduct = ServerConduct {
        asks_nobody: true,
        ..ServerConduct::default()
    };
    let service = conducting(world, step, credential.clone(), conduct);
    let attempt = triggered(world, step, Role::Stimulus, trigger, &service).await?;
    match attempt.end.is_established() {
        true => world.note(format!("{step}: the AE goes on")),
        false => refused(world, step, &attempt, &[])?,
    }
    drop(attempt);
    let again = right(world, "read-back", credential);
    registers(world, "read-back", Role::ReadBack, trigger, &again).await?;
    Ok(())
}

/// The name by which the AE knows its registrar, if the profile states one.
fn registrar_name(world: &World<'_>) -> Option<String> {
    let name = world.facts().pixit.get("PIXIT_TESTER_FQDN")?;
    (name != "none").then(|| name.clone())
}
