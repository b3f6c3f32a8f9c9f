//! `/api/openapi.json`: what can be asked, for programs that write programs (OpenAPI 3.1).

use super::{occurrences, series};
use utoipa::OpenApi;

/// What can be asked.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Meetings of an open community",
        description = "When the community's meetings take place, were cancelled or moved, and what \
                       they have left behind. Whoever shows meetings to people may find a calendar or \
                       a feed enough: `/api/series` has their addresses.\n\nEvery answer has an \
                       entity tag and says how long it stays true. Any page may ask (CORS). Errors \
                       are problem details (RFC 9457).",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    paths(series::all, occurrences::page, document)
)]
struct Api;

/// The document.
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    operation_id = "describe",
    summary = "This document",
    responses(
        (status = 200, description = "An OpenAPI 3.1 document", body = Object),
        (status = 304, description = "Nothing has changed since the entity tag that was sent"),
        (status = 405, description = "Another method than GET and HEAD",
            body = super::problem::Problem, content_type = "application/problem+json"),
        (status = 500, description = "A bug",
            body = super::problem::Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) fn document() -> utoipa::openapi::OpenApi {
    Api::openapi()
}
