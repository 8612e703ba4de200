//! kaffe

pub mod diag;
pub mod model;
pub mod parse;
pub mod site;
pub mod source;
pub mod text;
