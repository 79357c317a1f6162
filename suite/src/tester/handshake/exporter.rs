use onem2m_keys::{KeyError, MasterSecret, Randoms, export_keying_material};

/// What keying material of a handshake is exported from (RFC 5705, 4), whether both ends completed it or not.
#[derive(Debug, Clone)]
pub struct Exporter {
    master: MasterSecret,
    randoms: Randoms,
}

impl Exporter {
    pub(super) fn new(master: MasterSecret, randoms: Randoms) -> Self {
        Self { master, randoms }
    }

    /// Fills octets for a label, with a context or without: an empty one is not none.
    pub fn export(
        &self,
        label: &str,
        context: Option<&[u8]>,
        output: &mut [u8],
    ) -> Result<(), KeyError> {
        export_keying_material(&self.master, &self.randoms, label, context, output)
    }
}
