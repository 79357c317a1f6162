//! MAF-based security associations (TS-0003 V3.18.0, 8.2.2.3): the IUT is Entity B, and the tester both Entity A and the MAF.

mod answers;
mod false_maf;
mod function;
mod ground;
mod identities;
mod kc;
mod lifetime;
mod names;
mod second;
mod server;
mod several;
mod visit;
mod waiting;

pub use function::function;
