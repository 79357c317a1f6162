//! Keys reach those for whom they were made (TS-0003 V3.18.0, 8.6.1.2, 8.6.3 and 8.4.2).

use super::super::answers::refused;
use super::{Desk, SENT, Usage, json};
use crate::catalogue::behaviour::{Party, Role};
use crate::purposes::stop::Stop;

/// TEF/001: a key that the source made is handed to each target that it named, a CSE and an AE.
pub async fn reach_all_targets(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let step = "register-key";
    let suid = desk.suid_for(Usage::Encryption);
    let targets = [desk.id(Party::Target), desk.id(Party::Other)];
    let value = desk.draw(step);
    let mut parameters = desk.key_parameters(step, suid, &targets, Some(&value))?;
    let labels = desk.service.names.labels.clone();
    parameters.insert(labels, json!(["k"]));
    let made = desk.made(step, SENT, parameters, suid, value).await?;
    desk.is_handed("target", SENT, Party::Target, &made).await?;
    desk.is_handed("other", SENT, Party::Other, &made).await
}

/// TEF/017: the Receiver of a primitive is told the key of its Originator and how long it lasts, and nobody else is.
pub async fn reach_the_receiver(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let made = desk
        .make("register-key", SENT, Usage::Primitives, &[Party::Target])
        .await?;
    desk.is_handed("receiver", SENT, Party::Target, &made)
        .await?;
    let answer = desk.retrieve(Party::Other, "other", SENT, &made.id).await?;
    refused("other", SENT, &answer)?;
    let (step, role) = ("read-back", Role::ReadBack);
    desk.is_handed(step, role, Party::Target, &made).await
}
