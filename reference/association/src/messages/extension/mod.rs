//! Extensions of hello messages: opaque, with typed readers.

mod certificate_types;
mod extended_master_secret;
mod opaque;
mod renegotiation_info;
mod server_name;
mod session_ticket;
mod signature_algorithms;
mod status_request;
mod supported_groups;
mod supported_versions;

pub use certificate_types::{
    ClientCertificateTypes, SelectedClientCertificateType, SelectedServerCertificateType,
    ServerCertificateTypes,
};
pub use extended_master_secret::ExtendedMasterSecret;
pub use opaque::{Extension, ExtensionBody, ExtensionType, Extensions};
pub use renegotiation_info::RenegotiationInfo;
pub use server_name::{NameType, ServerName, ServerNames};
pub use session_ticket::SessionTicket;
pub use signature_algorithms::SignatureAlgorithms;
pub use status_request::{StatusRequest, StatusType};
pub use supported_groups::{EcPointFormats, PointFormat, SupportedGroups};
pub use supported_versions::OfferedVersions;
