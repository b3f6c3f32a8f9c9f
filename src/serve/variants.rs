//! Calendars that are published nowhere: with options in the address, or in the form that a
//! client asks for first.
//!
//! Each is rendered when it is first asked for, and kept with the content it was rendered from.

use super::accept_type::first_choice;
use super::coding;
use super::documents::{Made, made};
use super::respond::{self, plain};
use super::state::{Served, State};
use crate::publish::{Coded, Coding, Refused, Variant, Wish, path_in};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_LOCATION, VARY};
use axum::http::{HeaderValue, Request, Response, StatusCode};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// The longest canonical address that is told, in bytes: longer queries are refused.
const LONGEST: usize = 2000;

/// The response to a request whose query or Accept header asks for another calendar than its path
/// has; none for every other request.
///
/// The status is 200, 304, 400, 404, 405 or 410.
pub(super) async fn answer<B>(state: &Arc<State>, request: &Request<B>) -> Option<Response<Bytes>> {
    let query = request.uri().query().unwrap_or_default();
    let may_have_forms =
        request.uri().path().ends_with(".ics") && request.headers().contains_key(ACCEPT);
    if query.is_empty() && !may_have_forms {
        return None;
    }
    let path = respond::decoded(request.uri().path())?;
    let other = first_choice(request.headers()).and_then(|name| path_in(&path, &name));
    let other = other.filter(|other| *other != path);
    if query.is_empty() && other.is_none() {
        return None;
    }
    let path = other.as_deref().unwrap_or(&path);
    let coding = coding::first(request.headers());
    let mut response = match calendar(state, path, query, coding).await? {
        Ok(calendar) => calendar.response(request, path, state.clock.now()),
        Err(why) => refused(request, &why),
    };
    if other.is_some() {
        // Some shared caches look at the address alone, and others' clients want text.
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private"));
        let varies = HeaderValue::from_static("Accept, Accept-Encoding");
        response.headers_mut().insert(VARY, varies);
    }
    Some(response)
}

/// A calendar to answer with.
struct Calendar {
    document: Coded,
    stale_at: Option<DateTime<Utc>>,
    /// Its canonical path and query.
    address: String,
}

impl Calendar {
    fn response<B>(&self, request: &Request<B>, path: &str, now: DateTime<Utc>) -> Response<Bytes> {
        let mut response = respond::with_body(request, path, &self.document, self.stale_at, now);
        // An old name may lead to a tag, and so stand for more series than an address has room for.
        let address = Some(self.address.as_str()).filter(|address| address.len() <= LONGEST);
        if let Some(Ok(address)) = address.map(HeaderValue::from_str) {
            response.headers_mut().insert(CONTENT_LOCATION, address);
        }
        response
    }
}

/// The calendar at that path with that query; none where there is none at the path.
///
/// Where rendering stops with a bug, the one without options is better than an error.
async fn calendar(
    state: &Arc<State>,
    path: &str,
    query: &str,
    coding: Coding,
) -> Option<Result<Calendar, Refused>> {
    let (served, now) = (state.served.load_full(), state.clock.now());
    let (address, published) = match Wish::of(&served.community, path, query)? {
        Ok(wish) => (wish.address(), wish.is_published()),
        Err(refused) => return Some(Err(refused)),
    };
    if !published {
        match variant(&served, path, query, &address, now).await {
            Some(Ok(variant)) => {
                let (document, stale_at) = (variant.document.clone(), variant.stale_at);
                return Some(Ok(Calendar { document, stale_at, address }));
            }
            Some(Err(refused)) => return Some(Err(refused)),
            None => {}
        }
    }
    let Made::Document(entry) = made(state, path, coding).await else { return None };
    let (document, stale_at) = (entry.ready.document().clone(), entry.stale_at);
    Some(Ok(Calendar { document, stale_at, address }))
}

/// The variant at that address, kept or rendered; none where rendering stopped with a bug.
async fn variant(
    served: &Served,
    path: &str,
    query: &str,
    address: &str,
    now: DateTime<Utc>,
) -> Option<Result<Arc<Variant>, Refused>> {
    let (community, path, query) =
        (Arc::clone(&served.community), path.to_owned(), query.to_owned());
    let render = move || Some(Wish::of(&community, &path, &query)?.ok()?.render(now));
    served.variants.get(address, now, render).await
}

fn refused<B>(request: &Request<B>, why: &Refused) -> Response<Bytes> {
    let status = match why {
        Refused::Senseless(_) => StatusCode::BAD_REQUEST,
        // As the address of such a calendar is: clients keep what they have at 404, and stop at 400.
        Refused::Unknown(_) => StatusCode::NOT_FOUND,
        Refused::Gone(_) => StatusCode::GONE,
    };
    let response = plain(status, format!("{}: {why}\n", status.as_u16()));
    respond::to_method(request.method(), response)
}
