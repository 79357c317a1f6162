use super::cipher::Cipher;
use super::suite::Bulk;
use onem2m_keys::{KeyBlock, MasterSecret, Randoms};

/// The keys of a connection.
pub struct Keys {
    /// The master secret.
    pub master: MasterSecret,
    block: KeyBlock,
    bulk: Bulk,
}

impl Keys {
    /// Expands a master secret.
    pub fn new(master: MasterSecret, randoms: &Randoms, bulk: Bulk) -> Self {
        let block = KeyBlock::expand(&master, randoms, bulk.lengths());
        Self {
            master,
            block,
            bulk,
        }
    }

    /// Those of a master secret without octets. To HMAC, which fills its key with zeros, one of zeros is the same.
    pub fn of_empty_master(randoms: &Randoms, bulk: Bulk) -> Self {
        Self::new(MasterSecret::from([0; MasterSecret::LENGTH]), randoms, bulk)
    }

    /// What protects the records of the client.
    pub fn client(&self) -> Cipher {
        Cipher::Suite(self.bulk, self.block.client.clone())
    }

    /// What protects the records of the server.
    pub fn server(&self) -> Cipher {
        Cipher::Suite(self.bulk, self.block.server.clone())
    }
}
