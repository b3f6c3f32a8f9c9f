//! The schedule against a naive oracle, over clock changes.
