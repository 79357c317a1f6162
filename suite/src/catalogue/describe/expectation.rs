//! An expected answer in words.

use super::super::Catalogue;
use super::super::behaviour::{Acceptance, Action, Expectation};
use onem2m_primitive::ResponseStatusCode;

impl Catalogue {
    /// What has to come back.
    pub(super) fn expected(&self, expectation: &Expectation, action: &Action) -> String {
        match (expectation, action) {
            (Expectation::Permit, Action::Inbound { .. }) => "it has to arrive".into(),
            (Expectation::Deny, Action::Inbound { .. }) => "nothing may arrive".into(),
            (Expectation::Permit, Action::Discover { finds, .. }) => {
                format!("it succeeds and lists {}", finds.join(", "))
            }
            (Expectation::Deny, Action::Discover { finds, .. }) => {
                format!("it does not list {}", finds.join(", "))
            }
            (Expectation::Permit, _) => "it succeeds".into(),
            (Expectation::Deny, _) => {
                format!(
                    "it is denied with {}, and the answer shows nothing of what is protected",
                    codes(&[4103])
                )
            }
            (Expectation::Codes(expected), _) => format!("it is answered with {}", codes(expected)),
            (
                Expectation::Refuse {
                    codes: refused,
                    accepted,
                },
                _,
            ) => {
                let accepted = match accepted {
                    Acceptance::Fails => "",
                    Acceptance::Unchecked => {
                        ", and if it is accepted, what follows tells what harm that does"
                    }
                    Acceptance::Harmless => ", or accepted if that does no harm",
                };
                format!("it is refused with {}{accepted}", codes(refused))
            }
            (Expectation::TurnedAway(refused), _) => {
                format!("it is refused with {}, or by HTTP itself", codes(refused))
            }
            (Expectation::Dispute(name), _) => self.disputed(name),
            (Expectation::Reading { pixit, readings }, _) => {
                let reading = |(value, expectation): &(String, Expectation)| {
                    format!(
                        "if {pixit} is {value}, {}",
                        self.expected(expectation, action)
                    )
                };
                readings.iter().map(reading).collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// What each text of a dispute says.
    fn disputed(&self, name: &str) -> String {
        let Some(dispute) = self.disputes.get(name) else {
            return format!("it is answered as in the dispute {name}");
        };
        let reading = dispute.reading.iter().map(|reading| {
            let releases: Vec<String> = reading.releases.iter().map(u8::to_string).collect();
            let scope = match releases.is_empty() {
                true => String::new(),
                false => format!(" in release {}", releases.join(", ")),
            };
            format!("{} by {}{scope}", codes(&reading.codes), reading.clause)
        });
        let reading: Vec<String> = reading.collect();
        format!("it is answered with {}", reading.join(" or "))
    }
}

fn codes(codes: &[u16]) -> String {
    let named = codes
        .iter()
        .map(|code| ResponseStatusCode::from(*code).to_string());
    named.collect::<Vec<_>>().join(" or ")
}
