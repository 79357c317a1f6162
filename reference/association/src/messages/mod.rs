//! The messages of TLS 1.2 and DTLS 1.2 as data (RFC 5246, RFC 6347): every reader is total, and none knows a TLS library.
