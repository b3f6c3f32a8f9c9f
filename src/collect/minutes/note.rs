//! A note in Markdown as headings, each with the lines below it.

use super::plain::plain;
use crate::collect::written_date::written_dates;

/// The longest that a line is looked at, in bytes.
const MOST_OF_A_LINE: usize = 4096;

/// A heading and what follows it, to the next heading.
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// 1 to 6; 0 for what comes before the first heading.
    pub(super) level: usize,
    /// The heading as it is written.
    pub(super) heading: &'a str,
    /// The heading as it is read.
    pub(super) plain: String,
    /// The lines, without those of code and comments.
    pub(super) lines: Vec<&'a str>,
}

/// Every heading of the note with its lines, in order.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let lines: Vec<&str> = text.lines().map(|line| cut(line.trim_end())).collect();
    let mut blocks = vec![Block::new(0, "")];
    let mut skip = Skip::new(&lines);
    for (at, line) in lines.iter().enumerate() {
        if skip.covers(at, line) {
            continue;
        }
        if let Some((level, heading)) = heading(line) {
            blocks.push(Block::new(level, heading));
        } else if let Some(level) = underlined(line, lines.get(at + 1).copied()) {
            blocks.push(Block::new(level, line.trim()));
        } else if let Some(block) = blocks.last_mut() {
            block.lines.push(line);
        }
    }
    blocks
}

impl<'a> Block<'a> {
    fn new(level: usize, heading: &'a str) -> Block<'a> {
        Block { level, heading, plain: plain(heading), lines: Vec::new() }
    }
}

/// The line, as far as it is looked at.
fn cut(line: &str) -> &str {
    line.get(..line.floor_char_boundary(MOST_OF_A_LINE)).unwrap_or(line)
}

/// `## text`, also without the space that Markdown wants there.
fn heading(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start();
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let is_heading = line.len() - text.len() <= 3
        && (1..=6).contains(&level)
        && (level > 1 || rest.starts_with([' ', '\t']));
    is_heading.then(|| (level, rest.trim().trim_end_matches('#').trim_end()))
}

/// A line over `===` or `---`, short enough to be meant as a heading.
fn underlined(line: &str, next: Option<&str>) -> Option<usize> {
    let next = next?;
    let is_text = line.starts_with(char::is_alphanumeric) && line.len() < 100;
    let all = |c: char| next.len() >= 3 && next.chars().all(|other| other == c);
    let level = if all('=') { 1 } else { 2 };
    let has_date = || written_dates(line).first().is_some_and(|date| date.range.start == 0);
    (is_text && (all('=') || all('-')) && has_date()).then_some(level)
}

/// Lines of code and of comments, which are passed over.
struct Skip {
    fence: Option<&'static str>,
    in_comment: bool,
    /// The last line that could close each: one that is never closed covers nothing.
    last_fence: [Option<usize>; 2],
    last_comment_end: Option<usize>,
}

const FENCES: [&str; 2] = ["```", "~~~"];

impl Skip {
    fn new(lines: &[&str]) -> Skip {
        let last = |is_it: &dyn Fn(&str) -> bool| lines.iter().rposition(|line| is_it(line));
        Skip {
            fence: None,
            in_comment: false,
            last_fence: FENCES.map(|fence| last(&|line| line.trim_start().starts_with(fence))),
            last_comment_end: last(&|line| line.contains("-->")),
        }
    }

    fn covers(&mut self, at: usize, line: &str) -> bool {
        let start = line.trim_start();
        if self.in_comment {
            self.in_comment = !line.contains("-->");
            return true;
        }
        if let Some(fence) = self.fence {
            self.fence = (!start.starts_with(fence)).then_some(fence);
            return true;
        }
        if start.starts_with("<!--") && self.last_comment_end.is_some_and(|last| last >= at) {
            self.in_comment = !line.contains("-->");
            return true;
        }
        let open = FENCES.into_iter().zip(self.last_fence);
        let opened = open.filter(|(fence, last)| start.starts_with(fence) && *last > Some(at));
        self.fence = opened.map(|(fence, _)| fence).next();
        self.fence.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::blocks;

    fn check(text: &str, want: &[(usize, &str, &[&str])]) {
        let blocks = blocks(text);
        let got: Vec<_> =
            blocks.iter().map(|b| (b.level, b.plain.as_str(), b.lines.as_slice())).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn headings_of_both_kinds_begin_blocks() {
        check(
            "top\n# One #\na\r\n##Two\nJuly 1, 2020\n---\nb\n#tag",
            &[
                (0, "", &["top"]),
                (1, "One", &["a"]),
                (2, "Two", &[]),
                (2, "July 1, 2020", &["---", "b", "#tag"]),
            ],
        );
    }

    #[test]
    fn code_and_comments_hide_headings_but_only_where_they_end() {
        check(
            "```\n## In code\n```\n<!-- ## a\n## b -->\n## Seen\n```\n## Also seen",
            &[(0, "", &[]), (2, "Seen", &["```"]), (2, "Also seen", &[])],
        );
    }
}
