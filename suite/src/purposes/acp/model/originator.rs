//! Entries of accessControlOriginators: the ways to name an entity, and what comes close to one.

use super::ground::{Entity, Ground};
use super::membership::{self, GroupForm};
use proptest::prelude::*;
use proptest::sample::select;

/// What an entry is, seen from the entity that sends the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryForm {
    /// Its AE-ID-Stem.
    Stem,
    /// Its SP-relative AE-ID.
    SpRelative,
    /// Its absolute AE-ID.
    Absolute,
    /// The keyword.
    All,
    /// Its SP domain.
    Domain,
    /// Its identifier in some form, a piece of it in one segment replaced by a wildcard.
    Wild,
    /// The same with two or more wildcards.
    WildTwice,
    /// A wildcard that stands for no character.
    WildEmpty,
    /// Wildcards for whole segments.
    WildSegments,
    /// A wildcard in the part that names the CSE or the domain.
    WildPath,
    /// Another entity.
    Other,
    /// A stem that is longer, shorter, or of other case.
    NearStem,
    /// The same stem at another CSE or of another domain.
    Elsewhere,
    /// A domain that is not its own, by a little.
    NearDomain,
    /// A domain with a wildcard.
    WildDomain,
    /// A wildcard whose pieces overlap in the identifier, or are in another order.
    WildOverlap,
    /// A wildcard that would have to reach over a slash.
    WildSlash,
    /// A wildcard behind or before something else.
    WildMiss,
    /// Characters that mean something in other languages of patterns.
    OtherPattern,
    /// Almost the keyword.
    NearAll,
    /// The identifier of a group.
    Group(GroupForm),
    /// Entries that name the entity only when they are put together, or taken apart.
    Pieces,
    /// Nothing at all.
    Nobody,
    /// An entry that no list can hold.
    Meaningless,
}

impl EntryForm {
    /// Whether the entity is meant not to be among those that the entry stands for.
    pub fn misses(self) -> bool {
        use EntryForm as Form;
        !matches!(
            self,
            Form::Stem
                | Form::SpRelative
                | Form::Absolute
                | Form::All
                | Form::Domain
                | Form::Wild
                | Form::WildTwice
                | Form::WildEmpty
                | Form::WildSegments
                | Form::WildPath
                | Form::Group(GroupForm::Member)
        )
    }
}

/// Entries of a form, as they stand beside each other in a list.
pub fn entries(
    ground: &Ground,
    entity: &Entity,
    other: &Entity,
    form: EntryForm,
) -> BoxedStrategy<Vec<String>> {
    use EntryForm as Form;
    let stem = entity.stem.clone();
    let in_domain = entity.sp_relative.clone();
    let absolute = ground
        .domain
        .as_ref()
        .map(|domain| format!("{domain}{in_domain}"));
    let written: Vec<String> = [
        Some(stem.clone()),
        Some(in_domain.clone()),
        absolute.clone(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let domain = ground
        .domain
        .clone()
        .unwrap_or_else(|| "//sp.invalid".into());
    let one = |text: String| vec![text];
    match form {
        Form::Stem => Just(one(stem)).boxed(),
        Form::SpRelative => Just(one(in_domain)).boxed(),
        Form::Absolute => Just(one(absolute.unwrap_or(in_domain))).boxed(),
        Form::All => Just(one("all".into())).boxed(),
        Form::Domain if absolute.is_some() => Just(one(domain)).boxed(),
        Form::Domain => Just(one("all".into())).boxed(),
        Form::Wild => select(written)
            .prop_flat_map(|text| wild(text, 1))
            .prop_map(one)
            .boxed(),
        Form::WildTwice => (select(written), 2..4_usize)
            .prop_flat_map(|(text, stars)| wild(text, stars))
            .prop_map(one)
            .boxed(),
        Form::WildEmpty => select(written)
            .prop_flat_map(|text| {
                let first = last_segment(&text);
                (Just(text.clone()), first..=text.len())
            })
            .prop_map(move |(text, place)| vec![spliced(&text, place, place, "*")])
            .boxed(),
        Form::WildSegments => select(whole_segments(entity, absolute.is_some()))
            .prop_map(one)
            .boxed(),
        Form::WildPath => select(wild_paths(ground, entity, absolute.as_deref()))
            .prop_map(one)
            .boxed(),
        Form::Other => Just(one(other.stem.clone())).boxed(),
        Form::NearStem => select(near(&stem)).prop_map(one).boxed(),
        Form::Elsewhere => select(elsewhere(ground, &stem, &domain))
            .prop_map(one)
            .boxed(),
        Form::NearDomain => select(near_domains(&domain)).prop_map(one).boxed(),
        Form::WildDomain => select(wild_domains(&domain)).prop_map(one).boxed(),
        Form::WildOverlap => select(overlaps(&stem)).prop_map(one).boxed(),
        Form::WildSlash => select(over_slashes(&in_domain, absolute.as_deref()))
            .prop_map(one)
            .boxed(),
        Form::WildMiss => select(wild_misses(&stem)).prop_map(one).boxed(),
        Form::OtherPattern => select(other_patterns(&stem)).prop_map(one).boxed(),
        Form::NearAll => select(vec!["ALL", "All", "aLL", "al", "alls", "all*", "*all"])
            .prop_map(move |text| one(text.into()))
            .boxed(),
        Form::Group(form) => {
            let otherwise = match form {
                GroupForm::Member => &stem,
                _ => &other.stem,
            };
            membership::strategy(membership::entries(ground, entity, form), otherwise)
                .prop_map(one)
                .boxed()
        }
        Form::Pieces => (1..stem.len().max(2))
            .prop_map(move |at| {
                let (head, tail) = stem.split_at_checked(at).unwrap_or((&stem, "x"));
                vec![head.to_owned(), tail.to_owned()]
            })
            .boxed(),
        Form::Nobody => Just(Vec::new()).boxed(),
        Form::Meaningless => {
            let blank = format!("x {stem}");
            select(vec![String::new(), blank, " ".into()])
                .prop_map(one)
                .boxed()
        }
    }
}

/// Where the last segment begins.
fn last_segment(text: &str) -> usize {
    text.rfind('/').map_or(0, |slash| slash + 1)
}

/// A text with a part of it replaced.
fn spliced(text: &str, from: usize, to: usize, by: &str) -> String {
    let head = text.get(..from).unwrap_or_default();
    let tail = text.get(to..).unwrap_or_default();
    format!("{head}{by}{tail}")
}

/// Pieces of the last segment, each replaced by a wildcard; the first character stays, since it tells the scope.
fn wild(text: String, stars: usize) -> impl Strategy<Value = String> {
    let first = last_segment(&text) + 1;
    let end = text.len();
    let places = proptest::collection::vec(first..=end, stars * 2);
    places.prop_map(move |mut places| {
        places.sort_unstable();
        let mut pattern = text.clone();
        for pair in places.rchunks(2) {
            if let [from, to] = pair {
                let to = (*to).max(from + 1).min(end);
                // Places may touch: what is replaced already is not replaced again.
                if to <= pattern.len() && pattern.is_char_boundary(to) && *from < to {
                    pattern = spliced(&pattern, *from, to, "*");
                }
            }
        }
        pattern
    })
}

/// One wildcard for each of the last segments.
fn whole_segments(entity: &Entity, has_domain: bool) -> Vec<String> {
    let path = entity.sp_relative.as_str();
    let stars: String = path.split('/').skip(1).map(|_| "/*").collect();
    let mut patterns = vec![
        "*".to_owned(),
        format!("{}*", path.get(..last_segment(path)).unwrap_or_default()),
        stars.clone(),
        "**".to_owned(),
    ];
    if has_domain {
        patterns.push(format!("//*{stars}"));
    }
    patterns
}

/// Wildcards before the last segment.
fn wild_paths(ground: &Ground, entity: &Entity, absolute: Option<&str>) -> Vec<String> {
    let path = entity.sp_relative.as_str();
    let mut patterns = Vec::new();
    let cse = ground.cse.as_str();
    if let Some(stem) = path.strip_prefix(cse) {
        let (first, last) = (
            cse.get(..2).unwrap_or("/"),
            cse.get(2..).unwrap_or_default(),
        );
        patterns.push(format!("/*{stem}"));
        patterns.push(format!("{first}*{stem}"));
        patterns.push(format!("/*{last}{stem}"));
    }
    if let (Some(absolute), Some(domain)) = (absolute, &ground.domain) {
        let behind = absolute.strip_prefix(domain.as_str()).unwrap_or_default();
        let kept = domain.get(..domain.len().saturating_sub(2)).unwrap_or("//");
        patterns.push(format!("//*{behind}"));
        patterns.push(format!("{kept}*{behind}"));
    }
    if patterns.is_empty() {
        patterns.push("/*".into());
    }
    patterns
}

/// Stems that differ from one in a character.
fn near(stem: &str) -> Vec<String> {
    let head = stem.get(..1).unwrap_or_default();
    let tail = stem.get(1..).unwrap_or_default();
    let shorter = stem.get(..stem.len().saturating_sub(1)).unwrap_or_default();
    vec![
        format!("{stem}2"),
        shorter.to_owned(),
        tail.to_owned(),
        format!("x{stem}"),
        format!("{head}{}", tail.to_lowercase()),
        format!("{head}{}", tail.to_uppercase()),
        stem.to_lowercase(),
    ]
}

/// The same stem in other surroundings.
fn elsewhere(ground: &Ground, stem: &str, domain: &str) -> Vec<String> {
    let cse = &ground.cse;
    let mut entries = vec![
        format!("/tpx/{stem}"),
        format!("{cse}2/{stem}"),
        format!("//other.example{cse}/{stem}"),
        format!("{domain}/tpx/{stem}"),
        format!("/{stem}2"),
    ];
    if !ground.missing_group_rejects {
        // This could be the identifier of a resource.
        entries.push(format!("{cse}/x/{stem}"));
    }
    entries
}

fn near_domains(domain: &str) -> Vec<String> {
    let shorter = domain
        .get(..domain.len().saturating_sub(1))
        .unwrap_or_default();
    vec![
        "//other.example".into(),
        shorter.to_owned(),
        format!("{domain}x"),
        format!("{domain}/"),
        domain.trim_start_matches('/').to_owned(),
        format!("//sub.{}", domain.trim_start_matches('/')),
    ]
}

fn wild_domains(domain: &str) -> Vec<String> {
    let shorter = domain
        .get(..domain.len().saturating_sub(2))
        .unwrap_or_default();
    vec!["//*".into(), format!("{shorter}*"), format!("{domain}*")]
}

/// Prefix and suffix of a stem that have a character in common, and pieces in the wrong order.
fn overlaps(stem: &str) -> Vec<String> {
    let middle = stem.len() / 2;
    let (head, tail) = stem.split_at_checked(middle).unwrap_or((stem, ""));
    let (first, rest) = stem.split_at_checked(1).unwrap_or((stem, ""));
    let tail_once_more = stem.get(middle.saturating_sub(1)..).unwrap_or_default();
    let (tail_head, tail_tail) = tail.split_at_checked(tail.len() / 2).unwrap_or((tail, ""));
    vec![
        format!("{head}*{tail_once_more}"),
        format!(
            "{stem}*{}",
            stem.get(stem.len().saturating_sub(1)..).unwrap_or_default()
        ),
        format!("{stem}*{rest}"),
        format!("{first}*{tail_tail}*{tail_head}*"),
        format!("{head}*{tail_tail}*{tail_head}"),
    ]
}

/// A wildcard does not stand for a slash.
fn over_slashes(in_domain: &str, absolute: Option<&str>) -> Vec<String> {
    let last = in_domain
        .get(in_domain.len().saturating_sub(2)..)
        .unwrap_or_default();
    let segments = in_domain.matches('/').count();
    let mut patterns = vec![
        format!("{in_domain}/*"),
        format!("/*{}", "/*".repeat(segments)),
    ];
    if segments > 1 {
        patterns.push(format!("/*{last}"));
        patterns.push("/*".into());
    }
    if let Some(absolute) = absolute {
        patterns.push(format!("//*/{last}*{last}"));
        patterns.push(format!("{absolute}/*"));
        patterns.push("//*/x/*".into());
    }
    patterns
}

/// Wildcards with something around them that is not there.
fn wild_misses(stem: &str) -> Vec<String> {
    let middle = stem.len() / 2;
    let (head, tail) = stem.split_at_checked(middle).unwrap_or((stem, ""));
    vec![
        format!("{stem}*x"),
        format!("{head}*x"),
        format!("{head}x*{tail}"),
        format!("{head}*x*{tail}"),
        format!("{head}*{tail}x"),
        format!("{head}*{}", tail.to_uppercase() + "1"),
    ]
}

/// What would match in a shell, in a regular expression, or behind percent-encoding.
fn other_patterns(stem: &str) -> Vec<String> {
    let (first, rest) = stem.split_at_checked(1).unwrap_or((stem, ""));
    let shorter = stem.get(..stem.len().saturating_sub(1)).unwrap_or_default();
    let after_second = stem.get(2..).unwrap_or_default();
    vec![
        format!("{shorter}?"),
        format!("{first}?{after_second}"),
        format!("{first}[a-z]{after_second}"),
        format!("{shorter}[0-9]"),
        format!("{shorter}."),
        format!("{first}.{after_second}"),
        format!("{shorter}+"),
        format!("{first}%2A"),
        format!("{first}%2a"),
        format!("{shorter}%2A"),
        format!("{first}.*"),
        format!("^{stem}$"),
        format!("{stem},x"),
        format!("{first}%"),
        format!("{first}_{}", rest.get(1..).unwrap_or_default()),
    ]
}
