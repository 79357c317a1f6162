use zeroize::Zeroizing;

use crate::label::EXPORTED_LENGTH;
use crate::prf::prf;
use crate::{ExporterLabel, MasterSecret, Randoms};

/// The octets of an identifier that is exported beside a key.
pub(crate) const IDENTIFIER_LENGTH: usize = 16;
/// The octets of an exported key.
pub(crate) const KEY_LENGTH: usize = 32;

/// Exports without a context, as every exporter of oneM2M does (TS-0003 V3.18.0, 10.3.1).
pub(crate) fn export(
    master: &MasterSecret,
    randoms: &Randoms,
    label: ExporterLabel,
) -> Zeroizing<[u8; EXPORTED_LENGTH]> {
    let mut exported = Zeroizing::new([0; EXPORTED_LENGTH]);
    prf(
        master.octets(),
        label.as_str(),
        &[&randoms.client, &randoms.server],
        exported.as_mut_slice(),
    );
    exported
}

/// The most significant 16 octets, which are the identifier, and the least significant 32, which are the key
/// (TS-0003 V3.18.0, 10.3.1).
pub(crate) fn split(
    exported: &[u8; EXPORTED_LENGTH],
) -> ([u8; IDENTIFIER_LENGTH], Zeroizing<[u8; KEY_LENGTH]>) {
    let mut identifier = [0; IDENTIFIER_LENGTH];
    let mut key = Zeroizing::new([0; KEY_LENGTH]);
    for (slot, octet) in identifier.iter_mut().chain(key.iter_mut()).zip(exported) {
        *slot = *octet;
    }
    (identifier, key)
}
