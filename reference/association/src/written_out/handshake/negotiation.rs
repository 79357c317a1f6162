//! ClientHello, and the ServerHello that answers it (RFC 5246, 7.4.1).

use std::sync::Arc;

use onem2m_keys::Randoms;

use super::agreed::{Agreed, CertificateTypes};
use super::outgoing::Output;
use super::state::Handshake;
use crate::messages::{
    ClientCertificateTypes, ClientHello, EcPointFormats, ExtendedMasterSecret, Extension,
    ExtensionType, Extensions, PointFormat, RenegotiationInfo, SelectedClientCertificateType,
    SelectedServerCertificateType, ServerCertificateTypes, ServerHello,
};
use crate::written_out::{KeyExchange, Refusal, StoredSession, hello};

impl Handshake {
    pub(super) fn client_hello(&mut self, hello: &ClientHello) -> Result<Vec<Output>, Refusal> {
        let shared = Arc::clone(&self.shared);
        let configuration = &shared.configuration;
        let clauses = &configuration.clauses;
        let version = self.framing.version(clauses, hello.version)?;
        (clauses.extensions)(hello)?;
        let compression_method = (clauses.compression)(&hello.compression_methods)?;
        let answers_renegotiation = (clauses.renegotiation_info)(self.previous.as_ref(), hello)?;
        let name = (clauses.server_name)(hello)?;
        let host = (clauses.host)(configuration, name.as_deref());
        let stored = self.stored(hello, host)?;
        let suite = match &stored {
            Some(stored) => stored.suite,
            None => (clauses.suite)(clauses, configuration, hello, host)?,
        };
        let session_id = match &stored {
            Some(stored) => stored.id.clone(),
            None if configuration.resumption => (clauses.session_id)()?,
            None => Vec::new(),
        };
        let random = (clauses.server_random)()?;
        let certificates = match suite.key_exchange {
            KeyExchange::EcdheEcdsa if stored.is_none() => Some(self.certificate_types(hello)?),
            _ => None,
        };
        let agreed = Agreed {
            version,
            suite,
            randoms: Randoms {
                client: hello.random.0,
                server: random.0,
            },
            session_id,
            extended: (clauses.extended_master_secret)(hello),
            host,
            certificates,
        };
        self.progress.hello = true;
        self.agreed = Some(agreed.clone());
        let extensions = self.answers(hello, &agreed, answers_renegotiation)?;
        let server_hello = self.send(&ServerHello {
            version,
            random,
            session_id: agreed.session_id.clone(),
            cipher_suite: suite.number,
            compression_method,
            extensions,
        })?;
        let mut outputs = vec![server_hello];
        match stored {
            Some(stored) => self.resume(stored, &mut outputs)?,
            None => self.server_flight(&agreed, &mut outputs)?,
        }
        Ok(outputs)
    }

    /// The session that the client wants to resume, if it is.
    pub(super) fn stored(
        &self,
        hello: &ClientHello,
        host: Option<usize>,
    ) -> Result<Option<StoredSession>, Refusal> {
        let configuration = &self.shared.configuration;
        let clauses = &configuration.clauses;
        let is_first = self.previous.is_none();
        match self.shared.sessions.find(&hello.session_id) {
            Some(stored)
                if is_first
                    && (clauses.resumable)(clauses, configuration, &stored, hello, host)? =>
            {
                Ok(Some(stored))
            }
            _ => Ok(None),
        }
    }

    /// What both sides show (RFC 7250, 4.2).
    pub(super) fn certificate_types(
        &self,
        hello: &ClientHello,
    ) -> Result<CertificateTypes, Refusal> {
        let configuration = &self.shared.configuration;
        let clauses = &configuration.clauses;
        let server: Option<ServerCertificateTypes> = hello::extension(hello)?;
        let client: Option<ClientCertificateTypes> = hello::extension(hello)?;
        let server = server.as_ref().map(|types| types.0.as_slice());
        let client = client.as_ref().map(|types| types.0.as_slice());
        Ok(CertificateTypes {
            server: (clauses.certificate_type)(server, &configuration.shows())?,
            client: match (clauses.certificate_request)(configuration) {
                None => None,
                Some(request) => {
                    let selected = (clauses.certificate_type)(client, &configuration.judges())?;
                    Some((selected, request))
                }
            },
        })
    }

    /// The extensions of ServerHello: none that the client did not ask for (RFC 5246, 7.4.1.4).
    pub(super) fn answers(
        &self,
        hello: &ClientHello,
        agreed: &Agreed,
        renegotiation: bool,
    ) -> Result<Option<Extensions>, Refusal> {
        let mut extensions = Vec::new();
        if renegotiation {
            let previous = self.previous.as_ref();
            let renegotiated_connection = previous
                .map(|previous| [previous.client.as_slice(), &previous.server].concat())
                .unwrap_or_default();
            extensions.push(Extension::of(&RenegotiationInfo {
                renegotiated_connection,
            })?);
        }
        if agreed.host.is_some() {
            extensions.push(Extension::empty(ExtensionType::SERVER_NAME));
        }
        if agreed.extended {
            extensions.push(Extension::of(&ExtendedMasterSecret)?);
        }
        if agreed.suite.key_exchange == KeyExchange::EcdheEcdsa
            && hello::offers(hello, ExtensionType::EC_POINT_FORMATS)
        {
            let formats = EcPointFormats(vec![PointFormat::UNCOMPRESSED]);
            extensions.push(Extension::of(&formats)?);
        }
        if let Some(certificates) = &agreed.certificates {
            if hello::offers(hello, ExtensionType::SERVER_CERTIFICATE_TYPE) {
                let selected = SelectedServerCertificateType(certificates.server);
                extensions.push(Extension::of(&selected)?);
            }
            if let Some((selected, _)) = certificates.client
                && hello::offers(hello, ExtensionType::CLIENT_CERTIFICATE_TYPE)
            {
                extensions.push(Extension::of(&SelectedClientCertificateType(selected))?);
            }
        }
        Ok((!extensions.is_empty()).then_some(Extensions(extensions)))
    }
}
