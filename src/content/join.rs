//! The community from its parts, and what they have to agree on.

use super::meeting::Identity;
use super::paths::{self, Own};
use super::source::{Read, quote};
use super::{Diagnostic, Diagnostics, Ground, SeriesPart};
use crate::model::{Community, Series};
use std::collections::HashMap;
use std::sync::Arc;

/// Puts the parts together, in whatever order the series are: each is there once, read on this
/// ground or on one that [reads alike](Ground::reads_alike).
///
/// A series is the very one that its part has: the community shares it with every other that the
/// part is joined into. What is looked at here are the UIDs, each of which is there once, and the
/// paths that pages want; all else was found when the parts were read.
///
/// # Errors
/// All mistakes of all parts, and those between them.
pub fn join<'a>(
    ground: &Ground,
    series: impl IntoIterator<Item = &'a SeriesPart>,
) -> Result<Community, Diagnostics> {
    let mut parts: Vec<&SeriesPart> = series.into_iter().collect();
    parts.sort_by(|a, b| a.name.cmp(&b.name));
    let mut mistakes = ground.mistakes.clone();
    mistakes.extend(parts.iter().flat_map(|part| &part.mistakes).cloned());
    mistakes.extend(taken_uids(parts.iter().flat_map(|part| &part.identities)));
    let series: Read<Vec<Arc<Series>>> =
        parts.iter().filter_map(|part| part.series.clone()).collect();
    let known: Vec<Arc<Series>> =
        parts.iter().filter_map(|part| part.series.clone()?.ok()).collect();
    mistakes.extend(paths::check(&ground.claims, &Own { site: ground.site(), series: &known }));
    match series.and_then(|series| ground.community(series)) {
        Ok(community) if mistakes.is_empty() => Ok(community),
        _ => Err(Diagnostics::new(mistakes)),
    }
}

/// Every UID is there once, in all series: the mistakes where it is not.
fn taken_uids<'a>(identities: impl Iterator<Item = &'a Identity>) -> Vec<Diagnostic> {
    let mut taken: HashMap<&str, &Identity> = HashMap::with_capacity(identities.size_hint().0);
    let mut mistakes = Vec::new();
    for identity in identities {
        let uid = identity.uid.as_str();
        let Some(before) = taken.get(uid) else {
            taken.insert(uid, identity);
            continue;
        };
        let message = format!("the UID {} is taken", quote(uid));
        let (line, path) = (before.spot.line(), before.spot.path());
        let help = format!(
            "line {line} of `{path}` has it; give this slot a short name of its own as `id`"
        );
        mistakes.extend(identity.spot.mistake(message, help));
    }
    mistakes
}
