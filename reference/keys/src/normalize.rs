use unicode_normalization::UnicodeNormalization;

/// An identifier as the derivations hash it: normalised to NFKC, which the caller then takes as UTF-8
/// (TS-0003 V3.18.0, 10.3.2).
pub(crate) fn nfkc(identifier: &str) -> String {
    identifier.nfkc().collect()
}
