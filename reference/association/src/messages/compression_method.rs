numbers! {
    /// A compression method (RFC 5246, 6.1; RFC 3749, 2).
    CompressionMethod(u8), "compression_method" {
        NULL = 0 "null",
        DEFLATE = 1 "DEFLATE",
    }
}
