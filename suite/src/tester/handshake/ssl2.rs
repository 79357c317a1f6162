use onem2m_association::messages::{CipherSuite, ProtocolVersion, Random};

/// CLIENT-HELLO of SSL 2.0 with its record header of two octets (RFC 5246, E.2; RFC 6101, E). A cipher specification has
/// three octets, the first of which is zero for the suites of TLS.
pub fn client_hello(version: ProtocolVersion, suites: &[CipherSuite], random: &Random) -> Vec<u8> {
    const CLIENT_HELLO: u8 = 1;
    /// SSL_CK_RC4_128_WITH_MD5 (RFC 6101, E.2), for a server that speaks nothing later.
    const RC4_128_WITH_MD5: [u8; 3] = [1, 0, 0x80];
    let mut specifications: Vec<u8> = suites
        .iter()
        .flat_map(|suite| {
            let [high, low] = suite.0.to_be_bytes();
            [0, high, low]
        })
        .collect();
    if version == ProtocolVersion::SSL_2_0 {
        specifications.extend(RC4_128_WITH_MD5);
    }
    let length = |octets: &[u8]| {
        u16::try_from(octets.len())
            .unwrap_or(u16::MAX)
            .to_be_bytes()
    };
    let mut message = vec![CLIENT_HELLO];
    message.extend(version.0.to_be_bytes());
    message.extend(length(&specifications));
    message.extend([0, 0]);
    message.extend(length(&random.0));
    message.extend(specifications);
    message.extend(random.0);
    let [high, low] = length(&message);
    let mut record = vec![high | 0x80, low];
    record.extend(message);
    record
}
