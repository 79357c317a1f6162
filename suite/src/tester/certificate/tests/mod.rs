mod defects;
mod malformed;
mod profile;
mod purposes;
mod revocation;
mod support;
mod verified;
