//! kaffe

pub mod diag;
pub mod engine;
pub mod model;
pub mod parse;
pub mod render;
pub mod search;
pub mod site;
pub mod source;
pub mod starter;
pub mod text;
