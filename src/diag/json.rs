//! A diagnostic as data: one JSON object on one line, for editors and other programs.
//!
//! Takes a diagnostic and the text of its file; gives an [`Entry`], which also is what the API answers, and the line
//! of `kaffe check --format json`. Keys are always there; what is unknown is `null`. Reading JSON is left out.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Diagnostic, LineIndex};
use crate::text::Lang;

/// A diagnostic with its place counted and its sentences filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// `K011`.
    pub code: &'static str,
    /// `error`, `warning` or `notice`.
    pub severity: &'static str,
    /// The file, relative to the content folder.
    pub path: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The character in the line, from 1.
    pub column: Option<usize>,
    /// The line in which the place ends.
    pub end_line: Option<usize>,
    /// The character just after the place.
    pub end_column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub fix: Option<String>,
    /// What happens meanwhile.
    pub until: Option<String>,
    /// The values that are allowed.
    pub choices: Vec<String>,
    /// What was probably meant.
    pub suggestion: Option<String>,
    /// The key of the form field it belongs to.
    pub field: Option<String>,
}

impl Entry {
    /// Fills the sentences and counts the place in the text of the file.
    #[must_use]
    pub fn new(diagnostic: &Diagnostic, source: Option<&str>, lang: Lang) -> Self {
        let place = source.zip(diagnostic.span).map(|(text, span)| {
            let index = LineIndex::new(text);
            (index.position(span.start), index.position(span.end))
        });
        Self {
            code: diagnostic.code.as_str(),
            severity: diagnostic.severity.as_str(),
            path: diagnostic.shown_path(),
            line: place.map(|(start, _)| start.line),
            column: place.map(|(start, _)| start.column),
            end_line: place.map(|(_, end)| end.line),
            end_column: place.map(|(_, end)| end.column),
            message: diagnostic.headline(lang),
            fix: diagnostic.fix(lang),
            until: diagnostic.until(lang),
            choices: diagnostic.shown_choices(),
            suggestion: diagnostic.shown_suggestion(),
            field: diagnostic.field.clone(),
        }
    }
}

/// The object of one diagnostic, without a line break.
#[must_use]
pub fn render(diagnostic: &Diagnostic, source: Option<&str>, lang: Lang) -> String {
    let entry = Entry::new(diagnostic, source, lang);
    let number = |value: Option<usize>| value.map_or_else(|| "null".to_owned(), |n| n.to_string());
    let text = |value: &Option<String>| value.as_deref().map_or_else(|| "null".to_owned(), quoted);
    let choices: Vec<String> = entry.choices.iter().map(|choice| quoted(choice)).collect();
    let members = [
        ("code", quoted(entry.code)),
        ("severity", quoted(entry.severity)),
        ("path", quoted(&entry.path)),
        ("line", number(entry.line)),
        ("column", number(entry.column)),
        ("end_line", number(entry.end_line)),
        ("end_column", number(entry.end_column)),
        ("message", quoted(&entry.message)),
        ("fix", text(&entry.fix)),
        ("until", text(&entry.until)),
        ("choices", format!("[{}]", choices.join(","))),
        ("suggestion", text(&entry.suggestion)),
        ("field", text(&entry.field)),
    ];
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// A text as JSON writes it. Signs that end a script or a line elsewhere are written as numbers too.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0'..='\u{1f}' | '\u{7f}' | '\u{2028}' | '\u{2029}' => {
                // Writing to a String cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Span};

    #[test]
    fn an_object_says_everything_on_one_line() {
        let text = "titel: x\nbeslutning: færdig\n";
        let start = text.find("færdig").unwrap();
        let diagnostic = Diagnostic::new(Code::K104, "ideer/a.md")
            .at(Span::new(start, start + "færdig".len()))
            .arg("value", "færdig")
            .arg_in("nouns", "beslutninger", "decisions")
            .arg_in("noun", "beslutning", "a decision")
            .with_fix("beslutning: \"stop\"")
            .with_choices(["fortsæt", "stop"])
            .with_suggestion(Some("stop"))
            .in_field("beslutning");
        assert_eq!(
            render(&diagnostic, Some(text), Lang::Da),
            concat!(
                r#"{"code":"K104","severity":"error","path":"ideer/a.md","line":2,"column":13,"end_line":2,"#,
                r#""end_column":19,"message":"»færdig« er ikke en af de beslutninger, kaffe kender","#,
                r#""fix":"beslutning: \"stop\"","until":"posten vises uden beslutning og tælles ikke med i oversigten","#,
                r#""choices":["fortsæt","stop"],"suggestion":"stop","field":"beslutning"}"#
            )
        );
    }

    #[test]
    fn what_is_unknown_is_null() {
        let line = render(&Diagnostic::new(Code::K003, "a\"\n.md"), None, Lang::En);
        assert!(
            line.contains(r#""path":"a\"\n.md","line":null,"column":null"#),
            "{line}"
        );
        assert!(
            line.contains(r#""choices":[],"suggestion":null,"field":null}"#),
            "{line}"
        );
        assert!(!line.contains('\n'));
    }

    #[test]
    fn control_characters_are_written_as_numbers() {
        assert_eq!(quoted("a\u{1b}\u{2028}æ\\"), r#""a\u001b\u2028æ\\""#);
    }
}
