//! The CSE over an in-memory connection, through the same codecs as over a socket.

mod access;
mod bench;
mod binding;
mod defaults;
mod discovery;
mod links;
mod non_blocking;
mod notification;
mod policies;
mod registration;
mod resources;
