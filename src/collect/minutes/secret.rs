//! What a note has for those who join, and nobody else should get.

/// Phone numbers, passcodes, rooms.
pub(super) fn is_secret(text: &str) -> bool {
    const SECRET: [&str; 9] = [
        "passcode",
        "password",
        "meeting id",
        "pwd=",
        "one tap",
        "dial by",
        "dial-in",
        "zoom.us",
        "webinar id",
    ];
    let lower = text.to_lowercase();
    SECRET.iter().any(|word| lower.contains(word)) || has_phone_number(text)
}

/// Nine digits or more in groups, or eight after a `+`; not the digits of a word or of an address.
fn has_phone_number(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || "+-. ()".contains(c);
    text.split(|c: char| !is_part(c)).any(|run| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        let run = run.trim_matches(['-', '.', ' ']);
        let grouped = run.contains(['-', ' ', '.', '(']);
        (run.starts_with('+') && digits >= 8) || (grouped && (10..=15).contains(&digits))
    })
}
