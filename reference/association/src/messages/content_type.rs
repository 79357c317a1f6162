numbers! {
    /// The protocol above the record layer (RFC 5246, 6.2.1; RFC 6520, 2).
    ContentType(u8), "type" {
        CHANGE_CIPHER_SPEC = 20 "change_cipher_spec",
        ALERT = 21 "alert",
        HANDSHAKE = 22 "handshake",
        APPLICATION_DATA = 23 "application_data",
        HEARTBEAT = 24 "heartbeat",
    }
}
