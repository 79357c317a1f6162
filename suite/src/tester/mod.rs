//! The roles that the tester plays, and how they talk.

pub mod address;
pub mod circle;
pub mod embedded;
pub mod http;
pub mod inbound;
pub mod link;
pub mod location;
pub mod naming;
pub mod network;
pub mod playback;
pub mod process;
pub mod recorder;
pub mod route;
pub mod sources;
pub mod target;
pub mod template;
pub mod transcript;
pub mod window;
