use super::conduct::ServerNameConduct;
use onem2m_association::messages::{
    EncodeError, Extension, ExtensionType, NameType, Prefix, ServerName, ServerNames, Writer,
};

/// The server_name extension.
pub fn server_name(
    conduct: &ServerNameConduct,
    right: &str,
) -> Result<Option<Extension>, EncodeError> {
    let host = |name: &[u8]| ServerName {
        name_type: NameType::HOST_NAME,
        name: name.to_vec(),
    };
    let right = right.as_bytes();
    let names = match conduct {
        ServerNameConduct::Absent => return Ok(None),
        ServerNameConduct::InnerLengthTooLarge => return too_long(right).map(Some),
        ServerNameConduct::Right => vec![host(right)],
        ServerNameConduct::UpperCase => vec![host(&right.to_ascii_uppercase())],
        ServerNameConduct::Other(name) => vec![host(name.as_bytes())],
        ServerNameConduct::Twice(name) => vec![host(right), host(name.as_bytes())],
        ServerNameConduct::TrailingDot => vec![host(&[right, b"."].concat())],
        ServerNameConduct::EmbeddedNul(rest) => {
            vec![host(&[right, b"\0", rest.as_bytes()].concat())]
        }
        ServerNameConduct::Empty => vec![host(b"")],
        ServerNameConduct::Long(length) => vec![host(&vec![b'a'; usize::from(*length)])],
        ServerNameConduct::Type(name_type) => vec![ServerName {
            name_type: NameType(*name_type),
            name: right.to_vec(),
        }],
    };
    Extension::of(&ServerNames(names)).map(Some)
}

/// A list whose one name says that it is longer by one octet.
fn too_long(name: &[u8]) -> Result<Extension, EncodeError> {
    let mut writer = Writer::default();
    writer.vector(Prefix::Two, "server_name_list", |writer| {
        writer.u8(NameType::HOST_NAME.0);
        writer.u16(u16::try_from(name.len() + 1).unwrap_or(u16::MAX));
        writer.put(name);
    });
    Ok(Extension {
        extension_type: ExtensionType::SERVER_NAME,
        data: writer.finish()?,
    })
}
