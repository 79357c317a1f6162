//! Plaintexts that are compressed before they are encrypted (RFC 7516, 4.1.3).

use flate2::write::DeflateEncoder;
use flate2::{Compress, Compression, FlushCompress};
use std::io::{self, Write};

/// How much each repeated block stands for.
const BLOCK: usize = 1 << 20;

/// A plaintext as a deflate stream (RFC 1951).
pub fn deflated(plaintext: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plaintext)?;
    encoder.finish()
}

/// A deflate stream of so many MiB of zero octets. A block that refers to nothing before it may follow itself, so that no more
/// than one is ever compressed.
pub fn zeros(mebibytes: usize) -> io::Result<Vec<u8>> {
    let mut block = Vec::with_capacity(BLOCK / 64);
    let mut compress = Compress::new(Compression::best(), false);
    compress.compress_vec(&vec![0; BLOCK], &mut block, FlushCompress::Full)?;
    let mut stream = block.repeat(mebibytes);
    // The last block, which is empty.
    stream.extend(deflated(&[])?);
    Ok(stream)
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, deflated, zeros};
    use flate2::read::DeflateDecoder;
    use std::io::Read;

    #[test]
    fn what_is_deflated_inflates() {
        let text = br#"{"op":1,"to":"cse-in"}"#;
        let mut read = Vec::new();
        let stream = deflated(text).unwrap();
        DeflateDecoder::new(stream.as_slice())
            .read_to_end(&mut read)
            .unwrap();
        assert_eq!(read, text);
    }

    #[test]
    fn few_octets_stand_for_many_zeros() {
        let stream = zeros(3).unwrap();
        assert!(stream.len() < BLOCK / 100, "{}", stream.len());
        let mut read = Vec::new();
        DeflateDecoder::new(stream.as_slice())
            .read_to_end(&mut read)
            .unwrap();
        assert!(read.len() == 3 * BLOCK && read.iter().all(|octet| *octet == 0));
    }
}
