//! Purposes of ESCertKE.
//!
//! Each acts in the tested world alone: whoever holds a credential has the same name in both worlds, so the twin is made of
//! exchanges of that role.

use super::{certificates, correlation, handshakes, initiating, keys, messages};
use crate::purposes::Function;
use crate::purposes::esprim::originator::peer::Who;

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let function: Function = match id {
        "CSE/ESCERTKE/MSG/001" => |_, world| Box::pin(messages::are_those_of_the_table(world)),
        "CSE/ESCERTKE/MSG/002" => |_, world| Box::pin(messages::ask_for_a_certificate(world)),
        "CSE/ESCERTKE/MSG/003" => |_, world| Box::pin(messages::bring_no_ticket(world)),
        "CSE/ESCERTKE/MSG/004" => |_, world| Box::pin(messages::without_records(world)),
        "CSE/ESCERTKE/MSG/005" => |_, world| Box::pin(messages::in_any_records(world)),
        "CSE/ESCERTKE/MSG/006" => |_, world| Box::pin(messages::that_are_none(world)),
        "CSE/ESCERTKE/TLS/001" => |_, world| Box::pin(handshakes::of_other_versions(world)),
        "CSE/ESCERTKE/TLS/002" => |_, world| Box::pin(handshakes::of_both_versions(world)),
        "CSE/ESCERTKE/TLS/003" => |_, world| Box::pin(handshakes::with_other_suites(world)),
        "CSE/ESCERTKE/TLS/004" => |_, world| Box::pin(handshakes::with_the_mandatory_suite(world)),
        "CSE/ESCERTKE/TLS/005" => |_, world| Box::pin(certificates::of_nobody(world)),
        "CSE/ESCERTKE/TLS/006" => |_, world| Box::pin(certificates::with_bad_certificates(world)),
        "CSE/ESCERTKE/TLS/007" => |_, world| Box::pin(certificates::of_who_may_not_initiate(world)),
        "CSE/ESCERTKE/TLS/008" => |_, world| Box::pin(certificates::without_proof(world)),
        "CSE/ESCERTKE/TLS/009" => |_, world| Box::pin(handshakes::with_a_wrong_finished(world)),
        "CSE/ESCERTKE/TLS/010" => |_, world| Box::pin(certificates::with_raw_keys(world)),
        "CSE/ESCERTKE/TLS/011" => {
            |_, world| Box::pin(handshakes::with_more_than_a_handshake(world))
        }
        "CSE/ESCERTKE/TLS/012" => |_, world| Box::pin(handshakes::that_resume(world)),
        "CSE/ESCERTKE/TLS/013" => |_, world| Box::pin(handshakes::with_bad_points(world)),
        "CSE/ESPRIM/KEY/017" => |_, world| Box::pin(keys::serve_primitives(world)),
        "CSE/ESCERTKE/EXP/001" => |_, world| Box::pin(keys::are_cut_as_specified(world)),
        "CSE/ESCERTKE/EXP/002" => |_, world| Box::pin(keys::have_no_context(world)),
        "CSE/ESCERTKE/EXP/003" => |_, world| Box::pin(keys::have_their_label(world)),
        "CSE/ESCERTKE/EXP/004" => |_, world| Box::pin(keys::are_named_as_stated(world)),
        "CSE/ESCERTKE/EXP/005" => |_, world| Box::pin(keys::differ(world)),
        "CSE/ESCERTKE/EXP/006" => |_, world| Box::pin(keys::are_of_one_entity(world)),
        "CSE/ESCERTKE/COR/001" => |_, world| Box::pin(correlation::is_by_from(world)),
        "CSE/ESCERTKE/COR/002" => |_, world| Box::pin(correlation::of_another_certificate(world)),
        "CSE/ESCERTKE/COR/003" => |_, world| Box::pin(correlation::is_in_order(world)),
        "CSE/ESCERTKE/COR/004" => |_, world| Box::pin(correlation::of_many(world)),
        "CSE/ESCERTKE/COR/005" => |_, world| Box::pin(correlation::tells_failures_alike(world)),
        "CSE/ESCERTKE/COR/006" => |_, world| Box::pin(correlation::is_announced(world)),
        "CSE/ESCERTKE/ORG/001" => {
            |_, world| Box::pin(initiating::completes_the_exchange(world, Who::Cse))
        }
        "CSE/ESCERTKE/ORG/002" => {
            |_, world| Box::pin(initiating::checks_the_certificate(world, Who::Cse))
        }
        "CSE/ESCERTKE/ORG/003" => {
            |_, world| Box::pin(initiating::checks_the_answer(world, Who::Cse))
        }
        "CSE/ESCERTKE/ORG/004" => {
            |_, world| Box::pin(initiating::waits_for_message_4(world, Who::Cse))
        }
        "CSE/ESCERTKE/ORG/005" => {
            |_, world| Box::pin(initiating::refuses_other_choices(world, Who::Cse))
        }
        "AE/ESCERTKE/ORG/001" => {
            |_, world| Box::pin(initiating::completes_the_exchange(world, Who::Ae))
        }
        "AE/ESCERTKE/ORG/002" => {
            |_, world| Box::pin(initiating::checks_the_certificate(world, Who::Ae))
        }
        "AE/ESCERTKE/ORG/003" => |_, world| Box::pin(initiating::checks_the_answer(world, Who::Ae)),
        "AE/ESCERTKE/ORG/004" => {
            |_, world| Box::pin(initiating::waits_for_message_4(world, Who::Ae))
        }
        "AE/ESCERTKE/ORG/005" => {
            |_, world| Box::pin(initiating::refuses_other_choices(world, Who::Ae))
        }
        _ => return None,
    };
    Some(function)
}
