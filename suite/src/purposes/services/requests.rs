//! Requests of the procedures, as they have to be and otherwise.

use super::desk::Desk;
use crate::catalogue::behaviour::{Deviation, Party};
use crate::purposes::stop::Stop;
use crate::tester::template::basic;
use onem2m_primitive::Request;
use onem2m_server::ServiceRole;
use serde_json::{Map, Value, json};
use time::{Duration, OffsetDateTime};

/// How long registrations of the tester last, so that nothing of a broken run stays for long.
const LIFETIME: Duration = Duration::minutes(10);

/// Parameters of a request: names on the wire and values.
pub type Parameters = Map<String, Value>;

impl Desk<'_, '_> {
    /// The parameters of a client registration for a stakeholder.
    pub fn client_parameters(&mut self, step: &str, admin: &str) -> Result<Parameters, Stop> {
        let names = &self.service.names;
        let (expiration, fqdn) = (names.expiration_time.clone(), names.fqdn.clone());
        let admin_fqdn = names.admin_fqdn.clone();
        let expires = self.moment(step, LIFETIME)?;
        Ok(Map::from_iter([
            (fqdn, json!(self.service.fqdn)),
            (expiration, json!(expires)),
            (admin_fqdn, json!(admin)),
        ]))
    }

    /// The parameters of a key registration for the target, with a Key Value if there is one.
    pub fn key_parameters(
        &mut self,
        step: &str,
        suid: u8,
        targets: &[String],
        value: Option<&[u8]>,
    ) -> Result<Parameters, Stop> {
        let admin = self.service.stakeholder.clone();
        let mut parameters = self.client_parameters(step, &admin)?;
        let names = &self.service.names;
        parameters.insert(names.suid.clone(), json!(suid));
        parameters.insert(names.target_ids.clone(), json!(targets));
        if let Some(value) = value {
            parameters.insert(names.key_value.clone(), json!(base64(value)));
        }
        Ok(parameters)
    }

    /// A client registration.
    pub fn register_client(&self, parameters: Parameters) -> Request {
        let names = &self.service.names;
        let content = json!({ &names.client_registration: parameters });
        Request::create(&names.base, names.client_registration_type, content)
    }

    /// A key registration.
    pub fn register_key(&self, parameters: Parameters) -> Request {
        let names = &self.service.names;
        let content = json!({ &names.key_registration: parameters });
        Request::create(&names.base, names.key_registration_type, content)
    }

    /// An update of a client registration.
    pub fn update_client(&self, id: &str, parameters: Parameters) -> Request {
        let content = json!({ &self.service.names.client_registration: parameters });
        Request::update(self.path(id), content)
    }

    /// An update of a key registration.
    pub fn update_key(&self, id: &str, parameters: Parameters) -> Request {
        let content = json!({ &self.service.names.key_registration: parameters });
        Request::update(self.path(id), content)
    }

    /// Where a registration is.
    pub fn path(&self, id: &str) -> String {
        format!("{}/{id}", self.service.names.base)
    }

    /// Where the client configuration of a registration is.
    pub fn configuration_path(&self, id: &str) -> String {
        format!("{}/{}", self.path(id), self.service.names.configuration)
    }

    /// Where the command of a registration is.
    pub fn command_path(&self, id: &str) -> String {
        format!("{}/{}", self.path(id), self.service.names.command)
    }

    /// A report on a command.
    pub fn report(&self, id: &str, parameters: Parameters) -> Request {
        let content = json!({ &self.service.names.command_content: parameters });
        Request::update(self.command_path(id), content)
    }

    /// A moment so far from now on the clock of the service, as m2m:timestamp.
    pub fn moment(&mut self, step: &str, ahead: Duration) -> Result<String, Stop> {
        let now = self.world.now(step)?;
        let moment: OffsetDateTime = now.checked_add(ahead).unwrap_or(now);
        Ok(basic(moment))
    }

    /// The usage of keys, which is that for associations unless something else was said, and that of keys for ESData
    /// (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
    pub fn usages(&self) -> (u8, u8) {
        let for_data = match self.service.role {
            ServiceRole::Maf => 34,
            ServiceRole::Mef => 24,
        };
        (self.suid, for_data)
    }

    /// Parameters with what is otherwise in a run.
    pub fn otherwise(
        &mut self,
        run: &Deviation,
        mut parameters: Parameters,
    ) -> Result<Parameters, Stop> {
        if run.empty {
            return Ok(Map::new());
        }
        for name in &run.without {
            let name = self.wire_name(&run.name, name)?;
            parameters.remove(&name);
        }
        for (name, value) in &run.with {
            let name = self.wire_name(&run.name, name)?;
            let value = self.filled(&run.name, value)?;
            parameters.insert(name, value);
        }
        Ok(parameters)
    }

    /// The name on the wire of a member of `ts0032-names.toml`; any other name is meant as it is.
    pub fn wire_name(&self, step: &str, member: &str) -> Result<String, Stop> {
        let names = json!(self.service.names);
        match names.get(member) {
            Some(Value::String(name)) => Ok(name.clone()),
            Some(_) => Err(Stop::error(step, format!("{member} is no name"))),
            None => Ok(member.to_owned()),
        }
    }

    fn filled(&mut self, step: &str, value: &Value) -> Result<Value, Stop> {
        Ok(match value {
            Value::String(text) => json!(self.filled_text(step, text)?),
            Value::Array(values) => {
                let values = values.iter().map(|value| self.filled(step, value));
                Value::Array(values.collect::<Result<_, _>>()?)
            }
            other => other.clone(),
        })
    }

    /// A text with its placeholders filled.
    pub fn filled_text(&mut self, step: &str, text: &str) -> Result<String, Stop> {
        if !text.contains('{') {
            return Ok(text.to_owned());
        }
        let relative = self.provisioned(Party::Target).entity.clone();
        let relative = relative.unwrap_or_default();
        let words = [
            ("{past}", self.moment(step, Duration::seconds(-1))?),
            ("{later}", self.moment(step, Duration::hours(1))?),
            ("{far}", self.moment(step, Duration::days(36_525))?),
            ("{source}", self.id(Party::Source)),
            ("{target}", self.id(Party::Target)),
            ("{other}", self.id(Party::Other)),
            ("{target-relative}", relative),
            ("{one-octet}", base64(&[7])),
            ("{64-kibibytes}", base64(&vec![7; 64 * 1024])),
            ("{10000}", "a".repeat(10_000)),
            ("{sp}", self.world.facts().sp_domain.clone()),
            ("{fqdn}", self.service.fqdn.clone()),
            ("{stakeholder}", self.service.stakeholder.clone()),
            (
                "{second-stakeholder}",
                self.service.second_stakeholder.clone(),
            ),
        ];
        let fill = |text: String, (word, value): &(&str, String)| text.replace(word, value);
        Ok(words.iter().fold(text.to_owned(), fill))
    }
}

/// Octets as xs:base64Binary.
pub fn base64(octets: &[u8]) -> String {
    use base64ct::{Base64, Encoding};
    Base64::encode_string(octets)
}

/// The octets of an xs:base64Binary.
pub fn octets(text: &str) -> Option<Vec<u8>> {
    use base64ct::{Base64, Encoding};
    Base64::decode_vec(text).ok()
}
