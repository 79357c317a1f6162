//! Purposes of group `imp` that a list of steps cannot express.

mod administrators;
mod assigned;
mod concurrent;

use super::Function;
use administrators::Whence;

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let function: Function = match id {
        "CSE/IMP/SA/020" => {
            |twin, tested| Box::pin(administrators::shipped(twin, tested, Whence::AnAssociation))
        }
        "CSE/IMP/SA/021" => {
            |twin, tested| Box::pin(administrators::shipped(twin, tested, Whence::TheClear))
        }
        "CSE/IMP/REG/005" => |twin, tested| Box::pin(concurrent::one_wins(twin, tested)),
        "CSE/IMP/REG/027" => |twin, tested| Box::pin(assigned::tells_nothing(twin, tested)),
        _ => return None,
    };
    Some(function)
}
