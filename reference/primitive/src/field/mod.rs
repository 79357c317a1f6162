//! Values of parameters as the bindings write them: numbers, truth values and lists as text.

pub(crate) mod assignments;
mod error;
pub(crate) mod list;
pub(crate) mod percent;
pub(crate) mod value;

pub use error::FieldError;
pub(crate) use error::NoElement;
