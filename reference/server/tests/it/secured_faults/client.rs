//! Clients, in which little differs from those that were provisioned.

use crate::authority::{Name, Order};
use crate::provisioned::{AE_URI, Provisioned, identity};
use onem2m_association::Transport::Tls;
use onem2m_association::{ClientConfiguration, ClientCredential, PskKey};
use zeroize::Zeroizing;

pub fn with_octets(all: &Provisioned, identity: &str, key: &[u8]) -> ClientConfiguration {
    let key = PskKey::new(Zeroizing::new(key.to_vec())).unwrap();
    let identity = self::identity(identity);
    all.client(Tls, ClientCredential::Psk { identity, key })
}

pub fn lock(all: &Provisioned, identity: &str) -> ClientConfiguration {
    all.with_key(Tls, identity, 1)
}

pub fn ordered(all: &Provisioned, names: &[Name<'_>]) -> ClientConfiguration {
    all.with_order(Tls, Order::leaf(names))
}

pub fn domain(all: &Provisioned, name: &str) -> ClientConfiguration {
    ordered(all, &[Name::Domain(name)])
}

pub fn uri(all: &Provisioned, uri: &str) -> ClientConfiguration {
    ordered(all, &[Name::Uri(uri)])
}

pub fn ae_leaf() -> Order {
    Order::leaf(&[Name::Uri(AE_URI)])
}

pub fn changed(all: &Provisioned, change: fn(Order) -> Order) -> ClientConfiguration {
    all.with_order(Tls, change(ae_leaf()))
}
