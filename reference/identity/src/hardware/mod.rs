//! Identifiers of hardware: object identifiers and what M2M devices make of them.

mod arc;
mod der;
mod device_id;
mod device_urn;
mod hardware_id;
mod object_identifier;

pub use arc::OidArc;
pub use device_id::DeviceId;
pub use device_urn::{DeviceUrn, DeviceUrnKind};
pub use hardware_id::HardwareId;
pub use object_identifier::ObjectIdentifier;
