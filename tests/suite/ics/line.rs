//! Content lines (RFC 5545 §3.1, RFC 6868).

use super::Property;

/// The longest a line may be, in octets.
const LINE_OCTETS: usize = 75;

/// The logical lines of a text, none of whose lines is too long, empty or ended otherwise than by
/// CRLF.
pub(super) fn unfold(text: &str) -> Result<Vec<String>, String> {
    let body = text.strip_suffix("\r\n").ok_or("the last line does not end with CRLF")?;
    let mut lines: Vec<String> = Vec::new();
    for line in body.split("\r\n") {
        if line.is_empty() || line.len() > LINE_OCTETS {
            return Err(format!("a line of {} octets: `{line}`", line.len()));
        }
        if let Some(control) = line.chars().find(|c| c.is_ascii_control() && *c != '\t') {
            return Err(format!("the control {control:?} in `{line}`"));
        }
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            (Some(_), None) => return Err("the first line continues another".to_owned()),
            (None, _) => lines.push(line.to_owned()),
        }
    }
    Ok(lines)
}

/// One logical line as name, parameters and value.
pub(super) fn content_line(line: &str) -> Result<Property, String> {
    let wrong = |what: &str| format!("{what} in `{}`", line.chars().take(200).collect::<String>());
    let (name, mut rest) = token(line).ok_or_else(|| wrong("no name"))?;
    let mut parameters: Vec<(String, Vec<String>)> = Vec::new();
    while let Some(more) = rest.strip_prefix(';') {
        let (name, more) = token(more).ok_or_else(|| wrong("a parameter without name"))?;
        let more = more.strip_prefix('=').ok_or_else(|| wrong("a parameter without value"))?;
        let (values, more) = values(more).ok_or_else(|| wrong("a broken parameter"))?;
        if parameters.iter().any(|(own, _)| *own == name) {
            return Err(wrong("a parameter twice"));
        }
        parameters.push((name, values));
        rest = more;
    }
    let value = rest.strip_prefix(':').ok_or_else(|| wrong("no value"))?.to_owned();
    Ok(Property { name, parameters, value })
}

/// An iana-token or x-name in upper case, and what follows it.
fn token(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    (!name.is_empty()).then(|| (name.to_ascii_uppercase(), rest))
}

/// A parameter's values, quoted wherever they have to be, and what follows them.
fn values(mut text: &str) -> Option<(Vec<String>, &str)> {
    let mut values = Vec::new();
    loop {
        let (value, rest) = match text.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => text.split_at(text.find(['"', ';', ':', ',']).unwrap_or(text.len())),
        };
        values.push(without_circumflexes(value));
        match rest.strip_prefix(',') {
            Some(more) => text = more,
            None => return Some((values, rest)),
        }
    }
}

fn without_circumflexes(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        let meant = match (c, chars.peek()) {
            ('^', Some('n')) => '\n',
            ('^', Some('^')) => '^',
            ('^', Some('\'')) => '"',
            _ => {
                out.push(c);
                continue;
            }
        };
        chars.next();
        out.push(meant);
    }
    out
}
