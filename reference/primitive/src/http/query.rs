//! The query component (TS-0009 V3.9.1, 6.2.2.2).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::field::{FieldError, percent, value};
use crate::query::{self, Notation, QueryError, Written};
use crate::request::Request;

/// Everything but the unreserved characters of RFC 3986, as in example 3 of the clause; `+` separates elements and `&` fields.
const NOT_QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The query of `request`; empty if it needs none.
///
/// `attribute` is the attribute that To names behind `#`.
pub(super) fn encode(request: &Request, attribute: Option<&str>) -> Result<String, QueryError> {
    let arguments = query::encode(request, attribute)?;
    let texts: Vec<String> = arguments
        .iter()
        .map(|argument| {
            let elements: Vec<String> =
                argument.elements.iter().map(|text| encoded(text)).collect();
            format!("{}={}", encoded(&argument.name), elements.join("+"))
        })
        .collect();
    Ok(texts.join("&"))
}

/// Reads the fields of `query` into `request`; a list may also hold elements joined by `+`.
pub(super) fn decode(query: &str, request: &mut Request) -> Result<(), FieldError> {
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, text) = pair
            .split_once('=')
            .ok_or_else(|| value::wrong("query", "name=value", pair))?;
        let name = percent::decode(name)
            .ok_or_else(|| value::wrong("query", "percent-encoded UTF-8", name))?;
        let argument = Written {
            name: &name,
            text,
            notation: Notation::Percent,
        };
        query::decode(argument, request)?;
    }
    Ok(())
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NOT_QUERY).to_string()
}

#[cfg(test)]
mod tests {
    mod write {
        use super::super::encode;
        use crate::filter::{AttributeFilter, FilterCriteria};
        use crate::request::{Request, ResponseType};

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

    mod read {
        use super::super::decode;
        use crate::field::FieldError;
        use crate::filter::{AttributeFilter, FilterCriteria};
        use crate::request::{Request, ResponseType};

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
                "rcn", "rcn=", "rcn=x", "rcn=+1", "tqi=yes", "ty=2++3", "lbl=", "atr=1", "=1",
                "1a=2", "cr=%zz", "%zz=1", "a:b=1",
            ] {
                assert!(read(query).is_err(), "{query}");
            }
        }

        #[test]
        fn empty_fields_are_skipped() {
            assert_eq!(read("&&rcn=1&").unwrap().result_content, Some(1));
        }
    }
}
