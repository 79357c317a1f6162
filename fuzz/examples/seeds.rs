//! Writes seeds for the fuzz targets, out of the vectors and of the transcripts of runs.
//!
//! usage: seeds INTO [TRANSCRIPTS]...
//!
//! Each target gets a folder below INTO. Names are those of the vectors, or follow from the octets, so that writing again
//! adds nothing. `cargo fuzz cmin` makes of them what is worth committing.

#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a command says what it did, and what is missing in a JSON value is null"
)]

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Error, Result};
use std::path::{Path, PathBuf};

use serde_json::Value;

const AUTHORIZATION: &str = include_str!("../../vectors/authorization.json");
const JOSE: &str = include_str!("../../vectors/jose.json");
const ESPRIM: &str = include_str!("../../vectors/esprim.json");

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let into = arguments
        .next()
        .ok_or_else(|| Error::other("usage: seeds INTO [TRANSCRIPTS]..."))?;
    let mut seeds = Seeds::default();
    of_decisions(&mut seeds, &serde_json::from_str(AUTHORIZATION)?);
    of_envelopes(&mut seeds, &serde_json::from_str(JOSE)?);
    of_primitives(&mut seeds, &serde_json::from_str(ESPRIM)?);
    for folder in arguments {
        for file in fs::read_dir(folder)? {
            for line in fs::read_to_string(file?.path())?.lines() {
                of_transcript(&mut seeds, &serde_json::from_str(line)?);
            }
        }
    }
    seeds.write(&into)
}

/// Seeds by the target and by their names.
#[derive(Default)]
struct Seeds(BTreeMap<(&'static str, String), Vec<u8>>);

impl Seeds {
    fn add(&mut self, target: &'static str, octets: impl Into<Vec<u8>>) {
        let octets = octets.into();
        let mut hasher = DefaultHasher::new();
        octets.hash(&mut hasher);
        self.named(target, format!("{:016x}", hasher.finish()), octets);
    }

    fn named(&mut self, target: &'static str, name: String, octets: Vec<u8>) {
        if !octets.is_empty() {
            self.0.insert((target, name), octets);
        }
    }

    fn write(&self, into: &Path) -> Result<()> {
        for ((target, name), octets) in &self.0 {
            let folder = into.join(target);
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(name), octets)?;
        }
        println!("{} seeds in {}", self.0.len(), into.display());
        Ok(())
    }
}

/// Policies, and what of them has a target of its own.
fn of_decisions(seeds: &mut Seeds, file: &Value) {
    for vector in vectors(file) {
        let request = merged(&file["request"], &vector["request"]);
        for (place, policy) in elements(&vector["policies"]).enumerate() {
            let name = format!("{}-{place}", name(vector));
            seeds.named("policy", name, policy.to_string().into_bytes());
            for rule in elements(&policy["acr"]) {
                of_rule(seeds, rule, &request);
            }
        }
    }
}

fn of_rule(seeds: &mut Seeds, rule: &Value, request: &Value) {
    let entries: Vec<_> = elements(&rule["acor"]).filter_map(Value::as_str).collect();
    let from = request["from"].as_str().unwrap_or_default();
    seeds.add("originator", format!("{from}\n{}", entries.join("\n")));
    for context in elements(&rule["acco"]) {
        for window in elements(&context["actw"]).filter_map(Value::as_str) {
            // 2025-11-20T13:27:30Z, which most vectors are about, in the five octets that the target takes first.
            seeds.add(
                "window",
                [&[0x00, 0x69, 0x1f, 0x16, 0x72], window.as_bytes()].concat(),
            );
        }
        for (kind, address) in [("ipv4", vec![0, 192, 0, 2, 10]), ("ipv6", documented())] {
            let networks: Vec<_> = elements(&context["acip"][kind])
                .filter_map(Value::as_str)
                .collect();
            if !networks.is_empty() {
                seeds.add(
                    "network",
                    [&*address, networks.join(",").as_bytes()].concat(),
                );
            }
        }
    }
}

/// The choice of IPv6 and 2001:db8:1::10.
fn documented() -> Vec<u8> {
    let address = std::net::Ipv6Addr::new(0x2001, 0x0db8, 1, 0, 0, 0, 0, 0x10);
    [&[1], &address.octets()[..]].concat()
}

fn of_envelopes(seeds: &mut Seeds, file: &Value) {
    for vector in vectors(file) {
        let target = match vector["reads"].as_str() {
            Some("jwe") => "jwe",
            Some("jws") => "jws",
            Some("nested") => "nested",
            Some("token") => "token",
            _ => continue,
        };
        let object = vector["object"].as_str().unwrap_or_default();
        seeds.named(target, name(vector), object.into());
    }
}

fn of_primitives(seeds: &mut Seeds, file: &Value) {
    for vector in vectors(file) {
        let from = &vector["from"];
        if let Some(object) = from["object"].as_str() {
            seeds.named("esprim_object", name(vector), object.into());
        }
        for side in ["receiver", "originator", "rand"] {
            if let Some(rand) = from[side].as_str() {
                seeds.add("esprim_rand", rand);
            }
        }
    }
}

/// What went over a wire, as octets again.
fn of_transcript(seeds: &mut Seeds, entry: &Value) {
    let request = &entry["request"];
    if let (Some(method), Some(target)) = (request["method"].as_str(), request["target"].as_str()) {
        let line = format!("{method} {target} HTTP/1.1");
        seeds.add("http_request", message(&line, request));
    }
    let answer = &entry["answer"]["http"];
    if let Some(status) = answer["status"].as_u64() {
        let line = format!("HTTP/1.1 {status} ");
        seeds.add("http_response", message(&line, answer));
    }
    let what = &entry["what"];
    for octets in [&what["hex"], &what["octets"]["hex"]] {
        let Some(octets) = octets.as_str().and_then(octets_of) else {
            continue;
        };
        // The version of a record tells datagrams, whose numbers count down.
        match octets.get(1) {
            Some(0x03) => seeds.add("tls_messages", octets),
            Some(0xfe) => seeds.add("dtls_messages", octets),
            _ => seeds.add("coap_message", octets),
        }
    }
}

fn message(line: &str, message: &Value) -> Vec<u8> {
    let mut text = format!("{line}\r\n");
    for header in elements(&message["headers"]) {
        let (name, value) = (&header[0], &header[1]);
        let (name, value) = (
            name.as_str().unwrap_or_default(),
            value.as_str().unwrap_or_default(),
        );
        text.extend([name, ": ", value, "\r\n"]);
    }
    text.push_str("\r\n");
    text.push_str(message["body"].as_str().unwrap_or_default());
    text.into_bytes()
}

fn octets_of(hexadecimal: &str) -> Option<Vec<u8>> {
    let digits = hexadecimal.as_bytes().chunks_exact(2);
    digits
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

fn vectors(file: &Value) -> impl Iterator<Item = &Value> {
    elements(&file["vectors"])
}

fn elements(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn name(vector: &Value) -> String {
    vector["id"].as_str().unwrap_or_default().replace('/', "-")
}

fn merged(defaults: &Value, changes: &Value) -> Value {
    let mut merged = defaults.clone();
    if let (Some(merged), Some(changes)) = (merged.as_object_mut(), changes.as_object()) {
        merged.extend(changes.clone());
    }
    merged
}
