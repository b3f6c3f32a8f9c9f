//! Keeps a store as it should be: an event loop over the content, the time and the store's failures.

use super::{Args, in_words};
use crate::cli::content::Content;
use crate::cli::failure::Failure;
use crate::clock::Clock;
use crate::error::Error;
use crate::intake::{Intake, Outcome};
use crate::model::Community;
use crate::upload::{Publisher, Stop};
use crate::watch::{Sign, Watch};
use chrono::{DateTime, Utc};
use std::time::Duration;
use tokio::time::{sleep, timeout};
use tracing::{error, info, warn};

/// After a failure it is tried again so soon, then twice as late each time.
const AGAIN: Duration = Duration::from_secs(1);

/// However often it failed, the next attempt is no further away.
const AGAIN_AT_MOST: Duration = Duration::from_secs(300);

/// The longest between two looks at the clock, which may be put forward.
const LOOK: Duration = Duration::from_secs(10);

/// How long what is being sent may take once it is to stop.
const STOP: Duration = Duration::from_secs(5);

/// When to publish next, unless the content changes.
enum Next {
    /// When other bytes are published, if ever.
    Stale(Option<DateTime<Utc>>),
    /// After a failure.
    Again(DateTime<Utc>),
}

/// What is published and what was last read of it.
struct Follower<'a> {
    args: &'a Args,
    publisher: Publisher,
    community: Community,
    intake: Intake,
    watch: Watch,
    stop: Stop,
    /// How long to wait after the next failure.
    again: Duration,
    /// What was last said of content that is not published.
    known: Option<String>,
}

/// Publishes, and goes on until it is to stop.
///
/// # Errors
/// None but those that no later attempt can mend.
pub(super) async fn run(
    args: &Args,
    content: Content,
    publisher: Publisher,
    stop: Stop,
) -> Result<(), Failure> {
    let watch = Watch::new(&args.common.content);
    let (community, intake) = (content.community, content.intake);
    let known = None;
    let mut follower =
        Follower { args, publisher, community, intake, watch, stop, again: AGAIN, known };
    loop {
        let next = follower.publish().await?;
        if *follower.stop.borrow() || !follower.wait(next).await {
            info!("stopped");
            return Ok(());
        }
    }
}

impl Follower<'_> {
    async fn publish(&mut self) -> Result<Next, Failure> {
        let now = Clock::System.now();
        let mut stopped = self.stop.clone();
        let (community, stop) = (&self.community, &self.stop);
        let published = tokio::select! {
            published = self.publisher.publish(community, now, stop, |_, _| {}) => published,
            () = late(&mut stopped) => return Ok(Next::Stale(None)),
        };
        match published {
            Ok(published) => {
                self.again = AGAIN;
                let target = &self.args.target;
                if published.written + published.removed > 0 {
                    info!("{target}: {}", in_words(&published, false));
                }
                Ok(Next::Stale(published.stale_at))
            }
            // Only people can mend these.
            Err(error @ (Error::ForeignObject { .. } | Error::UnsafePath { .. })) => {
                Err(error.into())
            }
            Err(error) => {
                let again = self.again;
                warn!("{error}; trying again in {} s", again.as_secs());
                self.again = (again * 2).min(AGAIN_AT_MOST);
                Ok(Next::Again(Clock::System.now() + again))
            }
        }
    }

    /// Waits until there may be something to publish; `false` where it is to stop.
    async fn wait(&mut self, next: Next) -> bool {
        let at = match next {
            Next::Stale(at) => at,
            Next::Again(at) => Some(at),
        };
        loop {
            let left = at.map(|at| (at - Clock::System.now()).to_std().unwrap_or_default());
            if left.is_some_and(|left| left.is_zero()) {
                return true;
            }
            let sign = tokio::select! {
                _ = self.stop.wait_for(|stop| *stop) => return false,
                sign = timeout(left.map_or(LOOK, |left| left.min(LOOK)), self.watch.next()) => sign,
            };
            if let Ok(sign) = sign
                && self.reread(sign)
            {
                return true;
            }
        }
    }

    /// Takes up changed content; `false` where there is none to publish.
    fn reread(&mut self, sign: Sign) -> bool {
        let is_rescan = sign == Sign::Rescan;
        let outcome = self.intake.refresh(&sign.changed());
        self.watch.looked(self.intake.look_took());
        let is_new = match outcome {
            Ok(Outcome::Same) => return false,
            Ok(Outcome::Unsettled) => false,
            Ok(Outcome::New(taken)) => match taken.community {
                Ok(community) => {
                    self.known = None;
                    self.community = community;
                    true
                }
                Err(mistakes) => {
                    let line = |d: &crate::content::Diagnostic| {
                        format!("{}:{}:{}: {}: {}", d.path, d.line, d.column, d.message, d.help)
                    };
                    self.refuse(mistakes.iter().map(line).collect());
                    false
                }
            },
            Err(error) => {
                self.refuse(vec![error.to_string()]);
                return false;
            }
        };
        // The system said nothing of this change, so it watches the wrong place.
        if is_rescan {
            self.watch.renew();
        }
        is_new
    }

    /// Says why the newest content is not published, once.
    fn refuse(&mut self, lines: Vec<String>) {
        let text = lines.join("\n");
        if self.known.as_ref() == Some(&text) {
            return;
        }
        error!("the newest content is not published; the last good one still is");
        for line in lines {
            error!("{line}");
        }
        self.known = Some(text);
    }
}

/// Resolves when it was to stop some time ago.
async fn late(stop: &mut Stop) {
    if stop.wait_for(|stop| *stop).await.is_ok() {
        sleep(STOP).await;
    } else {
        std::future::pending::<()>().await;
    }
}
