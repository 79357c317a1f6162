//! Certificates in the place of certificates (TS-0003 V3.18.0, 8.3.6.2.3).

use super::super::desk::Desk;
use super::super::line::Line;
use super::enrolment::judge;
use super::exchange::{otherwise, signed};
use crate::catalogue::behaviour::{Fixture, Party, Role};
use crate::purposes::sae::holder;
use crate::purposes::stop::Stop;
use crate::tester::certificate::{ExtendedKeyUsage, KeyAlgorithm, KeyPair};
use crate::tester::handshake::Credential;
use crate::verdict::Cause;
use std::sync::Arc;

const SENT: Role = Role::Stimulus;
const RENEWAL: &str = "simplereenroll";

/// EST/012: who shows a certificate of the MEF gets another one, and nobody else.
pub async fn renews(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let first = first(desk).await?;
    let other = desk.fresh(KeyAlgorithm::P256, "new-key")?;
    let mut line = first.line(desk, "same-key", SENT).await?;
    renewed(desk, &mut line, "same-key", SENT, &first.key).await?;
    renewed(desk, &mut line, "new-key", SENT, &other).await?;
    let mut line = first.line(desk, "twin", Role::Twin).await?;
    renewed(desk, &mut line, "twin", Role::Twin, &first.key).await?;
    refused(
        desk,
        &mut line,
        "other-usage",
        Some(ExtendedKeyUsage::ServerAuth),
    )
    .await?;
    let mut line = desk
        .line("by-key: session", Role::SetUp, Party::Source)
        .await?;
    refused(desk, &mut line, "by-key", None).await?;
    match holder(desk.world, Fixture::AeCertificate) {
        Ok(holder) => {
            let mut handshake = desk.handshake("by-another-certificate", Party::Source)?;
            handshake.credential = holder.credential;
            let step = "by-another-certificate: session";
            let mut line = desk
                .line_by(step, Role::SetUp, Party::Source, &handshake)
                .await?;
            refused(desk, &mut line, "by-another-certificate", None).await?;
        }
        Err(_) => desk
            .world
            .note("the profile has no AE-ID certificate of another authority".into()),
    }
    let mut line = first.line(desk, "read-back", Role::ReadBack).await?;
    renewed(desk, &mut line, "read-back", Role::ReadBack, &first.key).await
}

/// A certificate of the MEF, and its key.
struct First {
    certificate: Vec<u8>,
    key: KeyPair,
}

impl First {
    async fn line<'a>(
        &self,
        desk: &Desk<'_, 'a>,
        step: &str,
        role: Role,
    ) -> Result<Line<'a>, Stop> {
        let mut handshake = desk.handshake(step, Party::Source)?;
        handshake.credential = Credential::Certificates {
            chain: vec![self.certificate.clone()],
            key: Arc::new(self.key.clone()),
        };
        desk.line_by(&format!("{step}: session"), role, Party::Source, &handshake)
            .await
    }
}

async fn first(desk: &Desk<'_, '_>) -> Result<First, Stop> {
    let (step, role) = ("first", Role::SetUp);
    let mut line = desk.line(step, role, Party::Source).await?;
    let attributes = desk.attributes(&mut line, "first: csrattrs", role).await?;
    let key = desk.fresh(KeyAlgorithm::P256, step)?;
    let request = desk.signing_request(vec![desk.name(Party::Source)], &attributes);
    let request = signed(step, &request, &key)?;
    let certificate = desk
        .certified(&mut line, step, role, "simpleenroll", &request)
        .await?;
    Ok(First { certificate, key })
}

async fn renewed<'a>(
    desk: &Desk<'_, 'a>,
    line: &mut Line<'a>,
    step: &str,
    role: Role,
    key: &KeyPair,
) -> Result<(), Stop> {
    let authorities = desk
        .authorities(line, &format!("{step}: cacerts"), role)
        .await?;
    let attributes = desk
        .attributes(line, &format!("{step}: csrattrs"), role)
        .await?;
    let name = desk.name(Party::Source);
    let request = desk.signing_request(vec![name.clone()], &attributes);
    let request = signed(step, &request, key)?;
    let certificate = desk.certified(line, step, role, RENEWAL, &request).await?;
    judge(step, role, &certificate, key, &name, &authorities)
}

async fn refused<'a>(
    desk: &Desk<'_, 'a>,
    line: &mut Line<'a>,
    step: &str,
    usage: Option<ExtendedKeyUsage>,
) -> Result<(), Stop> {
    let before = format!("{step}: csrattrs");
    let attributes = desk.attributes(line, &before, Role::SetUp).await?;
    let mut request = desk.signing_request(vec![desk.name(Party::Source)], &attributes);
    request.extensions.extended_key_usage.extend(usage);
    let key = desk.fresh(KeyAlgorithm::P256, step)?;
    let request = signed(step, &request, &key)?;
    let told = desk.enrol_by(line, step, SENT, RENEWAL, &request).await?;
    match told.is_refused() {
        true => Ok(()),
        false => Err(otherwise(
            step,
            SENT,
            Cause::WrongDecision,
            "HTTP 4xx",
            &told,
        )),
    }
}
