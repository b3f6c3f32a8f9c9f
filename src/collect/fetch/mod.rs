//! All outgoing HTTP.
//!
//! ```text
//! URL → target (may it be asked?) → address (is it public?) → connect → exchange → body → answer
//! ```
//! Redirects lead back to the first step. What an address answers is believed to be hostile:
//! whatever it does costs 10 s and 2 MiB at most, or as many bytes as the caller wants, and what is
//! known stays.

mod address;
mod answer;
mod body;
mod client;
mod connect;
mod exchange;
mod failure;
mod retry_after;
mod rhythm;
mod target;
#[cfg(test)]
mod tests;

pub use answer::{Answer, Validators};
pub use client::{Client, Upstream, room_for_a_runtime};
pub use failure::{Failure, Reason};
pub use retry_after::RetryAfter;
pub use rhythm::{Asked, Rhythm};
