//! A key service of a profile: an MAF or an MEF.

use super::load::REFERENCE;
use super::{Credentials, PresharedKey, Profile, Provisioned};
use crate::catalogue::service_names;
use onem2m_server::{ServiceRole, WireNames};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// How a key service names itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyServiceForm {
    /// Its MAF-FQDN or MEF-FQDN.
    pub fqdn: String,
    /// The FQDN of the stakeholder that authorized all clients.
    pub stakeholder: String,
    /// The FQDN of one that authorized the source alone.
    pub second_stakeholder: String,
    /// Of an MEF: the FQDN by which it knows the target as Enrolment Target, which may fetch keys of the source with the SUIDs 21
    /// and 23.
    #[serde(default)]
    pub target_fqdn: Option<String>,
    /// Names on the wire, where they are others than those of `ts0032-names.toml`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub names: BTreeMap<String, serde_json::Value>,
}

/// The clients of a key service that the tester plays.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceKeys {
    /// An AE, which registers keys.
    pub source: PresharedKey,
    /// A CSE, for which keys are registered.
    pub target: PresharedKey,
    /// Another AE.
    pub other: PresharedKey,
}

/// A key service, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownService {
    /// Which it is.
    pub role: ServiceRole,
    /// Its FQDN.
    pub fqdn: String,
    /// The stakeholder that authorized all clients.
    pub stakeholder: String,
    /// One that authorized the source alone.
    pub second_stakeholder: String,
    /// The FQDN by which the target fetches keys.
    pub target_fqdn: Option<String>,
    /// An AE, which registers keys.
    pub source: Provisioned,
    /// A CSE, for which keys are registered.
    pub target: Provisioned,
    /// Another AE.
    pub other: Provisioned,
    /// Names on the wire.
    pub names: WireNames,
}

#[derive(Deserialize)]
struct OfReference {
    maf: Option<KeyServiceForm>,
    mef: Option<KeyServiceForm>,
    credentials: Credentials,
}

impl KnownService {
    /// Those of the embedded profile of the reference.
    pub fn of_reference() -> Vec<Self> {
        let Ok(profile) = toml::from_str::<OfReference>(REFERENCE) else {
            return Vec::new();
        };
        let forms = [profile.maf.as_ref(), profile.mef.as_ref()];
        Self::of(forms, &profile.credentials, Path::new(""))
    }

    /// Those of a profile; what cannot be read was refused before.
    pub(super) fn all(profile: &Profile, folder: &Path) -> Vec<Self> {
        let forms = [profile.maf.as_ref(), profile.mef.as_ref()];
        Self::of(forms, &profile.credentials, folder)
    }

    fn of(
        forms: [Option<&KeyServiceForm>; 2],
        credentials: &Credentials,
        folder: &Path,
    ) -> Vec<Self> {
        let [maf, mef] = forms;
        let maf = Self::read(ServiceRole::Maf, maf, credentials.maf.as_ref(), folder);
        let mef = Self::read(ServiceRole::Mef, mef, credentials.mef.as_ref(), folder);
        maf.into_iter().chain(mef).collect()
    }

    fn read(
        role: ServiceRole,
        form: Option<&KeyServiceForm>,
        keys: Option<&ServiceKeys>,
        folder: &Path,
    ) -> Option<Self> {
        let (form, keys) = (form?, keys?);
        Some(Self {
            role,
            fqdn: form.fqdn.clone(),
            stakeholder: form.stakeholder.clone(),
            second_stakeholder: form.second_stakeholder.clone(),
            target_fqdn: form.target_fqdn.clone(),
            source: Provisioned::of("source", &keys.source, folder)?,
            target: Provisioned::of("target", &keys.target, folder)?,
            other: Provisioned::of("other", &keys.other, folder)?,
            names: form.wire_names(role).ok()?,
        })
    }
}

impl KeyServiceForm {
    /// The names on the wire: those of the catalogue, with what the profile says otherwise.
    pub(super) fn wire_names(&self, role: ServiceRole) -> Result<WireNames, String> {
        wire_names(role, &self.names)
    }
}

/// The names of the catalogue for a role, with some that are otherwise.
pub(super) fn wire_names(
    role: ServiceRole,
    otherwise: &BTreeMap<String, serde_json::Value>,
) -> Result<WireNames, String> {
    let names = service_names(role).and_then(serde_json::to_value);
    let mut names = names.map_err(|error| error.to_string())?;
    for (name, value) in otherwise {
        names
            .as_object_mut()
            .ok_or("expected names")?
            .insert(name.clone(), value.clone());
    }
    serde_json::from_value(names).map_err(|error| error.to_string())
}
