//! The integration tests: one binary, a module a topic.

mod cli;
mod content_model;
mod diagnostics;
mod http;
mod kinds;
mod live;
mod parity;
mod properties;
mod support;
mod tidy;
