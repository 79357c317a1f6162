use std::ops::Deref;

use onem2m_keys::{
    ConfidentialityLabel, ContentKeyOctets, EXPORTED_LENGTH, EndToEndMasterKey, EnrolmentKey,
    HexCase, KeyError, KeyHash, MafKeyReading, MasterSecret, PremasterSecret,
    ProvisionedConnectionKey, Psk, Randoms, Sender, SuidEncoding,
};

use crate::Unreadable;
use crate::members::Members;

/// What is derived from.
pub(super) struct Inputs<'v>(pub Members<'v>);

impl<'v> Deref for Inputs<'v> {
    type Target = Members<'v>;

    fn deref(&self) -> &Members<'v> {
        &self.0
    }
}

impl<'v> Inputs<'v> {
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    pub(super) fn exported(&self) -> Result<[u8; EXPORTED_LENGTH], Unreadable> {
        self.array("exported")
    }

    pub(super) fn premaster(&self) -> Result<PremasterSecret, Unreadable> {
        self.key("psk", Psk::new)
            .map(|key| PremasterSecret::psk(&key))
    }

    pub(super) fn master(&self) -> Result<MasterSecret, Unreadable> {
        self.key("master_secret", MasterSecret::from_slice)
    }

    pub(super) fn enrolment_key(&self) -> Result<EnrolmentKey, Unreadable> {
        self.key("enrolment_key", EnrolmentKey::from_slice)
    }

    pub(super) fn provisioned_connection_key(
        &self,
        name: &str,
    ) -> Result<ProvisionedConnectionKey, Unreadable> {
        self.key(name, ProvisionedConnectionKey::from_slice)
    }

    pub(super) fn randoms(&self) -> Result<Randoms, Unreadable> {
        Ok(Randoms {
            client: self.array("client_random")?,
            server: self.array("server_random")?,
        })
    }

    pub(super) fn sender(&self) -> Result<Sender, Unreadable> {
        let senders = [("client", Sender::Client), ("server", Sender::Server)];
        self.choice("sender", &senders)
    }

    pub(super) fn suid_encoding(&self) -> Result<SuidEncoding, Unreadable> {
        let encodings = [
            ("decimal_text", SuidEncoding::DecimalText),
            ("one_octet", SuidEncoding::OneOctet),
            ("four_octets", SuidEncoding::FourOctets),
        ];
        self.choice("suid_encoding", &encodings)
    }

    pub(super) fn end_to_end_master(&self) -> Result<EndToEndMasterKey, Unreadable> {
        let hashes = [("sha256", KeyHash::Sha256), ("sha512", KeyHash::Sha512)];
        let hash = self.choice("hash", &hashes)?;
        let salt = self.octets("salt")?;
        if self.has("random") {
            let random = self.octets("random")?;
            return Ok(EndToEndMasterKey::source_generated(hash, &salt, &random));
        }
        let kpsa = self.provisioned_connection_key("kpsa")?;
        Ok(EndToEndMasterKey::extract(hash, &salt, &kpsa))
    }

    pub(super) fn content_key_octets(&self) -> Result<ContentKeyOctets, Unreadable> {
        let octets = [
            ("leftmost", ContentKeyOctets::Leftmost),
            ("rightmost", ContentKeyOctets::Rightmost),
        ];
        self.choice("octets", &octets)
    }

    pub(super) fn maf_key_reading(&self) -> Result<MafKeyReading<'v>, Unreadable> {
        let reserved = match self.has("reserved_string") {
            true => self.text("reserved_string")?,
            false => "",
        };
        let readings = [
            ("whole", MafKeyReading::Whole),
            ("first_half", MafKeyReading::FirstHalf),
            ("reserved_string", MafKeyReading::ReservedString(reserved)),
        ];
        self.choice("reading", &readings)
    }

    pub(super) fn confidentiality_label(&self) -> Result<ConfidentialityLabel, Unreadable> {
        let labels = [
            ("one_blank", ConfidentialityLabel::OneBlank),
            ("two_blanks", ConfidentialityLabel::TwoBlanks),
        ];
        self.choice("label", &labels)
    }

    pub(super) fn hex_case(&self) -> Result<HexCase, Unreadable> {
        let cases = [("lower", HexCase::Lower), ("upper", HexCase::Upper)];
        self.choice("case", &cases)
    }

    fn key<K>(
        &self,
        name: &str,
        new: impl FnOnce(&[u8]) -> Result<K, KeyError>,
    ) -> Result<K, Unreadable> {
        new(&self.octets(name)?).map_err(|error| Unreadable::value(name, error))
    }
}
