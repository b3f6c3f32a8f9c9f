//! A whole mail with the meeting attached (RFC 5322, RFC 2045), for sendmail.
//!
//! The attachment has no `method`, and the calendar in it no METHOD: it is a file to put the meeting
//! into a calendar, and no invitation to be answered (RFC 6047 §2.4 wants both or neither).

use super::Announcement;
use crate::model::Site;
use chrono::{DateTime, Utc};
use mail_builder::MessageBuilder;
use mail_builder::encoders::Base64Encoder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::mime::MimePart;
use sha2::{Digest, Sha256};

/// An address of mail: `list@example.org`.
///
/// ```
/// use convene::render::announce::Mailbox;
/// assert!(Mailbox::new("list@example.org").is_some());
/// assert!(Mailbox::new("a@example.org\nBcc: b@example.org").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox(String);

impl Mailbox {
    /// Takes the address, which has neither a name nor quotes (a dot-atom of RFC 5322 §3.4.1), at most
    /// 254 octets.
    pub fn new(text: &str) -> Option<Mailbox> {
        let (local, domain) = text.split_once('@')?;
        let atom = |part: &str, others: &str| {
            let one = |c: char| c.is_ascii_alphanumeric() || others.contains(c);
            !part.is_empty() && part.chars().all(one)
        };
        let is_fine = local.split('.').all(|part| atom(part, "!#$%&'*+-/=?^_`{|}~"))
            && domain.split('.').all(|part| atom(part, "-"));
        (is_fine && text.len() <= 254).then(|| Mailbox(text.to_owned()))
    }
}

/// The mail, its lines ended by CR and LF; without To or From where there is none.
///
/// `event` is the meeting as iCalendar, `at` the mail's Date.
pub fn message(
    site: &Site,
    announcement: &Announcement,
    event: &str,
    (from, to): (Option<&Mailbox>, &[Mailbox]),
    at: DateTime<Utc>,
) -> String {
    let Announcement { subject, text, id } = announcement;
    let mut mail = MessageBuilder::new()
        .date(at.timestamp())
        .message_id(format!("{id}@{}", site.uid_domain))
        .subject(subject.as_str());
    if let Some(Mailbox(from)) = from {
        mail = mail.from(Address::new_address(None::<&str>, from.as_str()));
    }
    if !to.is_empty() {
        let to = to.iter().map(|Mailbox(to)| Address::new_address(None::<&str>, to.as_str()));
        mail = mail.to(Address::new_list(to.collect()));
    }
    let kind = ContentType::new("multipart/mixed").attribute("boundary", boundary(text, event));
    let mail = mail.body(MimePart::new(kind, vec![body(site, text), attached(event)]));
    let mut written = Vec::new();
    mail.serialize(&mut written);
    String::from_utf8(written).unwrap_or_default()
}

/// Its lines end as RFC 2045 §2.7 wants it of text, whatever it is encoded in.
fn body<'x>(site: &'x Site, text: &str) -> MimePart<'x> {
    let kind = ContentType::new("text/plain").attribute("charset", "utf-8");
    MimePart::new(kind, text.replace('\n', "\r\n")).language(site.language.as_str())
}

/// In Base64, which no server on the way mends.
fn attached(event: &str) -> MimePart<'_> {
    let mut encoded = Vec::new();
    Base64Encoder::new().wrap_lines().encode_into(event.as_bytes(), &mut encoded);
    let kind = ContentType::new("text/calendar").attribute("charset", "utf-8");
    MimePart::new(kind, encoded).attachment("event.ics").transfer_encoding("base64")
}

/// What stands between the parts: the same for the same message, and in no text that it is made of.
fn boundary(text: &str, event: &str) -> String {
    let digest = Sha256::new().chain_update(text).chain_update(event).finalize();
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("=_{hex}")
}

#[cfg(test)]
mod tests {
    use super::Mailbox;

    #[test]
    fn addresses_that_could_be_more_than_one_are_refused() {
        let refused = [
            "",
            "@",
            "a@",
            "@b",
            "a",
            "a b@c.org",
            "a@b@c",
            "a@b.org,c@d.org",
            "<a@b.org>",
            "a@b.org\r\nX: y",
            "a@b..org",
            ".a@b.org",
            "\u{e9}@b.org",
            "\"a\"@b.org",
        ];
        for text in refused {
            assert!(Mailbox::new(text).is_none(), "{text:?}");
        }
        for text in ["dev@opencontainers.org", "a+b@c-d.example", "list@localhost"] {
            assert!(Mailbox::new(text).is_some(), "{text:?}");
        }
    }
}
