//! Octets as choices that build policies and a request.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| onem2m_fuzz::decision_structured(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    onem2m_fuzz::replay_arguments(onem2m_fuzz::decision_structured)
}
