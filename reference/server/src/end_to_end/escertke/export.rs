//! The key that both ends export (TS-0003 V3.18.0, 10.3.1).

use onem2m_association::{ServerSession, Session};
use onem2m_identity::Entity;
use onem2m_keys::{CertificateExchange, EXPORTED_LENGTH, ExporterLabel, HexCase, Suid};
use zeroize::Zeroizing;

use crate::end_to_end::pairs::{Pair, Pairs};

/// A symmetric key for ESPrim that certificates established (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
pub(crate) const BY_CERTIFICATES: Suid = Suid(43);

/// 48 octets by the label of ESCertKE, without a context.
pub(crate) fn exported(session: &ServerSession) -> Option<Zeroizing<[u8; EXPORTED_LENGTH]>> {
    labelled(session, ExporterLabel::EsCertKe)
}

/// 48 octets by a label, without a context.
pub(crate) fn labelled(
    session: &ServerSession,
    label: ExporterLabel,
) -> Option<Zeroizing<[u8; EXPORTED_LENGTH]>> {
    let octets = session.export(label.as_str(), EXPORTED_LENGTH).ok()?;
    let mut exported = Zeroizing::new([0; EXPORTED_LENGTH]);
    for (slot, octet) in exported.iter_mut().zip(octets.iter()) {
        *slot = *octet;
    }
    Some(exported)
}

/// The identifier and the key in what was exported; the identifier as the digits of its octets, since no clause gives it a text
/// form.
pub(crate) fn pair(exported: &[u8; EXPORTED_LENGTH], entity: &Entity) -> Pair {
    of_exchange(&CertificateExchange::from_exported(exported), entity)
}

/// The same of an exchange that is read.
pub(crate) fn of_exchange(exchange: &CertificateExchange, entity: &Entity) -> Pair {
    Pair {
        id: exchange.key_id.to_text(HexCase::Lower),
        key: (&exchange.key).into(),
        entity: entity.clone(),
        expires: None,
        usage: BY_CERTIFICATES,
    }
}

/// Keeps a pair in the place of the one that the same entity had established before.
pub(crate) fn keep(pairs: &Pairs, pair: Pair) -> bool {
    pairs.renew(pair).is_ok()
}
