//! What AE-ID-Stems tell that the IUT assigns.

use crate::catalogue::behaviour::{Expectation, Role};
use crate::purposes::assigned_stem::stem;
use crate::purposes::check::{self, Asked};
use crate::purposes::world::{Manner, World};
use crate::purposes::{Finding, Stop};
use crate::verdict::Cause;
use onem2m_primitive::{Operation, Request};
use serde_json::{Map, json};

/// How many stems are looked at.
const STEMS: u32 = 10;

/// The appName, and what of it and of the App-ID would be known again in a stem.
const NAME: &str = "Alice-Meter-4711";
const TELLING: [&str; 3] = ["alice", "meter", "conform"];

/// CSE/IMP/REG/027: AE5 registers ten times with From C and is assigned a stem each time.
pub async fn tells_nothing(_: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    let mut with = Map::new();
    with.insert("apn".into(), json!(NAME));
    let (request, path) = tested.registration("AE5", "register", &with).await?;
    tested.remember("AE5", path.clone(), Some(2));
    for round in 1..=STEMS {
        let step = format!("register {round}");
        let manner = Manner {
            from: Some("C"),
            ..Manner::default()
        };
        let answer = tested
            .send_in(manner, "AE5", &step, Role::Stimulus, request.clone())
            .await?;
        let wrong = |finding| Stop::mismatch(&step, Role::Stimulus, finding, &answer);
        check::check(&Asked::of(Operation::Create), &Expectation::Permit, &answer)
            .map_err(wrong)?;
        let assigned = stem(&answer, "C").map_err(wrong)?;
        tested.assign("AE5", &assigned);
        let lower = assigned.to_lowercase();
        if let Some(told) = TELLING.iter().find(|text| lower.contains(**text)) {
            let expected = format!("a stem without {told:?}");
            return Err(wrong(Finding::new(
                Cause::Leak,
                expected,
                format!("{assigned:?}"),
            )));
        }
        let step = format!("deregister {round}");
        let gone = tested
            .send(
                "AE5",
                &step,
                Role::SetUp,
                Request::delete(path.clone()),
                None,
                &[],
            )
            .await?;
        check::check(&Asked::of(Operation::Delete), &Expectation::Permit, &gone)
            .map_err(|finding| Stop::mismatch(&step, Role::SetUp, finding, &gone))?;
    }
    Ok(())
}
