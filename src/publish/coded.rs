//! A document in content codings, as far as anybody has asked for them.

use super::coding::{best_brotli, brotli, gunzip, gzip};
use super::{Coding, Document, ETag};
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};

/// The shortest body that is compressed, in bytes: a shorter one is a packet either way.
const WORTH_COMPRESSING: usize = 1300;

/// A document as a server keeps it: in one coding at least, from which the others can be made.
#[derive(Clone, Debug)]
pub struct Coded {
    media_type: &'static str,
    etag: ETag,
    modified: Option<DateTime<Utc>>,
    identity: Option<Bytes>,
    gzip: Option<Bytes>,
    br: Option<Bytes>,
    is_best: bool,
}

impl Coded {
    /// The document in the coding in which it takes the least room; as it is where compressing does
    /// not pay.
    pub fn packed(document: &Document) -> Coded {
        let mut coded = Coded {
            media_type: document.media_type(),
            etag: document.etag().clone(),
            modified: None,
            identity: Some(document.body().clone()),
            gzip: None,
            br: None,
            is_best: false,
        };
        if document.body().len() >= WORTH_COMPRESSING {
            let gzip = Some(gzip(document.body()));
            coded.gzip = gzip.filter(|gzip| gzip.len() < document.body().len());
            coded.identity.take_if(|_| coded.gzip.is_some());
        }
        coded
    }

    /// The document in every coding: for what is made for one who asks.
    pub fn complete(document: &Document) -> Coded {
        Coded::packed(document).with(Coding::Identity).with(Coding::Brotli)
    }

    /// The media type, as Content-Type has it.
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// What identifies the text, in whatever coding.
    pub fn etag(&self) -> &ETag {
        &self.etag
    }

    /// When these bytes came to be served at their path, in whole seconds (RFC 9110 §8.8.2); none
    /// for what is not served by the clock.
    pub fn modified(&self) -> Option<DateTime<Utc>> {
        self.modified
    }

    /// The same, served from `now` on, and later than what was served at its path before it.
    pub fn dated(mut self, now: DateTime<Utc>, before: Option<&Coded>) -> Coded {
        let second = DateTime::from_timestamp(now.timestamp(), 0);
        let next = before.and_then(Coded::modified).map(|moment| moment + TimeDelta::seconds(1));
        self.modified = second.max(next);
        self
    }

    /// Whether it is compressed where a client likes that.
    pub fn is_compressed(&self) -> bool {
        self.gzip.is_some()
    }

    /// The body in that coding, where it has been made.
    pub fn coded(&self, coding: Coding) -> Option<&Bytes> {
        match coding {
            Coding::Identity => self.identity.as_ref(),
            Coding::Gzip => self.gzip.as_ref(),
            Coding::Brotli => self.br.as_ref(),
        }
    }

    /// Whether it is to be had in that coding, and has not been made in it yet.
    pub fn lacks(&self, coding: Coding) -> bool {
        self.is_compressed() && self.coded(coding).is_none()
    }

    /// The same, in that coding too. Brotli is quick at first.
    pub fn with(mut self, coding: Coding) -> Coded {
        if self.lacks(coding) {
            match coding {
                Coding::Identity => self.identity = self.text(),
                Coding::Gzip => {}
                Coding::Brotli => self.br = self.text().map(|text| brotli(&text)),
            }
        }
        self
    }

    /// Whether its brotli form could be shorter.
    pub fn is_quick(&self) -> bool {
        self.br.is_some() && !self.is_best
    }

    /// The same, with the shortest brotli form there is; that takes a second for a megabyte.
    pub fn with_best(mut self) -> Coded {
        let best = self.text().map(|text| best_brotli(&text));
        if best.as_ref().map(Bytes::len) < self.br.as_ref().map(Bytes::len) {
            self.br = best;
        }
        self.is_best = true;
        self
    }

    /// The bytes of all codings together.
    pub fn size(&self) -> usize {
        let coded = [&self.identity, &self.gzip, &self.br];
        coded.into_iter().flatten().map(Bytes::len).sum()
    }

    /// The bytes of the longest coding, or more.
    pub fn length(&self) -> usize {
        self.text().map_or(0, |text| text.len())
    }

    fn text(&self) -> Option<Bytes> {
        self.identity.clone().or_else(|| self.gzip.as_deref().map(gunzip))
    }
}
