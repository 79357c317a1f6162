use crate::prf::prf;
use crate::{KeyError, MasterSecret, Randoms};

/// Exports keying material from a session of TLS 1.2 (RFC 5705, 4) and fills `output`.
///
/// No context and an empty one give different octets. oneM2M states none (TS-0003 V3.18.0, 10.3.1). A context beyond 65535
/// octets is [`KeyError::TooLong`].
pub fn export_keying_material(
    master: &MasterSecret,
    randoms: &Randoms,
    label: &str,
    context: Option<&[u8]>,
    output: &mut [u8],
) -> Result<(), KeyError> {
    let secret = master.octets();
    match context {
        None => prf(secret, label, &[&randoms.client, &randoms.server], output),
        Some(context) => {
            let length = u16::try_from(context.len()).map_err(|_| KeyError::TooLong {
                what: "the context of an exporter",
                limit: usize::from(u16::MAX),
                got: context.len(),
            })?;
            let seed: [&[u8]; 4] = [
                &randoms.client,
                &randoms.server,
                &length.to_be_bytes(),
                context,
            ];
            prf(secret, label, &seed, output);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::export_keying_material;
    use crate::{KeyError, MasterSecret, Randoms};

    #[test]
    fn context_of_65536_octets_is_refused() {
        let master = MasterSecret::from([1; 48]);
        let randoms = Randoms {
            client: [2; 32],
            server: [3; 32],
        };
        let mut output = [0; 8];
        let mut export =
            |context| export_keying_material(&master, &randoms, "label", context, &mut output);
        assert_eq!(export(Some(&[0; 65535])), Ok(()));
        let expected = KeyError::TooLong {
            what: "the context of an exporter",
            limit: 65535,
            got: 65536,
        };
        assert_eq!(export(Some(&[0; 65536])), Err(expected));
    }
}
