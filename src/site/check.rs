//! The rules that need the whole site. One rule a file, one line in [`RULES`]; what can be told
//! from one file alone is told where it is read ([`parse`](crate::parse)).

mod links;
mod pictures;
mod publication;
mod references;
mod rings;

pub use pictures::DECORATION;

use super::Site;
use crate::diag::Diagnostic;

/// A rule: it looks at a site and adds what is wrong.
type Rule = fn(&Site, &mut Vec<Diagnostic>);

/// Every rule.
const RULES: &[Rule] = &[
    references::check,
    rings::check,
    links::check,
    pictures::check,
    publication::check,
];

/// What every rule says about a site.
#[must_use]
pub fn all(site: &Site) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        rule(site, &mut found);
    }
    found
}
