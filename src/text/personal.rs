//! Words and numbers in a text that may point at a person: phone numbers, mail addresses, street addresses, and
//! titles with a name.
//!
//! Takes any text, Markdown source included; gives the places with what each seems to be. It is a question to the
//! author, not a verdict: false finds are released one by one with `frigivet`. Left out: CPR numbers, which have rules
//! of their own ([`cpr`](super::cpr)), and names without a title, which no list can tell from other words.

mod address;
mod mail;
mod name;
mod phone;

use std::ops::Range;

use super::digits::chains;

/// What a finding seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A Danish phone number, or one with a country code.
    Phone,
    /// A mail address.
    Mail,
    /// A street with a house number.
    Address,
    /// A title and a name, such as "fru Eksempelsen".
    Name,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Phone, Self::Mail, Self::Address, Self::Name];

    /// The word that stands for it under `frigivet: fund`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "telefon",
            Self::Mail => "mail",
            Self::Address => "adresse",
            Self::Name => "navn",
        }
    }
}

/// One place that may point at a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it seems to be.
    pub kind: Kind,
}

/// Everything in a text that may point at a person, in the order of the text.
#[must_use]
pub fn find(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let chains = chains(text, 1);
    let mut add = |kind: Kind, ranges: Vec<Range<usize>>| {
        found.extend(ranges.into_iter().map(|range| Finding { range, kind }));
    };
    add(Kind::Phone, phone::find(&chains));
    add(Kind::Mail, mail::find(text));
    add(Kind::Address, address::find(text, &chains));
    add(Kind::Name, name::find(text));
    found.sort_by_key(|finding| (finding.range.start, finding.kind));
    found
}

/// True for a character that belongs to a word.
fn in_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// The word a text begins with; empty when it begins with something else.
fn first_word(text: &str) -> &str {
    let rest = text.trim_start_matches(in_word);
    text.get(..text.len() - rest.len()).unwrap_or_default()
}

/// The word a text ends with; empty when it ends with something else.
fn last_word(text: &str) -> &str {
    let rest = text.trim_end_matches(in_word);
    text.get(rest.len()..).unwrap_or_default()
}

/// True for what may stand between two words of the same expression: spaces, one line break, marks of emphasis.
fn in_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | '`')
}

/// Skips a gap at the beginning. Gives what follows, or nothing when the words are not parted by space.
fn skip_gap(rest: &str) -> Option<&str> {
    let after = rest.trim_start_matches(in_gap);
    is_gap(rest.get(..rest.len() - after.len())?).then_some(after)
}

/// Skips a gap at the end. Gives what stands before it.
fn skip_gap_back(text: &str) -> Option<&str> {
    let before = text.trim_end_matches(in_gap);
    is_gap(text.get(before.len()..)?).then_some(before)
}

fn is_gap(gap: &str) -> bool {
    gap.contains(char::is_whitespace) && gap.matches('\n').count() <= 1
}

#[cfg(test)]
mod tests;
