//! YouTube's feed of a channel or playlist.
