//! How OpenSSL is told what a server decides.

use std::sync::Arc;

use openssl::rand::rand_bytes;
use openssl::ssl::{
    SniError, SslAlert, SslContext, SslContextBuilder, SslOptions, SslSessionCacheMode,
    SslVerifyMode,
};
use zeroize::Zeroizing;

use crate::certificate::verify;
use crate::connection::Connection;
use crate::error::library;
use crate::resumption::Resumer;
use crate::{ConfigurationError, Framework, Suite, Transport, context, ffi, host};

/// What tells sessions of this kind of server from others in the same process.
const SESSION_CONTEXT: &[u8] = b"onem2m";
/// The octets of the secret behind cookies.
const COOKIE_SECRET_LENGTH: usize = 32;

/// The context of a server that accepts the given suites.
pub(crate) fn build(
    resumer: &Arc<Resumer>,
    suites: &[Suite],
) -> Result<SslContext, ConfigurationError> {
    let configuration = resumer.configuration();
    let clauses = &configuration.clauses;
    let mut context = context::builder(configuration.transport, clauses, suites)?;
    choose_hosts(&mut context, resumer);
    if configuration.frameworks().contains(&Framework::Psk) {
        take_keys(&mut context, resumer)?;
    }
    if let Some(own) = &configuration.certificate {
        context::show(&mut context, own)?;
        take_certificates(&mut context, resumer)?;
    }
    resume(&mut context, resumer)?;
    if configuration.transport == Transport::Dtls && (clauses.verifies_address)() {
        exchange_cookies(&mut context, resumer)?;
    }
    Ok(context.build())
}

/// SNI selects the keys (TS-0003 V3.18.0, 10.2.1). A session is resumed for the name for which it began only.
fn choose_hosts(context: &mut SslContextBuilder, resumer: &Arc<Resumer>) {
    let resumer = Arc::clone(resumer);
    context.set_servername_callback(move |ssl, alert| {
        let configuration = resumer.configuration();
        let Some(connection) = Connection::of(ssl) else {
            return Err(SniError::ALERT_FATAL);
        };
        let name = connection.requested_name();
        let host = (configuration.clauses.host)(&configuration.hosts, name.as_deref());
        connection.set_host(host);
        if ssl.session_reused() && connection.resumed_host() != Some(host) {
            *alert = SslAlert::UNRECOGNIZED_NAME;
            return Err(SniError::ALERT_FATAL);
        }
        match host {
            Some(_) => Ok(()),
            None => Err(SniError::NOACK),
        }
    });
}

fn take_keys(
    context: &mut SslContextBuilder,
    resumer: &Arc<Resumer>,
) -> Result<(), ConfigurationError> {
    let configuration = resumer.configuration();
    if let Some(hint) = (configuration.clauses.hint)(configuration)
        && !ffi::set_hint(context, &hint)
    {
        return Err(library("SSL_CTX_use_psk_identity_hint")("hint too long"));
    }
    let resumer = Arc::clone(resumer);
    context.set_psk_server_callback(move |ssl, _, buffer| {
        let configuration = resumer.configuration();
        let found = Connection::of(ssl).and_then(|connection| {
            let identity = connection.identity()?;
            let entry = host::entry(configuration, connection.host(), &identity)?;
            Some((connection, identity, entry))
        });
        let Some((connection, identity, entry)) = found else {
            return Ok(0);
        };
        let key = entry.key.octets();
        let Some(target) = buffer.get_mut(..key.len()) else {
            return Ok(0);
        };
        target.copy_from_slice(key);
        connection.keyed(identity, entry.serial);
        Ok(key.len())
    });
    Ok(())
}

fn take_certificates(
    context: &mut SslContextBuilder,
    resumer: &Arc<Resumer>,
) -> Result<(), ConfigurationError> {
    let configuration = resumer.configuration();
    context::anchor(context, &configuration.trust)?;
    let clients = context::taken(&configuration.trust);
    let own = context::shown(configuration.certificate.as_ref());
    if !ffi::set_certificate_types(context, &clients, &own) {
        return Err(library("SSL_CTX_set1_client_cert_type")("types refused"));
    }
    let mut mode = SslVerifyMode::PEER;
    if (configuration.clauses.demands_certificate)() {
        mode |= SslVerifyMode::FAIL_IF_NO_PEER_CERT;
    }
    let resumer = Arc::clone(resumer);
    context.set_verify_callback(mode, move |found_valid, path| {
        let configuration = resumer.configuration();
        verify::judge(
            &configuration.clauses,
            &configuration.trust,
            found_valid,
            path,
        )
    });
    Ok(())
}

fn resume(
    context: &mut SslContextBuilder,
    resumer: &Arc<Resumer>,
) -> Result<(), ConfigurationError> {
    context
        .set_session_id_context(SESSION_CONTEXT)
        .map_err(library("SSL_CTX_set_session_id_context"))?;
    if !resumer.configuration().tickets {
        context.set_options(SslOptions::NO_TICKET);
    }
    if !ffi::seal_tickets(context) {
        return Err(library("SSL_CTX_set_session_ticket_cb")(
            "callbacks refused",
        ));
    }
    // OpenSSL would resume from a cache of its own without asking.
    context.set_session_cache_mode(SslSessionCacheMode::SERVER | SslSessionCacheMode::NO_INTERNAL);
    let keeper = Arc::clone(resumer);
    context.set_new_session_callback(move |ssl, session| {
        let ticket =
            Connection::of(ssl).and_then(|connection| connection.ticket(ssl.session_reused()));
        if let Some(ticket) = ticket {
            keeper.keep(session, ticket);
        }
    });
    let finder = Arc::clone(resumer);
    ffi::find_sessions(context, move |ssl, identifier| {
        let (session, ticket) = finder.find(identifier)?;
        Connection::of(ssl)?
            .resumes(Some(ticket))
            .then_some(session)
    });
    Ok(())
}

fn exchange_cookies(
    context: &mut SslContextBuilder,
    resumer: &Arc<Resumer>,
) -> Result<(), ConfigurationError> {
    let mut secret = Zeroizing::new([0; COOKIE_SECRET_LENGTH]);
    rand_bytes(secret.as_mut()).map_err(library("RAND_bytes"))?;
    let clauses = resumer.configuration().clauses;
    let expected = move |connection: &Connection| -> Option<Vec<u8>> {
        let hello = connection.hello()?;
        Some((clauses.cookie)(
            secret.as_ref(),
            connection.address?,
            &hello,
        ))
    };
    let expected = Arc::new(expected);
    let maker = Arc::clone(&expected);
    context.set_cookie_generate_cb(move |ssl, buffer| {
        let cookie = Connection::of(ssl).and_then(|connection| maker(connection));
        let cookie = cookie.unwrap_or_default();
        let Some(target) = buffer.get_mut(..cookie.len()) else {
            return Ok(0);
        };
        target.copy_from_slice(&cookie);
        Ok(cookie.len())
    });
    context.set_cookie_verify_cb(move |ssl, got| {
        Connection::of(ssl)
            .and_then(|connection| expected(connection))
            .is_some_and(|expected| (clauses.is_cookie)(&expected, got))
    });
    Ok(())
}
