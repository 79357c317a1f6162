//! Every vector of `vectors/keys.json` is derived as it says.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use onem2m_keys::{
    CertificateExchange, ConfidentialityLabel, ConnectionKey, ContentKeyOctets, DataNames,
    DataSecurityMasterKey, EXPORTED_LENGTH, EndToEndMasterKey, Enrolment, EnrolmentKey,
    ExporterLabel, GroupConnectionKey, HexCase, KcId, KeyBlock, KeyHash, KeyLengths, MafKeyReading,
    MasterCredential, MasterSecret, PairwiseE2eKeyId, PairwiseEsPrimKey, PremasterSecret,
    ProvisionedConnectionKey, Psk, Randoms, RelativeKeId, SecureConnection, Sender,
    SessionEsPrimKey, SessionKeyAlgorithm, Suid, SuidEncoding, TranscriptHash, UsageConstrainedKey,
    enrolment_key_id, export_keying_material, hashed_credential_id, key_identifier, prf,
    verify_data,
};
use serde_json::{Value, json};

const VECTORS: &str = include_str!("../../../vectors/keys.json");

#[test]
fn every_vector_is_derived_as_it_says() {
    let vectors = vectors();
    assert!(vectors.len() > 95, "{} vectors", vectors.len());
    for vector in &vectors {
        let got = derive(
            vector["derives"].as_str().unwrap(),
            &Inputs(&vector["from"]),
        );
        let about = format!("{}: {}", vector["id"], vector["reason"]);
        assert_eq!(got, vector["expected"], "{about}");
        for (mistake, value) in vector["mistakes"].as_object().into_iter().flatten() {
            assert_ne!(&got, value, "{about} ({mistake})");
        }
    }
}

#[test]
fn identifiers_are_unique() {
    let vectors = vectors();
    let mut identifiers: Vec<_> = vectors
        .iter()
        .map(|vector| vector["id"].as_str().unwrap())
        .collect();
    identifiers.sort_unstable();
    identifiers.dedup();
    assert_eq!(identifiers.len(), vectors.len());
}

#[test]
fn every_exporter_label_has_a_vector() {
    let vectors = vectors();
    for label in [
        ExporterLabel::Bootstrap,
        ExporterLabel::Connection,
        ExporterLabel::EsCertKe,
    ] {
        let exports = |vector: &Value| vector["from"]["label"] == label.as_str();
        assert!(vectors.iter().any(exports), "{label:?}");
    }
}

fn vectors() -> Vec<Value> {
    let mut file: Value = serde_json::from_str(VECTORS).unwrap();
    serde_json::from_value(file["vectors"].take()).unwrap()
}

fn derive(what: &str, from: &Inputs) -> Value {
    match what {
        "prf" => {
            let mut output = vec![0; from.number("length")];
            let seed = from.octets("seed");
            prf(
                &from.octets("secret"),
                from.text("label"),
                &[&seed],
                &mut output,
            );
            hex(&output)
        }
        "premaster_secret" => hex(from.premaster().octets()),
        "master_secret" => hex(MasterSecret::derive(&from.premaster(), &from.randoms()).octets()),
        "extended_master_secret" => {
            let session_hash = TranscriptHash::from(from.array("session_hash"));
            hex(MasterSecret::derive_extended(&from.premaster(), &session_hash).octets())
        }
        "key_block" => key_block(from),
        "verify_data" => {
            let messages = TranscriptHash::from(from.array("messages_hash"));
            hex(&verify_data(&from.master(), from.sender(), &messages))
        }
        "exporter" => {
            let mut output = vec![0; from.number("length")];
            export_keying_material(
                &from.master(),
                &from.randoms(),
                from.text("label"),
                from.has("context")
                    .then(|| from.octets("context"))
                    .as_deref(),
                &mut output,
            )
            .unwrap();
            hex(&output)
        }
        "enrolment" => enrolment(&Enrolment::export(&from.master(), &from.randoms())),
        "enrolment_split" => enrolment(&Enrolment::from_exported(&from.exported())),
        "secure_connection" => {
            secure_connection(&SecureConnection::export(&from.master(), &from.randoms()))
        }
        "secure_connection_split" => {
            secure_connection(&SecureConnection::from_exported(&from.exported()))
        }
        "master_credential" => {
            hex(MasterCredential::derive(&from.enrolment_key(), from.text("maf_id")).octets())
        }
        "provisioned_connection_key" => {
            let enrolee = from.text("enrolee_b_id");
            hex(ProvisionedConnectionKey::derive(&from.enrolment_key(), enrolee).octets())
        }
        "usage_constrained_key" => hex(UsageConstrainedKey::derive(
            &from.enrolment_key(),
            Suid(u8::try_from(from.number("suid")).unwrap()),
            from.suid_encoding(),
            from.text("enrolment_target_id"),
        )
        .octets()),
        "enrolment_key_id" => {
            let relative = RelativeKeId(from.array("relative_ke_id"));
            enrolment_key_id(&relative, from.text("fqdn"), from.hex_case()).into()
        }
        "key_identifier" => {
            let kc_id = KcId(from.array("kc_id"));
            key_identifier(&kc_id, from.text("fqdn"), from.hex_case()).into()
        }
        "end_to_end_keys" => end_to_end_keys(&from.end_to_end_master()),
        "message_confidentiality_key" => hex(from
            .end_to_end_master()
            .expand()
            .message_confidentiality
            .octets()),
        "session_key" => {
            let algorithm = SessionKeyAlgorithm::from_id(from.number("algorithm") as u64).unwrap();
            let pairwise = PairwiseEsPrimKey::new(&from.octets("pairwise_key"));
            let (receiver, originator) = (from.octets("receiver"), from.octets("originator"));
            hex(SessionEsPrimKey::derive(algorithm, &pairwise, &receiver, &originator).octets())
        }
        "content_key" => {
            let key = SessionEsPrimKey::from(from.array("session_key"));
            let octets = from.content_key_octets();
            hex(key.content_key(from.number("length"), octets).unwrap())
        }
        "pairwise_key_from_maf" => {
            let key = ConnectionKey::from(from.array("connection_key"));
            hex(PairwiseEsPrimKey::from_maf(&key, from.maf_key_reading()).octets())
        }
        "certificate_exchange" => certificate_exchange(&CertificateExchange::export(
            &from.master(),
            &from.randoms(),
        )),
        "certificate_exchange_split" => {
            certificate_exchange(&CertificateExchange::from_exported(&from.exported()))
        }
        "pairwise_e2e_key_id" => PairwiseE2eKeyId(from.array("pairwise_e2e_key_id"))
            .to_text(from.hex_case())
            .into(),
        "data_keys" => data_keys(from),
        "hashed_credential_id" => hashed_credential_id(from.text("name"), from.text("fqdn")).into(),
        "group_connection_key" => {
            let key =
                ProvisionedConnectionKey::from_slice(&from.octets("provisioned_connection_key"))
                    .unwrap();
            let enrolee = from.text("enrolee_id");
            hex(GroupConnectionKey::derive(&key, enrolee, &from.octets("random")).octets())
        }
        other => panic!("no derivation: {other}"),
    }
}

fn key_block(from: &Inputs) -> Value {
    let length = |name| u8::try_from(from.number(name)).unwrap();
    let lengths = KeyLengths {
        mac_key: length("mac_key"),
        cipher_key: length("cipher_key"),
        fixed_iv: length("fixed_iv"),
    };
    let block = KeyBlock::expand(&from.master(), &from.randoms(), lengths);
    json!({
        "client_mac_key": hex(&block.client.mac_key),
        "server_mac_key": hex(&block.server.mac_key),
        "client_cipher_key": hex(&block.client.cipher_key),
        "server_cipher_key": hex(&block.server.cipher_key),
        "client_fixed_iv": hex(&block.client.fixed_iv),
        "server_fixed_iv": hex(&block.server.fixed_iv),
    })
}

fn enrolment(enrolment: &Enrolment) -> Value {
    json!({
        "relative_ke_id": hex(&enrolment.relative_ke_id.0),
        "enrolment_key": hex(enrolment.key.octets()),
    })
}

fn secure_connection(connection: &SecureConnection) -> Value {
    assert_eq!(connection.key.psk().octets(), connection.key.octets());
    json!({
        "kc_id": hex(&connection.kc_id.0),
        "connection_key": hex(connection.key.octets()),
        "first_half": hex(connection.key.first_half().octets()),
    })
}

fn certificate_exchange(exchange: &CertificateExchange) -> Value {
    let pairwise = PairwiseEsPrimKey::from(&exchange.key);
    assert_eq!(pairwise.octets(), exchange.key.octets());
    json!({
        "pairwise_e2e_key_id": hex(&exchange.key_id.0),
        "pairwise_e2e_key": hex(exchange.key.octets()),
    })
}

fn end_to_end_keys(master: &EndToEndMasterKey) -> Value {
    let keys = master.expand();
    json!({
        "master": hex(master.octets()),
        "message_authenticity": hex(keys.message_authenticity.octets()),
        "message_confidentiality": hex(keys.message_confidentiality.octets()),
        "attribute_authenticity": hex(keys.attribute_authenticity.octets()),
        "attribute_confidentiality": hex(keys.attribute_confidentiality.octets()),
    })
}

fn data_keys(from: &Inputs) -> Value {
    let master = DataSecurityMasterKey::extract(&from.octets("salt"), &from.enrolment_key());
    let keys = master.expand(from.confidentiality_label());
    let names = DataNames {
        authenticity: from.text("authenticity_name"),
        confidentiality: from.text("confidentiality_name"),
    };
    let narrowed = keys.narrowed(names, &from.octets("nonce_or_time"));
    json!({
        "master": hex(master.octets()),
        "authenticity": hex(keys.authenticity.octets()),
        "confidentiality": hex(keys.confidentiality.octets()),
        "narrowed_authenticity": hex(narrowed.authenticity.octets()),
        "narrowed_confidentiality": hex(narrowed.confidentiality.octets()),
    })
}

struct Inputs<'vector>(&'vector Value);

impl<'vector> Inputs<'vector> {
    fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some()
    }

    fn text(&self, name: &str) -> &'vector str {
        self.0[name].as_str().unwrap_or_else(|| panic!("no {name}"))
    }

    fn number(&self, name: &str) -> usize {
        usize::try_from(self.0[name].as_u64().unwrap()).unwrap()
    }

    fn octets(&self, name: &str) -> Vec<u8> {
        let digits = self.text(name);
        (0..digits.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
            .collect()
    }

    fn array<const LENGTH: usize>(&self, name: &str) -> [u8; LENGTH] {
        self.octets(name).try_into().unwrap()
    }

    fn exported(&self) -> [u8; EXPORTED_LENGTH] {
        self.array("exported")
    }

    fn premaster(&self) -> PremasterSecret {
        PremasterSecret::psk(&Psk::new(&self.octets("psk")).unwrap())
    }

    fn master(&self) -> MasterSecret {
        MasterSecret::from_slice(&self.octets("master_secret")).unwrap()
    }

    fn enrolment_key(&self) -> EnrolmentKey {
        EnrolmentKey::from_slice(&self.octets("enrolment_key")).unwrap()
    }

    fn randoms(&self) -> Randoms {
        Randoms {
            client: self.array("client_random"),
            server: self.array("server_random"),
        }
    }

    fn sender(&self) -> Sender {
        match self.text("sender") {
            "client" => Sender::Client,
            "server" => Sender::Server,
            other => panic!("no sender: {other}"),
        }
    }

    fn suid_encoding(&self) -> SuidEncoding {
        match self.text("suid_encoding") {
            "decimal_text" => SuidEncoding::DecimalText,
            "one_octet" => SuidEncoding::OneOctet,
            "four_octets" => SuidEncoding::FourOctets,
            other => panic!("no encoding of a SUID: {other}"),
        }
    }

    fn end_to_end_master(&self) -> EndToEndMasterKey {
        let hash = match self.text("hash") {
            "sha256" => KeyHash::Sha256,
            "sha512" => KeyHash::Sha512,
            other => panic!("no hash: {other}"),
        };
        let salt = self.octets("salt");
        let master = if self.has("random") {
            EndToEndMasterKey::source_generated(hash, &salt, &self.octets("random"))
        } else {
            let kpsa = ProvisionedConnectionKey::from_slice(&self.octets("kpsa")).unwrap();
            EndToEndMasterKey::extract(hash, &salt, &kpsa)
        };
        let provisioned = EndToEndMasterKey::provisioned(hash, master.octets()).unwrap();
        assert_eq!(provisioned.expand(), master.expand());
        master
    }

    fn content_key_octets(&self) -> ContentKeyOctets {
        match self.text("octets") {
            "leftmost" => ContentKeyOctets::Leftmost,
            "rightmost" => ContentKeyOctets::Rightmost,
            other => panic!("no octets: {other}"),
        }
    }

    fn maf_key_reading(&self) -> MafKeyReading<'vector> {
        match self.text("reading") {
            "whole" => MafKeyReading::Whole,
            "first_half" => MafKeyReading::FirstHalf,
            "reserved_string" => MafKeyReading::ReservedString(self.text("reserved_string")),
            other => panic!("no reading: {other}"),
        }
    }

    fn confidentiality_label(&self) -> ConfidentialityLabel {
        match self.text("label") {
            "one_blank" => ConfidentialityLabel::OneBlank,
            "two_blanks" => ConfidentialityLabel::TwoBlanks,
            other => panic!("no label: {other}"),
        }
    }

    fn hex_case(&self) -> HexCase {
        match self.text("case") {
            "lower" => HexCase::Lower,
            "upper" => HexCase::Upper,
            other => panic!("no case: {other}"),
        }
    }
}

fn hex(octets: &[u8]) -> Value {
    octets
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect::<String>()
        .into()
}
