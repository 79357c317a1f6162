//! A connection in memory.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::rc::Rc;

/// The end of the client: what the server sent, and what has to be sent to it.
#[derive(Clone, Debug)]
pub struct Wire {
    buffers: Rc<RefCell<Buffers>>,
    /// Whether what does not fit into a read is lost.
    datagrams: bool,
}

#[derive(Debug, Default)]
struct Buffers {
    arrived: VecDeque<Vec<u8>>,
    sent: Vec<Vec<u8>>,
}

impl Wire {
    pub fn new(datagrams: bool) -> Self {
        Self {
            buffers: Rc::default(),
            datagrams,
        }
    }

    pub fn arrive(&self, octets: Vec<u8>) {
        self.buffers.borrow_mut().arrived.push_back(octets);
    }

    pub fn take_sent(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.buffers.borrow_mut().sent)
    }
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut buffers = self.buffers.borrow_mut();
        let Some(mut chunk) = buffers.arrived.pop_front() else {
            return Err(ErrorKind::WouldBlock.into());
        };
        let length = chunk.len().min(buffer.len());
        buffer[..length].copy_from_slice(&chunk[..length]);
        if length < chunk.len() && !self.datagrams {
            buffers.arrived.push_front(chunk.split_off(length));
        }
        Ok(length)
    }
}

impl Write for Wire {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.buffers.borrow_mut().sent.push(octets.to_vec());
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
