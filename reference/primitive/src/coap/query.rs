//! Parameters and Uri-Query (TS-0008 V3.9.0, 6.2.2.3).
//!
//! An option holds one argument as it is (RFC 7252, 5.10.1), so an element of a list has an option of its own. The attribute
//! list of a partial Retrieve goes where TS-0009 V3.9.1, 6.5, puts it: TS-0008 binds Content to the payload, which a GET
//! does not have (RFC 7252, 5.5 and 5.8.1).

use super::number::OptionNumber;
use super::options::Options;
use crate::field::{FieldError, NoElement, value};
use crate::operation::Operation;
use crate::query::{self, Argument, Notation, QueryError, Written};
use crate::request::Request;

/// The operation, which HTTP does not carry in its query.
const OPERATION: &str = "op";

/// Tokens, which HTTP carries in a header field.
const TOKENS: &str = "tkns";

/// The Uri-Query options of `request`.
///
/// `attribute` is the attribute that To names behind `#`, and `operation` the one to name.
pub(super) fn encode(
    request: &Request,
    attribute: Option<&str>,
    operation: Option<Operation>,
) -> Result<Vec<String>, QueryError> {
    let filters = request.filter.attributes.iter();
    if let Some(taken) = filters
        .map(|filter| &filter.name)
        .find(|name| matches!(name.as_str(), OPERATION | TOKENS))
    {
        return Err(QueryError::AttributeName { got: taken.clone() });
    }
    if request.tokens.iter().any(String::is_empty) {
        return Err(QueryError::Element(NoElement {
            name: TOKENS,
            separator: '+',
            got: String::new(),
        }));
    }
    let operation = operation.map(|operation| format!("{OPERATION}={}", operation.value()));
    let tokens = request
        .tokens
        .iter()
        .map(|token| format!("{TOKENS}={token}"));
    let arguments = query::encode(request, attribute)?;
    Ok(operation
        .into_iter()
        .chain(arguments.iter().flat_map(written))
        .chain(tokens)
        .collect())
}

/// Reads the Uri-Query options other than the operation into `request`.
pub(super) fn decode(options: &Options, request: &mut Request) -> Result<(), FieldError> {
    for option in options.texts(OptionNumber::URI_QUERY)? {
        let argument = split(&option)?;
        match argument.name {
            OPERATION => {}
            TOKENS => argument.texts(&mut request.tokens)?,
            _ => query::decode(argument, request)?,
        }
    }
    Ok(())
}

/// The operation that the Uri-Query options name.
pub(super) fn operation(options: &Options) -> Result<Option<Operation>, FieldError> {
    let mut named = None;
    for option in options.texts(OptionNumber::URI_QUERY)? {
        let argument = split(&option)?;
        if argument.name != OPERATION {
            continue;
        }
        if named.is_some() {
            return Err(FieldError::Repeated {
                name: OPERATION.to_owned(),
            });
        }
        let number: u64 = value::number(OPERATION, argument.text)?;
        let operation = Operation::try_from(number)
            .map_err(|_| value::wrong(OPERATION, "a number from 1 to 5", argument.text))?;
        named = Some(operation);
    }
    Ok(named)
}

fn written(argument: &Argument) -> impl Iterator<Item = String> {
    argument
        .elements
        .iter()
        .map(|element| format!("{}={element}", argument.name))
}

fn split(option: &str) -> Result<Written<'_>, FieldError> {
    let (name, text) = option
        .split_once('=')
        .ok_or_else(|| value::wrong("Uri-Query", "name=value", option))?;
    Ok(Written {
        name,
        text,
        notation: Notation::Plain,
    })
}
