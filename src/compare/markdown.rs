//! The changes as Markdown, for a comment on a pull request.

use super::sentence::{Piece, Told, told};
use super::text::{entries, groups};
use super::times::{elsewhere, short};
use super::{Change, Shift, Whose};
use crate::model::Zone;
use crate::schedule::Span;
use std::fmt::Write as _;

/// GitHub takes comments of 65,536 characters; whoever adds to this has some left.
const MOST_BYTES: usize = 60_000;

/// The changes as Markdown (GitHub's, with tables): warnings; then a list for each series, and a table of
/// times by the clocks of `zones`, chosen as for [`text`](super::text); then what the feeds will have.
///
/// Whatever authors wrote is shown as it is: it makes no markup, mentions nobody and refers to no
/// issue. About 60,000 bytes long at the most: what has no room is counted.
pub fn markdown(changes: &[Change], zones: &[Zone]) -> String {
    if changes.is_empty() {
        return "### Nothing changes for subscribers\n".to_owned();
    }
    let warnings = changes.iter().filter(|change| change.is_warning());
    let warnings = warnings.map(|c| warning(c.series.as_ref(), &told(c))).collect();
    let mut blocks = vec![Block::list("Look at this first", warnings)];
    blocks.extend(groups(changes).map(|(whose, group)| Block::of_group(whose, &group, zones)));
    let entries = entries(changes).iter().map(|line| format!("- {}\n", escaped(line))).collect();
    blocks.push(Block::list("New in the feeds", entries));
    blocks.retain(|block| !block.items.is_empty());
    that_fit(&blocks)
}

/// A heading, a list, and what is below.
struct Block {
    heading: String,
    items: Vec<String>,
    below: String,
}

impl Block {
    fn list(heading: &str, items: Vec<String>) -> Block {
        Block { heading: format!("**{heading}**"), items, below: String::new() }
    }

    fn of_group(whose: Option<&Whose>, group: &[&Change], zones: &[Zone]) -> Block {
        let all: Vec<Told<'_>> = group.iter().map(|change| told(change)).collect();
        let heading = match whose {
            Some(Whose { slug, title }) => format!("**{}** (`{slug}`)", escaped(title.as_str())),
            None => "**The site**".to_owned(),
        };
        let below = table(&all, zones).unwrap_or_default();
        Block { heading, items: all.iter().map(item).collect(), below }
    }
}

/// The blocks with blank lines between, as far as there is room.
fn that_fit(blocks: &[Block]) -> String {
    let mut text = "### What changes for subscribers\n".to_owned();
    let mut left = 0;
    for Block { heading, items, below } in blocks {
        let fits = |text: &str, more: &str| text.len() + more.len() <= MOST_BYTES;
        if left > 0 || !fits(&text, heading) {
            left += items.len();
            continue;
        }
        let _ = write!(text, "\n{heading}\n\n");
        for item in items {
            if left == 0 && fits(&text, item) {
                text.push_str(item);
            } else {
                left += 1;
            }
        }
        if left == 0 && fits(&text, below) {
            text.push_str(below);
        }
    }
    if left > 0 {
        let _ = write!(text, "\nAnd {left} more, for which there is no room here.\n");
    }
    text
}

fn item(told: &Told<'_>) -> String {
    let more = told.more.iter().map(|line| format!("  - {}\n", marked(line)));
    let line = marked(&told.line);
    format!("- **{}:** {line}\n{}", capitalised(&told.label), more.collect::<String>())
}

fn warning(whose: Option<&Whose>, told: &Told<'_>) -> String {
    let whose = whose.map(|whose| format!("`{}`: ", whose.slug)).unwrap_or_default();
    let more = told.more.iter().map(|line| format!("  - {}\n", marked(line)));
    format!("- {whose}{}\n{}", marked(&told.line), more.collect::<String>())
}

/// What takes place when, on several clocks.
fn table(all: &[Told<'_>], chosen: &[Zone]) -> Option<String> {
    let timed = |told: &'_ Told<'_>| -> Option<(String, Shift, Span)> {
        let times = told.times?;
        let last = times.new.or(times.old).filter(|span| span.start.time().is_some())?;
        Some((capitalised(&told.label), times, last))
    };
    let rows: Vec<_> = all.iter().filter_map(timed).collect();
    let (_, _, first) = rows.first()?;
    let mut zones = vec![first.zone];
    zones.extend(elsewhere(first, chosen));
    let names: String = zones.iter().map(|zone| format!(" {zone} |")).collect();
    let mut table = format!("\n| |{names}\n|---|{}\n", "---|".repeat(zones.len()));
    for (label, Shift { old, .. }, last) in &rows {
        let cell = |zone: &Zone| {
            let before = old.map(|old| format!("{} → ", short(&old, *zone))).unwrap_or_default();
            format!(" {before}{} |", short(last, *zone))
        };
        let cells: String = zones.iter().map(cell).collect();
        let _ = writeln!(table, "| {label} |{cells}");
    }
    Some(table)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn marked(pieces: &[Piece<'_>]) -> String {
    let piece = |piece: &Piece<'_>| match piece {
        Piece::Words(text) => text.clone(),
        Piece::Text(text) => escaped(text),
        Piece::Link(address) => format!("<{address}>"),
        Piece::Code(name) => format!("`{name}`"),
    };
    pieces.iter().map(piece).collect()
}

/// Text that is nothing but text: ASCII punctuation escaped (CommonMark 2.4), and nothing that GitHub
/// makes a link of by itself: a mention, an issue or an address.
fn escaped(text: &str) -> String {
    /// Joins nothing and is not seen, but stands between what would be one word.
    const APART: char = '\u{2060}';
    let mut safe = String::with_capacity(text.len() * 2);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ':' if chars.peek() == Some(&'/') => safe.extend([c, APART]),
            '@' | '#' => safe.extend(['\\', c, APART]),
            ',' | ':' | '\'' | '(' | ')' | '/' => safe.push(c),
            c if c.is_ascii_punctuation() => safe.extend(['\\', c]),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{Change, escaped, markdown};
    use crate::compare::{Field, What};
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    /// What a reader sees of a list's item that is that text; none where there is markup.
    fn shown(markdown: &str) -> Option<String> {
        let (mut text, all) = (String::new(), Options::all() - Options::ENABLE_SMART_PUNCTUATION);
        for event in Parser::new_ext(&format!("- x {markdown}\n"), all) {
            match event {
                Event::Text(piece) => text.push_str(&piece),
                Event::Start(Tag::List(None) | Tag::Item) => {}
                Event::End(TagEnd::List(_) | TagEnd::Item) => {}
                _ => return None,
            }
        }
        text.strip_prefix("x ").map(|text| text.replace('\u{2060}', ""))
    }

    proptest! {
        #[test]
        fn text_is_shown_as_it_is(text in "[!-~]([ -~é]{0,20}[!-~])?") {
            prop_assert_eq!(shown(&escaped(&text)), Some(text));
        }
    }

    #[test]
    fn a_comment_has_room_for_it_and_the_rest_is_counted() {
        let long = |n: usize| Some(format!("{n}: {}", "*".repeat(490)));
        let change = |n| {
            let what = What::Field(Field::Title, long(n), long(n + 1));
            Change { series: None, what }
        };
        let changes: Vec<Change> = (0..1000).map(change).collect();
        let text = markdown(&changes, &[]);
        assert!((50_000..65_000).contains(&text.len()), "{}", text.len());
        let shown = text.matches("- **Title of the site:**").count();
        assert!(text.ends_with(&format!(
            "\nAnd {} more, for which there is no room here.\n",
            1000 - shown
        )));
    }

    #[test]
    fn nobody_is_mentioned_and_nothing_linked() {
        let safe = escaped("@everyone see #12 at https://evil.example");
        for mark in ["@e", "#1", "://"] {
            assert!(!safe.contains(mark), "{safe}");
        }
    }
}
