//! Feeds, read back by foreign parsers.
