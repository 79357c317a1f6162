//! An MAF or an MEF as Trust Enabling Function (TEF): keys for primitives and for data that a source made, and that are handed
//! to the targets that it names (TS-0003 V3.18.0, 8.6). Registration and retrieval are those of 8.8.2 and 8.3.5.2.

mod disclosure;
mod identifiers;
mod life;
mod provisioning;
mod targets;
mod usages;

use super::answers::{equal, granted, members, text, wrong};
use super::desk::Desk;
use super::requests::Parameters;
use crate::catalogue::behaviour::{Party, Role};
use crate::purposes::stop::Stop;
use crate::verdict::Cause;
pub use disclosure::shows_no_key;
pub use identifiers::do_not_collide;
pub use life::{end_with_their_registration, end_with_their_time};
use onem2m_primitive::Request;
use onem2m_server::ServiceRole;
pub use provisioning::{reach_all_targets, reach_the_receiver};
use serde_json::{Map, Value, json};
pub use targets::{are_for_one_receiver, are_withdrawn, need_a_session_of_the_target};
pub use usages::stay_what_they_are;
use zeroize::Zeroizing;

const SENT: Role = Role::Stimulus;

/// What a key is for: the second digit of its SUID (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
#[derive(Debug, Clone, Copy)]
enum Usage {
    /// ESPrim.
    Primitives = 3,
    /// Encryption by ESData.
    Encryption = 4,
    /// Signatures by ESData.
    Signatures = 5,
}

/// A key that was registered, with what its target has to be told.
struct Made {
    id: String,
    value: Zeroizing<Vec<u8>>,
    suid: u8,
    /// expirationTime of the response.
    expires: String,
}

impl Desk<'_, '_> {
    /// The SUID of keys that the service distributes for a usage.
    fn suid_for(&self, usage: Usage) -> u8 {
        let distributed = match self.service.role {
            ServiceRole::Mef => 20,
            ServiceRole::Maf => 30,
        };
        distributed + usage as u8
    }

    /// Registers a key that the source made for targets.
    async fn make(
        &mut self,
        step: &str,
        role: Role,
        usage: Usage,
        targets: &[Party],
    ) -> Result<Made, Stop> {
        let suid = self.suid_for(usage);
        let value = self.draw(step);
        let targets: Vec<String> = targets.iter().map(|party| self.id(*party)).collect();
        let parameters = self.key_parameters(step, suid, &targets, Some(&value))?;
        self.made(step, role, parameters, suid, value).await
    }

    /// Registers a key of these parameters, which the response has to tell.
    async fn made(
        &mut self,
        step: &str,
        role: Role,
        parameters: Parameters,
        suid: u8,
        value: Zeroizing<Vec<u8>>,
    ) -> Result<Made, Stop> {
        let names = self.service.names.clone();
        let targets = sorted(parameters.get(&names.target_ids));
        let mut line = self.line(step, role, Party::Source).await?;
        let (id, answer, told) = self.key_within(&mut line, step, role, parameters).await?;
        equal(step, role, &answer, &told, (&names.suid, &json!(suid)))?;
        let expires = text(step, role, &answer, &told, &names.expiration_time)?;
        let listed = sorted(told.get(&names.target_ids));
        if listed != targets {
            let (expected, observed) = (format!("the targets {targets:?}"), format!("{listed:?}"));
            let cause = Cause::WrongDecision;
            return Err(wrong(step, role, cause, &expected, &observed, &answer));
        }
        Ok(Made {
            id,
            value,
            suid,
            expires,
        })
    }

    /// A target is handed a key, octet for octet, with usage, source and end.
    async fn is_handed(
        &self,
        step: &str,
        role: Role,
        party: Party,
        made: &Made,
    ) -> Result<(), Stop> {
        let names = &self.service.names;
        let answer = self.retrieve(party, step, role, &made.id).await?;
        let (told, value) = self.retrieved(step, role, &answer)?;
        if value != made.value {
            let (cause, expected) = (Cause::WrongDecision, "the Key Value of the source");
            return Err(wrong(step, role, cause, expected, "another one", &answer));
        }
        for (name, expected) in [
            (&names.suid, json!(made.suid)),
            (&names.source_id, json!(self.id(Party::Source))),
            (&names.expiration_time, json!(made.expires)),
        ] {
            equal(step, role, &answer, &told, (name, &expected))?;
        }
        Ok(())
    }

    /// The source changes the targets of a key.
    async fn name_targets(
        &mut self,
        step: &str,
        role: Role,
        made: &Made,
        targets: &[Party],
    ) -> Result<(), Stop> {
        let targets: Vec<String> = targets.iter().map(|party| self.id(*party)).collect();
        let name = self.service.names.target_ids.clone();
        let request = self.update_key(&made.id, Map::from_iter([(name, json!(targets))]));
        let answer = self.ask_anew(Party::Source, step, role, request).await?;
        granted(step, role, &answer)
    }
}

/// A list of texts without its order.
fn sorted(list: Option<&Value>) -> Vec<String> {
    let values = list.and_then(Value::as_array).into_iter().flatten();
    let mut texts: Vec<String> = values
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    texts.sort();
    texts
}
