//! Which keys a profile can have, read from the schema of its types.

use super::Profile;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// The schema of a profile.
pub(super) struct Shape {
    root: Value,
}

/// One place in it: a table, a list or a value.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    schema: &'a Value,
}

impl Shape {
    pub(super) fn of_profile() -> Self {
        let settings =
            SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
        let root = settings
            .into_generator()
            .into_root_schema_for::<Profile>()
            .to_value();
        Self { root }
    }

    pub(super) fn root(&self) -> Node<'_> {
        Node { schema: &self.root }
    }
}

impl<'a> Node<'a> {
    /// The keys that have a meaning here; none where names are free.
    pub(super) fn keys(self) -> Vec<&'a str> {
        self.alternatives()
            .filter_map(|schema| schema.get("properties")?.as_object())
            .flat_map(|properties| properties.keys().map(String::as_str))
            .collect()
    }

    /// What stands under a key.
    pub(super) fn child(self, key: &str) -> Option<Node<'a>> {
        self.alternatives().find_map(|schema| {
            let named = schema
                .get("properties")
                .and_then(|properties| properties.get(key));
            let free = schema
                .get("additionalProperties")
                .filter(|free| !matches!(free, Value::Bool(false)));
            named.or(free).map(|schema| Node { schema })
        })
    }

    /// What stands in a list.
    pub(super) fn element(self) -> Option<Node<'a>> {
        let schema = self.alternatives().find_map(|schema| schema.get("items"))?;
        Some(Node { schema })
    }

    /// Whether only text can stand here.
    pub(super) fn is_text(self) -> bool {
        self.has_type("string")
    }

    /// Whether a list stands here.
    pub(super) fn is_list(self) -> bool {
        self.has_type("array")
    }

    fn has_type(self, name: &str) -> bool {
        self.alternatives().any(|schema| match schema.get("type") {
            Some(Value::String(only)) => only == name,
            Some(Value::Array(several)) => several.iter().any(|one| one == name),
            _ => false,
        })
    }

    /// The schema itself and, at any depth, the schemas of which one has to hold.
    fn alternatives(self) -> impl Iterator<Item = &'a Value> {
        let mut found = vec![self.schema];
        let mut next = 0;
        while let Some(schema) = found.get(next).copied() {
            let choices = ["anyOf", "oneOf"]
                .into_iter()
                .filter_map(|word| schema.get(word)?.as_array());
            found.extend(choices.flatten());
            next += 1;
        }
        found.into_iter()
    }
}
