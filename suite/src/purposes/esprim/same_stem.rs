//! AEs of different Registrars that have the same stem (TS-0003 V3.18.0, 7.2.2).

use super::fixture::{ACTOR, instances_of, steps, wrong};
use super::keys::{registered, shared_for_primitives};
use crate::catalogue::behaviour::{Protection, Role};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::{Manner, Sealed, World};
use crate::verdict::Cause;
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};

/// The AEs, each with the container that is its own.
const AES: [(&str, &str); 2] = [("one", "cntU"), ("other", "cntV")];
const REFUSED: u16 = 4103;
/// ESPRIM_IMPERSONATION_ERROR
const IMPERSONATION: u16 = 4116;

/// CSE/ESPRIM/IMP/018: an inner From that is a stem is nobody, or the entity of the key.
pub async fn are_told_apart(world: &mut World<'_>) -> Result<(), Stop> {
    registered(world).await?;
    let stem = world.name("CtpA5");
    for (name, container) in AES {
        let entity = format!("/{}{name}/{stem}", world.name("tp"));
        let pair = shared_for_primitives(world, name, &entity).await?;
        world.hold(name, pair);
        let policy = format!("acp{container}");
        let given = [
            json!({"create": policy, "type": "acp", "pv": [{"acor": [entity, "{ADM}"], "acop": 63}]}),
            json!({"create": container, "type": "cnt", "with": {"acpi": [policy]}}),
        ];
        steps(world, &given).await?;
        let step = format!("twin {name}");
        let sealed = sent(world, &step, Role::Twin, name, &entity, container).await?;
        if sealed.answer.code() != Some(2001) {
            let finding = Finding::new(
                Cause::WrongDecision,
                "2001 CREATED for the whole identity",
                sealed.answer.to_string(),
            );
            return Err(Stop::mismatch(&step, Role::Twin, finding, &sealed.answer));
        }
    }
    let mut codes = Vec::new();
    for (name, own) in AES {
        for (_, container) in AES {
            let step = format!("{name} to {container}");
            let sealed = sent(world, &step, Role::Stimulus, name, &stem, container).await?;
            let code = sealed.answer.code();
            let is_lawful = match own == container {
                true => [Some(2001), Some(IMPERSONATION)].contains(&code),
                false => [Some(REFUSED), Some(IMPERSONATION)].contains(&code),
            };
            if !is_lawful {
                let expected = "4116, or what the AE of the key may do";
                return wrong(&step, expected, &sealed.answer);
            }
            codes.push(code);
            if codes
                .first()
                .is_some_and(|first| is_nobody(*first) != is_nobody(code))
            {
                let expected =
                    "a stem that is nobody in each object, or the entity of the key in each";
                return wrong(&step, expected, &sealed.answer);
            }
        }
    }
    let made = match codes.iter().all(|code| is_nobody(*code)) {
        true => 1,
        false => 2,
    };
    for (_, container) in AES {
        let step = format!("{container}: read-back");
        instances_of(world, &step, container, &[made]).await?;
    }
    Ok(())
}

fn is_nobody(code: Option<u16>) -> bool {
    code == Some(IMPERSONATION)
}

/// Sends a Create under the key of an AE, with this From inside.
async fn sent(
    world: &mut World<'_>,
    step: &str,
    role: Role,
    name: &str,
    from: &str,
    container: &str,
) -> Result<Sealed, Stop> {
    let mut inner: Map<String, Value> = Map::new();
    inner.insert("fr".into(), json!(from));
    let protection = Protection {
        pair: Some(name.into()),
        session: Some(name.into()),
        // Others are given to who asks for them.
        shared: true,
        inner,
        ..Protection::default()
    };
    let content = json!({"m2m:cin": {"con": world.canary()}});
    let request = Request::create(world.find(step, container)?, 4, content);
    world
        .send_protected(Manner::default(), ACTOR, step, role, request, &protection)
        .await
}
