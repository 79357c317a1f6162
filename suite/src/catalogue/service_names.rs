//! How resources and attributes of key services are called where nobody says otherwise.

use onem2m_server::{ServiceRole, WireNames};
use serde::Deserialize;
use serde::de::Error as _;

const TEXT: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/catalogue/ts0032-names.toml"
));

/// A file of names, `suite/catalogue/ts0032-names.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamesFile {
    maf: WireNames,
    mef: WireNames,
}

/// The names of a key service. They are names of this project: the text of TS-0032, which has those of the standard, was not at
/// hand.
pub fn service_names(role: ServiceRole) -> Result<WireNames, serde_json::Error> {
    let file: NamesFile = toml::from_str(TEXT).map_err(serde_json::Error::custom)?;
    Ok(match role {
        ServiceRole::Maf => file.maf,
        ServiceRole::Mef => file.mef,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reference_has_the_names_of_the_catalogue() {
        for role in [ServiceRole::Maf, ServiceRole::Mef] {
            assert_eq!(service_names(role).unwrap(), WireNames::of_project(role));
        }
    }
}
