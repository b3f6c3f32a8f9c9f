//! Any answer is a feed of no more than 500 videos, or is told apart from one.

use convene::collect::youtube::read;

/// The bytes are what YouTube answered.
pub fn holds(bytes: &[u8]) {
    match read(bytes) {
        Ok(videos) => assert!(videos.len() <= 500, "{} videos", videos.len()),
        Err(why) => assert!(!why.to_string().is_empty(), "it is said why"),
    }
}
