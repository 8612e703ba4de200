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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    let mut add = |kind: Kind, ranges: Vec<Range<usize>>| {
        found.extend(ranges.into_iter().map(|range| Finding { range, kind }));
    };
    add(Kind::Phone, phone::find(text));
    add(Kind::Mail, mail::find(text));
    add(Kind::Address, address::find(text));
    add(Kind::Name, name::find(text));
    found.sort_by_key(|finding| (finding.range.start, finding.kind));
    found
}

/// True for a character that belongs to a word.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// The words of a text with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(|c| !in_word(c)).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim_end_matches(|c| !in_word(c));
        (!word.is_empty()).then_some((start, word))
    })
}

/// Skips what may stand between two words of the same expression: spaces, one line break, marks of emphasis. Gives
/// what follows, or nothing when the words are not parted by space.
fn skip_gap(rest: &str) -> Option<&str> {
    let after = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`'));
    let gap = rest.get(..rest.len() - after.len())?;
    (gap.contains(char::is_whitespace) && gap.matches('\n').count() <= 1).then_some(after)
}

#[cfg(test)]
mod tests;
