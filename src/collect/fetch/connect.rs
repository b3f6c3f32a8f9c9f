//! Connections, to addresses that were checked and to no others.

use super::Reason;
use super::address::PublicAddress;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};
use url::Host;

/// The most addresses of a host that are tried.
const TRIES: usize = 4;

/// How the internet is reached. Both functions are values so that a test can be a name server that
/// changes its mind, and see where connections go.
pub(super) struct Internet {
    /// How names are looked up.
    pub(super) resolve: Arc<Resolve>,
    /// Where a checked address is connected to: at itself.
    pub(super) reach: Arc<Reach>,
    /// Whose certificates are believed.
    pub(super) roots: Arc<RootCertStore>,
}

/// Gives a name's addresses, and may block meanwhile.
pub(super) type Resolve = dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync;

/// Gives the socket of a checked address.
pub(super) type Reach = dyn Fn(PublicAddress) -> SocketAddr + Send + Sync;

impl Internet {
    /// The system's names, and Mozilla's list of whom to trust.
    pub(super) fn new() -> Internet {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Internet {
            resolve: Arc::new(system_addresses),
            reach: Arc::new(PublicAddress::socket),
            roots: Arc::new(roots),
        }
    }

    /// Connects to a host that is public at every address, and that shows that it is the one named;
    /// all of it should take no longer than `limit`.
    ///
    /// # Errors
    /// A name without addresses, an address that is not public, no connection, no trust.
    pub(super) async fn connect(
        &self,
        host: &Host<String>,
        limit: Duration,
    ) -> Result<TlsStream<TcpStream>, Reason> {
        let addresses = in_turn(checked(&self.addresses(host).await?)?);
        let stream = self.dial(&addresses, limit).await?;
        let name = match host {
            Host::Domain(name) => ServerName::try_from(name.clone()),
            Host::Ipv4(v4) => Ok(ServerName::from(IpAddr::V4(*v4))),
            Host::Ipv6(v6) => Ok(ServerName::from(IpAddr::V6(*v6))),
        };
        let name = name.map_err(|error| Reason::Tls(error.to_string()))?;
        let connector = self.connector().map_err(|error| Reason::Tls(error.to_string()))?;
        connector.connect(name, stream).await.map_err(|error| Reason::Tls(error.to_string()))
    }

    /// Every address of a host, asked for once.
    async fn addresses(&self, host: &Host<String>) -> Result<Vec<IpAddr>, Reason> {
        match host {
            Host::Ipv4(v4) => Ok(vec![IpAddr::V4(*v4)]),
            Host::Ipv6(v6) => Ok(vec![IpAddr::V6(*v6)]),
            Host::Domain(name) => {
                let (resolve, name) = (Arc::clone(&self.resolve), name.clone());
                let found = spawn_blocking(move || resolve(&name)).await;
                let found = found.map_err(|error| Reason::Machine(error.to_string()))?;
                found.map_err(|error| Reason::Dns(error.to_string()))
            }
        }
    }

    /// The first connection that is made, each address given its part of the time.
    async fn dial(
        &self,
        addresses: &[PublicAddress],
        limit: Duration,
    ) -> Result<TcpStream, Reason> {
        let part = limit / (1 + u32::try_from(addresses.len()).unwrap_or(u32::MAX - 1));
        let mut reason = Reason::Dns("it has none".to_owned());
        for address in addresses {
            match timeout(part, TcpStream::connect((self.reach)(*address))).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => reason = Reason::Connect(error.to_string()),
                Err(_) => reason = Reason::Timeout,
            }
        }
        Err(reason)
    }

    fn connector(&self) -> Result<TlsConnector, rustls::Error> {
        let provider = Arc::new(ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(Arc::clone(&self.roots))
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsConnector::from(Arc::new(config)))
    }
}

/// A name's addresses as the system knows them.
fn system_addresses(name: &str) -> io::Result<Vec<IpAddr>> {
    Ok((name, super::address::PORT).to_socket_addrs()?.map(|socket| socket.ip()).collect())
}

/// The same addresses, if every one is public: a host with a foot in a private network is not one
/// to ask.
///
/// # Errors
/// The first that is not.
pub(super) fn checked(addresses: &[IpAddr]) -> Result<Vec<PublicAddress>, Reason> {
    let check = |address: &IpAddr| {
        PublicAddress::new(*address).ok_or(Reason::Blocked { address: *address })
    };
    addresses.iter().map(check).collect()
}

/// The addresses to try: IPv6 and IPv4 by turns, since a network may have one alone.
fn in_turn(addresses: Vec<PublicAddress>) -> Vec<PublicAddress> {
    let (v6, v4): (Vec<_>, Vec<_>) = addresses.into_iter().partition(|address| address.is_v6());
    let mut tried: Vec<_> = v6.into_iter().enumerate().chain(v4.into_iter().enumerate()).collect();
    tried.sort_by_key(|(place, _)| *place);
    tried.into_iter().map(|(_, address)| address).take(TRIES).collect()
}
