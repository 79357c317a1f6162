//! Purposes of associations and identifiers that neither a list of steps nor one of handshakes can express.
//!
//! Each acts in the tested world alone: whoever holds a credential has the same name in both worlds, so the twin is made of
//! exchanges of that role.

use super::{
    altered_record, announced_credential, broken_session, client, cut_short, expired_certificate,
    finite_field, flood, hint, in_the_clear, interleaved, kpsa_id, last_number, long_records, maf,
    many_renegotiations, padding, pipelined, provisioned_ids, public_key_id, record_order,
    renegotiation, replayed_datagram, resumed_identity, server_random, slow, ticket,
    two_associations, virtual_host, withdrawn_key,
};
use crate::purposes::Function;

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let function: Function = match id {
        "CSE/SAE/PSK/024" => |_, world| Box::pin(hint::tells_nothing(world)),
        "CSE/SAE/PSK/033" => |_, world| Box::pin(pipelined::each_is_compared(world)),
        "CSE/SAE/PSK/034" => |_, world| Box::pin(resumed_identity::is_kept(world)),
        "CSE/SAE/PSK/035" => |_, world| Box::pin(withdrawn_key::is_not_resumed(world)),
        "CSE/SAE/PSK/036" => |_, world| Box::pin(interleaved::are_not_mixed_up(world)),
        "CSE/SAE/PSK/040" => |_, world| Box::pin(in_the_clear::registers_nobody(world)),
        "CSE/SAE/PSK/048" => |_, world| Box::pin(announced_credential::of_a_key(world)),
        "CSE/SAE/CERT/008" => |_, world| Box::pin(announced_credential::of_a_device(world)),
        "CSE/SAE/CERT/011" => |_, world| Box::pin(announced_credential::of_a_node(world)),
        "CSE/SAE/RPK/012" => |_, world| Box::pin(announced_credential::of_a_raw_public_key(world)),
        "CSE/SAE/CERT/041" => |_, world| Box::pin(expired_certificate::is_not_resumed(world)),
        "CSE/SAE/TLS/020" => |_, world| Box::pin(finite_field::is_large(world)),
        "CSE/SAE/TLS/026" => |_, world| Box::pin(virtual_host::selects_keys(world)),
        "CSE/SAE/TLS/041" => |_, world| Box::pin(server_random::is_fresh(world)),
        "CSE/SAE/TLS/046" => |_, world| Box::pin(long_records::end_one_association(world)),
        "CSE/SAE/TLS/048" => |_, world| Box::pin(altered_record::is_refused(world)),
        "CSE/SAE/TLS/049" => |_, world| Box::pin(padding::looks_like_mac(world)),
        "CSE/SAE/TLS/050" => |_, world| Box::pin(record_order::counts(world)),
        "CSE/SAE/TLS/051" => |_, world| Box::pin(cut_short::has_no_effect(world)),
        "CSE/SAE/TLS/052" => |_, world| Box::pin(broken_session::is_not_resumed(world)),
        "CSE/SAE/TLS/053" => |_, world| Box::pin(ticket::is_the_right_one(world)),
        "CSE/SAE/TLS/054" => |_, world| Box::pin(renegotiation::to_another_identity(world)),
        "CSE/SAE/TLS/055" => |_, world| Box::pin(renegotiation::that_is_not_bound(world)),
        "CSE/SAE/TLS/057" => |_, world| Box::pin(many_renegotiations::serve_others(world)),
        "CSE/SAE/TLS/059" => |_, world| Box::pin(slow::keep_nobody_out(world)),
        "CSE/SAE/DTLS/013" => |_, world| Box::pin(replayed_datagram::has_no_effect(world)),
        "CSE/SAE/DTLS/019" => |_, world| Box::pin(two_associations::answer_each_for_itself(world)),
        "CSE/SAE/DTLS/024" => |_, world| Box::pin(last_number::is_the_last(world)),
        "CSE/SAE/DTLS/025" => |_, world| Box::pin(flood::keeps_nobody_out(world)),
        "CSE/IMP/SA/016" => |_, world| Box::pin(pipelined::each_is_compared_over_any(world)),
        "CSE/ID/KPSA/001" => |_, world| Box::pin(kpsa_id::at_the_edges(world)),
        "CSE/ID/KPSA/002" => |_, world| Box::pin(provisioned_ids::are_exact_and_single(world)),
        "CSE/ID/CRED/001" => |_, world| Box::pin(announced_credential::of_each_kind(world)),
        "CSE/ID/PKI/001" => |_, world| Box::pin(public_key_id::is_that_of_the_key(world)),
        id if client::of_second_association(id).is_some() => {
            return client::of_second_association(id);
        }
        id if maf::function(id).is_some() => return maf::function(id),
        id if client::of_other_provider(id).is_some() => return client::of_other_provider(id),
        id if client::of_application(id).is_some() => return client::of_application(id),
        _ => return None,
    };
    Some(function)
}
