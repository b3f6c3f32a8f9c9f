//! The time each stage takes.

fn main() {}
