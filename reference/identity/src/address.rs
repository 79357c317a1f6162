use std::fmt;

use crate::text::parsed_from_str;
use crate::{CseId, IdentityError, SpId, segment};

/// The identifier of a resource in one of its three forms (TS-0001 V3.36.0, Table 7.2-1; TS-0004 V3.32.0, 6.2.4).
///
/// Behind an SP-relative or absolute CSE-ID the path may be missing: then the address is that of the CSE itself, as for
/// a notification, or of an AE whose stem the service provider assigned.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ResourceAddress {
    /// `cse-in/cntT` or `xxyz1234`, at the CSE that receives the request.
    CseRelative(CsePath),
    /// `/iut/cse-in/cntT`, in the domain of the CSE that receives the request.
    SpRelative {
        /// The CSE that hosts the resource.
        cse: CseId,
        /// Where the resource is at that CSE.
        path: Option<CsePath>,
    },
    /// `//sp.example/iut/cse-in/cntT`.
    Absolute {
        /// The service provider of the CSE that hosts the resource.
        sp: SpId,
        /// The CSE that hosts the resource.
        cse: CseId,
        /// Where the resource is at that CSE.
        path: Option<CsePath>,
    },
}

impl ResourceAddress {
    /// Reads a resource identifier in any form.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        if let Some(absolute) = text.strip_prefix("//") {
            let (domain, rest) = absolute
                .split_once('/')
                .ok_or_else(|| IdentityError::Form {
                    expected: "an absolute resource identifier, which goes on behind the domain",
                    got: text.to_owned(),
                })?;
            let sp = SpId::parse(&format!("//{domain}"))?;
            let (cse, path) = parse_hosted(rest)?;
            Ok(Self::Absolute { sp, cse, path })
        } else if let Some(rest) = text.strip_prefix('/') {
            let (cse, path) = parse_hosted(rest)?;
            Ok(Self::SpRelative { cse, path })
        } else {
            CsePath::parse(text).map(Self::CseRelative)
        }
    }

    /// The service provider, if the form names it.
    pub fn sp(&self) -> Option<&SpId> {
        match self {
            Self::Absolute { sp, .. } => Some(sp),
            Self::CseRelative(_) | Self::SpRelative { .. } => None,
        }
    }

    /// The hosting CSE, if the form names it.
    pub fn cse(&self) -> Option<&CseId> {
        match self {
            Self::CseRelative(_) => None,
            Self::SpRelative { cse, .. } | Self::Absolute { cse, .. } => Some(cse),
        }
    }

    /// Where the resource is at its CSE.
    pub fn path(&self) -> Option<&CsePath> {
        match self {
            Self::CseRelative(path) => Some(path),
            Self::SpRelative { path, .. } | Self::Absolute { path, .. } => path.as_ref(),
        }
    }
}

impl fmt::Display for ResourceAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CseRelative(path) => write!(formatter, "{path}"),
            Self::SpRelative { cse, path: None } => write!(formatter, "{cse}"),
            Self::SpRelative {
                cse,
                path: Some(path),
            } => write!(formatter, "{cse}/{path}"),
            Self::Absolute {
                sp,
                cse,
                path: None,
            } => write!(formatter, "{sp}{cse}"),
            Self::Absolute {
                sp,
                cse,
                path: Some(path),
            } => write!(formatter, "{sp}{cse}/{path}"),
        }
    }
}

parsed_from_str!(ResourceAddress);

/// A CSE-relative resource identifier: one segment or several, and the attribute that is addressed behind a `#`
/// (TS-0004 V3.32.0, 6.2.4).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CsePath {
    segments: Vec<String>,
    attribute: Option<String>,
}

impl CsePath {
    /// Reads segments parted by slashes, without a slash at either end.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let (path, attribute) = match text.split_once('#') {
            None => (text, None),
            Some((path, attribute)) => (path, Some(attribute)),
        };
        let segments = path
            .split('/')
            .map(|name| {
                segment::check(name, "a segment of a resource identifier").map(|()| name.to_owned())
            })
            .collect::<Result<Vec<_>, _>>()?;
        let attribute = attribute.map(parse_attribute).transpose()?;
        Ok(Self {
            segments,
            attribute,
        })
    }

    /// The segments, of which there is at least one.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator + Clone {
        self.segments.iter().map(String::as_str)
    }

    /// The short name of the addressed attribute, if it is not the whole resource that is addressed.
    pub fn attribute(&self) -> Option<&str> {
        self.attribute.as_deref()
    }

    /// Whether the form alone shows a structured identifier. One segment may be an unstructured identifier or the name
    /// of the CSEBase: only the hosting CSE can tell.
    pub fn is_structured(&self) -> bool {
        self.segments.len() > 1 || self.segments().next() == Some("-")
    }
}

impl fmt::Display for CsePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.segments.join("/"))?;
        match &self.attribute {
            None => Ok(()),
            Some(attribute) => write!(formatter, "#{attribute}"),
        }
    }
}

fn parse_hosted(text: &str) -> Result<(CseId, Option<CsePath>), IdentityError> {
    match text.split_once('/') {
        None => Ok((CseId::from_name(text)?, None)),
        Some((cse, path)) => Ok((CseId::from_name(cse)?, Some(CsePath::parse(path)?))),
    }
}

fn parse_attribute(text: &str) -> Result<String, IdentityError> {
    segment::check(text, "the name of an attribute")?;
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::ResourceAddress;

    fn parse(text: &str) -> ResourceAddress {
        ResourceAddress::parse(text).unwrap()
    }

    #[test]
    fn identifiers_of_the_specification_are_written_as_they_were_read() {
        for text in [
            "container123",
            "bigCSE025/mainStreet/house5432/livingRoom/temperature",
            "-/HVAC-AE/WaterTemp/sample0098",
            "000AFE030003/sample0098",
            "/CSE987776/a234361",
            "/CSE00030F003A/-/HVAC-AE",
            "//www.m2mprovider.com/CSE987776/a234361",
            "/CSE987776",
            "//www.m2mprovider.com/CSE987776",
            "cse-in/cntT#lbl",
        ] {
            assert_eq!(parse(text).to_string(), text);
        }
    }

    #[test]
    fn forms_name_what_they_hold() {
        let address = parse("//sp.example/iut/cse-in/cntT#lbl");
        assert_eq!(address.sp().unwrap().to_string(), "//sp.example");
        assert_eq!(address.cse().unwrap().to_string(), "/iut");
        let path = address.path().unwrap();
        assert_eq!(path.segments().collect::<Vec<_>>(), ["cse-in", "cntT"]);
        assert_eq!(path.attribute(), Some("lbl"));
        assert!(path.is_structured());
    }

    #[test]
    fn dash_alone_is_structured_and_a_name_alone_is_not() {
        assert!(parse("-").path().unwrap().is_structured());
        assert!(!parse("xxyz1234").path().unwrap().is_structured());
    }

    #[test]
    fn empty_segments_and_foreign_characters_are_refused() {
        for text in [
            "",
            "/",
            "//",
            "///",
            "cse-in/",
            "cse-in//x",
            "/iut/",
            "/iut//x",
            "//sp.example",
            "//sp.example/",
            "//sp.example//x",
            "cse-in/../x",
            "./x",
            "cse-in/grp*",
            "cse-in/x?y",
            "a b",
            "x#",
            "x#a#b",
            "x#a/b",
            "#a",
        ] {
            assert!(ResourceAddress::parse(text).is_err(), "{text:?}");
        }
    }
}
