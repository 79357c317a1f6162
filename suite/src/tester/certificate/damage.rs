use serde::{Deserialize, Serialize};

/// What is wrong with the octets of a certificate, whatever it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// The last bit of the signature is inverted.
    SignatureBit,
    /// The last bit of the serial number was inverted after signing.
    SerialBit,
    /// The length of the whole certificate says more octets than there are.
    LengthBeyondEnd,
    /// The length of the subject says more octets than the certificate has; signed so.
    SubjectLengthBeyondEnd,
    /// The whole certificate has the indefinite length of BER.
    IndefiniteLength,
    /// The month of notAfter is written with letters; signed so.
    LettersInTime,
    /// The serial number is negative; signed so.
    NegativeSerial,
}
