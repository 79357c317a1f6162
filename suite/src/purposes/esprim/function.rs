//! Purposes of ESPrim that no list of steps can express.
//!
//! Each acts in the tested world alone: whoever holds a pairwise key has the same name in both worlds, so the twin is made of
//! exchanges of that role.

use super::{carried, mutated, nested, receiver_object, replays, responses};
use crate::purposes::Function;

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let function: Function = match id {
        "CSE/ESPRIM/CAP/008" => |_, world| Box::pin(receiver_object::support_is_announced(world)),
        "CSE/ESPRIM/RRO/001" => |_, world| Box::pin(receiver_object::has_its_form(world)),
        "CSE/ESPRIM/RRO/002" => |_, world| Box::pin(receiver_object::has_its_members(world)),
        "CSE/ESPRIM/RRO/003" => |_, world| Box::pin(receiver_object::is_fresh(world)),
        "CSE/ESPRIM/RRO/006" => {
            |_, world| Box::pin(receiver_object::is_given_for_nothing_else(world))
        }
        "CSE/ESPRIM/RRO/010" => |_, world| Box::pin(receiver_object::is_no_secret(world)),
        "CSE/ESPRIM/RRO/004" => {
            |_, world| Box::pin(receiver_object::is_told_from_the_shared_one(world))
        }
        "CSE/ESPRIM/SHR/001" => |_, world| Box::pin(receiver_object::is_published(world)),
        "CSE/ESPRIM/OUT/013" => |_, world| Box::pin(carried::elsewhere_are_not_opened(world)),
        "CSE/ESPRIM/RSP/006" => |_, world| Box::pin(responses::bring_the_next_object(world)),
        "CSE/ESPRIM/JOSE/021" => |_, world| Box::pin(mutated::are_refused(world)),
        "CSE/ESPRIM/IMP/009" => |_, world| Box::pin(replays::tell_others_nothing(world)),
        "CSE/ESPRIM/IMP/016" => |_, world| Box::pin(nested::are_answered(world)),
        "CSE/ESPRIM/RPL/001" => |_, world| Box::pin(replays::are_refused(world)),
        "CSE/ESPRIM/RPL/005" => |_, world| Box::pin(replays::are_noticed_in_any_spelling(world)),
        "CSE/ESPRIM/RPL/006" => |_, world| Box::pin(replays::of_responses_are_refused(world)),
        "CSE/ESPRIM/RSP/001" => |_, world| Box::pin(responses::vectors_differ(world)),
        "CSE/ESPRIM/RSP/002" => |_, world| Box::pin(responses::vectors_do_not_count(world)),
        "CSE/ESPRIM/RSP/004" => |_, world| Box::pin(responses::fit_their_requests(world)),
        "CSE/ESPRIM/RSP/005" => |_, world| Box::pin(responses::keep_it_inside(world)),
        "CSE/ESPRIM/RSP/008" => |_, world| Box::pin(responses::tell_nothing(world)),
        _ => return None,
    };
    Some(function)
}
