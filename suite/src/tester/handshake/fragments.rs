use super::conduct::{Contradiction, FragmentedMessages, FragmentsConduct};
use onem2m_association::messages::datagram::Fragment;
use onem2m_association::messages::{HandshakeMessage, HandshakeType};
use std::num::NonZeroUsize;

/// The most octets of a message in a datagram, where nothing else is said: with its headers it passes every path that
/// IPv6 allows (RFC 8200, 5).
const USUAL: NonZeroUsize = NonZeroUsize::new(1024).unwrap();

/// The fragments of a message in the order in which they are sent. `first_hello` is the ClientHello without a cookie,
/// which goes in one piece.
pub fn fragments(
    message: &HandshakeMessage,
    number: u16,
    conduct: &FragmentsConduct,
    first_hello: bool,
) -> Vec<Fragment> {
    let targeted = match conduct.of {
        FragmentedMessages::All => !first_hello,
        FragmentedMessages::ClientHello => {
            message.message_type == HandshakeType::CLIENT_HELLO && !first_hello
        }
        FragmentedMessages::ClientKeyExchange => {
            message.message_type == HandshakeType::CLIENT_KEY_EXCHANGE
        }
        FragmentedMessages::Certificate => message.message_type == HandshakeType::CERTIFICATE,
    };
    if !targeted {
        return Fragment::split(number, message, USUAL);
    }
    if let Some(contradiction) = conduct.contradiction {
        return contradictory(message, number, contradiction);
    }
    let size = conduct.octets.map_or(USUAL, NonZeroUsize::from);
    let mut fragments = Fragment::split(number, message, size);
    for fragment in &mut fragments {
        let start = usize::try_from(fragment.fragment_offset).unwrap_or(usize::MAX);
        let length = fragment.body.len() + usize::from(conduct.overlap);
        let octets = message.body.iter().skip(start).take(length);
        fragment.body = octets.copied().collect();
    }
    if conduct.duplicated {
        fragments = fragments
            .into_iter()
            .flat_map(|fragment| [fragment.clone(), fragment])
            .collect();
    }
    if conduct.reversed {
        fragments.reverse();
    }
    fragments
}

fn contradictory(
    message: &HandshakeMessage,
    number: u16,
    contradiction: Contradiction,
) -> Vec<Fragment> {
    const LONGEST: u32 = 0xff_ffff;
    let half = NonZeroUsize::new(message.body.len().div_ceil(2)).unwrap_or(USUAL);
    let mut halves = Fragment::split(number, message, half);
    let Some(second) = halves.last_mut() else {
        return halves;
    };
    match contradiction {
        Contradiction::Length => second.length = second.length.saturating_add(1),
        Contradiction::BeyondEnd => second.body.push(0),
        Contradiction::Overlap => {
            let start = usize::try_from(second.fragment_offset).unwrap_or(usize::MAX);
            let before = message.body.get(start.wrapping_sub(1));
            second.fragment_offset = second.fragment_offset.saturating_sub(1);
            second.body.insert(0, before.map_or(0, |octet| octet ^ 1));
        }
        Contradiction::Huge => {
            let mut fragment = Fragment::whole(number, message);
            fragment.length = LONGEST;
            fragment.body.truncate(10);
            return vec![fragment];
        }
        Contradiction::Type => second.message_type = HandshakeType::CERTIFICATE_VERIFY,
    }
    halves
}

#[cfg(test)]
mod tests {
    use super::*;
    use onem2m_association::messages::datagram::Reassembler;
    use std::num::NonZeroU16;

    fn message() -> HandshakeMessage {
        HandshakeMessage {
            message_type: HandshakeType::CLIENT_KEY_EXCHANGE,
            body: (0..50).collect(),
        }
    }

    #[test]
    fn every_order_and_overlap_is_put_together_again() {
        for octets in [1, 7, 20] {
            for (overlap, duplicated, reversed) in
                [(0, false, false), (3, false, true), (5, true, false)]
            {
                let conduct = FragmentsConduct {
                    octets: NonZeroU16::new(octets),
                    overlap,
                    duplicated,
                    reversed,
                    ..FragmentsConduct::default()
                };
                let mut reassembler = Reassembler::new(100, 1);
                for fragment in fragments(&message(), 0, &conduct, false) {
                    reassembler.push(&fragment).unwrap();
                }
                assert_eq!(reassembler.read(), Some((0, message())));
            }
        }
    }

    #[test]
    fn every_contradiction_is_one() {
        for contradiction in [
            Contradiction::Length,
            Contradiction::BeyondEnd,
            Contradiction::Overlap,
            Contradiction::Huge,
            Contradiction::Type,
        ] {
            let conduct = FragmentsConduct {
                contradiction: Some(contradiction),
                ..FragmentsConduct::default()
            };
            let mut reassembler = Reassembler::new(100, 1);
            let contradicts = fragments(&message(), 0, &conduct, false)
                .iter()
                .any(|fragment| reassembler.push(fragment).is_err());
            assert!(contradicts, "{contradiction:?}");
        }
    }
}
