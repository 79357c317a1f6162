//! Which purposes expect a denial, read from the data of the catalogue.

use onem2m_conform::catalogue::Purpose;
use onem2m_conform::catalogue::behaviour::{Action, Expectation, Role, Step};
use onem2m_conform::purposes::{Behaviour, Facts};

const DENIED: u16 = 4103;

/// Functions of the suite whose stimulus has to be denied, and what is.
const FUNCTIONS: [(&str, &str); 5] = [
    ("CSE/ACP/ORG/039", "a thousand others permit nobody"),
    (
        "CSE/ACP/ALG/010",
        "AE1 may not retrieve, AE2 may not update",
    ),
    (
        "CSE/ACP/TIM/023",
        "the window is closed when the request arrives",
    ),
    ("CSE/ACP/DEF/017", "a <request> of somebody else"),
    (
        "CSE/ACP/DEF/018",
        "the result of a request without privilege",
    ),
];

/// Whether some exchange of the purpose has to be denied, whatever came before it.
pub fn is_expected(purpose: &Purpose, behaviour: &Behaviour, facts: &Facts) -> bool {
    let Some((tested, _)) = behaviour.steps() else {
        return FUNCTIONS.iter().any(|(id, _)| *id == purpose.id);
    };
    tested.iter().any(|step| is_denial(step, facts))
}

fn is_denial(step: &Step, facts: &Facts) -> bool {
    let exchanges = !matches!(
        step.action,
        Action::Inbound | Action::Register { .. } | Action::WaitUntil { .. }
    );
    let judged = matches!(step.role, Role::Stimulus | Role::ReadBack);
    let unconditional = step.when.is_none() && step.unless.is_none();
    exchanges
        && judged
        && unconditional
        && match facts.resolve(&step.expect).unwrap() {
            Expectation::Deny => true,
            Expectation::Codes(codes) => codes.contains(&DENIED),
            Expectation::Refuse { codes, .. } => codes.contains(&DENIED),
            _ => false,
        }
}
