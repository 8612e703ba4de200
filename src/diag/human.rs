//! A diagnostic as it is read in a terminal: the sentence, the place, the line with a caret, and what to do.
//!
//! The door to annotate-snippets, which draws the line: width of characters, tabs and lines too long for a screen are
//! its work. Takes a diagnostic and the text of its file; gives text that ends with a line break. Without the text, or
//! without a place in it, the line is left out. Never shows a number that looks like a CPR number, not even in the line.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, LineIndex, Severity, Span, words};
use crate::text::{Lang, cpr};

/// Whether a terminal gets colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// Plain text, for files and pipes.
    #[default]
    Never,
    /// With the signs that make a terminal change colour.
    Always,
}

/// Shows one diagnostic. `prefix` stands before its path, such as `content/`.
#[must_use]
pub fn render(
    diagnostic: &Diagnostic,
    source: Option<&str>,
    prefix: &str,
    lang: Lang,
    colour: Colour,
) -> String {
    let path = format!("{prefix}{}", diagnostic.shown_path()).replace(char::is_control, " ");
    let label = diagnostic.label(lang);
    let line = source
        .zip(diagnostic.span)
        .and_then(|(text, span)| Line::of(text, span));
    let title = level(diagnostic.severity)
        .with_name(diagnostic.severity.word(lang))
        .primary_title(diagnostic.headline(lang))
        .id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    group = match &line {
        Some(line) => {
            let mut caret = AnnotationKind::Primary.span(line.caret.clone());
            if !label.is_empty() {
                caret = caret.label(&label);
            }
            group.element(
                Snippet::source(&line.text)
                    .line_start(line.number)
                    .path(&path)
                    .annotation(caret),
            )
        }
        None => group.element(Origin::path(&path)),
    };
    for (name, text) in notes(diagnostic, lang) {
        let pad = " ".repeat(NAME_WIDTH.saturating_sub(name.chars().count()));
        let text = format!("{pad}{}", text.replace('\n', &format!("\n{pad}")));
        group = group.element(Level::NOTE.with_name(name).message(text));
    }
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    aligned(&renderer.render(&[group]), line.is_some())
}

/// Moves the arrow, which annotate-snippets sets one step to the left, under the bar. Without a line there is no
/// number either, and all that is below the sentence moves.
fn aligned(drawn: &str, has_line: bool) -> String {
    let mut shown = String::with_capacity(drawn.len() + 16);
    for (at, line) in drawn.lines().enumerate() {
        let line = line.trim_end();
        match at {
            1 => shown.push_str(&line.replacen("-->", if has_line { " -->" } else { "  -->" }, 1)),
            2.. if !has_line => {
                shown.push(' ');
                shown.push_str(line);
            }
            _ => shown.push_str(line),
        }
        shown.push('\n');
    }
    shown
}

/// The width of the names of notes, so that what they say stands in one column.
const NAME_WIDTH: usize = 11;

/// What stands below the line, in order: a name and what it says.
fn notes(diagnostic: &Diagnostic, lang: Lang) -> Vec<(&'static str, String)> {
    let choices = diagnostic.shown_choices();
    let more = words::of(diagnostic.code).more;
    [
        diagnostic
            .fix(lang)
            .map(|text| (lang.pick("gør sådan", "do this"), text)),
        (!choices.is_empty())
            .then(|| (lang.pick("vælg mellem", "choose from"), choices.join(", "))),
        diagnostic
            .shown_suggestion()
            .map(|text| (lang.pick("mente du", "did you mean"), text)),
        diagnostic
            .until(lang)
            .map(|text| (lang.pick("indtil da", "until then"), text)),
        more.then(|| {
            (
                lang.pick("mere om det", "more"),
                format!("kaffe explain {}", diagnostic.code),
            )
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Notice => Level::NOTE,
    }
}

/// The first line of a place, with the part of the place that is in it.
struct Line {
    number: usize,
    text: String,
    caret: std::ops::Range<usize>,
}

impl Line {
    fn of(text: &str, span: Span) -> Option<Self> {
        let index = LineIndex::new(text);
        let number = index.position(span.start).line;
        let place = index.line_span(number)?;
        // Masking keeps every length; the whole text is masked, for a number may be broken over two lines.
        let masked = cpr::mask(text);
        let line = place.of(&masked)?;
        let start = line.floor_char_boundary(span.start.saturating_sub(place.start));
        let end = line
            .ceil_char_boundary(span.end.saturating_sub(place.start))
            .max(start);
        Some(Self {
            number,
            text: line.to_owned(),
            caret: start..end,
        })
    }
}

#[cfg(test)]
mod tests;
