/// What an envelope does to its content (TS-0003 V3.18.0, Table 8.5.2.1-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecurityClass {
    /// The content is encrypted.
    EncryptionOnly,
    /// The content is signed.
    SignatureOnly,
    /// The content is signed, and what comes out is encrypted.
    NestedSignThenEncrypt,
}

impl SecurityClass {
    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::EncryptionOnly => "encryption only",
            Self::SignatureOnly => "signature only",
            Self::NestedSignThenEncrypt => "nested sign-then-encrypt",
        }
    }
}
