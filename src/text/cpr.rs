//! Numbers that look like a Danish CPR number, in any dress.
//!
//! Takes any text, Markdown source included; gives the places where six and four digits stand together and the first
//! six can be a date (day 01–31, or 61–91 for a replacement number; month 01–12). Between any two digits there may be
//! spaces, hyphens, dots, marks of emphasis, invisible characters or a single line break. The check digit is not
//! looked at: since 2007 real numbers fail it.
//!
//! Never a part of a longer number, and never what is known to be something else: phone, EAN and case
//! numbers, dates and clock times, ISBN and DOI. Left out: whether it is a real number, and numbers in words.

mod lookalike;

use std::borrow::Cow;
use std::ops::Range;

use super::digits::{self, Chain, chains};

/// The number of digits of a CPR number.
const DIGITS: usize = 10;

/// The places of all numbers in a text that look like a CPR number, in order, in bytes.
#[must_use]
pub fn find(text: &str) -> Vec<Range<usize>> {
    find_in(&chains(text, DIGITS))
}

/// The same among groups of digits that have been read already.
pub(super) fn find_in(chains: &[Chain<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for chain in chains.iter().filter(|chain| chain.len() >= DIGITS) {
        let mut here = in_chain(chain, found.last().map(|last| last.end));
        found.append(&mut here);
    }
    found
}

/// The same in a file name or a path, where words are joined by `-` and `_` instead of spaces.
#[must_use]
pub fn find_in_name(name: &str) -> Vec<Range<usize>> {
    let mut found = find(&name.replace(['-', '_'], " "));
    found.extend(find(name));
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    found.dedup_by(|later, earlier| later.start < earlier.end);
    found
}

/// The text with every digit of such a number changed to `x`; its length in bytes is the same.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    hide(text, &find(text))
}

/// The same for a file name or a path.
#[must_use]
pub fn mask_name(name: &str) -> Cow<'_, str> {
    hide(name, &find_in_name(name))
}

fn hide<'a>(text: &'a str, found: &[Range<usize>]) -> Cow<'a, str> {
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut hidden = String::with_capacity(text.len());
    let mut done = 0;
    for range in found {
        hidden.push_str(text.get(done..range.start).unwrap_or_default());
        for c in text.get(range.clone()).unwrap_or_default().chars() {
            match digits::digit(c) {
                Some(_) => hidden.extend(std::iter::repeat_n('x', c.len_utf8())),
                None => hidden.push(c),
            }
        }
        done = range.end;
    }
    hidden.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(hidden)
}

/// A run of groups of digits that together have ten, within a longer chain.
struct Window<'c, 't> {
    chain: &'c Chain<'t>,
    first: usize,
    last: usize,
}

/// The numbers of one chain. `before` is the end of the last number found in front of it.
fn in_chain(chain: &Chain<'_>, before: Option<usize>) -> Vec<Range<usize>> {
    let windows: Vec<Window<'_, '_>> = (0..chain.groups.len())
        .filter_map(|first| window(chain, first))
        .collect();
    let is_number = |window: &Window<'_, '_>| {
        window.has_a_date() && window.stands_alone(before) && !lookalike::is_something_else(window)
    };
    // The plain form first, so that a stray number in front of it cannot take its digits.
    let mut found = Vec::new();
    for window in windows.iter().filter(|window| window.is_plain()) {
        add_if_free(&mut found, window, is_number);
    }
    for window in windows.iter().filter(|window| !window.is_plain()) {
        add_if_free(&mut found, window, is_number);
    }
    found
}

/// Adds the place of a window, in order, when it is a number and none of its digits belong to another.
fn add_if_free<'c, 't>(
    found: &mut Vec<Range<usize>>,
    window: &Window<'c, 't>,
    is_number: impl Fn(&Window<'c, 't>) -> bool,
) {
    let range = window.range();
    if !overlaps(found, &range) && is_number(window) {
        let at = found.partition_point(|other| other.start < range.start);
        found.insert(at, range);
    }
}

/// True when one of some places, which stand in order, has something in common with another place.
pub(super) fn overlaps(places: &[Range<usize>], range: &Range<usize>) -> bool {
    let at = places.partition_point(|place| place.end <= range.start);
    places.get(at).is_some_and(|place| place.start < range.end)
}

/// The groups from `first` on that have exactly ten digits, if they do.
fn window<'c, 't>(chain: &'c Chain<'t>, first: usize) -> Option<Window<'c, 't>> {
    let mut count = 0;
    for (at, group) in chain.groups.iter().enumerate().skip(first) {
        count += group.len;
        if count >= DIGITS {
            return (count == DIGITS).then_some(Window {
                chain,
                first,
                last: at,
            });
        }
    }
    None
}

impl<'t> Window<'_, 't> {
    fn groups(&self) -> &[digits::Group] {
        self.chain
            .groups
            .get(self.first..=self.last)
            .unwrap_or_default()
    }

    fn gaps(&self) -> &[digits::Gap] {
        self.chain
            .gaps
            .get(self.first..self.last)
            .unwrap_or_default()
    }

    fn lengths(&self) -> Vec<usize> {
        self.groups().iter().map(|group| group.len).collect()
    }

    fn text(&self) -> &'t str {
        self.chain.text
    }

    fn range(&self) -> Range<usize> {
        let start = self.groups().first().map_or(0, |group| group.range.start);
        let end = self.groups().last().map_or(start, |group| group.range.end);
        start..end
    }

    /// Ten digits in a row, or six and four.
    fn is_plain(&self) -> bool {
        matches!(self.lengths().as_slice(), [10] | [6, 4])
    }

    fn has_a_date(&self) -> bool {
        let mut digits = self
            .groups()
            .iter()
            .flat_map(|group| group.digits().iter().copied());
        let mut pair = || Some(digits.next()? * 10 + digits.next()?);
        let (Some(day), Some(month)) = (pair(), pair()) else {
            return false;
        };
        matches!(day, 1..=31 | 61..=91) && matches!(month, 1..=12)
    }

    /// Not a piece of a longer number, of a case number, or of a number with a country code.
    fn stands_alone(&self, before: Option<usize>) -> bool {
        let left = self
            .first
            .checked_sub(1)
            .and_then(|at| Some((self.chain.gaps.get(at)?, self.chain.groups.get(at)?)));
        let right = self
            .chain
            .gaps
            .get(self.last)
            .zip(self.chain.groups.get(self.last + 1));
        let left_free = match left {
            Some((gap, group)) => {
                let country_code = self.first == 1 && self.chain.plus && group.len <= 3;
                !country_code && self.is_parted(*gap, group)
            }
            None => !self.chain.plus && !self.chain.is_continued_from(before),
        };
        let right_free = match right {
            Some((gap, group)) => self.is_parted(*gap, group),
            None => !self.chain.is_continued(),
        };
        left_free && right_free && !self.is_a_decimal()
    }

    /// True when a gap to a neighbour separates more than the gaps within the number do.
    fn is_parted(&self, gap: digits::Gap, neighbour: &digits::Group) -> bool {
        if gap.is_sentence || gap.is_underscore() {
            return true;
        }
        if gap.is_tight() {
            return false;
        }
        let line_within = self.gaps().iter().any(|gap| gap.line);
        let space_within = line_within || self.gaps().iter().any(|gap| gap.space);
        let parts_more = (gap.line && !line_within) || !space_within;
        let pairs = matches!(self.lengths().as_slice(), [2, 2, 2, 4] | [2, 2, 2, 2, 2]);
        self.is_plain() || parts_more || (pairs && neighbour.len != 2)
    }

    /// The digits of a decimal number, after its comma or before it.
    fn is_a_decimal(&self) -> bool {
        if self.lengths().as_slice() != [DIGITS] {
            return false;
        }
        let range = self.range();
        let before = self.text().get(..range.start).unwrap_or_default();
        let after = self.text().get(range.end..).unwrap_or_default();
        let whole = before
            .strip_suffix(',')
            .map(|text| text.chars().rev().take_while(char::is_ascii_digit).count());
        let part = after
            .strip_prefix(',')
            .map(|text| text.chars().take_while(char::is_ascii_digit).count());
        let begins_with_zero = self
            .groups()
            .first()
            .and_then(|group| group.digits().first())
            == Some(&0);
        matches!(whole, Some(1..=3)) || (matches!(part, Some(1 | 2)) && !begins_with_zero)
    }
}

#[cfg(test)]
mod tests;
