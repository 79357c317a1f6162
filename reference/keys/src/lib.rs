//! The key derivations and exporters of oneM2M (TS-0003 V3.18.0, 10.3), with their constants, those of TR-0012, and the parts
//! of TLS 1.2 under them.
//!
//! Every function is total. Keys are overwritten when they are dropped, compared in constant time, and never printed:
//! `Debug` shows their type alone.

#![forbid(unsafe_code)]

mod certificate_exchange;
mod connection;
mod credential_name;
mod data_security;
mod end_to_end;
mod end_to_end_derivation;
mod enrolment;
mod error;
mod exporter;
mod group;
mod hmac;
mod key_block;
mod key_hash;
mod key_id;
mod label;
mod master;
mod master_credential;
mod normalize;
mod pairwise_esprim;
mod premaster;
mod prf;
mod provisioned;
mod psk;
mod randoms;
mod secret;
mod session;
mod split;
mod transcript;
mod usage_constrained;
mod verify_data;

pub use certificate_exchange::{CertificateExchange, PairwiseE2eKey, PairwiseE2eKeyId};
pub use connection::{ConnectionKey, KcId, SecureConnection};
pub use credential_name::hashed_credential_id;
pub use data_security::{
    ConfidentialityLabel, DataKey, DataKeys, DataNames, DataSecurityMasterKey,
};
pub use end_to_end::{EndToEndKey, EndToEndKeys, EndToEndMasterKey};
pub use end_to_end_derivation::{EndToEndDerivation, EndToEndOrigin, EndToEndUse};
pub use enrolment::{Enrolment, EnrolmentKey, RelativeKeId};
pub use error::KeyError;
pub use exporter::export_keying_material;
pub use group::GroupConnectionKey;
pub use key_block::{KeyBlock, KeyLengths, WriteKeys};
pub use key_hash::KeyHash;
pub use key_id::{HexCase, enrolment_key_id, key_identifier};
pub use label::{EXPORTED_LENGTH, ExporterLabel};
pub use master::MasterSecret;
pub use master_credential::MasterCredential;
pub use pairwise_esprim::{MafKeyReading, PairwiseEsPrimKey};
pub use premaster::PremasterSecret;
pub use prf::prf;
pub use provisioned::ProvisionedConnectionKey;
pub use psk::Psk;
pub use randoms::Randoms;
pub use session::{ContentKeyOctets, SESSION_KEY_LABEL, SessionEsPrimKey, SessionKeyAlgorithm};
pub use transcript::TranscriptHash;
pub use usage_constrained::{Suid, SuidEncoding, UsageConstrainedKey};
pub use verify_data::{Sender, VERIFY_DATA_LENGTH, verify_data};
