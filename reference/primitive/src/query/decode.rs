//! Query arguments to parameters.

use super::argument::Written;
use super::attribute::Holder;
use crate::field::{FieldError, value};
use crate::filter::{AttributeFilter, FilterCriteria};
use crate::request::{Request, ResponseType};

/// Reads an argument into `request`.
///
/// Arguments of multiplicity 0..n may be repeated, others may occur once. What is no parameter is a filter by an attribute.
pub(crate) fn decode(argument: Written<'_>, request: &mut Request) -> Result<(), FieldError> {
    match argument.name {
        "rt" => {
            let mut value = request
                .response_type
                .as_ref()
                .map(|response_type| response_type.value);
            argument.number(&mut value)?;
            request.response_type = value.map(|value| ResponseType {
                value,
                notification_uris: None,
            });
            Ok(())
        }
        "rp" => argument.text(&mut request.result_persistence),
        "rcn" => argument.number(&mut request.result_content),
        "da" => argument.boolean(&mut request.delivery_aggregation),
        "drt" => argument.number(&mut request.discovery_result_type),
        "rids" => argument.texts(&mut request.role_ids),
        "tids" => argument.texts(&mut request.token_ids),
        "ltids" => argument.texts(&mut request.local_token_ids),
        "tqi" => argument.boolean(&mut request.token_request_indicator),
        "asi" => argument.boolean(&mut request.authorization_signature_indicator),
        "auri" => argument.boolean(&mut request.authorization_relationship_indicator),
        "sqi" => argument.boolean(&mut request.semantic_query_indicator),
        "atrl" => argument.texts(&mut request.attribute_list),
        _ => decode_condition(argument, &mut request.filter),
    }
}

fn decode_condition(argument: Written<'_>, filter: &mut FilterCriteria) -> Result<(), FieldError> {
    match argument.name {
        "crb" => argument.text(&mut filter.created_before),
        "cra" => argument.text(&mut filter.created_after),
        "ms" => argument.text(&mut filter.modified_since),
        "us" => argument.text(&mut filter.unmodified_since),
        "sts" => argument.number(&mut filter.state_tag_smaller),
        "stb" => argument.number(&mut filter.state_tag_bigger),
        "exb" => argument.text(&mut filter.expire_before),
        "exa" => argument.text(&mut filter.expire_after),
        "lbl" => argument.texts(&mut filter.labels),
        "ty" => argument.numbers(&mut filter.resource_types),
        "sza" => argument.number(&mut filter.size_above),
        "szb" => argument.number(&mut filter.size_below),
        "cty" => argument.texts(&mut filter.content_types),
        "lim" => argument.number(&mut filter.limit),
        "fu" => argument.number(&mut filter.filter_usage),
        "smf" => {
            filter.semantics_filters.push(argument.whole()?);
            Ok(())
        }
        "fo" => argument.number(&mut filter.filter_operation),
        "cfs" => argument.number(&mut filter.content_filter_syntax),
        "cfq" => argument.text(&mut filter.content_filter_query),
        "lvl" => argument.number(&mut filter.level),
        "ofst" => argument.number(&mut filter.offset),
        _ => decode_attribute(argument, filter),
    }
}

fn decode_attribute(argument: Written<'_>, filter: &mut FilterCriteria) -> Result<(), FieldError> {
    let (holder, name) = Holder::of(argument.name).ok_or_else(|| {
        value::wrong(
            "query",
            "a parameter or the short name of an attribute",
            argument.name,
        )
    })?;
    let attribute = AttributeFilter {
        name: name.to_owned(),
        value: argument.whole()?,
    };
    match holder {
        Holder::Resource => filter.attributes.push(attribute),
        Holder::Child => filter.child_attributes.push(attribute),
        Holder::Parent => filter.parent_attributes.push(attribute),
    }
    Ok(())
}
