//! Administrator names that products are shipped with open nothing.

use crate::catalogue::behaviour::Role;
use crate::purposes::Stop;
use crate::purposes::acp::run;
use crate::purposes::clean_up::clean_up;
use crate::purposes::sae::provide;
use crate::purposes::world::{Manner, World};
use crate::verdict::Reason;
use onem2m_identity::AeStem;
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The names (PIXIT).
const NAMES: &str = "PIXIT_DEFAULT_ADMINS";

/// How the requests come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whence {
    /// Outside any security association.
    TheClear,
    /// Inside the security association of a registered AE.
    AnAssociation,
}

impl Whence {
    fn association(self) -> &'static str {
        match self {
            Self::TheClear => "none",
            Self::AnAssociation => "AE5",
        }
    }
}

/// CSE/IMP/SA/021 and CSE/IMP/SA/020: each name retrieves and creates, outside of any association those that nobody is
/// registered with; a registered AE does so in the twin.
pub async fn shipped(
    twin: &mut World<'_>,
    tested: &mut World<'_>,
    whence: Whence,
) -> Result<(), Stop> {
    if whence == Whence::AnAssociation {
        let actors = BTreeSet::from([whence.association().to_owned()]);
        provide(twin, &actors)?;
        provide(tested, &actors)?;
    }
    let register = || json!({"name": "register", "as": "AE5", "register": true});
    let mut given = open();
    given.push(register());
    run(
        twin,
        given,
        steps("CtpA5", "twin", &json!("permit"), 1, whence),
    )
    .await?;
    if whence == Whence::AnAssociation {
        // Both worlds go by the identity of the credential.
        clean_up(twin).await;
    }

    let names = tested.facts().pixit.get(NAMES).cloned().unwrap_or_default();
    let mut given = open();
    if whence == Whence::AnAssociation {
        given.push(register());
    }
    run(tested, given, Vec::new()).await?;
    let mut unregistered = Vec::new();
    for name in names
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        if whence == Whence::AnAssociation || !is_registered(tested, name).await? {
            unregistered.push(name);
        }
    }
    if unregistered.is_empty() {
        let observed = format!("{NAMES} names nobody who is not registered");
        return Err(Stop::inconclusive("names", Reason::Precondition, observed));
    }
    for (number, name) in (1..).zip(unregistered) {
        run(
            tested,
            Vec::new(),
            steps(name, "stimulus", &json!([4000, 4106]), number, whence),
        )
        .await?;
        let read_back = vec![
            json!({"name": format!("read-back {number}"), "as": "ADM", "role": "read-back",
                "retrieve": "cntT", "sees": {"lbl": ["tpT"]}}),
            json!({"name": format!("nothing made {number}"), "as": "ADM", "role": "read-back",
                "retrieve": format!("{{id:cntT}}/{{rn:cntN{number}}}"), "expect": [4004]}),
        ];
        run(tested, Vec::new(), read_back).await?;
    }
    Ok(())
}

/// A container that is open to all.
fn open() -> Vec<Value> {
    vec![
        json!({"create": "acpT", "type": "acp", "pv": [{"acor": ["{ADM}", "all"], "acop": 63}]}),
        json!({"create": "cntT", "type": "cnt", "with": {"acpi": ["acpT"], "lbl": ["tpT"]}}),
    ]
}

/// A Retrieve and a Create in a name.
fn steps(name: &str, role: &str, expect: &Value, number: u32, whence: Whence) -> Vec<Value> {
    let association = whence.association();
    let made = format!("cntN{number}");
    vec![
        json!({"name": format!("retrieve {number}"), "as": "AE5", "role": role, "from": name,
            "association": association, "retrieve": "cntT", "expect": expect}),
        json!({"name": format!("create {number}"), "as": "AE5", "role": role, "from": name,
            "association": association, "create": made, "type": "cnt", "in": "cntT", "expect": expect}),
    ]
}

/// Whether an AE is registered with the name: a name that is no AE-ID-Stem is nobody's.
async fn is_registered(world: &World<'_>, name: &str) -> Result<bool, Stop> {
    if AeStem::parse(name).is_err() {
        return Ok(false);
    }
    if name == world.facts().administrator {
        return Ok(true);
    }
    let step = format!("look for {name}");
    let answer = world
        .send_in(
            Manner::default(),
            "ADM",
            &step,
            Role::SetUp,
            Request::retrieve(name.to_owned()),
        )
        .await?;
    Ok(answer.code() != Some(ResponseStatusCode::NOT_FOUND.number()))
}
