//! Fills the texts in the defect of a run with the names of the certificate that it spoils.

use crate::catalogue::behaviour::NamePart;
use crate::profile::PeerName;
use crate::tester::certificate::CertificateError;
use serde_json::{Map, Value};
use thiserror::Error;

/// What the placeholders of a defect stand for.
#[derive(Debug, Clone, Copy)]
pub struct DefectWords<'a> {
    /// The first right name.
    pub name: &'a PeerName,
    /// The AE-ID-Stem or CSE-ID of the holder.
    pub entity: &'a str,
    /// The first name of the other certificate.
    pub another: Option<&'a PeerName>,
    /// Seconds by which the IUT may see validity otherwise (`PIXIT_CLOCK_SKEW`).
    pub clock_skew: u32,
}

/// Why a defect cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DefectWordsError {
    /// The right name has no such part, or is none of that kind.
    #[error("expected a name with a part {{{word}}}, got {name:?}")]
    NoPart {
        /// The placeholder.
        word: String,
        /// The right name.
        name: String,
    },
    /// A name of this form cannot be so.
    #[error(transparent)]
    Name(#[from] CertificateError),
    /// The value does not write.
    #[error("{0}")]
    Value(String),
}

impl DefectWords<'_> {
    /// The defect with every placeholder filled, `same` replaced by the form of the right name, and seconds beyond the clock skew.
    pub fn fill(&self, defect: &Value) -> Result<Value, DefectWordsError> {
        match defect {
            Value::String(text) => self.text(text).map(Value::String),
            Value::Array(values) => values.iter().map(|value| self.fill(value)).collect(),
            Value::Object(members) => self.object(members),
            other => Ok(other.clone()),
        }
    }

    fn object(&self, members: &Map<String, Value>) -> Result<Value, DefectWordsError> {
        if let Some(Value::String(text)) = members.get("same") {
            let name = self.name.same(&self.text(text)?)?;
            return serde_json::to_value(name)
                .map_err(|error| DefectWordsError::Value(error.to_string()));
        }
        let filled = members.iter().map(|(member, value)| {
            let seconds = match member.as_str() {
                "ended_seconds_ago" | "begins_in_seconds" => value.as_u64(),
                _ => None,
            };
            let value = match seconds {
                Some(seconds) => seconds.saturating_add(self.clock_skew.into()).into(),
                None => self.fill(value)?,
            };
            Ok((member.clone(), value))
        });
        filled.collect::<Result<Map<_, _>, _>>().map(Value::Object)
    }

    fn text(&self, text: &str) -> Result<String, DefectWordsError> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, tail)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((word, after)) = tail.split_once('}') else {
                filled.push('{');
                rest = tail;
                continue;
            };
            filled.push_str(&self.word(word)?);
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn word(&self, word: &str) -> Result<String, DefectWordsError> {
        let name = self.name.text();
        let part = NamePart::ALL.into_iter().find(|part| part.word() == word);
        let found = match (word, part) {
            ("entity", _) => Some(self.entity.to_owned()),
            ("another", _) => self.another.map(PeerName::text),
            ("type-id", _) => self.name.type_id(),
            (_, Some(part)) => part.of(&name),
            (_, None) => None,
        };
        found.ok_or_else(|| DefectWordsError::NoPart {
            word: word.to_owned(),
            name,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tester::certificate::{Defect, GeneralName};
    use serde_json::json;

    fn name(text: &str) -> PeerName {
        PeerName::try_from(text.to_owned()).unwrap()
    }

    fn filled(right: &str, defect: Value) -> Result<Defect, DefectWordsError> {
        let (right, another) = (name(right), name("uri://m2m.example.com/S2"));
        let words = DefectWords {
            name: &right,
            entity: "/tstcse1",
            another: Some(&another),
            clock_skew: 2,
        };
        let value = words.fill(&defect)?;
        Ok(serde_json::from_value(value).unwrap())
    }

    #[test]
    fn placeholders_are_parts_of_the_right_name() {
        let defect = json!({"names": [{"dns": "{own-cut}*.{parent}"}, {"uri": "{entity}"}, {"uri": "{another}"}]});
        let names = vec![
            GeneralName::Dns("tstcse*.in.example.com".to_owned()),
            GeneralName::Uri("/tstcse1".to_owned()),
            GeneralName::Uri("//m2m.example.com/S2".to_owned()),
        ];
        let filled = filled("dns:tstcse1.in.example.com", defect);
        assert_eq!(filled, Ok(Defect::Names(names)));
    }

    #[test]
    fn same_keeps_form_and_type() {
        let defect = json!({"names": [{"same": "{name}.7"}]});
        let names = vec![GeneralName::device("0.2.481.1", "100.3030.7").unwrap()];
        let filled = filled("oid:0.2.481.1/100.3030", defect);
        assert_eq!(filled, Ok(Defect::Names(names)));
    }

    #[test]
    fn seconds_are_beyond_the_clock_skew() {
        let filled = filled("dns:a.b", json!({"ended_seconds_ago": 1}));
        assert_eq!(filled, Ok(Defect::EndedSecondsAgo(3)));
    }

    #[test]
    fn part_that_the_name_lacks_is_an_error() {
        let error = filled("dns:a.b", json!({"common_name_only": "{host}"})).unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected a name with a part {host}, got \"a.b\""
        );
    }

    #[test]
    fn every_defect_of_the_catalogue_reads() {
        let catalogue = crate::catalogue::Catalogue::embedded().unwrap();
        let runs = catalogue
            .purposes
            .iter()
            .flat_map(|purpose| &purpose.handshake);
        let runs = runs.flat_map(|handshakes| {
            let of = move |run: &crate::catalogue::behaviour::Run| {
                run.credential.unwrap_or(handshakes.credential)
            };
            handshakes.runs.iter().map(move |run| (of(run), run))
        });
        for (fixture, run) in runs {
            use crate::catalogue::behaviour::Fixture;
            let right = match fixture {
                Fixture::AeCertificate => "uri:https://m2m.example.com/S98821",
                Fixture::DeviceCertificate => "oid:0.2.481.1/100.3030.10011",
                Fixture::NodeCertificate => "uri:urn:gsma:imei:90420156-025763-0;svn=42",
                Fixture::CseCertificate => "dns:tstcse1.in.example.com",
                _ => continue,
            };
            if let Some(defect) = &run.defect {
                assert!(filled(right, defect.clone()).is_ok(), "{}", run.name);
            }
        }
    }
}
