//! Octets as operations on the tree of a CSE.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| onem2m_fuzz::cse_tree(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    onem2m_fuzz::replay_arguments(onem2m_fuzz::cse_tree)
}
