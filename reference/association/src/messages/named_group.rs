numbers! {
    /// A curve (RFC 8422, 5.1.1).
    NamedGroup(u16), "named_curve" {
        SECP256R1 = 23 "secp256r1",
        SECP384R1 = 24 "secp384r1",
        SECP521R1 = 25 "secp521r1",
        X25519 = 29 "x25519",
        X448 = 30 "x448",
    }
}
