//! Ten digits that begin like a date and are something else.
//!
//! Takes a window of digits; says whether its form, or the words right before it, make it a date, a clock time, a
//! phone number, an ISBN, a DOI, a case number, a large number or a fingerprint. The plain form, six and four digits,
//! is cleared by very little: rather one stop too many than one number too few.

use super::Window;
use crate::text::digits::{self, Gap, Group};

/// True for what is surely not a CPR number.
pub(super) fn is_something_else(window: &Window<'_, '_>) -> bool {
    if is_isbn(window) || is_in_doi(window) || is_in_fingerprint(window) {
        return true;
    }
    if window.is_plain() {
        return false;
    }
    let lengths = window.lengths();
    let pairs_and_four = lengths == [2, 2, 2, 4];
    let sentence_within = window.gaps().iter().any(|gap| gap.is_sentence);
    (sentence_within && !pairs_and_four)
        || is_date_and_number(window, &lengths)
        || is_clock(window, &lengths)
        || is_large_number(window, &lengths)
        || is_network_address(window)
        || is_list_of_decimals(window)
        || is_case_number(window, &lengths)
        || is_phone(window, &lengths)
}

fn value(window: &Window<'_, '_>, at: usize) -> u32 {
    window
        .groups()
        .get(at)
        .and_then(Group::value)
        .unwrap_or(u32::MAX)
}

fn gap(window: &Window<'_, '_>, at: usize) -> Gap {
    window.gaps().get(at).copied().unwrap_or_default()
}

const fn is_year(value: u32) -> bool {
    matches!(value, 1900..=2099)
}

const fn is_month(value: u32) -> bool {
    matches!(value, 1..=12)
}

const fn is_day(value: u32) -> bool {
    matches!(value, 1..=31)
}

/// A whole date beside another number: `01.02.2021 12`, `2012-03-01 12`, `kl. 10 01.02.2021`, `06.-10.04.2021`,
/// or two years and a number.
fn is_date_and_number(window: &Window<'_, '_>, lengths: &[usize]) -> bool {
    let number = |at| value(window, at);
    match lengths {
        [2, 2, 4, ..] => is_day(number(0)) && is_month(number(1)) && is_year(number(2)),
        [4, 2, 2, ..] => is_year(number(0)) && is_month(number(1)) && is_day(number(2)),
        [8, ..] => {
            let date = number(0);
            is_year(date / 10_000) && is_month(date / 100 % 100) && is_day(date % 100)
        }
        [4, 4, ..] => is_year(number(0)) && is_year(number(1)),
        [2, 2, 2, 4] => {
            let same = gap(window, 1) == gap(window, 2) && gap(window, 1).is_number_sign();
            same && gap(window, 0) != gap(window, 1)
                && is_day(number(1))
                && is_month(number(2))
                && is_year(number(3))
        }
        _ => false,
    }
}

/// Two clock times and a number: `10.10-11.30 12`.
fn is_clock(window: &Window<'_, '_>, lengths: &[usize]) -> bool {
    let time =
        |at| gap(window, at).is_dot() && value(window, at) < 24 && value(window, at + 1) < 60;
    lengths == [2; 5]
        && ((time(0) && time(2) && !gap(window, 1).is_dot())
            || (time(1) && time(3) && !gap(window, 2).is_dot()))
}

/// A number in thousands, `1.112.345.678`, or one with nine decimals.
fn is_large_number(window: &Window<'_, '_>, lengths: &[usize]) -> bool {
    let alike = window
        .gaps()
        .windows(2)
        .all(|pair| pair.first() == pair.last());
    (lengths == [1, 3, 3, 3] && alike) || (lengths == [1, 9] && gap(window, 0).is_dot())
}

/// Four numbers below 256 with dots.
fn is_network_address(window: &Window<'_, '_>) -> bool {
    window.groups().len() == 4
        && window.gaps().iter().all(|gap| gap.is_dot())
        && window.groups().iter().all(|group| group.len <= 3)
        && (0..4).all(|at| value(window, at) < 256)
}

/// Numbers with one decimal point each: `7.6 1.1 1.3 1.1 2.2`.
fn is_list_of_decimals(window: &Window<'_, '_>) -> bool {
    let takes_turns = |pair: &[Gap]| match pair {
        [a, b] => (a.is_dot() && b.is_space()) || (a.is_space() && b.is_dot()),
        _ => false,
    };
    window.gaps().len() >= 4 && window.gaps().windows(2).all(takes_turns)
}

/// A year and a running number with hyphens or dots, with no border between the sixth and the seventh digit:
/// `21-NNNNN-NNN`.
fn is_case_number(window: &Window<'_, '_>, lengths: &[usize]) -> bool {
    let mut count = 0;
    let border_after_six = lengths.iter().any(|length| {
        count += length;
        count == 6
    });
    let year = match lengths {
        [2, second, ..] => matches!(value(window, 0), 10..=39) && *second >= 4,
        [4, second, ..] => is_year(value(window, 0)) && *second >= 4,
        _ => false,
    };
    !border_after_six && year && window.gaps().iter().all(|gap| gap.is_number_sign())
}

/// Words that announce a phone number.
const PHONE_WORDS: [&str; 7] = ["tlf", "telefon", "mobil", "ring", "sms", "vagt", "+45"];

/// A phone number that is announced as one, and another number after it: `tlf. 21 10 56 78 24 timer i døgnet`.
/// Danish phone numbers do not begin with 0 or 1.
fn is_phone(window: &Window<'_, '_>, lengths: &[usize]) -> bool {
    let phone_groups = match lengths {
        [2, 2, 2, 2, ..] => 4,
        [3, 3, 2, ..] | [3, 2, 3, ..] | [2, 3, 3, ..] => 3,
        [4, 4, ..] => 2,
        [8, ..] => 1,
        _ => return false,
    };
    let first = window
        .groups()
        .first()
        .and_then(|group| group.digits().first())
        .copied()
        .unwrap_or_default();
    if first < 2 || gap(window, phone_groups - 1).is_tight() {
        return false;
    }
    let before = words_before(window, 24);
    PHONE_WORDS.iter().any(|word| before.contains(word))
        && !before.contains("cpr")
        && !before.contains("person")
}

fn is_isbn(window: &Window<'_, '_>) -> bool {
    let before = words_before(window, 12);
    before
        .trim_end_matches(|c: char| !c.is_alphabetic())
        .ends_with("isbn")
}

/// Within a word that has `10.NNNN/` before the number.
fn is_in_doi(window: &Window<'_, '_>) -> bool {
    let before = digits::last_chars(window.text(), window.range().start, 120);
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    word.match_indices("10.").any(|(at, prefix)| {
        let after = word.get(at + prefix.len()..).unwrap_or_default();
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        after.len() - rest.len() >= 4 && rest.starts_with('/')
    })
}

/// Within a long word of hexadecimal digits, such as the fingerprint of a file.
fn is_in_fingerprint(window: &Window<'_, '_>) -> bool {
    let range = window.range();
    let is_hex = |c: &char| c.is_ascii_hexdigit() || *c == '-';
    let before = window.text().get(..range.start).unwrap_or_default();
    let after = window.text().get(range.end..).unwrap_or_default();
    let before = before.chars().rev().take(64).take_while(is_hex);
    let after = after.chars().take(64).take_while(is_hex);
    let around: Vec<char> = before
        .chain(after)
        .filter(char::is_ascii_hexdigit)
        .collect();
    let letters = around.iter().filter(|c| c.is_ascii_alphabetic()).count();
    around.len() + super::DIGITS >= 32 && letters >= 2
}

/// The end of the line in front of the number, in lower case.
fn words_before(window: &Window<'_, '_>, count: usize) -> String {
    digits::line_before(window.text(), window.range().start, count)
}
