use onem2m_keys::{
    CertificateExchange, ConnectionKey, DataNames, DataSecurityMasterKey, EndToEndMasterKey,
    Enrolment, GroupConnectionKey, KcId, KeyBlock, KeyLengths, MasterCredential, MasterSecret,
    PairwiseE2eKeyId, PairwiseEsPrimKey, ProvisionedConnectionKey, RelativeKeId, SecureConnection,
    SessionEsPrimKey, SessionKeyAlgorithm, Suid, TranscriptHash, UsageConstrainedKey,
    enrolment_key_id, export_keying_material, hashed_credential_id, key_identifier, prf,
    verify_data,
};
use serde_json::{Value, json};

use super::inputs::Inputs;
use crate::Unreadable;
use crate::members::hex;

pub(super) fn derive(what: &str, from: &Inputs<'_>) -> Result<Value, Unreadable> {
    Ok(match what {
        "prf" => {
            let mut output = vec![0; from.number::<u16>("length")?.into()];
            let seed = from.octets("seed")?;
            prf(
                &from.octets("secret")?,
                from.text("label")?,
                &[&seed],
                &mut output,
            );
            hex(&output)
        }
        "premaster_secret" => hex(from.premaster()?.octets()),
        "master_secret" => hex(MasterSecret::derive(&from.premaster()?, &from.randoms()?).octets()),
        "extended_master_secret" => {
            let session_hash = TranscriptHash::from(from.array("session_hash")?);
            hex(MasterSecret::derive_extended(&from.premaster()?, &session_hash).octets())
        }
        "key_block" => key_block(from)?,
        "verify_data" => {
            let messages = TranscriptHash::from(from.array("messages_hash")?);
            hex(&verify_data(&from.master()?, from.sender()?, &messages))
        }
        "exporter" => {
            let context = from.has("context").then(|| from.octets("context"));
            let context = context.transpose()?;
            let mut output = vec![0; from.number::<u16>("length")?.into()];
            export_keying_material(
                &from.master()?,
                &from.randoms()?,
                from.text("label")?,
                context.as_deref(),
                &mut output,
            )
            .map_err(|error| Unreadable::value("context", error))?;
            hex(&output)
        }
        "enrolment" => enrolment(&Enrolment::export(&from.master()?, &from.randoms()?)),
        "enrolment_split" => enrolment(&Enrolment::from_exported(&from.exported()?)),
        "secure_connection" => {
            secure_connection(&SecureConnection::export(&from.master()?, &from.randoms()?))
        }
        "secure_connection_split" => {
            secure_connection(&SecureConnection::from_exported(&from.exported()?))
        }
        "master_credential" => {
            hex(MasterCredential::derive(&from.enrolment_key()?, from.text("maf_id")?).octets())
        }
        "provisioned_connection_key" => {
            let enrolee = from.text("enrolee_b_id")?;
            hex(ProvisionedConnectionKey::derive(&from.enrolment_key()?, enrolee).octets())
        }
        "usage_constrained_key" => hex(UsageConstrainedKey::derive(
            &from.enrolment_key()?,
            Suid(from.number("suid")?),
            from.suid_encoding()?,
            from.text("enrolment_target_id")?,
        )
        .octets()),
        "enrolment_key_id" => {
            let relative = RelativeKeId(from.array("relative_ke_id")?);
            enrolment_key_id(&relative, from.text("fqdn")?, from.hex_case()?).into()
        }
        "key_identifier" => {
            let kc_id = KcId(from.array("kc_id")?);
            key_identifier(&kc_id, from.text("fqdn")?, from.hex_case()?).into()
        }
        "end_to_end_keys" => end_to_end_keys(&from.end_to_end_master()?),
        "message_confidentiality_key" => hex(from
            .end_to_end_master()?
            .expand()
            .message_confidentiality
            .octets()),
        "session_key" => {
            let algorithm = SessionKeyAlgorithm::from_id(from.number("algorithm")?)
                .ok_or_else(|| Unreadable::value("algorithm", "nothing derives so"))?;
            let pairwise = PairwiseEsPrimKey::new(&from.octets("pairwise_key")?);
            let (receiver, originator) = (from.octets("receiver")?, from.octets("originator")?);
            hex(SessionEsPrimKey::derive(algorithm, &pairwise, &receiver, &originator).octets())
        }
        "content_key" => {
            let key = SessionEsPrimKey::from(from.array("session_key")?);
            let octets = from.content_key_octets()?;
            hex(key
                .content_key(from.number("length")?, octets)
                .map_err(|error| Unreadable::value("length", error))?)
        }
        "pairwise_key_from_maf" => {
            let key = ConnectionKey::from(from.array("connection_key")?);
            hex(PairwiseEsPrimKey::from_maf(&key, from.maf_key_reading()?).octets())
        }
        "certificate_exchange" => certificate_exchange(&CertificateExchange::export(
            &from.master()?,
            &from.randoms()?,
        )),
        "certificate_exchange_split" => {
            certificate_exchange(&CertificateExchange::from_exported(&from.exported()?))
        }
        "pairwise_e2e_key_id" => PairwiseE2eKeyId(from.array("pairwise_e2e_key_id")?)
            .to_text(from.hex_case()?)
            .into(),
        "data_keys" => data_keys(from)?,
        "hashed_credential_id" => {
            hashed_credential_id(from.text("name")?, from.text("fqdn")?).into()
        }
        "group_connection_key" => {
            let key = from.provisioned_connection_key("provisioned_connection_key")?;
            let enrolee = from.text("enrolee_id")?;
            hex(GroupConnectionKey::derive(&key, enrolee, &from.octets("random")?).octets())
        }
        other => {
            let reason = format!("{other:?} is no derivation");
            return Err(Unreadable::value("derives", reason));
        }
    })
}

fn key_block(from: &Inputs<'_>) -> Result<Value, Unreadable> {
    let lengths = KeyLengths {
        mac_key: from.number("mac_key")?,
        cipher_key: from.number("cipher_key")?,
        fixed_iv: from.number("fixed_iv")?,
    };
    let block = KeyBlock::expand(&from.master()?, &from.randoms()?, lengths);
    Ok(json!({
        "client_mac_key": hex(&block.client.mac_key),
        "server_mac_key": hex(&block.server.mac_key),
        "client_cipher_key": hex(&block.client.cipher_key),
        "server_cipher_key": hex(&block.server.cipher_key),
        "client_fixed_iv": hex(&block.client.fixed_iv),
        "server_fixed_iv": hex(&block.server.fixed_iv),
    }))
}

fn enrolment(enrolment: &Enrolment) -> Value {
    json!({
        "relative_ke_id": hex(&enrolment.relative_ke_id.0),
        "enrolment_key": hex(enrolment.key.octets()),
    })
}

fn secure_connection(connection: &SecureConnection) -> Value {
    json!({
        "kc_id": hex(&connection.kc_id.0),
        "connection_key": hex(connection.key.octets()),
        "first_half": hex(connection.key.first_half().octets()),
    })
}

fn certificate_exchange(exchange: &CertificateExchange) -> Value {
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

fn data_keys(from: &Inputs<'_>) -> Result<Value, Unreadable> {
    let master = DataSecurityMasterKey::extract(&from.octets("salt")?, &from.enrolment_key()?);
    let keys = master.expand(from.confidentiality_label()?);
    let names = DataNames {
        authenticity: from.text("authenticity_name")?,
        confidentiality: from.text("confidentiality_name")?,
    };
    let narrowed = keys.narrowed(names, &from.octets("nonce_or_time")?);
    Ok(json!({
        "master": hex(master.octets()),
        "authenticity": hex(keys.authenticity.octets()),
        "confidentiality": hex(keys.confidentiality.octets()),
        "narrowed_authenticity": hex(narrowed.authenticity.octets()),
        "narrowed_confidentiality": hex(narrowed.confidentiality.octets()),
    }))
}
