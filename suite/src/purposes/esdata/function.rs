use super::{oracle, published};
use crate::purposes::Function;

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let function: Function = match id {
        "CSE/ESDATA/TOK/022" => |_, world| Box::pin(published::is_no_trust_anchor(world)),
        "CSE/ESDATA/TOK/016" => |_, world| Box::pin(oracle::tells_nothing(world)),
        _ => return None,
    };
    Some(function)
}
