//! From what was found to edits of the content.
