use serde::{Deserialize, Serialize};

use super::ServiceRole;

/// How resources and attributes of a key service are called on the wire.
///
/// TS-0003 V3.18.0 gives the procedures and their parameters, TS-0032 their names. **The defaults are names of this project, made
/// of the parameter names of TS-0003: they are not those of TS-0032**, whose text was not at hand. Whoever has it sets them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireNames {
    /// The resource name of the base, `<MAFBase>` or `<MEFBase>`.
    pub base: String,
    /// The content of a client registration.
    pub client_registration: String,
    /// Its resource type.
    pub client_registration_type: u32,
    /// The content of a key registration.
    pub key_registration: String,
    /// Its resource type.
    pub key_registration_type: u32,
    /// The client configuration below a client registration, and its content.
    pub configuration: String,
    /// The command below a client registration of an MEF.
    pub command: String,
    /// The content of a command.
    pub command_content: String,
    /// mafClientRegID or MEFClientRegID.
    pub registration_id: String,
    /// MAF-FQDN or MEF-FQDN.
    pub fqdn: String,
    /// expirationTime.
    pub expiration_time: String,
    /// labels.
    pub labels: String,
    /// adminFQDN.
    pub admin_fqdn: String,
    /// MAF Client ID or MEF Client ID.
    pub client_id: String,
    /// The childResource reference to a command.
    pub child_resource: String,
    /// RelativeKeyID.
    pub relative_key_id: String,
    /// Source MAF Client ID or Source MEF Client ID.
    pub source_id: String,
    /// SUID.
    pub suid: String,
    /// targetIDs.
    pub target_ids: String,
    /// Key Value.
    pub key_value: String,
    /// The first segment of the path at which keys are fetched, from TS-0003 V3.18.0, 8.3.2.1.
    pub fetch: String,
    /// The content of an answer to that.
    pub fetched: String,
    /// Status, in it.
    pub status: String,
    /// Credential: octets in base64.
    pub credential: String,
    /// EnroleeID.
    pub enrolee_id: String,
    /// Lifetime: an xs:duration.
    pub lifetime: String,
    /// ErrorString.
    pub error_string: String,
    /// cmdID.
    pub command_id: String,
    /// cmdDescription.
    pub command_description: String,
    /// cmdStatusCode.
    pub command_status: String,
}

impl WireNames {
    /// The names of this project for a role.
    pub fn of_project(role: ServiceRole) -> Self {
        let (client, number) = match role {
            ServiceRole::Maf => ("maf", 99_001),
            ServiceRole::Mef => ("mef", 99_011),
        };
        Self {
            base: client.to_owned(),
            client_registration: format!("sec:{client}ClientReg"),
            client_registration_type: number,
            key_registration: "sec:symmKeyReg".to_owned(),
            key_registration_type: number + 1,
            configuration: format!("{client}ClientCfg"),
            command: "mefClientCmd".to_owned(),
            command_content: "sec:mefClientCmd".to_owned(),
            registration_id: format!("{client}ClientRegID"),
            fqdn: "fqdn".to_owned(),
            expiration_time: "expirationTime".to_owned(),
            labels: "labels".to_owned(),
            admin_fqdn: "adminFQDN".to_owned(),
            client_id: format!("{client}ClientID"),
            child_resource: "childResource".to_owned(),
            relative_key_id: "relativeKeyID".to_owned(),
            source_id: "sourceID".to_owned(),
            suid: "SUID".to_owned(),
            target_ids: "targetIDs".to_owned(),
            key_value: "keyValue".to_owned(),
            fetch: "fetchCredentials".to_owned(),
            fetched: "sec:fetchedCredentials".to_owned(),
            status: "Status".to_owned(),
            credential: "Credential".to_owned(),
            enrolee_id: "EnroleeID".to_owned(),
            lifetime: "Lifetime".to_owned(),
            error_string: "ErrorString".to_owned(),
            command_id: "cmdID".to_owned(),
            command_description: "cmdDescription".to_owned(),
            command_status: "cmdStatusCode".to_owned(),
        }
    }
}
