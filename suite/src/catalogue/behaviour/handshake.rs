//! Handshakes, one after the other, each with what it has to come to.

use super::{Endpoint, Fixture};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Attempts at a security association with one endpoint of the IUT.
///
/// The twin is an association in which nothing is wrong, and a Retrieve within it of the holder's own registration; the
/// read-back is the same once more, behind all attempts. Whoever holds a credential that is used registers over it first, but
/// for those whose association has to stand: they register within it, so that one which does not stand is a failure.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Handshakes {
    /// Which endpoint.
    #[serde(default = "https")]
    pub endpoint: Endpoint,
    /// Whose credential is used where a run names no other.
    #[serde(default = "ae1")]
    pub credential: Fixture,
    /// The attempts, each a stimulus.
    pub runs: Vec<Run>,
    /// Whether all runs that may end in either way have to end alike.
    #[serde(default)]
    pub alike: bool,
    /// Whether there is a twin. A valid purpose needs none where its first attempt is over the same credential and has to come
    /// to an association: nothing can be said of that before.
    #[serde(default = "yes")]
    pub twin: bool,
}

/// An attempt, or several that differ in one thing.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Run {
    /// Unique in its purpose.
    pub name: String,
    /// The credential.
    #[serde(default)]
    pub credential: Option<Fixture>,
    /// The credential that `of-another` means in its conduct, and `{another}` in its defect.
    #[serde(default)]
    pub another: Option<Fixture>,
    /// What the tester does otherwise than right (`suite/src/tester/handshake/conduct/`).
    #[serde(default)]
    pub conduct: Map<String, Value>,
    /// What is wrong with the certificate of the tester (`suite/src/tester/certificate/defect.rs`) or with its raw public key.
    ///
    /// Where the names are changed the issuer may give any name, so that the names decide. In texts, placeholders stand for
    /// parts of the first right name (`suite/src/catalogue/behaviour/name_part.rs`), `{type-id}` for the type-id of an
    /// otherName, `{entity}` for the AE-ID or CSE-ID of the holder, and `{another}` for the name of the other certificate; the
    /// form of a name can be `same`, that of the first right one. Seconds are on top of `PIXIT_CLOCK_SKEW`.
    #[serde(default)]
    pub defect: Option<Value>,
    /// Whether it is made with every symmetric key of the profile in turn, in place of that of the credential.
    #[serde(default)]
    pub every_key: bool,
    /// Conducts that are tried one after the other, each on top of `conduct`.
    #[serde(default)]
    pub variants: Vec<Map<String, Value>>,
    /// The cookie that is sent, in place of that which came.
    #[serde(default)]
    pub cookie: Option<ForeignCookie>,
    /// What is sent once the association stands, before its holder asks to be served.
    #[serde(default)]
    pub after: Vec<Intrusion>,
    /// What it has to come to.
    pub ends: Ends,
    /// What the messages of the IUT have to show, as far as it gets.
    #[serde(default)]
    pub shows: Vec<Sight>,
    /// Where it comes to an association: other holders, under whose identity a request within it has to be refused with 4106.
    #[serde(default)]
    pub denies: Vec<Fixture>,
    /// How often it is made.
    #[serde(default = "once")]
    pub repeat: u32,
}

/// What an attempt has to come to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ends {
    /// The association stands, and the holder is served within it.
    Established,
    /// The association stands with this suite, and the holder is served within it.
    EstablishedWith(u16),
    /// A fatal alert or the end of the connection; of datagrams silence too, since invalid ones are dropped (RFC 6347,
    /// 4.1.2.7), and a HelloVerifyRequest, which commits the IUT to nothing. These alerts are expected; another one is noted.
    Refused(Vec<u8>),
    /// An association in which the holder is served, or a refusal: either is noted.
    Either,
    /// Either, or silence: the IUT goes on serving others.
    Anything,
    /// As `Refused`. An association in which the holder is served is inconclusive: what the tester does wrong is forbidden to
    /// it, and no text tells the IUT to look. An association of anybody else is a failure.
    RefusedOrInconclusive(Vec<u8>),
    /// As `RefusedOrInconclusive` where the CertificateRequest of the IUT lists what the tester uses, as `Refused` where it
    /// does not (RFC 5246, 7.4.4 and 7.4.6).
    RefusedUnlessRequested(Unrequested),
    /// As `Refused`, or an association in which the holder is refused: its identity is not bound.
    Unbound(Refusals),
    /// As `Refused`, or an association in which the holder and the other one are not both served.
    AtMostOne(Refusals),
}

/// A cookie that the IUT did not give to the tester in this handshake (RFC 6347, 4.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForeignCookie {
    /// One that it gave to another of the tester's addresses.
    OfAnotherAddress,
    /// One that it gave to another port of the same address.
    OfAnotherPort,
    /// One that it gave to the same port longer ago than `PIXIT_COOKIE_LIFE`.
    Old,
}

/// Datagrams that somebody without the keys of an association sends from the address of the tester.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Intrusion {
    /// A record with a wrong tag, whose number is so far ahead.
    ForgedRecord(u64),
    /// Records that are invalid.
    InvalidRecords(InvalidRecords),
    /// The request of the holder as application data of epoch 0.
    ClearRecord,
    /// The request of the holder without a record.
    ClearDatagram,
    /// An alert of epoch 0.
    ClearAlert {
        /// 1 is a warning, 2 is fatal.
        level: u8,
        /// The number of the description.
        description: u8,
    },
    /// A ClientHello without a cookie.
    ClientHello,
}

/// Records that are invalid in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InvalidRecords {
    /// In which way.
    pub fault: InvalidRecord,
    /// How many.
    pub times: u32,
}

/// Why a record is invalid (RFC 6347, 4.1.2.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InvalidRecord {
    /// Its tag is wrong.
    WrongTag,
    /// It is of an epoch that is not in use.
    WrongEpoch,
    /// Its content type has no meaning.
    UnknownType,
    /// It ends within its header.
    TruncatedHeader,
}

/// What the IUT may not accept unless it asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Unrequested {
    /// The expected alerts.
    pub alerts: Vec<u8>,
    /// One of certificate_types.
    #[serde(default)]
    pub certificate_type: Option<u8>,
    /// Of these one has to be in supported_signature_algorithms.
    pub signature_algorithms: Vec<u16>,
}

/// How a handshake, or a request within what it comes to, is refused.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Refusals {
    /// The expected alerts of the handshake.
    pub alerts: Vec<u8>,
    /// The response status codes of a Retrieve of the holder's own registration.
    pub codes: Vec<u16>,
}

/// Something that the messages of the IUT show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sight {
    /// A CertificateRequest with ecdsa_sign and ECDSA with SHA-256, whose authorities are none or among them the anchor of the
    /// tester (RFC 5246, 7.4.4).
    CertificateRequest,
    /// An end certificate with the profile of TS-0003 V3.18.0, 10.1.1.1 and 10.1.1.3, and the name that its flavour demands,
    /// without a wildcard.
    EndCertificate,
    /// Authorities with the same profile and with keyCertSign; whether they have name constraints is noted.
    Authorities,
    /// A key exchange on a curve that was offered, with an uncompressed point.
    OfferedGroup,
    /// Types of certificates that were offered (RFC 7250, 4.2).
    OfferedCertificateTypes,
    /// A HelloVerifyRequest with a cookie as the only answer to the first ClientHello, and no longer than that; how much shorter it
    /// is, is noted (RFC 6347, 4.2.1).
    HelloVerifyRequest,
    /// The flight that was lost, once more: the same messages in records with higher numbers (RFC 6347, 4.2.4).
    RepeatedFlight,
    /// Datagrams no longer than `PIXIT_PMTU`.
    ShortDatagrams,
    /// No answer to what is sent in the clear within an association.
    NoClearAnswer,
}

impl Run {
    /// Whether the other credential is one whose holder asks to be served too.
    fn is_for_two(&self) -> bool {
        matches!(self.ends, Ends::AtMostOne(_))
    }

    /// Whether it has to come to an association in which its holder is served.
    pub fn has_to_stand(&self) -> bool {
        matches!(self.ends, Ends::Established | Ends::EstablishedWith(_))
    }

    /// The conduct of each attempt, with the name of its step.
    pub fn attempts(&self) -> Vec<(String, Map<String, Value>)> {
        let conducts: Vec<Map<String, Value>> = match self.variants.as_slice() {
            [] => vec![self.conduct.clone()],
            variants => variants
                .iter()
                .map(|variant| merged(&self.conduct, variant))
                .collect(),
        };
        let several = conducts.len() > 1 || self.repeat > 1;
        let repeated = conducts
            .iter()
            .flat_map(|conduct| std::iter::repeat_n(conduct, self.repeat as usize));
        repeated
            .enumerate()
            .map(|(index, conduct)| match several {
                true => (format!("{} {}", self.name, index + 1), conduct.clone()),
                false => (self.name.clone(), conduct.clone()),
            })
            .collect()
    }
}

impl Handshakes {
    /// Every credential that is used.
    pub fn holders(&self) -> Vec<Fixture> {
        let named = self.runs.iter().filter_map(|run| run.credential);
        sorted(
            self.registered_first()
                .into_iter()
                .chain(named)
                .chain([self.credential]),
        )
    }

    /// The credentials whose holders register before anything else happens.
    pub fn registered_first(&self) -> Vec<Fixture> {
        let stands = |fixture: &Fixture| {
            let mut runs = self.runs.iter();
            runs.any(|run| run.has_to_stand() && run.credential == Some(*fixture))
        };
        let of_runs = self.runs.iter().filter_map(|run| run.credential);
        let later = of_runs.filter(|fixture| !stands(fixture));
        let others = self.runs.iter().flat_map(|run| {
            let other = run.another.iter().filter(|_| run.is_for_two());
            run.denies.iter().chain(other).copied()
        });
        let own = self.twin.then_some(self.credential);
        sorted(later.chain(others).chain(own))
    }

    /// Whether its first attempt is a twin, if it has none.
    pub fn begins_with_what_stands(&self) -> bool {
        let first = self.runs.first();
        let own = |run: &Run| {
            run.credential
                .is_none_or(|fixture| fixture == self.credential)
        };
        self.twin || first.is_some_and(|run| run.has_to_stand() && own(run))
    }
}

fn sorted(fixtures: impl Iterator<Item = Fixture>) -> Vec<Fixture> {
    let mut fixtures: Vec<Fixture> = fixtures.collect();
    fixtures.sort_unstable();
    fixtures.dedup();
    fixtures
}

/// Members of members are merged, everything else is replaced.
fn merged(base: &Map<String, Value>, over: &Map<String, Value>) -> Map<String, Value> {
    let mut merged = base.clone();
    for (member, value) in over {
        let value = match (merged.get(member), value) {
            (Some(Value::Object(base)), Value::Object(over)) => {
                Value::Object(self::merged(base, over))
            }
            _ => value.clone(),
        };
        merged.insert(member.clone(), value);
    }
    merged
}

fn https() -> Endpoint {
    Endpoint::Https
}

fn ae1() -> Fixture {
    Fixture::Ae1
}

fn once() -> u32 {
    1
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn variants_are_attempts_on_top_of_the_conduct() {
        let run: Run = serde_json::from_value(json!({
            "name": "suite", "ends": {"refused": [40]},
            "conduct": {"hello": {"compression": [0], "suites": [1]}},
            "variants": [{"hello": {"suites": [2]}}, {"hello": {"suites": [3]}}],
        }))
        .unwrap();
        let attempts = run.attempts();
        assert_eq!(attempts.len(), 2);
        assert_eq!(attempts[1].0, "suite 2");
        let conduct = Value::Object(attempts[1].1.clone());
        assert_eq!(
            conduct,
            json!({"hello": {"compression": [0], "suites": [3]}})
        );
    }

    #[test]
    fn other_one_registers_where_both_ask_to_be_served() {
        let ends = json!({"at-most-one": {"alerts": [42], "codes": [4106]}});
        let handshakes = |ends: Value| -> Handshakes {
            serde_json::from_value(json!({
                "credential": "ae-certificate",
                "runs": [{"name": "both", "another": "second-ae-certificate", "ends": ends}],
            }))
            .unwrap()
        };
        let both = [Fixture::AeCertificate, Fixture::SecondAeCertificate];
        assert_eq!(handshakes(ends).holders(), both);
        let refused = handshakes(json!({"refused": [42]}));
        assert_eq!(refused.holders(), [Fixture::AeCertificate]);
    }

    #[test]
    fn holder_whose_association_has_to_stand_registers_within_it() {
        let handshakes = |twin: bool, ends: Value| -> Handshakes {
            serde_json::from_value(json!({
                "twin": twin,
                "runs": [{"name": "long", "credential": "long-key", "ends": ends}],
            }))
            .unwrap()
        };
        let stands = handshakes(true, json!("established"));
        assert_eq!(stands.registered_first(), [Fixture::Ae1]);
        assert_eq!(stands.holders(), [Fixture::Ae1, Fixture::LongKey]);
        let refused = handshakes(true, json!({"refused": [42]}));
        assert_eq!(refused.registered_first(), refused.holders());
        let without = handshakes(false, json!("established"));
        assert!(without.registered_first().is_empty());
        assert!(!without.begins_with_what_stands());
    }
}
