//! What a ClientHello of the IUT says.

use super::refusal::fail;
use crate::purposes::stop::Stop;
use crate::tester::handshake::Seen;
use crate::verdict::Cause;
use onem2m_association::messages::{
    CipherSuite, ClientHello, NameType, NamedGroup, ProtocolVersion, ServerNames, SupportedGroups,
};

/// A ClientHello as a step judges it.
pub struct Hello<'s> {
    step: &'s str,
    hello: &'s ClientHello,
}

impl<'s> Hello<'s> {
    /// The last one: over datagrams that with the cookie.
    pub fn of(step: &'s str, seen: &'s Seen) -> Result<Self, Stop> {
        let hello = seen.client_hellos.last();
        let hello = hello.ok_or_else(|| wrong(step, "a ClientHello", "none"))?;
        Ok(Self { step, hello })
    }

    /// It offers exactly this version, and none above (TS-0003 V3.18.0, 10.2.1).
    pub fn has_version(&self, version: ProtocolVersion) -> Result<(), Stop> {
        let got = self.hello.version;
        match got == version {
            true => Ok(()),
            false => Err(self.wrong(&format!("version {version}"), &got.to_string())),
        }
    }

    /// It offers a suite.
    pub fn offers(&self, suite: CipherSuite) -> Result<(), Stop> {
        let suites = &self.hello.cipher_suites;
        if suites.contains(&suite) {
            return Ok(());
        }
        let offered: Vec<String> = suites.iter().map(ToString::to_string).collect();
        Err(self.wrong(&format!("suite {suite} offered"), &offered.join(", ")))
    }

    /// It offers a curve.
    pub fn has_group(&self, group: NamedGroup) -> Result<(), Stop> {
        let groups: Option<SupportedGroups> = self.extension("supported_groups")?;
        match groups.is_some_and(|groups| groups.0.contains(&group)) {
            true => Ok(()),
            false => Err(self.wrong(&format!("group {group} offered"), "others or none")),
        }
    }

    /// It asks for one host, octet for octet (RFC 6066, 3).
    pub fn names(&self, host: &str) -> Result<(), Stop> {
        let names: Option<ServerNames> = self.extension("server_name")?;
        let names = names.map(|names| names.0).unwrap_or_default();
        let told: Vec<String> = names
            .iter()
            .map(|name| String::from_utf8_lossy(&name.name).into_owned())
            .collect();
        match names.as_slice() {
            [one] if one.name_type == NameType::HOST_NAME && one.name == host.as_bytes() => Ok(()),
            [] => Err(self.wrong(&format!("server_name {host:?}"), "none")),
            _ => Err(self.wrong(&format!("server_name {host:?}"), &told.join(", "))),
        }
    }

    fn extension<T: onem2m_association::messages::ExtensionBody>(
        &self,
        what: &str,
    ) -> Result<Option<T>, Stop> {
        let extensions = self.hello.extensions.clone().unwrap_or_default();
        let read = extensions.read();
        read.map_err(|error| self.wrong(&format!("{what} that reads"), &error.to_string()))
    }

    fn wrong(&self, expected: &str, got: &str) -> Stop {
        wrong(self.step, expected, got)
    }
}

/// psk_identity is that of a credential, octet for octet (TS-0003 V3.18.0, 8.2.2.1).
pub fn identity_is(step: &str, seen: &Seen, expected: &[u8]) -> Result<(), Stop> {
    match seen.psk_identity.as_deref() {
        Some(got) if got == expected => Ok(()),
        got => {
            let expected = format!("psk_identity \"{}\"", expected.escape_ascii());
            let observed = match got {
                Some(got) => format!("\"{}\"", got.escape_ascii()),
                None => "none".to_owned(),
            };
            Err(wrong(step, &expected, &observed))
        }
    }
}

fn wrong(step: &str, expected: &str, observed: &str) -> Stop {
    fail(step, Cause::WrongDecision, expected, observed)
}
