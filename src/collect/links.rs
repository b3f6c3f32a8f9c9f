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

/// What came of trying links: with why, where one leads nowhere. Those of a host that could not be
/// reached are left out after a few.
pub type Answers = BTreeMap<String, Option<String>>;

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
        let host = Url::parse(link).ok().and_then(|url| Some(url.host_str()?.to_owned()));
        let urls = hosts.entry(host.unwrap_or_default()).or_default();
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
            break;
        }
        if i > 0 {
            thread::sleep(pause);
        }
        let failed =
            client.get(url, &Default::default()).err().map(|Failure { reason, .. }| reason);
        unreached += usize::from(failed.as_ref().is_some_and(reaches_nobody));
        let why = failed.filter(is_dead).map(|reason| reason.to_string());
        answers.insert(url.clone(), why);
    }
    answers
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
