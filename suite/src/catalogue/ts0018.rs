//! The official security test cases of TS-0018, and the purposes that cover each.

use super::lint::{LintError, Problem};
use super::{Catalogue, Purpose};
use globset::GlobMatcher;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// How every official name begins.
const PREFIX: &str = "TP/oneM2M/";

/// The file `suite/catalogue/ts0018.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficialFile {
    case: Vec<Entry>,
}

/// An entry: one case, or one for each of several operations.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    summary: String,
    expects: Expects,
    #[serde(default)]
    purposes: Vec<String>,
    #[serde(default)]
    operations: BTreeMap<Operation, Vec<String>>,
    #[serde(default)]
    planned: Option<String>,
    #[serde(default)]
    note: Option<String>,
}

/// The operation at the end of an official name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
enum Operation {
    Cre,
    Upd,
    Ret,
    Del,
}

/// What an official case expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expects {
    /// The request is valid and done.
    Accepted,
    /// The request is invalid.
    Refused,
    /// The originator has the right.
    Permitted,
    /// The originator lacks the right.
    Denied,
}

/// An official test case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficialCase {
    /// Its official name.
    pub id: String,
    /// What it varies, in own words.
    pub summary: String,
    /// What it expects.
    pub expects: Expects,
    /// Ids of the purposes that together cover it.
    pub covered_by: Vec<String>,
    /// The subgroup in which purposes for it are planned, if none covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<String>,
    /// How the purposes differ from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl OfficialFile {
    /// The cases, in the order of the file.
    pub(super) fn cases(self) -> Vec<OfficialCase> {
        self.case.into_iter().flat_map(Entry::cases).collect()
    }
}

impl Entry {
    fn cases(self) -> Vec<OfficialCase> {
        let case = |id: String, covered_by: &[String]| OfficialCase {
            id,
            summary: self.summary.clone(),
            expects: self.expects,
            covered_by: covered_by.to_vec(),
            planned: self.planned.clone(),
            note: self.note.clone(),
        };
        if self.operations.is_empty() {
            return vec![case(self.id.clone(), &self.purposes)];
        }
        self.operations
            .iter()
            .map(|(operation, purposes)| case(format!("{}_{operation}", self.id), purposes))
            .collect()
    }
}

impl OfficialCase {
    /// Whether a pattern means it: its name, with or without the operation, or a glob.
    pub(super) fn is_meant(&self, pattern: &str, matcher: &GlobMatcher) -> bool {
        let whole = self.id.rsplit_once('_').map_or("", |(whole, _)| whole);
        matcher.is_match(&self.id)
            || [self.id.as_str(), whole]
                .into_iter()
                .any(|name| name.eq_ignore_ascii_case(pattern))
    }
}

impl Catalogue {
    /// The official names of the cases that a purpose covers.
    pub fn official_names(&self, purpose: &Purpose) -> Vec<String> {
        self.official
            .iter()
            .filter(|case| case.covered_by.contains(&purpose.id))
            .map(|case| case.id.clone())
            .collect()
    }

    /// An official case is covered by purposes that exist, or planned where there are none.
    pub(super) fn lint_official(&self) -> Vec<LintError> {
        let mut seen = BTreeSet::new();
        let mut errors = Vec::new();
        for case in &self.official {
            let mut problems = Vec::new();
            if !seen.insert(&case.id) {
                problems.push(Problem::Repeated);
            }
            if !case.id.starts_with(PREFIX) {
                problems.push(Problem::OfficialName);
            }
            if case.covered_by.is_empty() != case.planned.is_some() {
                problems.push(Problem::Coverage);
            }
            let unknown = case
                .covered_by
                .iter()
                .filter(|id| self.purpose(id).is_none());
            problems.extend(unknown.map(|id| Problem::Unknown {
                kind: "purpose",
                name: id.clone(),
            }));
            if let Some(subgroup) = &case.planned
                && self.has_purposes_in(subgroup)
            {
                let subgroup = subgroup.clone();
                problems.push(Problem::NoLongerPlanned { subgroup });
            }
            errors.extend(problems.into_iter().map(|problem| problem.at(&case.id)));
        }
        errors
    }

    fn has_purposes_in(&self, subgroup: &str) -> bool {
        let within = |purpose: &Purpose| {
            let rest = purpose.id.strip_prefix(subgroup);
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        self.purposes.iter().any(within)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(formatter)
    }
}

impl fmt::Display for Expects {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PURPOSES: &str = "\
[[purpose]]
id = \"CSE/ACP/OPS/001\"
title = \"t\"
requirements = []
pics = []
kind = \"valid\"
";

    fn catalogue(official: &str) -> Catalogue {
        Catalogue::from_files([("acp.toml", PURPOSES), ("ts0018.toml", official)])
            .expect("a small catalogue")
    }

    fn case(id: &str, members: &str) -> String {
        format!("[[case]]\nid = {id:?}\nsummary = \"s\"\nexpects = \"denied\"\n{members}\n")
    }

    fn problems(official: &str) -> Vec<Problem> {
        let errors = catalogue(official).lint_official();
        errors.into_iter().map(|error| error.problem).collect()
    }

    #[test]
    fn every_official_security_case_is_there_once() {
        let catalogue = Catalogue::embedded().expect("the catalogue");
        assert_eq!(catalogue.lint_official(), []);
        let mut expected: Vec<String> = (1..=4).map(|number| format!("CRE/{number:03}")).collect();
        expected.extend((1..=2).map(|number| format!("UPD/{number:03}")));
        for number in 1..=12 {
            expected.extend(["CRE", "UPD", "RET", "DEL"].map(|end| format!("{number:03}_{end}")));
        }
        let ids: Vec<&str> = catalogue
            .official
            .iter()
            .filter_map(|case| case.id.strip_prefix("TP/oneM2M/CSE/SEC/ACP/"))
            .collect();
        assert_eq!(ids, expected);
        assert_eq!(ids.len(), 54);
    }

    #[test]
    fn covered_case_needs_purposes_that_exist() {
        let name = "TP/oneM2M/CSE/SEC/ACP/001";
        let covered = case(name, "operations = { RET = [\"CSE/ACP/OPS/001\"] }");
        assert_eq!(problems(&covered), []);
        let unknown = case(name, "purposes = [\"CSE/ACP/OPS/002\"]");
        let problem = Problem::Unknown {
            kind: "purpose",
            name: "CSE/ACP/OPS/002".into(),
        };
        assert_eq!(problems(&unknown), [problem]);
    }

    #[test]
    fn case_is_either_covered_or_planned() {
        let name = "TP/oneM2M/CSE/SEC/ACP/001";
        assert_eq!(problems(&case(name, "")), [Problem::Coverage]);
        let planned = case(name, "planned = \"CSE/ACP/LOC\"");
        assert_eq!(problems(&planned), []);
        let both = "planned = \"CSE/ACP/LOC\"\npurposes = [\"CSE/ACP/OPS/001\"]";
        assert_eq!(problems(&case(name, both)), [Problem::Coverage]);
    }

    #[test]
    fn plan_ends_when_there_are_purposes() {
        let planned = case("TP/oneM2M/CSE/SEC/ACP/001", "planned = \"CSE/ACP/OPS\"");
        let subgroup = "CSE/ACP/OPS".into();
        assert_eq!(problems(&planned), [Problem::NoLongerPlanned { subgroup }]);
    }

    #[test]
    fn names_are_official_and_occur_once() {
        let planned = "planned = \"CSE/ACP/LOC\"";
        let own = case("CSE/ACP/OPS/001", planned);
        assert_eq!(problems(&own), [Problem::OfficialName]);
        let one = case("TP/oneM2M/CSE/SEC/ACP/001", planned);
        assert_eq!(problems(&format!("{one}{one}")), [Problem::Repeated]);
    }
}
