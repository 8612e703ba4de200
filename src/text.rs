//! What kaffe knows about words, before it knows about records.
//!
//! Pure functions from text to text: keys and addresses ([`fold`]), characters nobody
//! sees ([`invisible`]), Danish order, dates and lists ([`danish`]),
//! likeness of words ([`likeness`]), two changes of one list ([`sequence`]), the two languages of the interface ([`lang`]), and the numbers and names that
//! may point at a person ([`cpr`], [`personal`]).
//!
//! Left out: Markdown, YAML, stemming for search, and everything that reads a file or a clock.

pub mod cpr;
pub mod danish;
mod digits;
pub mod fold;
pub mod invisible;
pub mod lang;
pub mod likeness;
pub mod personal;
pub mod sequence;

pub use lang::Lang;
