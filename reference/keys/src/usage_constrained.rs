use crate::EnrolmentKey;
use crate::hmac::hmac_sha256;
use crate::normalize::nfkc;
use crate::secret::secret_key;

/// What is hashed before SUID and Enrolment-Target-ID (TS-0003 V3.18.0, 10.3.7).
const LABEL: &str = "oneM2M Enrolment Key to Usage-Constrained Symmetric Key derivation";

/// A Security Usage Identifier, by its number (TS-0004 V3.32.0, 6.3.4.2.39).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suid(pub u8);

/// The octets that stand for a SUID: TS-0003 V3.18.0, 10.3.7 fixes none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuidEncoding {
    /// Its decimal digits, as m2m:suid is written.
    DecimalText,
    /// One octet.
    OneOctet,
    /// Four octets, the most significant first.
    FourOctets,
}

impl SuidEncoding {
    fn encode(self, suid: Suid) -> Vec<u8> {
        match self {
            Self::DecimalText => suid.0.to_string().into_bytes(),
            Self::OneOctet => vec![suid.0],
            Self::FourOctets => u32::from(suid.0).to_be_bytes().to_vec(),
        }
    }
}

secret_key!(
    /// A symmetric key that serves the usage that its SUID names (TS-0003 V3.18.0, 10.3.7).
    UsageConstrainedKey,
    32,
    "a usage-constrained key"
);

impl UsageConstrainedKey {
    /// Derives the key from Ke, for one usage at the Enrolment Target, which is an FQDN.
    pub fn derive(
        key: &EnrolmentKey,
        suid: Suid,
        encoding: SuidEncoding,
        enrolment_target_id: &str,
    ) -> Self {
        let suid = encoding.encode(suid);
        let enrolment_target_id = nfkc(enrolment_target_id);
        Self(hmac_sha256(
            key.octets(),
            &[LABEL.as_bytes(), &suid, enrolment_target_id.as_bytes()],
        ))
    }
}
