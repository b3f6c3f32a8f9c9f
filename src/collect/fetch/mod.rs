//! All outgoing HTTP.
