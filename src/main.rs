//! The `convene` program; everything is in the library.

fn main() {}
