//! The integration tests: one binary, a module a topic.

#![allow(
    clippy::pedantic,
    clippy::iter_over_hash_type,
    clippy::type_complexity,
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test that fails says so by a panic, and it may touch the disk"
)]

mod cli;
mod content_model;
mod diagnostics;
mod http;
mod kinds;
mod live;
mod mail;
mod parity;
mod people;
mod properties;
mod readme;
mod rhythm;
mod round_trip;
mod searching;
mod support;
mod tidy;
mod user;
mod walk;
mod writing;
