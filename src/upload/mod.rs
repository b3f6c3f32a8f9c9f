//! All traffic to object storage: what is published, put where a store or a content delivery
//! network hands it out.
//!
//! A store has one object for each file that `convene build` would write, and a manifest of them.
//! What is published is compared with the manifest; only what differs is sent, in an order in which
//! nothing that a page links to is ever missing, and nothing is removed that the manifest does not
//! have.

mod manifest;
mod object;
mod plan;
mod publisher;
mod store;
mod target;
mod transport;
mod tree;

pub use publisher::{Options, Published, Publisher, Stop};
pub use target::Target;
