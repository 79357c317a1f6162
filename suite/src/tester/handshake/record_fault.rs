/// What is wrong with a record that the tester protects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RecordFault {
    /// Nothing.
    #[default]
    None,
    /// The last bit of the protected fragment is inverted.
    Ciphertext,
    /// The last bit of its MAC is inverted before encryption; of an AEAD, that of the tag.
    Mac,
    /// An octet of its padding is inverted before encryption; of an AEAD, the last bit of the tag.
    Padding,
    /// Its padding says that it has 255 octets, which a short record does not hold; of an AEAD, the last bit of the tag.
    PaddingLength,
}
