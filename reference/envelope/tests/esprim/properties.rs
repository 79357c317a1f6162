//! What holds for any object.
