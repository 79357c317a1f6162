//! Security associations of oneM2M: TLS 1.2 and DTLS 1.2 with provisioned keys, certificates and raw public keys
//! (TS-0003 V3.18.0, 8.1, 8.2, 10.1 and 10.2).

#![deny(unsafe_code)]

pub mod messages;
