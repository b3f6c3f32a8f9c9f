//! What of the notes on a calendar may explain a difference.

use crate::import::Note;

/// What notes say that has no part in what is compared: whoever was invited, alarms, passcodes.
const OF_NO_MATTER: [&str; 7] = [
    "who was invited",
    "who organises",
    "attachments were left out",
    "the comment was left out",
    "alarms were left out",
    "a passcode was left out",
    "nothing says when dates were cancelled",
];

/// The notes without those that cannot explain any difference.
pub(super) fn telling(mut notes: Vec<Note>) -> Vec<Note> {
    notes.retain(|note| !OF_NO_MATTER.iter().any(|begin| note.text.starts_with(begin)));
    notes
}
