use std::fmt::Write;

use crate::{KcId, RelativeKeId};

/// Which letters a hexadecimal digit beyond nine has: TS-0003 V3.18.0, 10.3.4 and 10.3.5 do not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HexCase {
    /// `a` to `f`.
    Lower,
    /// `A` to `F`, the canonical form of xs:hexBinary.
    Upper,
}

/// KeID, which names a Ke everywhere (TS-0003 V3.18.0, 10.3.4).
pub fn enrolment_key_id(relative: &RelativeKeId, mef_fqdn: &str, case: HexCase) -> String {
    join(&relative.0, mef_fqdn, case)
}

/// The Key Identifier with which Entity A presents a Kc to Entity B (TS-0003 V3.18.0, 10.3.5).
pub fn key_identifier(kc_id: &KcId, maf_fqdn: &str, case: HexCase) -> String {
    join(&kc_id.0, maf_fqdn, case)
}

fn join(identifier: &[u8; 16], fqdn: &str, case: HexCase) -> String {
    let mut text = String::with_capacity(2 * identifier.len() + 1 + fqdn.len());
    for octet in identifier {
        // Writing to a String does not fail.
        let _ = match case {
            HexCase::Lower => write!(text, "{octet:02x}"),
            HexCase::Upper => write!(text, "{octet:02X}"),
        };
    }
    text.push('@');
    text.push_str(fqdn);
    text
}
