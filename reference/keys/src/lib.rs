//! The key derivations and exporters of oneM2M (TS-0003 V3.18.0, 10.3), with their constants.

#![forbid(unsafe_code)]
