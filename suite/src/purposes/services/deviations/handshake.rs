use super::remove;
use crate::catalogue::behaviour::{Deviation, DeviationEnds, Ends, Party, Role};
use crate::purposes::sae::{compare, holder, spoilt};
use crate::purposes::services::answers::{granted, unserved};
use crate::purposes::services::desk::Desk;
use crate::purposes::stop::Stop;
use crate::tester::handshake::Conduct;
use serde_json::{Map, Value};

/// Alerts that a client with a wrong credential or offer may expect; another one is noted (RFC 4279, 2; RFC 5246, 7.2.2).
pub(in crate::purposes::services) const ALERTS: [u8; 10] =
    [10, 20, 40, 42, 45, 47, 48, 51, 70, 115];

/// The conducts of a run: its own, with what each variant adds.
pub(super) fn conducts(run: &Deviation) -> Vec<Map<String, Value>> {
    let on_top = |variant: &Map<String, Value>| {
        let mut conduct = run.conduct.clone();
        conduct.extend(variant.clone());
        conduct
    };
    match run.variants.is_empty() {
        true => vec![run.conduct.clone()],
        false => run.variants.iter().map(on_top).collect(),
    }
}

/// Reads a conduct.
pub(super) fn conduct(value: &Map<String, Value>) -> Result<Conduct, String> {
    serde_json::from_value(Value::Object(value.clone())).map_err(|error| error.to_string())
}

/// Attempts a handshake with each conduct of a run.
pub(super) async fn handshake(desk: &mut Desk<'_, '_>, run: &Deviation) -> Result<(), Stop> {
    for (number, value) in conducts(run).iter().enumerate() {
        let step = match run.variants.is_empty() {
            true => run.name.clone(),
            false => format!("{} {}", run.name, number + 1),
        };
        let party = run.party.unwrap_or(Party::Source);
        let mut handshake = desk.handshake(&step, party)?;
        let another = match party {
            Party::Source => Party::Target,
            Party::Target | Party::Other => Party::Source,
        };
        handshake.another = Some(desk.credential(another)?);
        handshake.conduct = conduct(value).map_err(|error| Stop::error(&step, error))?;
        if let Some(fixture) = run.credential {
            handshake.credential = match &run.defect {
                Some(defect) => spoilt(desk.world, &step, fixture, defect, None)?,
                None => holder(desk.world, fixture)?.credential,
            };
        }
        let attempt = desk.attempt(&step, Role::Stimulus, &handshake).await?;
        if run.ends == DeviationEnds::Refused {
            compare(&step, &Ends::Refused(ALERTS.to_vec()), &attempt.end)?;
            continue;
        }
        if !attempt.end.is_established() && run.ends != DeviationEnds::Granted {
            compare(&step, &Ends::Refused(ALERTS.to_vec()), &attempt.end)?;
            desk.world.note(format!("{step}: {}", attempt.end));
            continue;
        }
        let mut line = Desk::over(&step, Role::Stimulus, party, attempt)?;
        let admin = desk.service.stakeholder.clone();
        let parameters = desk.client_parameters(&step, &admin)?;
        let request = desk.register_client(parameters);
        let answer = desk.ask(&mut line, &step, Role::Stimulus, request).await?;
        desk.keep(party, &answer);
        match run.ends {
            DeviationEnds::Unbound => unserved(&step, Role::Stimulus, &answer)?,
            DeviationEnds::Granted => granted(&step, Role::Stimulus, &answer)?,
            _ => desk.world.note(format!("{step}: {answer}")),
        }
        remove(desk, &mut line, &step, &answer).await?;
    }
    Ok(())
}
