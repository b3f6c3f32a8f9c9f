//! Fetching over TLS, from a name server and hosts that a test plays on loopback.

use super::address::PublicAddress;
use super::client::Road;
use super::connect::Internet;
use super::{Answer, Client, Failure, Reason, Validators};
use crate::model::Link;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{
    RootCertStore, ServerConfig, ServerConnection, StreamOwned, crypto::ring,
};

const URL: &str = "https://notes.example/a";

/// A public address that nobody connects to here: whoever means it gets loopback.
const PUBLIC: IpAddr = IpAddr::V4(Ipv4Addr::new(8, 8, 8, 8));

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// What the test's name server and hosts saw.
#[derive(Clone, Default)]
struct Seen {
    names: Arc<Mutex<Vec<String>>>,
    connections: Arc<Mutex<Vec<SocketAddr>>>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Seen {
    fn names(&self) -> usize {
        self.names.lock().unwrap().len()
    }

    fn connections(&self) -> Vec<SocketAddr> {
        self.connections.lock().unwrap().clone()
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn certificate(name: &str) -> CertifiedKey<KeyPair> {
    generate_simple_self_signed([name.to_owned()]).unwrap()
}

/// A host with that certificate, which gives these answers, one for each connection, and is gone.
fn host(certificate: &CertifiedKey<KeyPair>, answers: &[&str], seen: &Seen) -> SocketAddr {
    let key = PrivatePkcs8KeyDer::from(certificate.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.cert.der().clone()], key.into())
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answers: Vec<_> = answers.iter().map(|answer| (*answer).to_owned()).collect();
    let requests = Arc::clone(&seen.requests);
    thread::spawn(move || {
        for answer in answers {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let (stream, _) = listener.accept().unwrap();
            // A client that does not trust us goes away.
            let _ = answer_one(StreamOwned::new(connection, stream), &answer, &requests);
        }
    });
    address
}

/// Notes a request's first line, and answers.
fn answer_one(
    stream: StreamOwned<ServerConnection, TcpStream>,
    answer: &str,
    requests: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut first, mut line) = (String::new(), String::new());
    reader.read_line(&mut first)?;
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    requests.lock().unwrap().push(first.trim_end().to_owned());
    let stream = reader.get_mut();
    stream.write_all(answer.as_bytes())?;
    if answer.ends_with("notes") {
        stream.conn.send_close_notify();
    }
    stream.flush()
}

/// An internet that trusts one certificate, where names have these addresses, the last of them ever
/// after, and where every public address is at `host`.
fn internet(
    trusted: &CertificateDer<'static>,
    lookups: &[&[IpAddr]],
    host: SocketAddr,
    seen: &Seen,
) -> Internet {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let lookups: Vec<_> = lookups.iter().map(|addresses| addresses.to_vec()).collect();
    let (names, connections) = (Arc::clone(&seen.names), Arc::clone(&seen.connections));
    Internet {
        resolve: Arc::new(move |name| {
            let mut names = names.lock().unwrap();
            let number = names.len().min(lookups.len() - 1);
            names.push(name.to_owned());
            Ok(lookups[number].clone())
        }),
        reach: Arc::new(move |address| {
            connections.lock().unwrap().push(address.socket());
            host
        }),
        roots: Arc::new(roots),
    }
}

/// A client on that internet.
fn client(
    trusted: &CertificateDer<'static>,
    lookups: &[&[IpAddr]],
    host: SocketAddr,
    seen: &Seen,
) -> Client {
    over(internet(trusted, lookups, host, seen))
}

fn over(internet: Internet) -> Client {
    Client::over(Road::Internet(internet), &Link::new("https://calendar.example").unwrap())
}

fn get(client: &Client) -> Result<Answer, Failure> {
    client.get(URL, &Validators::default())
}

const NOTES: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nnotes";

/// The same, as long as the connection lasts.
const ENDED_BY_CLOSE: &str = "HTTP/1.1 200 OK\r\n\r\nnotes";

#[test]
fn a_name_is_looked_up_once_and_the_checked_address_connected_to() {
    let (seen, certificate) = (Seen::default(), certificate("notes.example"));
    let host = host(&certificate, &[NOTES], &seen);
    let client = client(certificate.cert.der(), &[&[PUBLIC], &[LOOPBACK]], host, &seen);
    assert!(matches!(get(&client), Ok(Answer::Body { bytes, .. }) if bytes == b"notes"));
    assert_eq!(*seen.names.lock().unwrap(), ["notes.example"]);
    assert_eq!(seen.connections(), [SocketAddr::new(PUBLIC, 443)]);
    assert_eq!(seen.requests(), ["GET /a HTTP/1.1"]);
}

#[test]
fn a_name_server_that_changes_its_mind_leads_nowhere() {
    let (seen, certificate) = (Seen::default(), certificate("notes.example"));
    let again = "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n";
    let host = host(&certificate, &[again, NOTES], &seen);
    let client = client(certificate.cert.der(), &[&[PUBLIC], &[LOOPBACK]], host, &seen);
    let failure = get(&client).unwrap_err();
    assert_eq!(failure.reason, Reason::Blocked { address: LOOPBACK });
    assert_eq!(failure.led_to.as_deref(), Some("https://notes.example/b"));
    assert_eq!(seen.names(), 2);
    assert_eq!(seen.connections(), [SocketAddr::new(PUBLIC, 443)]);
    assert_eq!(seen.requests(), ["GET /a HTTP/1.1"]);
}

#[test]
fn a_host_with_one_private_address_is_not_connected_to() {
    for private in
        ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1"]
    {
        let private: IpAddr = private.parse().unwrap();
        for addresses in [vec![private], vec![PUBLIC, private], vec![private, PUBLIC]] {
            let (seen, certificate) = (Seen::default(), certificate("notes.example"));
            let nowhere = SocketAddr::new(LOOPBACK, 9);
            let client = client(certificate.cert.der(), &[&addresses], nowhere, &seen);
            let failure = get(&client).unwrap_err();
            assert_eq!(failure.reason, Reason::Blocked { address: private });
            assert_eq!(failure.reason.as_str(), "blocked");
            assert_eq!(seen.connections(), []);
        }
    }
}

#[test]
fn a_host_that_does_not_show_who_it_is_is_asked_nothing() {
    let (name, other) = (certificate("notes.example"), certificate("other.example"));
    // Trust in one certificate of a name is no trust in another, nor in one of another name.
    for (shown, trusted) in [(&certificate("notes.example"), &name), (&other, &other)] {
        let seen = Seen::default();
        let host = host(shown, &[NOTES], &seen);
        let failure = get(&client(trusted.cert.der(), &[&[PUBLIC]], host, &seen)).unwrap_err();
        assert!(matches!(failure.reason, Reason::Tls(_)), "{failure}");
        assert_eq!(seen.requests(), Vec::<String>::new());
    }
}

#[test]
fn an_address_that_is_dead_is_passed_over() {
    let (seen, certificate) = (Seen::default(), certificate("notes.example"));
    let alive = host(&certificate, &[NOTES], &seen);
    let dead = SocketAddr::new(LOOPBACK, 1);
    let v6: IpAddr = "2606:4700::1".parse().unwrap();
    let internet = internet(certificate.cert.der(), &[&[PUBLIC, v6]], alive, &seen);
    let reach = move |address: PublicAddress| if address.is_v6() { dead } else { alive };
    assert!(get(&over(Internet { reach: Arc::new(reach), ..internet })).is_ok());
}

#[test]
fn a_name_without_addresses_is_a_failure() {
    let nobody = |resolve: fn(&str) -> io::Result<Vec<IpAddr>>| Internet {
        resolve: Arc::new(resolve),
        ..Internet::new()
    };
    for internet in [nobody(|_| Ok(vec![])), nobody(|_| Err(io::ErrorKind::NotFound.into()))] {
        let failure = get(&over(internet)).unwrap_err();
        assert!(matches!(failure.reason, Reason::Dns(_)), "{failure}");
    }
}

#[test]
fn a_name_server_that_is_silent_is_not_waited_for() {
    let (end, silence) = channel::<()>();
    let silence = Mutex::new(silence);
    let resolve = Arc::new(move |_: &str| {
        // Until the test is over.
        let _ = silence.lock().unwrap().recv();
        Ok(vec![])
    });
    let client = over(Internet { resolve, ..Internet::new() }).within(Duration::from_millis(100));
    assert_eq!(get(&client).unwrap_err().reason, Reason::Timeout);
    drop(end);
}

#[test]
fn content_that_ends_with_the_connection_ends_by_agreement() {
    let (seen, certificate) = (Seen::default(), certificate("notes.example"));
    let cut = ENDED_BY_CLOSE.trim_end_matches('s');
    let host = host(&certificate, &[ENDED_BY_CLOSE, cut], &seen);
    let client = client(certificate.cert.der(), &[&[PUBLIC]], host, &seen);
    assert!(get(&client).is_ok());
    let failure = get(&client).unwrap_err();
    assert!(matches!(failure.reason, Reason::Http(_)), "{failure}");
}
