//! Every OCI meeting since 2015 against the public record.
