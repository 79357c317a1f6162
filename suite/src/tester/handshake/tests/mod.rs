//! The scripted handshake against the server of OpenSSL.

mod attempts;
mod certificates;
mod conducts;
mod datagram_peer;
mod datagrams;
mod hostile;
mod peer;
mod playback;
mod psk;
mod records;
mod renegotiation;
mod resumption;
mod serving;
mod stub;
