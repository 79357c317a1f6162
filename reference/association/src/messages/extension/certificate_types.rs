use super::{ExtensionBody, ExtensionType};
use crate::messages::{CertificateType, Codec, DecodeError, Prefix, Reader, Writer};

/// client_certificate_type of a client: what it can show, the preferred one first (RFC 7250, 3).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClientCertificateTypes(pub Vec<CertificateType>);

impl Codec for ClientCertificateTypes {
    const FIELD: &'static str = "ClientCertTypeExtension";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader
            .list(Prefix::One, "client_certificate_types", 1..=0xff)
            .map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        writer.list(Prefix::One, "client_certificate_types", &self.0);
    }
}

impl ExtensionBody for ClientCertificateTypes {
    const TYPE: ExtensionType = ExtensionType::CLIENT_CERTIFICATE_TYPE;
}

/// server_certificate_type of a client: what it can judge, the preferred one first (RFC 7250, 3).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ServerCertificateTypes(pub Vec<CertificateType>);

impl Codec for ServerCertificateTypes {
    const FIELD: &'static str = "ServerCertTypeExtension";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader
            .list(Prefix::One, "server_certificate_types", 1..=0xff)
            .map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        writer.list(Prefix::One, "server_certificate_types", &self.0);
    }
}

impl ExtensionBody for ServerCertificateTypes {
    const TYPE: ExtensionType = ExtensionType::SERVER_CERTIFICATE_TYPE;
}

/// client_certificate_type of a server: what the client is to show (RFC 7250, 3).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SelectedClientCertificateType(pub CertificateType);

impl Codec for SelectedClientCertificateType {
    const FIELD: &'static str = "ClientCertTypeExtension";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        CertificateType::read(reader).map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }
}

impl ExtensionBody for SelectedClientCertificateType {
    const TYPE: ExtensionType = ExtensionType::CLIENT_CERTIFICATE_TYPE;
}

/// server_certificate_type of a server: what it shows (RFC 7250, 3).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SelectedServerCertificateType(pub CertificateType);

impl Codec for SelectedServerCertificateType {
    const FIELD: &'static str = "ServerCertTypeExtension";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        CertificateType::read(reader).map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }
}

impl ExtensionBody for SelectedServerCertificateType {
    const TYPE: ExtensionType = ExtensionType::SERVER_CERTIFICATE_TYPE;
}
