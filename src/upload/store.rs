//! What a store is asked: to read, list, write and remove objects.

use super::manifest;
use super::object::Headers;
use super::target::{Open, Target};
use crate::error::Error;
use crate::store::own_folder;
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::path::Path as Key;
use object_store::{
    Attribute, Attributes, ObjectMeta, ObjectStore, ObjectStoreExt, PutMode, PutOptions,
    UpdateVersion,
};
use std::fs::File;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// The manifest's own headers: it is of no use to anybody else, and never to be kept.
const UNKEPT: &str = "no-store";

/// How often to try what `object_store` does only once when the way to the store breaks, since it
/// cannot know that twice is as good.
const TRIES: u32 = 5;

/// How long to wait in between.
const PAUSE: Duration = Duration::from_millis(500);

/// An open store with its address.
pub(super) struct Store {
    target: Target,
    open: Open,
}

/// The state of the manifest that was read or written last.
#[derive(Clone, Debug)]
pub(super) enum Version {
    /// There was none.
    None,
    /// As the store names it.
    Of(UpdateVersion),
}

/// What came of writing the manifest.
pub(super) enum Written {
    /// It is as it was wanted.
    Yes(Version),
    /// Somebody else has written it meanwhile.
    Contended,
}

impl Store {
    pub(super) fn open(target: &Target, only_looks: bool) -> Result<Store, Error> {
        Ok(Store { target: target.clone(), open: target.open(only_looks)? })
    }

    /// Waits until nobody else writes to the folder, where the store is one, and keeps it for oneself
    /// as long as the file is kept. Other stores tell by the manifest.
    pub(super) fn turn(&self) -> Result<Option<File>, Error> {
        self.open.folder.as_deref().map(own_folder).transpose()
    }

    /// The text of the manifest; none where there is none.
    pub(super) async fn read_manifest(&self) -> Result<(Option<String>, Version), Error> {
        let found = match self.open.objects.get(&Key::from(manifest::NAME)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok((None, Version::None)),
            Err(error) => return Err(self.target.failed(error)),
        };
        let (e_tag, version) = (found.meta.e_tag.clone(), found.meta.version.clone());
        let bytes = found.bytes().await.map_err(|error| self.target.failed(error))?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok((Some(text), Version::Of(UpdateVersion { e_tag, version })))
    }

    /// Whether the manifest is still as it was.
    pub(super) async fn is_still(&self, version: &Version) -> Result<bool, Error> {
        let now = match self.open.objects.head(&Key::from(manifest::NAME)).await {
            Ok(meta) => meta.e_tag,
            Err(object_store::Error::NotFound { .. }) => None,
            Err(error) => return Err(self.target.failed(error)),
        };
        Ok(match version {
            Version::None => now.is_none(),
            Version::Of(version) => version.e_tag == now,
        })
    }

    /// Writes the manifest, where the store can tell only if it is still as it was.
    pub(super) async fn write_manifest(
        &self,
        text: String,
        before: &Version,
    ) -> Result<Written, Error> {
        let mode = match before {
            _ if !self.open.has_conditions => PutMode::Overwrite,
            Version::None => PutMode::Create,
            Version::Of(version) => PutMode::Update(version.clone()),
        };
        let headers = Headers {
            media_type: "text/plain; charset=utf-8",
            cache_control: UNKEPT.to_owned(),
            disposition: None,
            coding: None,
        };
        let (key, bytes) = (Key::from(manifest::NAME), Bytes::from(text));
        let mut tries = TRIES;
        loop {
            let options = self.options(mode.clone(), headers.clone());
            let put = self.open.objects.put_opts(&key, bytes.clone().into(), options).await;
            let error = match put {
                Ok(put) => return Ok(Written::Yes(Version::Of(put.into()))),
                Err(error) => error,
            };
            // It may have been written and the answer lost, and then even been sent again.
            let (text, version) = self.read_manifest().await?;
            if text.is_some_and(|text| text.as_bytes() == bytes) {
                return Ok(Written::Yes(version));
            }
            tries -= 1;
            match error {
                object_store::Error::Precondition { .. }
                | object_store::Error::AlreadyExists { .. } => return Ok(Written::Contended),
                error if tries == 0 || !is_passing(&error) => {
                    return Err(self.target.failed(error));
                }
                _ => sleep(PAUSE).await,
            }
        }
    }

    /// Tells `each` the name and length of every object.
    pub(super) async fn list(&self, mut each: impl FnMut(&str, u64)) -> Result<(), Error> {
        let mut all = self.open.objects.list(None);
        while let Some(ObjectMeta { location, size, .. }) =
            all.try_next().await.map_err(|error| self.target.failed(error))?
        {
            each(location.as_ref(), size);
        }
        Ok(())
    }

    /// What writes one object, and can do it beside others.
    pub(super) fn put(
        &self,
        name: &str,
        bytes: Bytes,
        headers: Headers,
    ) -> Result<impl Future<Output = object_store::Result<()>> + Send + use<>, Error> {
        let key = self.key(name)?;
        let options = self.options(PutMode::Overwrite, headers);
        let objects: Arc<dyn ObjectStore> = Arc::clone(&self.open.objects);
        Ok(async move { objects.put_opts(&key, bytes.into(), options).await.map(|_| ()) })
    }

    /// Removes these objects; those that are gone already are no failure.
    pub(super) async fn remove(&self, names: &[String]) -> Result<(), Error> {
        let keys: Vec<_> = names.iter().map(|name| self.key(name)).collect::<Result<_, _>>()?;
        let mut tries = TRIES;
        loop {
            tries -= 1;
            match self.remove_once(keys.clone()).await {
                Ok(()) => return Ok(()),
                Err(error) if tries == 0 || !is_passing(&error) => {
                    return Err(self.target.failed(error));
                }
                Err(_) => sleep(PAUSE).await,
            }
        }
    }

    async fn remove_once(&self, keys: Vec<Key>) -> object_store::Result<()> {
        let keys = stream::iter(keys.into_iter().map(Ok)).boxed();
        let mut removed = self.open.objects.delete_stream(keys);
        while let Some(outcome) = removed.next().await {
            match outcome {
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// A failure of this store.
    pub(super) fn failed(&self, error: object_store::Error) -> Error {
        self.target.failed(error)
    }

    /// Its address, as it was given.
    pub(super) fn address(&self) -> String {
        self.target.to_string()
    }

    fn key(&self, name: &str) -> Result<Key, Error> {
        Key::parse(name).map_err(|error| self.target.failed(error.into()))
    }

    fn options(&self, mode: PutMode, headers: Headers) -> PutOptions {
        let mut attributes = Attributes::new();
        if self.open.has_headers {
            let Headers { media_type, cache_control, disposition, coding } = headers;
            attributes.insert(Attribute::ContentType, media_type.into());
            attributes.insert(Attribute::CacheControl, cache_control.into());
            if let Some(disposition) = disposition {
                attributes.insert(Attribute::ContentDisposition, disposition.into());
            }
            if let Some(coding) = coding {
                attributes.insert(Attribute::ContentEncoding, coding.into());
            }
        }
        PutOptions { mode, attributes, ..PutOptions::default() }
    }
}

/// Whether another try may do better: the store did not say no.
fn is_passing(error: &object_store::Error) -> bool {
    matches!(error, object_store::Error::Generic { .. })
}
