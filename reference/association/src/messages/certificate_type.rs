numbers! {
    /// What a Certificate message holds (RFC 7250, 3; numbers of RFC 6091, 3.1).
    CertificateType(u8), "certificate_type" {
        X509 = 0 "X.509",
        OPENPGP = 1 "OpenPGP",
        RAW_PUBLIC_KEY = 2 "RawPublicKey",
    }
}
