//! Who may import whom, and what the core may not touch.
