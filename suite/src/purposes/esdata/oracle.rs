//! Answers that would tell why a token cannot be opened.

use crate::catalogue::behaviour::{Expectation, Forgery, Role, Step, TokenOrder};
use crate::profile::TokenClass;
use crate::purposes::answer::Answer;
use crate::purposes::check::{self, Asked};
use crate::purposes::scenario;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::{Manner, World};
use crate::verdict::Cause;
use onem2m_primitive::{Operation, Request};
use serde_json::{Map, json};

/// How many tokens of each kind are sent.
const EACH: u32 = 100;

/// CSE/ESDATA/TOK/016: a wrong encrypted key is answered as a wrong ciphertext is.
pub async fn tells_nothing(world: &mut World<'_>) -> Result<(), Stop> {
    world.register("AE1", &Map::new()).await?;
    let given = [
        json!({"create": "acpT", "type": "acp", "pv": [{"acor": ["{ADM}"], "acop": 63}]}),
        json!({"create": "cntT", "type": "cnt", "with": {"acpi": ["acpT"]}}),
    ];
    let read = given.iter().map(|step| Step::read(step, Role::SetUp));
    let steps: Result<Vec<Step>, _> = read.collect();
    let steps = steps.map_err(|error| Stop::error("set-up", error.to_string()))?;
    scenario::run(world, &steps).await?;
    served(world, "twin", Role::Twin).await?;
    let mut first: Option<Answer> = None;
    for number in 1..=EACH {
        for (kind, forgery) in [
            ("encrypted key", Forgery::RandomEncryptedKey),
            ("ciphertext", Forgery::CiphertextFlipped),
        ] {
            let step = format!("{kind} {number}");
            let answer = sent(world, &step, Role::Stimulus, Some(forgery)).await?;
            let expected = Expectation::Codes(vec![4000, 4102, 4103]);
            expect(&step, Role::Stimulus, &expected, &answer)?;
            let first = first.get_or_insert_with(|| answer.clone());
            if told(first) != told(&answer) {
                let expected = format!("{first}, as before");
                let finding = Finding::new(Cause::Leak, expected, answer.to_string());
                return Err(Stop::mismatch(&step, Role::Stimulus, finding, &answer));
            }
        }
    }
    served(world, "control", Role::ReadBack).await
}

/// What an answer says beside which request it is for.
fn told(answer: &Answer) -> (Option<u16>, Option<String>) {
    let content = answer.content().map(ToString::to_string);
    (answer.code(), content)
}

async fn served(world: &mut World<'_>, step: &str, role: Role) -> Result<(), Stop> {
    let answer = sent(world, step, role, None).await?;
    expect(step, role, &Expectation::Permit, &answer)
}

async fn sent(
    world: &mut World<'_>,
    step: &str,
    role: Role,
    forged: Option<Forgery>,
) -> Result<Answer, Stop> {
    let order = TokenOrder {
        class: TokenClass::EncryptionOnly,
        management: Some("RSA-OAEP-256".into()),
        forged,
        ..TokenOrder::default()
    };
    let mut request = Request::retrieve(world.find(step, "cntT")?);
    request.tokens = world.tokens(step, "AE1", "cntT", &[order]).await?;
    world
        .send_in(Manner::default(), "AE1", step, role, request)
        .await
}

fn expect(step: &str, role: Role, expected: &Expectation, answer: &Answer) -> Result<(), Stop> {
    check::check(&Asked::of(Operation::Retrieve), expected, answer)
        .map(|_| ())
        .map_err(|finding| Stop::mismatch(step, role, finding, answer))
}
