//! Any answer is minutes, or is told apart from them.

use convene::collect::minutes::read;

/// The bytes are what HackMD answered.
pub fn holds(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match read(&text) {
        Ok(minutes) => {
            let said = minutes.sections.iter().filter(|section| section.says_something());
            assert!(said.count() <= text.lines().count(), "a section has a line of its own");
        }
        Err(why) => assert!(!why.to_string().is_empty(), "it is said why"),
    }
}
