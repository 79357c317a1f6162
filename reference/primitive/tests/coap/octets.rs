//! Messages as octets.

use onem2m_primitive::coap::{Message, OptionNumber};

/// Octets out of hexadecimal digits and quoted text: `40 01 7d34 bb "temperature"`.
pub fn of(text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    for (index, part) in text.split('"').enumerate() {
        if index % 2 == 1 {
            octets.extend_from_slice(part.as_bytes());
            continue;
        }
        let digits: Vec<u8> = part
            .chars()
            .filter_map(|digit| digit.to_digit(16))
            .map(|digit| u8::try_from(digit).unwrap())
            .collect();
        octets.extend(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]));
    }
    octets
}

/// The message in octets as [`of`] reads them.
pub fn message(text: &str) -> Message {
    Message::read(&of(text)).expect(text)
}

/// The values of an option as text.
pub fn texts(message: &Message, number: OptionNumber) -> Vec<String> {
    message
        .options
        .all(number)
        .map(|value| String::from_utf8(value.to_vec()).unwrap())
        .collect()
}
