//! `convene serve`: the HTTP service.

use super::args::{Common, interval, socket_address};
use super::collect::upstream;
use super::failure::Failure;
use super::last_good::{First, first};
use super::log::Log;
use super::output::{print, print_json};
use crate::clock::{Clock, Stopwatch};
use crate::error::Error;
use crate::model::Community;
use crate::render::format::{Audience, FORMATS, Format};
use crate::render::{Locale, Scope};
use crate::schedule::TZ_DATA_VERSION;
use crate::serve::{self, Collecting, Socket, Start};
use chrono::TimeDelta;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::thread;
use tokio::runtime::Builder;
use tracing::info;

/// So many calendars are named; where there are more, the page has them all.
const MOST_SCOPES: usize = 25;

/// Serve the calendars, feeds and pages over HTTP.
///
/// Changed content is served within a second, and that series are gone once it has stayed so for two.
/// Content with mistakes is not: the last good state stays, and /readyz says what is wrong. With
/// --as-of the present stays at that time.
///
/// Where systemd or another supervisor passes sockets on (LISTEN_FDS), it listens on those and not on
/// --listen; and it tells its supervisor when it is ready, ends and is well (NOTIFY_SOCKET,
/// WATCHDOG_USEC).
///
/// Log lines go to standard error; CONVENE_LOG (or RUST_LOG) sets their level: error, warn, info,
/// debug. SIGTERM and SIGINT let open requests end.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", value_parser = socket_address)]
    listen: SocketAddr,
    /// Look for minutes and recordings this often, as `convene collect` does, such as 30m or 2h;
    /// around a meeting more often. The content folder has to be writable.
    #[arg(long, value_name = "TIME", value_parser = interval)]
    collect_every: Option<TimeDelta>,
    /// Keep the last good content in this folder, which is made where there is none, and start with
    /// that where the content has mistakes or cannot be read. It must not be in the content folder.
    #[arg(long, value_name = "DIR")]
    last_good: Option<PathBuf>,
    /// Ask this address instead of every source's own, over plain http: for tests.
    #[arg(long, value_name = "ADDR", value_parser = socket_address, hide = true)]
    fetch_from: Option<SocketAddr>,
    #[command(flatten)]
    log: Log,
    #[command(flatten)]
    common: Common,
}

/// # Errors
/// Mistakes in the content, or an address on which the system does not let it listen.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let collecting = collecting(args)?;
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    super::malloc::settle();
    args.log.start();
    serve(args, collecting).map_err(|failure| args.log.tell(failure))
}

fn serve(args: &Args, collecting: Option<Collecting>) -> Result<(), Failure> {
    let reading = Stopwatch::start();
    let First { content, trouble, keeper } = first(&args.common, args.last_good.as_deref())?;
    let took = reading.milliseconds();
    let sockets = sockets(args)?;
    let address = sockets.first().and_then(Socket::address).unwrap_or(args.listen);
    // As many threads render as there are processors.
    let makers = thread::available_parallelism().map_or(1, usize::from);
    let runtime = Builder::new_current_thread().enable_all().max_blocking_threads(makers).build();
    runtime.map_err(Error::Runtime)?.block_on(async {
        let stop = stop().map_err(Error::Runtime)?;
        say_what_to_open(&content.community, address, args.common.json)?;
        let (folder, series) = (args.common.content.display(), content.community.series.len());
        info!(
            %folder,
            series,
            files = content.files,
            %address,
            took_ms = took,
            version = env!("CARGO_PKG_VERSION"),
            tzdata = TZ_DATA_VERSION,
            "serving {series} series of `{folder}` on http://{address}, read in {took} ms"
        );
        let start = Start {
            folder: args.common.content.clone(),
            intake: content.intake,
            community: content.community,
            revision: content.revision,
            trouble,
            keeper,
            clock: args.common.clock(),
            collecting,
        };
        Ok(serve::run(sockets, start, stop).await?)
    })
}

/// Those that were passed, or else our own.
fn sockets(args: &Args) -> Result<Vec<Socket>, Error> {
    let Some(passed) = serve::passed()? else { return serve::listen(args.listen) };
    let addresses: BTreeSet<_> = passed.iter().filter_map(Socket::address).collect();
    for address in addresses {
        info!("listening on {address}, a socket that was passed on: --listen is not used");
    }
    Ok(passed)
}

fn collecting(args: &Args) -> Result<Option<Collecting>, Failure> {
    if args.collect_every.is_some() && args.common.clock() != Clock::System {
        let message = "--collect-every goes by the clock: leave out --as-of";
        return Err(Failure::Misuse(message.to_owned()));
    }
    let upstream = upstream(args.fetch_from);
    Ok(args.collect_every.map(|every| Collecting { every, upstream }))
}

/// Resolves when the system or somebody at the terminal asks to stop.
pub(super) fn stop() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        Ok(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        // Where that cannot be heard, the process can only be ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    })
}

/// An address to open, and what is there.
#[derive(Serialize)]
struct Place {
    what: String,
    url: String,
}

fn say_what_to_open(community: &Community, at: SocketAddr, json: bool) -> Result<(), Error> {
    let place = |what: String, path: &str| Place { what, url: format!("http://{at}{path}") };
    let mut places = vec![place("Page".to_owned(), "/")];
    for scope in Scope::all(community).take(MOST_SCOPES) {
        let formats = FORMATS.iter().filter(|format| match scope {
            Scope::Community(_) => {
                matches!(format.audience, Audience::Calendars | Audience::Readers)
            }
            Scope::Series(..) | Scope::Tag(..) => format.audience == Audience::Calendars,
        });
        let title = scope.title();
        let name = |format: &Format| (format.name)(&Locale::ENGLISH);
        places.extend(formats.map(|f| place(format!("{}: {title}", name(f)), &f.path(&scope))));
    }
    if json {
        return print_json(&places);
    }
    let width = places.iter().map(|place| place.what.chars().count()).max().unwrap_or(0);
    print(
        &places
            .iter()
            .map(|Place { what, url }| format!("{what:<width$}  {url}\n"))
            .collect::<String>(),
    )
}
