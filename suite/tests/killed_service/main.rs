//! A key service that keeps state is killed at random points of a hundred registrations, and started again each time: nothing
//! that it acknowledged is lost.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod line;
mod served;

use line::Line;
use onem2m_server::ServiceRole;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use served::Served;
use std::path::Path;
use std::time::Duration;

/// How many keys a service is asked to register.
const REGISTRATIONS: usize = 100;

/// The longest life of a service, in microseconds: a few registrations.
const LIFE: u64 = 60_000;

/// A key that was acknowledged.
struct Acknowledged {
    id: String,
    value: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn maf_keeps_what_it_acknowledged() {
    killed_again_and_again(ServiceRole::Maf).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mef_keeps_what_it_acknowledged() {
    killed_again_and_again(ServiceRole::Mef).await;
}

async fn killed_again_and_again(role: ServiceRole) {
    let state = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("killed-{}", role.name()));
    let _ = std::fs::remove_dir_all(&state);
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut acknowledged = Vec::new();
    let mut asked = 0;
    let served = Served::start(role, &state).await;
    for name in ["source", "target"] {
        let line = Line::open(&served, name).await.unwrap();
        line.register_client().await.unwrap();
    }
    drop(served);
    while asked < REGISTRATIONS {
        let mut served = Served::start(role, &state).await;
        kept(&served, &acknowledged).await;
        let life = Duration::from_micros(random.next_u64() % LIFE);
        tokio::select! {
            () = register(&served, &mut asked, &mut acknowledged) => {}
            () = tokio::time::sleep(life) => {}
        }
        served.kill().await;
    }
    assert!(!acknowledged.is_empty());
    kept(&Served::start(role, &state).await, &acknowledged).await;
}

/// Registers keys until the service is gone.
async fn register(served: &Served, asked: &mut usize, acknowledged: &mut Vec<Acknowledged>) {
    let Some(line) = Line::open(served, "source").await else {
        return;
    };
    while *asked < REGISTRATIONS {
        *asked += 1;
        let value = line::key_value(*asked);
        let Some(id) = line.register_key(&value).await else {
            return;
        };
        acknowledged.push(Acknowledged { id, value });
    }
}

/// Whether the target of each key has it as it was registered.
async fn kept(served: &Served, acknowledged: &[Acknowledged]) {
    let line = Line::open(served, "target").await.unwrap();
    for key in acknowledged {
        let found = line.retrieve_key(&key.id).await;
        assert_eq!(found.as_ref(), Some(&key.value), "{}", key.id);
    }
}
