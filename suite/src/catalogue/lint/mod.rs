//! What has to hold of the catalogue so that a run can be trusted.

mod behaviour;
mod problem;
mod reference;

pub use problem::{LintError, Problem};

use super::{Catalogue, Purpose};

/// The roles that an id can begin with.
const ROLES: [&str; 4] = ["CSE", "MAF", "MEF", "AE"];

impl Catalogue {
    /// Everything that is wrong with the catalogue; `faults` are the names of the faults of the
    /// reference with the requirements that they break.
    pub fn lint(&self, faults: &[(&str, &str)]) -> Vec<LintError> {
        let mut errors: Vec<LintError> = self
            .repeated
            .iter()
            .map(|name| Problem::Repeated.at(name))
            .collect();
        for (purpose, stem) in self.purposes.iter().zip(&self.stems) {
            let mut problems = identity(purpose, stem);
            reference::check(self, purpose, faults, &mut problems);
            behaviour::check(self, purpose, &mut problems);
            errors.extend(problems.into_iter().map(|problem| problem.at(&purpose.id)));
        }
        for question in self.questions.values() {
            let mut problems = Vec::new();
            reference::question(self, question, &mut problems);
            errors.extend(
                problems
                    .into_iter()
                    .map(|problem| problem.at(&question.pics)),
            );
        }
        errors.extend(self.credential_sets());
        errors.extend(self.dispositions());
        errors.extend(self.lint_official());
        errors
    }

    /// Who acts with credentials of its own shares them with nobody, and the first set is that of all.
    fn credential_sets(&self) -> Vec<LintError> {
        let mut seen = std::collections::BTreeSet::new();
        let named = self.purposes.iter().filter_map(|purpose| {
            let set = purpose.credential_set?;
            let paired = purpose
                .scenario()
                .map_or(0, |scenario| scenario.paired.len());
            let mut taken = set..=set.saturating_add(paired.saturating_sub(1));
            let is_its_own = set > 0 && taken.all(|set| seen.insert((purpose.group(), set)));
            (!is_its_own).then(|| Problem::CredentialSet(set).at(&purpose.id))
        });
        named.collect()
    }

    /// A requirement has one disposition, and none beside its purposes.
    fn dispositions(&self) -> impl Iterator<Item = LintError> {
        let tested: std::collections::BTreeSet<&str> = self
            .purposes
            .iter()
            .filter(|purpose| purpose.lacks().is_none())
            .flat_map(|purpose| purpose.requirements.iter().map(String::as_str))
            .collect();
        self.requirements.values().filter_map(move |requirement| {
            let said = [
                &requirement.planned,
                &requirement.untestable,
                &requirement.out_of_profile,
            ];
            let said = said.into_iter().flatten().count();
            let expected = usize::from(!tested.contains(requirement.id.as_str()));
            (said != expected).then(|| {
                Problem::Dispositions {
                    expected,
                    got: said,
                }
                .at(&requirement.id)
            })
        })
    }
}

fn identity(purpose: &Purpose, stem: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let parts: Vec<&str> = purpose.id.split('/').collect();
    let formed = match parts.as_slice() {
        [role, group, subgroup, number] => {
            ROLES.contains(role)
                && is_word(group)
                && is_word(subgroup)
                && number.len() == 3
                && number.bytes().all(|digit| digit.is_ascii_digit())
        }
        _ => false,
    };
    if !formed {
        problems.push(Problem::Id);
    }
    if purpose.group() != stem {
        problems.push(Problem::Group { file: stem.into() });
    }
    problems
}

fn is_word(part: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    !part.is_empty() && part.bytes().all(letter)
}

#[cfg(test)]
mod tests;
