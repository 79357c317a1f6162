//! What changes the keys of a CSE for whoever posts to it, as an operator would write it.

use onem2m_conform::profile::SymmetricKey;
use onem2m_identity::Entity;
use onem2m_server::Cse;
use serde_json::Value;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The keys that were given, in hexadecimal.
pub type Given = Arc<Mutex<Vec<String>>>;

/// Serves `/provision` and `/withdraw`; the URL.
pub async fn serve(cse: Cse, given: Given) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            answer(&cse, &given, stream).await;
        }
    });
    url
}

async fn answer(cse: &Cse, given: &Given, mut stream: TcpStream) {
    let mut octets = Vec::new();
    while !octets.ends_with(b"}") {
        let mut piece = [0; 1024];
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return,
            Ok(length) => octets.extend_from_slice(&piece[..length]),
        }
    }
    let text = String::from_utf8(octets).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let statement: Value = serde_json::from_str(body).unwrap();
    let identity = statement["identity"].as_str().unwrap();
    let done = match head.starts_with("POST /provision ") {
        true => {
            let key = statement["key"].as_str().unwrap();
            given.lock().unwrap().push(key.to_owned());
            provision(cse, identity, key, &statement["entity"])
        }
        false => cse.withdraw_key(identity.as_bytes()),
    };
    let status = if done { 204 } else { 409 };
    let answer = format!("HTTP/1.1 {status} \r\nContent-Length: 0\r\n\r\n");
    let _ = stream.write_all(answer.as_bytes()).await;
}

fn provision(cse: &Cse, identity: &str, key: &str, entity: &Value) -> bool {
    let key = SymmetricKey::from_hexadecimal(key).unwrap();
    let key = onem2m_association::PskKey::new(key.octets().to_vec().into()).unwrap();
    let entity = entity
        .as_str()
        .map(|stem| Entity::parse_ae(stem, cse.home()).unwrap());
    cse.provision_key(identity.as_bytes(), key, entity).is_ok()
}
