//! Temporary.
#![allow(dead_code)]
#[path = "it/cli.rs"]
mod cli;
#[path = "it/diagnostics.rs"]
mod diagnostics;
#[path = "it/support.rs"]
mod support;
#[path = "it/tidy.rs"]
mod tidy;
