//! Purposes of an AE that opens and secures content.
//!
//! Of an AE there is one, and it acts when it is told to: each acts in the tested world alone, and the twin is a right object
//! in the same place.

use super::{
    source_certificates, source_encryption, source_requirements, source_signatures, target_derived,
    target_encryption, target_keys, target_labels, target_nested, target_refusals,
    target_signatures,
};
use crate::purposes::Function;

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let function: Function = match id {
        "AE/ESDATA/TGT/001" => |_, world| Box::pin(target_encryption::directly(world)),
        "AE/ESDATA/TGT/002" => |_, world| Box::pin(target_encryption::wrapped(world)),
        "AE/ESDATA/TGT/003" => |_, world| Box::pin(target_encryption::to_rsa_keys(world)),
        "AE/ESDATA/TGT/004" => |_, world| Box::pin(target_encryption::by_agreement(world)),
        "AE/ESDATA/TGT/005" => |_, world| Box::pin(target_encryption::for_several(world)),
        "AE/ESDATA/TGT/006" => |_, world| Box::pin(target_encryption::for_others(world)),
        "AE/ESDATA/TGT/007" => |_, world| Box::pin(target_signatures::of_every_algorithm(world)),
        "AE/ESDATA/TGT/008" => |_, world| Box::pin(target_signatures::of_two(world)),
        "AE/ESDATA/TGT/009" => |_, world| Box::pin(target_nested::signed_first(world)),
        "AE/ESDATA/TGT/010" => |_, world| Box::pin(target_nested::otherwise_nested(world)),
        "AE/ESDATA/TGT/011" => |_, world| Box::pin(target_nested::handed_on(world)),
        "AE/ESDATA/TGT/012" => |_, world| Box::pin(target_refusals::of_signatures(world)),
        "AE/ESDATA/TGT/013" => |_, world| Box::pin(target_refusals::of_encryption(world)),
        "AE/ESDATA/TGT/014" => |_, world| Box::pin(target_keys::for_codes(world)),
        "AE/E2EKEY/TGT/004" => |_, world| Box::pin(target_derived::keys(world)),
        "AE/ESDATA/TGT/015" => |_, world| Box::pin(target_labels::of_other_forms(world)),
        "AE/ESDATA/TGT/016" => |_, world| Box::pin(target_labels::that_are_gone(world)),
        "AE/ESDATA/TGT/022" => |_, world| Box::pin(target_keys::that_ended(world)),
        "AE/ESDATA/TGT/023" => |_, world| Box::pin(target_keys::for_signatures(world)),
        "AE/ESDATA/SRC/001" => |_, world| Box::pin(source_encryption::in_every_form(world)),
        "AE/ESDATA/SRC/002" => |_, world| Box::pin(source_encryption::directly_for_one(world)),
        "AE/ESDATA/SRC/003" => |_, world| Box::pin(source_encryption::freshly(world)),
        "AE/ESDATA/SRC/004" => |_, world| Box::pin(source_encryption::for_each(world)),
        "AE/E2EKEY/SRC/004" => |_, world| Box::pin(source_requirements::are_met(world)),
        "AE/ESDATA/SRC/005" => |_, world| Box::pin(source_encryption::with_more_covered(world)),
        "AE/ESDATA/SRC/006" => |_, world| Box::pin(source_certificates::of_targets(world)),
        "AE/ESDATA/SRC/007" => |_, world| Box::pin(source_signatures::over_their_headers(world)),
        "AE/ESDATA/SRC/008" => |_, world| Box::pin(source_signatures::inside(world)),
        _ => return None,
    };
    Some(function)
}
