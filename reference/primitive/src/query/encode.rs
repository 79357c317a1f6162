//! Parameters to query arguments.

use std::fmt::Display;

use super::argument::Argument;
use super::attribute::Holder;
use super::error::QueryError;
use crate::field::NoElement;
use crate::filter::{AttributeFilter, FilterCriteria};
use crate::request::Request;

/// The arguments of `request`, in the order of TS-0009 V3.9.1, Table 6.2.2.2-1, and then `atrl`.
///
/// `attribute` is the attribute that To names behind `#`.
pub(crate) fn encode(
    request: &Request,
    attribute: Option<&str>,
) -> Result<Vec<Argument>, QueryError> {
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
    Ok(query.arguments)
}

fn encode_filter(query: &mut Query, filter: &FilterCriteria) -> Result<(), QueryError> {
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
        query.argument("smf", semantics_filter);
    }
    query.optional("fo", filter.filter_operation);
    query.optional("cfs", filter.content_filter_syntax);
    query.optional("cfq", filter.content_filter_query.as_deref());
    query.optional("lvl", filter.level);
    query.optional("ofst", filter.offset);
    Ok(())
}

/// The arguments as they come together.
#[derive(Default)]
struct Query {
    arguments: Vec<Argument>,
}

impl Query {
    fn argument(&mut self, name: &str, value: impl Display) {
        self.arguments.push(Argument {
            name: name.to_owned(),
            elements: vec![value.to_string()],
        });
    }

    fn optional(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.argument(name, value);
        }
    }

    fn list(&mut self, name: &'static str, elements: &[impl Display]) -> Result<(), QueryError> {
        let elements: Vec<String> = elements.iter().map(ToString::to_string).collect();
        if elements.iter().any(String::is_empty) {
            return Err(QueryError::Element(NoElement {
                name,
                separator: '+',
                got: String::new(),
            }));
        }
        if !elements.is_empty() {
            self.arguments.push(Argument {
                name: name.to_owned(),
                elements,
            });
        }
        Ok(())
    }

    fn attributes(
        &mut self,
        holder: Holder,
        attributes: &[AttributeFilter],
    ) -> Result<(), QueryError> {
        for AttributeFilter { name, value } in attributes {
            if !holder.accepts(name) {
                return Err(QueryError::AttributeName { got: name.clone() });
            }
            self.argument(&format!("{}{name}", holder.prefix()), value);
        }
        Ok(())
    }
}
