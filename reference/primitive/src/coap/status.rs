//! Response status codes as CoAP response codes (TS-0008 V3.9.0, Table 6.2.4-1).

use super::code::Code;
use crate::operation::Operation;
use crate::status::{ResponseStatusClass, ResponseStatusCode};

impl ResponseStatusCode {
    /// The response codes that Table 6.2.4-1 gives the code: two for 1002 and 2000, none for 1000, for 4128 and for codes that
    /// oneM2M does not know.
    pub const fn listed_coap_codes(self) -> &'static [Code] {
        match self.number() {
            1001 | 2001 => &[Code::CREATED],
            1002 => &[Code::CREATED, Code::CHANGED],
            2000 => &[Code::CONTENT, Code::CHANGED],
            2002 => &[Code::DELETED],
            2004 => &[Code::CHANGED],
            4000 | 4102 | 4104 | 4110 | 4123 | 4124 | 4143 => &[Code::BAD_REQUEST],
            5106 | 5219 | 5220 | 6010 | 6022..=6024 | 6028 | 6029 => &[Code::BAD_REQUEST],
            4120 | 4122 => &[Code::BAD_OPTION],
            4101 | 4103 | 4105..=4109 | 4111..=4117 | 4126 | 4127 => &[Code::FORBIDDEN],
            5105 | 5203 | 5205 | 5208 | 5214 | 5215 | 5218 | 5222 => &[Code::FORBIDDEN],
            4004 | 4118 | 4119 | 4121 | 5103 | 5107 | 6003 | 6005 => &[Code::NOT_FOUND],
            4005 => &[Code::METHOD_NOT_ALLOWED],
            5207 => &[Code::NOT_ACCEPTABLE],
            4015 => &[Code::UNSUPPORTED_CONTENT_FORMAT],
            5000 | 5204 | 5209..=5212 | 5216 | 5217 | 5221 => &[Code::INTERNAL_SERVER_ERROR],
            6020 | 6021 | 6025 | 6026 => &[Code::INTERNAL_SERVER_ERROR],
            4001 | 4125 | 5001 | 5206 => &[Code::NOT_IMPLEMENTED],
            4008 | 6030 | 6031 => &[Code::GATEWAY_TIMEOUT],
            _ => &[],
        }
    }

    /// The response code to send: the listed one, else the generic one of the class.
    ///
    /// 2000 answers a Retrieve with 2.05 and a Notify with 2.04; it also answers other operations on groups, for which 2.04 is
    /// the general code of RFC 7252, 5.9.1.4. 1002 is 2.01 if a `<request>` resource was made and is named.
    pub const fn coap_code(self, operation: Option<Operation>, names_request: bool) -> Code {
        match (self.number(), self.listed_coap_codes()) {
            (1002, _) if names_request => Code::CREATED,
            (1002, _) => Code::CHANGED,
            (2000, _) => match operation {
                Some(Operation::Retrieve) | None => Code::CONTENT,
                Some(_) => Code::CHANGED,
            },
            (_, [code, ..]) => *code,
            (_, []) => match self.class() {
                Some(ResponseStatusClass::Informational | ResponseStatusClass::Success) => {
                    Code::CHANGED
                }
                Some(ResponseStatusClass::OriginatorError) => Code::BAD_REQUEST,
                _ => Code::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// The status code that alone has this response code; `None` if there are several, or none.
    pub(super) fn only_one_of(code: Code) -> Option<Self> {
        let mut having = Self::ALL
            .iter()
            .filter(|status| status.listed_coap_codes().contains(&code));
        let first = having.next()?;
        having.next().is_none().then_some(*first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of Table 6.2.4-1, written out one by one.
    const TABLE: &[(&str, &[u16])] = &[
        ("2.01", &[1001, 1002, 2001]),
        ("2.02", &[2002]),
        ("2.04", &[1002, 2000, 2004]),
        ("2.05", &[2000]),
        (
            "4.00",
            &[
                4000, 4102, 4104, 4110, 4123, 4124, 4143, 5106, 5219, 5220, 6010, 6022, 6023, 6024,
                6028, 6029,
            ],
        ),
        ("4.02", &[4120, 4122]),
        (
            "4.03",
            &[
                4101, 4103, 4105, 4106, 4107, 4108, 4109, 4111, 4112, 4113, 4114, 4115, 4116, 4117,
                4126, 4127, 5105, 5203, 5205, 5208, 5214, 5215, 5218, 5222,
            ],
        ),
        ("4.04", &[4004, 4118, 4119, 4121, 5103, 5107, 6003, 6005]),
        ("4.05", &[4005]),
        ("4.06", &[5207]),
        ("4.15", &[4015]),
        (
            "5.00",
            &[
                5000, 5204, 5209, 5210, 5211, 5212, 5216, 5217, 5221, 6020, 6021, 6025, 6026,
            ],
        ),
        ("5.01", &[4001, 4125, 5001, 5206]),
        ("5.04", &[4008, 6030, 6031]),
    ];

    #[test]
    fn every_row_of_the_table_is_mapped_and_nothing_else() {
        for number in 0..=u16::MAX {
            let mut listed: Vec<&str> = TABLE
                .iter()
                .filter(|(_, codes)| codes.contains(&number))
                .map(|(code, _)| *code)
                .collect();
            listed.sort_unstable();
            let mut mapped: Vec<String> = ResponseStatusCode::from(number)
                .listed_coap_codes()
                .iter()
                .map(ToString::to_string)
                .collect();
            mapped.sort_unstable();
            assert_eq!(mapped, listed, "{number}");
        }
    }

    #[test]
    fn only_1000_and_4128_of_the_known_codes_are_not_listed() {
        let unlisted: Vec<_> = ResponseStatusCode::ALL
            .iter()
            .filter(|code| code.listed_coap_codes().is_empty())
            .map(|code| code.number())
            .collect();
        assert_eq!(unlisted, [1000, 4128]);
    }

    #[test]
    fn ok_depends_on_the_operation() {
        let ok = |operation| ResponseStatusCode::OK.coap_code(Some(operation), false);
        assert_eq!(ok(Operation::Retrieve), Code::CONTENT);
        assert_eq!(ok(Operation::Notify), Code::CHANGED);
        assert_eq!(ok(Operation::Delete), Code::CHANGED);
    }

    #[test]
    fn unknown_codes_take_the_code_of_their_class() {
        let code = |number| ResponseStatusCode::from(number).coap_code(None, false);
        assert_eq!(code(1000), Code::CHANGED);
        assert_eq!(code(2999), Code::CHANGED);
        assert_eq!(code(4128), Code::BAD_REQUEST);
        assert_eq!(code(5999), Code::INTERNAL_SERVER_ERROR);
        assert_eq!(code(7), Code::INTERNAL_SERVER_ERROR);
    }

    #[test]
    fn code_of_one_status_stands_for_it() {
        let only = |code| ResponseStatusCode::only_one_of(code);
        assert_eq!(only(Code::CONTENT), Some(ResponseStatusCode::OK));
        assert_eq!(only(Code::DELETED), Some(ResponseStatusCode::DELETED));
        assert_eq!(
            only(Code::NOT_ACCEPTABLE),
            Some(ResponseStatusCode::NOT_ACCEPTABLE)
        );
        assert_eq!(only(Code::FORBIDDEN), None);
        assert_eq!(only(Code::CREATED), None);
        assert_eq!(only(Code::VALID), None);
    }
}
