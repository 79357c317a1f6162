use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::Value;

use super::PolicyError;
use super::member::{Object, Place, filled_list, text};
use crate::{Addresses, Circle, Context, CountryCode, Network, Point, Region, Window};

/// Reads one element of accessControlContexts (TS-0004 V3.32.0, Table 6.3.5.27-1).
pub(super) fn read_context(place: &Place<'_>, value: &Value) -> Result<Context, PolicyError> {
    let members = Object::read(place, value, &["actw", "acip", "aclr"])?;
    Ok(Context {
        windows: members
            .optional("actw", |place, value| {
                filled_list(place, value, read_window)
            })?
            .unwrap_or_default(),
        addresses: members.optional("acip", read_addresses)?,
        region: members.optional("aclr", read_region)?,
    })
}

fn read_window(place: &Place<'_>, value: &Value) -> Result<Window, PolicyError> {
    text(
        place,
        value,
        "a schedule entry of seven fields",
        Window::parse,
    )
}

fn read_addresses(place: &Place<'_>, value: &Value) -> Result<Addresses, PolicyError> {
    let members = Object::read(place, value, &["ipv4", "ipv6"])?;
    let ipv4 = members.optional("ipv4", |place, value| filled_list(place, value, read_ipv4))?;
    let ipv6 = members.optional("ipv6", |place, value| filled_list(place, value, read_ipv6))?;
    if ipv4.is_none() && ipv6.is_none() {
        return Err(place.invalid("ipv4, ipv6 or both", value));
    }
    Ok(Addresses {
        ipv4: ipv4.unwrap_or_default(),
        ipv6: ipv6.unwrap_or_default(),
    })
}

fn read_ipv4(place: &Place<'_>, value: &Value) -> Result<Network<Ipv4Addr>, PolicyError> {
    text(
        place,
        value,
        "an IPv4 address with an optional prefix length",
        Network::<Ipv4Addr>::parse,
    )
}

fn read_ipv6(place: &Place<'_>, value: &Value) -> Result<Network<Ipv6Addr>, PolicyError> {
    text(
        place,
        value,
        "an IPv6 address with an optional prefix length",
        Network::<Ipv6Addr>::parse,
    )
}

/// One of the two choices of m2m:locationRegion (TS-0004 V3.32.0, 6.3.5.28).
fn read_region(place: &Place<'_>, value: &Value) -> Result<Region, PolicyError> {
    let members = Object::read(place, value, &["accc", "accr"])?;
    let countries = members.optional("accc", |place, value| {
        filled_list(place, value, read_country)
    })?;
    let circle = members.optional("accr", read_circle)?;
    match (countries, circle) {
        (Some(countries), None) => Ok(Region::Countries(countries)),
        (None, Some(circle)) => Ok(Region::Circle(circle)),
        _ => Err(place.invalid("either accc or accr", value)),
    }
}

fn read_country(place: &Place<'_>, value: &Value) -> Result<CountryCode, PolicyError> {
    text(
        place,
        value,
        "a country code of two upper-case letters",
        CountryCode::new,
    )
}

fn read_circle(place: &Place<'_>, value: &Value) -> Result<Circle, PolicyError> {
    parse_circle(value)
        .ok_or_else(|| place.invalid("latitude, longitude and radius in metres", value))
}

fn parse_circle(value: &Value) -> Option<Circle> {
    let [latitude, longitude, radius] = value.as_array()?.as_slice() else {
        return None;
    };
    let centre = Point::new(latitude.as_f64()?, longitude.as_f64()?)?;
    let radius = radius
        .as_f64()
        .filter(|radius| radius.is_finite() && *radius >= 0.0)?;
    Some(Circle { centre, radius })
}
