//! One cell of the life cycle of `acpi`: a state of the attribute, an operation on it, and who tries.

mod change;
mod precondition;
mod result;

use super::{Expectation, Scenario};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// An operation on the `acpi` of `cntT`, which AE1 has made below its own `<AE>` (TS-0001 V3.36.0, 9.6.1.3.2).
///
/// The one who tries is AE1 where it is the creator, else AE2. What is linked before are `acpT` and `acpT2`, what is to
/// be linked is `acpN`, which lets AE4 retrieve: so AE4 shows whether it governs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// What `acpi` is before.
    pub state: LinksState,
    /// What is done.
    pub operation: LinksOperation,
    /// Who tries.
    pub who: Holder,
    /// How that is answered.
    pub expect: Expectation,
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// Every value, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in the catalogue.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    };
}

words! {
    /// What `acpi` is before the operation.
    LinksState {
        /// There is no resource yet.
        New = "new",
        /// The resource was made without it.
        Absent = "absent",
        /// One policy, linked at Create.
        One = "one",
        /// Two policies, of which the second is the one with the right.
        Several = "several",
        /// Taken away by null after it held one policy.
        Removed = "removed",
        /// Its only policy has been deleted.
        Dangling = "dangling",
        /// The first of two policies has been deleted.
        HalfDangling = "half-dangling",
    }
}

words! {
    /// What is done.
    LinksOperation {
        /// Create with one policy.
        Create = "create",
        /// Create with two policies.
        CreateSeveral = "create-several",
        /// Create with an empty list.
        CreateEmpty = "create-empty",
        /// Create with null.
        CreateNull = "create-null",
        /// Create with the id of nothing.
        CreateByNothing = "create-by-nothing",
        /// Create with the id of a resource that is no policy.
        CreateByOtherType = "create-by-other-type",
        /// Create with a policy, by an id of each form.
        CreateByForms = "create-by-forms",
        /// Update to another policy, or the first one.
        Replace = "replace",
        /// Update to what is linked and another policy.
        Add = "add",
        /// Update to what is linked without the policy that gives the right.
        RemoveOne = "remove-one",
        /// Update to null.
        Remove = "remove",
        /// Update to an empty list.
        Empty = "empty",
        /// Update together with another attribute.
        Mixed = "mixed",
        /// Update to the id of nothing.
        ReplaceByNothing = "replace-by-nothing",
        /// Update to the id of a resource that is no policy.
        ReplaceByOtherType = "replace-by-other-type",
        /// Update to a policy, by an id of each form.
        ReplaceByForms = "replace-by-forms",
        /// Update of another attribute.
        Other = "other",
        /// Delete of the policy.
        DeletePolicy = "delete-policy",
        /// Retrieve.
        Retrieve = "retrieve",
    }
}

words! {
    /// Who tries, by the right that it holds.
    Holder {
        /// The creator of the resource, without a right in any policy.
        Creator = "creator",
        /// Who holds UPDATE in selfPrivileges of what is linked now, or was last.
        Updater = "updater",
        /// Who holds every operation in its privileges.
        Writer = "writer",
        /// Who holds everything in the policy that is to be linked.
        Newcomer = "newcomer",
        /// Who holds nothing.
        Stranger = "stranger",
    }
}

impl Links {
    /// The steps of this cell.
    pub fn scenario(&self) -> Scenario {
        let mut twin = Map::new();
        if self.is_refused() {
            twin = precondition::twin(self);
            let request = twin.entry("request").or_insert_with(|| json!({}));
            change::make_valid(self, request);
            if request.as_object().is_some_and(Map::is_empty) {
                twin.shift_remove("request");
            }
        }
        let mut steps = change::requests(self);
        steps.extend(result::read_backs(self));
        Scenario {
            given: precondition::given(self),
            steps,
            twin,
            ..Scenario::default()
        }
    }

    fn actor(&self) -> &'static str {
        match (self.who, self.state) {
            (Holder::Creator, _) | (_, LinksState::New) => "AE1",
            _ => "AE2",
        }
    }

    /// Whether the request has to be refused, whatever the readings.
    fn is_refused(&self) -> bool {
        match &self.expect {
            Expectation::Deny | Expectation::Refuse { .. } => true,
            Expectation::Codes(codes) => codes.iter().all(|code| *code >= 4000),
            Expectation::Reading { readings, .. } => readings
                .iter()
                .any(|(_, reading)| *reading == Expectation::Deny),
            _ => false,
        }
    }

    /// The policies that are linked before, of those that are still there.
    fn linked(&self) -> &'static [&'static str] {
        match self.state {
            LinksState::One => &["acpT"],
            LinksState::Several => &["acpT", "acpT2"],
            LinksState::HalfDangling => &["acpT2"],
            LinksState::New | LinksState::Absent | LinksState::Removed | LinksState::Dangling => {
                &[]
            }
        }
    }

    /// Who can look at the resource whatever becomes of the request; nobody where no policy is left.
    fn reader(&self) -> Option<&'static str> {
        match self.state {
            LinksState::Absent | LinksState::Removed => Some("AE1"),
            LinksState::One | LinksState::Several | LinksState::HalfDangling => Some("ADM"),
            LinksState::New | LinksState::Dangling => None,
        }
    }

    /// Whether the request names `acpN`.
    fn brings_policy(&self) -> bool {
        matches!(
            self.operation,
            LinksOperation::Replace
                | LinksOperation::Add
                | LinksOperation::Mixed
                | LinksOperation::ReplaceByForms
        )
    }
}

fn rule(originator: &str, operations: u32) -> Value {
    json!({"acor": [super::identity_pattern(originator)], "acop": operations})
}
