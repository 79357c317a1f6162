use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::{
    BasicConstraints, CertificateError, CertificateOrder, ChainOrder, Damage, DistinguishedName,
    ExtendedKeyUsage, FurtherExtension, GeneralName, KeyAlgorithm, KeyUsage, NameConstraints,
    PointForm, Presentation, SignatureAlgorithm, Signer, der,
};

/// An extension that nobody knows, of a private enterprise number that nobody has.
const UNKNOWN_EXTENSION: &str = "1.3.6.1.4.1.99999.1";
/// The same with a last arc of 2^64, which is more than most readers keep.
const HUGE_EXTENSION: &str = "1.3.6.1.4.1.99999.18446744073709551616";

/// The one thing that is changed of a chain which is otherwise right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Defect {
    /// The end certificate ended so many seconds ago.
    EndedSecondsAgo(u32),
    /// The end certificate begins in so many seconds.
    BeginsInSeconds(u32),
    /// The end certificate is valid for so many seconds more.
    EndsInSeconds(u32),

    /// The names of the end certificate are these.
    Names(Vec<GeneralName>),
    /// The end certificate has no subjectAltName, and this common name.
    CommonNameOnly(String),
    /// The end certificate has so many names more, each where the first one may be.
    ManyNames(u16),

    /// The key of the end certificate is of another kind.
    Key(KeyAlgorithm),
    /// The public key of the end certificate is written in another form.
    Point(PointForm),
    /// The end certificate has no keyUsage.
    NoKeyUsage,
    /// The end certificate has these bits of keyUsage.
    KeyUsage(Vec<KeyUsage>),
    /// The end certificate has extKeyUsage with these purposes.
    ExtendedKeyUsage(Vec<ExtendedKeyUsage>),
    /// The end certificate has a critical extension that nobody knows.
    UnknownCriticalExtension,
    /// The end certificate has an extension, not critical, with so many SEQUENCEs inside each other.
    NestedExtension(u16),
    /// The end certificate has an extension, not critical, whose identifier has an arc of 2^64.
    HugeArc,

    /// The end certificate is signed with another algorithm, by the same key.
    Signature(SignatureAlgorithm),
    /// The end certificate signs itself.
    SelfSigned,
    /// The octets of the end certificate are wrong.
    Damage(Damage),

    /// The chain ends at another trust anchor.
    UntrustedAnchor,
    /// The chain ends at an anchor with the names of the trusted one and another key, which is sent too.
    CopiedAnchor,
    /// The issuer is an end certificate.
    IssuerIsEnd,
    /// The issuer has no keyCertSign.
    IssuerWithoutKeyCertSign,
    /// The issuer has an RSA key, and signs with it.
    RsaIssuer,
    /// The issuer may give any name.
    IssuerUnconstrained,
    /// The issuer may give names in these subtrees alone.
    IssuerPermits(Vec<GeneralName>),
    /// The issuer may not give names in these subtrees, beside what else holds.
    IssuerExcludes(Vec<GeneralName>),
    /// The issuer may give names in so many subtrees more, none of which matters.
    ManySubtrees(u16),
    /// An authority stands below one that allows none.
    BeyondPathLength,
    /// So many authorities stand between trust anchor and end certificate.
    Authorities(u8),

    /// The end certificate alone is sent.
    EndAlone,
    /// The authorities are sent from above, and a certificate of another chain behind them.
    Disordered,
    /// The end certificate of another entity is sent first.
    BehindAnother,
    /// The public key of the end certificate is sent in place of certificates (RFC 7250).
    AsRawKey,
}

impl Defect {
    /// Whether it changes the names of the end certificate, so that an issuer which constrains names would decide.
    pub fn renames(&self) -> bool {
        matches!(self, Self::Names(_) | Self::CommonNameOnly(_))
    }

    /// Whether it depends on what time it is.
    pub fn is_of_time(&self) -> bool {
        matches!(
            self,
            Self::EndedSecondsAgo(_) | Self::BeginsInSeconds(_) | Self::EndsInSeconds(_)
        )
    }

    /// Changes the chain.
    pub fn apply(&self, chain: &mut ChainOrder) -> Result<(), CertificateError> {
        let now = chain.now;
        let end = &mut chain.end;
        match self {
            Self::EndedSecondsAgo(seconds) => {
                end.validity.not_after = now.saturating_sub(duration(*seconds));
                // Also a certificate that ended before the usual beginning was once valid.
                let earlier = end.validity.not_after.saturating_sub(Duration::DAY);
                end.validity.not_before = end.validity.not_before.min(earlier);
            }
            Self::BeginsInSeconds(seconds) => {
                end.validity.not_before = after(now, *seconds);
                let later = end.validity.not_before.saturating_add(Duration::DAY);
                end.validity.not_after = end.validity.not_after.max(later);
            }
            Self::EndsInSeconds(seconds) => end.validity.not_after = after(now, *seconds),

            Self::Names(names) => end.extensions.alternative_names.clone_from(names),
            Self::CommonNameOnly(name) => {
                end.extensions.alternative_names.clear();
                end.subject.common_name = Some(name.clone());
            }
            Self::ManyNames(count) => {
                let names = &mut end.extensions.alternative_names;
                let first = names.first().cloned();
                names.extend((0..*count).map(|number| beside(first.as_ref(), number)));
            }

            Self::Key(algorithm) => end.key = *algorithm,
            Self::Point(form) => end.point = *form,
            Self::NoKeyUsage => end.extensions.key_usage = None,
            Self::KeyUsage(bits) => end.extensions.key_usage = Some(bits.clone()),
            Self::ExtendedKeyUsage(purposes) => {
                end.extensions.extended_key_usage.clone_from(purposes);
            }
            Self::UnknownCriticalExtension => extend(end, UNKNOWN_EXTENSION, true, nested(1))?,
            Self::NestedExtension(levels) => {
                extend(end, UNKNOWN_EXTENSION, false, nested(*levels))?;
            }
            Self::HugeArc => extend(end, HUGE_EXTENSION, false, nested(1))?,

            Self::Signature(algorithm) => end.signature = *algorithm,
            Self::SelfSigned => sign_itself(chain),
            Self::Damage(damage) => end.damage = Some(*damage),

            Self::UntrustedAnchor => untrusted(chain),
            Self::CopiedAnchor => copied(chain),
            Self::IssuerIsEnd => {
                let issuer = chain.other_end();
                chain.authorities.push(issuer);
            }
            Self::IssuerWithoutKeyCertSign => {
                with_issuer(chain, |issuer| {
                    issuer.extensions.key_usage = Some(vec![KeyUsage::DigitalSignature]);
                });
            }
            Self::RsaIssuer => {
                end.signature = SignatureAlgorithm::RsaSha256;
                with_issuer(chain, |issuer| issuer.key = KeyAlgorithm::Rsa2048);
            }
            Self::IssuerUnconstrained => {
                with_issuer(chain, |issuer| issuer.extensions.name_constraints = None);
            }
            Self::IssuerPermits(subtrees) => with_constraints(chain, |constraints| {
                constraints.permitted.clone_from(subtrees);
            }),
            Self::IssuerExcludes(subtrees) => with_constraints(chain, |constraints| {
                constraints.excluded.extend(subtrees.iter().cloned());
            }),
            Self::ManySubtrees(count) => with_constraints(chain, |constraints| {
                constraints.excluded.extend((0..*count).map(elsewhere));
            }),
            Self::BeyondPathLength => beyond_path_length(chain),
            Self::Authorities(count) => lengthen(chain, *count),

            Self::EndAlone => chain.presentation = Presentation::EndAlone,
            Self::Disordered => chain.presentation = Presentation::Disordered,
            Self::BehindAnother => chain.presentation = Presentation::BehindAnother,
            Self::AsRawKey => chain.presentation = Presentation::RawKey,
        }
        Ok(())
    }
}

fn duration(seconds: u32) -> Duration {
    Duration::seconds(i64::from(seconds))
}

fn after(now: OffsetDateTime, seconds: u32) -> OffsetDateTime {
    now.saturating_add(duration(seconds))
}

/// Another name in the subtrees of the first one.
fn beside(first: Option<&GeneralName>, number: u16) -> GeneralName {
    match first {
        Some(GeneralName::Dns(name)) => GeneralName::Dns(format!("name-{number:05}.{name}")),
        Some(GeneralName::Uri(uri)) => GeneralName::Uri(format!("{uri}-{number:05}")),
        _ => GeneralName::Email(format!("name-{number:05}@elsewhere.example")),
    }
}

/// A domain name below one that nobody has (RFC 2606, 2).
fn elsewhere(number: u16) -> GeneralName {
    GeneralName::Dns(format!("subtree-{number:05}.elsewhere.example"))
}

fn extend(
    end: &mut CertificateOrder,
    identifier: &str,
    critical: bool,
    value: Vec<u8>,
) -> Result<(), CertificateError> {
    end.extensions.further.push(FurtherExtension {
        identifier: identifier.parse()?,
        critical,
        value,
    });
    Ok(())
}

/// So many SEQUENCEs, each the whole content of the one around it.
fn nested(levels: u16) -> Vec<u8> {
    (0..levels).fold(Vec::new(), |inner, _| der::sequence([inner]))
}

/// What stands above does not matter then, and is not sent.
fn sign_itself(chain: &mut ChainOrder) {
    chain.end.signer = Signer::Itself;
    chain.presentation = Presentation::EndAlone;
}

/// Another anchor, and another authority under it: that of the trusted chain may be known to the IUT.
fn untrusted(chain: &mut ChainOrder) {
    for authority in &mut chain.authorities {
        let label = format!("{} untrusted", authority.label);
        authority.subject = DistinguishedName::of_tester(&label);
        authority.label.clone_from(&label);
        authority.key_label = label;
        authority.made = None;
    }
}

/// Everything but the keys stays, the key identifiers too.
fn copied(chain: &mut ChainOrder) {
    for authority in &mut chain.authorities {
        authority.key_label = format!("{} copied", authority.key_label);
        authority.made = None;
    }
    chain.presentation = Presentation::WithAnchor;
}

fn with_issuer(chain: &mut ChainOrder, change: impl FnOnce(&mut CertificateOrder)) {
    if let Some(issuer) = chain.authorities.last_mut() {
        change(issuer);
    }
}

fn with_constraints(chain: &mut ChainOrder, change: impl FnOnce(&mut NameConstraints)) {
    with_issuer(chain, |issuer| {
        change(
            issuer
                .extensions
                .name_constraints
                .get_or_insert_with(NameConstraints::default),
        );
    });
}

fn beyond_path_length(chain: &mut ChainOrder) {
    let Some(issuer) = chain.authorities.last_mut() else {
        return;
    };
    let below = below(issuer, "below");
    issuer.extensions.basic_constraints = Some(BasicConstraints {
        authority: true,
        path_length: Some(0),
    });
    chain.authorities.push(below);
}

fn lengthen(chain: &mut ChainOrder, count: u8) {
    let Some(issuer) = chain.authorities.last().cloned() else {
        return;
    };
    let wanted = usize::from(count) + 1;
    let there = chain.authorities.len();
    chain.authorities.truncate(wanted);
    chain
        .authorities
        .extend((there..wanted).map(|number| below(&issuer, &number.to_string())));
}

/// An authority as that one, with a name and a key of its own.
fn below(authority: &CertificateOrder, suffix: &str) -> CertificateOrder {
    let constraints = authority.extensions.name_constraints.clone();
    CertificateOrder::authority(&format!("{} {suffix}", authority.label), constraints)
}
