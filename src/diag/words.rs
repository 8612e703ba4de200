//! The words of every code, in both languages, one file a family.
//!
//! An [`Entry`] is a plain struct with one [`Words`] for each language and [`of`] matches every code: a code without
//! words, or words without a language, do not compile. Written for people who care for others and not for machines:
//! never "parse", "syntax" or "invalid".
//!
//! In a text `{name}` is filled from the diagnostic, and `{name|other}` says `other` when the diagnostic has nothing.

mod file;
mod privacy;
mod references;
mod site;
mod text;
mod values;

use super::Code;
use crate::text::Lang;

/// All that is said about one code.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// In Danish.
    pub da: Words,
    /// In English.
    pub en: Words,
    /// How it looks when it goes wrong; the content is Danish in both languages. May be empty.
    pub wrong: &'static str,
    /// The same, put right.
    pub right: &'static str,
    /// True when a message points to `kaffe explain`, since there is more to say than it has room for.
    pub more: bool,
}

impl Entry {
    /// The words in one language.
    #[must_use]
    pub const fn in_lang(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Da => &self.da,
            Lang::En => &self.en,
        }
    }
}

/// What is said about one code in one language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// What is wrong, in one sentence without a full stop.
    pub headline: &'static str,
    /// The few words at the caret; may be empty.
    pub label: &'static str,
    /// The line to paste or the thing to do; may be empty.
    pub fix: &'static str,
    /// What happens meanwhile; may be empty.
    pub until: &'static str,
    /// The longer explanation, a few lines.
    pub explain: &'static str,
}

/// The words of a code.
#[must_use]
pub const fn of(code: Code) -> &'static Entry {
    match code {
        Code::K001 => &file::K001,
        Code::K002 => &file::K002,
        Code::K003 => &file::K003,
        Code::K004 => &file::K004,
        Code::K005 => &file::K005,
        Code::K006 => &file::K006,
        Code::K007 => &file::K007,
        Code::K008 => &file::K008,
        Code::K009 => &file::K009,
        Code::K010 => &file::K010,
        Code::K011 => &file::K011,
        Code::K012 => &file::K012,
        Code::K014 => &file::K014,
        Code::K015 => &file::K015,
        Code::K101 => &values::K101,
        Code::K102 => &values::K102,
        Code::K103 => &values::K103,
        Code::K104 => &values::K104,
        Code::K105 => &values::K105,
        Code::K106 => &values::K106,
        Code::K107 => &values::K107,
        Code::K108 => &values::K108,
        Code::K109 => &values::K109,
        Code::K110 => &values::K110,
        Code::K201 => &references::K201,
        Code::K202 => &references::K202,
        Code::K203 => &references::K203,
        Code::K204 => &references::K204,
        Code::K205 => &references::K205,
        Code::K206 => &references::K206,
        Code::K207 => &references::K207,
        Code::K208 => &references::K208,
        Code::K301 => &text::K301,
        Code::K302 => &text::K302,
        Code::K303 => &text::K303,
        Code::K304 => &text::K304,
        Code::K305 => &text::K305,
        Code::K306 => &text::K306,
        Code::K307 => &text::K307,
        Code::K308 => &text::K308,
        Code::K309 => &text::K309,
        Code::K310 => &text::K310,
        Code::K311 => &text::K311,
        Code::K312 => &text::K312,
        Code::K401 => &privacy::K401,
        Code::K402 => &privacy::K402,
        Code::K403 => &privacy::K403,
        Code::K404 => &privacy::K404,
        Code::K405 => &privacy::K405,
        Code::K406 => &privacy::K406,
        Code::K407 => &privacy::K407,
        Code::K408 => &privacy::K408,
        Code::K501 => &site::K501,
        Code::K502 => &site::K502,
        Code::K503 => &site::K503,
        Code::K504 => &site::K504,
        Code::K505 => &site::K505,
        Code::K506 => &site::K506,
        Code::K507 => &site::K507,
        Code::K508 => &site::K508,
        Code::K509 => &site::K509,
        Code::K510 => &site::K510,
        Code::K511 => &site::K511,
    }
}

/// Fills the placeholders of a text. A placeholder that `value` does not know says its own default, or `…`.
#[must_use]
pub fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((inside, behind)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            break;
        };
        let (name, default) = inside.split_once('|').unwrap_or((inside, "…"));
        match value(name) {
            // A chain names every file of it, however many there are.
            Some(value) => filled.push_str(&quotable(
                &value,
                if name == "chain" {
                    LONGEST_CHAIN
                } else {
                    LONGEST_QUOTE
                },
            )),
            None => filled.push_str(default),
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// The longest word of an author that is repeated in a sentence, in characters.
const LONGEST_QUOTE: usize = 80;

/// The longest row of files in a sentence, in characters.
const LONGEST_CHAIN: usize = 2_000;

/// An author's word as it can stand in a sentence: on one line, not too long, without control characters.
fn quotable(value: &str, longest: usize) -> String {
    let clean = |c: char| {
        if c.is_control() || c.is_whitespace() {
            ' '
        } else {
            c
        }
    };
    let mut quote: String = value.trim().chars().map(clean).take(longest).collect();
    if value.trim().chars().nth(longest).is_some() {
        quote.truncate(quote.trim_end().len());
        quote.push('…');
    }
    quote
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholders(text: &str) -> Vec<&str> {
        let names = text
            .split('{')
            .skip(1)
            .filter_map(|part| part.split('}').next());
        let mut names: Vec<_> = names
            .map(|inside| inside.split('|').next().unwrap())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[test]
    fn placeholders_are_filled_or_have_a_word_of_their_own() {
        let known = |name: &str| (name == "value").then(|| "færdig".to_owned());
        assert_eq!(
            fill("»{value}« og {noun|svaret}", known),
            "»færdig« og svaret"
        );
        assert_eq!(fill("{other}, {", known), "…, {");
        assert_eq!(fill("", known), "");
    }

    #[test]
    fn an_authors_word_stays_on_its_line() {
        let long = |_: &str| Some(format!("a\n\u{1b}[31m{}", "b".repeat(200)));
        let filled = fill("»{value}«", long);
        assert!(!filled.contains(['\n', '\u{1b}']));
        assert!(filled.ends_with("…«") && filled.chars().count() <= LONGEST_QUOTE + 3);
    }

    #[test]
    fn both_languages_say_the_same_things() {
        for code in Code::ALL {
            let entry = of(*code);
            for (part, da, en) in [
                ("headline", entry.da.headline, entry.en.headline),
                ("label", entry.da.label, entry.en.label),
                ("fix", entry.da.fix, entry.en.fix),
                ("until", entry.da.until, entry.en.until),
            ] {
                assert_eq!(placeholders(da), placeholders(en), "{code} {part}");
                assert_eq!(da.is_empty(), en.is_empty(), "{code} {part}");
                assert!(
                    da.is_empty() || da != en,
                    "{code} {part} is the same in both languages"
                );
                assert_eq!(
                    da.matches('{').count(),
                    da.matches('}').count(),
                    "{code} {part}"
                );
                assert!(
                    !da.ends_with('.') && !en.ends_with('.') && !da.contains('\n'),
                    "{code} {part}"
                );
            }
            assert!(!entry.da.headline.is_empty(), "{code}");
            assert!(!entry.right.is_empty() || entry.wrong.is_empty(), "{code}");
        }
    }

    #[test]
    fn explanations_have_a_few_lines_and_an_example() {
        for code in Code::ALL {
            let entry = of(*code);
            for lang in Lang::ALL {
                let lines = entry.in_lang(lang).explain.lines().count();
                let example = entry.wrong.lines().count() + entry.right.lines().count();
                assert!((1..=5).contains(&lines), "{code} {lang}: {lines} lines");
                assert!((3..=14).contains(&(lines + example)), "{code} {lang}");
                for line in entry.in_lang(lang).explain.lines() {
                    assert!(line.chars().count() <= 100, "{code} {lang}: {line}");
                    assert_eq!(line, line.trim(), "{code} {lang}");
                }
            }
        }
    }

    #[test]
    fn no_word_of_programmers_reaches_an_author() {
        let words = [
            "invalid",
            "mapping",
            "deserial",
            "parse",
            "syntax",
            "scalar",
            "sequence",
            "boolean",
            "string",
            "integer",
            "enum",
            "null",
            "token",
            "exception",
            "ugyldig",
            "streng",
            "heltalstype",
            "front matter",
            "frontmatter",
            "regex",
            "schema",
            "array",
            "objekt",
        ];
        for code in Code::ALL {
            for lang in Lang::ALL {
                let w = of(*code).in_lang(lang);
                let said = [w.headline, w.label, w.fix, w.until, w.explain]
                    .join(" ")
                    .to_lowercase();
                for word in words {
                    assert!(!said.contains(word), "{code} {lang} says {word}");
                }
            }
        }
    }

    #[test]
    fn every_headline_is_its_own() {
        for lang in Lang::ALL {
            let mut said: Vec<_> = Code::ALL
                .iter()
                .map(|code| of(*code).in_lang(lang).headline)
                .collect();
            said.sort_unstable();
            let all = said.len();
            said.dedup();
            assert_eq!(said.len(), all, "{lang}");
        }
    }
}
