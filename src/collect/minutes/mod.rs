//! Minutes in Markdown.
