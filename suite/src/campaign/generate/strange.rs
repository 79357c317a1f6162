//! What makes a request another one than it would be: identities, members, times, octets.

use super::dice::Dice;
use super::values;
use crate::campaign::model::{ENTITIES, Model};
use crate::campaign::step::{Oddity, Operation, Step, Worth};
use serde_json::{Value, json};

/// From that is not the sender's own: patterns, other forms, what begins or ends like somebody.
pub fn originator(dice: &mut Dice, step: &mut Step) {
    let entity = dice.one(&ENTITIES, "AE1");
    let from = match dice.below(16) {
        0 => format!("{{{entity}:sp}}"),
        1 => format!("{{{entity}:abs}}"),
        2 => format!("{{{entity}}}x"),
        3 => format!("{{{entity}}}2"),
        4 => "C*".to_owned(),
        5 => format!("{{{entity}}}*"),
        6 => "*".to_owned(),
        7 => "all".to_owned(),
        8 => String::new(),
        9 => format!("{{{entity}}}/"),
        10 => format!("/{{{entity}}}"),
        11 => format!("c{{{entity}}}"),
        12 => "{ADM}x".to_owned(),
        13 => "C".to_owned(),
        14 => format!("C{}", "a".repeat(values::length(dice))),
        _ => format!("{{{entity}}}%00"),
    };
    step.oddities.push(Oddity::From(from));
}

/// Header fields that are missing, doubled or not usual.
pub fn fields(dice: &mut Dice, step: &mut Step) {
    let entity = dice.one(&ENTITIES, "AE1");
    let oddity = match dice.below(10) {
        0 => Oddity::Lacks("X-M2M-Origin".into()),
        1 => Oddity::Lacks("X-M2M-RI".into()),
        2 => Oddity::Lacks("X-M2M-RVI".into()),
        3 => Oddity::Lacks("Content-Type".into()),
        4 => Oddity::Also("X-M2M-Origin".into(), format!("{{{entity}}}")),
        5 => Oddity::Also("X-M2M-Origin".into(), "{ADM}".into()),
        6 => Oddity::Also("X-M2M-RI".into(), "another".into()),
        7 => Oddity::Also("X-M2M-RVI".into(), "9".into()),
        8 => Oddity::Also("Content-Type".into(), "application/json;ty=1".into()),
        _ => Oddity::Also("X-M2M-OT".into(), "99991231T235959".into()),
    };
    step.oddities.push(oddity);
    step.worth = Worth::Open;
}

/// Parameters that have no effect on what a request is: it has to be decided as without them.
pub fn unconcerned(dice: &mut Dice, step: &mut Step) {
    let oddity = match dice.below(8) {
        0 => Oddity::Also("X-Forwarded-For".into(), "127.0.0.1, 10.0.0.1".into()),
        1 => Oddity::Also("X-HTTP-Method-Override".into(), "DELETE".into()),
        2 => Oddity::Also("Authorization".into(), "Basic QWRtaW46YWRtaW4=".into()),
        3 => Oddity::Also("X-M2M-OT".into(), "{now:-5}".into()),
        4 => Oddity::Also("X-M2M-RET".into(), "{now:3600}".into()),
        5 => Oddity::Also("X-M2M-Origin-Original".into(), "{ADM}".into()),
        6 => Oddity::Also("Forwarded".into(), "for=127.0.0.1".into()),
        _ => Oddity::Also("X-Padding".into(), "p".repeat(values::length(dice))),
    };
    step.oddities.push(oddity);
}

/// Times that are over.
pub fn expired(dice: &mut Dice, step: &mut Step) {
    if dice.chance(50)
        && let Some(content) = &mut step.content
        && !matches!(step.operation, Operation::Notify)
    {
        let over = dice.one(
            &["{now:-1}", "{now:-86400}", "19700101T000000"],
            "{now:-86400}",
        );
        content.insert("et".into(), json!(over));
        step.worth = Worth::Wrong("TS-0004 V3.32.0, 7.3.3.3".into());
        return;
    }
    let over = Oddity::Also("X-M2M-RET".into(), "{now:-60}".into());
    step.oddities.push(over);
    step.worth = Worth::Wrong("TS-0004 V3.32.0, 7.3.2.1".into());
}

/// Content that is not as the type has it.
pub fn content(dice: &mut Dice, step: &mut Step) {
    let Some(content) = &mut step.content else {
        return;
    };
    let names: Vec<String> = content.keys().cloned().collect();
    step.worth = Worth::Open;
    match dice.below(8) {
        0 | 1 => {
            if let Some(name) = dice.pick(&names) {
                content.insert(name.clone(), values::anything(dice));
            }
        }
        2 => {
            if let Some(name) = dice.pick(&names) {
                content.shift_remove(name);
            }
        }
        3 => {
            let name = dice.one(
                &["ri", "ct", "lt", "pi", "ty", "cni", "cs", "st", "cr"],
                "ri",
            );
            content.insert(name.into(), values::anything(dice));
        }
        4 => {
            let name = dice.one(&["nope", "m2m:cnt", "PV", "privileges", ""], "nope");
            content.insert(name.into(), values::anything(dice));
        }
        5 => {
            let text = Value::Object(content.clone()).to_string();
            let kind = step
                .makes
                .as_ref()
                .map_or("m2m:cnt".into(), |it| it.kind.root());
            let body = match dice.below(6) {
                0 => format!("{{\"{kind}\":{text},\"{kind}\":{text}}}"),
                1 => format!("{{\"{kind}\":{text}"),
                2 => text,
                3 => format!("[{{\"{kind}\":{text}}}]"),
                4 => "\u{feff}{}".to_owned(),
                _ => "null".to_owned(),
            };
            step.oddities.push(Oddity::Body(body));
        }
        6 => {
            let name = dice.pick(&names).cloned().unwrap_or_else(|| "lbl".into());
            content.insert(name, values::nested(dice));
        }
        _ => {
            let depth = dice.one(&[10, 64, 127, 128, 129, 500, 1000, 5000], 64);
            let body = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            step.oddities.push(Oddity::Body(body));
        }
    }
}

/// Other octets for the same request.
pub fn framing(dice: &mut Dice, step: &mut Step) {
    let oddity = match dice.below(4) {
        0 => Oddity::Segments(dice.one(&[2, 3, 7, 20], 2)),
        1 => Oddity::Chunks(dice.one(&[1, 2, 7, 8, 16, 33, 1000], 7)),
        2 => Oddity::AbsoluteForm,
        _ => Oddity::FieldCase,
    };
    step.oddities.push(oddity);
}

/// Octets that make it another request, or none.
pub fn octets(dice: &mut Dice, step: &mut Step, _: &Model) {
    let put = dice.one(
        &[
            "", "00", "0a", "0d", "0d0a", "20", "ff", "c3", "0d0a0d0a", "2525", "3b", "09",
        ],
        "00",
    );
    step.oddities.push(Oddity::Octets {
        at: dice.below(300),
        take: dice.below(3),
        put: put.to_owned(),
    });
    step.worth = Worth::Open;
}
