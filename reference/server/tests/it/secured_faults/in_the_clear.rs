//! Faults of what is answered without an association.

use super::case::{SERVED, ae1, with};
use super::client::lock;
use crate::bench::SOURCE;
use crate::provisioned::{LOCK, Provisioned};
use onem2m_association::Client;
use onem2m_server::Clauses;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

#[tokio::test]
async fn request_in_the_clear_is_answered_with_the_fault_only() {
    for (clauses, is_answered) in [
        (Clauses::SPECIFICATION, false),
        (with("ClearAnsweredWhereTlsIsExpected"), true),
    ] {
        let all = Provisioned::judging_by(clauses);
        let (mut near, far) = duplex(64 * 1024);
        let cse = all.bench.cse.clone();
        let serving =
            tokio::spawn(async move { cse.serve_association(far, SOURCE.parse().unwrap()).await });
        near.write_all(b"GET /cse-in HTTP/1.1\r\nHost: cse\r\nConnection: close\r\n\r\n")
            .await
            .unwrap();
        let mut answer = Vec::new();
        near.read_to_end(&mut answer).await.unwrap();
        assert_eq!(answer.starts_with(b"HTTP"), is_answered);
        drop(near);
        serving.await.unwrap().unwrap();
        let (mut line, ..) = all
            .dial(&Client::new(lock(&all, LOCK)).unwrap(), None)
            .await
            .unwrap();
        assert_eq!(line.answered(ae1()).await, SERVED);
    }
}
