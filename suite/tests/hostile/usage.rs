//! The end of a call that asked for what cannot be.

use crate::child::Ended;

/// It ended with exit code 2, said why, and what to do.
#[track_caller]
pub fn assert_usage(ended: &Ended, error: &str, hint: &str) {
    assert_eq!(ended.code, 2, "{}", ended.talk);
    assert!(ended.talk.contains(error), "{}", ended.talk);
    let hint = format!("hint: {hint}");
    assert!(ended.talk.contains(&hint), "{}", ended.talk);
}
