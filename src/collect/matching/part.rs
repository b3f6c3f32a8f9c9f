//! Titles of videos that are parts of one recording.

/// A title without the number of its part, and the number.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub(super) whole: String,
    pub(super) number: Option<u32>,
}

/// `Weekly, March 5, Part 1/2` as `weekly march 5` and 1.
pub(super) fn part(title: &str) -> Part {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words: Vec<String> = title.split_whitespace().map(bare).filter(|w| !w.is_empty()).collect();
    let mut whole = Vec::new();
    let mut found = None;
    let mut rest = words.iter().peekable();
    while let Some(word) = rest.next() {
        let is_name = ["part", "pt", "teil", "video"].contains(&word.as_str());
        let next = rest.peek().and_then(|next| number(next)).filter(|_| is_name);
        if next.is_some() {
            found = next;
            rest.next();
            // `2 of 3`
            if rest.next_if(|word| *word == "of").is_some() {
                rest.next_if(|word| number(word).is_some());
            }
        } else if let Some(of_several) = of_several(word) {
            found = Some(of_several);
        } else {
            whole.push(word.as_str());
        }
    }
    Part { whole: whole.join(" "), number: found }
}

fn number(word: &str) -> Option<u32> {
    of_several(word).or_else(|| word.parse().ok().filter(|number| *number < 100))
}

/// `1/2`.
fn of_several(word: &str) -> Option<u32> {
    let (number, all) = word.split_once('/')?;
    let (number, all) = (number.parse().ok()?, all.parse().ok()?);
    (1..=all).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_one_title_but_for_their_number() {
        for title in [
            "Weekly March 5, 2026 (Part 2)",
            "Weekly March 5, 2026, 2/3",
            "Weekly March 5, 2026 - pt. 2 of 3",
        ] {
            let want = Part { whole: "weekly march 5 2026".to_owned(), number: Some(2) };
            assert_eq!(part(title), want, "{title}");
        }
        assert_eq!(part("Weekly March 5, 2026").number, None);
    }
}
