//! Faults of the names in certificates.

use super::case::{Case, OTHER, REFUSED, SERVED, ae1, ae2, ae3, cse, node};
use super::client::{domain, ordered, uri};
use crate::authority::{Name, Order};
use crate::provisioned::{AE_URI, NODE, REGISTREE};
use onem2m_association::Transport::Tls;

pub const NAMES: &[Case] = &[
    (
        "CseNameInCommonName",
        |all| all.with_order(Tls, Order::leaf(&[]).without_names().subject(REGISTREE)),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameInUri",
        |all| uri(all, "https://tstcse1.onem2m.example/x"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameByLabel",
        |all| domain(all, "tstcse1"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameByBeginning",
        |all| domain(all, "tstcse1.onem2m.example.org"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameByEnd",
        |all| domain(all, "x.tstcse1.onem2m.example"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameCutAtZero",
        |all| domain(all, "tstcse1.onem2m.example\0.example.org"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameWithDot",
        |all| domain(all, "tstcse1.onem2m.example."),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameFirstOnly",
        |all| ordered(all, &[Name::Domain("x.example"), Name::Domain(REGISTREE)]),
        cse,
        SERVED,
        REFUSED,
    ),
    (
        "CseNameByWildcard",
        |all| domain(all, "*.onem2m.example"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "AeIdInCommonName",
        |all| all.with_order(Tls, Order::leaf(&[]).without_names().subject(AE_URI)),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "AeIdCaseFolded",
        |all| uri(all, "//onem2m.example/id-in/ctpa1"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "AeIdByBeginning",
        |all| uri(all, "//onem2m.example/id-in/CtpA11"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "AeIdByStem",
        |all| uri(all, "//example.org/id-in/CtpA1"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "AeIdDecoded",
        |all| uri(all, "//onem2m.example/id-in/%43tpA1"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "AeIdByWildcard",
        |all| uri(all, "//onem2m.example/id-in/*"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateOfSeveralAes",
        |all| {
            let names = [Name::Uri(AE_URI), Name::Uri("//onem2m.example/id-in/CtpA2")];
            ordered(all, &names)
        },
        ae2,
        REFUSED,
        SERVED,
    ),
    (
        "DeviceByBeginning",
        |all| ordered(all, &[Name::Device(&[0x64, 0x97, 0x56, 0xce, 0x1b, 7])]),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "DeviceWithoutSerialNumber",
        |all| ordered(all, &[Name::Device(&[0x64, 0x97, 0x56, 0xce, 0x1c])]),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "DeviceFirstIdentifierOnly",
        |all| {
            let own = [0x64, 0x97, 0x56, 0xce, 0x1b];
            ordered(all, &[Name::Device(&[1, 2, 3]), Name::Device(&own)])
        },
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "DeviceListCollapsed",
        |all| all.with_device_certificate(Tls),
        ae3,
        SERVED,
        OTHER,
    ),
    (
        "DeviceListForgotten",
        |all| all.with_device_certificate(Tls),
        ae2,
        OTHER,
        SERVED,
    ),
    (
        "NodeListForgotten",
        |all| uri(all, NODE),
        ae2,
        OTHER,
        SERVED,
    ),
    (
        "NodeIdByBeginning",
        |all| uri(all, "urn:gsma:imei:90420156-025763-0;svn=42"),
        node,
        REFUSED,
        SERVED,
    ),
    (
        "NodeIdWithoutLastCharacter",
        |all| uri(all, "urn:gsma:imei:90420156-025763-1"),
        node,
        REFUSED,
        SERVED,
    ),
    (
        "NodeIdByWildcard",
        |all| uri(all, "urn:gsma:imei:*"),
        node,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateFlavourIgnored",
        |all| uri(all, "//tstcse1.onem2m.example"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateNameUnchecked",
        |all| domain(all, "x.onem2m.example"),
        ae1,
        REFUSED,
        SERVED,
    ),
];
