//! What is made when it is first asked for, and kept as long as it is true and there is room.
//!
//! One thing is made at a time, whatever the storm, beside the threads that answer.

use crate::publish::Variant;
use chrono::{DateTime, Utc};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// How many bytes of bodies are kept.
const ROOM: u64 = 16 * 1024 * 1024;

/// About how many bodies are kept: so few that the cache is one shard, in which a large one finds
/// room.
const ABOUT: usize = 32;

/// What was made of one state of the content.
pub(super) struct Kept {
    all: Cache<String, Arc<Variant>, ByBytes>,
    /// A permit to make one: one core is enough for what few ask for.
    maker: Semaphore,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<String, Arc<Variant>> for ByBytes {
    fn weight(&self, address: &String, variant: &Arc<Variant>) -> u64 {
        (address.len() + variant.document.size()) as u64
    }
}

impl Default for Kept {
    fn default() -> Kept {
        Kept { all: Cache::with_weighter(ABOUT, ROOM, ByBytes), maker: Semaphore::new(1) }
    }
}

impl Kept {
    /// What is at that address, kept or made; none where making it stopped with a bug.
    ///
    /// # Errors
    /// Whatever `make` refuses, which is not kept.
    pub(super) async fn get<E: Send + 'static>(
        &self,
        address: &str,
        now: DateTime<Utc>,
        make: impl FnOnce() -> Option<Result<Variant, E>> + Send + 'static,
    ) -> Option<Result<Arc<Variant>, E>> {
        let kept = || self.all.get(address).filter(|variant| is_true(variant, now));
        if let Some(variant) = kept() {
            return Some(Ok(variant));
        }
        let _permit = self.maker.acquire().await.ok()?;
        if let Some(variant) = kept() {
            return Some(Ok(variant));
        }
        match spawn_blocking(make).await.ok()?? {
            Ok(variant) => {
                let variant = Arc::new(variant);
                self.all.insert(address.to_owned(), Arc::clone(&variant));
                Some(Ok(variant))
            }
            Err(refused) => Some(Err(refused)),
        }
    }
}

fn is_true(variant: &Variant, now: DateTime<Utc>) -> bool {
    variant.as_of <= now && variant.stale_at.is_none_or(|at| now < at)
}
