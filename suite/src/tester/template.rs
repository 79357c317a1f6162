//! Fills the placeholders of typed data: names of the world, values of the profile, times on the
//! IUT's clock.

use super::location::Locations;
use super::naming::Naming;
use super::renaming::Renaming;
use super::sources::Sources;
use super::window::{self, Window};
use super::{address, circle};
use crate::catalogue::behaviour::identity_pattern;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::time::Duration;
use time::macros::format_description;
use time::{OffsetDateTime, UtcOffset};

/// A resource that the scenario made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// CSE-relative structured id, such as `cse-in/x/y`.
    pub path: String,
    /// CSE-relative unstructured id, once the IUT told it.
    pub unstructured: Option<String>,
}

/// What placeholders stand for.
#[derive(Debug, Clone)]
pub struct Words {
    /// Names of the world.
    pub naming: Naming,
    /// Resource name of the CSEBase.
    pub cse_base: String,
    /// CSE-ID without the slash.
    pub cse_id: String,
    /// SP domain without the slashes; empty if the profile names none.
    pub sp_domain: String,
    /// The administrator.
    pub administrator: String,
    /// The tester's addresses.
    pub sources: Sources,
    /// Where the IUT locates them.
    pub locations: Locations,
    /// Resources by their names in the scenario.
    pub made: HashMap<String, Made>,
    /// When the scenario began and what time it is, on the IUT's clock.
    pub clock: Option<(OffsetDateTime, OffsetDateTime)>,
    /// Points of access by entity.
    pub points_of_access: HashMap<String, String>,
    /// Identities that do not follow from a pattern, by actor: the IUT assigned them, or was provisioned with them.
    pub identities: HashMap<String, String>,
    /// Identities of pre-shared keys, by the actor that holds one.
    pub key_identities: HashMap<String, String>,
    /// Actors that the texts of the catalogue call by a pattern, and that go by an identity of the profile.
    pub renamed: Vec<Renaming>,
}

/// Why a template could not be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfilled {
    /// A time boundary is too close.
    TooClose(Duration),
    /// A placeholder needs the IUT's clock, which it has not shown yet.
    NoClock,
    /// The resource id that the IUT gave to this resource, which it has not shown.
    NoResourceId(String),
    /// The profile lacks a value.
    Missing(&'static str),
    /// The tester, or what the profile says of it, cannot give it.
    TestBed(String),
    /// The catalogue is wrong.
    Wrong(String),
}

impl Words {
    /// Fills all strings of a value. The text `<null>` becomes null; entries of `acpi`, `macp`
    /// and `mid`, and of `rlk`, are names.
    pub fn fill(&self, value: &Value) -> Result<Value, Unfilled> {
        match value {
            Value::String(text) if text == "<null>" => Ok(Value::Null),
            Value::String(text) => self.text(text).map(Value::String),
            Value::Array(values) => values
                .iter()
                .map(|value| self.fill(value))
                .collect::<Result<_, _>>()
                .map(Value::Array),
            Value::Object(members) => self.members(members).map(Value::Object),
            other => Ok(other.clone()),
        }
    }

    /// Fills the strings of an object.
    pub fn members(&self, members: &Map<String, Value>) -> Result<Map<String, Value>, Unfilled> {
        members
            .iter()
            .map(|(member, value)| {
                let filled = match (member.as_str(), value) {
                    ("actw", Value::Array(windows)) => windows
                        .iter()
                        .map(|window| self.window(window))
                        .collect::<Result<_, _>>()
                        .map(Value::Array),
                    ("acpi" | "macp" | "mid" | "rlk", Value::Array(names)) => names
                        .iter()
                        .map(|name| self.reference(name))
                        .collect::<Result<_, _>>()
                        .map(Value::Array),
                    ("accr", Value::String(text)) => {
                        circle::circle(text, &self.locations).map(|circle| json!(circle))
                    }
                    _ => self.fill(value),
                };
                Ok((member.clone(), filled?))
            })
            .collect()
    }

    /// The structured id of a target: CSE-relative, such as `cntT/la`, `AE1` or `{CB}`; or that of another CSE as it is.
    pub fn target(&self, name: &str) -> Result<String, Unfilled> {
        if name.contains('{') || name.starts_with('/') {
            return self.text(name);
        }
        let last = name.rsplit('/').next().unwrap_or(name);
        if let Some(made) = self.made.get(last) {
            return Ok(made.path.clone());
        }
        let (first, rest) = match name.split_once('/') {
            Some((first, rest)) => (first, Some(rest)),
            None => (name, None),
        };
        let path = match self.made.get(first) {
            Some(made) => made.path.clone(),
            None => format!("{}/{}", self.cse_base, self.naming.resource(first)),
        };
        Ok(match rest {
            Some(rest) => format!("{path}/{}", self.naming.rewrite(rest)),
            None => path,
        })
    }

    fn reference(&self, value: &Value) -> Result<Value, Unfilled> {
        match value {
            Value::String(name) if !name.contains(['{', '/', '<']) => {
                self.target(name).map(Value::String)
            }
            other => self.fill(other),
        }
    }

    fn window(&self, value: &Value) -> Result<Value, Unfilled> {
        let Value::String(template) = value else {
            return self.fill(value);
        };
        if !template.contains(['{', '@']) {
            return Ok(value.clone());
        }
        let (start, now) = self.clock.ok_or(Unfilled::NoClock)?;
        match window::build(template, start, now).map_err(Unfilled::Wrong)? {
            Window::Fields(fields) => Ok(Value::String(fields)),
            Window::TooClose(wait) => Err(Unfilled::TooClose(wait)),
        }
    }

    /// Fills a text. One that begins as a JSON object is left as it is.
    pub fn text(&self, text: &str) -> Result<String, Unfilled> {
        if text.starts_with("{\"") {
            return Ok(text.to_owned());
        }
        let text = Renaming::rename(&self.renamed, text);
        let mut filled = String::new();
        let mut rest = text.as_str();
        while let Some((before, tail)) = rest.split_once('{') {
            filled.push_str(&self.naming.rewrite(before));
            match tail.split_once('}') {
                Some((placeholder, after)) => {
                    filled.push_str(&self.placeholder(placeholder)?);
                    rest = after;
                }
                None => {
                    filled.push('{');
                    rest = tail;
                }
            }
        }
        filled.push_str(&self.naming.rewrite(rest));
        Ok(filled)
    }

    fn placeholder(&self, placeholder: &str) -> Result<String, Unfilled> {
        let wrong = || Unfilled::Wrong(format!("unknown placeholder {{{placeholder}}}"));
        if let Some(filled) = address::fill(placeholder, &self.sources) {
            return filled;
        }
        if let Some((form, name)) = placeholder.split_once(':') {
            return match form {
                "rn" => Ok(self.naming.resource(name)),
                "ID" => self.identity(name),
                "sp-ID" => self.sp_relative(name),
                "abs-ID" => self.absolute(name),
                "domain-of" => Ok(domain_of(&self.identity(name)?).to_owned()),
                "other-case-of" => Ok(other_case(&self.identity(name)?)),
                "encoded" => Ok(encoded(&self.identity(name)?)),
                "beginning-of" => Ok(beginning(&self.identity(name)?).0.to_owned()),
                "id" => self.target(name),
                "KPSA" => self.key_identity(name).map(str::to_owned),
                "KPSA-first" => Ok(self.key_identity(name)?.chars().take(1).collect()),
                "KPSA-issuer" => {
                    let issuer = self.key_identity(name)?.split_once('@');
                    Ok(issuer.map_or("", |(_, issuer)| issuer).to_owned())
                }
                "point" => circle::point(name, &self.locations)
                    .map(|point| format!("{},{}", point.latitude, point.longitude)),
                "POA" => self.points_of_access.get(name).cloned().ok_or_else(wrong),
                "sp" => Ok(format!("/{}/{}", self.cse_id, self.target(name)?)),
                "abs" => Ok(format!(
                    "//{}/{}/{}",
                    self.domain()?,
                    self.cse_id,
                    self.target(name)?
                )),
                "ri" => self
                    .made
                    .get(name)
                    .ok_or_else(wrong)?
                    .unstructured
                    .clone()
                    .ok_or_else(|| Unfilled::NoResourceId(name.to_owned())),
                _ => Err(wrong()),
            };
        }
        if let Some(seconds) = placeholder.strip_prefix("now") {
            return self.moment(seconds).map(basic);
        }
        if let Some(seconds) = placeholder.strip_prefix("http-date") {
            return self.moment(seconds).map(http_date);
        }
        if let Some(number) = placeholder.strip_prefix("POA") {
            let entity = format!("AE{number}");
            return self
                .points_of_access
                .get(&entity)
                .cloned()
                .ok_or_else(wrong);
        }
        match placeholder {
            "CB" => Ok(self.cse_base.clone()),
            "IUT" => Ok(self.cse_id.clone()),
            "SP" => self.domain(),
            "ADM" => Ok(self.administrator.clone()),
            "CC" => self.locations.country(),
            name if name.starts_with("AE") => self.target(name).map(|path| {
                let name = path.rsplit('/').next();
                name.unwrap_or_default().to_owned()
            }),
            _ => Err(wrong()),
        }
    }

    /// What an actor sends in From.
    pub fn identity(&self, actor: &str) -> Result<String, Unfilled> {
        match self.identities.get(actor) {
            Some(identity) => Ok(identity.clone()),
            None => self.text(&identity_pattern(actor)),
        }
    }

    /// The SP-relative form of the identity of an actor, or its absolute form where it is of another domain.
    pub fn sp_relative(&self, actor: &str) -> Result<String, Unfilled> {
        let identity = self.identity(actor)?;
        Ok(match identity.chars().next() {
            Some('/') => identity,
            Some('S') => format!("/{identity}"),
            _ => format!("/{}/{identity}", self.cse_id),
        })
    }

    /// The identity of an actor in absolute form.
    pub fn absolute(&self, actor: &str) -> Result<String, Unfilled> {
        let relative = self.sp_relative(actor)?;
        Ok(match relative.starts_with("//") {
            true => relative,
            false => format!("//{}{relative}", self.domain()?),
        })
    }

    fn key_identity(&self, actor: &str) -> Result<&str, Unfilled> {
        let identity = self.key_identities.get(actor).map(String::as_str);
        identity.ok_or_else(|| Unfilled::Wrong(format!("{actor} holds no pre-shared key")))
    }

    fn domain(&self) -> Result<String, Unfilled> {
        match self.sp_domain.is_empty() {
            true => Err(Unfilled::Missing("cse.sp_domain")),
            false => Ok(self.sp_domain.clone()),
        }
    }

    fn moment(&self, seconds: &str) -> Result<OffsetDateTime, Unfilled> {
        let (_, now) = self.clock.ok_or(Unfilled::NoClock)?;
        let seconds = match seconds {
            "" => 0,
            number => number
                .parse()
                .map_err(|_| Unfilled::Wrong(format!("expected seconds, got {number:?}")))?,
        };
        now.checked_add(time::Duration::seconds(seconds))
            .ok_or_else(|| Unfilled::Wrong(format!("{seconds} s lead out of time")))
    }
}

/// A timestamp in basic form (TS-0004 V3.32.0, 6.3.3, m2m:timestamp).
pub fn basic(moment: OffsetDateTime) -> String {
    let format = format_description!("[year][month][day]T[hour][minute][second]");
    moment
        .to_offset(UtcOffset::UTC)
        .format(&format)
        .unwrap_or_default()
}

/// Reads a timestamp in basic form; a fraction of a second is left out.
pub fn read_basic(text: &str) -> Option<OffsetDateTime> {
    let format = format_description!("[year][month][day]T[hour][minute][second]");
    let whole = text.get(..15)?;
    time::PrimitiveDateTime::parse(whole, &format)
        .ok()
        .map(time::PrimitiveDateTime::assume_utc)
}

/// The M2M-SP-ID of an absolute identifier.
fn domain_of(identity: &str) -> &str {
    let path = identity.strip_prefix("//").unwrap_or_default();
    let length = path.split('/').next().map_or(0, str::len);
    identity.get(..length + 2).unwrap_or_default()
}

/// The identity in capitals, or in small letters where it has capitals alone.
fn other_case(identity: &str) -> String {
    let capitals = identity.to_uppercase();
    match capitals == identity {
        true => identity.to_lowercase(),
        false => capitals,
    }
}

/// The identity with an escape in place of its last character.
fn encoded(identity: &str) -> String {
    let (beginning, last) = beginning(identity);
    let mut encoded = beginning.to_owned();
    for octet in last.bytes() {
        encoded += &format!("%{octet:02X}");
    }
    encoded
}

/// The identity without its last character, and that.
fn beginning(identity: &str) -> (&str, &str) {
    let last = identity.char_indices().next_back();
    identity.split_at(last.map_or(0, |(place, _)| place))
}

fn http_date(moment: OffsetDateTime) -> String {
    let format = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    moment
        .to_offset(UtcOffset::UTC)
        .format(&format)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn words() -> Words {
        let now = datetime!(2025-11-20 13:27:30 UTC);
        let made = Made {
            path: "cse-in/x".into(),
            unstructured: Some("cnt1".into()),
        };
        Words {
            naming: Naming::new("Cconf", 7, "P", 1, "tested"),
            cse_base: "cse-in".into(),
            cse_id: "id-in".into(),
            sp_domain: "sp.example".into(),
            administrator: "CAdmin".into(),
            sources: Sources::read(&["127.0.0.1".to_owned()]),
            locations: Locations::stated(
                &[("PIXIT_LOCATION_FIRST".into(), "60.0,24.0,FI".into())].into(),
            ),
            made: HashMap::from([("cntT".into(), made)]),
            clock: Some((now, now)),
            points_of_access: HashMap::new(),
            identities: HashMap::new(),
            key_identities: HashMap::from([("AE8".into(), "ae9@in.example.com".into())]),
            renamed: Vec::new(),
        }
    }

    #[test]
    fn json_is_left_as_it_is() {
        let text = "{\"a\":{\"b\":\"tpX\"}}";
        assert_eq!(words().text(text), Ok(text.to_owned()));
    }

    #[test]
    fn actor_of_the_profile_goes_by_its_identity_in_every_form() {
        let mut words = words();
        for (actor, identity) in [("AE1", "SAE1"), ("AE2", "CAE2"), ("CSE2", "/tpcse")] {
            words.identities.insert(actor.into(), identity.into());
            words.renamed.push(Renaming::of(actor));
        }
        for (text, filled) in [
            ("CtpA1", "SAE1"),
            ("/{IUT}/CtpA1", "/SAE1"),
            ("//{SP}/{IUT}/CtpA1", "//sp.example/SAE1"),
            ("/{IUT}/CtpA2", "/id-in/CAE2"),
            ("CTPA1", "sae1"),
            ("CtpA%32", "CAE%32"),
            ("/tpc*", "/tpcs*"),
            ("//{SP}/tpc2", "//sp.example/tpcse"),
        ] {
            assert_eq!(words.text(text).as_deref(), Ok(filled), "{text}");
        }
    }

    #[test]
    fn identity_of_a_key_is_whole_or_in_parts() {
        let words = words();
        for (text, filled) in [
            ("12-{KPSA:AE8}", "12-ae9@in.example.com"),
            (
                "12-{KPSA-first:AE8}*{KPSA-issuer:AE8}",
                "12-a*in.example.com",
            ),
        ] {
            assert_eq!(words.text(text).as_deref(), Ok(filled));
        }
        assert!(words.text("{KPSA:AE7}").is_err());
    }

    #[test]
    fn resources_are_named_in_every_form() {
        let words = words();
        let filled = words.fill(&json!([
            "{id:cntT}",
            "{ri:cntT}",
            "{sp:cntT}",
            "{abs:cntT}"
        ]));
        let expected = json!([
            "cse-in/x",
            "cnt1",
            "/id-in/cse-in/x",
            "//sp.example/id-in/cse-in/x"
        ]);
        assert_eq!(filled.unwrap(), expected);
    }

    #[test]
    fn policies_are_referred_to_by_name() {
        let filled = words().fill(&json!({"acpi": ["cntT", "{CB}/y", "<null>"], "a": "<null>"}));
        let expected = json!({"acpi": ["cse-in/x", "cse-in/y", null], "a": null});
        assert_eq!(filled.unwrap(), expected);
    }

    #[test]
    fn times_are_those_of_the_iut() {
        let words = words();
        assert_eq!(words.text("{now+5}").unwrap(), "20251120T132735");
        assert_eq!(
            words.text("{http-date}").unwrap(),
            "Thu, 20 Nov 2025 13:27:30 GMT"
        );
        assert_eq!(
            read_basic("20251120T132730,123456"),
            Some(datetime!(2025-11-20 13:27:30 UTC))
        );
    }

    #[test]
    fn contexts_are_built_around_the_tester() {
        let filled = words().fill(&json!({
            "acip": {"ipv4": ["{SRC/8}", "{SRC}/24"]},
            "aclr": {"accr": "10 m around located", "accc": ["{CC}"]},
            "con": "{point:located}",
        }));
        let expected = json!({
            "acip": {"ipv4": ["127.0.0.0/8", "127.0.0.1/24"]},
            "aclr": {"accr": [60.0, 24.0, 10.0], "accc": ["FI"]},
            "con": "60,24",
        });
        assert_eq!(filled.unwrap(), expected);
    }

    #[test]
    fn unknown_placeholders_are_errors() {
        assert!(matches!(words().text("{NOPE}"), Err(Unfilled::Wrong(_))));
    }
}
