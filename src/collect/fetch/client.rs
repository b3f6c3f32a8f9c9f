//! Asks one address, by all the rules.

use super::address::PublicAddress;
use super::body::MOST_BYTES;
use super::connect::Internet;
use super::exchange::{Question, Step};
use super::target::{Target, shown};
use super::{Answer, Failure, Reason, Validators};
use crate::model::Link;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::runtime;
use tokio::time::timeout;
use url::{Host, Url};

/// The longest that an answer may take, from the first look at its host's name to its last byte.
const LIMIT: Duration = Duration::from_secs(10);

/// The most redirects that are followed.
const MOST_REDIRECTS: usize = 3;

/// Where answers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upstream {
    /// The public internet, over https.
    Public,
    /// For tests: this address stands for every host, and is asked over plain http for
    /// `/<host><path>?<query>`. All rules on URLs stay, on redirects too; no name is looked up.
    Stand {
        /// The only address that is connected to.
        address: SocketAddr,
    },
}

/// Asks addresses on the web without being hurt by what they answer.
///
/// Only https on port 443 of public addresses is asked, with 3 redirects at most; an answer has
/// 10 s and 2 MiB, or as many bytes as [`Client::up_to`] says. Nothing is taken from the environment, no cookie kept, no connection used twice.
///
/// ```
/// use convene::collect::fetch::{Client, Reason, Upstream, Validators};
/// use convene::model::Link;
/// let site = Link::new("https://calendar.example").unwrap();
/// let client = Client::new(Upstream::Public, &site);
/// let failure = client.get("https://127.0.0.1/notes", &Validators::default()).unwrap_err();
/// assert_eq!(failure.reason, Reason::Blocked { address: [127, 0, 0, 1].into() });
/// ```
pub struct Client {
    road: Road,
    user_agent: String,
    limit: Duration,
    most: usize,
}

/// How a host is reached.
pub(super) enum Road {
    Internet(Internet),
    Stand(SocketAddr),
}

impl Client {
    /// A client that says whom it asks for: `site` is the address of the community's own service.
    pub fn new(upstream: Upstream, site: &Link) -> Client {
        let road = match upstream {
            Upstream::Public => Road::Internet(Internet::new()),
            Upstream::Stand { address } => Road::Stand(address),
        };
        Client::over(road, site)
    }

    /// The same over any road.
    pub(super) fn over(road: Road, site: &Link) -> Client {
        let user_agent = format!("convene/{} (+{site})", env!("CARGO_PKG_VERSION"));
        Client { road, user_agent, limit: LIMIT, most: MOST_BYTES }
    }

    /// The same client with less patience, for tests; never with more than 10 s.
    pub fn within(self, limit: Duration) -> Client {
        Client { limit: limit.min(LIMIT), ..self }
    }

    /// The same client, which reads as many bytes as that of an answer instead of 2 MiB.
    pub fn up_to(self, most: usize) -> Client {
        Client { most, ..self }
    }

    /// Asks for a URL once, and waits for the answer. Not for threads that drive a tokio runtime.
    ///
    /// `known` has what came with the last answer; it is sent only to the address that gave it.
    ///
    /// # Errors
    /// Everything that is not a whole answer of 1 byte to the most that are read, or one that nothing has changed.
    pub fn get(&self, url: &str, known: &Validators) -> Result<Answer, Failure> {
        let mut led_to = None;
        let answer = Target::new(url).and_then(|target| self.wait(target, known, &mut led_to));
        let url = Url::parse(url).map_or_else(|_| url.to_owned(), |url| shown(&url));
        answer.map_err(|reason| Failure { url, led_to, reason })
    }

    /// Waits for the answer, on a runtime that ends with it.
    fn wait(
        &self,
        target: Target,
        known: &Validators,
        led_to: &mut Option<String>,
    ) -> Result<Answer, Reason> {
        let room = room_for_a_runtime();
        let build = |()| runtime::Builder::new_current_thread().enable_all().build();
        let runtime = room.and_then(build);
        let runtime = runtime.map_err(|error| Reason::Machine(error.to_string()))?;
        let all = self.follow(target, known, led_to);
        let answer = runtime.block_on(async { timeout(self.limit, all).await });
        // The system may still look up a name, which must not be waited for.
        runtime.shutdown_background();
        answer.unwrap_or(Err(Reason::Timeout))
    }

    /// Asks, and asks again wherever it is sent.
    async fn follow(
        &self,
        mut target: Target,
        known: &Validators,
        led_to: &mut Option<String>,
    ) -> Result<Answer, Reason> {
        for _ in 0..=MOST_REDIRECTS {
            match self.ask(&target, known).await? {
                Step::Answer(answer) => return Ok(answer),
                Step::Redirect(location) => {
                    let next = target.join(&location)?;
                    *led_to = Some(shown(&next));
                    target = Target::of(next)?;
                }
            }
        }
        Err(Reason::Redirects)
    }

    async fn ask(&self, target: &Target, known: &Validators) -> Result<Step, Reason> {
        refuse_private(target.host())?;
        let (user_agent, most) = (&self.user_agent, self.most);
        match &self.road {
            Road::Internet(internet) => {
                let question =
                    Question { target, path: target.origin_form(), user_agent, known, most };
                question.ask(internet.connect(target.host(), self.limit).await?).await
            }
            Road::Stand(address) => {
                let path = format!("/{}{}", target.host(), target.origin_form());
                let stream = TcpStream::connect(address).await;
                let stream = stream.map_err(|error| Reason::Connect(error.to_string()))?;
                Question { target, path, user_agent, known, most }.ask(stream).await
            }
        }
    }
}

/// Refuses a host that is an address and not a public one; a name's addresses are judged when they
/// are known.
fn refuse_private(host: &Host<String>) -> Result<(), Reason> {
    let address = match host {
        Host::Domain(_) => return Ok(()),
        Host::Ipv4(v4) => IpAddr::V4(*v4),
        Host::Ipv6(v6) => IpAddr::V6(*v6),
    };
    PublicAddress::new(address).map(|_| ()).ok_or(Reason::Blocked { address })
}

/// Whether the system gives what a runtime needs for signals: tokio stops with a panic where it does
/// not.
///
/// # Errors
/// What the system says, such as that too many files are open.
pub fn room_for_a_runtime() -> io::Result<()> {
    #[cfg(unix)]
    std::os::unix::net::UnixStream::pair()?;
    Ok(())
}
