//! Purposes of Originators, of either role. Each acts in the tested world alone: an IUT acts when it is told to, and the twin is a
//! right exchange with the same Receiver.

use super::peer::Who;
use super::{learning, offers, refusals, requests, responses, support};
use crate::purposes::Function;

/// The function of a purpose of a CSE.
pub fn hosting(id: &str) -> Option<Function> {
    let function: Function = match id {
        "CSE/ESPRIM/ORG/001" => |_, world| Box::pin(support::is_looked_at_first(world, Who::Cse)),
        "CSE/ESPRIM/ORG/002" => |_, world| Box::pin(support::is_needed(world, Who::Cse)),
        "CSE/ESPRIM/ORG/003" => {
            |_, world| Box::pin(support::gives_the_shared_object(world, Who::Cse))
        }
        "CSE/ESPRIM/ORG/004" => |_, world| {
            Box::pin(support::of_an_expired_object_is_passed_over(
                world,
                Who::Cse,
            ))
        },
        "CSE/ESPRIM/ORG/005" => {
            |_, world| Box::pin(support::without_object_leads_to_a_request(world, Who::Cse))
        }
        "CSE/ESPRIM/ORG/006" => {
            |_, world| Box::pin(offers::of_other_answers_are_none(world, Who::Cse))
        }
        "CSE/ESPRIM/ORG/007" => |_, world| Box::pin(offers::without_use_are_left(world, Who::Cse)),
        "CSE/ESPRIM/ORG/008" => |_, world| Box::pin(requests::bring_a_rand_object(world, Who::Cse)),
        "CSE/ESPRIM/ORG/009" => |_, world| Box::pin(requests::are_fresh(world, Who::Cse)),
        "CSE/ESPRIM/ORG/010" => |_, world| Box::pin(requests::open_as_specified(world, Who::Cse)),
        "CSE/ESPRIM/ORG/011" => {
            |_, world| Box::pin(requests::tell_nothing_outside(world, Who::Cse))
        }
        "CSE/ESPRIM/ORG/012" => |_, world| Box::pin(responses::are_taken(world, Who::Cse)),
        "CSE/ESPRIM/ORG/013" => {
            |_, world| Box::pin(responses::of_other_sessions_are_none(world, Who::Cse))
        }
        "CSE/ESPRIM/ORG/014" => {
            |_, world| Box::pin(responses::that_are_late_are_none(world, Who::Cse))
        }
        "CSE/ESPRIM/ORG/015" => {
            |_, world| Box::pin(responses::that_were_altered_are_none(world, Who::Cse))
        }
        "CSE/ESPRIM/ORG/016" => {
            |_, world| Box::pin(responses::in_the_clear_are_none(world, Who::Cse))
        }
        "CSE/ESPRIM/ORG/017" => |_, world| Box::pin(refusals::end_in_failure(world, Who::Cse)),
        "CSE/ESPRIM/ORG/018" => |_, world| Box::pin(learning::comes_of_responses(world, Who::Cse)),
        "CSE/ESPRIM/ORG/019" => {
            |_, world| Box::pin(learning::does_not_come_unverified(world, Who::Cse))
        }
        _ => return None,
    };
    Some(function)
}

/// The function of a purpose of an AE.
pub fn application(id: &str) -> Option<Function> {
    let function: Function = match id {
        "AE/ESPRIM/ORG/001" => |_, world| Box::pin(support::is_looked_at_first(world, Who::Ae)),
        "AE/ESPRIM/ORG/002" => |_, world| Box::pin(support::is_needed(world, Who::Ae)),
        "AE/ESPRIM/ORG/003" => {
            |_, world| Box::pin(support::gives_the_shared_object(world, Who::Ae))
        }
        "AE/ESPRIM/ORG/004" => {
            |_, world| Box::pin(support::of_an_expired_object_is_passed_over(world, Who::Ae))
        }
        "AE/ESPRIM/ORG/005" => {
            |_, world| Box::pin(support::without_object_leads_to_a_request(world, Who::Ae))
        }
        "AE/ESPRIM/ORG/006" => {
            |_, world| Box::pin(offers::of_other_answers_are_none(world, Who::Ae))
        }
        "AE/ESPRIM/ORG/007" => |_, world| Box::pin(offers::without_use_are_left(world, Who::Ae)),
        "AE/ESPRIM/ORG/008" => |_, world| Box::pin(requests::bring_a_rand_object(world, Who::Ae)),
        "AE/ESPRIM/ORG/009" => |_, world| Box::pin(requests::are_fresh(world, Who::Ae)),
        "AE/ESPRIM/ORG/010" => |_, world| Box::pin(requests::open_as_specified(world, Who::Ae)),
        "AE/ESPRIM/ORG/011" => |_, world| Box::pin(requests::tell_nothing_outside(world, Who::Ae)),
        "AE/E2EKEY/DER/001" => {
            |_, world| Box::pin(requests::under_derived_keys_open(world, Who::Ae))
        }
        "AE/ESPRIM/ORG/012" => |_, world| Box::pin(responses::are_taken(world, Who::Ae)),
        "AE/ESPRIM/ORG/013" => {
            |_, world| Box::pin(responses::of_other_sessions_are_none(world, Who::Ae))
        }
        "AE/ESPRIM/ORG/014" => {
            |_, world| Box::pin(responses::that_are_late_are_none(world, Who::Ae))
        }
        "AE/ESPRIM/ORG/015" => {
            |_, world| Box::pin(responses::that_were_altered_are_none(world, Who::Ae))
        }
        "AE/ESPRIM/ORG/016" => {
            |_, world| Box::pin(responses::in_the_clear_are_none(world, Who::Ae))
        }
        "AE/ESPRIM/ORG/017" => |_, world| Box::pin(refusals::end_in_failure(world, Who::Ae)),
        "AE/ESPRIM/ORG/018" => |_, world| Box::pin(learning::comes_of_responses(world, Who::Ae)),
        "AE/ESPRIM/ORG/019" => {
            |_, world| Box::pin(learning::does_not_come_unverified(world, Who::Ae))
        }
        _ => return None,
    };
    Some(function)
}
