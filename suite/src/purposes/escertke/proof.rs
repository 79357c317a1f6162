//! What an exchange came to is shown by ESPrim under its key.

use super::parties::INITIATOR;
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::esprim::fixture::{expect, sent};
use crate::purposes::stop::Stop;
use crate::purposes::world::{Sealed, World};
use crate::tester::esprim::Pair;
use crate::tester::handshake::Exporter;
use base64ct::{Base64UrlUnpadded, Encoding};
use onem2m_keys::{EXPORTED_LENGTH, ExporterLabel, PairwiseEsPrimKey};
use zeroize::Zeroizing;

/// ESPRIM_UNKNOWN_KEY_ID
const UNKNOWN: u16 = 4112;
/// Octets of the identifier, which come first (TS-0003 V3.18.0, 10.3.1).
const IDENTIFIER: usize = 16;
/// Octets of the key, which come behind it.
const KEY: usize = 32;

/// How identifier and key are read out of a handshake.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The label of the exporter.
    pub label: ExporterLabel,
    /// The context of the exporter.
    pub context: Option<&'static [u8]>,
    /// Whether the key is taken from the front, and the identifier from behind it.
    pub reversed: bool,
    /// How kid writes the identifier; none for the form that the profile states.
    pub form: Option<KidForm>,
}

impl Reading {
    /// As TS-0003 V3.18.0, 10.3.1 says.
    pub const RIGHT: Self = Self {
        label: ExporterLabel::EsCertKe,
        context: None,
        reversed: false,
        form: None,
    };
}

/// A text form of an identifier, which no clause gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KidForm {
    /// Hexadecimal digits, small letters.
    LowerHex,
    /// Hexadecimal digits, capital letters.
    UpperHex,
    /// base64url without padding.
    Base64Url,
    /// Small hexadecimal digits, and the FQDN of the IUT behind an @.
    AtFqdn,
}

impl KidForm {
    /// All of them, with their names in a profile.
    pub const ALL: [(&'static str, Self); 4] = [
        ("lower-hex", Self::LowerHex),
        ("upper-hex", Self::UpperHex),
        ("base64url", Self::Base64Url),
        ("lower-hex-at-fqdn", Self::AtFqdn),
    ];

    /// That which the profile states.
    pub fn stated(world: &World<'_>) -> Self {
        let stated = world.facts().pixit.get("PIXIT_ESCERTKE_KID");
        let found = Self::ALL
            .into_iter()
            .find(|(name, _)| stated.is_some_and(|stated| stated == name));
        found.map_or(Self::LowerHex, |(_, form)| form)
    }

    fn write(self, world: &World<'_>, octets: &[u8]) -> String {
        let digits: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
        match self {
            Self::LowerHex => digits,
            Self::UpperHex => digits.to_uppercase(),
            Self::Base64Url => Base64UrlUnpadded::encode_string(octets),
            Self::AtFqdn => {
                let fqdn = world.facts().pixit.get("PIXIT_IUT_FQDN");
                format!("{digits}@{}", fqdn.map_or("", String::as_str))
            }
        }
    }
}

/// The octets that a reading exports.
pub fn exported(
    step: &str,
    exporter: &Exporter,
    reading: &Reading,
) -> Result<Zeroizing<[u8; EXPORTED_LENGTH]>, Stop> {
    let mut octets = Zeroizing::new([0; EXPORTED_LENGTH]);
    let (label, context) = (reading.label.as_str(), reading.context);
    exporter
        .export(label, context, octets.as_mut_slice())
        .map_err(|error| Stop::error(step, error.to_string()))?;
    Ok(octets)
}

/// The pair of a reading, which is that of an entity.
pub fn pair(
    world: &World<'_>,
    step: &str,
    exporter: &Exporter,
    reading: &Reading,
    entity: &str,
) -> Result<Pair, Stop> {
    let octets = exported(step, exporter, reading)?;
    let (identifier, key) = match reading.reversed {
        false => octets.split_at(IDENTIFIER),
        true => {
            let (key, identifier) = octets.split_at(KEY);
            (identifier, key)
        }
    };
    let form = reading.form.unwrap_or_else(|| KidForm::stated(world));
    Ok(Pair {
        kid: form.write(world, identifier),
        key: PairwiseEsPrimKey::new(key),
        entity: entity.to_owned(),
    })
}

/// Sends a Create in an object under a reading of a handshake, in a session of its own.
pub async fn sealed(
    world: &mut World<'_>,
    step: &str,
    role: Role,
    exporter: &Exporter,
    reading: &Reading,
    entity: &str,
) -> Result<Sealed, Stop> {
    let pair = pair(world, step, exporter, reading, entity)?;
    world.pair(INITIATOR, pair);
    let protection = Protection {
        session: Some(step.to_owned()),
        ..Protection::default()
    };
    sent(world, step, role, &protection).await
}

/// The key of a handshake opens an object, where the IUT is a Receiver of any.
pub async fn is_served(
    world: &mut World<'_>,
    step: &str,
    role: Role,
    exporter: &Exporter,
    entity: &str,
) -> Result<(), Stop> {
    if !world.facts().claims("PICS_ESPRIM_RECEIVER") {
        return Ok(());
    }
    let step = format!("{step}: object");
    let sealed = sealed(world, &step, role, exporter, &Reading::RIGHT, entity).await?;
    expect(&step, role, &Expectation::Permit, &sealed)
}

/// A reading of a handshake names no key that the IUT has, where it is a Receiver of objects.
pub async fn is_unknown(
    world: &mut World<'_>,
    step: &str,
    exporter: &Exporter,
    reading: &Reading,
    entity: &str,
) -> Result<(), Stop> {
    if !world.facts().claims("PICS_ESPRIM_RECEIVER") {
        return Ok(());
    }
    let role = Role::Stimulus;
    let sealed = sealed(world, step, role, exporter, reading, entity).await?;
    expect(step, role, &Expectation::Codes(vec![UNKNOWN]), &sealed)
}
