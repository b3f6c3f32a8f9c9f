//! The page of all past meetings.

use super::super::Scope;
use super::layout::Layout;
use super::{past, structured};
use crate::model::Community;
use crate::schedule::{AsOf, latest};
use maud::html;

/// Where it is served.
pub const ARCHIVE_PATH: &str = "/archive/";

/// The most meetings on it; more are on the pages of their series.
const MOST: usize = 2_000;

/// The past meetings of all series, the newest year first.
pub fn archive(community: &Community, as_of: &AsOf) -> String {
    let scope = Scope::Community(community);
    let words = &scope.locale().archive;
    let site = &community.site;
    let description = (words.description)(site.name.as_str());
    let layout = Layout {
        scope,
        path: ARCHIVE_PATH,
        title: words.title.to_owned(),
        structured: structured::collection(site, ARCHIVE_PATH, words.title, &description),
        description,
    };
    let mut meetings = latest(community.all_series(), as_of, MOST + 1, |_| true);
    let is_cut = meetings.len() > MOST;
    meetings.truncate(MOST);
    layout.around(html! {
        h1 { (words.title) }
        @if meetings.is_empty() {
            p.lead { (words.nothing) }
        } @else {
            p.lead { (words.lead) }
            div { (past::of_all(community, meetings)) }
        }
        @if is_cut {
            @let link = html! { a href="/#meetings" { (words.every_series) } };
            p.quiet { ((words.rest)(MOST, link)) }
        }
    })
}
