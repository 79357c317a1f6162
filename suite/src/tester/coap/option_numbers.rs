//! Which numbers the options of oneM2M have.

use crate::tester::link::Received;
use onem2m_primitive::coap::{Message, OptionNumber, Options};

/// The numbers of the options of oneM2M: they changed when they were to be registered (TS-0008 V3.9.0, 6.2.2.4 and its history,
/// V3.7.0).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OptionNumbers {
    /// Those of Table 6.2.2.4.0-1, which are critical and unsafe each.
    #[default]
    Registered,
    /// Those before: one after the other from 256 on, in the order of the table.
    Consecutive,
}

/// What stands in `PIXIT_COAP_OPTIONS` for those before.
const CONSECUTIVE: &str = "consecutive";

/// The first of those before.
const FIRST: u16 = 256;

/// The options in that order; the third is void now (TS-0008 V3.9.0, 6.2.2.4.3).
const ORDER: [Option<OptionNumber>; 20] = [
    Some(OptionNumber::FR),
    Some(OptionNumber::RQI),
    None,
    Some(OptionNumber::OT),
    Some(OptionNumber::RQET),
    Some(OptionNumber::RSET),
    Some(OptionNumber::OET),
    Some(OptionNumber::RTURI),
    Some(OptionNumber::EC),
    Some(OptionNumber::RSC),
    Some(OptionNumber::GID),
    Some(OptionNumber::TY),
    Some(OptionNumber::CTO),
    Some(OptionNumber::CTS),
    Some(OptionNumber::ATI),
    Some(OptionNumber::RVI),
    Some(OptionNumber::VSI),
    Some(OptionNumber::GTM),
    Some(OptionNumber::AUS),
    Some(OptionNumber::ASRI),
];

impl OptionNumbers {
    /// Those that a profile states in `PIXIT_COAP_OPTIONS`.
    pub fn stated(pixit: Option<&String>) -> Self {
        match pixit.map(String::as_str) {
            Some(CONSECUTIVE) => Self::Consecutive,
            _ => Self::Registered,
        }
    }

    /// A message with the numbers of Table 6.2.2.4.0-1 as it is sent.
    pub fn number(self, message: &mut Message) {
        if self == Self::Registered {
            return;
        }
        let mut options = Options::default();
        for (number, value) in message.options.iter() {
            options.add(OptionNumber::from(other(number.number())), value);
        }
        message.options = options;
    }

    /// What was received, with the numbers of Table 6.2.2.4.0-1: everything that reads it knows those.
    pub fn read(self, mut received: Received) -> Received {
        if let (Self::Consecutive, Received::Coap { options, .. }) = (self, &mut received) {
            for (number, _) in options {
                *number = other(*number);
            }
        }
        received
    }
}

/// The number of the same option by the other count; a number of the other count is none of an option here.
fn other(number: u16) -> u16 {
    let counted = (FIRST..).zip(ORDER);
    let pairs = counted.filter_map(|(before, option)| Some((before, option?.number())));
    for (before, now) in pairs {
        if number == now {
            return before;
        }
        if number == before {
            return now;
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tester::link::Octets;
    use onem2m_primitive::coap::{Code, MessageType};

    #[test]
    fn options_are_counted_from_256_on() {
        for (option, number) in [
            (OptionNumber::FR, 256),
            (OptionNumber::OT, 259),
            (OptionNumber::RSC, 265),
            (OptionNumber::TY, 267),
            (OptionNumber::RVI, 271),
            (OptionNumber::ASRI, 275),
            (OptionNumber::URI_PATH, 11),
        ] {
            assert_eq!(other(option.number()), number, "{option}");
            assert_eq!(other(number), option.number(), "{option}");
        }
    }

    #[test]
    fn request_is_sent_with_the_stated_numbers() {
        let mut message = Message::new(MessageType::Confirmable, Code::GET);
        message.options.add(OptionNumber::FR, &b"Cae"[..]);
        message.options.add(OptionNumber::URI_PATH, &b"cse"[..]);
        let registered = message.clone();
        OptionNumbers::Registered.number(&mut message);
        assert_eq!(message, registered);
        let stated = OptionNumbers::stated(Some(&"consecutive".to_owned()));
        stated.number(&mut message);
        let numbers: Vec<u16> = message.options.iter().map(|(it, _)| it.number()).collect();
        assert_eq!(numbers, [11, 256]);
    }

    #[test]
    fn status_code_is_found_under_the_stated_number_alone() {
        let received = |number| Received::Coap {
            code: 0,
            options: vec![(number, Octets(vec![0x07, 0xd0].into()))],
            body: Octets::default(),
        };
        let read = |numbers: OptionNumbers, number| numbers.read(received(number)).status_code();
        assert_eq!(
            read(OptionNumbers::Consecutive, 265).as_deref(),
            Some("2000")
        );
        assert_eq!(read(OptionNumbers::Consecutive, 307), None);
        assert_eq!(
            read(OptionNumbers::Registered, 307).as_deref(),
            Some("2000")
        );
        assert_eq!(read(OptionNumbers::Registered, 265), None);
    }
}
