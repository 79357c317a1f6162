//! What has expired (TS-0003 V3.18.0, 8.8.2.5, 8.8.2.8, 8.8.2.9, 8.3.5.2.5, 8.3.5.2.8, 8.3.5.2.9 and 10.7).

use super::answers::{granted, refused, text};
use super::desk::Desk;
use crate::catalogue::behaviour::{Party, Role};
use crate::purposes::stop::Stop;
use crate::tester::template::read_basic;
use crate::verdict::Reason;
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};
use time::{Duration, OffsetDateTime};

const SENT: Role = Role::Stimulus;

/// How long what expires lasts, and the longest time for which the tester waits where the service changed that.
const LIFETIME: Duration = Duration::seconds(3);
const LONGEST: Duration = Duration::seconds(30);

impl Desk<'_, '_> {
    /// Waits until what a response tells has expired, and some more.
    async fn expire(&mut self, step: &str, expires: &str) -> Result<(), Stop> {
        let facts = self.world.facts();
        let after = facts.seconds("PIXIT_TEXPIRE") + facts.seconds("PIXIT_CLOCK_SKEW");
        let after = Duration::seconds(i64::try_from(after).unwrap_or_default());
        let moment = self.expected(step, expires)?;
        self.world.pass(step, moment + after).await
    }

    fn expected(&mut self, step: &str, expires: &str) -> Result<OffsetDateTime, Stop> {
        let now = self.world.now(step)?;
        match read_basic(expires) {
            Some(moment) if moment <= now + LONGEST => Ok(moment),
            _ => {
                let detail = format!("the service made it {expires}, which is too long to wait");
                Err(Stop::inconclusive(step, Reason::Precondition, detail))
            }
        }
    }
}

/// CLR/012: an expired registration is none.
pub async fn registration(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let names = desk.service.names.clone();
    desk.enrol("register-target", Role::SetUp, Party::Target)
        .await?;
    let step = "register";
    let admin = desk.service.stakeholder.clone();
    let mut parameters = desk.client_parameters(step, &admin)?;
    let short = desk.moment(step, LIFETIME)?;
    parameters.insert(names.expiration_time.clone(), json!(short));
    let mut line = desk.line(step, Role::SetUp, Party::Source).await?;
    let (id, answer, members) = desk
        .enrol_within(&mut line, step, Role::SetUp, parameters)
        .await?;
    let expires = text(step, Role::SetUp, &answer, &members, &names.expiration_time)?;
    let configuration = Request::retrieve(desk.configuration_path(&id));
    let step = "twin: configuration";
    let answer = desk.ask(&mut line, step, Role::Twin, configuration).await?;
    granted(step, Role::Twin, &answer)?;
    desk.expire("expire", &expires).await?;
    let later = desk.moment("later", Duration::hours(1))?;
    let update = Map::from_iter([(names.expiration_time.clone(), json!(later))]);
    let (suid, _) = desk.usages();
    let targets = [desk.id(Party::Target)];
    let value = desk.draw("key");
    let key = desk.key_parameters("key", suid, &targets, Some(&value))?;
    for (step, request) in [
        (
            "configuration",
            Request::retrieve(desk.configuration_path(&id)),
        ),
        ("update", desk.update_client(&id, update)),
        ("key", desk.register_key(key)),
    ] {
        let answer = desk.ask_anew(Party::Source, step, SENT, request).await?;
        desk.keep(Party::Source, &answer);
        refused(step, SENT, &answer)?;
    }
    desk.forget(&id);
    desk.enrol("read-back", Role::ReadBack, Party::Source)
        .await?;
    Ok(())
}

/// A key that expires soon; its identifier, and when it does.
async fn short_key(desk: &mut Desk<'_, '_>) -> Result<(String, String), Stop> {
    desk.enrol_all().await?;
    let names = desk.service.names.clone();
    let step = "register-key";
    let (suid, _) = desk.usages();
    let targets = [desk.id(Party::Target)];
    let value = desk.draw(step);
    let mut parameters = desk.key_parameters(step, suid, &targets, Some(&value))?;
    let short = desk.moment(step, LIFETIME)?;
    parameters.insert(names.expiration_time.clone(), json!(short));
    let mut line = desk.line(step, Role::SetUp, Party::Source).await?;
    let (id, answer, members) = desk
        .key_within(&mut line, step, Role::SetUp, parameters)
        .await?;
    let expires = text(step, Role::SetUp, &answer, &members, &names.expiration_time)?;
    desk.expected(step, &expires)?;
    Ok((id, expires))
}

/// KEY/017: an expired key is not revived.
pub async fn updated_key(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let (id, expires) = short_key(desk).await?;
    let names = desk.service.names.clone();
    let step = "twin: labels";
    let labels = Map::from_iter([(names.labels.clone(), json!(["twin"]))]);
    let request = desk.update_key(&id, labels);
    let answer = desk
        .ask_anew(Party::Source, step, Role::Twin, request)
        .await?;
    granted(step, Role::Twin, &answer)?;
    desk.expire("expire", &expires).await?;
    let later = desk.moment("later", Duration::hours(1))?;
    let update: Map<String, Value> =
        Map::from_iter([(names.expiration_time.clone(), json!(later))]);
    let request = desk.update_key(&id, update);
    let answer = desk
        .ask_anew(Party::Source, "update", SENT, request)
        .await?;
    refused("update", SENT, &answer)?;
    let (step, role) = ("read-back", Role::ReadBack);
    let answer = desk.retrieve(Party::Target, step, role, &id).await?;
    refused(step, role, &answer)
}

/// RET/006: an expired key is given to nobody.
pub async fn retrieved_key(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    let (id, expires) = short_key(desk).await?;
    let step = "twin: before";
    let answer = desk.retrieve(Party::Target, step, Role::Twin, &id).await?;
    granted(step, Role::Twin, &answer)?;
    desk.expire("expire", &expires).await?;
    let answer = desk.retrieve(Party::Target, "after", SENT, &id).await?;
    refused("after", SENT, &answer)?;
    // The service goes on.
    let key = desk.key("read-back: register", Role::ReadBack).await?;
    let (step, role) = ("read-back", Role::ReadBack);
    let answer = desk.retrieve(Party::Target, step, role, &key.id).await?;
    granted(step, role, &answer)
}
