//! Which purposes are meant, and which of them apply to an IUT.

use super::{Catalogue, OfficialCase, Purpose};
use crate::profile::Profile;
use crate::suggest::nearest;
use crate::verdict::Scope;
use globset::{Glob, GlobBuilder, GlobMatcher};
use thiserror::Error;

/// Purposes, by id, and whether they are all there are.
#[derive(Debug, Clone)]
pub struct Selection<'a> {
    /// The purposes.
    pub purposes: Vec<&'a Purpose>,
    /// `full` only if nothing is left out.
    pub scope: Scope,
}

/// Why a pattern selects nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SelectError {
    /// It is no glob.
    #[error("{pattern:?} is not a glob: {reason}")]
    Glob {
        /// The pattern.
        pattern: String,
        /// Why not.
        reason: String,
    },
    /// It is a group whose purposes are still to come.
    #[error("group {group} is planned and has no purposes yet")]
    Planned {
        /// The group.
        group: String,
    },
    /// It is an official case whose purposes are still to come.
    #[error("{case} is covered by no purpose yet: planned in {subgroup}")]
    Uncovered {
        /// The case.
        case: String,
        /// Where they will be.
        subgroup: String,
    },
    /// No purpose, group or official name matches.
    #[error("no purpose or group matches {pattern:?}")]
    Unknown {
        /// The pattern.
        pattern: String,
        /// The nearest group or id.
        suggestion: Option<String>,
    },
}

impl Catalogue {
    /// The purposes that match one of the patterns; all of them without a pattern.
    ///
    /// A pattern is a group, a glob over ids, or the official name of a test case or of an interoperability test, which
    /// means the purposes that cover it; case does not matter.
    pub fn select(&self, patterns: &[String]) -> Result<Selection<'_>, SelectError> {
        let mut chosen = vec![patterns.is_empty(); self.purposes.len()];
        for pattern in patterns {
            let matcher = matcher(pattern)?;
            let mut matched = false;
            let official = self.official.iter();
            let official: Vec<&OfficialCase> = official
                .filter(|case| case.is_meant(pattern, &matcher))
                .collect();
            for (purpose, chosen) in self.purposes.iter().zip(&mut chosen) {
                let covers = |case: &&OfficialCase| case.covered_by.contains(&purpose.id);
                if is_meant(purpose, pattern, &matcher) || official.iter().any(covers) {
                    (*chosen, matched) = (true, true);
                }
            }
            if !matched {
                return Err(match official.first() {
                    Some(case) => uncovered(case),
                    None => self.unknown(pattern),
                });
            }
        }
        let scope = match chosen.iter().all(|chosen| *chosen) {
            true => Scope::Full,
            false => Scope::Selection,
        };
        let purposes = self.purposes.iter().zip(chosen);
        Ok(Selection {
            purposes: purposes
                .filter_map(|(purpose, chosen)| chosen.then_some(purpose))
                .collect(),
            scope,
        })
    }

    /// Whether a purpose applies to an IUT; else the role or claim that decides.
    pub fn applicable(&self, purpose: &Purpose, profile: &Profile) -> Result<(), String> {
        if !profile.judges(purpose.role()) {
            return Err(format!("role {} is not judged", purpose.role()));
        }
        for condition in &purpose.pics {
            let (names, wanted) = match condition.strip_prefix('!') {
                Some(name) => (name, false),
                None => (condition.as_str(), true),
            };
            let claimed = names
                .split('|')
                .any(|name| profile.claims(name.trim(), self));
            match (claimed, wanted) {
                (true, false) => return Err(format!("{names} is claimed")),
                (false, true) => {
                    let names: Vec<&str> = names.split('|').map(str::trim).collect();
                    return Err(format!("{} is not claimed", names.join(" or ")));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn unknown(&self, pattern: &str) -> SelectError {
        let group = pattern.to_lowercase();
        if self
            .requirements
            .values()
            .any(|requirement| requirement.planned.as_ref() == Some(&group))
        {
            return SelectError::Planned { group };
        }
        let groups = self.groups();
        let purposes = self.purposes.iter();
        let ids = purposes.flat_map(|purpose| purpose.interop.iter().chain([&purpose.id]));
        let ids = ids.map(String::as_str);
        SelectError::Unknown {
            pattern: pattern.into(),
            suggestion: nearest(pattern, groups.iter().map(String::as_str).chain(ids))
                .map(str::to_owned),
        }
    }
}

fn matcher(pattern: &str) -> Result<GlobMatcher, SelectError> {
    GlobBuilder::new(pattern)
        .case_insensitive(true)
        .build()
        .as_ref()
        .map(Glob::compile_matcher)
        .map_err(|error| SelectError::Glob {
            pattern: pattern.into(),
            reason: error.kind().to_string(),
        })
}

fn is_meant(purpose: &Purpose, pattern: &str, matcher: &GlobMatcher) -> bool {
    let mut names = purpose.interop.iter().chain([&purpose.id]);
    purpose.group().eq_ignore_ascii_case(pattern) || names.any(|name| matcher.is_match(name))
}

fn uncovered(case: &OfficialCase) -> SelectError {
    SelectError::Uncovered {
        case: case.id.clone(),
        subgroup: case.planned.clone().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        let row = |id: &str, pics: &str| {
            format!(
                "[[purpose]]\nid = {id:?}\ntitle = \"t\"\nrequirements = []\npics = [{pics}]\nkind = \"valid\"\n"
            )
        };
        let acp = [
            row("CSE/ACP/OPS/001", "\"PICS_ACP\""),
            row("CSE/ACP/OPS/002", "\"PICS_SUB|PICS_GROUP\""),
            row("CSE/ACP/TIM/001", "\"!PICS_ACP\""),
        ];
        let names = ["PICS_ACP", "PICS_SUB", "PICS_GROUP"];
        let pics = names.map(|name| format!("[[pics]]\nname = {name:?}\ntext = \"t\"\n"));
        Catalogue::from_files([
            ("acp.toml", acp.concat().as_str()),
            ("dac.toml", row("CSE/DAC/RES/001", "").as_str()),
            ("pics.toml", pics.concat().as_str()),
        ])
        .expect("a small catalogue")
    }

    fn ids(patterns: &[&str]) -> Vec<String> {
        let patterns: Vec<String> = patterns.iter().map(ToString::to_string).collect();
        let catalogue = catalogue();
        let selection = catalogue.select(&patterns).expect("known patterns");
        selection
            .purposes
            .iter()
            .map(|purpose| purpose.id.clone())
            .collect()
    }

    #[test]
    fn no_pattern_is_the_full_scope() {
        let catalogue = catalogue();
        let selection = catalogue.select(&[]).expect("everything");
        assert_eq!(
            (selection.purposes.len(), selection.scope),
            (4, Scope::Full)
        );
    }

    #[test]
    fn group_is_found_in_any_case() {
        assert_eq!(ids(&["Dac"]), ["CSE/DAC/RES/001"]);
    }

    #[test]
    fn globs_join_and_repeat_nothing() {
        assert_eq!(ids(&["CSE/ACP/OPS/*", "*/001"]).len(), 4);
        assert_eq!(
            ids(&["cse/acp/ops/00?"]),
            ["CSE/ACP/OPS/001", "CSE/ACP/OPS/002"]
        );
    }

    #[test]
    fn unknown_pattern_gets_a_suggestion() {
        let error = catalogue()
            .select(&["apc".into()])
            .expect_err("no such group");
        let suggestion = Some("acp".into());
        assert_eq!(
            error,
            SelectError::Unknown {
                pattern: "apc".into(),
                suggestion
            }
        );
    }

    #[test]
    fn official_name_means_the_purposes_that_cover_it() {
        let official = "[[case]]\nid = \"TP/oneM2M/CSE/SEC/ACP/001\"\nsummary = \"s\"\nexpects = \"denied\"\n\
                        [case.operations]\nCRE = [\"CSE/ACP/OPS/001\"]\nRET = [\"CSE/ACP/OPS/002\"]\n\
                        [[case]]\nid = \"TP/oneM2M/CSE/SEC/ACP/002\"\nsummary = \"s\"\nexpects = \"denied\"\n\
                        planned = \"CSE/ACP/LOC\"\n";
        let row = |id: &str| {
            format!(
                "[[purpose]]\nid = {id:?}\ntitle = \"t\"\nrequirements = []\npics = []\nkind = \"valid\"\n"
            )
        };
        let acp = [row("CSE/ACP/OPS/001"), row("CSE/ACP/OPS/002")].concat();
        let catalogue =
            Catalogue::from_files([("acp.toml", acp.as_str()), ("ts0018.toml", official)])
                .expect("a small catalogue");
        let count = |pattern: &str| {
            let selected = catalogue.select(&[pattern.to_owned()]);
            selected.map(|selection| selection.purposes.len())
        };
        assert_eq!(count("tp/onem2m/cse/sec/acp/001_ret"), Ok(1));
        assert_eq!(count("TP/oneM2M/CSE/SEC/ACP/001"), Ok(2));
        assert_eq!(count("TP/oneM2M/*"), Ok(2));
        let error = count("TP/oneM2M/CSE/SEC/ACP/002").expect_err("nothing covers it");
        assert_eq!(
            error.to_string(),
            "TP/oneM2M/CSE/SEC/ACP/002 is covered by no purpose yet: planned in CSE/ACP/LOC"
        );
    }

    #[test]
    fn interoperability_test_means_the_purposes_that_stand_for_it() {
        let row = "[[purpose]]\nid = \"CSE/SAE/PSK/050\"\ninterop = \"TD_M2M_SE_01\"\ntitle = \"t\"\nrequirements = []\n\
                   pics = []\nkind = \"valid\"\n";
        let catalogue = Catalogue::from_files([("sae-psk.toml", row)]).expect("a small catalogue");
        let count = |pattern: &str| {
            let selected = catalogue.select(&[pattern.to_owned()]);
            selected.map(|selection| selection.purposes.len())
        };
        assert_eq!(count("td_m2m_se_01"), Ok(1));
        let suggestion = Some("TD_M2M_SE_01".to_owned());
        let pattern = "TD_M2M_SE01".to_owned();
        assert_eq!(
            count("TD_M2M_SE01"),
            Err(SelectError::Unknown {
                pattern,
                suggestion
            })
        );
    }

    #[test]
    fn planned_group_is_told_from_an_unknown_one() {
        let requirement = "[[requirement]]\nid = \"TS-0003/8.2/1\"\nspec = \"s\"\nclause = \"8.2\"\nlevel = \"shall\"\n\
                           subject = \"CSE\"\ntext = \"t\"\ntestable = \"black-box\"\nplanned = \"sae-psk\"\n";
        let catalogue =
            Catalogue::from_files([("requirements/a.toml", requirement)]).expect("one requirement");
        let error = catalogue
            .select(&["SAE-PSK".into()])
            .expect_err("no purposes yet");
        assert_eq!(
            error,
            SelectError::Planned {
                group: "sae-psk".into()
            }
        );
    }

    #[test]
    fn broken_glob_is_refused() {
        let error = catalogue()
            .select(&["CSE/[".into()])
            .expect_err("an open class");
        assert!(matches!(error, SelectError::Glob { .. }));
    }

    #[test]
    fn claim_that_decides_is_named() {
        let catalogue = catalogue();
        let profile = Profile::parse_for_test("PICS_ACP = true", &catalogue);
        let decided = |id: &str| {
            let purpose = catalogue.purpose(id).expect("a purpose of the catalogue");
            catalogue.applicable(purpose, &profile)
        };
        assert_eq!(decided("CSE/ACP/OPS/001"), Ok(()));
        assert_eq!(
            decided("CSE/ACP/OPS/002"),
            Err("PICS_SUB or PICS_GROUP is not claimed".into())
        );
        assert_eq!(
            decided("CSE/ACP/TIM/001"),
            Err("PICS_ACP is claimed".into())
        );
    }
}
