//! Why a request is not answered, as `application/problem+json` (RFC 9457).

use super::super::respond;
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use serde::Serialize;
use utoipa::ToSchema;

/// The media type (RFC 9457 §6.1).
pub(super) const MEDIA_TYPE: &str = "application/problem+json";

/// Why a request is not answered.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// `about:blank`: the status says what kind of problem it is (RFC 9457 §4.2.1).
    #[schema(format = "uri", example = "about:blank")]
    r#type: &'static str,
    /// The status in words.
    #[schema(example = "Bad Request")]
    title: &'static str,
    /// The status.
    #[schema(example = 400, minimum = 400, maximum = 599)]
    status: u16,
    /// What is wrong, and how to mend it.
    #[schema(example = "to is before from: swap them")]
    detail: String,
    /// The parameter that is wrong, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "to", nullable = false)]
    parameter: Option<&'static str>,
}

impl Problem {
    /// A value that makes no sense.
    pub(super) fn bad(parameter: &'static str, detail: String) -> Problem {
        Problem {
            parameter: Some(parameter),
            ..Problem::of(StatusCode::BAD_REQUEST, "Bad Request", detail)
        }
    }

    /// A value that cannot be read, of which no more is repeated than fits on a line.
    pub(super) fn not_understood(parameter: &'static str, value: &str, help: &str) -> Problem {
        let shown: String = value.chars().filter(|c| !c.is_control()).take(60).collect();
        Problem::bad(parameter, format!("{parameter}={shown} is not understood: {help}"))
    }

    /// A value that names nothing there is.
    pub(super) fn unknown(parameter: &'static str, detail: String) -> Problem {
        Problem {
            parameter: Some(parameter),
            ..Problem::of(StatusCode::NOT_FOUND, "Not Found", detail)
        }
    }

    /// A path that has nothing.
    pub(super) fn nothing_here() -> Problem {
        let detail = "nothing is at this path: /api/openapi.json tells what can be asked";
        Problem::of(StatusCode::NOT_FOUND, "Not Found", detail.to_owned())
    }

    /// A method that is not answered.
    pub(super) fn method_not_allowed() -> Problem {
        let detail = "only GET and HEAD are answered".to_owned();
        Problem::of(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed", detail)
    }

    /// An answer of which the making stopped.
    pub(super) fn bug() -> Problem {
        let detail = "this is a bug of Convene's: please report it with the address".to_owned();
        Problem::of(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error", detail)
    }

    fn of(status: StatusCode, title: &'static str, detail: String) -> Problem {
        let (r#type, status) = ("about:blank", status.as_u16());
        Problem { r#type, title, status, detail, parameter: None }
    }

    /// The status.
    pub(super) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The response to GET, never kept by caches.
    pub(super) fn response(&self) -> Response<Bytes> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        let mut response = respond::unkept(MEDIA_TYPE, text + "\n");
        *response.status_mut() = self.status();
        response
    }
}
