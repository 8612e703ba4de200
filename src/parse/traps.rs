//! The traps of YAML, found before YAML is read, line by line, so that every one of them gets its
//! own message at its own place and not only the first.
//!
//! It looks at keys at the left edge and at values on one line, which is how front matter is
//! written by hand. What it does not understand it leaves to the reader.

use rustc_hash::FxHashMap;

use crate::{
    diag::{Code, Diagnostic, Span},
    text::{Lang, fold::match_key, invisible},
};

/// A trap: a diagnostic, and the key it stands under when the field's type decides whether it
/// matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Trap {
    /// The message.
    pub diagnostic: Diagnostic,
    /// The key of the line.
    pub key: String,
}

impl Trap {
    /// Whether the front matter cannot be trusted with this trap in it.
    #[must_use]
    pub fn breaks_the_file(&self) -> bool {
        matches!(
            self.diagnostic.code,
            Code::K005 | Code::K007 | Code::K010 | Code::K011
        )
    }
}

/// Finds every trap in front matter. `offset` is where `yaml` begins in the file `path`.
#[must_use]
pub fn find(path: &str, yaml: &str, offset: usize) -> Vec<Trap> {
    let mut traps = Vec::new();
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    let mut block: Option<Continued> = None;
    let mut start = offset;
    // The line above the front matter is the fence.
    let mut number = usize::from(offset > 0);
    for line in yaml.split_inclusive('\n') {
        number += 1;
        let at = start;
        start += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        if let Some(open) = block {
            if open.goes_on(line) {
                continue;
            }
            block = None;
        }
        if let Some(tab) = leading_tab(line) {
            traps.push(Trap {
                diagnostic: Diagnostic::new(Code::K005, path)
                    .at(Span {
                        start: at + tab,
                        end: at + tab + 1,
                    })
                    .with_fix(line.replace('\t', "  ").trim_end().to_owned()),
                key: String::new(),
            });
            continue;
        }
        let Some((key, value, value_at)) = key_and_value(line) else {
            continue;
        };
        let here = Line {
            path,
            text: line,
            at,
            key,
            value,
            value_at,
        };
        traps.extend(here.invisible_in_key());
        let folded = match_key(&without_invisible(key));
        if let Some(first) = seen.get(&folded) {
            let span = Span {
                start: at,
                end: at + key.len(),
            };
            let mut twice = here.trap(Code::K007, span, None);
            twice.diagnostic = twice.diagnostic.arg("line", first.to_string());
            traps.push(twice);
        } else {
            seen.insert(folded, number);
        }
        block = Continued::after(value);
        traps.extend(here.trap_in_value());
        if block.is_none() {
            traps.extend(here.open_quote(yaml.get(start - offset..).unwrap_or_default()));
        }
    }
    traps
}

/// Removes characters that nobody can see.
#[must_use]
pub fn without_invisible(text: &str) -> String {
    text.chars()
        .filter(|&c| !invisible::is_invisible(c))
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect()
}

struct Line<'a> {
    path: &'a str,
    text: &'a str,
    at: usize,
    key: &'a str,
    value: &'a str,
    value_at: usize,
}

impl Line<'_> {
    fn trap(&self, code: Code, span: Span, fix: Option<String>) -> Trap {
        let mut diagnostic = Diagnostic::new(code, self.path)
            .at(span)
            .arg("key", without_invisible(self.key));
        if let Some(fix) = fix {
            diagnostic = diagnostic.with_fix(fix);
        }
        Trap {
            diagnostic,
            key: self.key.to_owned(),
        }
    }

    fn span(&self, from: usize, length: usize) -> Span {
        let start = self.at + self.value_at + from;
        Span {
            start,
            end: start + length,
        }
    }

    fn quoted(&self) -> String {
        let whole = self.value.replace('\\', "\\\\").replace('"', "\\\"");
        format!("{}: \"{whole}\"", self.key)
    }

    fn invisible_in_key(&self) -> Option<Trap> {
        let (place, letter) = invisible::first(self.key)?;
        let span = Span {
            start: self.at + place,
            end: self.at + place + letter.len_utf8(),
        };
        let fix = format!("{}: {}", without_invisible(self.key).trim(), self.value);
        let mut trap = self.trap(Code::K006, span, Some(fix));
        let name = |lang| invisible::name(letter, lang).unwrap_or_default();
        trap.diagnostic = trap
            .diagnostic
            .arg_in("character", name(Lang::Da), name(Lang::En));
        Some(trap)
    }

    /// A colon or a note inside a value that has no quotation marks.
    fn trap_in_value(&self) -> Option<Trap> {
        if self.value.is_empty()
            || self
                .value
                .starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#'])
        {
            return None;
        }
        let hash = self.value.find(" #");
        let before_note = hash.and_then(|h| self.value.get(..h)).unwrap_or(self.value);
        let colon = before_note
            .find(": ")
            .or_else(|| before_note.trim_end().strip_suffix(':').map(str::len));
        if let Some(colon) = colon {
            return Some(self.trap(Code::K011, self.span(colon, 1), Some(self.quoted())));
        }
        let hash = hash? + 1;
        let note = self.value.get(hash..).unwrap_or_default();
        let mut trap = self.trap(Code::K012, self.span(hash, note.len()), Some(self.quoted()));
        trap.diagnostic = trap.diagnostic.arg("kept", before_note.trim());
        Some(trap)
    }

    /// A quotation mark that nothing closes before the next key.
    fn open_quote(&self, rest: &str) -> Option<Trap> {
        let mark = self
            .value
            .chars()
            .next()
            .filter(|&c| c == '"' || c == '\'')?;
        let inside = self.value.get(1..).unwrap_or_default();
        if closes(inside, mark) {
            return None;
        }
        let more: Vec<&str> = rest
            .lines()
            .take_while(|l| l.starts_with([' ', '\t']) || l.trim().is_empty())
            .collect();
        if more.iter().any(|line| closes(line, mark)) {
            return None;
        }
        let fix = format!("{}{mark}", self.text.trim_end());
        Some(self.trap(Code::K010, self.span(0, 1), Some(fix)))
    }
}

fn closes(text: &str, mark: char) -> bool {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\\' && mark == '"' {
            letters.next();
        } else if letter == mark {
            if mark == '\'' && letters.peek() == Some(&'\'') {
                letters.next();
            } else {
                return true;
            }
        }
    }
    false
}

/// A value that goes on over the following lines.
#[derive(Clone, Copy)]
enum Continued {
    /// A block text, or an empty value: as long as lines are indented or are list items.
    Indented,
    /// A list or mapping in brackets that is not closed on its line.
    Brackets,
}

impl Continued {
    fn after(value: &str) -> Option<Self> {
        let value = value.trim();
        if value.starts_with(['|', '>']) || value.is_empty() {
            Some(Self::Indented)
        } else if value.starts_with(['[', '{']) && !value.ends_with([']', '}']) {
            Some(Self::Brackets)
        } else {
            None
        }
    }

    fn goes_on(self, line: &str) -> bool {
        match self {
            Self::Indented => {
                (line.starts_with(' ') || line.starts_with('-') || line.trim().is_empty())
                    && leading_tab(line).is_none()
            }
            Self::Brackets => line.starts_with([' ', ']', '}']),
        }
    }
}

fn leading_tab(line: &str) -> Option<usize> {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    if line.trim().is_empty() {
        return None;
    }
    line.get(..indent)?.find('\t')
}

/// The key, the value and where the value begins, of a line that starts with a key.
fn key_and_value(line: &str) -> Option<(&str, &str, usize)> {
    if line.starts_with([' ', '-', '#', '"', '\'', '[', '{', ']', '}']) {
        return None;
    }
    let colon = line.char_indices().find(|&(i, c)| {
        c == ':'
            && line
                .get(i + 1..)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\u{a0}']))
    })?;
    let key = line.get(..colon.0)?;
    let after = line.get(colon.0 + 1..)?;
    let value = after.trim_start_matches([' ', '\t', '\u{a0}']);
    Some((key, value.trim_end(), line.len() - value.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(yaml: &str) -> Vec<Code> {
        find("x.md", yaml, 0)
            .into_iter()
            .map(|t| t.diagnostic.code)
            .collect()
    }

    #[test]
    fn each_trap_is_found_at_its_place() {
        let traps = find("x.md", "titel: Kaffe først: en prøve\n", 4);
        let place = traps
            .first()
            .and_then(|t| t.diagnostic.span)
            .map(|s| s.start);
        assert_eq!(place, Some(4 + "titel: Kaffe først".len()));
        assert_eq!(codes("kontakt: Team #3, Vojens\n"), [Code::K012]);
        assert_eq!(codes("a: 1\nA : 2\n"), [Code::K007]);
        assert_eq!(codes("a: \"x\nb: 2\n"), [Code::K010]);
        assert_eq!(codes("a:\n\t- x\n"), [Code::K005]);
        assert_eq!(codes("titel\u{a0}: x\n"), [Code::K006]);
    }

    #[test]
    fn what_is_right_is_left_alone() {
        let fine = "a: \"x: y # z\"\nb: 'it''s'\nc: |\n  d: e: f\n  g\nh: [a, b]\ni: {x: 1}\nj: kl. 10:30\nk: https://x.dk/#a\nl:\n  - m: n # o\n# note\n";
        assert_eq!(codes(fine), []);
    }

    #[test]
    fn all_traps_of_a_file_are_found_at_once() {
        assert_eq!(
            codes("a: b: c\nd: e: f\ng: h #i\n"),
            [Code::K011, Code::K011, Code::K012]
        );
    }
}
