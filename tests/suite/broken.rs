//! Broken content folders and the exact diagnostics they give.
