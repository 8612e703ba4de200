//! Groups of digits that stand together, and what parts them.
//!
//! Takes text; gives [`Chain`]s: as many groups as follow each other with nothing but separators between. Anything
//! else (a letter, a comma, a slash, an empty line, a list mark) ends a chain. No judgement is made here: see [`cpr`](super::cpr) and [`personal`](super::personal).

use std::ops::Range;

use super::invisible::is_invisible;

/// Digits without anything between them.
pub(super) struct Group {
    /// The values of the first of them; no rule asks for more.
    first: [u8; MOST_VALUES],
    /// How many there are.
    pub(super) len: usize,
    /// Their place in the text, in bytes.
    pub(super) range: Range<usize>,
}

/// The digits of a group whose values are kept.
const MOST_VALUES: usize = 10;

impl Group {
    /// The values of the digits, at most ten.
    pub(super) fn digits(&self) -> &[u8] {
        self.first
            .get(..self.len.min(MOST_VALUES))
            .unwrap_or_default()
    }

    /// The number they make, if it is small enough.
    pub(super) fn value(&self) -> Option<u32> {
        let small = self.len <= MOST_VALUES;
        let add = |sum: u32, digit: &u8| sum.checked_mul(10)?.checked_add(u32::from(*digit));
        small
            .then(|| self.digits().iter().try_fold(0, add))
            .flatten()
    }
}

/// What stands between two groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing that may stand between digits, in any mixture"
)]
pub(super) struct Gap {
    /// Spaces of any kind.
    pub(super) space: bool,
    /// A line break.
    pub(super) line: bool,
    /// A hyphen or another dash.
    pub(super) dash: bool,
    /// A full stop.
    pub(super) dot: bool,
    /// An underscore.
    pub(super) underscore: bool,
    /// Marks of emphasis, code, a backslash, or something invisible.
    pub(super) mark: bool,
    /// A full stop and then a space: the end of a sentence or the number of a list item.
    pub(super) is_sentence: bool,
}

impl Gap {
    /// True when the two groups touch: no space and no line break between them.
    pub(super) const fn is_tight(self) -> bool {
        !self.space && !self.line
    }

    /// True for underscores alone, which join words in file names.
    pub(super) const fn is_underscore(self) -> bool {
        self.underscore && self.is_tight() && !self.dash && !self.dot && !self.mark
    }

    /// True for a full stop alone.
    pub(super) const fn is_dot(self) -> bool {
        self.dot && self.is_tight() && !self.dash && !self.underscore && !self.mark
    }

    /// True for spaces alone.
    pub(super) const fn is_space(self) -> bool {
        self.space && !self.line && !self.dash && !self.dot && !self.underscore && !self.mark
    }

    /// True for dashes and full stops that touch both groups, as in numbers of cases.
    pub(super) const fn is_number_sign(self) -> bool {
        (self.dash || self.dot) && self.is_tight()
    }
}

/// Groups that follow each other; `gaps` has one less than `groups`.
pub(super) struct Chain<'t> {
    /// The whole text.
    pub(super) text: &'t str,
    /// The groups, at least one.
    pub(super) groups: Vec<Group>,
    /// What stands between them.
    pub(super) gaps: Vec<Gap>,
    /// True when a `+` stands right before the first digit.
    pub(super) plus: bool,
}

impl Chain<'_> {
    /// How many digits there are in all groups.
    pub(super) fn len(&self) -> usize {
        self.groups.iter().map(|group| group.len).sum()
    }

    /// True when a slash right before joins it to a short number, as in `21/NNNNNN-NNNN`. A number found right before
    /// the slash (it ended at `found`) is another one of the same kind and does not count.
    pub(super) fn is_continued_from(&self, found: Option<usize>) -> bool {
        let start = self.groups.first().map_or(0, |group| group.range.start);
        let before = self.text.get(..start).unwrap_or_default();
        before
            .strip_suffix('/')
            .is_some_and(|text| text.ends_with(is_digit) && found != Some(text.len()))
    }

    /// True when a slash right after joins it to a short number.
    pub(super) fn is_continued(&self) -> bool {
        let end = self.groups.last().map_or(0, |group| group.range.end);
        let after = self.text.get(end..).unwrap_or_default();
        let digits = after
            .strip_prefix('/')
            .map_or(0, |text| text.chars().take_while(|c| is_digit(*c)).count());
        (1..6).contains(&digits)
    }
}

/// The value of a decimal digit: those of ASCII, the wide ones and those of mathematics.
pub(super) fn digit(c: char) -> Option<u8> {
    let value = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '\u{ff10}'..='\u{ff19}' => u32::from(c) - 0xff10,
        '\u{1d7ce}'..='\u{1d7ff}' => (u32::from(c) - 0x1_d7ce) % 10,
        _ => return None,
    };
    u8::try_from(value).ok()
}

fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// The place of the next digit from an offset on.
fn next_digit(text: &str, from: usize) -> Option<usize> {
    // Bytes are looked at first: nearly all of a text is passed by without reading its characters.
    let may_begin_one = |byte: &u8| byte.is_ascii_digit() || matches!(byte, 0xef | 0xf0);
    let mut at = from;
    loop {
        at += text.as_bytes().get(at..)?.iter().position(may_begin_one)?;
        if text.get(at..)?.starts_with(is_digit) {
            return Some(at);
        }
        at += 1;
    }
}

/// The chains of a text that have at least `least` digits, in order.
pub(super) fn chains(text: &str, least: usize) -> Vec<Chain<'_>> {
    let mut chains = Vec::new();
    let mut at = 0;
    while let Some(start) = next_digit(text, at) {
        let plus = text
            .get(..start)
            .is_some_and(|before| before.ends_with('+'));
        let mut chain = Chain {
            text,
            groups: Vec::new(),
            gaps: Vec::new(),
            plus,
        };
        let mut group = read_group(text, start);
        loop {
            at = group.range.end;
            chain.groups.push(group);
            let Some((gap, end)) = read_gap(text, at) else {
                break;
            };
            chain.gaps.push(gap);
            group = read_group(text, end);
        }
        if chain.len() >= least {
            chains.push(chain);
        }
    }
    chains
}

fn read_group(text: &str, start: usize) -> Group {
    let mut group = Group {
        first: [0; MOST_VALUES],
        len: 0,
        range: start..start,
    };
    for c in text.get(start..).unwrap_or_default().chars() {
        let Some(value) = digit(c) else { break };
        if let Some(place) = group.first.get_mut(group.len) {
            *place = value;
        }
        group.len += 1;
        group.range.end += c.len_utf8();
    }
    group
}

/// The longest gap that is still one: room for the indentation of a wrapped line.
const LONGEST_GAP: usize = 48;

/// How a space, a hyphen or something invisible may be written in Markdown or in an address.
const WRITTEN_OUT: [(&str, char); 13] = [
    ("&nbsp;", ' '),
    ("&ensp;", ' '),
    ("&emsp;", ' '),
    ("&thinsp;", ' '),
    ("&#160;", ' '),
    ("&#32;", ' '),
    ("%20", ' '),
    ("&shy;", '\u{ad}'),
    ("&zwnj;", '\u{200c}'),
    ("&ndash;", '-'),
    ("&mdash;", '-'),
    ("&hyphen;", '-'),
    ("&#45;", '-'),
];

/// Reads what stands between two groups, when it is only separators and a digit follows. Gives the place of the digit.
fn read_gap(text: &str, start: usize) -> Option<(Gap, usize)> {
    let mut gap = Gap::default();
    let mut rest = text.get(start..)?;
    let (mut dashes, mut dots, mut before_is_space) = (0, 0, false);
    loop {
        let end = text.len() - rest.len();
        if rest.starts_with(is_digit) {
            return (end > start).then_some((gap, end));
        }
        let (c, after) = next_sign(rest)?;
        let spaced = |rest: &str| rest.starts_with(char::is_whitespace);
        match c {
            '\n' | '\u{2028}' if gap.line => return None,
            '\n' | '\u{2028}' => gap.line = true,
            '.' => {
                gap.dot = true;
                dots += 1;
                gap.is_sentence = spaced(after);
            }
            // A sign of emphasis touches what it marks; one between spaces is a sign of sums.
            '_' | '*' | '~' if before_is_space && spaced(after) => return None,
            '_' => gap.underscore = true,
            '*' | '`' | '~' | '\\' => gap.mark = true,
            // In a wrapped line of a quotation the mark of the quotation comes first.
            '>' if gap.line => {}
            '\u{2010}'..='\u{2015}' | '-' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
                gap.dash = true;
                dashes += 1;
            }
            c if c.is_whitespace() => gap.space = true,
            c if is_invisible(c) => gap.mark = true,
            _ => return None,
        }
        let list_item = gap.line && matches!(c, '-' | '*' | '.') && after.starts_with([' ', '\t']);
        if list_item || dashes > 3 || dots > 1 || end - start > LONGEST_GAP {
            return None;
        }
        before_is_space = c.is_whitespace();
        rest = after;
    }
}

/// The next sign of a gap and what follows it.
fn next_sign(rest: &str) -> Option<(char, &str)> {
    if rest.starts_with(['&', '%']) {
        return WRITTEN_OUT
            .iter()
            .find_map(|(written, sign)| Some((*sign, rest.strip_prefix(written)?)));
    }
    let mut chars = rest.chars();
    let c = chars.next()?;
    Some((c, chars.as_str()))
}

/// The last characters in front of a place, so many at most.
pub(super) fn last_chars(text: &str, at: usize, count: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let from = before
        .char_indices()
        .rev()
        .take(count)
        .last()
        .map_or(at, |(from, _)| from);
    before.get(from..).unwrap_or_default()
}

/// The words in front of a place on the same line, so many characters at most, in lower case.
pub(super) fn line_before(text: &str, at: usize, count: usize) -> String {
    let before = last_chars(text, at, count);
    before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .to_lowercase()
}
