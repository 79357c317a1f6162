use crate::profile::ServedMaf;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::template::basic;
use base64ct::{Base64, Encoding};
use onem2m_primitive::ResponseStatusCode;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

use super::visit::Reply;

/// The SUID of keys for MAF-based security association establishment (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
pub const ASSOCIATIONS: u8 = 32;

/// How long a key is good where a purpose is not about that.
const LIFETIME: Duration = Duration::hours(1);

/// A key at the MAF of the tester, and what that says of it.
#[derive(Debug, Clone)]
pub struct Kc {
    /// Its RelativeKeyID.
    pub relative: String,
    /// Its Key Value.
    pub value: Zeroizing<Vec<u8>>,
    /// SUID.
    pub suid: Option<Value>,
    /// Source MAF Client ID.
    pub source: Option<String>,
    /// expirationTime.
    pub until: Option<String>,
}

impl Kc {
    /// A key that nobody has had yet, of 32 octets that follow from the seed, for an association with a source.
    pub fn draw(world: &mut World<'_>, name: &str, source: &str) -> Result<Self, Stop> {
        let until = world.now(name)?.saturating_add(LIFETIME);
        let tag = format!("{}/{}/{name}", world.facts().seed, world.canary());
        let identifier = Sha256::digest(format!("{tag}/KcID"));
        let digits = identifier.iter().take(16);
        Ok(Self {
            relative: digits.map(|octet| format!("{octet:02x}")).collect(),
            value: Zeroizing::new(Sha256::digest(format!("{tag}/Kc")).to_vec()),
            suid: Some(json!(ASSOCIATIONS)),
            source: Some(source.to_owned()),
            until: Some(basic(until)),
        })
    }

    /// The same, good until a moment.
    pub fn until(self, moment: OffsetDateTime) -> Self {
        Self {
            until: Some(basic(moment)),
            ..self
        }
    }

    /// What the MAF says of it (TS-0003 V3.18.0, Table 8.8.2.8-2).
    pub fn content(&self, served: &ServedMaf) -> String {
        let names = &served.names;
        let members = [
            (
                &names.expiration_time,
                self.until.as_ref().map(|it| json!(it)),
            ),
            (&names.source_id, self.source.as_ref().map(|it| json!(it))),
            (&names.admin_fqdn, Some(json!(served.stakeholder))),
            (&names.suid, self.suid.clone()),
            (&names.key_value, Some(json!(encoded(&self.value)))),
        ];
        let members = members
            .into_iter()
            .filter_map(|(name, value)| Some((name.clone(), value?)));
        json!({ &names.key_registration: Map::from_iter(members) }).to_string()
    }

    /// The answer of an MAF that gives it.
    pub fn given(&self, served: &ServedMaf) -> Reply {
        Reply::Answer(ResponseStatusCode::OK, self.content(served))
    }
}

/// Octets as an xs:base64Binary.
pub fn encoded(octets: &[u8]) -> String {
    Base64::encode_string(octets)
}
