//! Every object that is published at one moment, of which the bytes are made when they are sent.

use super::object::{Digest, Headers, Object, Rank};
use crate::error::Error;
use crate::model::Community;
use crate::publish::{self, Coded, Coding, Document, Leaf};
use crate::store::file_name;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What follows the name of a coded form.
const CODED: [(Coding, &str); 2] = [(Coding::Gzip, ".gz"), (Coding::Brotli, ".br")];

/// Every object that is published at one moment.
///
/// A community can have millions of documents: so each is rendered once to be known, and once more
/// if it is to be sent.
pub(super) struct Tree<'c> {
    published: publish::Tree<'c>,
    /// By name.
    pub(super) objects: BTreeMap<String, Object>,
    /// The next moment at which any byte differs.
    pub(super) stale_at: Option<DateTime<Utc>>,
}

impl<'c> Tree<'c> {
    /// What is published at that moment; with coded forms beside what compressing pays for, where
    /// they are wanted.
    ///
    /// # Errors
    /// A path that no file, and so no object, can have.
    pub(super) fn of(
        community: &'c Community,
        now: DateTime<Utc>,
        precompressed: bool,
    ) -> Result<Tree<'c>, Error> {
        let published = publish::Tree::of(community, now);
        let mut objects = BTreeMap::new();
        for Leaf { path, leads_to, document } in published.leaves() {
            let name = file_name(&path, leads_to.is_some())?;
            if leads_to.is_none() || !objects.contains_key(&name) {
                add(&mut objects, name, path, leads_to, &document, precompressed);
            }
        }
        let stale_at = published.stale_at();
        Ok(Tree { published, objects, stale_at })
    }

    /// How long an object is, in bytes; a coded form is made to be known. None where it is none of the tree.
    pub(super) fn length(&self, name: &str) -> Option<u64> {
        let known = self.objects.get(name)?.length;
        known.or_else(|| self.bytes(name).map(|(bytes, _)| bytes.len() as u64))
    }

    /// The bytes of an object, and what is told with them; none where it is none of the tree.
    pub(super) fn bytes(&self, name: &str) -> Option<(Bytes, Headers)> {
        let Object { path, leads_to, coding, .. } = self.objects.get(name)?;
        let document = match leads_to {
            Some(to) => self.published.leading_on(to),
            None => self.published.document(path)?,
        };
        let headers = Headers::of(path, document.media_type(), *coding);
        let bytes = match coding {
            Coding::Identity => document.body().clone(),
            Coding::Gzip => Coded::packed(&document).coded(Coding::Gzip)?.clone(),
            Coding::Brotli => {
                let coded = Coded::packed(&document).with(Coding::Brotli).with_best();
                coded.coded(Coding::Brotli)?.clone()
            }
        };
        Some((bytes, headers))
    }
}

/// Adds a document under its name and, if wanted, its coded forms beside it.
fn add(
    objects: &mut BTreeMap<String, Object>,
    name: String,
    path: String,
    leads_to: Option<String>,
    document: &Document,
    precompressed: bool,
) {
    let object = |coding| {
        let headers = Headers::of(&path, document.media_type(), coding);
        let length = document.body().len() as u64;
        Object {
            path: path.clone(),
            leads_to: leads_to.clone(),
            coding,
            digest: Digest::of(document, &headers),
            length: (coding == Coding::Identity).then_some(length),
            rank: Rank::of(&name),
        }
    };
    if precompressed && Coded::packed(document).is_compressed() {
        for (coding, end) in CODED {
            objects.insert([name.as_str(), end].concat(), object(coding));
        }
    }
    let object = object(Coding::Identity);
    objects.insert(name, object);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::Resource;
    use std::collections::BTreeSet;

    fn oci() -> Community {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let files = crate::store::read(&folder).unwrap();
        crate::content::parse(&files).unwrap()
    }

    #[test]
    fn it_is_what_the_server_has() {
        let (community, now) = (oci(), DateTime::from_timestamp(1_795_000_000, 0).unwrap());
        let tree = Tree::of(&community, now, false).unwrap();
        let snapshot = publish::build(&community, now);
        assert_eq!(tree.stale_at, snapshot.stale_at());
        let name = |(path, resource): (&str, &Resource)| match resource {
            Resource::Document(_) => Some(file_name(path, false).unwrap()),
            Resource::Redirect { .. } => Some(file_name(path, true).unwrap()),
            Resource::Gone => None,
        };
        let names: BTreeSet<String> = snapshot.iter().filter_map(name).collect();
        assert!(tree.objects.keys().eq(&names));
        for (name, object) in &tree.objects {
            let bytes = match snapshot.get(&object.path) {
                Some(Resource::Document(document)) => document.body(),
                Some(Resource::Redirect { page, .. }) => page.body(),
                _ => panic!("{name}"),
            };
            assert_eq!(&tree.bytes(name).unwrap().0, bytes, "{name}");
            assert_eq!(object.length, Some(bytes.len() as u64), "{name}");
        }
    }

    #[test]
    fn coded_forms_are_beside_what_they_pay_for() {
        let (community, now) = (oci(), DateTime::from_timestamp(1_795_000_000, 0).unwrap());
        let tree = Tree::of(&community, now, true).unwrap();
        for (coding, end) in CODED {
            let name = ["oci.ics", end].concat();
            let (bytes, headers) = tree.bytes(&name).unwrap();
            assert_eq!(tree.length(&name), Some(bytes.len() as u64), "{name}");
            assert!(bytes.len() * 2 < tree.bytes("oci.ics").unwrap().0.len());
            assert_eq!(headers.coding, Some(coding.as_str()));
            assert_eq!(headers.media_type, "text/calendar; charset=utf-8");
        }
        assert!(tree.bytes("robots.txt.gz").is_none(), "it is a packet either way");
    }
}
