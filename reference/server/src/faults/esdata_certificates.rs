//! To which certificates a Source encrypts (TS-0003 V3.18.0, 8.5.2.2.4).

use onem2m_association::{CertificateDefect, PathDefect};

use super::Fault;
use crate::application::esdata::certificates;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsDataCertificateUntrusted",
        requirement: "TS-0003/8.5.2.2.4.2/1",
        summary: "a certificate is trusted because it stands in e2eSecInfo of the Target",
        apply: |clauses| {
            clauses.esdata.path = |anchors, certificate, others, now| match certificates::path(
                anchors,
                certificate,
                others,
                now,
            ) {
                Err(CertificateDefect::Path(
                    PathDefect::UnknownIssuer | PathDefect::SelfSigned,
                )) => Ok(()),
                judged => judged,
            };
        },
    },
    Fault {
        name: "EsDataCertificateExpired",
        requirement: "TS-0003/8.5.2.2.4.1/1",
        summary: "certificates to encrypt to have no end",
        apply: |clauses| {
            clauses.esdata.path = |anchors, certificate, others, now| match certificates::path(
                anchors,
                certificate,
                others,
                now,
            ) {
                Err(CertificateDefect::Path(PathDefect::Expired)) => Ok(()),
                judged => judged,
            };
        },
    },
    Fault {
        name: "EsDataCertificateOfAnother",
        requirement: "TS-0003/8.5.2.2.4.1/1",
        summary: "whose certificate it is that content is encrypted to is not looked at",
        apply: |clauses| clauses.esdata.belongs = |_, _| true,
    },
    Fault {
        name: "EsDataCertificateForSignatures",
        requirement: "TS-0003/8.5.2.2.4.1/2",
        summary: "content is encrypted to keys that are for signatures alone",
        apply: |clauses| clauses.esdata.encrypts = |_| true,
    },
];
