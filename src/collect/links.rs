//! Tries where links lead: each once, one after the other on a host, several hosts at once.

use super::fetch::{Client, Failure, Reason};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use url::Url;

/// How many hosts are asked at once.
const AT_ONCE: usize = 4;

/// After so many attempts that reached nobody, a host is left alone.
const PATIENCE: usize = 2;

/// What came of links, by their addresses.
pub type Answers = BTreeMap<String, Came>;

/// What came of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// Something is there.
    Somewhere,
    /// Nothing is there for people, and why.
    Nowhere(String),
    /// It was not tried, so that nobody knows.
    Untried(Untried),
}

/// Why a link was not tried.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Untried {
    /// Only https is asked.
    NotHttps,
    /// It has a port or a password, or is on a network, that is not asked.
    Shut,
    /// Its host, this one, did not answer several others.
    Silent(String),
    /// This machine gave no thread or socket.
    Machine,
}

/// Tries the links, each by its address without a fragment.
///
/// Each is asked for once, whatever its fragment, with `pause` between two of one host. What an
/// address keeps from programs, or to those who are signed in, is there all the same.
pub fn answers(client: &Client, links: &[&str], pause: Duration) -> Answers {
    let hosts = Mutex::new(by_host(links));
    let found = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(urls) = locked(&hosts).pop_front() {
            let answers = on_one_host(client, &urls, pause);
            locked(&found).extend(answers);
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn by_host(links: &[&str]) -> VecDeque<Vec<String>> {
    let mut hosts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for link in links.iter().map(|link| without_fragment(link)) {
        let urls = hosts.entry(host(link)).or_default();
        if !urls.iter().any(|known| known == link) {
            urls.push(link.to_owned());
        }
    }
    hosts.into_values().collect()
}

fn on_one_host(client: &Client, urls: &[String], pause: Duration) -> Answers {
    let mut answers = Answers::new();
    let mut unreached = 0;
    for (i, url) in urls.iter().enumerate() {
        if unreached >= PATIENCE {
            answers.insert(url.clone(), Came::Untried(Untried::Silent(host(url))));
            continue;
        }
        if i > 0 {
            thread::sleep(pause);
        }
        let failure = client.get(url, &Default::default()).err();
        unreached += usize::from(failure.as_ref().is_some_and(|f| reaches_nobody(&f.reason)));
        answers.insert(url.clone(), failure.map_or(Came::Somewhere, |f| came(&f)));
    }
    answers
}

fn host(url: &str) -> String {
    Url::parse(url).ok().and_then(|url| Some(url.host_str()?.to_owned())).unwrap_or_default()
}

fn came(failure: &Failure) -> Came {
    match &failure.reason {
        reason if is_dead(reason) => Came::Nowhere(reason.to_string()),
        Reason::Machine(_) => Came::Untried(Untried::Machine),
        // Where it led elsewhere first, it was asked.
        _ if failure.led_to.is_some() => Came::Somewhere,
        Reason::NotHttps => Came::Untried(Untried::NotHttps),
        Reason::Port(_) | Reason::Credentials | Reason::Blocked { .. } => {
            Came::Untried(Untried::Shut)
        }
        _ => Came::Somewhere,
    }
}

fn reaches_nobody(reason: &Reason) -> bool {
    matches!(reason, Reason::Dns(_) | Reason::Connect(_) | Reason::Tls(_) | Reason::Timeout)
}

/// Whether nothing is there for people; what may not be asked, or is there in a form that is not
/// read here, is no answer to that.
fn is_dead(reason: &Reason) -> bool {
    match reason {
        Reason::Status { code, .. } => {
            !matches!(code, 200..=299 | 401..=403 | 405 | 406 | 425 | 429 | 503 | 999)
        }
        Reason::NotUrl(_) | Reason::Redirects | Reason::Http(_) => true,
        other => reaches_nobody(other),
    }
}

/// The address that is asked for.
pub fn without_fragment(link: &str) -> &str {
    link.split('#').next().unwrap_or(link)
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
