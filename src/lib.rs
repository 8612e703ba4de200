//! kaffe

pub mod cli;
pub mod diag;
pub mod engine;
pub mod model;
pub mod parse;
pub mod publish;
pub mod render;
pub mod search;
pub mod serve;
pub mod site;
pub mod source;
pub mod starter;
pub mod text;
