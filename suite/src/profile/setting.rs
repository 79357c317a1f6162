//! Keys that the command line sets.

use super::error::{Place, ProfileError};
use super::shape::{Node, Shape};
use crate::suggest::nearest;
use toml_edit::{Array, DocumentMut, Item, Table, Value};

/// One `--set KEY=VALUE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    path: Vec<String>,
    value: String,
}

impl Setting {
    pub(super) fn parse(argument: &str) -> Result<Self, ProfileError> {
        let wrong = || ProfileError::Setting {
            argument: argument.into(),
        };
        let (key, value) = argument.split_once('=').ok_or_else(wrong)?;
        let path: Vec<String> = key.trim().split('.').map(str::to_owned).collect();
        if path.iter().any(String::is_empty) {
            return Err(wrong());
        }
        if path.first().is_some_and(|first| first == "credentials") {
            let key = path.join(".");
            return Err(ProfileError::Secret { key });
        }
        Ok(Self {
            path,
            value: value.trim().into(),
        })
    }

    pub(super) fn place(&self) -> Place {
        let key = self.path.join(".");
        Place::Set { key }
    }

    /// Whether it sets the value at a path, or a part of it.
    pub(super) fn touches(&self, path: &[&str]) -> bool {
        self.path.len() >= path.len() && self.path.iter().zip(path).all(|(own, other)| own == other)
    }

    /// An endpoint that is set to nothing is not there.
    fn removes(&self) -> bool {
        self.value.is_empty() && self.path.first().is_some_and(|first| first == "endpoints")
    }

    /// Changes the document; the value is read as what may stand at its place.
    pub(super) fn apply(
        &self,
        document: &mut DocumentMut,
        shape: &Shape,
    ) -> Result<(), ProfileError> {
        let node = self.find(shape)?;
        let Some((last, tables)) = self.path.split_last() else {
            return Ok(());
        };
        let mut table: &mut dyn toml_edit::TableLike = document.as_table_mut();
        for name in tables {
            table = table
                .entry(name)
                .or_insert_with(implicit_table)
                .as_table_like_mut()
                .ok_or_else(|| ProfileError::Value {
                    place: self.place(),
                    message: format!("expected a table at `{name}`"),
                })?;
        }
        if self.removes() {
            table.remove(last);
            return Ok(());
        }
        table.insert(last, Item::Value(self.typed_value(node)));
        Ok(())
    }

    fn find<'a>(&self, shape: &'a Shape) -> Result<Node<'a>, ProfileError> {
        let mut node = shape.root();
        for name in &self.path {
            node = node.child(name).ok_or_else(|| {
                let keys = node.keys();
                ProfileError::Unknown {
                    place: self.place(),
                    kind: "key",
                    name: name.clone(),
                    suggestion: nearest(name, keys.iter().copied()).map(str::to_owned),
                    known: keys.into_iter().map(str::to_owned).collect(),
                }
            })?;
        }
        Ok(node)
    }

    fn typed_value(&self, node: Node<'_>) -> Value {
        let read = self.value.parse::<Value>().ok();
        if node.is_list() {
            let parts = || self.value.split(',').map(str::trim).collect::<Array>();
            return read
                .filter(Value::is_array)
                .unwrap_or_else(|| Value::Array(parts()));
        }
        if node.is_text() {
            let quoted = read.filter(Value::is_str);
            return quoted.unwrap_or_else(|| Value::from(self.value.as_str()));
        }
        read.unwrap_or_else(|| Value::from(self.value.as_str()))
    }
}

fn implicit_table() -> Item {
    Item::Table(Table::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(argument: &str) -> String {
        let mut document = DocumentMut::new();
        Setting::parse(argument)
            .and_then(|setting| setting.apply(&mut document, &Shape::of_profile()))
            .expect("a key of the profile");
        document.to_string().replace('\n', " ").trim().to_owned()
    }

    #[test]
    fn text_needs_no_quotes() {
        assert_eq!(set("cse.id=/id-in"), "[cse] id = \"/id-in\"");
        assert_eq!(set("iut.version=1.0"), "[iut] version = \"1.0\"");
    }

    #[test]
    fn numbers_and_truth_values_are_read() {
        assert_eq!(set("limits.jobs=2"), "[limits] jobs = 2");
        assert_eq!(set("pics.PICS_ACP=false"), "[pics] PICS_ACP = false");
    }

    #[test]
    fn commas_make_a_list() {
        assert_eq!(set("iut.roles=CSE,MAF"), "[iut] roles = [\"CSE\", \"MAF\"]");
    }

    #[test]
    fn endpoint_set_to_nothing_is_removed() {
        let mut document: DocumentMut = "[endpoints]\nhttp = \"http://h\"\ncoap = \"coap://h\"\n"
            .parse()
            .expect("a document");
        Setting::parse("endpoints.http=")
            .and_then(|setting| setting.apply(&mut document, &Shape::of_profile()))
            .expect("a key of the profile");
        assert_eq!(document.to_string(), "[endpoints]\ncoap = \"coap://h\"\n");
    }

    #[test]
    fn endpoint_may_hold_an_equals_sign() {
        assert_eq!(
            set("endpoints.http=http://h/?a=b"),
            "[endpoints] http = \"http://h/?a=b\""
        );
    }

    #[test]
    fn credential_on_the_command_line_is_refused() {
        let error = Setting::parse("credentials.psk.a.key_hex=00").expect_err("a secret");
        assert!(matches!(error, ProfileError::Secret { .. }));
    }
}
