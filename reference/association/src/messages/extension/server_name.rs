use super::{ExtensionBody, ExtensionType};
use crate::messages::{Codec, DecodeError, Prefix, Reader, Writer};

/// server_name of a client (RFC 6066, 3). A server answers with an extension without content.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ServerNames(pub Vec<ServerName>);

impl ServerNames {
    /// The one name of a host.
    pub fn host(name: &str) -> Self {
        Self(vec![ServerName {
            name_type: NameType::HOST_NAME,
            name: name.as_bytes().to_vec(),
        }])
    }
}

impl Codec for ServerNames {
    const FIELD: &'static str = "ServerNameList";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader
            .list(Prefix::Two, "server_name_list", 1..=0xffff)
            .map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        writer.list(Prefix::Two, "server_name_list", &self.0);
    }
}

impl ExtensionBody for ServerNames {
    const TYPE: ExtensionType = ExtensionType::SERVER_NAME;
}

/// A name of a server. Names of any type begin with a length of two octets (RFC 6066, 3).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ServerName {
    /// What kind of name it is.
    pub name_type: NameType,
    /// The name as octets.
    pub name: Vec<u8>,
}

impl Codec for ServerName {
    const FIELD: &'static str = "ServerName";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let name_type = NameType::read(reader)?;
        let minimum = usize::from(name_type == NameType::HOST_NAME);
        Ok(Self {
            name_type,
            name: reader.opaque(Prefix::Two, "name", minimum..=0xffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.name_type.write(writer);
        writer.opaque(Prefix::Two, "name", &self.name);
    }
}

numbers! {
    /// The type of a name (RFC 6066, 3).
    NameType(u8), "name_type" {
        HOST_NAME = 0 "host_name",
    }
}
