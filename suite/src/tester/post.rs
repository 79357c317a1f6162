//! Triggers that are HTTP requests.

use super::http;
use super::link::{LinkError, Octets, OutgoingRequest, Received};
use super::provisioning::{KeyAnswer, KeyOrder};
use bytes::Bytes;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A POST whose connection stands.
#[derive(Debug)]
pub struct Post {
    name: String,
    stream: TcpStream,
    authority: String,
    target: String,
}

impl Post {
    /// Connects to the host of a URL, for the trigger with this name.
    pub async fn reach(name: &str, url: &str, patience: Duration) -> Result<Self, LinkError> {
        let unusable = |why: String| unusable(name, &why);
        let uri = url.parse().ok();
        let uri = uri.filter(|uri: &::http::Uri| uri.scheme_str() == Some("http"));
        let uri =
            uri.ok_or_else(|| unusable(format!("expected http://HOST:PORT/PATH, got {url:?}")))?;
        let host = uri.host().unwrap_or_default();
        let authority = format!("{host}:{}", uri.port_u16().unwrap_or(80));
        let stream = timeout(patience, TcpStream::connect(&authority))
            .await
            .map_err(std::io::Error::from)
            .flatten()
            .map_err(|error| unusable(format!("{url} was not reached: {error}")))?;
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        Ok(Self {
            name: name.to_owned(),
            stream,
            authority,
            target: target.to_owned(),
        })
    }

    /// Sends it, with a body in JSON if there is one, and takes the answer.
    pub async fn exchange(self, body: Option<Bytes>, patience: Duration) -> Received {
        let is_json = || ("Content-Type".to_owned(), "application/json".to_owned());
        let request = OutgoingRequest {
            method: "POST".into(),
            target: self.target,
            headers: body.iter().map(|_| is_json()).collect(),
            body: Octets(body.unwrap_or_default()),
        };
        http::exchange(self.stream, &self.authority, &request, patience).await
    }

    /// Sends it with the statement of a change: 2xx says that it was made, 4xx that it was refused.
    pub async fn change_keys(
        self,
        change: &KeyOrder,
        patience: Duration,
    ) -> Result<KeyAnswer, LinkError> {
        let name = self.name.clone();
        let statement = body(change.statement());
        match self.exchange(Some(statement), patience).await {
            Received::Http {
                status: 200..=299, ..
            } => Ok(KeyAnswer::Done),
            Received::Http {
                status: status @ 400..=499,
                ..
            } => Ok(KeyAnswer::Refused(format!("HTTP status {status}"))),
            Received::Http { status, .. } => Err(unusable(
                &name,
                &format!("expected an HTTP status of 2xx or 4xx, got {status}"),
            )),
            _ => Err(unusable(&name, "expected an answer, got none")),
        }
    }
}

/// A statement as a body.
pub fn body(statement: zeroize::Zeroizing<String>) -> Bytes {
    Bytes::from_owner(StatementOctets(statement))
}

/// A statement as octets, which are wiped when they have been sent.
struct StatementOctets(zeroize::Zeroizing<String>);

impl AsRef<[u8]> for StatementOctets {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn unusable(name: &str, why: &str) -> LinkError {
    LinkError::NoTrigger(format!("trigger.{name}: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    const PATIENCE: Duration = Duration::from_secs(20);

    /// What came of a withdrawal that is answered so, and what was posted.
    async fn withdrawn(answer: &'static str) -> (Result<KeyAnswer, LinkError>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/keys", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut read = Vec::new();
            while !read.ends_with(b"}") {
                let mut octets = [0; 512];
                let length = stream.read(&mut octets).await.unwrap();
                assert_ne!(length, 0);
                read.extend_from_slice(&octets[..length]);
            }
            stream.write_all(answer.as_bytes()).await.unwrap();
            String::from_utf8(read).unwrap()
        });
        let change = KeyOrder::Withdraw("lock@in.example.com".into());
        let post = Post::reach(change.trigger(), &url, PATIENCE).await.unwrap();
        let changed = post.change_keys(&change, PATIENCE).await;
        (changed, server.await.unwrap())
    }

    #[tokio::test]
    async fn statement_is_posted_and_the_status_answers() {
        let (changed, posted) = withdrawn("HTTP/1.1 204 \r\n\r\n").await;
        assert_eq!(changed, Ok(KeyAnswer::Done));
        assert!(posted.starts_with("POST /keys HTTP/1.1\r\n"), "{posted}");
        let body = "\r\n\r\n{\"identity\":\"lock@in.example.com\"}";
        assert!(posted.ends_with(body), "{posted}");
        let (changed, _) = withdrawn("HTTP/1.1 409 \r\nContent-Length: 0\r\n\r\n").await;
        assert_eq!(changed, Ok(KeyAnswer::Refused("HTTP status 409".into())));
    }

    #[tokio::test]
    async fn other_answer_decides_nothing() {
        for answer in ["HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n", "no"] {
            let (changed, _) = withdrawn(answer).await;
            assert!(matches!(changed, Err(LinkError::NoTrigger(_))), "{answer}");
        }
    }
}
