use onem2m_association::{Client, OwnCertificate, Server, Transport};

use crate::support::authority::key;
use crate::support::entities::{LOCK, identities, key_client, key_server, psk};

/// The octets 01 to 20 in the forms in which they might be printed.
const FORMS: [&str; 3] = ["01020304", "1, 2, 3, 4", "\\x01\\x02"];

#[test]
fn no_configuration_or_key_prints_a_key() {
    let table = identities();
    let printed = [
        format!("{:?}", psk(1)),
        format!("{table:?}"),
        format!("{:?}", table.get(LOCK)),
        format!("{:#?}", key_client(Transport::Tls, LOCK, 1)),
        format!("{:#?}", key_server(Transport::Tls, &table)),
    ];
    for text in &printed {
        for form in FORMS {
            assert!(!text.contains(form), "{text}");
        }
    }
}

#[test]
fn private_key_is_not_printed() {
    let pem = key().private_key_to_pem_pkcs8().unwrap();
    let own = OwnCertificate::raw_public_key_from_pem(&pem).unwrap();
    assert_eq!(format!("{own:?}"), "OwnCertificate { certificates: 0, .. }");
}

#[test]
fn clients_and_servers_may_move_between_threads() {
    fn assert_moves<T: Send + Sync>() {}
    assert_moves::<Client>();
    assert_moves::<Server>();
}
