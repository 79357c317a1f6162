//! Which operation a request is and which a rule allows (TS-0004 V3.32.0, 6.3.4.2.29).

use onem2m_access::{Clauses as Access, Decision, Operation, Operations, Policy};
use serde_json::{Value, json};

use super::{Fault, rewrite};
use crate::authorize::{self, Attempt};
use crate::receive;
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "OperationBitsFromOperationNumbers",
        requirement: "TS-0004/6.3.4.2.29/1",
        summary: "the numbers of m2m:operation are used as bits of accessControlOperations",
        apply: |clauses| clauses.access.operation_bit = number,
    },
    Fault {
        name: "OperationBitsShifted",
        requirement: "TS-0004/6.3.4.2.29/1",
        summary: "bits are counted from the number of the operation, one position too high",
        apply: |clauses| clauses.access.operation_bit = |operation| 1 << number(operation),
    },
    Fault {
        name: "OperationBitsOfNotifyAndDiscoverySwapped",
        requirement: "TS-0001/9.6.2.3/1",
        summary: "NOTIFY is judged by bit 32 and DISCOVERY by bit 16",
        apply: |clauses| clauses.access.operation_bit = swapped,
    },
    Fault {
        name: "OperationsAnySuffices",
        requirement: "TS-0003/7.1.3/6",
        summary: "a rule with any operation allows every operation",
        apply: |clauses| clauses.access.operations = |_, _, _| true,
    },
    Fault {
        name: "OperationsUpdateImpliesRetrieve",
        requirement: "TS-0003/7.1.3/6",
        summary: "who may update may also retrieve",
        apply: |clauses| clauses.access.operations = update_implies_retrieve,
    },
    Fault {
        name: "OperationsCreateImpliesUpdate",
        requirement: "TS-0003/7.1.3/6",
        summary: "one right to write covers Create, Update and Delete",
        apply: |clauses| clauses.access.operations = one_right_to_write,
    },
    Fault {
        name: "OperationsZeroIsEverything",
        requirement: "TS-0004/6.3.4.2.29/1",
        summary: "accessControlOperations 0 is taken and read as no restriction",
        apply: |clauses| {
            clauses.policy =
                |policy| with_operations(policy, |acop| (acop == &json!(0)).then_some(63))
        },
    },
    Fault {
        name: "OperationsUndefinedBitsMasked",
        requirement: "TS-0004/6.3.4.2.29/1",
        summary: "bits that stand for no operation are masked off instead of refused",
        apply: |clauses| {
            clauses.policy = |policy| {
                with_operations(policy, |acop| {
                    Some(acop.as_u64().filter(|acop| *acop > 63)? & 63)
                })
            };
        },
    },
    Fault {
        name: "OperationsNegativeIsEverything",
        requirement: "TS-0004/6.3.4.2.29/1",
        summary: "a negative number is stored without sign and has all bits set",
        apply: |clauses| {
            clauses.policy = |policy| {
                with_operations(policy, |acop| {
                    acop.as_i64().filter(|acop| *acop < 0).map(|_| 63)
                })
            };
        },
    },
    Fault {
        name: "OperationsCoerced",
        requirement: "TS-0004/6.3.5.27/1",
        summary: "accessControlOperations of another JSON type is turned into a number",
        apply: |clauses| clauses.policy = |policy| with_operations(policy, coerced),
    },
    Fault {
        name: "DiscoveryCountsAsRetrieve",
        requirement: "TS-0003/7.1.3/7",
        summary: "discovery is judged by the RETRIEVE bit",
        apply: |clauses| clauses.discoverable = retrievable,
    },
    Fault {
        name: "NotifyUnchecked",
        requirement: "TS-0003/7.1.3/6",
        summary: "a notification is retargeted without a decision",
        apply: |clauses| clauses.decide = notify_unchecked,
    },
];

fn number(operation: Operation) -> u8 {
    match operation {
        Operation::Create => 1,
        Operation::Retrieve | Operation::Discover => 2,
        Operation::Update => 3,
        Operation::Delete => 4,
        Operation::Notify => 5,
    }
}

fn swapped(operation: Operation) -> u8 {
    match operation {
        Operation::Notify => 32,
        Operation::Discover => 16,
        other => other.bit(),
    }
}

fn update_implies_retrieve(_: &Access, allowed: Operations, requested: Operation) -> bool {
    let sufficient = match requested {
        Operation::Retrieve => Operation::Retrieve.bit() | Operation::Update.bit(),
        other => other.bit(),
    };
    allowed.bits() & sufficient != 0
}

fn one_right_to_write(_: &Access, allowed: Operations, requested: Operation) -> bool {
    let sufficient = match requested {
        Operation::Create | Operation::Update | Operation::Delete => {
            Operation::Create.bit() | Operation::Update.bit() | Operation::Delete.bit()
        }
        other => other.bit(),
    };
    allowed.bits() & sufficient != 0
}

/// Reads a policy after `read` has replaced the values of acop that it has a number for.
fn with_operations(
    policy: &Value,
    read: impl Fn(&Value) -> Option<u64>,
) -> Result<Policy, Refusal> {
    let rewritten = rewrite::rules(policy, |rule| {
        if let Some(number) = rule.get("acop").and_then(&read) {
            rule.insert("acop".to_owned(), number.into());
        }
    });
    receive::policy(&rewritten)
}

fn coerced(acop: &Value) -> Option<u64> {
    match acop {
        Value::String(text) => text.parse().ok(),
        Value::Array(items) => items.first()?.as_u64(),
        Value::Number(number) => number.to_string().split('.').next()?.parse().ok(),
        _ => None,
    }
}

fn retrievable(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    authorize::right(scene, &attempt.instead(Operation::Retrieve, attempt.target))
}

fn notify_unchecked(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match attempt.operation {
        Operation::Notify => Decision::Permit,
        _ => authorize::decide(scene, attempt),
    }
}
