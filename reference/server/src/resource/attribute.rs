use serde_json::Value;

/// Which request writes a representation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Write {
    Create,
    Update,
}

/// A column of the attribute tables (TS-0004 V3.32.0, 7.4.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// M.
    Mandatory,
    /// O.
    Optional,
    /// NP.
    NotPresent,
}

/// What a value has to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    TextList,
    Natural,
    Positive,
    Boolean,
    Timestamp,
    /// A set of access control rules, read by the policy parser.
    Privileges,
    /// m2m:acpType: at least one resource identifier (TS-0004 V3.32.0, 6.3.3).
    PolicyLinks,
    /// creator: null and nothing else (TS-0001 V3.36.0, 10.1.2).
    Creator,
    ResourceName,
    Object,
    Any,
    /// An attribute of the type that this CSE does not support (TS-0004 V3.32.0, 7.3.3.3).
    Unsupported,
}

/// One row of an attribute table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: &'static str,
    pub(crate) create: Presence,
    pub(crate) update: Presence,
    pub(crate) form: Form,
    /// Whether the multiplicity is 1, so that null cannot delete it (TS-0004 V3.32.0, 7.3.3.7).
    pub(crate) required: bool,
}

impl Attribute {
    /// Optional in both requests.
    pub(crate) const fn optional(name: &'static str, form: Form) -> Self {
        Self {
            name,
            create: Presence::Optional,
            update: Presence::Optional,
            form,
            required: false,
        }
    }

    /// Mandatory in Create, optional in Update, multiplicity 1.
    pub(crate) const fn mandatory(name: &'static str, form: Form) -> Self {
        Self {
            create: Presence::Mandatory,
            required: true,
            ..Self::optional(name, form)
        }
    }

    /// Present in neither request: the CSE keeps it.
    pub(crate) const fn kept(name: &'static str) -> Self {
        Self {
            create: Presence::NotPresent,
            update: Presence::NotPresent,
            required: true,
            ..Self::optional(name, Form::Any)
        }
    }

    /// Part of the type, but not of this CSE.
    pub(crate) const fn unsupported(name: &'static str) -> Self {
        Self::optional(name, Form::Unsupported)
    }

    /// The same, fixed once it is created.
    pub(crate) const fn fixed(self) -> Self {
        Self {
            update: Presence::NotPresent,
            ..self
        }
    }

    /// The same with multiplicity 1.
    pub(crate) const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    pub(crate) fn presence(&self, write: Write) -> Presence {
        match write {
            Write::Create => self.create,
            Write::Update => self.update,
        }
    }
}

impl Form {
    /// Whether `value` looks as it has to, as far as the value alone tells.
    pub(crate) fn fits(self, value: &Value) -> bool {
        match self {
            Self::Text | Self::Timestamp => value.is_string(),
            Self::ResourceName => value.as_str().is_some_and(is_resource_name),
            Self::TextList => value
                .as_array()
                .is_some_and(|list| list.iter().all(Value::is_string)),
            Self::PolicyLinks => value
                .as_array()
                .is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_string)),
            Self::Natural => value.is_u64(),
            Self::Positive => value.as_u64().is_some_and(|number| number > 0),
            Self::Boolean => value.is_boolean(),
            Self::Creator => value.is_null(),
            Self::Object => value.is_object(),
            Self::Privileges | Self::Any | Self::Unsupported => true,
        }
    }
}

/// The unreserved characters of RFC 3986 (m2m:resourceName, TS-0004 V3.32.0, Table 6.3.3-1), the dot segments apart.
fn is_resource_name(text: &str) -> bool {
    let unreserved = |character: char| {
        character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_' | '~')
    };
    !text.is_empty() && !matches!(text, "-" | "." | "..") && text.chars().all(unreserved)
}
