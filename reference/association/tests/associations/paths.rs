//! Paths to certificates that nobody showed in a handshake.

use onem2m_association::{Certificate, CertificateDefect, PathDefect, validate_path};
use time::OffsetDateTime;

use crate::support::authority::{KEY_AGREEMENT, NOW, Name, Order};

const DAY: i64 = 24 * 60 * 60;

fn certificate_path(
    anchors: &[Vec<u8>],
    certificate: &[u8],
    others: &[Vec<u8>],
    at: OffsetDateTime,
) -> Result<(), CertificateDefect> {
    let presented = [&[certificate.to_vec()], others].concat();
    validate_path(anchors, &presented, at)
}

fn leaf() -> Order {
    Order::leaf(&[Name::Uri("https://sp.example/S1")])
}

fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(NOW).unwrap()
}

#[test]
fn path_leads_from_an_anchor_directly_and_by_an_authority() {
    let anchor = Order::authority("anchor").self_signed();
    let authority = Order::authority("authority").issued_by(&anchor);
    let (near, far) = (leaf().issued_by(&anchor), leaf().issued_by(&authority));
    let anchors = [anchor.der()];
    assert_eq!(certificate_path(&anchors, &near.der(), &[], now()), Ok(()));
    let others = [authority.der()];
    let judged = certificate_path(&anchors, &far.der(), &others, now());
    assert_eq!(judged, Ok(()));
    let judged = certificate_path(&anchors, &far.der(), &[], now());
    assert_eq!(judged, Err(PathDefect::UnknownIssuer.into()));
}

#[test]
fn certificate_that_ended_or_signs_itself_or_is_of_somebody_else_has_none() {
    let anchor = Order::authority("anchor").self_signed();
    let stranger = Order::authority("anchor").self_signed();
    let anchors = [anchor.der()];
    let ended = leaf().valid(NOW - 2 * DAY, NOW - DAY).issued_by(&anchor);
    for (holder, defect) in [
        (ended, PathDefect::Expired),
        (leaf().self_signed(), PathDefect::SelfSigned),
        (leaf().issued_by(&stranger), PathDefect::Signature),
    ] {
        let judged = certificate_path(&anchors, &holder.der(), &[], now());
        assert_eq!(judged, Err(defect.into()));
    }
    let judged = certificate_path(&anchors, b"nothing", &[], now());
    assert_eq!(judged, Err(CertificateDefect::Malformed));
}

#[test]
fn what_a_key_is_for_is_read() {
    let anchor = Order::authority("anchor").self_signed();
    let agrees = leaf().usage(KEY_AGREEMENT).issued_by(&anchor);
    for (holder, expected) in [(agrees, true), (leaf().issued_by(&anchor), false)] {
        let read = Certificate::parse(&holder.der()).unwrap();
        assert_eq!(read.key_agreement, Some(expected));
        assert_eq!(read.digital_signature, Some(!expected));
    }
}
