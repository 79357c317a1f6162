//! The calls of OpenSSL that the openssl crate does not offer.
#![allow(unsafe_code)]

use std::ffi::{CString, c_char, c_int, c_long, c_uint, c_void};
use std::ptr;
use std::time::Duration;

use foreign_types::ForeignTypeRef;
use libc::timeval;
use openssl::nid::Nid;
use openssl::pkey::{PKeyRef, Public};
use openssl::ssl::{SslContextBuilder, SslRef, SslSession, SslSessionRef, SslStream};
use openssl::x509::{X509StoreContextRef, X509VerifyResult};
use openssl_sys as sys;

use crate::connection::Connection;
use crate::messages::{CertificateType, ContentType};
use crate::resumption::Ticket;

/// `DTLS_CTRL_GET_TIMEOUT` of ssl.h.
const GET_TIMEOUT: c_int = 73;
/// `DTLS_CTRL_HANDLE_TIMEOUT` of ssl.h.
const HANDLE_TIMEOUT: c_int = 74;
/// `SSL_SECOP_SIGALG_CHECK` of ssl.h: the algorithm of a signature that came.
const SIGNATURE_CHECK: c_int = 13 | (5 << 16);
/// `SSL_TICKET_SUCCESS` of ssl.h.
const TICKET_SUCCESS: c_int = 5;
/// `SSL_TICKET_SUCCESS_RENEW` of ssl.h.
const TICKET_SUCCESS_RENEW: c_int = 6;
/// `SSL_TICKET_RETURN_IGNORE_RENEW` of ssl.h.
const TICKET_IGNORE: c_int = 2;
/// `SSL_TICKET_RETURN_USE` of ssl.h.
const TICKET_USE: c_int = 3;
/// The longest time between two retransmissions (RFC 6347, 4.2.4.1), in microseconds.
const LONGEST_TIMEOUT: c_uint = 60_000_000;

type MessageCallback =
    unsafe extern "C" fn(c_int, c_int, c_int, *const c_void, usize, *mut sys::SSL, *mut c_void);
type SealTicket = unsafe extern "C" fn(*mut sys::SSL, *mut c_void) -> c_int;
type OpenTicket = unsafe extern "C" fn(
    *mut sys::SSL,
    *mut sys::SSL_SESSION,
    *const u8,
    usize,
    c_int,
    *mut c_void,
) -> c_int;
type SecurityCallback = unsafe extern "C" fn(
    *const sys::SSL,
    *const sys::SSL_CTX,
    c_int,
    c_int,
    c_int,
    *mut c_void,
    *mut c_void,
) -> c_int;
type NextTimeout = unsafe extern "C" fn(*mut sys::SSL, c_uint) -> c_uint;

unsafe extern "C" {
    fn SSL_CTX_set_msg_callback(context: *mut sys::SSL_CTX, callback: Option<MessageCallback>);
    fn SSL_CTX_set_security_callback(
        context: *mut sys::SSL_CTX,
        callback: Option<SecurityCallback>,
    );
    fn SSL_CTX_use_psk_identity_hint(context: *mut sys::SSL_CTX, hint: *const c_char) -> c_int;
    fn SSL_CTX_set1_client_cert_type(
        context: *mut sys::SSL_CTX,
        types: *const u8,
        length: usize,
    ) -> c_int;
    fn SSL_CTX_set1_server_cert_type(
        context: *mut sys::SSL_CTX,
        types: *const u8,
        length: usize,
    ) -> c_int;
    fn SSL_CTX_set_session_ticket_cb(
        context: *mut sys::SSL_CTX,
        seal: Option<SealTicket>,
        open: Option<OpenTicket>,
        argument: *mut c_void,
    ) -> c_int;
    fn SSL_SESSION_set1_ticket_appdata(
        session: *mut sys::SSL_SESSION,
        octets: *const c_void,
        length: usize,
    ) -> c_int;
    fn SSL_SESSION_get0_ticket_appdata(
        session: *mut sys::SSL_SESSION,
        octets: *mut *mut c_void,
        length: *mut usize,
    ) -> c_int;
    fn X509_STORE_CTX_get0_rpk(context: *const sys::X509_STORE_CTX) -> *mut sys::EVP_PKEY;
    fn DTLS_set_timer_cb(ssl: *mut sys::SSL, callback: Option<NextTimeout>);
    fn DTLSv1_listen(ssl: *mut sys::SSL, client: *mut sys::BIO_ADDR) -> c_int;
    fn BIO_ADDR_new() -> *mut sys::BIO_ADDR;
    fn BIO_ADDR_free(address: *mut sys::BIO_ADDR);
}

/// Lets each [`Connection`] see the messages of its association.
pub(crate) fn observe(context: &mut SslContextBuilder) {
    // SAFETY: the context is alive, and the callback has the signature that OpenSSL calls.
    unsafe { SSL_CTX_set_msg_callback(context.as_ptr(), Some(on_message)) }
}

/// Makes OpenSSL refuse signatures with SHA-1, which it would take although they were not announced.
pub(crate) fn refuse_sha1(context: &mut SslContextBuilder) {
    // SAFETY: the context is alive, and the callback has the signature that OpenSSL calls.
    unsafe { SSL_CTX_set_security_callback(context.as_ptr(), Some(is_secure)) }
}

/// Sets the identity hint; false if OpenSSL refuses it.
pub(crate) fn set_hint(context: &mut SslContextBuilder, hint: &str) -> bool {
    let Ok(hint) = CString::new(hint) else {
        return false;
    };
    // SAFETY: the context is alive; OpenSSL copies the text, which ends with a zero octet.
    unsafe { SSL_CTX_use_psk_identity_hint(context.as_ptr(), hint.as_ptr()) == 1 }
}

/// Sets the types of certificate of both ends; false if OpenSSL refuses them.
pub(crate) fn set_certificate_types(
    context: &mut SslContextBuilder,
    client: &[CertificateType],
    server: &[CertificateType],
) -> bool {
    let numbers = |types: &[CertificateType]| -> Vec<u8> {
        types
            .iter()
            .map(|CertificateType(number)| *number)
            .collect()
    };
    let (client, server) = (numbers(client), numbers(server));
    // SAFETY: the context is alive; OpenSSL copies as many octets as it is told the lists have.
    unsafe {
        SSL_CTX_set1_client_cert_type(context.as_ptr(), client.as_ptr(), client.len()) == 1
            && SSL_CTX_set1_server_cert_type(context.as_ptr(), server.as_ptr(), server.len()) == 1
    }
}

/// Lets each [`Connection`] put what it knows into tickets, and decide on those that come back.
pub(crate) fn seal_tickets(context: &mut SslContextBuilder) -> bool {
    // SAFETY: the context is alive, the callbacks have the signatures that OpenSSL calls and use no argument.
    unsafe {
        SSL_CTX_set_session_ticket_cb(
            context.as_ptr(),
            Some(seal_ticket),
            Some(open_ticket),
            ptr::null_mut(),
        ) == 1
    }
}

/// Sets the function that finds sessions by identifier. It gives sessions of this context alone.
pub(crate) fn find_sessions<F>(context: &mut SslContextBuilder, find: F)
where
    F: Fn(&mut SslRef, &[u8]) -> Option<SslSession> + Send + Sync + 'static,
{
    // SAFETY: the store behind the function belongs to one server, and only its one context puts sessions there.
    unsafe { context.set_get_session_callback(find) }
}

/// Resumes a session, which has to come from the context of the association; false if OpenSSL refuses it.
pub(crate) fn set_session(ssl: &mut SslRef, session: &SslSessionRef) -> bool {
    // SAFETY: the only caller compares the client that made the session with the one that resumes it.
    unsafe { ssl.set_session(session) }.is_ok()
}

/// The raw public key that is verified, re-encoded in DER; `None` if certificates are.
pub(crate) fn raw_public_key(context: &X509StoreContextRef) -> Option<Vec<u8>> {
    // SAFETY: the context is alive; the key that it gives, if any, lives as long as the context, which outlives the use.
    unsafe {
        let key = X509_STORE_CTX_get0_rpk(context.as_ptr());
        if key.is_null() {
            return None;
        }
        PKeyRef::<Public>::from_ptr(key).public_key_to_der().ok()
    }
}

/// Sets the outcome of verification, from which OpenSSL chooses its alert.
pub(crate) fn set_verify_error(context: &mut X509StoreContextRef, code: c_int) {
    // SAFETY: any number may stand here; OpenSSL reads it as one that it does not know at worst.
    let result = unsafe { X509VerifyResult::from_raw(code) };
    context.set_error(result);
}

/// Makes the timer of DTLS begin with the time that the [`Connection`] has.
pub(crate) fn set_timer(ssl: &mut SslRef) {
    // SAFETY: the association is alive and one of DTLS, as the caller sees to; the signature is that of OpenSSL.
    unsafe { DTLS_set_timer_cb(ssl.as_ptr(), Some(next_timeout)) }
}

/// What is left until a flight has to be sent again; `None` if none waits for an answer.
pub(crate) fn timeout(ssl: &SslRef) -> Option<Duration> {
    let mut left = timeval {
        tv_sec: 0,
        tv_usec: 0,
    };
    // SAFETY: the association is alive; OpenSSL writes one timeval there and keeps no pointer.
    let runs = unsafe {
        sys::SSL_ctrl(
            ssl.as_ptr(),
            GET_TIMEOUT,
            0,
            ptr::from_mut(&mut left).cast(),
        )
    };
    if runs != 1 {
        return None;
    }
    let seconds = u64::try_from(left.tv_sec).unwrap_or(0);
    let micros = u64::try_from(left.tv_usec).unwrap_or(0);
    Some(Duration::from_secs(seconds).saturating_add(Duration::from_micros(micros)))
}

/// Sends a flight again whose time is over; false if it was sent too often.
pub(crate) fn handle_timeout<S>(stream: &mut SslStream<S>) -> bool {
    let none: c_long = 0;
    // SAFETY: the association is alive; this control takes no pointer.
    unsafe { sys::SSL_ctrl(stream.ssl().as_ptr(), HANDLE_TIMEOUT, none, ptr::null_mut()) >= 0 }
}

/// What a server of DTLS makes of datagrams before it knows that their sender receives.
pub(crate) enum Listening {
    /// A cookie came back: the handshake may begin.
    Verified,
    /// Nothing yet.
    Waiting,
    /// OpenSSL cannot go on.
    Failed,
}

/// Answers ClientHellos without a cookie, keeping nothing of them, until one has it (RFC 6347, 4.2.1).
pub(crate) fn listen<S>(stream: &mut SslStream<S>) -> Listening {
    // SAFETY: the association is alive and one of DTLS; the address is OpenSSL's own, and freed once.
    let outcome = unsafe {
        let address = BIO_ADDR_new();
        if address.is_null() {
            return Listening::Failed;
        }
        let outcome = DTLSv1_listen(stream.ssl().as_ptr(), address);
        BIO_ADDR_free(address);
        outcome
    };
    match outcome {
        1.. => Listening::Verified,
        0 => Listening::Waiting,
        _ => Listening::Failed,
    }
}

/// Nothing is below security level 0, so that only the hash of a signature is looked at.
unsafe extern "C" fn is_secure(
    _: *const sys::SSL,
    _: *const sys::SSL_CTX,
    operation: c_int,
    _: c_int,
    hash: c_int,
    _: *mut c_void,
    _: *mut c_void,
) -> c_int {
    c_int::from(operation != SIGNATURE_CHECK || hash != Nid::SHA1.as_raw())
}

unsafe extern "C" fn on_message(
    sent: c_int,
    _version: c_int,
    record: c_int,
    octets: *const c_void,
    length: usize,
    ssl: *mut sys::SSL,
    _argument: *mut c_void,
) {
    if octets.is_null() || ssl.is_null() {
        return;
    }
    // SAFETY: OpenSSL calls this with an association that is alive and so many octets of one message.
    let (ssl, octets) = unsafe {
        (
            SslRef::from_ptr(ssl),
            std::slice::from_raw_parts(octets.cast::<u8>(), length),
        )
    };
    // OpenSSL also shows headers of records, under numbers that no record has.
    let Ok(record) = u8::try_from(record) else {
        return;
    };
    if let Some(connection) = Connection::of(ssl) {
        connection.message(sent != 0, ContentType(record), octets);
    }
}

unsafe extern "C" fn seal_ticket(ssl: *mut sys::SSL, _argument: *mut c_void) -> c_int {
    // SAFETY: OpenSSL calls this with an association that is alive.
    let association = unsafe { SslRef::from_ptr(ssl) };
    let ticket = Connection::of(association)
        .and_then(|connection| connection.ticket(association.session_reused()));
    let Some(ticket) = ticket else {
        return 1;
    };
    let octets = ticket.encode();
    // SAFETY: the session belongs to the association; OpenSSL copies the octets.
    unsafe {
        let session = sys::SSL_get_session(ssl);
        if session.is_null() {
            return 0;
        }
        SSL_SESSION_set1_ticket_appdata(session, octets.as_ptr().cast(), octets.len())
    }
}

unsafe extern "C" fn open_ticket(
    ssl: *mut sys::SSL,
    session: *mut sys::SSL_SESSION,
    _name: *const u8,
    _length: usize,
    status: c_int,
    _argument: *mut c_void,
) -> c_int {
    if session.is_null() || ![TICKET_SUCCESS, TICKET_SUCCESS_RENEW].contains(&status) {
        return TICKET_IGNORE;
    }
    let mut octets = ptr::null_mut();
    let mut length = 0;
    // SAFETY: OpenSSL calls this with association and session alive; the octets belong to the session, which is there
    // until this returns.
    let (connection, octets) = unsafe {
        if SSL_SESSION_get0_ticket_appdata(session, &raw mut octets, &raw mut length) != 1
            || octets.is_null()
        {
            return TICKET_IGNORE;
        }
        (
            Connection::of(SslRef::from_ptr(ssl)),
            std::slice::from_raw_parts(octets.cast::<u8>(), length),
        )
    };
    if connection.is_some_and(|connection| connection.resumes(Ticket::decode(octets))) {
        TICKET_USE
    } else {
        TICKET_IGNORE
    }
}

unsafe extern "C" fn next_timeout(ssl: *mut sys::SSL, previous: c_uint) -> c_uint {
    if previous > 0 {
        return previous.saturating_mul(2).min(LONGEST_TIMEOUT);
    }
    // SAFETY: OpenSSL calls this with an association that is alive.
    unsafe { Connection::of(SslRef::from_ptr(ssl)) }
        .and_then(|connection| c_uint::try_from(connection.first_timeout.as_micros()).ok())
        .unwrap_or(LONGEST_TIMEOUT)
}
