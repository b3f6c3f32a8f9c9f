//! How to subscribe to a scope: by an application, by its address, in a feed reader; and the chooser
//! of what is in it.

mod applications;
mod chooser;
mod feeds;
mod pace;

use super::super::Scope;
use super::super::format::CALENDAR;
use super::super::locale::Locale;
use crate::schedule::AsOf;
use applications::{Target, applications};
use maud::{Markup, html};

/// The section of a page that says how to subscribe.
///
/// What the script keeps up to date with the chooser has the attribute `data-link`, with gaps for the
/// parts of an address, or the class `whole`.
pub(super) fn section(scope: &Scope<'_>, as_of: &AsOf) -> Markup {
    let locale = scope.locale();
    let words = &locale.subscribe;
    html! {
        section.subscribe aria-labelledby="subscribe" lang=[locale.foreign_to(scope.site())] {
            h2 #subscribe { (locale.frame.subscribe) }
            p { (words.promise) }
            (chooser::chooser(scope, as_of))
            div.ways {
                div { (applications(scope)) }
                div { (by_address(scope)) (feeds::feeds(scope)) }
            }
            (pace::pace(locale))
            (feeds::bots(scope))
            p.copying.hidden role="status" data-copied=(words.copy.copied)
                data-selected=(words.copy.by_hand) {}
        }
    }
}

fn by_address(scope: &Scope<'_>) -> Markup {
    let words = &scope.locale().subscribe;
    let address = html! { code.whole { (scope.site().absolute(&CALENDAR.path(scope))) } };
    html! {
        h3 { (words.by_address) }
        p.quiet { (words.any_other) }
        (copyable(scope.locale(), words.copy.address, &address))
        p.quiet {
            (Target::of(scope).link(applications::DOWNLOAD, &html! { (words.download) }))
            (words.download_hint)
        }
    }
}

/// Code, and where scripts run the button that copies it; `what` it is called for those who do not
/// see it.
fn copyable(locale: &Locale, what: &str, code: &Markup) -> Markup {
    let words = &locale.subscribe.copy;
    html! {
        p.address {
            (code)
            button.button.copy type="button" data-copied=(words.copied) data-selected=(words.selected) {
                span { (words.copy) }
                span.hidden { (what) }
            }
        }
    }
}
