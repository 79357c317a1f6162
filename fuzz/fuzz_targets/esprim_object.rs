//! Octets as an ESPrim Object, and as the header of one.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| onem2m_fuzz::esprim_object(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    onem2m_fuzz::replay_arguments(onem2m_fuzz::esprim_object)
}
