//! Which purposes expect a denial, read from the data of the catalogue.

use onem2m_conform::catalogue::Purpose;
use onem2m_conform::catalogue::behaviour::{Action, Expectation, Role, Step};
use onem2m_conform::purposes::{Behaviour, Facts};

/// ORIGINATOR_HAS_NO_PRIVILEGE
const DENIED: u16 = 4103;

/// Functions of the suite that expect a denial, and what is denied.
const FUNCTIONS: [(&str, &str); 15] = [
    ("CSE/ACP/ORG/039", "a container under the thousand others"),
    ("CSE/ACP/ALG/010", "every other request of both entities"),
    ("CSE/ACP/TIM/023", "an Update before its window opens"),
    ("CSE/ACP/DEF/017", "the <request> of somebody else"),
    ("CSE/ACP/DEF/018", "a Retrieve whose result comes later"),
    ("CSE/ACP/MET/007", "a container through its parent"),
    ("CSE/ACP/MET/008", "a member of a group"),
    ("CSE/ACP/DEF/020", "the polling channel of somebody else"),
    (
        "CSE/ACP/DEF/022",
        "a Notify that would go through a polling channel",
    ),
    (
        "CSE/ACP/NTF/004",
        "a notification that comes from no member",
    ),
    ("CSE/ACP/ERR/015", "an Update that is sent again"),
    ("CSE/ESPRIM/IMP/009", "an object of somebody else"),
    ("CSE/ESDATA/TOK/016", "tokens that do not open"),
    (
        "CSE/ESDATA/TOK/022",
        "a token by a certificate that anybody may publish",
    ),
    (
        "CSE/ESPRIM/RRO/010",
        "rand objects for somebody without a key",
    ),
];

/// What a purpose expects to be denied.
#[derive(Debug, PartialEq, Eq)]
pub enum Denials {
    /// Nothing.
    None,
    /// These steps, in the tested world.
    Steps(Vec<String>),
    /// What its function sends.
    Function,
}

/// Reads what a purpose expects to be denied.
pub fn denials(purpose: &Purpose, behaviour: &Behaviour, facts: &Facts) -> Denials {
    let Some((tested, _)) = behaviour.steps() else {
        // Of the cases of a model check, half are to be denied.
        if purpose.subgroup() == "MODEL" {
            return Denials::Function;
        }
        return match FUNCTIONS.iter().any(|(id, _)| *id == purpose.id) {
            true => Denials::Function,
            false => Denials::None,
        };
    };
    let denied = tested.iter().filter(|step| is_denied(step, facts));
    let names: Vec<String> = denied.map(|step| step.name.clone()).collect();
    match names.is_empty() {
        true => Denials::None,
        false => Denials::Steps(names),
    }
}

/// Whether a request is judged that has to be denied; codes that leave a choice are no denial.
fn is_denied(step: &Step, facts: &Facts) -> bool {
    let asks = !matches!(
        step.action,
        Action::Inbound { .. }
            | Action::Answers { .. }
            | Action::Register { .. }
            | Action::WaitUntil { .. }
    );
    let judged = matches!(step.role, Role::Stimulus | Role::ReadBack);
    let denial = |codes: &[u16]| {
        codes.contains(&DENIED) && !codes.iter().any(|code| (1000..4000).contains(code))
    };
    let members = step.expect == Expectation::Permit
        && step
            .members
            .values()
            .any(|member| *member == Expectation::Deny);
    asks && judged
        && match facts.resolve(&step.expect).unwrap() {
            Expectation::Deny => true,
            Expectation::Codes(codes)
            | Expectation::Refuse { codes, .. }
            | Expectation::TurnedAway(codes) => denial(&codes),
            _ => members,
        }
}
