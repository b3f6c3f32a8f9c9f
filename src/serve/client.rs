//! Who asks, as the request says of itself: a few families, found in its User-Agent.
//!
//! Most clients name themselves in their first word, so that one look is enough. What browsers say,
//! others say too, and name themselves further on.

use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;

/// What a client is one of, by the name that it gives itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Client {
    /// Google Calendar.
    Google,
    /// Outlook, Outlook.com, Microsoft 365 and Exchange.
    Outlook,
    /// The calendars of macOS, iOS and their kin.
    Apple,
    /// Thunderbird.
    Thunderbird,
    /// GNOME's Evolution and Calendar.
    Evolution,
    /// Nextcloud.
    Nextcloud,
    /// ICSx5 and DAVx5, on Android.
    Davx5,
    /// Proton Calendar.
    Proton,
    /// Programs and services that follow feeds, those that tell a chat of them among them.
    FeedReader,
    /// What people read pages in.
    Browser,
    /// Search engines and others that follow links.
    Bot,
    /// Prometheus, and the probes of Kubernetes and of load balancers.
    Monitoring,
    /// Any other, or none that has a name.
    Other,
}

/// More of a name is not looked at.
const OCTETS: usize = 256;

/// No name of anybody is shorter, and much of what browsers say is.
const SHORTEST: usize = 5;

impl Client {
    /// All of them, in order.
    pub(super) const ALL: [Client; 13] = [
        Client::Google,
        Client::Outlook,
        Client::Apple,
        Client::Thunderbird,
        Client::Evolution,
        Client::Nextcloud,
        Client::Davx5,
        Client::Proton,
        Client::FeedReader,
        Client::Browser,
        Client::Bot,
        Client::Monitoring,
        Client::Other,
    ];

    /// Who sends those headers.
    pub(super) fn of(headers: &HeaderMap) -> Client {
        headers.get(USER_AGENT).map_or(Client::Other, |agent| Client::named(agent.as_bytes()))
    }

    fn named(agent: &[u8]) -> Client {
        let agent = agent.get(..OCTETS).unwrap_or(agent);
        let mut words = agent.split(|&byte| !is_of_word(byte)).filter(|word| !word.is_empty());
        let Some(first) = words.next() else { return Client::Other };
        if let Some(client) = of_first(first).or_else(|| of_word(first)) {
            return client;
        }
        let other = if first == b"Mozilla" { Client::Browser } else { Client::Other };
        words.find_map(of_word).unwrap_or(other)
    }

    /// The word for it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Client::Google => "google",
            Client::Outlook => "outlook",
            Client::Apple => "apple",
            Client::Thunderbird => "thunderbird",
            Client::Evolution => "evolution",
            Client::Nextcloud => "nextcloud",
            Client::Davx5 => "davx5",
            Client::Proton => "proton",
            Client::FeedReader => "feed_reader",
            Client::Browser => "browser",
            Client::Bot => "bot",
            Client::Monitoring => "monitoring",
            Client::Other => "other",
        }
    }
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// What a name is at the beginning; elsewhere it may be a part of what browsers say.
fn of_first(word: &[u8]) -> Option<Client> {
    Some(match word {
        b"Microsoft" | b"Microsoft.Exchange" | b"Exchange" => Client::Outlook,
        // `iOS/26.5 (23F77) dataaccessd/1.0`, `macOS/14.0 (23A344) CalendarAgent/988`.
        b"iOS" | b"iPadOS" | b"macOS" | b"watchOS" | b"visionOS" | b"Mac_OS_X" | b"Mac"
        | b"CalendarStore" => Client::Apple,
        b"Nextcloud" => Client::Nextcloud,
        b"Tiny" | b"Feedbin" | b"Nextcloud-News" | b"Slackbot" => Client::FeedReader,
        _ => return None,
    })
}

/// What a name is wherever it stands.
fn of_word(word: &[u8]) -> Option<Client> {
    if word.len() < SHORTEST || word.first().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    Some(match word {
        b"Google-Calendar-Importer" => Client::Google,
        b"Outlook" | b"Outlook-iOS" | b"Outlook-Android" | b"MacOutlook" => Client::Outlook,
        b"dataaccessd" | b"CalendarAgent" | b"remindd" => Client::Apple,
        b"Thunderbird" | b"Betterbird" => Client::Thunderbird,
        b"Evolution" | b"evolution-source-registry" | b"evolution-data-server" => Client::Evolution,
        b"ICSx5" | b"DAVx5" | b"ICSdroid" | b"DAVdroid" => Client::Davx5,
        b"ProtonCalendar" | b"Proton" | b"ProtonMail" | b"proton-calendar" => Client::Proton,
        b"Prometheus" | b"kube-probe" | b"GoogleHC" | b"ELB-HealthChecker" | b"Blackbox" => {
            Client::Monitoring
        }
        _ if is_feed_reader(word) => Client::FeedReader,
        _ if is_bot(word) => Client::Bot,
        _ => return None,
    })
}

fn is_feed_reader(word: &[u8]) -> bool {
    matches!(
        word,
        b"Feedly"
            | b"FeedFetcher-Google"
            | b"Inoreader"
            | b"inoreader.com"
            | b"NewsBlur"
            | b"Miniflux"
            | b"FreshRSS"
            | b"NetNewsWire"
            | b"Reeder"
            | b"newsboat"
            | b"sfeed"
            | b"rss2email"
            | b"feedparser"
            | b"UniversalFeedParser"
            | b"reader"
            | b"Akregator"
            | b"Liferea"
            | b"RSSGuard"
            | b"QuiteRSS"
            | b"CommaFeed"
            | b"BazQux"
            | b"theoldreader.com"
            | b"SimplePie"
            | b"matrix-hookshot"
    )
}

/// Those that say so: the endings of their names are much the same everywhere.
fn is_bot(word: &[u8]) -> bool {
    let ends_with = |ending: &[u8]| {
        let start = word.len().checked_sub(ending.len());
        let last = start.and_then(|start| word.get(start..));
        last.is_some_and(|last| last.eq_ignore_ascii_case(ending))
    };
    match word.last() {
        Some(b't' | b'T') => ends_with(b"bot") || word == b"facebookexternalhit",
        Some(b'r' | b'R') => ends_with(b"crawler") || ends_with(b"spider"),
        _ => matches!(word, b"Slackbot-LinkExpanding" | b"Slurp"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn check(agent: &str, client: Client) {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_bytes(agent.as_bytes()).unwrap());
        assert_eq!(Client::of(&headers), client, "{agent}");
    }

    #[test]
    fn calendars_are_known_by_their_names() {
        check("Google-Calendar-Importer", Client::Google);
        check("Mozilla/5.0 (compatible; Google-Calendar-Importer)", Client::Google);
        check("Microsoft.Exchange/15.20 (Windows NT 10.0; Win64; x64)", Client::Outlook);
        check("Microsoft Exchange/15.20", Client::Outlook);
        check(
            "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)",
            Client::Outlook,
        );
        check("Outlook-iOS/2.0", Client::Outlook);
        check("iOS/26.5 (23F77) dataaccessd/1.0", Client::Apple);
        check("macOS/14.0 (23A344) CalendarAgent/988", Client::Apple);
        check("Mac OS X/10.8 (12A269) CalendarAgent/47", Client::Apple);
        check("Mac_OS_X/10.9 (13A603) CalendarAgent/174", Client::Apple);
        check("Mac+OS+X/10.10 (14A389) CalendarAgent/315", Client::Apple);
        check(
            "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Thunderbird/153.0",
            Client::Thunderbird,
        );
        check("Evolution/3.60.2", Client::Evolution);
        check("Nextcloud Webcal Service", Client::Nextcloud);
        check("Nextcloud Server Crawler", Client::Nextcloud);
        check("ICSx5/2.4.3 (ical4j/3.2.19 okhttp/5.3.2 Android/16)", Client::Davx5);
        check("DAVx5/4.3.3.2-ose (okhttp/4.11.0)", Client::Davx5);
        check("ProtonCalendar/1.0", Client::Proton);
    }

    #[test]
    fn others_are_told_apart() {
        let safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 \
                      (KHTML, like Gecko) Version/17.4 Safari/605.1.15";
        check(safari, Client::Browser);
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
                      Chrome/140.0.0.0 Safari/537.36";
        check(chrome, Client::Browser);
        check(
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            Client::Bot,
        );
        check(
            "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
            Client::Bot,
        );
        check("Slackbot 1.0 (+https://api.slack.com/robots)", Client::FeedReader);
        check("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", Client::Bot);
        check("Feedly/1.0 (+http://www.feedly.com/fetcher.html)", Client::FeedReader);
        check("newsboat/2.21.0 (Linux x86_64)", Client::FeedReader);
        check(
            "Mozilla/5.0 (compatible; Miniflux/2.2.0; +https://miniflux.app)",
            Client::FeedReader,
        );
        check("Tiny Tiny RSS/22.09 (https://tt-rss.org/)", Client::FeedReader);
        check("Prometheus/2.42.0", Client::Monitoring);
        check("kube-probe/1.31", Client::Monitoring);
        check("curl/7.88.1", Client::Other);
    }

    #[test]
    fn any_bytes_are_some_client() {
        assert_eq!(Client::of(&HeaderMap::new()), Client::Other);
        for agent in ["", " ", "/", "((((", "\u{fc}ber", "bo", "-", "Mozilla"] {
            let client = Client::named(agent.as_bytes());
            assert!(matches!(client, Client::Other | Client::Browser), "{agent}");
        }
        let long = ["x ".repeat(200), "Thunderbird".to_owned()].concat();
        check(&long, Client::Other);
        check(&"bot".repeat(1000), Client::Other);
    }

    #[test]
    fn each_has_its_place_and_its_word() {
        for (place, client) in Client::ALL.into_iter().enumerate() {
            assert_eq!(client as usize, place);
            let same = Client::ALL.iter().filter(|other| other.as_str() == client.as_str());
            assert_eq!(same.count(), 1, "{client:?}");
        }
    }
}
