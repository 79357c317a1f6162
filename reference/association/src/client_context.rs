//! How OpenSSL is told what a client decides.

use onem2m_identity::PskIdentity;
use openssl::ssl::{SslContext, SslContextBuilder, SslSessionCacheMode, SslVerifyMode};

use crate::certificate::verify;
use crate::connection::Connection;
use crate::error::library;
use crate::psk::check_identity;
use crate::{
    ClientConfiguration, ClientCredential, ConfigurationError, PeerCredential, PskKey, Suite,
    context, ffi,
};

/// The context of a client that offers the given suites.
pub(crate) fn build(
    configuration: &ClientConfiguration,
    suites: &[Suite],
) -> Result<SslContext, ConfigurationError> {
    let mut context = context::builder(configuration.transport, &configuration.clauses, suites)?;
    context.set_session_cache_mode(SslSessionCacheMode::OFF);
    match &configuration.credential {
        ClientCredential::Psk { identity, key } => {
            check_identity(identity)?;
            let identity_for_hint = configuration.clauses.identity_for_hint;
            give_key(
                &mut context,
                identity.clone(),
                key.clone(),
                identity_for_hint,
            );
        }
        ClientCredential::Certificate(own) => {
            context::show(&mut context, own)?;
            take_certificates(&mut context, configuration)?;
        }
        ClientCredential::Nothing => take_certificates(&mut context, configuration)?,
    }
    Ok(context.build())
}

/// There is one key, whatever the hint of the server is (RFC 4279, 5.2).
fn give_key(
    context: &mut SslContextBuilder,
    identity: PskIdentity,
    key: PskKey,
    identity_for_hint: fn(&PskIdentity, Option<&[u8]>) -> Vec<u8>,
) {
    context.set_psk_client_callback(move |ssl, hint, name, buffer| {
        let octets = key.octets();
        let sent = identity_for_hint(&identity, hint);
        // The name ends with a zero octet.
        let (Some(name), Some(target)) =
            (name.get_mut(..=sent.len()), buffer.get_mut(..octets.len()))
        else {
            return Ok(0);
        };
        name.fill(0);
        name.iter_mut()
            .zip(&sent)
            .for_each(|(to, from)| *to = *from);
        target.copy_from_slice(octets);
        if let Some(connection) = Connection::of(ssl) {
            connection.authenticated(PeerCredential::Psk { identity: sent });
        }
        Ok(octets.len())
    });
}

fn take_certificates(
    context: &mut SslContextBuilder,
    configuration: &ClientConfiguration,
) -> Result<(), ConfigurationError> {
    context::anchor(context, &configuration.trust)?;
    let own = match &configuration.credential {
        ClientCredential::Certificate(own) => Some(own),
        _ => None,
    };
    let servers = context::taken(&configuration.trust);
    if !ffi::set_certificate_types(context, &context::shown(own), &servers) {
        return Err(library("SSL_CTX_set1_server_cert_type")("types refused"));
    }
    let clauses = configuration.clauses;
    let trust = configuration.trust.clone();
    context.set_verify_callback(SslVerifyMode::PEER, move |found_valid, path| {
        verify::judge(&clauses, &trust, found_valid, path)
    });
    Ok(())
}
