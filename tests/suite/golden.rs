//! Content folders with the output they must give beside them.
