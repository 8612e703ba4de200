//! A diagnostic as GitHub shows it on the lines of a pull request.
//!
//! Gives one line, a command of GitHub's workflow language: `::error file=…,line=…,col=…,title=K011::…`.

use std::fmt::Write as _;

use super::{Diagnostic, LineIndex};
use crate::text::Lang;

/// The command of one diagnostic, without a line break. `prefix` stands before its path, such as `content/`.
#[must_use]
pub fn render(diagnostic: &Diagnostic, source: Option<&str>, prefix: &str, lang: Lang) -> String {
    // Writing to a String cannot fail.
    let mut command = format!("::{} ", diagnostic.severity.as_str());
    let path = format!("{prefix}{}", diagnostic.shown_path());
    command.push_str("file=");
    command.push_str(&property(&path));
    if let Some((text, span)) = source.zip(diagnostic.span) {
        let index = LineIndex::new(text);
        let (start, end) = (index.position(span.start), index.position(span.end));
        let _ = write!(command, ",line={},col={}", start.line, start.column);
        // GitHub marks columns only within one line, and counts the last one in.
        if end.line == start.line && end.column > start.column {
            let _ = write!(
                command,
                ",endLine={},endColumn={}",
                end.line,
                end.column - 1
            );
        }
    }
    let mut message = diagnostic.headline(lang);
    for (name, text) in [
        (lang.pick("gør sådan", "do this"), diagnostic.fix(lang)),
        (
            lang.pick("mente du", "did you mean"),
            diagnostic.shown_suggestion(),
        ),
    ] {
        if let Some(text) = text {
            let _ = write!(message, "\n{name}: {text}");
        }
    }
    let _ = write!(
        command,
        ",title={}::{}",
        property(diagnostic.code.as_str()),
        data(&message)
    );
    command
}

/// A message: what would end the command is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A value before the message: also what would end the value.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Span};

    #[test]
    fn a_command_has_the_place_and_the_message() {
        let text = "---\nkontakt: Team #3, Vojens\n---\n";
        let start = text.find('#').unwrap();
        let diagnostic = Diagnostic::new(Code::K012, "lokalt/a.md")
            .at(Span::new(start, start + "#3, Vojens".len()))
            .with_fix("kontakt: \"Team #3, Vojens\"");
        assert_eq!(
            render(&diagnostic, Some(text), "content/", Lang::Da),
            "::warning file=content/lokalt/a.md,line=2,col=15,endLine=2,endColumn=24,title=K012::\
             resten af linjen efter # bliver ikke læst%0Agør sådan: kontakt: \"Team #3, Vojens\""
        );
    }

    #[test]
    fn nothing_of_an_author_can_end_the_command() {
        let diagnostic = Diagnostic::new(Code::K101, "a,b:c%\r\n::error::.md")
            .arg("key", "x\n::error::y 100%")
            .with_fix("a\r\nb");
        let command = render(&diagnostic, None, "", Lang::En);
        assert!(
            command
                .starts_with("::warning file=a%2Cb%3Ac%25%0D%0A%3A%3Aerror%3A%3A.md,title=K101::"),
            "{command}"
        );
        assert!(
            command.contains("100%25") && command.ends_with("a %0Ab"),
            "{command}"
        );
        assert_eq!(command.lines().count(), 1);
    }
}
