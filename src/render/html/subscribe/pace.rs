//! How soon each application has a change.

use super::super::super::locale::Locale;
use maud::{Markup, html};

pub(super) fn pace(locale: &Locale) -> Markup {
    let words = &locale.subscribe.pace;
    html! {
        details {
            summary { (words.title) }
            p { (words.why) }
            table.pace {
                thead { tr { th scope="col" { (words.application) } th scope="col" { (words.looks) } } }
                tbody {
                    @for (application, looks) in words.each {
                        tr { th scope="row" { (application) } td { (looks) } }
                    }
                }
            }
        }
    }
}
