//! Faults of certification paths and of the profile of certificates.

use super::case::{Case, REFUSED, SERVED, ae1, cse};
use super::client::{ae_leaf, changed};
use crate::authority::{self, NOW, Name, Order};
use crate::provisioned::{Provisioned, REGISTREE};
use onem2m_association::ClientConfiguration;
use onem2m_association::Transport::Tls;

pub const PATHS: &[Case] = &[
    (
        "CertificateExpiredAccepted",
        |all| changed(all, |order| order.valid(NOW - 9, NOW - 1)),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateNotYetValidAccepted",
        |all| changed(all, |order| order.valid(NOW + 1, NOW + 9)),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateOfAnyAuthorityAccepted",
        |all| {
            let other = Order::authority("other root").self_signed();
            all.with_own(Tls, ae_leaf().issued_by(&other).with(&[]))
        },
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateSelfSignedAccepted",
        |all| all.with_own(Tls, ae_leaf().self_signed().with(&[])),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateSignatureUnchecked",
        |all| {
            let impostor = Order::authority("root").self_signed();
            all.with_own(Tls, ae_leaf().issued_by(&impostor).with(&[]))
        },
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateOfEndEntityAccepted",
        |all| below(all, Order::leaf(&[]).subject("somebody").without_usage()),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificatePathLengthUnchecked",
        |all| {
            let first = Order::authority("first")
                .path_length(0)
                .issued_by(&all.root);
            let second = Order::authority("second").issued_by(&first);
            all.with_own(Tls, ae_leaf().issued_by(&second).with(&[&second, &first]))
        },
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateNameConstraintsUnchecked",
        |all| {
            let issuer = Order::authority("issuer").domain_constraint(true, "example.org");
            let issuer = issuer.issued_by(&all.root);
            let leaf = Order::leaf(&[Name::Domain(REGISTREE)]);
            all.with_own(Tls, leaf.issued_by(&issuer).with(&[&issuer]))
        },
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateCriticalExtensionIgnored",
        |all| changed(all, Order::unknown_critical),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificatePurposeUnchecked",
        |all| changed(all, |order| order.purpose(1)),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateUsageUnchecked",
        |all| changed(all, |order| order.usage(authority::KEY_AGREEMENT)),
        ae1,
        REFUSED,
        SERVED,
    ),
];

/// AE1 with a certificate of this issuer, whom the authority certified.
fn below(all: &Provisioned, issuer: Order) -> ClientConfiguration {
    let issuer = issuer.issued_by(&all.root);
    all.with_own(Tls, ae_leaf().issued_by(&issuer).with(&[&issuer]))
}
