//! Octets as privileges in JSON.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| onem2m_fuzz::policy(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    onem2m_fuzz::replay_arguments(onem2m_fuzz::policy)
}
