//! The profile of an IUT: what it is, how to reach it, what it claims.

mod answer;
mod authority;
mod certificates;
mod check;
mod check_credentials;
mod check_peers;
mod control;
mod credential;
mod error;
mod form;
mod key;
mod known_peers;
mod load;
mod location;
mod peer;
mod peer_name;
mod pem;
mod provisioned;
mod scalar;
mod setting;
mod shape;
mod waivers;

pub use authority::{Authority, AuthorityError};
pub use certificates::Certificates;
pub use control::{Control, Ready, Trigger};
pub use credential::{Certificate, CertificateFiles, Credentials, PresharedKey};
pub use error::{Place, ProfileError};
pub use form::{Cse, Endpoints, Identities, Iut, Limits, Profile, RoleName, Tester, Waiver};
pub use key::{KeyError, KeySource, SymmetricKey};
pub use known_peers::{KnownAuthority, KnownPeers};
pub use location::{Point, STATEMENTS, Stated};
pub use peer::{Peer, PeerFlavour};
pub use peer_name::PeerName;
pub use pem::PemError;
pub use provisioned::Provisioned;
