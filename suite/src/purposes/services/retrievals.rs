//! Key retrievals (TS-0003 V3.18.0, 8.8.2.8 and 8.3.5.2.8).

use super::answers::{equal, granted, is_refused, refused, text, wrong};
use super::desk::Desk;
use crate::catalogue::behaviour::{Party, Role};
use crate::purposes::stop::Stop;
use crate::verdict::Cause;
use onem2m_primitive::Request;
use serde_json::{Map, json};

const SENT: Role = Role::Stimulus;

/// How often RET/008 changes the list of targets, and how many retrievals there are by each target between two changes.
const CHANGES: usize = 20;
const BETWEEN: usize = 5;

/// RET/001: the target gets the key and what there is to say of it.
pub async fn by_the_target(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let step = "register-key";
    let names = desk.service.names.clone();
    let (suid, _) = desk.usages();
    let targets = [desk.id(Party::Target)];
    let value = desk.draw(step);
    let mut parameters = desk.key_parameters(step, suid, &targets, Some(&value))?;
    parameters.insert(names.labels.clone(), json!(["k"]));
    let mut line = desk.line(step, Role::SetUp, Party::Source).await?;
    let (id, registered, told) = desk
        .key_within(&mut line, step, Role::SetUp, parameters)
        .await?;
    let expires = text(
        step,
        Role::SetUp,
        &registered,
        &told,
        &names.expiration_time,
    )?;
    let step = "retrieve";
    let answer = desk.retrieve(Party::Target, step, SENT, &id).await?;
    let (members, retrieved) = desk.retrieved(step, SENT, &answer)?;
    for (name, expected) in [
        (&names.expiration_time, json!(expires)),
        (&names.source_id, json!(desk.id(Party::Source))),
        (&names.admin_fqdn, json!(desk.service.stakeholder)),
        (&names.suid, json!(suid)),
    ] {
        equal(step, SENT, &answer, &members, (name, &expected))?;
    }
    if retrieved != value {
        let cause = Cause::WrongDecision;
        let expected = "the Key Value that was registered";
        return Err(wrong(step, SENT, cause, expected, "another one", &answer));
    }
    if members.get(&names.labels) != told.get(&names.labels) {
        desk.world
            .note("the labels are others than those of the registration".to_owned());
    }
    Ok(())
}

/// RET/008: while the list of targets changes, whoever is always in it is always served, and nobody sees parts of other keys.
pub async fn among_changes(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let names = desk.service.names.clone();
    let (_, for_data) = desk.usages();
    let both = [desk.id(Party::Target), desk.id(Party::Other)];
    let step = "register-key";
    let value = desk.draw(step);
    let parameters = desk.key_parameters(step, for_data, &both, Some(&value))?;
    let mut source = desk.line(step, Role::SetUp, Party::Source).await?;
    let (id, _, _) = desk
        .key_within(&mut source, step, Role::SetUp, parameters)
        .await?;
    let mut target = desk.line("target", SENT, Party::Target).await?;
    let mut other = desk.line("other", SENT, Party::Other).await?;
    for change in 0..CHANGES {
        // Every second list, and the last one, is without the other.
        let listed = if change % 2 == 0 {
            &both[..]
        } else {
            &both[..1]
        };
        let step = format!("change {change}");
        let list = Map::from_iter([(names.target_ids.clone(), json!(listed))]);
        let request = desk.update_key(&id, list);
        let updating = desk.ask(&mut source, &step, SENT, request);
        let retrieving = beside(desk, &mut target, &mut other, change, &id, &value);
        let (answer, retrieved) = tokio::join!(updating, retrieving);
        granted(&step, SENT, &answer?)?;
        retrieved?;
        if listed.len() == 1 {
            let step = format!("other {change}");
            let request = Request::retrieve(desk.path(&id));
            let answer = desk.ask(&mut other, &step, SENT, request).await?;
            refused(&step, SENT, &answer)?;
        }
    }
    Ok(())
}

/// Both targets retrieve while the list may change.
async fn beside<'a>(
    desk: &Desk<'_, 'a>,
    target: &mut super::line::Line<'a>,
    other: &mut super::line::Line<'a>,
    change: usize,
    id: &str,
    value: &[u8],
) -> Result<(), Stop> {
    let names = &desk.service.names;
    for number in 0..BETWEEN {
        for (line, may_be_refused) in [(&mut *target, false), (&mut *other, true)] {
            let who = if may_be_refused { "other" } else { "target" };
            let step = format!("{who} {change}.{number}");
            let request = Request::retrieve(desk.path(id));
            let answer = desk.ask(line, &step, SENT, request).await?;
            if may_be_refused && is_refused(&answer) {
                continue;
            }
            let (members, retrieved) = desk.retrieved(&step, SENT, &answer)?;
            let source = json!(desk.id(Party::Source));
            equal(&step, SENT, &answer, &members, (&names.source_id, &source))?;
            if retrieved.as_slice() != value {
                let cause = Cause::WrongDecision;
                let expected = "the Key Value that was registered";
                return Err(wrong(&step, SENT, cause, expected, "another one", &answer));
            }
        }
    }
    Ok(())
}
