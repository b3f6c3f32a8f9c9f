//! How wide a text is, without the font: so that a badge fits its text wherever it is shown.

/// The width of a text in Verdana at that size, in pixels, rounded up.
pub(super) fn text_width(text: &str, size: u32) -> u32 {
    let thousandths: u32 = text.chars().map(width).sum();
    (thousandths * size).div_ceil(1000)
}

/// The width of a character in thousandths of the font's size: measured in Verdana, with which
/// DejaVu Sans nearly agrees, and for what neither has the width of most such characters.
fn width(c: char) -> u32 {
    match c {
        ' ' | '\u{b7}' | '\u{2018}' | '\u{2019}' => 352,
        'i' | 'l' | '\'' => 274,
        'j' => 344,
        'f' | ',' | '.' => 360,
        't' => 394,
        'I' => 421,
        'r' => 427,
        '(' | ')' | '-' | '/' | ':' | ';' | 'J' | '[' | '\\' | ']' | '|' => 454,
        '!' => 393,
        '"' => 459,
        'c' | 's' | 'z' => 521,
        '?' => 545,
        'L' => 557,
        'k' | 'v' | 'x' | 'y' => 592,
        'F' => 575,
        'a' | 'e' | 'o' | 'ä' | 'ö' | 'é' => 603,
        'P' | 'Y' | 'T' => 616,
        'b' | 'd' | 'g' | 'h' | 'n' | 'p' | 'q' | 'u' | 'ü' | 'ß' => 633,
        '0'..='9' | '$' | '*' | '_' | '`' | '{' | '}' => 636,
        'E' => 632,
        'A' | 'B' | 'C' | 'K' | 'R' | 'S' | 'V' | 'X' | 'Z' | 'Ä' => 692,
        'H' | 'N' | 'D' | 'U' | 'Ü' | '&' => 750,
        'G' | 'O' | 'Ö' | 'Q' => 787,
        '#' | '+' | '<' | '=' | '>' | '^' | '~' | 'w' => 818,
        'M' => 843,
        'm' => 973,
        'W' => 989,
        '@' | '\u{2026}' | '\u{2014}' => 1000,
        '%' => 1076,
        '\u{2013}' => 636,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        // Hangul, Chinese, Japanese and their full-width forms, and emoji.
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 1000,
        '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' => 1000,
        // Half-width katakana and Hangul.
        '\u{ff61}'..='\u{ffdc}' => 500,
        '\u{1f000}'.. => 1200,
        _ => 680,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_a_browser_shows_it() {
        // Measured in Chromium with DejaVu Sans, which is what it takes for Verdana on Linux, and VL
        // Gothic; in every Japanese font a character is as wide as high.
        let measured = [
            ("next meeting", 73),
            ("OCI weekly discussion", 122),
            ("Thu 26 Nov, 10:00 PST", 126),
            ("moved to Fri 27 Nov, 09:00 EST", 174),
            ("Thu 26 Nov cancelled: US Thanksgiving", 218),
            ("KubeVirt SIG-Storage (Wednesdays) #42", 224),
            ("Jörg’s Gespräch über Möbel", 152),
            ("now", 23),
            ("verlegt auf Fr., 27. Nov., 09:00 Uhr MEZ", 217),
            ("Do., 26. Nov. abgesagt: Gründungstag in Österreich", 285),
            ("Größe, Äpfel, Übermaß, Öl", 145),
            ("次回のミーティング", 99),
            ("11/27（金）09:00 PSTに変更", 153),
            ("2027/11/9（火）～2027/11/11（木）", 197),
            ("ﾃｽﾄ", 17),
        ];
        for (text, pixels) in measured {
            let width = text_width(text, 11);
            assert!(width.abs_diff(pixels) * 20 <= pixels, "{text}: {width}, not {pixels}");
        }
    }

    #[test]
    fn what_is_put_above_a_letter_takes_no_room() {
        assert_eq!(text_width("e\u{301}", 11), text_width("e", 11));
        assert_eq!(text_width("", 11), 0);
    }
}
