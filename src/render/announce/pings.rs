//! Words that would call people by name.

/// Joins what stands on both sides and is not seen.
const WORD_JOINER: char = '\u{2060}';

/// The text in which no `@channel`, `@room` or `@name` is one; addresses of mail and of the web stay
/// as they are.
pub(super) fn without(text: &str) -> String {
    let mut quiet = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        quiet.push(c);
        let is_inside = before.is_alphanumeric() || "/.-_+%".contains(before);
        if c == '@' && !is_inside && rest.peek().is_some_and(|next| next.is_alphanumeric()) {
            quiet.push(WORD_JOINER);
        }
        before = c;
    }
    quiet
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn nobody_is_called() {
        assert_eq!(
            without("@channel (@room) @here"),
            "@\u{2060}channel (@\u{2060}room) @\u{2060}here"
        );
    }

    #[test]
    fn addresses_stay() {
        for text in ["list@example.org", "https://medium.com/@name", "5 @ 7", "@"] {
            assert_eq!(without(text), text);
        }
    }
}
