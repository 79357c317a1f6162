//! The roles that the tester plays, and how they talk.

pub mod embedded;
pub mod http;
pub mod inbound;
pub mod link;
pub mod naming;
pub mod network;
pub mod playback;
pub mod process;
pub mod recorder;
pub mod target;
pub mod template;
pub mod transcript;
pub mod window;
