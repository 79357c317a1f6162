//! Refuses an OpenSSL without raw public keys (RFC 7250), which would otherwise fail when it is linked.

/// 3.2.0, in the form of `OPENSSL_VERSION_NUMBER`.
const RAW_PUBLIC_KEYS_SINCE: u64 = 0x3020_0000;

fn main() {
    println!("cargo::rerun-if-env-changed=DEP_OPENSSL_VERSION_NUMBER");
    let Ok(version) = std::env::var("DEP_OPENSSL_VERSION_NUMBER") else {
        return;
    };
    if u64::from_str_radix(&version, 16).is_ok_and(|number| number < RAW_PUBLIC_KEYS_SINCE) {
        println!(
            "cargo::error=expected OpenSSL 3.2 or later, got 0x{version}; hint: unset OPENSSL_NO_VENDOR, or point OPENSSL_DIR at a later one"
        );
    }
}
