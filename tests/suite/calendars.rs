//! Calendars, read back by foreign parsers.
