use std::collections::VecDeque;
use std::io::{self, Read, Write};

use crate::Transport;

/// What stands for the network below OpenSSL: octets that arrived, and those that have to be sent.
#[derive(Debug)]
pub(crate) struct Pipe {
    transport: Transport,
    arrived: VecDeque<Vec<u8>>,
    /// How much of the first chunk was read; always nothing for datagrams.
    taken: usize,
    pending: VecDeque<Vec<u8>>,
}

impl Pipe {
    pub(crate) fn new(transport: Transport) -> Self {
        Self {
            transport,
            arrived: VecDeque::new(),
            taken: 0,
            pending: VecDeque::new(),
        }
    }

    pub(crate) fn arrive(&mut self, octets: &[u8]) {
        if !octets.is_empty() {
            self.arrived.push_back(octets.to_vec());
        }
    }

    pub(crate) fn send(&mut self) -> Option<Vec<u8>> {
        self.pending.pop_front()
    }

    pub(crate) fn has_arrived(&self) -> bool {
        !self.arrived.is_empty()
    }
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(chunk) = self.arrived.front() else {
            return Err(io::ErrorKind::WouldBlock.into());
        };
        let rest = chunk.get(self.taken..).unwrap_or_default();
        let length = rest.len().min(buffer.len());
        let (target, _) = buffer.split_at_mut(length);
        target.copy_from_slice(rest.get(..length).unwrap_or_default());
        if self.transport == Transport::Dtls || length == rest.len() {
            self.arrived.pop_front();
            self.taken = 0;
        } else {
            self.taken += length;
        }
        Ok(length)
    }
}

impl Write for Pipe {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.pending.push_back(octets.to_vec());
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Read};

    use super::Pipe;
    use crate::Transport;

    #[test]
    fn stream_is_read_across_chunks() {
        let mut pipe = Pipe::new(Transport::Tls);
        pipe.arrive(b"abc");
        pipe.arrive(b"d");
        let mut buffer = [0; 2];
        let mut all = Vec::new();
        while let Ok(length) = pipe.read(&mut buffer) {
            all.extend_from_slice(&buffer[..length]);
        }
        assert_eq!(all, b"abcd");
    }

    #[test]
    fn datagram_that_does_not_fit_loses_its_end() {
        let mut pipe = Pipe::new(Transport::Dtls);
        pipe.arrive(b"abc");
        pipe.arrive(b"d");
        let mut buffer = [0; 2];
        assert_eq!(pipe.read(&mut buffer).unwrap(), 2);
        assert_eq!(pipe.read(&mut buffer).unwrap(), 1);
        assert_eq!(buffer[0], b'd');
        assert_eq!(
            pipe.read(&mut buffer).unwrap_err().kind(),
            ErrorKind::WouldBlock
        );
    }
}
