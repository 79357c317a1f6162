//! Enrolment by certificates and by raw public keys (TS-0003 V3.18.0, 8.3.2.2).

use super::super::answers::unserved;
use super::super::desk::Desk;
use super::super::deviations::ALERTS;
use super::super::handshakes::names_itself;
use super::{Enrolled, FOR_MAF, SENT, is_of};
use crate::catalogue::behaviour::{Ends, Fixture, Party, Role};
use crate::purposes::sae::{compare, holder, spoilt};
use crate::purposes::stop::Stop;
use crate::tester::handshake::conduct::Message;
use crate::tester::handshake::{Conduct, Credential};
use crate::verdict::Reason;
use serde_json::{Value, json};

/// The flavours of certificates (TS-0003 V3.18.0, 10.1.1).
const CERTIFICATES: [(&str, Fixture); 4] = [
    ("ae-id", Fixture::AeCertificate),
    ("cse-id", Fixture::CseCertificate),
    ("device", Fixture::DeviceCertificate),
    ("node-id", Fixture::NodeCertificate),
];

/// Whoever enrols by a credential that stands for one entity.
struct Enrolee {
    name: &'static str,
    fixture: Fixture,
    credential: Credential,
    entity: String,
}

impl<'a> Desk<'_, 'a> {
    /// Those that the profile has of these credentials.
    fn enrolees(&mut self, fixtures: &[(&'static str, Fixture)]) -> Result<Vec<Enrolee>, Stop> {
        let mut enrolees = Vec::new();
        for (name, fixture) in fixtures {
            let Ok(holder) = holder(self.world, *fixture) else {
                continue;
            };
            match <[String; 1]>::try_from(holder.entities) {
                Ok([entity]) => enrolees.push(Enrolee {
                    name,
                    fixture: *fixture,
                    credential: holder.credential,
                    entity,
                }),
                Err(_) => self
                    .world
                    .note(format!("{name}: it does not stand for one entity")),
            }
        }
        match enrolees.is_empty() {
            false => Ok(enrolees),
            true => {
                let detail = "no such credential of the profile stands for one entity";
                Err(Stop::inconclusive("credential", Reason::TestBed, detail))
            }
        }
    }

    /// The target fetches what the tester derives of the session, and is told whose it is.
    async fn enrols(&mut self, step: &str, role: Role, enrolee: &Enrolee) -> Result<(), Stop> {
        let mut handshake = self.handshake(step, Party::Source)?;
        handshake.credential = enrolee.credential.clone();
        let line = self.line_by(step, role, Party::Source, &handshake).await?;
        let enrolled = self.bootstrap_over(step, role, line).await?;
        let step = format!("{step}: fetch");
        let (answer, members) = self.fetches(&step, role, &enrolled, FOR_MAF).await?;
        is_of(self, (&step, role), &answer, &members, &enrolee.entity)
    }

    /// A session that authenticates nobody does not come about; if it does, it leaves no Enrolment Key.
    async fn enrols_nobody(
        &mut self,
        step: &str,
        credential: Credential,
        conduct: Conduct,
    ) -> Result<(), Stop> {
        let mut handshake = self.handshake(step, Party::Source)?;
        handshake.credential = credential;
        handshake.conduct = conduct;
        let attempt = self.attempt(step, SENT, &handshake).await?;
        if !attempt.end.is_established() {
            compare(step, &Ends::Refused(ALERTS.to_vec()), &attempt.end)?;
            return Ok(());
        }
        let exporter = attempt.seen.exporter.clone();
        let mut line = Self::over(step, SENT, Party::Source, attempt)?;
        let admin = self.service.stakeholder.clone();
        let parameters = self.client_parameters(step, &admin)?;
        let request = self.register_client(parameters);
        let answer = self.ask(&mut line, step, SENT, request).await?;
        self.keep(Party::Source, &answer);
        unserved(step, SENT, &answer)?;
        let missing = || Stop::error(step, "nothing is exported");
        let enrolled: Enrolled = self.enrolled(step, &exporter.ok_or_else(missing)?)?;
        let step = format!("{step}: fetch");
        let fetched = self.fetch(Party::Target, &step, SENT, &enrolled.id, FOR_MAF);
        let answer = fetched.await?;
        self.withheld(&step, &answer, &enrolled)
    }
}

/// CERT/001: each flavour of certificate leads to an Enrolment Key of the entity that it stands for.
pub async fn of_certificates(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    for enrolee in desk.enrolees(&CERTIFICATES)? {
        desk.enrols(enrolee.name, SENT, &enrolee).await?;
    }
    Ok(())
}

/// CERT/002: so does a raw public key that the MEF was told, and no other one.
pub async fn of_raw_public_keys(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let enrolees = desk.enrolees(&[("raw-public-key", Fixture::RawKey)])?;
    for enrolee in &enrolees {
        desk.enrols("twin", Role::Twin, enrolee).await?;
    }
    let other = holder(desk.world, Fixture::UnboundRawKey)?;
    desk.enrols_nobody("other-key", other.credential, Conduct::default())
        .await?;
    for enrolee in &enrolees {
        desk.enrols("read-back", Role::ReadBack, enrolee).await?;
    }
    Ok(())
}

/// CERT/003: no certificate at all, and certificates that do not validate or name nobody whom the MEF was told.
pub async fn none_of_wrong_certificates(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let enrolees = desk.enrolees(&CERTIFICATES)?;
    for enrolee in &enrolees {
        let twin = format!("twin: {}", enrolee.name);
        desk.enrols(&twin, Role::Twin, enrolee).await?;
        let nothing = Conduct {
            flight: Some(vec![
                Message::EmptyCertificate,
                Message::ClientKeyExchange,
                Message::ChangeCipherSpec,
                Message::Finished,
            ]),
            ..Conduct::default()
        };
        let step = format!("{}: none", enrolee.name);
        desk.enrols_nobody(&step, enrolee.credential.clone(), nothing)
            .await?;
        for (defect, value) in defects() {
            let step = format!("{}: {defect}", enrolee.name);
            let wrong = spoilt(desk.world, &step, enrolee.fixture, &value, None)?;
            desk.enrols_nobody(&step, wrong, Conduct::default()).await?;
        }
        let read_back = format!("read-back: {}", enrolee.name);
        desk.enrols(&read_back, Role::ReadBack, enrolee).await?;
    }
    Ok(())
}

/// What may be wrong with a certificate of any flavour.
fn defects() -> [(&'static str, Value); 4] {
    [
        ("expired", json!({ "ended_seconds_ago": 1 })),
        ("other-authority", json!("untrusted_anchor")),
        (
            "other-name",
            json!({ "names": [{ "same": "{last-changed}" }] }),
        ),
        ("name-in-subject", json!({ "common_name_only": "{name}" })),
    ]
}

/// CERT/004: the certificate of the MEF has the profile of its flavour, and its FQDN without a wildcard.
pub async fn shows_its_certificate(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    for enrolee in desk.enrolees(&CERTIFICATES)? {
        let mut handshake = desk.handshake(enrolee.name, Party::Source)?;
        handshake.credential = enrolee.credential;
        names_itself(desk, enrolee.name, &handshake).await?;
    }
    Ok(())
}
