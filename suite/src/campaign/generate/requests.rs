//! One step of a sequence.

use super::dice::Dice;
use super::{members, policies, queries, registration, strange, values};
use crate::campaign::kind::Kind;
use crate::campaign::model::{ADMINISTRATOR, BASE, ENTITIES, Model, Resource};
use crate::campaign::step::{Form, Oddity, Operation, Step, Target, Virtual, Worth};
use serde_json::{Map, Value, json};

/// How deep containers are put into each other.
const DEEPEST: usize = 14;

/// What a step is drawn from.
pub struct Drawing<'a> {
    /// Choices.
    pub dice: &'a mut Dice,
    /// The state.
    pub model: &'a Model,
    /// How many slots were given.
    pub slots: &'a mut usize,
}

/// Draws a step, if one of its kind is possible.
type Draw = fn(&mut Drawing<'_>) -> Option<Step>;

/// What steps are about, with how often one is.
const SUBJECTS: [(usize, Draw); 18] = [
    (10, |it| it.change_policy()),
    (9, |it| it.make_policy()),
    (4, |it| it.delete_policy()),
    (7, |it| it.make_policy_again()),
    (14, |it| it.make_container()),
    (10, |it| it.make_instance()),
    (22, |it| it.retrieve()),
    (8, |it| it.discover()),
    (8, |it| it.instance()),
    (6, |it| it.make_group()),
    (6, |it| it.fan_out()),
    (9, |it| it.update()),
    (9, |it| it.link()),
    (6, |it| it.delete()),
    (4, |it| it.subscribe()),
    (1, |it| it.leave()),
    (3, |it| it.register()),
    (1, |it| it.notify()),
];

impl Drawing<'_> {
    /// A step that is possible in the state, with or without something odd about it.
    pub fn step(&mut self) -> Step {
        let weights = SUBJECTS.map(|(weight, _)| weight);
        for _ in 0..20 {
            let chosen = self.dice.weighted(&weights);
            let drawn = SUBJECTS.get(chosen).and_then(|(_, draw)| draw(self));
            if let Some(mut step) = drawn {
                if step.worth == Worth::Sound && has_odd_label(&step) {
                    step.worth = Worth::Open;
                }
                self.make_odd(&mut step);
                return step;
            }
        }
        Step::new(self.anybody(), Operation::Retrieve, Target::of("c0"))
    }

    fn make_odd(&mut self, step: &mut Step) {
        let dice = &mut *self.dice;
        let is_octets = self.model.site.surface.is_octets();
        match dice.below(100) {
            // What only HTTP has is nothing to other surfaces.
            6..=8 | 24..=30 | 34..=35 if !is_octets => {}
            0..=5 => strange::originator(dice, step),
            6..=8 => strange::fields(dice, step),
            9..=12 => strange::unconcerned(dice, step),
            13..=15 => strange::expired(dice, step),
            16..=23 => strange::content(dice, step),
            24..=27 => strange::framing(dice, step),
            28..=30 => strange::octets(dice, step, self.model),
            31..=33 if step.operation == Operation::Retrieve => queries::odd(dice, step),
            34..=35
                if matches!(step.operation, Operation::Create | Operation::Delete)
                    && step.on.below.is_none() =>
            {
                step.oddities.push(Oddity::Twice);
            }
            _ => {}
        }
        // An AE that is gone once is not meant when it registers under another name.
        if step.is_registration() && !step.oddities.is_empty() {
            step.worth = Worth::Open;
        }
    }

    fn fresh(&mut self, letter: &str) -> String {
        *self.slots += 1;
        format!("{letter}{}", *self.slots)
    }

    fn entity(&mut self) -> &'static str {
        self.dice.one(&ENTITIES, "AE1")
    }

    fn anybody(&mut self) -> &'static str {
        match self.dice.chance(15) {
            true => ADMINISTRATOR,
            false => self.entity(),
        }
    }

    fn some(&mut self, fits: impl Fn(&Resource) -> bool) -> Option<String> {
        let slots: Vec<&str> = self
            .model
            .alive()
            .filter(|it| fits(it))
            .map(|it| it.slot.as_str())
            .collect();
        // What was made last is what later steps are about.
        let late = slots.len().saturating_sub(4);
        let recent = slots.get(late..).unwrap_or_default();
        let chosen = match self.dice.chance(40) {
            true => self.dice.pick(recent),
            false => self.dice.pick(&slots),
        };
        chosen.map(|slot| (*slot).to_owned())
    }

    fn form(&mut self) -> Form {
        match self.dice.below(10) {
            0 | 1 => Form::Unstructured,
            2 => Form::SpRelative,
            3 if !self.model.site.sp_domain.is_empty() => Form::Absolute,
            _ => Form::Structured,
        }
    }

    fn target(&mut self, slot: String) -> Target {
        Target {
            form: self.form(),
            ..Target::of(slot)
        }
    }

    /// Whoever may, more often than whoever comes.
    fn somebody_who_may(&mut self, operation: &str, slot: &str) -> &'static str {
        let chosen = self.anybody();
        if self.dice.chance(50) {
            return chosen;
        }
        let Some(resource) = self.model.slot(slot) else {
            return chosen;
        };
        let may: Vec<&'static str> = ENTITIES
            .into_iter()
            .filter(|it| self.model.is_registered(it))
            .filter(|it| {
                let from = self.model.identity(it);
                self.model.permits(&from, operation, resource, None) == Some(true)
            })
            .collect();
        self.dice.one(&may, chosen)
    }

    fn links(&mut self) -> Option<Value> {
        let policies: Vec<&str> = self
            .model
            .alive()
            .filter(|it| it.kind == Kind::Acp && it.slot != "acp0")
            .map(|it| it.slot.as_str())
            .collect();
        let number = self.dice.one(&[1, 1, 1, 2, 3, 4], 1).min(policies.len());
        let mut named: Vec<String> = Vec::new();
        for _ in 0..number {
            if let Some(slot) = self.dice.pick(&policies) {
                let text = format!("{{{slot}}}");
                if !named.contains(&text) {
                    named.push(text);
                }
            }
        }
        (!named.is_empty()).then(|| json!(named))
    }

    fn make_policy(&mut self) -> Option<Step> {
        let slot = self.fresh("acp");
        let mut content = policies::policy(self.dice, self.model);
        content.insert("rn".into(), json!(format!("{{rn:{slot}}}")));
        let parent = match self.dice.chance(80) {
            true => BASE.to_owned(),
            false => self.some(|it| it.kind == Kind::Ae)?,
        };
        Some(Step::create(
            ADMINISTRATOR,
            &parent,
            &slot,
            Kind::Acp,
            content,
        ))
    }

    fn change_policy(&mut self) -> Option<Step> {
        let slot = self.some(|it| it.kind == Kind::Acp && it.slot != "acp0")?;
        let by = match self.dice.chance(75) {
            true => ADMINISTRATOR,
            false => self.entity(),
        };
        let name = self.dice.one(&["pv", "pv", "pv", "pvs"], "pv");
        let rules = match self.dice.chance(30) {
            // The same rules without the last one of the tester: a revocation.
            true => self.revoked(&slot, name)?,
            false => policies::rules(self.dice, self.model),
        };
        Some(Step::update(by, &slot, members(json!({ name: rules }))))
    }

    fn revoked(&mut self, slot: &str, name: &str) -> Option<Value> {
        let rules = self.model.slot(slot)?.drafted.get(name)?;
        let mut rules = rules.get("acr")?.as_array()?.clone();
        let is_needed = |rule: &Value| {
            rule.get("acor")
                .and_then(Value::as_array)
                .is_some_and(|entries| entries.iter().any(|it| it == "{ADM}"))
        };
        let others: Vec<usize> = rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| !is_needed(rule))
            .map(|(position, _)| position)
            .collect();
        let gone = *self.dice.pick(&others)?;
        rules.remove(gone);
        Some(json!({ "acr": rules }))
    }

    fn delete_policy(&mut self) -> Option<Step> {
        let slot = self.some(|it| it.kind == Kind::Acp && it.slot != "acp0")?;
        let target = self.target(slot);
        Some(Step::new(ADMINISTRATOR, Operation::Delete, target))
    }

    /// A policy with the name of one that is gone.
    fn make_policy_again(&mut self) -> Option<Step> {
        let gone: Vec<&Resource> = self
            .model
            .resources()
            .iter()
            .filter(|it| it.kind == Kind::Acp && !it.is_alive)
            .filter(|it| self.model.at_path(&it.path).is_none())
            .collect();
        let gone = *self.dice.pick(&gone)?;
        let (parent, name) = (gone.parent.clone()?, gone.name().to_owned());
        let slot = self.fresh("acp");
        let mut content = policies::policy(self.dice, self.model);
        content.insert("rn".into(), json!(self.word_of(&name)));
        Some(Step::create(
            ADMINISTRATOR,
            &parent,
            &slot,
            Kind::Acp,
            content,
        ))
    }

    /// The name of this world as it is written in steps, so that it means the same in another world.
    fn word_of(&self, name: &str) -> String {
        let whole = self.model.resource_name("");
        match name.strip_prefix(&whole) {
            Some(word) => format!("{{rn:{word}}}"),
            None => name.to_owned(),
        }
    }

    fn make_container(&mut self) -> Option<Step> {
        let deepest = self
            .model
            .alive()
            .filter(|it| it.kind == Kind::Cnt && self.model.depth(it) < DEEPEST)
            .max_by_key(|it| self.model.depth(it))
            .map(|it| it.slot.clone());
        let (parent, is_deep) = match self.dice.below(6) {
            0..=2 => (deepest?, true),
            3 => (self.some(|it| it.kind == Kind::Ae)?, false),
            _ => (self.some(|it| it.kind == Kind::Cnt)?, false),
        };
        let slot = self.fresh("c");
        let mut content = Map::new();
        let name = match self.dice.chance(75) {
            true => format!("{{rn:{slot}}}"),
            false => format!("{slot}{}", values::name(self.dice)),
        };
        content.insert("rn".into(), json!(name));
        if is_deep && self.dice.chance(60) {
            // Whoever comes can go on from here.
            content.insert("acpi".into(), json!(["{acp0}"]));
        } else if self.dice.chance(80)
            && let Some(links) = self.links()
        {
            content.insert("acpi".into(), links);
        }
        let labels = match self.dice.chance(60) {
            true => json!([format!("{{{slot}:canary}}")]),
            false => values::labels(self.dice, &slot),
        };
        content.insert("lbl".into(), labels);
        if self.dice.chance(20) {
            let most = self.dice.one(&[1, 2, 3, 5, 7], 3);
            content.insert("mni".into(), json!(most));
        }
        let by = self.somebody_who_may("create", &parent);
        let mut step = Step::create(by, &parent, &slot, Kind::Cnt, content);
        step.on = self.target(parent);
        Some(step)
    }

    /// A container, more often one that has instances than any.
    fn holder(&mut self) -> Option<String> {
        let model = self.model;
        let has_some =
            |it: &Resource| it.kind == Kind::Cnt && model.instances(&it.slot).next().is_some();
        match self.dice.chance(60) {
            true => self.some(has_some),
            false => None,
        }
        .or_else(|| self.some(|it| it.kind == Kind::Cnt))
    }

    fn make_instance(&mut self) -> Option<Step> {
        let parent = self.holder()?;
        let slot = self.fresh("i");
        let text = match self.dice.chance(70) {
            true => format!("{{{slot}:canary}}"),
            false => format!("{{{slot}:canary}}{}", values::text(self.dice)),
        };
        let content = members(json!({"rn": format!("{{rn:{slot}}}"), "con": text}));
        let by = self.somebody_who_may("create", &parent);
        let mut step = Step::create(by, &parent, &slot, Kind::Cin, content);
        step.on = self.target(parent);
        Some(step)
    }

    fn retrieve(&mut self) -> Option<Step> {
        let gone = self.dice.chance(8);
        let slot = match gone {
            true => {
                let all = self.model.resources();
                let gone: Vec<&Resource> = all.iter().filter(|it| !it.is_alive).collect();
                self.dice.pick(&gone)?.slot.clone()
            }
            false if self.dice.chance(20) => "c0".to_owned(),
            false => self.some(|_| true)?,
        };
        let by = self.somebody_who_may("retrieve", &slot);
        let label = format!("{{{slot}:canary}}");
        let target = self.target(slot);
        let mut step = Step::new(by, Operation::Retrieve, target);
        queries::query(self.dice, &mut step, &label);
        Some(step)
    }

    fn discover(&mut self) -> Option<Step> {
        let below = self.some(|_| true)?;
        let root = match self.dice.below(4) {
            0 => self.some(|it| it.kind == Kind::Ae)?,
            1 => self.some(|it| it.kind == Kind::Cnt)?,
            _ => "c0".to_owned(),
        };
        let label = format!("{{{below}:canary}}");
        let by = self.anybody();
        let target = self.target(root);
        let mut step = Step::new(by, Operation::Retrieve, target);
        match self.dice.chance(15) {
            true => queries::repeated(self.dice, &mut step, &label),
            false => queries::discovery(self.dice, &mut step, &label),
        }
        Some(step)
    }

    fn instance(&mut self) -> Option<Step> {
        let container = self.holder()?;
        let operation = match self.dice.chance(85) {
            true => Operation::Retrieve,
            false => Operation::Delete,
        };
        let creator = &self.model.slot(&container)?.creator;
        let creator = ENTITIES.into_iter().find(|it| it == creator);
        let by = match creator.filter(|_| self.dice.chance(35)) {
            Some(creator) => creator,
            None => self.somebody_who_may("retrieve", &container),
        };
        let below = self
            .dice
            .one(&[Virtual::Latest, Virtual::Oldest], Virtual::Latest);
        let mut target = self.target(container);
        target.below = Some(below);
        Some(Step::new(by, operation, target))
    }

    fn make_group(&mut self) -> Option<Step> {
        if !self.model.site.claims("PICS_GROUP") {
            return None;
        }
        let slot = self.fresh("g");
        let parent = self.some(|it| it.kind == Kind::Ae)?;
        let owner = self.model.slot(&parent)?.creator.clone();
        let number = self.dice.one(&[1, 2, 3, 5, 8], 2);
        let mut named: Vec<String> = Vec::new();
        for _ in 0..number {
            let member = self.some(|it| it.kind == Kind::Cnt)?;
            let text = format!("{{{member}}}");
            if !named.contains(&text) {
                named.push(text);
            }
        }
        let mut content = members(json!({
            "rn": format!("{{rn:{slot}}}"),
            "mid": named,
            "mnm": 20,
            "lbl": [format!("{{{slot}:canary}}")],
        }));
        if self.dice.chance(60) {
            content.insert("acpi".into(), json!(["{acp0}"]));
        }
        // Whether the members may be there is looked at with the rights of who makes the group.
        let mut step = Step::create(&owner, &parent, &slot, Kind::Grp, content);
        step.worth = Worth::Open;
        Some(step)
    }

    fn fan_out(&mut self) -> Option<Step> {
        if !self.model.site.claims("PICS_FANOUT") {
            return None;
        }
        let group = self.some(|it| it.kind == Kind::Grp)?;
        let by = self.anybody();
        let mut target = self.target(group);
        target.below = Some(Virtual::FanOut);
        let mut step = match self.dice.below(6) {
            0 => Step::update(by, "", members(json!({ "lbl": ["fanned-out"] }))),
            1 => Step::new(by, Operation::Delete, Target::of("")),
            _ => Step::new(by, Operation::Retrieve, Target::of("")),
        };
        if step.operation == Operation::Update {
            // The content is that of the members.
            step.oddities.push(Oddity::Body(
                "{\"m2m:cnt\":{\"lbl\":[\"fanned-out\"]}}".into(),
            ));
        }
        step.on = target;
        Some(step)
    }

    fn update(&mut self) -> Option<Step> {
        let slot = self.some(|it| matches!(it.kind, Kind::Cnt | Kind::Ae))?;
        let content = match self.dice.below(5) {
            0 if self.model.slot(&slot)?.kind == Kind::Cnt => {
                json!({"mni": self.dice.one(&[1, 2, 3, 5, 7], 3)})
            }
            1 => json!({"lbl": Value::Null}),
            _ => json!({"lbl": values::labels(self.dice, &slot)}),
        };
        let by = self.somebody_who_may("update", &slot);
        let mut step = Step::update(by, &slot, members(content));
        step.on = self.target(slot);
        Some(step)
    }

    fn link(&mut self) -> Option<Step> {
        let slot = self.some(|it| it.kind == Kind::Cnt && it.slot != "c0")?;
        let links = match self.dice.chance(35) {
            true => Value::Null,
            false => self.links()?,
        };
        let by = match self.dice.chance(60) {
            true => ADMINISTRATOR,
            false => self.entity(),
        };
        Some(Step::update(by, &slot, members(json!({ "acpi": links }))))
    }

    fn delete(&mut self) -> Option<Step> {
        let slot = self.some(|it| {
            matches!(it.kind, Kind::Cnt | Kind::Cin | Kind::Grp | Kind::Sub) && it.slot != "c0"
        })?;
        let by = self.somebody_who_may("delete", &slot);
        let target = self.target(slot);
        Some(Step::new(by, Operation::Delete, target))
    }

    fn subscribe(&mut self) -> Option<Step> {
        let parent = self.some(|it| matches!(it.kind, Kind::Cnt))?;
        let slot = self.fresh("s");
        let owner = match self.somebody_who_may("create", &parent) {
            ADMINISTRATOR => self.entity(),
            entity => entity,
        };
        // Nobody is asked whether he wants to be told: the AE is told by itself, or not at all.
        let is_reached = self.model.point_of_access(owner).is_some();
        let form = match is_reached && self.dice.chance(70) {
            true => "poa",
            false => "sp",
        };
        let content = members(json!({
            "rn": format!("{{rn:{slot}}}"),
            "nu": [format!("{{{owner}:{form}}}")],
            "enc": {"net": [1, 3]},
        }));
        let mut step = Step::create(owner, &parent, &slot, Kind::Sub, content);
        step.worth = Worth::Open;
        Some(step)
    }

    /// The AE on which no look afterwards depends leaves.
    fn leave(&mut self) -> Option<Step> {
        let slot = self.some(|it| it.kind == Kind::Ae && it.creator == "AE1")?;
        Some(Step::new("AE1", Operation::Delete, Target::of(slot)))
    }

    fn register(&mut self) -> Option<Step> {
        if self.model.is_registered("AE1") {
            return None;
        }
        let slot = self.fresh("ae");
        let release = self.model.site.release_version();
        Some(registration("AE1", &slot, release))
    }

    fn notify(&mut self) -> Option<Step> {
        let slot = self.some(|it| it.kind == Kind::Ae)?;
        let by = self.anybody();
        let mut step = Step::new(by, Operation::Notify, Target::of(slot));
        step.content = Some(members(json!({"m2m:sgn": {"sur": "x", "nev": {"net": 1}}})));
        step.worth = Worth::Open;
        Some(step)
    }
}

/// Whether a label is none that TS-0004 has: an IUT may take it or refuse it.
fn has_odd_label(step: &Step) -> bool {
    let labels = step.content.as_ref().and_then(|it| it.get("lbl"));
    let mut labels = labels.and_then(Value::as_array).into_iter().flatten();
    labels.any(|label| label.as_str().is_some_and(|text| !values::is_token(text)))
}
