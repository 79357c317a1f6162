use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use onem2m_access::{CountryCode, Location, Point};
use onem2m_identity::{AeStem, CseId, IdentityError, SpId};

use crate::end_to_end::EndToEnd;
use crate::key_services::ServiceSettings;
use crate::location::{Locations, Whereabouts};
use crate::maf_client::KnownMaf;
use crate::security::Security;
use crate::tokens::Tokens;

const LOCALHOST: Whereabouts = Whereabouts::Address(IpAddr::V4(Ipv4Addr::LOCALHOST));

/// Who the CSE is and how it is set up.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The M2M-SP-ID of its service provider.
    pub sp: SpId,
    /// Its SP-relative CSE-ID.
    pub cse_id: CseId,
    /// The resource name of its `<CSEBase>`.
    pub cse_name: String,
    /// The AE that is registered from the start and that the ACP of the `<CSEBase>` lets create below it.
    pub admin: AeStem,
    /// The releases it supports, as values of the Release Version Indicator.
    pub releases: Vec<String>,
    /// How long a resource lives whose originator names no expirationTime.
    pub lifetime: Duration,
    /// The longest request body in octets.
    pub body_limit: usize,
    /// How long it waits for the answer to a request of its own.
    pub patience: Duration,
    /// Where originators are.
    pub locations: Locations,
    /// Whether an IN-CSE serves entities of the field domain outside security associations too, against TS-0003 V3.18.0,
    /// 6.1.2.2.1; a CSE of the field domain may.
    pub field_entities_in_the_clear: bool,
    /// The CSE that it is registered with, which makes it an MN-CSE; an IN-CSE has none.
    pub registrar: Option<Registrar>,
    /// What it was provisioned with for security associations; without, it has none.
    pub security: Option<Arc<Security>>,
    /// What it was provisioned with for end-to-end security; without, it is no Receiver.
    pub end_to_end: Option<Arc<EndToEnd>>,
    /// Whose tokens it takes; without, it supports none.
    pub tokens: Option<Arc<Tokens>>,
    /// The MAFs that it is a client of.
    pub mafs: Vec<KnownMaf>,
    /// The key services of its service provider, for whoever starts them beside it.
    pub services: Vec<ServiceSettings>,
}

/// The CSE that another CSE is registered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registrar {
    /// Its SP-relative CSE-ID.
    pub cse_id: CseId,
    /// The address of its `<CSEBase>`.
    pub base: String,
    /// Where it takes requests.
    pub points_of_access: Vec<String>,
}

/// `//onem2m.example/id-in` with the `<CSEBase>` `cse-in` and the administrator `CAdmin`.
///
/// Whoever sends from 127.0.0.1 is at 52 degrees north, just west of the antimeridian; where others are is not known.
impl Default for Configuration {
    fn default() -> Self {
        Self {
            sp: well_formed(SpId::parse("//onem2m.example")),
            cse_id: well_formed(CseId::parse("/id-in")),
            cse_name: "cse-in".to_owned(),
            admin: well_formed(AeStem::parse("CAdmin")),
            releases: ["1", "2", "2a", "3"].map(str::to_owned).to_vec(),
            lifetime: Duration::from_secs(10 * 365 * 24 * 60 * 60),
            body_limit: 4 * 1024 * 1024,
            patience: Duration::from_secs(3),
            locations: Locations::default().with(LOCALHOST, aleutians()),
            field_entities_in_the_clear: true,
            registrar: None,
            security: None,
            end_to_end: None,
            tokens: None,
            mafs: Vec::new(),
            services: Vec::new(),
        }
    }
}

/// In the north, and west of the antimeridian by so little that a short way east leads across it.
fn aleutians() -> Location {
    Location {
        country: CountryCode::new("US"),
        point: Point::new(52.0, 179.9995),
    }
}

fn well_formed<T>(identifier: Result<T, IdentityError>) -> T {
    match identifier {
        Ok(identifier) => identifier,
        Err(_) => unreachable!("the identifiers above are literals of their grammar"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Configuration, aleutians};

    #[test]
    fn default_is_well_formed() {
        assert_eq!(Configuration::default().admin.as_str(), "CAdmin");
        assert!(aleutians().point.is_some() && aleutians().country.is_some());
    }
}
