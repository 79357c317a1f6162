//! Keys of a profile are nowhere to be read.

use super::child::{call, folder};
use onem2m_conform::profile::Provisioned;
use std::fs;
use std::path::Path;

#[test]
fn no_key_is_in_what_a_run_leaves_behind() {
    let folder = folder("terminator-secrets");
    let ended = call(&[
        "run",
        "sae-psk",
        "--seed",
        "7",
        "--out",
        folder.to_str().unwrap(),
    ]);
    let needles: Vec<(String, Vec<u8>)> = Provisioned::of_reference()
        .iter()
        .flat_map(|key| spellings(&key.name, key.key.octets()))
        .collect();
    assert!(needles.len() > 50);
    let mut files = 0;
    let mut look = |place: &str, octets: &[u8]| {
        files += 1;
        for (name, needle) in &needles {
            let found = octets.windows(needle.len()).any(|window| window == needle);
            assert!(!found, "{place} has key {name}");
        }
    };
    look("standard output", ended.data.as_bytes());
    look("standard error", ended.talk.as_bytes());
    each_file(&folder, &mut look);
    assert!(files > 20, "{files}");
}

/// A key as octets, and as digits in the forms in which somebody may print them.
fn spellings(name: &str, key: &[u8]) -> Vec<(String, Vec<u8>)> {
    let joined = |by: &str| {
        let digits: Vec<_> = key.iter().map(|octet| format!("{octet:02x}")).collect();
        digits.join(by)
    };
    let numbers: Vec<_> = key.iter().map(ToString::to_string).collect();
    [
        key.to_vec(),
        joined("").into_bytes(),
        joined("").to_uppercase().into_bytes(),
        joined(" ").into_bytes(),
        joined(":").into_bytes(),
        numbers.join(",").into_bytes(),
        numbers.join(", ").into_bytes(),
        openssl::base64::encode_block(key).into_bytes(),
    ]
    .map(|needle| (name.to_owned(), needle))
    .to_vec()
}

fn each_file(folder: &Path, look: &mut impl FnMut(&str, &[u8])) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => each_file(&path, look),
            false => look(path.to_str().unwrap(), &fs::read(&path).unwrap()),
        }
    }
}
