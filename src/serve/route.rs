//! What kind of thing a request asks for: a few words, whatever is in its address.

/// What is asked for, told by the form of the path alone.
///
/// So a path at which nothing is counts as what it would be, and who makes up paths makes up no new
/// word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// iCalendar, or the same in one of its other forms.
    Calendar,
    /// A feed of what became known, or the list of feeds.
    Feed,
    /// A feed of what is about to begin.
    Reminders,
    /// A page for people.
    Page,
    /// What other sites show: the card, the badge and what is next.
    Embed,
    /// Questions of programs.
    Api,
    /// What pages are made of.
    Asset,
    /// Whether the server is well, for probes and people.
    Status,
    /// What this is counted for.
    Metrics,
    /// Anything else, such as `robots.txt`.
    Other,
    /// A request that could not be read as one.
    Unread,
}

impl Route {
    /// All of them, in order.
    pub(super) const ALL: [Route; 11] = [
        Route::Calendar,
        Route::Feed,
        Route::Reminders,
        Route::Page,
        Route::Embed,
        Route::Api,
        Route::Asset,
        Route::Status,
        Route::Metrics,
        Route::Other,
        Route::Unread,
    ];

    /// What is asked for at that path.
    pub(super) fn of(path: &str) -> Route {
        match path.as_bytes() {
            [.., b'.', b'i', b'c', b's'] => Route::Calendar,
            b"/embed/" => Route::Embed,
            [.., b'/'] if !path.starts_with("/api/") => Route::Page,
            _ => Route::of_name(path),
        }
    }

    fn of_name(path: &str) -> Route {
        if path == "/api" || path.starts_with("/api/") {
            return Route::Api;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        match name {
            "feed.xml" | "feed.atom" | "feed.json" | "follow.opml" => Route::Feed,
            "reminders.xml" | "reminders.atom" | "reminders.json" => Route::Reminders,
            "next.json" | "next.svg" | "embed.js" => Route::Embed,
            "healthz" | "readyz" | "status" | "status.json" => Route::Status,
            "metrics" => Route::Metrics,
            _ if is_form_of_calendar(name) => Route::Calendar,
            _ => match name.rsplit_once('.').map(|(_, extension)| extension) {
                Some("css" | "js" | "svg" | "png" | "ico") => Route::Asset,
                // The address of a page without its slash, or an old one's.
                None | Some("html") if path.starts_with('/') => Route::Page,
                _ => Route::Other,
            },
        }
    }

    /// The word for it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Route::Calendar => "calendar",
            Route::Feed => "feed",
            Route::Reminders => "reminders",
            Route::Page => "page",
            Route::Embed => "embed",
            Route::Api => "api",
            Route::Asset => "asset",
            Route::Status => "status",
            Route::Metrics => "metrics",
            Route::Other => "other",
            Route::Unread => "unread",
        }
    }
}

fn is_form_of_calendar(name: &str) -> bool {
    [".jcal.json", ".xcal.xml", ".jscal.json"].iter().any(|form| name.ends_with(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_path_tells_what_is_asked_for() {
        let cases = [
            ("/oci.ics", Route::Calendar),
            ("/meetings/weekly/2026-11-26/event.ics", Route::Calendar),
            ("/tags/security.jscal.json", Route::Calendar),
            ("/calendar.xcal.xml", Route::Calendar),
            ("/feed.xml", Route::Feed),
            ("/meetings/weekly/feed.json", Route::Feed),
            ("/follow.opml", Route::Feed),
            ("/meetings/weekly/reminders.atom", Route::Reminders),
            ("/", Route::Page),
            ("/meetings/weekly/2026-11-26/", Route::Page),
            ("/meetings/weekly", Route::Page),
            ("/old.html", Route::Page),
            ("/next.json", Route::Embed),
            ("/meetings/weekly/next.svg", Route::Embed),
            ("/embed.js", Route::Embed),
            ("/embed/", Route::Embed),
            ("/api/series", Route::Api),
            ("/api/", Route::Api),
            ("/api", Route::Api),
            ("/style.css", Route::Asset),
            ("/page.js", Route::Asset),
            ("/icon.svg", Route::Asset),
            ("/favicon.ico", Route::Asset),
            ("/healthz", Route::Status),
            ("/readyz", Route::Status),
            ("/status.json", Route::Status),
            ("/metrics", Route::Metrics),
            ("/robots.txt", Route::Other),
            ("/wp-login.php", Route::Other),
            ("*", Route::Other),
            ("", Route::Other),
        ];
        for (path, route) in cases {
            assert_eq!(Route::of(path), route, "{path}");
        }
    }

    #[test]
    fn each_has_its_place_and_its_word() {
        for (place, route) in Route::ALL.into_iter().enumerate() {
            assert_eq!(route as usize, place);
            let same = Route::ALL.iter().filter(|other| other.as_str() == route.as_str());
            assert_eq!(same.count(), 1, "{route:?}");
        }
    }
}
