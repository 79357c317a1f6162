use openssl::error::ErrorStack;
use openssl::stack::Stack;
use openssl::x509::verify::X509VerifyParam;
use openssl::x509::{X509, X509StoreContext};
use openssl_sys as sys;
use time::OffsetDateTime;

use super::{CertificateDefect, PathDefect, Trust};
use crate::context;

/// Whether certificates, the first of them at the end of the path, lead to one of these anchors at a moment (RFC 5280, 6.1):
/// for signatures outside any association.
pub fn validate_path(
    anchors: &[Vec<u8>],
    presented: &[Vec<u8>],
    at: OffsetDateTime,
) -> Result<(), CertificateDefect> {
    let certificates = presented
        .iter()
        .map(|der| X509::from_der(der))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| CertificateDefect::Malformed)?;
    let (end, further) = certificates
        .split_first()
        .ok_or(CertificateDefect::Malformed)?;
    let failed = |_: ErrorStack| PathDefect::Other(sys::X509_V_ERR_UNSPECIFIED);
    let mut rest = Stack::new().map_err(failed)?;
    for certificate in further {
        rest.push(certificate.clone()).map_err(failed)?;
    }
    let mut parameters = X509VerifyParam::new().map_err(failed)?;
    parameters.set_time(at.unix_timestamp());
    let trust = Trust {
        anchors: anchors.to_vec(),
        ..Trust::default()
    };
    let mut store =
        context::store(&trust).map_err(|_| PathDefect::Other(sys::X509_V_ERR_UNSPECIFIED))?;
    store.set_param(&parameters).map_err(failed)?;
    let mut context = X509StoreContext::new().map_err(failed)?;
    let judged = context.init(&store.build(), end, &rest, |context| {
        Ok(match context.verify_cert()? {
            true => Ok(()),
            false => Err(PathDefect::from_openssl(context.error().as_raw())),
        })
    });
    judged.map_err(failed)?.map_err(Into::into)
}
