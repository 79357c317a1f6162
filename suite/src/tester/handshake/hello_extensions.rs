//! The extensions of a ClientHello.

use super::composer::Composer;
use super::conduct::{RenegotiationConduct, Resume, TicketConduct};
use super::credential::Credential;
use super::server_name::server_name;
use onem2m_association::messages::{
    EcPointFormats, EncodeError, ExtendedMasterSecret, Extension, ExtensionType, NamedGroup,
    OfferedVersions, PointFormat, Prefix, ProtocolVersion, RenegotiationInfo, SessionTicket,
    SignatureAlgorithms, SignatureScheme, SupportedGroups, Writer,
};
use rand_chacha::rand_core::Rng;

impl Composer<'_> {
    /// The extensions in their order.
    pub(super) fn extensions(&self, random: &mut impl Rng) -> Result<Vec<Extension>, EncodeError> {
        let hello = self.hello();
        let mut extensions = Vec::new();
        extensions.extend(server_name(
            &hello.server_name,
            &self.handshake.server_name,
        )?);
        if hello.extended_master_secret {
            extensions.push(Extension::of(&ExtendedMasterSecret)?);
        }
        if let Some(octets) = self.renegotiation() {
            extensions.push(Extension::of(&RenegotiationInfo {
                renegotiated_connection: octets,
            })?);
        }
        let groups = self.groups();
        if !groups.is_empty() {
            let groups = groups.into_iter().map(NamedGroup).collect();
            extensions.push(Extension::of(&SupportedGroups(groups))?);
        }
        let formats = self.point_formats();
        if !formats.is_empty() {
            let formats = formats.into_iter().map(PointFormat).collect();
            extensions.push(Extension::of(&EcPointFormats(formats))?);
        }
        let algorithms = self.signature_algorithms();
        if !algorithms.is_empty() {
            let algorithms = algorithms.into_iter().map(SignatureScheme).collect();
            extensions.push(Extension::of(&SignatureAlgorithms(algorithms))?);
        }
        if let Some(ticket) = self.ticket(random) {
            extensions.push(Extension::of(&SessionTicket(ticket))?);
        }
        let raw = matches!(self.handshake.credential, Credential::RawPublicKey { .. });
        let types = [
            (
                ExtensionType::CLIENT_CERTIFICATE_TYPE,
                &hello.client_certificate_types,
                [2].as_slice(),
            ),
            (
                ExtensionType::SERVER_CERTIFICATE_TYPE,
                &hello.server_certificate_types,
                &[2, 0],
            ),
        ];
        for (extension_type, stated, right) in types {
            let right = raw.then_some(right);
            if let Some(list) = stated.as_deref().or(right) {
                extensions.push(certificate_types(extension_type, list)?);
            }
        }
        if !hello.supported_versions.is_empty() {
            let versions = hello.supported_versions.iter().copied();
            let versions = versions.map(ProtocolVersion).collect();
            extensions.push(Extension::of(&OfferedVersions(versions))?);
        }
        extensions.extend(hello.extensions.iter().map(|raw| Extension {
            extension_type: ExtensionType(raw.extension_type),
            data: raw.hex.0.clone(),
        }));
        Ok(extensions)
    }

    fn renegotiation(&self) -> Option<Vec<u8>> {
        let previous = self.previous.map(|previous| previous.client.to_vec());
        match &self.hello().renegotiation_info {
            RenegotiationConduct::Right => previous,
            RenegotiationConduct::Absent => None,
            RenegotiationConduct::Empty => Some(Vec::new()),
            RenegotiationConduct::Octets(octets) => Some(octets.0.clone()),
            RenegotiationConduct::Wrong => {
                let mut octets = previous.unwrap_or_default();
                if let Some(last) = octets.last_mut() {
                    *last ^= 1;
                }
                Some(octets)
            }
        }
    }

    fn ticket(&self, random: &mut impl Rng) -> Option<Vec<u8>> {
        let earlier = self.earlier_session();
        let earlier = earlier.and_then(|session| session.ticket.clone());
        match (self.hello().session_ticket, self.handshake.conduct.resume) {
            (TicketConduct::Empty, _) => Some(Vec::new()),
            (TicketConduct::Random(length), _) => {
                let mut ticket = vec![0; usize::from(length)];
                random.fill_bytes(&mut ticket);
                Some(ticket)
            }
            (TicketConduct::Right, Some(Resume::Ticket)) => earlier,
            (TicketConduct::Right, Some(Resume::TicketInverted(place))) => {
                let mut ticket = earlier?;
                let distance = usize::try_from(place.unsigned_abs()).ok()?;
                let place = match place < 0 {
                    true => ticket.len().checked_sub(distance)?,
                    false => distance,
                };
                *ticket.get_mut(place)? ^= 0x80;
                Some(ticket)
            }
            (TicketConduct::Right, _) => None,
        }
    }
}

fn certificate_types(extension_type: ExtensionType, list: &[u8]) -> Result<Extension, EncodeError> {
    let mut writer = Writer::default();
    writer.opaque(Prefix::One, "certificate_types", list);
    Ok(Extension {
        extension_type,
        data: writer.finish()?,
    })
}
