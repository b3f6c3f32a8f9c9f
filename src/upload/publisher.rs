//! Brings a store to what is published, whoever else does and wherever it is cut off.

use super::manifest::{self, Manifest, PENDING};
use super::object::Object;
use super::plan::{Plan, Present, manifest_of};
use super::store::{Store, Version, Written};
use super::target::Target;
use super::tree::Tree;
use crate::error::Error;
use crate::model::Community;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// So many objects are written at once.
const AT_ONCE: usize = 8;

/// So many are removed between two looks whether the manifest is still ours.
const REMOVED_AT_ONCE: usize = 100;

/// How often to begin anew where others publish at the same time.
const ATTEMPTS: u32 = 8;

/// How long to wait before that, at first; then twice as long each time, and up to twice by chance.
const PATIENCE: Duration = Duration::from_millis(500);

/// Whether to stop: once it is `true`, nothing more is begun.
pub type Stop = watch::Receiver<bool>;

/// How to publish.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether there are gzip and brotli forms beside what they pay for.
    pub precompressed: bool,
    /// Whether objects of others that are in the way are taken over.
    pub adopt: bool,
    /// Whether there is nothing but a [`preview`](Publisher::preview): a folder that is not there is not
    /// made.
    pub only_looks: bool,
}

/// What publishing did, in numbers of objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// New, or with other bytes or headers than before.
    pub written: usize,
    /// Left as they were.
    pub unchanged: usize,
    /// Of an earlier run, and no longer published.
    pub removed: usize,
    /// The bytes of those written.
    pub bytes: u64,
    /// The next moment at which any byte differs; none where nothing will.
    pub stale_at: Option<DateTime<Utc>>,
    /// Whether it was asked to stop before all was done.
    pub is_stopped: bool,
}

/// What a store has, as this program left it.
struct Left {
    manifest: Manifest,
    version: Version,
}

/// One who publishes to one store.
pub struct Publisher {
    store: Store,
    options: Options,
    /// None where the store has to be looked at.
    left: Option<Left>,
}

/// What came of one attempt.
enum Attempt {
    Done(Published),
    Contended,
}

impl Publisher {
    /// Makes ready to publish there; asks nobody anything yet.
    ///
    /// # Errors
    /// An environment that does not say enough of the store, or a folder that cannot be made.
    pub fn new(target: &Target, options: Options) -> Result<Publisher, Error> {
        let store = Store::open(target, options.only_looks)?;
        Ok(Publisher { store, options, left: None })
    }

    /// What publishing would do.
    ///
    /// # Errors
    /// As [`publish`](Publisher::publish).
    pub async fn preview(
        &mut self,
        community: &Community,
        now: DateTime<Utc>,
    ) -> Result<Published, Error> {
        let tree = Tree::of(community, now, self.options.precompressed)?;
        let (present, _) = self.present(&tree.objects).await?;
        let plan = Plan::new(&tree.objects, &present);
        let lengths = plan.write.iter().flatten().filter_map(|name| tree.length(name));
        Ok(Published {
            written: plan.write.iter().map(Vec::len).sum(),
            removed: plan.remove.len(),
            bytes: lengths.sum(),
            ..outcome(&tree, &plan)
        })
    }

    /// Brings the store to what is published of the community at that moment; `progress` is told how
    /// many objects are written, of how many.
    ///
    /// Cut off anywhere, it leaves a store in which no page links to what is not there, and the next
    /// run goes on. Where several run at once, the store has in the end what one of them published.
    ///
    /// # Errors
    /// A store that cannot be reached or refuses, an object of somebody else in the way, a path that
    /// no object can have, or others who publish without end.
    pub async fn publish(
        &mut self,
        community: &Community,
        now: DateTime<Utc>,
        stop: &Stop,
        mut progress: impl FnMut(usize, usize),
    ) -> Result<Published, Error> {
        let tree = Tree::of(community, now, self.options.precompressed)?;
        let _turn = self.store.turn()?;
        let mut patience = PATIENCE;
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                sleep(patience + self.by_chance(patience)).await;
                patience *= 2;
            }
            match self.attempt(&tree, stop, &mut progress).await? {
                Attempt::Done(published) => return Ok(published),
                Attempt::Contended => {}
            }
        }
        Err(Error::Contended { address: self.store.address() })
    }

    async fn attempt(
        &mut self,
        tree: &Tree<'_>,
        stop: &Stop,
        progress: &mut impl FnMut(usize, usize),
    ) -> Result<Attempt, Error> {
        let (mut present, version) = self.present(&tree.objects).await?;
        let plan = Plan::new(&tree.objects, &present);
        if plan.is_nothing() {
            self.left = Some(Left { manifest: present.manifest, version });
            return Ok(Attempt::Done(outcome(tree, &plan)));
        }
        let pending = plan.touched().map(|name| (name.clone(), PENDING));
        present.manifest.extend(pending);
        // No two runs have the same, so that each sees when another has begun.
        let run = format!("{:016x}", RandomState::new().hash_one(()));
        let text = manifest::text(&present.manifest, Some(&run));
        let Written::Yes(version) = self.store.write_manifest(text, &version).await? else {
            return Ok(Attempt::Contended);
        };
        drop(present);
        let mut done = outcome(tree, &plan);
        self.write(tree, &plan, stop, &mut done, progress).await?;
        if done.is_stopped || !self.remove(&plan, &version, stop, &mut done).await? {
            return Ok(if done.is_stopped { Attempt::Done(done) } else { Attempt::Contended });
        }
        let manifest = manifest_of(&tree.objects);
        let text = manifest::text(&manifest, None);
        match self.store.write_manifest(text, &version).await? {
            Written::Yes(version) => self.left = Some(Left { manifest, version }),
            Written::Contended => return Ok(Attempt::Contended),
        }
        Ok(Attempt::Done(done))
    }

    /// What the store has: as this program left it, where nobody has come since; else it is listed.
    async fn present(
        &mut self,
        objects: &BTreeMap<String, Object>,
    ) -> Result<(Present, Version), Error> {
        // Whatever happens from here on, what was left is no longer known to be there.
        if let Some(Left { manifest, version }) = self.left.take()
            && self.store.is_still(&version).await?
            && objects.keys().all(|name| manifest.contains_key(name))
        {
            return Ok((Present { manifest, ..Present::default() }, version));
        }
        let (text, version) = self.store.read_manifest().await?;
        let mut manifest = text.as_deref().map(manifest::parse).unwrap_or_default();
        let mut missing: BTreeSet<String> = manifest.keys().cloned().collect();
        let mut foreign = BTreeSet::new();
        let look = |name: &str, size| match manifest.get_mut(name) {
            Some(known) => {
                missing.remove(name);
                if known.length.is_some_and(|length| length != size) {
                    *known = PENDING;
                }
            }
            None if objects.contains_key(name) => {
                foreign.insert(name.to_owned());
            }
            None => {}
        };
        self.store.list(look).await?;
        match foreign.first() {
            Some(name) if !self.options.adopt => {
                Err(Error::ForeignObject { address: self.store.address(), name: name.clone() })
            }
            _ => Ok((Present { manifest, missing, foreign }, version)),
        }
    }

    async fn write(
        &self,
        tree: &Tree<'_>,
        plan: &Plan,
        stop: &Stop,
        done: &mut Published,
        progress: &mut impl FnMut(usize, usize),
    ) -> Result<(), Error> {
        let all = plan.write.iter().map(Vec::len).sum();
        for group in &plan.write {
            let mut writing: JoinSet<object_store::Result<()>> = JoinSet::new();
            for name in group {
                if *stop.borrow() {
                    done.is_stopped = true;
                    break;
                }
                if writing.len() >= AT_ONCE {
                    self.written(&mut writing, done).await?;
                    progress(done.written, all);
                }
                let Some((bytes, headers)) = tree.bytes(name) else { continue };
                done.bytes += bytes.len() as u64;
                writing.spawn(self.store.put(name, bytes, headers)?);
            }
            while !writing.is_empty() {
                self.written(&mut writing, done).await?;
                progress(done.written, all);
            }
            if done.is_stopped {
                break;
            }
        }
        Ok(())
    }

    /// Waits for one object to be written.
    async fn written(
        &self,
        writing: &mut JoinSet<object_store::Result<()>>,
        done: &mut Published,
    ) -> Result<(), Error> {
        match writing.join_next().await {
            Some(Ok(Ok(()))) => done.written += 1,
            Some(Ok(Err(error))) => return Err(self.store.failed(error)),
            Some(Err(error)) => return Err(self.store.failed(error.into())),
            None => {}
        }
        Ok(())
    }

    /// Removes what is no longer published; `false` where somebody else publishes by now, who may
    /// want it.
    async fn remove(
        &self,
        plan: &Plan,
        version: &Version,
        stop: &Stop,
        done: &mut Published,
    ) -> Result<bool, Error> {
        for names in plan.remove.chunks(REMOVED_AT_ONCE) {
            if *stop.borrow() {
                done.is_stopped = true;
                return Ok(true);
            }
            if !self.store.is_still(version).await? {
                return Ok(false);
            }
            self.store.remove(names).await?;
            done.removed += names.len();
        }
        Ok(true)
    }

    fn by_chance(&self, at_most: Duration) -> Duration {
        let part = RandomState::new().hash_one(self.store.address()) % 1024;
        at_most.mul_f64(part as f64 / 1024.)
    }
}

fn outcome(tree: &Tree<'_>, plan: &Plan) -> Published {
    Published { unchanged: plan.unchanged, stale_at: tree.stale_at, ..Published::default() }
}
