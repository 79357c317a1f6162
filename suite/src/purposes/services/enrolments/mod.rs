//! Enrolment Keys, and keys that an Enrolment Target fetches (TS-0003 V3.18.0, 8.3.2.1, 10.3.1, 10.3.4, 10.3.7 and 10.7).

mod certified;

pub use certified::{
    none_of_wrong_certificates, of_certificates, of_raw_public_keys, shows_its_certificate,
};

use super::answers::{equal, granted, is_refused, members, text, wrong};
use super::desk::{Desk, Shown};
use super::line::Line;
use super::requests::octets;
use super::shown_key::shows;
use crate::catalogue::behaviour::{Ends, Party, Role};
use crate::purposes::answer::Answer;
use crate::purposes::sae::compare;
use crate::purposes::stop::Stop;
use crate::tester::handshake::conduct::{IdentityChange, KeyChange};
use crate::tester::handshake::{Conduct, conduct};
use crate::verdict::{Cause, Judgement, Reason};
use onem2m_keys::{
    EXPORTED_LENGTH, Enrolment, EnrolmentKey, ExporterLabel, MasterCredential, Suid, SuidEncoding,
    UsageConstrainedKey,
};
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};
use time::Duration;
use zeroize::Zeroizing;

const SENT: Role = Role::Stimulus;

/// Usages of keys that the target may fetch, and one of which it may not (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
const FOR_MAF: Suid = Suid(21);
const FOR_ESPRIM: Suid = Suid(23);

/// Alerts by which a wrong key or identity is refused; another one is noted (RFC 4279, 2).
const ALERTS: [u8; 4] = [20, 50, 51, 115];

/// The longest Enrolment Expiry for which the tester waits.
const LONGEST: u64 = 30;

/// What a bootstrap left.
struct Enrolled {
    /// KeID.
    id: String,
    key: EnrolmentKey,
}

impl<'a> Desk<'_, 'a> {
    fn target_fqdn(&self) -> Result<&'a str, Stop> {
        let missing = || {
            let detail = "the profile states no mef.target_fqdn";
            Stop::inconclusive("target", Reason::TestBed, detail)
        };
        self.service.target_fqdn.as_deref().ok_or_else(missing)
    }

    /// The source goes through the bootstrap handshake.
    async fn bootstrap(&self, step: &str, role: Role) -> Result<Enrolled, Stop> {
        let line = self.line(step, role, Party::Source).await?;
        self.bootstrap_over(step, role, line).await
    }

    /// What a session leaves, once its handshake has ended.
    async fn bootstrap_over(
        &self,
        step: &str,
        role: Role,
        mut line: Line<'a>,
    ) -> Result<Enrolled, Stop> {
        // Whoever answers within the session has ended the handshake too. What it answers does not matter.
        let request = Request::retrieve(self.service.names.base.clone());
        let awaited = format!("{step}: any answer");
        self.ask(&mut line, &awaited, role, request).await?;
        let exporter = line.exporter.as_ref();
        let exported = exporter.map(|exporter| self.enrolled(step, exporter));
        exported.ok_or_else(|| Stop::error(step, "nothing is exported"))?
    }

    /// KeID and Ke of a session.
    fn enrolled(
        &self,
        step: &str,
        exporter: &crate::tester::handshake::Exporter,
    ) -> Result<Enrolled, Stop> {
        let mut octets = Zeroizing::new([0; EXPORTED_LENGTH]);
        let label = ExporterLabel::Bootstrap.as_str();
        exporter
            .export(label, None, octets.as_mut_slice())
            .map_err(|error| Stop::error(step, error.to_string()))?;
        let Enrolment {
            relative_ke_id,
            key,
        } = Enrolment::from_exported(&octets);
        let digits = relative_ke_id.0.iter().map(|octet| format!("{octet:02x}"));
        let digits: String = digits.collect();
        Ok(Enrolled {
            id: format!("{digits}@{}", self.service.fqdn),
            key,
        })
    }

    fn fetching(&self, id: &str, suid: &str) -> Request {
        Request::retrieve(format!("{}/{id}/{suid}", self.service.names.fetch))
    }

    /// A party fetches a key; From is the FQDN of the target.
    async fn fetch(
        &self,
        party: Party,
        step: &str,
        role: Role,
        id: &str,
        suid: Suid,
    ) -> Result<Answer, Stop> {
        let from = match party {
            Party::Target => self.target_fqdn()?.to_owned(),
            _ => self.id(party),
        };
        self.fetch_as(party, &from, step, role, (id, &suid.0.to_string()))
            .await
    }

    /// A party fetches the key with an identifier for a usage, with any From.
    async fn fetch_as(
        &self,
        party: Party,
        from: &str,
        step: &str,
        role: Role,
        (id, suid): (&str, &str),
    ) -> Result<Answer, Stop> {
        let mut line = self.line(step, role, party).await?;
        let request = self.fetching(id, suid);
        self.ask_as(&mut line, step, role, request, from, |_| {})
            .await
    }

    /// The members of a success response, and its Credential.
    fn credential_in(&self, step: &str, role: Role, answer: &Answer) -> Result<Shown, Stop> {
        granted(step, role, answer)?;
        let names = &self.service.names;
        let members = members(step, role, answer, &names.fetched)?;
        equal(step, role, answer, &members, (&names.status, &json!(true)))?;
        let credential = text(step, role, answer, &members, &names.credential)?;
        match octets(&credential) {
            Some(octets) => Ok((members, Zeroizing::new(octets))),
            None => {
                let expected = "a Credential in base64";
                let cause = Cause::MalformedAnswer;
                Err(wrong(step, role, cause, expected, "another text", answer))
            }
        }
    }

    /// The failure response: Status False and an ErrorString.
    fn failed(&self, step: &str, role: Role, answer: &Answer) -> Result<(), Stop> {
        if answer.primitive().is_none() || (answer.is_undecided() && !is_refused(answer)) {
            return granted(step, role, answer);
        }
        let names = &self.service.names;
        let members = members(step, role, answer, &names.fetched)?;
        equal(step, role, answer, &members, (&names.status, &json!(false)))?;
        text(step, role, answer, &members, &names.error_string)?;
        match members.contains_key(&names.credential) {
            false => Ok(()),
            true => {
                let cause = Cause::Leak;
                Err(wrong(step, role, cause, "no Credential", "one", answer))
            }
        }
    }

    /// The key that the target has to get.
    fn derived(&self, key: &EnrolmentKey, suid: Suid) -> Result<Vec<u8>, Stop> {
        let facts = self.world.facts();
        let reading = facts.pixit.get("PIXIT_SUID_ENCODING").map(String::as_str);
        let encoding = match reading {
            Some("one-octet") => SuidEncoding::OneOctet,
            Some("four-octets") => SuidEncoding::FourOctets,
            _ => SuidEncoding::DecimalText,
        };
        let fqdn = self.target_fqdn()?;
        let derived = UsageConstrainedKey::derive(key, suid, encoding, fqdn);
        Ok(derived.octets().to_vec())
    }

    /// The target fetches a key, which has to be that of 10.3.7.
    async fn fetches(
        &self,
        step: &str,
        role: Role,
        enrolled: &Enrolled,
        suid: Suid,
    ) -> Result<(Answer, Map<String, Value>), Stop> {
        let answer = self
            .fetch(Party::Target, step, role, &enrolled.id, suid)
            .await?;
        let (members, credential) = self.credential_in(step, role, &answer)?;
        if credential.as_slice() == self.derived(&enrolled.key, suid)? {
            return Ok((answer, members));
        }
        let competing = MasterCredential::derive(&enrolled.key, self.target_fqdn()?);
        if credential.as_slice() == competing.octets() {
            let detail = "the key is that of 10.3.2, to which no procedure refers";
            return Err(Stop::inconclusive(step, Reason::Precondition, detail));
        }
        let expected = "the key of 10.3.7 for the SUID encoding that the profile states";
        let cause = Cause::WrongDecision;
        Err(wrong(step, role, cause, expected, "another key", &answer))
    }

    /// The twin of a refusal: a bootstrap, and a fetch of its key.
    async fn twin(&self) -> Result<Enrolled, Stop> {
        let enrolled = self.bootstrap("twin", Role::Twin).await?;
        self.fetches("twin: fetch", Role::Twin, &enrolled, FOR_MAF)
            .await?;
        Ok(enrolled)
    }

    /// The service goes on.
    async fn goes_on(&self) -> Result<(), Stop> {
        let role = Role::ReadBack;
        let enrolled = self.bootstrap("read-back", role).await?;
        self.fetches("read-back: fetch", role, &enrolled, FOR_MAF)
            .await?;
        Ok(())
    }

    /// It has to be the failure response, and to tell nothing of the key.
    fn withheld(&self, step: &str, answer: &Answer, enrolled: &Enrolled) -> Result<(), Stop> {
        self.tells_nothing(step, answer, enrolled)?;
        self.failed(step, SENT, answer)
    }

    /// No octets of the key are in an answer.
    fn tells_nothing(&self, step: &str, answer: &Answer, enrolled: &Enrolled) -> Result<(), Stop> {
        let shown = answer
            .content()
            .map(ToString::to_string)
            .unwrap_or_default();
        let key = self.derived(&enrolled.key, FOR_MAF)?;
        match shows(&shown, &key) || shows(&shown, enrolled.key.octets()) {
            false => Ok(()),
            true => {
                let judgement = Judgement::fail(Cause::Leak, "no octets of a key", "some");
                Err(Stop::Judged(judgement.at(step)))
            }
        }
    }
}

/// PSK/001: the target fetches what the tester derives.
pub async fn is_derived(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let enrolled = desk.bootstrap("bootstrap", SENT).await?;
    let step = "fetch";
    let (answer, members) = desk.fetches(step, SENT, &enrolled, FOR_MAF).await?;
    let entity = desk.provisioned(Party::Source).entity.clone();
    is_of(
        desk,
        (step, SENT),
        &answer,
        &members,
        &entity.unwrap_or_default(),
    )?;
    is_within_enrolment(desk, step, &answer, &members)
}

/// EnroleeID is the entity, in the form in which it was told or in its absolute form.
fn is_of(
    desk: &mut Desk<'_, '_>,
    (step, role): (&str, Role),
    answer: &Answer,
    members: &Map<String, Value>,
    entity: &str,
) -> Result<(), Stop> {
    let name = &desk.service.names.enrolee_id;
    let enrolee = text(step, role, answer, members, name)?;
    let expected = desk.absolute(entity);
    if enrolee != expected && enrolee != entity {
        let cause = Cause::WrongDecision;
        return Err(wrong(step, role, cause, &expected, &enrolee, answer));
    }
    desk.world.note(format!("EnroleeID is {enrolee}"));
    Ok(())
}

fn is_within_enrolment(
    desk: &Desk<'_, '_>,
    step: &str,
    answer: &Answer,
    members: &Map<String, Value>,
) -> Result<(), Stop> {
    let most = desk.world.facts().seconds("PIXIT_ENROLMENT_EXPIRY");
    let name = &desk.service.names.lifetime;
    let lifetime = text(step, SENT, answer, members, name)?;
    match seconds(&lifetime) {
        Some(seconds) if seconds <= most => Ok(()),
        _ => {
            let expected = format!("a Lifetime of at most {most} seconds");
            let cause = Cause::WrongDecision;
            Err(wrong(step, SENT, cause, &expected, &lifetime, answer))
        }
    }
}

/// The seconds of an xs:duration of days, hours, minutes and seconds.
fn seconds(duration: &str) -> Option<u64> {
    let (days, clock) = match duration.strip_prefix('P')?.split_once('T') {
        Some((days, clock)) => (days, clock),
        None => (duration.strip_prefix('P')?, ""),
    };
    let days = match days {
        "" => 0,
        days => days.strip_suffix('D')?.parse::<u64>().ok()?,
    };
    let mut rest = clock;
    let mut total = days.checked_mul(24 * 60 * 60)?;
    for (unit, worth) in [('H', 60 * 60), ('M', 60), ('S', 1)] {
        if let Some((number, behind)) = rest.split_once(unit) {
            let whole = number.split('.').next()?.parse::<u64>().ok()?;
            total = total.checked_add(whole.checked_mul(worth)?)?;
            rest = behind;
        }
    }
    rest.is_empty().then_some(total)
}

/// PSK/002: keys for two usages are derived in one and the same way.
pub async fn is_derived_in_one_way(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let enrolled = desk.bootstrap("bootstrap", SENT).await?;
    for (step, suid) in [("for an MAF", FOR_MAF), ("for ESPrim", FOR_ESPRIM)] {
        desk.fetches(step, SENT, &enrolled, suid).await?;
    }
    Ok(())
}

/// PSK/003: keys for two usages differ.
pub async fn depends_on_the_usage(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let enrolled = desk.bootstrap("bootstrap", SENT).await?;
    let mut keys = Vec::new();
    for (step, suid) in [("for an MAF", FOR_MAF), ("for ESPrim", FOR_ESPRIM)] {
        let answer = desk
            .fetch(Party::Target, step, SENT, &enrolled.id, suid)
            .await?;
        let (_, credential) = desk.credential_in(step, SENT, &answer)?;
        if keys.contains(&credential) {
            let expected = "another key for another usage";
            let cause = Cause::WrongDecision;
            return Err(wrong(step, SENT, cause, expected, "the same", &answer));
        }
        keys.push(credential);
    }
    Ok(())
}

/// PSK/005: in whatever letter case a KeID is written, it means one key or none.
pub async fn in_whatever_case(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let enrolled = desk.bootstrap("bootstrap", SENT).await?;
    let (digits, fqdn) = enrolled.id.split_once('@').unwrap_or((&enrolled.id, ""));
    let mut worked = Vec::new();
    for (step, id) in [
        ("small", enrolled.id.clone()),
        ("capital", format!("{}@{fqdn}", digits.to_uppercase())),
        ("capital FQDN", format!("{digits}@{}", fqdn.to_uppercase())),
    ] {
        let answer = desk.fetch(Party::Target, step, SENT, &id, FOR_MAF).await?;
        if !answer.succeeded() {
            desk.failed(step, SENT, &answer)?;
            continue;
        }
        let (_, credential) = desk.credential_in(step, SENT, &answer)?;
        if credential.as_slice() != desk.derived(&enrolled.key, FOR_MAF)? {
            let cause = Cause::WrongDecision;
            return Err(wrong(
                step,
                SENT,
                cause,
                "the key of the KeID",
                "another key",
                &answer,
            ));
        }
        worked.push(step);
    }
    desk.world
        .note(format!("a KeID works in {}", worked.join(", ")));
    match worked.is_empty() {
        false => Ok(()),
        true => {
            let judgement = Judgement::fail(
                Cause::WrongDecision,
                "a form of the KeID that works",
                "none",
            );
            Err(Stop::Judged(judgement.at("capital FQDN")))
        }
    }
}

/// PSK/006: each bootstrap gives another Enrolment Key.
pub async fn is_new_each_time(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let first = desk.bootstrap("first", SENT).await?;
    let second = desk.bootstrap("second", SENT).await?;
    desk.fetches("second: fetch", SENT, &second, FOR_MAF)
        .await?;
    let step = "first: fetch";
    let answer = desk
        .fetch(Party::Target, step, SENT, &first.id, FOR_MAF)
        .await?;
    desk.world.note(format!("the older KeID: {answer}"));
    if answer.succeeded() {
        let (_, credential) = desk.credential_in(step, SENT, &answer)?;
        if credential.as_slice() != desk.derived(&first.key, FOR_MAF)? {
            let cause = Cause::WrongDecision;
            return Err(wrong(
                step,
                SENT,
                cause,
                "the key of the first bootstrap",
                "another",
                &answer,
            ));
        }
    }
    Ok(())
}

/// PSK/007: a bootstrap over another key.
pub async fn none_of_a_wrong_key(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let conduct = Conduct {
        key: KeyChange::LastBitInverted,
        ..Conduct::default()
    };
    none_of(desk, "last-bit", conduct).await
}

/// PSK/008: a bootstrap under an identity that nobody has.
pub async fn none_of_an_unknown_identity(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let conduct = Conduct {
        identity: IdentityChange::Prefix("nobody-".to_owned()),
        ..Conduct::default()
    };
    none_of(desk, "unknown", conduct).await
}

/// PSK/009: a bootstrap under the KpmID of another MEF.
pub async fn none_of_another_domain(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let conduct = Conduct {
        identity: IdentityChange::Suffix(".other.example".to_owned()),
        ..Conduct::default()
    };
    none_of(desk, "other-domain", conduct).await
}

/// PSK/010: a bootstrap that its client breaks off before its Finished.
pub async fn none_of_half_a_handshake(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let stop = conduct::Stop {
        // The header of a record, and the begin of the message in it.
        after: conduct::StopAt::Flight(12),
        then: conduct::StopEnding::Close,
    };
    let conduct = Conduct {
        stop: Some(stop),
        ..Conduct::default()
    };
    none_of(desk, "half", conduct).await
}

/// A handshake that comes to no association leaves no Enrolment Key.
async fn none_of(desk: &mut Desk<'_, '_>, step: &str, conduct: Conduct) -> Result<(), Stop> {
    desk.twin().await?;
    let mut handshake = desk.handshake(step, Party::Source)?;
    let is_broken_off = conduct.stop.is_some();
    handshake.conduct = conduct;
    let attempt = desk.attempt(step, SENT, &handshake).await?;
    if !is_broken_off {
        compare(step, &Ends::Refused(ALERTS.to_vec()), &attempt.end)?;
    }
    match &attempt.seen.exporter {
        // The IUT broke off before there was anything to export from.
        None => desk.world.note(format!("{step}: nothing to export from")),
        Some(exporter) => {
            let would_be = desk.enrolled(step, exporter)?;
            let step = format!("{step}: fetch");
            let answer = desk
                .fetch(Party::Target, &step, SENT, &would_be.id, FOR_MAF)
                .await?;
            desk.failed(&step, SENT, &answer)?;
        }
    }
    desk.goes_on().await
}

/// PSK/014: identifiers that are no KeID of this MEF.
pub async fn under_other_identifiers(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let enrolled = desk.twin().await?;
    let (digits, fqdn) = enrolled.id.split_once('@').unwrap_or((&enrolled.id, ""));
    let cut = digits.get(..31).unwrap_or_default();
    for (step, id) in [
        (
            "other-digits",
            format!("00112233445566778899aabbccddeeff@{fqdn}"),
        ),
        ("31-digits", format!("{cut}@{fqdn}")),
        ("other-domain", format!("{digits}@mef.other.example")),
        ("above", "..".to_owned()),
    ] {
        let answer = desk.fetch(Party::Target, step, SENT, &id, FOR_MAF).await?;
        desk.withheld(step, &answer, &enrolled)?;
    }
    desk.goes_on().await
}

/// PSK/015: a client that is no target.
pub async fn by_another_client(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let enrolled = desk.twin().await?;
    let step = "other";
    let answer = desk
        .fetch(Party::Other, step, SENT, &enrolled.id, FOR_MAF)
        .await?;
    desk.withheld(step, &answer, &enrolled)?;
    desk.goes_on().await
}

/// PSK/016: usages for which the target may fetch nothing.
pub async fn for_other_usages(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let enrolled = desk.twin().await?;
    for (step, suid) in [
        ("for associations", "22"),
        ("for data", "24"),
        ("undefined", "99"),
        ("no number", "21x"),
    ] {
        let from = desk.target_fqdn()?;
        let answer = desk
            .fetch_as(Party::Target, from, step, SENT, (&enrolled.id, suid))
            .await?;
        desk.withheld(step, &answer, &enrolled)?;
    }
    desk.goes_on().await
}

/// PSK/017: From names the target, and the session is that of somebody else.
pub async fn by_from(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let enrolled = desk.twin().await?;
    let target = desk.id(Party::Target);
    for (step, from) in [
        ("fqdn", desk.target_fqdn()?),
        ("identifier", target.as_str()),
    ] {
        let suid = FOR_MAF.0.to_string();
        let answer = desk
            .fetch_as(Party::Other, from, step, SENT, (&enrolled.id, &suid))
            .await?;
        desk.withheld(step, &answer, &enrolled)?;
    }
    desk.goes_on().await
}

/// PSK/018: an Enrolment Key has an end, and what is derived of it too.
pub async fn has_an_end(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let facts = desk.world.facts();
    let expiry = facts.seconds("PIXIT_ENROLMENT_EXPIRY");
    let after = facts.seconds("PIXIT_TEXPIRE") + facts.seconds("PIXIT_CLOCK_SKEW");
    if expiry > LONGEST {
        let detail = format!("Enrolment Keys last for {expiry} seconds, which is too long to wait");
        return Err(Stop::inconclusive("expiry", Reason::Precondition, detail));
    }
    let enrolled = desk.bootstrap("bootstrap", Role::Twin).await?;
    let begun = desk.world.now("bootstrap")?;
    let step = "at once";
    let (answer, members) = desk.fetches(step, Role::Twin, &enrolled, FOR_MAF).await?;
    is_within_enrolment(desk, step, &answer, &members)?;
    let wait = i64::try_from(expiry + after).unwrap_or_default();
    desk.world
        .pass("expire", begun + Duration::seconds(wait))
        .await?;
    let step = "afterwards";
    let answer = desk
        .fetch(Party::Target, step, SENT, &enrolled.id, FOR_MAF)
        .await?;
    desk.withheld(step, &answer, &enrolled)?;
    desk.goes_on().await
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn durations_are_read_in_seconds() {
        for (text, expected) in [
            ("PT10S", Some(10)),
            ("PT1H2M3.5S", Some(3723)),
            ("P1DT1S", Some(86_401)),
            ("P2D", Some(172_800)),
            ("10", None),
            ("PT", Some(0)),
            ("P1M", None),
            ("PT5X", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
