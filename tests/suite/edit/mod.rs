//! Edits of the content: their text and laws, and how they are written.

mod applied;
mod asked;
mod decided;
mod killed;
mod laws;
mod refused;
mod served;
mod story;
mod text;
