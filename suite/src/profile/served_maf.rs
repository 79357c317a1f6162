//! The MAF that the tester plays for an IUT that is its client.

use super::load::REFERENCE;
use super::{Credentials, PresharedKey, Profile, Provisioned, key_service};
use onem2m_server::{ServiceRole, WireNames};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What the IUT was told of its MAF.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServedMafForm {
    /// Its MAF-FQDN.
    pub fqdn: String,
    /// The FQDN of the stakeholder for whom the IUT registers as its client, and for whom keys are registered there.
    pub stakeholder: String,
    /// The address with its port at which the IUT finds it; the embedded reference is told of one that is free.
    #[serde(default)]
    pub listen: Option<String>,
    /// A second MAF, to which certificates authenticate both sides.
    #[serde(default)]
    pub by_certificate: Option<CertifiedMafForm>,
    /// Names on the wire, where they are others than those of `ts0032-names.toml`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub names: BTreeMap<String, serde_json::Value>,
}

/// What the IUT was told of a MAF that shows a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CertifiedMafForm {
    /// Its MAF-FQDN, which stands in the certificate.
    pub fqdn: String,
    /// The address with its port at which the IUT finds it.
    #[serde(default)]
    pub listen: Option<String>,
}

/// The MAF, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedMaf {
    /// Its MAF-FQDN.
    pub fqdn: String,
    /// The FQDN of the stakeholder for whom the IUT registers.
    pub stakeholder: String,
    /// Where the IUT finds it.
    pub listen: Option<String>,
    /// Km and KmID of the IUT.
    pub km: Provisioned,
    /// The second one.
    pub by_certificate: Option<CertifiedMafForm>,
    /// Names on the wire.
    pub names: WireNames,
}

#[derive(Deserialize)]
struct OfReference {
    served_maf: Option<ServedMafForm>,
    credentials: Credentials,
}

impl ServedMaf {
    /// That of the embedded profile of the reference.
    pub fn of_reference() -> Option<Self> {
        let profile: OfReference = toml::from_str(REFERENCE).ok()?;
        let key = profile.credentials.served_maf.as_ref();
        Self::read(profile.served_maf.as_ref(), key, Path::new(""))
    }

    /// That of a profile; what cannot be read was refused before.
    pub(super) fn of(profile: &Profile, folder: &Path) -> Option<Self> {
        let key = profile.credentials.served_maf.as_ref();
        Self::read(profile.served_maf.as_ref(), key, folder)
    }

    fn read(
        form: Option<&ServedMafForm>,
        key: Option<&PresharedKey>,
        folder: &Path,
    ) -> Option<Self> {
        let (form, key) = (form?, key?);
        Some(Self {
            fqdn: form.fqdn.clone(),
            stakeholder: form.stakeholder.clone(),
            listen: form.listen.clone(),
            km: Provisioned::of("served_maf", key, folder)?,
            by_certificate: form.by_certificate.clone(),
            names: form.wire_names().ok()?,
        })
    }
}

impl ServedMafForm {
    /// The names on the wire.
    pub(super) fn wire_names(&self) -> Result<WireNames, String> {
        key_service::wire_names(ServiceRole::Maf, &self.names)
    }
}
