//! Purposes of group `acp` that steps cannot express.

use super::Function;

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let _ = id;
    None
}
