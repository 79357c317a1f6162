//! `report.html`: the results for people, in one file that needs no network, no script and no screen.
//!
//! Everything that came from elsewhere is bounded, visible text before it meets a template: control
//! characters are spelled out, and what is long is cut. The templates escape the rest.

mod anchor;
mod conversation;
mod declared;
mod exchange;
mod finding;
mod groups;
mod ledger;
mod message;
mod page;
mod policy;
mod purposes;
mod reporter;
mod run;
mod standing;
mod text;
mod threats;
mod untold;

pub use page::render;
pub use reporter::Html;
