//! Where to publish, as people write it.

use super::transport::Connector;
use crate::error::Error;
use crate::store::own_folder;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Prefix;
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, ObjectStore, RetryConfig};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// How long a request is tried again. Whoever waits for it is told, and a run that goes on all the
/// time tries again later.
const RETRY: RetryConfig = RetryConfig {
    backoff: BackoffConfig {
        init_backoff: Duration::from_millis(500),
        max_backoff: Duration::from_secs(8),
        base: 2.,
    },
    max_retries: 8,
    retry_timeout: Duration::from_secs(60),
};

/// Where to publish, as people write it.
#[derive(Clone, Debug)]
pub struct Target {
    text: String,
    url: Url,
    kind: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Folder,
    S3,
    Google,
    Azure,
}

/// A store that can be written to.
pub(super) struct Open {
    pub(super) objects: Arc<dyn ObjectStore>,
    /// Whether the store tells headers with an object.
    pub(super) has_headers: bool,
    /// Whether it writes an object only if that is as it was last seen.
    pub(super) has_conditions: bool,
    /// Where it is a folder: that.
    pub(super) folder: Option<PathBuf>,
}

impl Target {
    /// Reads an address: `file:///folder`, `s3://bucket/prefix`, `gs://bucket/prefix` or
    /// `az://container/prefix`.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(text: &str) -> Result<Target, String> {
        let wanted = "write file:///folder, s3://bucket/prefix, gs://bucket/prefix or \
                      az://container/prefix";
        let url = Url::parse(text).map_err(|_| wanted.to_owned())?;
        let kind = match (url.scheme(), url.host_str().is_some_and(|host| !host.is_empty())) {
            ("file", false) => Kind::Folder,
            ("file", true) => return Err("write three slashes: file:///folder".to_owned()),
            ("s3", true) => Kind::S3,
            ("gs", true) => Kind::Google,
            ("az", true) => Kind::Azure,
            _ => return Err(wanted.to_owned()),
        };
        if url.query().is_some() || url.fragment().is_some() {
            return Err(
                "leave out `?` and `#`: who and where is told by the environment".to_owned()
            );
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("leave out keys: they are taken from the environment".to_owned());
        }
        Ok(Target { text: text.to_owned(), url, kind })
    }

    /// Makes ready to write to the store, without asking it anything, or only to look at it. Who one is,
    /// and where the store is, comes from the environment.
    ///
    /// # Errors
    /// An environment that does not say enough, or a folder that cannot be made or locked.
    pub(super) fn open(&self, only_looks: bool) -> Result<Open, Error> {
        let url = self.url.as_str();
        let fail = |source| self.failed(source);
        let store: Arc<dyn ObjectStore> = match self.kind {
            Kind::Folder => return self.open_folder(only_looks),
            Kind::S3 => Arc::new(
                AmazonS3Builder::from_env()
                    .with_url(url)
                    .with_retry(RETRY)
                    .with_http_connector(Connector)
                    .build()
                    .map_err(fail)?,
            ),
            Kind::Google => Arc::new(
                GoogleCloudStorageBuilder::from_env()
                    .with_url(url)
                    .with_retry(RETRY)
                    .with_http_connector(Connector)
                    .build()
                    .map_err(fail)?,
            ),
            Kind::Azure => Arc::new(
                MicrosoftAzureBuilder::from_env()
                    .with_url(url)
                    .with_retry(RETRY)
                    .with_http_connector(Connector)
                    .build()
                    .map_err(fail)?,
            ),
        };
        let prefix = Prefix::from_url_path(self.url.path()).map_err(|e| self.failed(e.into()))?;
        let objects: Arc<dyn ObjectStore> = match prefix.as_ref() {
            "" => store,
            _ => Arc::new(PrefixStore::new(store, prefix)),
        };
        Ok(Open { objects, has_headers: true, has_conditions: true, folder: None })
    }

    fn open_folder(&self, only_looks: bool) -> Result<Open, Error> {
        let folder: PathBuf = self.url.to_file_path().map_err(|()| {
            let path = PathBuf::from(self.url.path());
            Error::NoFolder { path }
        })?;
        let objects: Arc<dyn ObjectStore> = if only_looks && !folder.exists() {
            Arc::new(InMemory::new())
        } else {
            if !only_looks {
                // Made here, and locked only while it is written to.
                own_folder(&folder)?;
            }
            let store = LocalFileSystem::new_with_prefix(&folder).map_err(|e| self.failed(e))?;
            Arc::new(store.with_automatic_cleanup(true))
        };
        Ok(Open { objects, has_headers: false, has_conditions: false, folder: Some(folder) })
    }

    /// The failure of the store that this is the address of.
    pub(super) fn failed(&self, source: object_store::Error) -> Error {
        Error::Store { address: self.text.clone(), source: Box::new(source) }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_folder_or_a_bucket() {
        for text in ["file:///srv/www", "s3://bucket", "s3://bucket/a/b", "gs://b/c", "az://c"] {
            assert_eq!(Target::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_none_says_what_to_write() {
        let refused = [
            ("public", "write file:///folder"),
            ("/srv/www", "write file:///folder"),
            ("file://srv/www", "three slashes"),
            ("s3:///a", "s3://bucket/prefix"),
            ("https://bucket.example", "s3://bucket/prefix"),
            ("s3://bucket/a?region=x", "environment"),
            ("s3://key:secret@bucket/a", "environment"),
        ];
        for (text, message) in refused {
            let error = Target::parse(text).unwrap_err();
            assert!(error.contains(message), "{text}: {error}");
        }
    }
}
