//! Lists in English sentences.

use std::fmt::Display;

/// "a", "a and b", "a, b and c".
pub(super) fn and(items: impl IntoIterator<Item = impl Display>) -> String {
    join(items, "and")
}

/// "`a`", "`a` or `b`", "`a`, `b` or `c`".
pub(super) fn or(items: impl IntoIterator<Item = impl Display>) -> String {
    join(items.into_iter().map(|item| format!("`{item}`")), "or")
}

fn join(items: impl IntoIterator<Item = impl Display>, word: &str) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    match items.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
        None => String::new(),
    }
}
