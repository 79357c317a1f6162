//! Octets that nothing reads: how fast the fuzzer itself is.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| onem2m_fuzz::empty(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    onem2m_fuzz::replay_arguments(onem2m_fuzz::empty)
}
