//! An identity hint tells nothing (RFC 4279, 5.2).

use super::holder::registered;
use super::prepared::Prepared;
use super::standing::{attempt, close, standing};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::profile::Provisioned;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::KeyExchangeSeen;
use crate::verdict::{Cause, Judgement};

/// CSE/SAE/PSK/024: none comes; one that comes is noted, and holds no secret.
pub async fn tells_nothing(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "request";
    let holder = registered(world, Fixture::Ae1).await?;
    let handshake = world.handshake(step, holder.credential.clone());
    let attempt = attempt(world, step, Role::Stimulus, &handshake).await?;
    let exchange = attempt.seen.server_key_exchange.clone();
    if let Some(KeyExchangeSeen::Hint(hint)) = exchange {
        let own = handshake.credential.identity().unwrap_or_default();
        if let Some(secret) = secret_in(&hint, own, &world.facts().provisioned) {
            let expected = "no identity hint, or one that tells nothing";
            let observed = format!("a hint with {secret}");
            let judgement = Judgement::fail(Cause::Leak, expected, observed);
            return Err(Stop::Judged(judgement.at(step)));
        }
        world.note(format!(
            "identity hint {:?}",
            String::from_utf8_lossy(&hint)
        ));
    }
    let mut association = standing(step, Role::Stimulus, attempt)?;
    Prepared::own(world, &holder, "request: retrieve", Role::Stimulus)?
        .ask(world, &mut association)
        .await?;
    close(step, &mut association).await
}

/// What a hint may not hold.
fn secret_in(hint: &[u8], own: &[u8], all: &[Provisioned]) -> Option<&'static str> {
    let holds = |part: &[u8]| !part.is_empty() && hint.windows(part.len()).any(|it| it == part);
    let lower = hint.to_ascii_lowercase();
    let holds_digits = |key: &[u8]| {
        let digits: String = key.iter().map(|octet| format!("{octet:02x}")).collect();
        lower
            .windows(digits.len())
            .any(|it| it == digits.as_bytes())
    };
    let identity =
        |it: &Provisioned| it.identity.as_bytes() != own && holds(it.identity.as_bytes());
    let key = |it: &Provisioned| holds(it.key.octets()) || holds_digits(it.key.octets());
    if all.iter().any(identity) {
        Some("the identity of another key")
    } else if all.iter().any(key) {
        Some("a key")
    } else if hint.iter().any(|octet| [b'/', b'\\'].contains(octet)) {
        Some("a path")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::SymmetricKey;

    #[test]
    fn identities_of_others_keys_and_paths_are_secrets() {
        let provisioned = |identity: &str, key: &str| Provisioned {
            name: identity.into(),
            identity: identity.into(),
            key: SymmetricKey::from_hexadecimal(key).unwrap(),
            entity: None,
        };
        let all = [
            provisioned("a@b.c", "0a0b0c0d"),
            provisioned("d@b.c", "ffeeddcc"),
        ];
        for (hint, secret) in [
            (&b""[..], None),
            (b"in.example.com", None),
            (b"a@b.c", None),
            (b"ask d@b.c", Some("the identity of another key")),
            (b"0A0B0C0D0E", Some("a key")),
            (b"\xff\xee\xdd\xcc", Some("a key")),
            (b"/etc/keys", Some("a path")),
        ] {
            assert_eq!(secret_in(hint, b"a@b.c", &all), secret, "{hint:?}");
        }
    }
}
