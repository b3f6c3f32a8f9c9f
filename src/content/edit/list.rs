//! A list whose values change: items that stay are left as they are, with the comments beside them.

use super::splice::{Lines, Splice};
use super::written::{Pair, fits, in_line, in_lines};
use crate::content::tree::Node;

/// From the list at `node`, whose items say `old`, to the new values.
pub(super) fn changed(
    lines: Lines<'_>,
    indent: &str,
    node: &Node,
    items: &[Node],
    old: &[String],
    new: &Pair,
) -> Vec<Splice> {
    if old.len() == new.values.len() {
        let differ = items.iter().zip(old.iter().zip(&new.values)).filter(|(_, (a, b))| a != b);
        return differ.map(|(item, (_, new))| Splice::new(item.span.clone(), new)).collect();
    }
    let added = new.values.strip_prefix(old).unwrap_or_default();
    let longer = items.last().filter(|_| !added.is_empty());
    longer.and_then(|last| appended(lines, node, last, added, new.key)).unwrap_or_else(|| {
        vec![Splice::new(node.span.clone(), anew(lines, indent, node, items, new))]
    })
}

/// More items after the last one; none where it is better written anew.
fn appended(
    lines: Lines<'_>,
    node: &Node,
    last: &Node,
    added: &[String],
    key: &str,
) -> Option<Vec<Splice>> {
    let after = lines.get(last.span.end..node.span.end);
    let Some((line, rest)) = after.split_once('\n') else {
        let added = format!(", {}", added.join(", "));
        let value = format!("{}{added}", lines.get(node.span.clone()));
        let short = fits(lines.indent(node.span.start), key, &value);
        return short.then(|| vec![Splice::insert(last.span.end, added)]);
    };
    let has_comma = |line: &str| code(line).contains(',');
    if !has_comma(line) && rest.lines().any(has_comma) {
        return None;
    }
    let comma = if has_comma(line) { "" } else { "," };
    let indent = lines.indent(last.span.start);
    let added: String =
        added.iter().map(|value| format!("{indent}{value},{}", lines.end)).collect();
    Some(vec![
        Splice::insert(last.span.end, comma),
        Splice::insert(lines.next(last.span.end), added),
    ])
}

/// The whole list, its comments first.
fn anew(lines: Lines<'_>, indent: &str, node: &Node, items: &[Node], new: &Pair) -> String {
    let comments = comments(lines, node, items);
    let in_one = in_line(&new.values);
    if comments.is_empty() && !lines.get(node.span.clone()).contains('\n') {
        return if fits(indent, new.key, &in_one) { in_one } else { new.value(lines, indent) };
    }
    let list = in_lines(new.values.iter(), lines, indent);
    let comments: String =
        comments.iter().map(|comment| format!("{indent}  {comment}{}", lines.end)).collect();
    list.replacen(lines.end, &format!("{}{comments}", lines.end), 1)
}

/// The comments within a list: all that is between its items.
pub(super) fn comments<'a>(lines: Lines<'a>, node: &Node, items: &[Node]) -> Vec<&'a str> {
    let starts = std::iter::once(node.span.start).chain(items.iter().map(|item| item.span.end));
    let ends = items.iter().map(|item| item.span.start).chain([node.span.end]);
    let between = starts.zip(ends).flat_map(|(start, end)| lines.get(start..end).lines());
    between.filter_map(comment).collect()
}

/// The comment at a line's end, where no text in quotes is before it.
pub(super) fn comment(line: &str) -> Option<&str> {
    line.find('#').and_then(|at| line.get(at..)).map(str::trim_end)
}

fn code(line: &str) -> &str {
    line.split('#').next().unwrap_or_default()
}
