//! The real server, read over a socket.
