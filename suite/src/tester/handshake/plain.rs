use super::conduct::Message;
use super::end::Halt;
use super::piece::Content;
use onem2m_association::messages::{
    Alert, AlertDescription, AlertLevel, ContentType, HandshakeMessage, HelloRequest,
};

/// What is sent of a message that belongs to no handshake; nothing of one that does.
pub fn plain(message: &Message) -> Result<Vec<Content>, Halt> {
    Ok(match message {
        Message::HelloRequest => {
            vec![Content::Message(HandshakeMessage::of(&HelloRequest)?, 0)]
        }
        Message::EmptyHandshakeRecord => {
            vec![Content::Record(ContentType::HANDSHAKE, Vec::new())]
        }
        Message::ApplicationData(text) => vec![Content::Record(
            ContentType::APPLICATION_DATA,
            text.as_bytes().to_vec(),
        )],
        Message::Heartbeat(heartbeat) => {
            vec![Content::Record(ContentType::HEARTBEAT, heartbeat.encode())]
        }
        Message::Alert(alert) => {
            let content = Content::alert(Alert {
                level: AlertLevel(alert.level),
                description: AlertDescription(alert.description),
            })?;
            (0..alert.times).map(|_| content.clone()).collect()
        }
        Message::Record(record) => vec![Content::Record(
            ContentType(record.content_type),
            record.hex.0.clone(),
        )],
        Message::Octets(octets) => vec![Content::Octets(octets.0.clone())],
        Message::ChangeCipherSpec => vec![Content::change_cipher_spec()?],
        _ => Vec::new(),
    })
}
