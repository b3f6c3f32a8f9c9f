//! Pages, as a reader sees them.
