//! Where the IUT has to locate the originator of a request.

use serde::Deserialize;

/// A property of the place of an originator. The profile states where the IUT locates each source address of the tester
/// (`PIXIT_LOCATION_…`), and the request is sent from one that has the property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// At known coordinates.
    Located,
    /// Where neither coordinates nor country are known to the IUT.
    Unlocated,
    /// At known coordinates where degrees of longitude are much shorter than degrees of latitude.
    HighLatitude,
    /// At known coordinates so close to the antimeridian, from the west, that 222 m lead across it.
    Antimeridian,
    /// In a known country.
    InACountry,
}

impl Place {
    /// Every place.
    pub const ALL: [Self; 5] = [
        Self::Located,
        Self::Unlocated,
        Self::HighLatitude,
        Self::Antimeridian,
        Self::InACountry,
    ];

    /// The word in the catalogue.
    pub fn word(self) -> &'static str {
        match self {
            Self::Located => "located",
            Self::Unlocated => "unlocated",
            Self::HighLatitude => "high-latitude",
            Self::Antimeridian => "antimeridian",
            Self::InACountry => "in-a-country",
        }
    }

    /// What has to be known of an originator there.
    pub fn text(self) -> &'static str {
        match self {
            Self::Located => "at coordinates that the IUT knows",
            Self::Unlocated => "at a place that the IUT does not know",
            Self::HighLatitude => "between 50 and 80 degrees of latitude",
            Self::Antimeridian => "within 0.001 degrees west of the antimeridian",
            Self::InACountry => "in a country that the IUT knows",
        }
    }
}
