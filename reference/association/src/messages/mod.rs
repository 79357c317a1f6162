//! The messages of TLS 1.2 and DTLS 1.2 as data.
//!
//! Every codec is total: any octets are read as a value or refused with a [`DecodeError`], in memory proportional to the
//! input, and what was read is written as the same octets. Nothing here judges whether a message is allowed, or fits its
//! handshake; a writer writes whatever its length fields can say, so that a tester can also send what is wrong.

#[macro_use]
mod number;

mod alert;
mod certificate;
mod certificate_request;
mod certificate_type;
mod change_cipher_spec;
mod cipher_suite;
mod client_hello;
mod client_key_exchange;
mod codec;
mod compression_method;
mod content_type;
pub mod datagram;
mod digitally_signed;
mod error;
mod extension;
mod finished;
mod handshake;
mod handshake_reader;
mod hello_request;
mod named_group;
mod new_session_ticket;
mod prefix;
mod random;
mod reader;
mod record;
mod record_reader;
mod server_hello;
mod server_hello_done;
mod server_key_exchange;
mod signature_scheme;
mod version;
mod writer;

pub use alert::{Alert, AlertDescription, AlertLevel};
pub use certificate::{Certificate, CertificateStatus, RawPublicKey};
pub use certificate_request::{CertificateRequest, ClientCertificateKind};
pub use certificate_type::CertificateType;
pub use change_cipher_spec::ChangeCipherSpec;
pub use cipher_suite::CipherSuite;
pub use client_hello::ClientHello;
pub use client_key_exchange::{
    DhePskClientKeyExchange, EcdheClientKeyExchange, PskClientKeyExchange,
};
pub use codec::Codec;
pub use compression_method::CompressionMethod;
pub use content_type::ContentType;
pub use digitally_signed::{CertificateVerify, DigitallySigned};
pub use error::{DecodeError, EncodeError};
pub use extension::{
    ClientCertificateTypes, EcPointFormats, ExtendedMasterSecret, Extension, ExtensionBody,
    ExtensionType, Extensions, NameType, OfferedVersions, PointFormat, RenegotiationInfo,
    SelectedClientCertificateType, SelectedServerCertificateType, ServerCertificateTypes,
    ServerName, ServerNames, SessionTicket, SignatureAlgorithms, StatusRequest, StatusType,
    SupportedGroups,
};
pub use finished::Finished;
pub use handshake::{HandshakeBody, HandshakeMessage, HandshakeType};
pub use handshake_reader::{HandshakeReader, MessageTooLong};
pub use hello_request::HelloRequest;
pub use named_group::NamedGroup;
pub use new_session_ticket::NewSessionTicket;
pub use prefix::Prefix;
pub use random::Random;
pub use reader::Reader;
pub use record::{Record, RecordHeader};
pub use record_reader::{RecordOverflow, RecordReader};
pub use server_hello::ServerHello;
pub use server_hello_done::ServerHelloDone;
pub use server_key_exchange::{
    DhePskServerKeyExchange, EcdheParameters, EcdheServerKeyExchange, PskServerKeyExchange,
};
pub use signature_scheme::SignatureScheme;
pub use version::ProtocolVersion;
pub use writer::Writer;
