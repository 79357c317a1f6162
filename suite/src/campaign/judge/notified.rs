//! Whether a notification shows a text to somebody who may not retrieve the resource that it stands in.

use super::canary::slots;
use crate::campaign::kind::Kind;
use crate::campaign::model::{Model, Resource};
use crate::campaign::trouble::Trouble;
use crate::tester::link::Inbound;
use crate::verdict::Cause;
use serde_json::Value;

const CLAUSE: &str = "TS-0001 V3.36.0, 10.2.10.6";

/// What tells findings about notifications apart.
pub const CLASS: &str = "notification";

/// The first canary in a request to an AE's point of access of which the AE has no right to be told.
pub fn told_too_much(model: &Model, entity: &str, inbound: &Inbound) -> Option<Trouble> {
    let content = String::from_utf8_lossy(&inbound.body.0);
    let marker = format!("canary-{}-", model.tag());
    let shown = slots(&content, &marker).filter_map(|slot| model.slot(slot));
    let mut wrong =
        shown.filter(|resource| resource.is_sure && !may_be_told(model, entity, resource));
    let resource = wrong.next()?;
    let observed = format!(
        "a notification shows {entity} what stands in {} of {}",
        resource.kind, resource.slot
    );
    let expected = "nothing of what the AE has not subscribed to and may not retrieve";
    let trouble = Trouble::new(Cause::Leak, CLAUSE, expected, observed);
    Some(trouble.of_class(format!("{CLASS} {}", resource.kind)))
}

/// An AE is told of what it has subscribed to and of the children of that: whether it may has been decided when the
/// subscription was made, and is decided again for each event where the IUT says that it does so.
fn may_be_told(model: &Model, entity: &str, resource: &Resource) -> bool {
    let is_of = |subscription: &Resource| {
        let parent = subscription.parent.as_ref();
        parent == Some(&resource.slot) || parent == resource.parent.as_ref()
    };
    let mut subscriptions = subscriptions(model, entity).filter(|it| is_of(it));
    match subscriptions.next() {
        Some(one) if one.parent == resource.parent => {
            !model.site.reads("PIXIT_NTF_RECHECK", "recheck")
                || model.was_entitled(entity, &resource.slot)
        }
        Some(_) => true,
        None => {
            let identity = model.identity(entity);
            model.permits(&identity, "retrieve", resource, None) != Some(false)
        }
    }
}

/// The subscriptions, gone or not, by which an AE is told.
fn subscriptions<'a>(model: &'a Model, entity: &'a str) -> impl Iterator<Item = &'a Resource> {
    let point = model.point_of_access(entity);
    let names = move |subscription: &&Resource| {
        let targets = subscription.written.get("nu").and_then(Value::as_array);
        targets.is_some_and(|it| it.iter().any(|it| it.as_str() == point))
    };
    let all = model.resources().iter();
    all.filter(|it| it.kind == Kind::Sub)
        .filter(move |it| point.is_some() && names(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::site::Site;
    use crate::catalogue::Catalogue;
    use crate::engine::setup::facts;
    use crate::profile::Profile;
    use crate::tester::link::Octets;
    use crate::tester::naming::Naming;
    use serde_json::json;

    /// AE1 alone may retrieve; AE2 has subscribed to c0 nevertheless, in which i0 is then made.
    fn model(reading: &str) -> Model {
        let catalogue = Catalogue::embedded().expect("the catalogue");
        let profile = Profile::load("reference", &[], &catalogue).expect("one");
        let mut site = Site::of(&facts(&profile, &catalogue, 1), &[]);
        site.pixit
            .insert("PIXIT_NTF_RECHECK".into(), reading.into());
        let naming = Naming::new(&site.ae_stem, 1, "notified", 1, "tested");
        let mut model = Model::new(site, naming);
        for entity in ["AE1", "AE2"] {
            model.is_notified_at(entity, format!("http://127.0.0.1:1/{entity}"));
        }
        let resource = |slot: &str, kind, parent: &str| Resource {
            slot: slot.to_owned(),
            kind,
            parent: Some(parent.to_owned()),
            creator: "AE1".to_owned(),
            ..Resource::base(slot)
        };
        model.insert(resource("c0", Kind::Cnt, "CB"));
        model.insert(resource("c1", Kind::Cnt, "CB"));
        let mut subscription = resource("s0", Kind::Sub, "c0");
        let targets = json!(["http://127.0.0.1:1/AE2"]);
        subscription.written.insert("nu".into(), targets);
        model.insert(subscription);
        model.insert(resource("i0", Kind::Cin, "c0"));
        model.note_entitled("i0");
        model
    }

    fn is_too_much(model: &Model, entity: &str, slot: &str) -> bool {
        let inbound = Inbound {
            method: "POST".into(),
            target: "/".into(),
            headers: Vec::new(),
            body: Octets(format!("{{\"con\":\"{}\"}}", model.canary(slot)).into()),
        };
        told_too_much(model, entity, &inbound).is_some()
    }

    #[test]
    fn an_ae_is_told_of_what_it_has_subscribed_to_and_of_what_it_may_retrieve() {
        let model = model("none");
        assert!(!is_too_much(&model, "AE2", "c0"));
        assert!(!is_too_much(&model, "AE2", "i0"));
        assert!(is_too_much(&model, "AE2", "c1"));
        assert!(!is_too_much(&model, "AE1", "c1"));
    }

    #[test]
    fn rights_are_asked_for_at_each_event_where_the_iut_says_so() {
        let model = model("recheck");
        assert!(is_too_much(&model, "AE2", "i0"));
        assert!(!is_too_much(&model, "AE2", "c0"));
    }
}
