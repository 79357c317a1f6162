//! What stands in braces in texts of steps, and how targets are written.

use super::{ADMINISTRATOR, BASE, ENTITIES, Model};
use crate::campaign::request::escaped;
use crate::campaign::step::{Form, Step, Target};
use serde_json::{Map, Value};
use time::Duration;
use time::macros::format_description;

impl Model {
    /// The text with what its braces stand for. Braces that stand for nothing here are left as they are.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            filled.push_str(before);
            match behind.split_once('}') {
                Some((word, after)) if let Some(value) = self.word(word) => {
                    filled.push_str(&value);
                    rest = after;
                }
                _ => {
                    filled.push('{');
                    rest = behind;
                }
            }
        }
        filled.push_str(rest);
        filled
    }

    /// The value with every text in it filled.
    pub fn fill_value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.fill(text)),
            Value::Array(items) => items.iter().map(|item| self.fill_value(item)).collect(),
            Value::Object(members) => Value::Object(self.fill_members(members)),
            other => other.clone(),
        }
    }

    /// The members with every text in them filled.
    pub fn fill_members(&self, members: &Map<String, Value>) -> Map<String, Value> {
        members
            .iter()
            .map(|(name, value)| (name.clone(), self.fill_value(value)))
            .collect()
    }

    fn word(&self, word: &str) -> Option<String> {
        let (name, form) = match word.split_once(':') {
            Some((name, form)) => (name, form),
            None => (word, ""),
        };
        if form == "poa" {
            return self.point_of_access(name).map(str::to_owned);
        }
        if name == ADMINISTRATOR || ENTITIES.contains(&name) {
            return self.entity(&self.identity(name), form);
        }
        if name == "now" {
            return self.moment(form);
        }
        if name == "rn" {
            return Some(self.resource_name(form));
        }
        if form == "canary" {
            return Some(self.canary(name));
        }
        let resource = self.slot(name)?;
        match form {
            "ri" => resource.id.clone(),
            "rn" => Some(resource.name().to_owned()),
            "sp" => Some(format!("/{}/{}", self.site.cse_id, resource.path)),
            "abs" => Some(format!(
                "{}/{}/{}",
                self.site.provider(),
                self.site.cse_id,
                resource.path
            )),
            "" => Some(resource.path.clone()),
            _ => None,
        }
    }

    fn entity(&self, stem: &str, form: &str) -> Option<String> {
        let site = &self.site;
        // A stem of the service provider is unique in its domain.
        let is_of_provider = stem.starts_with('S');
        match form {
            "" => Some(stem.to_owned()),
            "sp" if is_of_provider => Some(format!("/{stem}")),
            "abs" if is_of_provider => Some(format!("{}/{stem}", site.provider())),
            "sp" => Some(format!("/{}/{stem}", site.cse_id)),
            "abs" => Some(format!("{}/{}/{stem}", site.provider(), site.cse_id)),
            _ => None,
        }
    }

    /// A moment so many seconds from now, as a m2m:timestamp (TS-0004 V3.32.0, 6.3.3).
    fn moment(&self, seconds: &str) -> Option<String> {
        let moment = self.now? + Duration::seconds(seconds.parse().ok()?);
        let form = format_description!("[year][month][day]T[hour][minute][second]");
        moment.format(form).ok()
    }

    /// The canary of a slot: no canary is part of another.
    pub fn canary(&self, slot: &str) -> String {
        format!("canary-{}-{slot}.", self.tag())
    }

    /// The path component for a target (TS-0009 V3.9.1, 6.2.2.1); none if it is not known.
    pub fn path(&self, target: &Target) -> Option<String> {
        let resource = self.slot(&target.slot)?;
        let below = target.below.map(|below| format!("/{}", below.segment()));
        let below = below.unwrap_or_default();
        let site = &self.site;
        // An IUT may have taken a name that no resource may have.
        let structured = escaped(&resource.path);
        let path = match target.form {
            Form::Structured => format!("/{structured}"),
            Form::Unstructured if resource.slot == BASE => format!("/{structured}"),
            Form::Unstructured => format!("/{}", escaped(resource.id.as_ref()?)),
            Form::SpRelative => format!("/~/{}/{structured}", site.cse_id),
            Form::Absolute => format!("/_/{}/{}/{structured}", site.sp_domain, site.cse_id),
        };
        Some(path + &below)
    }

    /// What From of a step says.
    pub fn from_of(&self, step: &Step) -> String {
        match step.from() {
            Some(text) => self.fill(text),
            None => self.identity(&step.by),
        }
    }
}
