//! Response status codes as HTTP status codes (TS-0009 V3.9.1, Table 6.3.2-1).

use http::StatusCode;

use crate::status::{ResponseStatusClass, ResponseStatusCode};

impl ResponseStatusCode {
    /// The HTTP status that Table 6.3.2-1 gives the code; `None` for 4128 and for codes that oneM2M does not know.
    pub const fn listed_http_status(self) -> Option<StatusCode> {
        Some(match self.number() {
            2000 | 2002 | 2004 => StatusCode::OK,
            2001 => StatusCode::CREATED,
            1000..=1002 => StatusCode::ACCEPTED,
            4000 | 4102 | 4110 | 4120 | 4122 | 4123 | 4143 | 6010 | 6022..=6024 => {
                StatusCode::BAD_REQUEST
            }
            4101 | 4103 | 4106..=4109 | 4111..=4117 | 4126 | 4127 => StatusCode::FORBIDDEN,
            5105 | 5203 | 5205 | 5208 | 5214 | 5215 | 5218 | 5222 => StatusCode::FORBIDDEN,
            4004 | 4118 | 4119 | 4121 | 5103 | 5107 | 6003 | 6005 => StatusCode::NOT_FOUND,
            4005 => StatusCode::METHOD_NOT_ALLOWED,
            5207 => StatusCode::NOT_ACCEPTABLE,
            4104 | 4105 | 4124 | 5106 | 5219 | 5220 | 6028 | 6029 => StatusCode::CONFLICT,
            4015 => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            5000 | 5204 | 5209..=5212 | 5216 | 5217 | 5221 => StatusCode::INTERNAL_SERVER_ERROR,
            6020 | 6021 | 6025 | 6026 => StatusCode::INTERNAL_SERVER_ERROR,
            4001 | 4125 | 5001 | 5206 => StatusCode::NOT_IMPLEMENTED,
            4008 | 6030 | 6031 => StatusCode::GATEWAY_TIMEOUT,
            _ => return None,
        })
    }

    /// The HTTP status to send: the listed one, else the generic one of the class.
    pub const fn http_status(self) -> StatusCode {
        if let Some(listed) = self.listed_http_status() {
            return listed;
        }
        match self.class() {
            Some(ResponseStatusClass::Informational) => StatusCode::ACCEPTED,
            Some(ResponseStatusClass::Success) => StatusCode::OK,
            Some(ResponseStatusClass::OriginatorError) => StatusCode::BAD_REQUEST,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of Table 6.3.2-1, written out one by one.
    const TABLE: &[(u16, &[u16])] = &[
        (200, &[2000, 2002, 2004]),
        (201, &[2001]),
        (202, &[1000, 1001, 1002]),
        (
            400,
            &[
                4000, 4102, 4110, 4120, 4122, 4123, 4143, 6010, 6022, 6023, 6024,
            ],
        ),
        (
            403,
            &[
                4101, 4103, 5105, 5203, 5205, 4106, 4107, 4108, 4109, 4111, 4112, 4113, 4114, 4115,
                4116, 4117, 4126, 4127, 5208, 5214, 5215, 5218, 5222,
            ],
        ),
        (404, &[4004, 4118, 4119, 4121, 5103, 5107, 6003, 6005]),
        (405, &[4005]),
        (406, &[5207]),
        (409, &[4104, 4105, 4124, 5106, 5219, 5220, 6028, 6029]),
        (415, &[4015]),
        (
            500,
            &[
                5000, 5204, 5209, 5210, 5211, 5212, 5216, 5217, 5221, 6020, 6021, 6025, 6026,
            ],
        ),
        (501, &[4001, 4125, 5001, 5206]),
        (504, &[4008, 6030, 6031]),
    ];

    #[test]
    fn every_row_of_the_table_is_mapped_and_nothing_else() {
        for number in 0..=u16::MAX {
            let listed = TABLE
                .iter()
                .find(|(_, codes)| codes.contains(&number))
                .map(|(http, _)| *http);
            let mapped = ResponseStatusCode::from(number)
                .listed_http_status()
                .map(|status| status.as_u16());
            assert_eq!(mapped, listed, "{number}");
        }
    }

    #[test]
    fn only_4128_of_the_known_codes_is_not_listed() {
        let unlisted: Vec<_> = ResponseStatusCode::ALL
            .iter()
            .filter(|code| code.listed_http_status().is_none())
            .collect();
        assert_eq!(
            unlisted,
            [&ResponseStatusCode::SERVICE_SUBSCRIPTION_NOT_ESTABLISHED]
        );
        assert_eq!(
            ResponseStatusCode::SERVICE_SUBSCRIPTION_NOT_ESTABLISHED.http_status(),
            StatusCode::BAD_REQUEST
        );
    }

    #[test]
    fn unknown_codes_take_the_status_of_their_class() {
        assert_eq!(ResponseStatusCode::from(2999).http_status(), StatusCode::OK);
        assert_eq!(
            ResponseStatusCode::from(5999).http_status(),
            StatusCode::INTERNAL_SERVER_ERROR
        );
        assert_eq!(
            ResponseStatusCode::from(7).http_status(),
            StatusCode::INTERNAL_SERVER_ERROR
        );
    }
}
