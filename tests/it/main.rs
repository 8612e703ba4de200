//! The integration tests: one binary, a module a topic.

mod content_model;
mod http;
mod kinds;
mod live;
mod parity;
mod properties;
mod support;
