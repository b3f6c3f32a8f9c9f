//! Which meeting a section of the minutes or a video belongs to.
