//! Who was judged, by what, and how.

use super::text::Text;
use crate::catalogue::Catalogue;
use crate::report::Results;
use crate::verdict::Scope;

/// A term with what it stands for.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub(super) term: &'static str,
    pub(super) values: Vec<Text>,
}

fn term(term: &'static str, value: &str) -> Term {
    Term {
        term,
        values: vec![Text::new(value)],
    }
}

/// Who was judged.
pub(super) fn identity(results: &Results) -> Vec<Term> {
    let (iut, resolved) = (&results.header.iut, &results.header.resolved);
    let mut endpoints: Vec<Text> = resolved
        .endpoints
        .iter()
        .map(|(name, url)| endpoint(name, url))
        .collect();
    if endpoints.is_empty() {
        endpoints.push(Text::new(
            "a loopback port of this run, on which it started the reference implementation",
        ));
    }
    let mut terms = vec![
        term("Name", &iut.name),
        term("Vendor", &iut.vendor),
        term("Version", &iut.version),
        term("Roles judged", &resolved.roles.join(", ")),
        term("oneM2M release claimed", &resolved.release.to_string()),
        Term {
            term: "Endpoints judged",
            values: endpoints,
        },
        term("CSE-ID", &resolved.cse.id),
        term("<CSEBase>", &resolved.cse.base),
    ];
    if let Some(domain) = &resolved.cse.sp_domain {
        terms.push(term("M2M-SP-ID", domain));
    }
    terms.retain(|term| !term.values.iter().all(Text::is_empty));
    terms
}

/// A URL; what its scheme does not say is said before it.
fn endpoint(name: &str, url: &str) -> Text {
    match url.split_once(':') {
        Some((scheme, _)) if scheme == name => Text::new(url),
        _ => Text::new(&format!("{name}: {url}")),
    }
}

/// The tester's side of the run.
pub(super) fn particulars(results: &Results) -> Vec<Term> {
    let (header, tool) = (&results.header, &results.header.tool);
    let identities = &header.resolved.identities;
    let commit = tool.commit.as_deref().unwrap_or("unknown");
    let advice = match header.strict {
        true => "counts as if it were mandatory (strict)",
        false => "does not count",
    };
    vec![
        term("Tool", &format!("{} {}", tool.name, tool.version)),
        term("Commit", commit),
        term("Catalogue, SHA-256", &tool.catalogue_sha256),
        term("Profile, SHA-256", &header.profile_sha256),
        term("Seed", &header.seed.to_string()),
        term("Started", &header.started.to_string()),
        term("Duration", &duration(results.duration_ms)),
        term("Scope", &header.scope.to_string()),
        term("Failed advice", advice),
        term("Administrator", &identities.admin),
        term("AE-IDs of the tester begin with", &identities.ae_stem),
        term("Source addresses", &header.resolved.sources.join(", ")),
        term("Specifications", &tool.specifications.join(", ")),
    ]
}

/// What a reader has to know before the rest.
pub(super) fn cautions(results: &Results, catalogue: &Catalogue) -> Vec<Text> {
    let mut cautions = Vec::new();
    if results.header.scope == Scope::Selection {
        cautions.push(Text::new(
            "A selection of the purposes was run: the outcome speaks of the selection, not of the IUT.",
        ));
    }
    if results.header.tool.catalogue_sha256 != catalogue.sha256 {
        cautions.push(Text::new(&format!(
            "The run was judged with another catalogue than the one that this page quotes (SHA-256 {}): texts may differ.",
            catalogue.sha256
        )));
    }
    cautions
}

/// Milliseconds as people read them.
pub(super) fn duration(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0) => format!("{milliseconds} ms"),
        (0, 0, seconds) => format!("{seconds}.{} s", milliseconds % 1000 / 100),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(duration(0), "0 ms");
        assert_eq!(duration(12_345), "12.3 s");
        assert_eq!(duration(61_000), "1 min 1 s");
        assert_eq!(duration(u64::MAX), "5124095576030 h 25 min");
    }
}
