use super::cipher::Cipher;

/// A cipher and the number of the next record.
pub struct WriteState {
    /// The cipher.
    pub cipher: Cipher,
    next: u64,
}

impl WriteState {
    /// The state behind a change of the cipher.
    pub fn new(cipher: Cipher) -> Self {
        Self { cipher, next: 0 }
    }

    /// Takes the next number.
    pub fn number(&mut self) -> u64 {
        let number = self.next;
        self.next = number.wrapping_add(1);
        number
    }
}
