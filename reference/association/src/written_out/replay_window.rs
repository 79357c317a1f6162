use crate::messages::datagram::SequenceNumber;

/// Which records of an epoch were taken, as far back as one needs to know (RFC 6347, 4.1.2.6).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct ReplayWindow {
    /// The highest number that was taken.
    highest: Option<u64>,
    /// The numbers up to the highest one, which is the lowest bit.
    taken: u64,
}

impl ReplayWindow {
    /// Whether a record may still be taken: it was not, and is not older than the window reaches.
    pub fn is_fresh(&self, number: SequenceNumber) -> bool {
        let Some(highest) = self.highest else {
            return true;
        };
        match highest.checked_sub(number.number()) {
            None => true,
            Some(age) if age < u64::from(u64::BITS) => self.taken >> age & 1 == 0,
            Some(_) => false,
        }
    }

    /// Takes the record with a number.
    pub fn take(&mut self, number: SequenceNumber) {
        let number = number.number();
        let advance = match self.highest {
            None => number,
            Some(highest) => number.saturating_sub(highest),
        };
        let advance = u32::try_from(advance).unwrap_or(u32::MAX);
        self.taken = self.taken.checked_shl(advance).unwrap_or_default();
        let highest = self.highest.map_or(number, |highest| highest.max(number));
        self.highest = Some(highest);
        if let Ok(age) = u32::try_from(highest - number) {
            self.taken |= 1_u64.checked_shl(age).unwrap_or_default();
        }
    }
}

/// Whether a record of the current epoch is no replay (RFC 6347, 4.1.2.6).
pub(crate) fn is_fresh(window: &ReplayWindow, number: SequenceNumber) -> bool {
    window.is_fresh(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(number: u64) -> SequenceNumber {
        SequenceNumber::new(number).unwrap()
    }

    #[test]
    fn record_is_fresh_once() {
        let mut window = ReplayWindow::default();
        for each in [3, 0, 2, 70, 69] {
            assert!(window.is_fresh(number(each)), "{each}");
            window.take(number(each));
            assert!(!window.is_fresh(number(each)), "{each}");
        }
    }

    #[test]
    fn record_older_than_the_window_is_not_fresh() {
        let mut window = ReplayWindow::default();
        window.take(number(100));
        assert!(window.is_fresh(number(37)));
        assert!(!window.is_fresh(number(36)));
    }

    #[test]
    fn last_number_leaves_none_fresh_but_those_before_it() {
        let mut window = ReplayWindow::default();
        window.take(number(5));
        window.take(SequenceNumber::MAXIMUM);
        assert!(!window.is_fresh(number(0)));
        assert!(window.is_fresh(number(SequenceNumber::MAXIMUM.number() - 1)));
    }
}
