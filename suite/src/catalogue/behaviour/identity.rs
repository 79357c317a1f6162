//! One cell of the identity matrix: what From looks like, whether the AE that it names or resembles is registered, and
//! how the request comes.

use super::{Expectation, Scenario, Source};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Retrieve of a container that is open to all, so that whoever is let through is seen to be.
///
/// From names or resembles AE5 (`CtpA5`) or AE6 (`StpA6`); the twin is the same request by the registered AE under
/// its AE-ID-Stem.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// What From looks like.
    pub form: Form,
    /// Whether the AE is registered.
    #[serde(default)]
    pub state: State,
    /// How the request comes.
    #[serde(default)]
    pub connection: Connection,
    /// The answer by TS-0004 V3.32.0, 7.3.2.1: success, or the codes of a refusal.
    pub expect: Expectation,
}

/// What From looks like (TS-0001 V3.36.0, Table 7.2-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// AE-ID-Stem that a Registrar CSE assigned.
    StemC,
    /// AE-ID-Stem of the service provider.
    StemS,
    /// SP-relative AE-ID with such a stem of the Registrar.
    SpRelativeC,
    /// SP-relative AE-ID with such a stem of the service provider.
    SpRelativeS,
    /// Absolute AE-ID with a stem of the Registrar.
    AbsoluteC,
    /// Absolute AE-ID with a stem of the service provider.
    AbsoluteS,
    /// SP-relative CSE-ID of some CSE.
    CseSpRelative,
    /// Absolute CSE-ID of some CSE.
    CseAbsolute,
    /// SP-relative CSE-ID of the IUT.
    OwnCseSpRelative,
    /// Absolute CSE-ID of the IUT.
    OwnCseAbsolute,
    /// `C`, which asks for a stem at registration.
    LetterC,
    /// `S`, which does too.
    LetterS,
    /// Present without a value.
    Empty,
    /// Not present.
    Absent,
    /// A stem of 4000 characters.
    Overlong,
    /// A stem with a letter beyond ASCII.
    NonAscii,
    /// A stem with a blank inside.
    Blank,
    /// A stem with a slash behind it.
    TrailingSlash,
    /// A path that leads to the stem.
    DotSegments,
    /// A stem whose first character is reserved.
    Reserved,
    /// The stem with an escape in place of a character.
    Encoded,
    /// The stem in capitals.
    OtherCase,
    /// The stem up to a wildcard.
    Wildcard,
    /// The keyword of accessControlOriginators.
    All,
    /// The M2M-SP-ID of the IUT.
    Domain,
    /// A Role-ID.
    Role,
    /// The resource identifier of a group.
    Group,
}

/// What the Receiver knows of the AE.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It has never registered.
    Never,
    /// It is registered here.
    #[default]
    Registered,
    /// It was, and deregistered.
    Deregistered,
    /// It was, and its `<AE>` has expired.
    Expired,
    /// The AE of that stem is registered here; From names one of another CSE or service provider.
    Elsewhere,
}

/// How the request comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Connection {
    /// Outside a security association, from the address of the registration.
    #[default]
    Plain,
    /// Outside a security association, from another address.
    OtherAddress,
    /// Inside the security association of the AE.
    OwnAssociation,
    /// Inside the security association of another AE, AE7, which is registered.
    OtherAssociation,
}

/// From the beginning of the scenario on, in seconds: when the registration ends, and when that is looked at.
const EXPIRES: u32 = 6;
const EXPIRED: u32 = 7;

impl Form {
    /// Every form.
    pub const ALL: [Self; 27] = [
        Self::StemC,
        Self::StemS,
        Self::SpRelativeC,
        Self::SpRelativeS,
        Self::AbsoluteC,
        Self::AbsoluteS,
        Self::CseSpRelative,
        Self::CseAbsolute,
        Self::OwnCseSpRelative,
        Self::OwnCseAbsolute,
        Self::LetterC,
        Self::LetterS,
        Self::Empty,
        Self::Absent,
        Self::Overlong,
        Self::NonAscii,
        Self::Blank,
        Self::TrailingSlash,
        Self::DotSegments,
        Self::Reserved,
        Self::Encoded,
        Self::OtherCase,
        Self::Wildcard,
        Self::All,
        Self::Domain,
        Self::Role,
        Self::Group,
    ];

    /// The AE that From names or resembles.
    fn entity(self) -> &'static str {
        match self {
            Self::StemS | Self::SpRelativeS | Self::AbsoluteS => "AE6",
            _ => "AE5",
        }
    }

    fn from(self, is_elsewhere: bool) -> String {
        let text = match (self, is_elsewhere) {
            (Self::StemC, _) => "CtpA5",
            (Self::StemS, _) => "StpA6",
            (Self::SpRelativeC, false) => "/{IUT}/CtpA5",
            (Self::SpRelativeC, true) => "/tpc2/CtpA5",
            (Self::SpRelativeS, _) => "/StpA6",
            (Self::AbsoluteC, false) => "//{SP}/{IUT}/CtpA5",
            (Self::AbsoluteC, true) => "//other.example/{IUT}/CtpA5",
            (Self::AbsoluteS, false) => "//{SP}/StpA6",
            (Self::AbsoluteS, true) => "//other.example/StpA6",
            (Self::CseSpRelative, _) => "/tpc2",
            (Self::CseAbsolute, _) => "//{SP}/tpc2",
            (Self::OwnCseSpRelative, _) => "/{IUT}",
            (Self::OwnCseAbsolute, _) => "//{SP}/{IUT}",
            (Self::LetterC, _) => "C",
            (Self::LetterS, _) => "S",
            (Self::Empty, _) => "",
            (Self::Absent, _) => "<absent>",
            (Self::Overlong, _) => return format!("CtpA5{}", "x".repeat(3995)),
            (Self::NonAscii, _) => "CtpA5é",
            (Self::Blank, _) => "Ctp A5",
            (Self::TrailingSlash, _) => "CtpA5/",
            (Self::DotSegments, _) => "CtpA7/../CtpA5",
            (Self::Reserved, _) => "1{rn:A5}",
            (Self::Encoded, _) => "CtpA%35",
            (Self::OtherCase, _) => "CTPA5",
            (Self::Wildcard, _) => "CtpA*",
            (Self::All, _) => "all",
            (Self::Domain, _) => "//{SP}",
            (Self::Role, _) => "tpoperator@{SP}",
            (Self::Group, _) => "{sp:grpT}",
        };
        text.to_owned()
    }
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Never,
        Self::Registered,
        Self::Deregistered,
        Self::Expired,
        Self::Elsewhere,
    ];
}

impl Connection {
    /// Every way.
    pub const ALL: [Self; 4] = [
        Self::Plain,
        Self::OtherAddress,
        Self::OwnAssociation,
        Self::OtherAssociation,
    ];
}

impl Identity {
    /// The steps of this cell.
    pub fn scenario(&self) -> Scenario {
        let entity = self.form.entity();
        let mut given = vec![
            json!({
                "create": "acpT", "type": "acp", "name": "make-acpT",
                "pv": [{"acor": ["{ADM}"], "acop": 63}, {"acor": ["all"], "acop": 2}],
            }),
            json!({
                "create": "cntT", "type": "cnt", "name": "make-cntT",
                "with": {"acpi": ["acpT"], "lbl": ["tpT"]},
            }),
        ];
        given.extend(self.registration(entity));
        if self.connection == Connection::OtherAssociation {
            given.push(json!({"name": "register-AE7", "as": "AE7", "register": true}));
        }
        let read_back = json!({
            "name": "read-back", "as": "ADM", "role": "read-back", "retrieve": "cntT", "unchanged": true,
        });
        Scenario {
            given,
            steps: vec![self.request(entity), read_back],
            twin: self.twin(entity),
            ..Scenario::default()
        }
    }

    /// How the AE comes into its state; in the twin it is registered and stays so.
    fn registration(&self, entity: &str) -> Vec<Value> {
        let mut register = json!({"name": "register", "as": entity, "register": true, "with": {}});
        match self.state {
            State::Registered | State::Elsewhere => vec![register],
            State::Never => {
                super::insert(&mut register, "only", json!("twin"));
                vec![register]
            }
            State::Deregistered => vec![
                register,
                json!({"name": "deregister", "as": entity, "delete": entity, "only": "tested"}),
            ],
            State::Expired => {
                let until = json!({"et": format!("{{now+{EXPIRES}}}")});
                super::insert(&mut register, "with", until);
                let wait = json!({
                    "name": "expire", "role": "set-up", "only": "tested",
                    "wait_until": EXPIRED, "plus": "PIXIT_TEXPIRE",
                });
                vec![register, wait]
            }
        }
    }

    fn request(&self, entity: &str) -> Value {
        let sender = match self.connection {
            Connection::OtherAssociation => "AE7",
            _ => entity,
        };
        let mut request = json!({
            "name": "request", "as": sender, "from": self.form.from(self.state == State::Elsewhere),
            "retrieve": "cntT", "expect": self.expect.to_value(),
        });
        match self.connection {
            Connection::Plain => {}
            Connection::OtherAddress => {
                super::insert(&mut request, "source", json!(Source::Second))
            }
            Connection::OwnAssociation | Connection::OtherAssociation => {
                super::insert(&mut request, "association", json!(sender));
            }
        }
        request
    }

    fn twin(&self, entity: &str) -> Map<String, Value> {
        let sender = match self.connection {
            Connection::OtherAssociation => "AE7",
            _ => entity,
        };
        let mut twin = Map::new();
        let stem = super::identity_pattern(sender);
        twin.insert("request".into(), json!({ "from": stem }));
        if self.state == State::Expired {
            twin.insert("register".into(), json!({"with": {}}));
        }
        twin
    }
}
