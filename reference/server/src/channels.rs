use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use onem2m_primitive::{Request, Response};
use time::OffsetDateTime;
use tokio::sync::{Notify, oneshot};

use crate::resource::parse_timestamp;

/// The most requests that wait in one channel, and the most delivered ones whose response is awaited.
const MOST: usize = 256;

/// What is on its way through the `<pollingChannel>` resources (TS-0001 V3.36.0, 10.2.5.17 to 10.2.5.19), by their
/// identifiers.
#[derive(Debug, Default)]
pub(crate) struct Channels {
    channels: HashMap<String, Channel>,
    assigned: u64,
}

#[derive(Debug, Default)]
struct Channel {
    /// Requests that nobody has polled yet.
    pending: VecDeque<Request>,
    /// Who waits for the response to which Request Identifier; oldest first.
    awaited: VecDeque<(String, oneshot::Sender<Response>)>,
    /// Rings when a request comes.
    bell: Arc<Notify>,
}

impl Channels {
    /// Puts a request into a channel and gives where its response will come, or nothing if the channel is full.
    ///
    /// In the channel it has a Request Identifier of its own: those of different originators may be equal.
    pub(crate) fn put(
        &mut self,
        channel: &str,
        request: Request,
    ) -> Option<(String, oneshot::Receiver<Response>)> {
        self.assigned += 1;
        let identifier = format!("poll-{:07}", self.assigned);
        let channel = self.channels.entry(channel.to_owned()).or_default();
        if channel.pending.len() >= MOST {
            return None;
        }
        if channel.awaited.len() >= MOST {
            channel.awaited.pop_front();
        }
        let (sender, receiver) = oneshot::channel();
        channel
            .pending
            .push_back(request.identified(identifier.clone()));
        channel.awaited.push_back((identifier.clone(), sender));
        channel.bell.notify_one();
        Some((identifier, receiver))
    }

    /// Takes the request that has waited longest, past those that have expired.
    pub(crate) fn take(&mut self, channel: &str, now: OffsetDateTime) -> Option<Request> {
        let pending = &mut self.channels.get_mut(channel)?.pending;
        while let Some(request) = pending.pop_front() {
            let expires = request
                .request_expiration
                .as_deref()
                .and_then(parse_timestamp);
            if expires.is_none_or(|expires| expires > now) {
                return Some(request);
            }
        }
        None
    }

    /// The channels in which something waits.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = &str> {
        self.channels
            .iter()
            .filter(|(_, channel)| !channel.pending.is_empty())
            .map(|(id, _)| id.as_str())
    }

    /// Takes a request back that nobody has polled.
    pub(crate) fn withdraw(&mut self, channel: &str, identifier: &str) {
        if let Some(channel) = self.channels.get_mut(channel) {
            channel
                .pending
                .retain(|request| request.request_identifier.as_deref() != Some(identifier));
            channel.awaited.retain(|(awaited, _)| awaited != identifier);
        }
    }

    /// Gives a response to whoever waits for it; false if there was no such request.
    pub(crate) fn answer(&mut self, channel: &str, response: Response) -> bool {
        let Some(channel) = self.channels.get_mut(channel) else {
            return false;
        };
        let position = channel
            .awaited
            .iter()
            .position(|(awaited, _)| Some(awaited) == response.request_identifier.as_ref());
        match position.and_then(|position| channel.awaited.remove(position)) {
            None => false,
            Some((_, sender)) => {
                // A notification of the CSE itself waits for nothing.
                let _ = sender.send(response);
                true
            }
        }
    }

    /// What rings when a request comes to a channel.
    pub(crate) fn bell(&mut self, channel: &str) -> Arc<Notify> {
        let channel = self.channels.entry(channel.to_owned()).or_default();
        Arc::clone(&channel.bell)
    }

    /// Ends a channel: who waits for a response learns that there will be none.
    pub(crate) fn remove(&mut self, channel: &str) {
        if let Some(channel) = self.channels.remove(channel) {
            channel.bell.notify_waiters();
        }
    }
}
