//! Query fields to parameters.

use std::str::FromStr;

use super::attribute::Holder;
use crate::filter::{AttributeFilter, FilterCriteria};
use crate::http::error::FieldError;
use crate::http::{percent, value};
use crate::request::{Request, ResponseType};

/// Reads the fields of `query` into `request`.
///
/// Fields of multiplicity 0..n may be repeated or hold elements joined by `+`; others may occur once. A field that is no
/// parameter is a filter by an attribute.
pub(in crate::http) fn decode(query: &str, request: &mut Request) -> Result<(), FieldError> {
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, text) = pair
            .split_once('=')
            .ok_or_else(|| value::wrong("query", "name=value", pair))?;
        let name = percent::decode(name)
            .ok_or_else(|| value::wrong("query", "percent-encoded UTF-8", name))?;
        decode_field(Field { name: &name, text }, request)?;
    }
    Ok(())
}

fn decode_field(field: Field<'_>, request: &mut Request) -> Result<(), FieldError> {
    match field.name {
        "rt" => {
            let mut value = request
                .response_type
                .as_ref()
                .map(|response_type| response_type.value);
            field.number(&mut value)?;
            request.response_type = value.map(|value| ResponseType {
                value,
                notification_uris: None,
            });
            Ok(())
        }
        "rp" => field.text(&mut request.result_persistence),
        "rcn" => field.number(&mut request.result_content),
        "da" => field.boolean(&mut request.delivery_aggregation),
        "drt" => field.number(&mut request.discovery_result_type),
        "rids" => field.texts(&mut request.role_ids),
        "tids" => field.texts(&mut request.token_ids),
        "ltids" => field.texts(&mut request.local_token_ids),
        "tqi" => field.boolean(&mut request.token_request_indicator),
        "asi" => field.boolean(&mut request.authorization_signature_indicator),
        "auri" => field.boolean(&mut request.authorization_relationship_indicator),
        "sqi" => field.boolean(&mut request.semantic_query_indicator),
        "atrl" => field.texts(&mut request.attribute_list),
        _ => decode_condition(field, &mut request.filter),
    }
}

fn decode_condition(field: Field<'_>, filter: &mut FilterCriteria) -> Result<(), FieldError> {
    match field.name {
        "crb" => field.text(&mut filter.created_before),
        "cra" => field.text(&mut filter.created_after),
        "ms" => field.text(&mut filter.modified_since),
        "us" => field.text(&mut filter.unmodified_since),
        "sts" => field.number(&mut filter.state_tag_smaller),
        "stb" => field.number(&mut filter.state_tag_bigger),
        "exb" => field.text(&mut filter.expire_before),
        "exa" => field.text(&mut filter.expire_after),
        "lbl" => field.texts(&mut filter.labels),
        "ty" => field.numbers(&mut filter.resource_types),
        "sza" => field.number(&mut filter.size_above),
        "szb" => field.number(&mut filter.size_below),
        "cty" => field.texts(&mut filter.content_types),
        "lim" => field.number(&mut filter.limit),
        "fu" => field.number(&mut filter.filter_usage),
        "smf" => {
            filter.semantics_filters.push(field.decoded(field.text)?);
            Ok(())
        }
        "fo" => field.number(&mut filter.filter_operation),
        "cfs" => field.number(&mut filter.content_filter_syntax),
        "cfq" => field.text(&mut filter.content_filter_query),
        "lvl" => field.number(&mut filter.level),
        "ofst" => field.number(&mut filter.offset),
        _ => decode_attribute(field, filter),
    }
}

fn decode_attribute(field: Field<'_>, filter: &mut FilterCriteria) -> Result<(), FieldError> {
    let (holder, name) = Holder::of(field.name).ok_or_else(|| {
        value::wrong(
            "query",
            "a parameter or the short name of an attribute",
            field.name,
        )
    })?;
    let attribute = AttributeFilter {
        name: name.to_owned(),
        value: field.decoded(field.text)?,
    };
    match holder {
        Holder::Resource => filter.attributes.push(attribute),
        Holder::Child => filter.child_attributes.push(attribute),
        Holder::Parent => filter.parent_attributes.push(attribute),
    }
    Ok(())
}

/// One field: its name decoded, its value still as on the wire.
#[derive(Clone, Copy)]
struct Field<'a> {
    name: &'a str,
    text: &'a str,
}

impl Field<'_> {
    fn text(self, slot: &mut Option<String>) -> Result<(), FieldError> {
        self.once(slot, |field| field.decoded(field.text))
    }

    fn number<N: FromStr>(self, slot: &mut Option<N>) -> Result<(), FieldError> {
        self.once(slot, |field| {
            value::number(field.name, &field.decoded(field.text)?)
        })
    }

    fn boolean(self, slot: &mut Option<bool>) -> Result<(), FieldError> {
        self.once(slot, |field| {
            value::boolean(field.name, &field.decoded(field.text)?)
        })
    }

    fn texts(self, list: &mut Vec<String>) -> Result<(), FieldError> {
        for element in self.text.split('+') {
            if element.is_empty() {
                return Err(value::wrong(
                    self.name,
                    "a list without empty elements",
                    self.text,
                ));
            }
            list.push(self.decoded(element)?);
        }
        Ok(())
    }

    fn numbers(self, list: &mut Vec<u32>) -> Result<(), FieldError> {
        for element in self.text.split('+') {
            list.push(value::number(self.name, &self.decoded(element)?)?);
        }
        Ok(())
    }

    fn once<T>(
        self,
        slot: &mut Option<T>,
        read: impl FnOnce(Self) -> Result<T, FieldError>,
    ) -> Result<(), FieldError> {
        if slot.is_some() {
            return Err(FieldError::Repeated {
                name: self.name.to_owned(),
            });
        }
        *slot = Some(read(self)?);
        Ok(())
    }

    fn decoded(self, text: &str) -> Result<String, FieldError> {
        percent::decode(text).ok_or_else(|| value::wrong(self.name, "percent-encoded UTF-8", text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Request, FieldError> {
        let mut request = Request::retrieve("x");
        decode(query, &mut request).map(|()| request)
    }

    #[test]
    fn discovery_of_example_2() {
        let filter = read("ty=3&cr=Sam&fu=1").unwrap().filter;
        let expected = FilterCriteria {
            resource_types: vec![3],
            attributes: vec![AttributeFilter {
                name: "cr".into(),
                value: "Sam".into(),
            }],
            filter_usage: Some(1),
            ..FilterCriteria::default()
        };
        assert_eq!(filter, expected);
    }

    #[test]
    fn lists_are_joined_or_repeated() {
        for query in ["ty=2+3+4", "ty=2&ty=3&ty=4", "ty=2+3&ty=4"] {
            assert_eq!(
                read(query).unwrap().filter.resource_types,
                [2, 3, 4],
                "{query}"
            );
        }
        assert_eq!(
            read("lbl=a%2Bb+key:1").unwrap().filter.labels,
            ["a+b", "key:1"]
        );
        assert_eq!(
            read("rids=r@sp.example+s@sp.example").unwrap().role_ids,
            ["r@sp.example", "s@sp.example"]
        );
        assert_eq!(
            read("tids=t@d&ltids=a+b").unwrap().local_token_ids,
            ["a", "b"]
        );
    }

    #[test]
    fn partial_retrieve_of_the_clause() {
        assert_eq!(
            read("atrl=ri+lbl+rr").unwrap().attribute_list,
            ["ri", "lbl", "rr"]
        );
    }

    #[test]
    fn attributes_of_child_and_parent_have_a_prefix() {
        let filter = read("c.cr=Sam&p.ty=3&cr=a+b").unwrap().filter;
        assert_eq!(
            filter.child_attributes,
            [AttributeFilter {
                name: "cr".into(),
                value: "Sam".into()
            }]
        );
        assert_eq!(
            filter.parent_attributes,
            [AttributeFilter {
                name: "ty".into(),
                value: "3".into()
            }]
        );
        assert_eq!(
            filter.attributes,
            [AttributeFilter {
                name: "cr".into(),
                value: "a+b".into()
            }]
        );
    }

    #[test]
    fn every_other_parameter_is_read() {
        let request = read(
            "rt=2&rp=1&rcn=6&da=1&crb=a&cra=b&ms=c&us=d&sts=1&stb=2&exb=e&exa=f&sza=3&szb=4&cty=g+h&lim=5&smf=i&smf=j&fo=2&cfs=1&cfq=k&lvl=6\
             &ofst=7&drt=2&tqi=true&asi=0&auri=false&sqi=1",
        )
        .unwrap();
        let filter = FilterCriteria {
            created_before: Some("a".into()),
            created_after: Some("b".into()),
            modified_since: Some("c".into()),
            unmodified_since: Some("d".into()),
            state_tag_smaller: Some(1),
            state_tag_bigger: Some(2),
            expire_before: Some("e".into()),
            expire_after: Some("f".into()),
            size_above: Some(3),
            size_below: Some(4),
            content_types: vec!["g".into(), "h".into()],
            limit: Some(5),
            semantics_filters: vec!["i".into(), "j".into()],
            filter_operation: Some(2),
            content_filter_syntax: Some(1),
            content_filter_query: Some("k".into()),
            level: Some(6),
            offset: Some(7),
            ..FilterCriteria::default()
        };
        let expected = Request {
            response_type: Some(ResponseType {
                value: 2,
                notification_uris: None,
            }),
            result_persistence: Some("1".into()),
            result_content: Some(6),
            delivery_aggregation: Some(true),
            filter,
            discovery_result_type: Some(2),
            token_request_indicator: Some(true),
            authorization_signature_indicator: Some(false),
            authorization_relationship_indicator: Some(false),
            semantic_query_indicator: Some(true),
            ..Request::retrieve("x")
        };
        assert_eq!(request, expected);
    }

    #[test]
    fn repeated_single_field_is_refused() {
        for query in [
            "rcn=1&rcn=1",
            "rt=1&rt=3",
            "fu=1&fu=2",
            "tqi=1&tqi=0",
            "crb=a&crb=a",
        ] {
            assert!(
                matches!(read(query), Err(FieldError::Repeated { .. })),
                "{query}"
            );
        }
    }

    #[test]
    fn what_is_no_field_or_no_value_is_refused() {
        for query in [
            "rcn", "rcn=", "rcn=x", "rcn=+1", "tqi=yes", "ty=2++3", "lbl=", "atr=1", "=1", "1a=2",
            "cr=%zz", "%zz=1", "a:b=1",
        ] {
            assert!(read(query).is_err(), "{query}");
        }
    }

    #[test]
    fn empty_fields_are_skipped() {
        assert_eq!(read("&&rcn=1&").unwrap().result_content, Some(1));
    }
}
