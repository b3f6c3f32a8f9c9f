//! `/api/`: the community's series and their dated meetings as JSON, for programs.
//!
//! What can be asked is in [`openapi`], made of the structs that are sent. Only what an address asks
//! for is computed, and nothing is expanded beyond it.

mod occurrences;
mod openapi;
mod parameters;
mod problem;
mod query;
mod series;
mod window;

use super::respond;
use super::state::{Served, State};
use crate::publish::{Coded, Document, Variant};
use crate::schedule::AsOf;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, ALLOW, CONNECTION,
};
use axum::http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use problem::Problem;
use query::Query;
use serde::Serialize;
use std::convert::Infallible;
use std::sync::Arc;

/// The methods that are answered.
const METHODS: &str = "GET, HEAD, OPTIONS";

const JSON: &str = "application/json";

/// What is below `/api/`.
#[derive(Clone, Copy)]
enum Endpoint {
    Series,
    Occurrences,
    OpenApi,
}

impl Endpoint {
    fn at(path: &str) -> Option<Endpoint> {
        match path {
            "/api/series" => Some(Endpoint::Series),
            "/api/occurrences" => Some(Endpoint::Occurrences),
            "/api/openapi.json" => Some(Endpoint::OpenApi),
            _ => None,
        }
    }
}

/// The response to a request below `/api/`; none for every other path.
///
/// The status is 200, 204, 304, 400, 404, 405, or 500 after a bug.
pub(super) async fn answer<B>(state: &State, request: &Request<B>) -> Option<Response<Bytes>> {
    let path = respond::decoded(request.uri().path())?;
    if path != "/api" && !path.starts_with("/api/") {
        return None;
    }
    let (served, now) = (state.served.load_full(), state.clock.now());
    let response = match Endpoint::at(&path) {
        Some(endpoint) => to_method(endpoint, request, &served, now).await,
        None => Err(Problem::nothing_here()),
    };
    Some(open(response.unwrap_or_else(|problem| respond_with(request, &problem))))
}

async fn to_method<B>(
    endpoint: Endpoint,
    request: &Request<B>,
    served: &Served,
    now: DateTime<Utc>,
) -> Result<Response<Bytes>, Problem> {
    match *request.method() {
        Method::GET | Method::HEAD => {
            let query = request.uri().query().unwrap_or_default();
            let variant = variant(endpoint, query, served, now).await?;
            let path = request.uri().path();
            Ok(respond::with_body(request, path, &variant.document, variant.stale_at, now))
        }
        Method::OPTIONS => Ok(preflight()),
        _ => Err(Problem::method_not_allowed()),
    }
}

/// The answer of an endpoint, kept or computed.
async fn variant(
    endpoint: Endpoint,
    query: &str,
    served: &Served,
    now: DateTime<Utc>,
) -> Result<Arc<Variant>, Problem> {
    let community = Arc::clone(&served.community);
    let (kept, as_of) = (&served.answers, AsOf::new(now));
    let made = match endpoint {
        Endpoint::OpenApi => {
            kept.get("openapi", now, move || made(&openapi::document(), &as_of, now)).await
        }
        Endpoint::Series => {
            let make = move || made(&series::all(&community, now, &as_of), &as_of, now);
            kept.get("series", now, make).await
        }
        Endpoint::Occurrences => {
            let query = Query::read(query, &community, now)?;
            let address = query.to_string();
            let make =
                move || made(&occurrences::page(&community, &query, now, &as_of), &as_of, now);
            kept.get(&address, now, make).await
        }
    };
    let Some(Ok(variant)) = made else { return Err(Problem::bug()) };
    Ok(variant)
}

/// An answer, of which the content and the present decide every byte.
fn made(
    value: &impl Serialize,
    as_of: &AsOf,
    now: DateTime<Utc>,
) -> Option<Result<Variant, Infallible>> {
    let text = serde_json::to_string_pretty(value).ok()?;
    let document = Coded::complete(&Document::new(JSON, text + "\n"));
    Some(Ok(Variant { document, as_of: now, stale_at: as_of.stale_at() }))
}

/// The answer to a browser that asks what pages of others may do here.
fn preflight() -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    set(&mut response, ALLOW, METHODS);
    set(&mut response, ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    set(&mut response, ACCESS_CONTROL_ALLOW_HEADERS, "*");
    set(&mut response, ACCESS_CONTROL_MAX_AGE, "86400");
    response
}

fn respond_with<B>(request: &Request<B>, problem: &Problem) -> Response<Bytes> {
    let mut response = problem.response();
    if problem.status() == StatusCode::METHOD_NOT_ALLOWED {
        set(&mut response, ALLOW, METHODS);
        set(&mut response, CONNECTION, "close");
    }
    if *request.method() == Method::HEAD {
        *response.body_mut() = Bytes::new();
    }
    response
}

/// Lets pages of others read the response, also one that says only that nothing has changed.
fn open(mut response: Response<Bytes>) -> Response<Bytes> {
    set(&mut response, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response
}

fn set(response: &mut Response<Bytes>, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}
