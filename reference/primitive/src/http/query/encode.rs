//! Parameters to query fields.

use std::fmt::Display;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::attribute::Holder;
use crate::filter::{AttributeFilter, FilterCriteria};
use crate::http::error::EncodeError;
use crate::request::Request;

/// Everything but the unreserved characters of RFC 3986, as in example 3 of the clause; `+` separates elements and `&` fields.
const NOT_QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The query of `request`, in the order of Table 6.2.2.2-1 and then `atrl`; empty if it needs none.
///
/// `attribute` is the attribute that To names behind `#`.
pub(in crate::http) fn encode(
    request: &Request,
    attribute: Option<&str>,
) -> Result<String, EncodeError> {
    let mut query = Query::default();
    query.optional(
        "rt",
        request
            .response_type
            .as_ref()
            .map(|response_type| response_type.value),
    );
    query.optional("rp", request.result_persistence.as_deref());
    query.optional("rcn", request.result_content);
    query.optional("da", request.delivery_aggregation);
    encode_filter(&mut query, &request.filter)?;
    query.optional("drt", request.discovery_result_type);
    query.list("rids", &request.role_ids)?;
    query.list("tids", &request.token_ids)?;
    query.list("ltids", &request.local_token_ids)?;
    query.optional("tqi", request.token_request_indicator);
    query.optional("asi", request.authorization_signature_indicator);
    query.optional("auri", request.authorization_relationship_indicator);
    query.optional("sqi", request.semantic_query_indicator);
    let attributes: Vec<&str> = attribute
        .into_iter()
        .chain(request.attribute_list.iter().map(String::as_str))
        .collect();
    query.list("atrl", &attributes)?;
    Ok(query.text)
}

fn encode_filter(query: &mut Query, filter: &FilterCriteria) -> Result<(), EncodeError> {
    query.optional("crb", filter.created_before.as_deref());
    query.optional("cra", filter.created_after.as_deref());
    query.optional("ms", filter.modified_since.as_deref());
    query.optional("us", filter.unmodified_since.as_deref());
    query.optional("sts", filter.state_tag_smaller);
    query.optional("stb", filter.state_tag_bigger);
    query.optional("exb", filter.expire_before.as_deref());
    query.optional("exa", filter.expire_after.as_deref());
    query.list("lbl", &filter.labels)?;
    query.list("ty", &filter.resource_types)?;
    query.optional("sza", filter.size_above);
    query.optional("szb", filter.size_below);
    query.list("cty", &filter.content_types)?;
    query.optional("lim", filter.limit);
    query.attributes(Holder::Resource, &filter.attributes)?;
    query.attributes(Holder::Child, &filter.child_attributes)?;
    query.attributes(Holder::Parent, &filter.parent_attributes)?;
    query.optional("fu", filter.filter_usage);
    for semantics_filter in &filter.semantics_filters {
        query.field("smf", semantics_filter);
    }
    query.optional("fo", filter.filter_operation);
    query.optional("cfs", filter.content_filter_syntax);
    query.optional("cfq", filter.content_filter_query.as_deref());
    query.optional("lvl", filter.level);
    query.optional("ofst", filter.offset);
    Ok(())
}

/// A query string under construction.
#[derive(Default)]
struct Query {
    text: String,
}

impl Query {
    fn field(&mut self, name: &str, value: impl Display) {
        self.open(name);
        self.value(value);
    }

    fn optional(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.field(name, value);
        }
    }

    fn list(&mut self, name: &'static str, elements: &[impl Display]) -> Result<(), EncodeError> {
        for (index, element) in elements.iter().enumerate() {
            let element = element.to_string();
            if element.is_empty() {
                return Err(EncodeError::Element {
                    name,
                    separator: '+',
                    got: element,
                });
            }
            if index == 0 {
                self.open(name);
            } else {
                self.text.push('+');
            }
            self.value(element);
        }
        Ok(())
    }

    fn attributes(
        &mut self,
        holder: Holder,
        attributes: &[AttributeFilter],
    ) -> Result<(), EncodeError> {
        for AttributeFilter { name, value } in attributes {
            if !holder.accepts(name) {
                return Err(EncodeError::AttributeName { got: name.clone() });
            }
            self.field(&format!("{}{name}", holder.prefix()), value);
        }
        Ok(())
    }

    fn open(&mut self, name: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.value(name);
        self.text.push('=');
    }

    fn value(&mut self, value: impl Display) {
        self.text
            .extend(utf8_percent_encode(&value.to_string(), NOT_QUERY));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::ResponseType;

    fn query(request: &Request) -> String {
        encode(request, None).unwrap()
    }

    fn attribute(name: &str, value: &str) -> AttributeFilter {
        AttributeFilter {
            name: name.into(),
            value: value.into(),
        }
    }

    #[test]
    fn non_blocking_request_of_example_1() {
        let request = Request {
            response_type: Some(ResponseType {
                value: 1,
                notification_uris: None,
            }),
            result_persistence: Some("P1Y2M3DT10H1M0S".into()),
            ..Request::retrieve("x")
        };
        assert_eq!(query(&request), "rt=1&rp=P1Y2M3DT10H1M0S");
    }

    #[test]
    fn discovery_of_example_2() {
        let filter = FilterCriteria {
            resource_types: vec![3],
            attributes: vec![attribute("cr", "Sam")],
            filter_usage: Some(1),
            ..FilterCriteria::default()
        };
        assert_eq!(
            query(&Request::retrieve("x").filtered(filter)),
            "ty=3&cr=Sam&fu=1"
        );
    }

    #[test]
    fn semantics_filter_is_encoded_as_in_example_3() {
        let filter = FilterCriteria {
            semantics_filters: vec!["PREFIX rdf: <a#>".into()],
            ..FilterCriteria::default()
        };
        assert_eq!(
            query(&Request::retrieve("x").filtered(filter)),
            "smf=PREFIX%20rdf%3A%20%3Ca%23%3E"
        );
    }

    #[test]
    fn lists_are_joined_by_a_plus() {
        let filter = FilterCriteria {
            resource_types: vec![2, 3, 4],
            labels: vec!["a+b".into(), "key:1".into()],
            ..FilterCriteria::default()
        };
        let request = Request {
            role_ids: vec!["r@sp.example".into(), "s@sp.example".into()],
            token_ids: vec!["t&1@das.example".into()],
            ..Request::retrieve("x").filtered(filter)
        };
        assert_eq!(
            query(&request),
            "lbl=a%2Bb+key%3A1&ty=2+3+4&rids=r%40sp.example+s%40sp.example&tids=t%261%40das.example"
        );
    }

    #[test]
    fn attributes_of_child_and_parent_have_a_prefix() {
        let filter = FilterCriteria {
            attributes: vec![attribute("cr", "a=b"), attribute("cr", "Sam")],
            child_attributes: vec![attribute("cr", "Sam")],
            parent_attributes: vec![attribute("ty", "3")],
            ..FilterCriteria::default()
        };
        assert_eq!(
            query(&Request::retrieve("x").filtered(filter)),
            "cr=a%3Db&cr=Sam&c.cr=Sam&p.ty=3"
        );
    }

    #[test]
    fn attribute_list_closes_the_query() {
        let request = Request {
            attribute_list: vec!["ri".into(), "lbl".into(), "rr".into()],
            token_request_indicator: Some(true),
            ..Request::retrieve("x")
        };
        assert_eq!(query(&request), "tqi=true&atrl=ri+lbl+rr");
        assert_eq!(
            encode(&Request::retrieve("x"), Some("rr")).as_deref(),
            Ok("atrl=rr")
        );
    }

    #[test]
    fn attribute_that_would_be_read_as_a_parameter_is_refused() {
        for name in ["ty", "atr", "c.x", "", "a&b"] {
            let filter = FilterCriteria {
                attributes: vec![attribute(name, "1")],
                ..FilterCriteria::default()
            };
            assert!(
                encode(&Request::retrieve("x").filtered(filter), None).is_err(),
                "{name}"
            );
        }
    }

    #[test]
    fn empty_element_is_refused() {
        let filter = FilterCriteria {
            labels: vec!["a".into(), String::new()],
            ..FilterCriteria::default()
        };
        assert!(encode(&Request::retrieve("x").filtered(filter), None).is_err());
    }
}
