use zeroize::Zeroizing;

use crate::prf::prf;
use crate::{MasterSecret, Randoms};

/// The label of RFC 5246, 6.3.
const LABEL: &str = "key expansion";

/// How many octets of each kind a cipher suite takes from the key block, for one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyLengths {
    /// Key of the record's MAC; none with an AEAD.
    pub mac_key: u8,
    /// Key of the cipher.
    pub cipher_key: u8,
    /// The part of the nonce that is not sent, with an AEAD; a block cipher of TLS 1.2 takes none.
    pub fixed_iv: u8,
}

impl KeyLengths {
    /// Suites with AES_128_CBC_SHA256 (RFC 5246, appendix C).
    pub const AES_128_CBC_SHA256: Self = Self::new(32, 16, 0);
    /// Suites with AES_128_CCM or AES_128_CCM_8 (RFC 6655, 3).
    pub const AES_128_CCM: Self = Self::new(0, 16, 4);
    /// Suites with AES_128_GCM_SHA256 (RFC 5288, 3).
    pub const AES_128_GCM: Self = Self::new(0, 16, 4);
    /// Suites with NULL_SHA256 (RFC 5246, appendix C; RFC 5487, 3.2).
    pub const NULL_SHA256: Self = Self::new(32, 0, 0);

    const fn new(mac_key: u8, cipher_key: u8, fixed_iv: u8) -> Self {
        Self {
            mac_key,
            cipher_key,
            fixed_iv,
        }
    }
}

/// The keys with which one side writes.
#[derive(Clone)]
pub struct WriteKeys {
    /// Key of the record's MAC.
    pub mac_key: Zeroizing<Vec<u8>>,
    /// Key of the cipher.
    pub cipher_key: Zeroizing<Vec<u8>>,
    /// The part of the nonce that is not sent.
    pub fixed_iv: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for WriteKeys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("WriteKeys(..)")
    }
}

/// What protects the records of a connection (RFC 5246, 6.3).
#[derive(Clone, Debug)]
pub struct KeyBlock {
    /// The keys with which the client writes.
    pub client: WriteKeys,
    /// The keys with which the server writes.
    pub server: WriteKeys,
}

impl KeyBlock {
    /// Expands the master secret. Here, other than for the master secret, the server's random comes first.
    pub fn expand(master: &MasterSecret, randoms: &Randoms, lengths: KeyLengths) -> Self {
        let lengths = [lengths.mac_key, lengths.cipher_key, lengths.fixed_iv].map(usize::from);
        let mut block = Zeroizing::new(vec![0; 2 * lengths.iter().sum::<usize>()]);
        prf(
            master.octets(),
            LABEL,
            &[&randoms.server, &randoms.client],
            &mut block,
        );
        let mut octets = block.iter().copied();
        let mut take = |length| Zeroizing::new(octets.by_ref().take(length).collect::<Vec<u8>>());
        let [
            [client_mac, server_mac],
            [client_key, server_key],
            [client_iv, server_iv],
        ] = lengths.map(|length| [take(length), take(length)]);
        Self {
            client: WriteKeys {
                mac_key: client_mac,
                cipher_key: client_key,
                fixed_iv: client_iv,
            },
            server: WriteKeys {
                mac_key: server_mac,
                cipher_key: server_key,
                fixed_iv: server_iv,
            },
        }
    }
}
