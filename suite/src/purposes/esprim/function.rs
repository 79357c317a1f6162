//! Purposes of ESPrim that no list of steps can express.
//!
//! Each acts in the tested world alone: whoever holds a pairwise key has the same name in both worlds, so the twin is made of
//! exchanges of that role.

use super::{
    carried, crowded, delivered, expiries, keys, mutated, nested, offered, originator, over_coap,
    polled, receiver_object, registering, replays, responses, same_stem, shared_object, sizes,
    stored,
};
use crate::purposes::Function;

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let function: Function = match id {
        "CSE/ESPRIM/CAP/008" => |_, world| Box::pin(receiver_object::support_is_announced(world)),
        "CSE/ESPRIM/CAP/009" => |_, world| Box::pin(registering::tells_the_registrar(world)),
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
        "CSE/ESPRIM/RRO/009" => |_, world| Box::pin(crowded::keeps_nobody_out(world)),
        "CSE/ESPRIM/REQ/016" => |_, world| Box::pin(stored::without_blocking(world)),
        "CSE/ESPRIM/IMP/015" => |_, world| Box::pin(delivered::to_another_cse(world)),
        "CSE/ESPRIM/RPL/002" => |_, world| Box::pin(crowded::twice_at_once(world)),
        "CSE/ESPRIM/OUT/007" => |_, world| Box::pin(polled::to_who_polls(world)),
        "CSE/ESPRIM/OUT/008" => |_, world| Box::pin(delivered::to_its_target(world)),
        "CSE/ESPRIM/OUT/014" => |_, world| Box::pin(delivered::to_members_of_a_group(world)),
        "CSE/ESPRIM/SHR/002" => |_, world| Box::pin(shared_object::is_followed_by_another(world)),
        "CSE/ESPRIM/SHR/005" => |_, world| Box::pin(shared_object::ends_at_its_expiry(world)),
        "CSE/ESPRIM/REQ/022" => |_, world| Box::pin(sizes::are_whole(world)),
        "CSE/ESPRIM/RND/002" => |_, world| Box::pin(expiries::are_kept_to(world)),
        "CSE/ESPRIM/RPL/004" => |_, world| Box::pin(expiries::refuse_what_was_executed(world)),
        "CSE/ESPRIM/OUT/013" => |_, world| Box::pin(carried::elsewhere_are_not_opened(world)),
        "CSE/ESPRIM/RSP/006" => |_, world| Box::pin(responses::bring_the_next_object(world)),
        "CSE/ESPRIM/ALG/003" => |_, world| Box::pin(offered::nothing_else_is_taken(world)),
        "CSE/ESPRIM/BND/003" => |_, world| Box::pin(over_coap::responses_have_a_payload(world)),
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
        _ => return originator::hosting(id).or_else(|| originator::application(id)),
    };
    Some(function)
}

/// The function of a purpose whose entities share keys of its own with the IUT, so that others may run beside it.
pub fn function_apart(id: &str) -> Option<Function> {
    let function: Function = match id {
        "CSE/ESPRIM/KEY/002" => |_, world| Box::pin(keys::end_with_their_lifetime(world)),
        "CSE/ESPRIM/KEY/003" => |_, world| Box::pin(keys::end_their_sessions(world)),
        "CSE/ESPRIM/KEY/004" => |_, world| Box::pin(keys::without_lifetime_go_on(world)),
        "CSE/ESPRIM/KEY/005" => |_, world| Box::pin(keys::are_withdrawn_at_once(world)),
        "CSE/ESPRIM/KEY/009" => |_, world| Box::pin(keys::of_another_use_open_nothing(world)),
        "CSE/ESPRIM/KEY/016" => |_, world| Box::pin(keys::of_remote_provisioning_serve(world)),
        "CSE/E2EKEY/DER/001" => |_, world| Box::pin(keys::that_are_derived_serve(world)),
        "CSE/ESPRIM/IMP/018" => |_, world| Box::pin(same_stem::are_told_apart(world)),
        _ => return None,
    };
    Some(function)
}
