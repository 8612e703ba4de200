//! Places in a file.
//!
//! A [`Span`] is bytes, as readers of YAML and Markdown give them; a [`Position`] is what a person counts: lines and
//! characters from one. [`LineIndex`] turns one into the other. An offset outside the text, or inside a character, is
//! moved to the nearest place that exists, so that a wrong place can never stop a message.

/// A stretch of a file in byte offsets, end not included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just after the last byte; never before `start`.
    pub end: usize,
}

impl Span {
    /// From one offset to another; a reversed pair becomes an empty span at its start.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: if end < start { start } else { end },
        }
    }

    /// A place without extent.
    #[must_use]
    pub const fn empty(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// The number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// True when it has no extent.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The same stretch of a text that stands `by` bytes further into the file.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Self {
        Self {
            start: self.start.saturating_add(by),
            end: self.end.saturating_add(by),
        }
    }

    /// The text it covers, or nothing when it does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Span> for std::ops::Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

/// Line and column as a person counts them, from 1; columns are characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// Where the lines of one text begin. Lines end at `\n`; a `\r` before it belongs to the line break.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// The position of a byte offset.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.start_of(line);
        let before = self.text.get(start..offset).unwrap_or_default();
        // A byte-order mark takes no column: no editor shows it.
        let column = before.chars().filter(|c| *c != '\u{feff}').count() + 1;
        Position { line, column }
    }

    /// The byte offset of a position; a column after the end of the line is the end of the line.
    #[must_use]
    pub fn offset(&self, position: Position) -> usize {
        let Some(line) = self.line(position.line) else {
            return if position.line == 0 {
                0
            } else {
                self.text.len()
            };
        };
        let start = self.start_of(position.line);
        let seen = line
            .char_indices()
            .filter(|(_, c)| *c != '\u{feff}')
            .nth(position.column.saturating_sub(1));
        start + seen.map_or(line.len(), |(at, _)| at)
    }

    /// The text of a line, counted from 1, without its line break.
    #[must_use]
    pub fn line(&self, line: usize) -> Option<&'a str> {
        self.line_span(line)?.of(self.text)
    }

    /// The place of a line, counted from 1, without its line break.
    #[must_use]
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let next = self
            .starts
            .get(line)
            .map_or(self.text.len(), |next| next - 1);
        let text = self.text.get(start..next)?;
        Some(Span::new(
            start,
            start + text.strip_suffix('\r').unwrap_or(text).len(),
        ))
    }

    /// The number of lines; a text that ends with a line break has an empty last line.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    fn start_of(&self, line: usize) -> usize {
        line.checked_sub(1)
            .and_then(|i| self.starts.get(i))
            .copied()
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters_and_lines_begin_at_one() {
        let text = "æøå: ja\r\nnæste\n";
        let index = LineIndex::new(text);
        assert_eq!(index.position(0), Position { line: 1, column: 1 });
        assert_eq!(index.position(6), Position { line: 1, column: 4 });
        assert_eq!(index.position(11), Position { line: 1, column: 9 });
        assert_eq!(index.position(12), Position { line: 2, column: 1 });
        assert_eq!(index.position(15), Position { line: 2, column: 3 });
        assert_eq!(index.position(9999), Position { line: 3, column: 1 });
        // Inside æ.
        assert_eq!(index.position(1), Position { line: 1, column: 1 });
        assert_eq!(index.line(1), Some("æøå: ja"));
        assert_eq!(index.line(3), Some(""));
        assert_eq!(index.line(4), None);
        assert_eq!(index.line(0), None);
        assert_eq!(index.lines(), 3);
    }

    #[test]
    fn offset_and_position_go_round() {
        let text = "\u{feff}---\ntitel: Æbler\n\n日本 x";
        let index = LineIndex::new(text);
        for (at, c) in text.char_indices().filter(|(_, c)| *c != '\u{feff}') {
            assert_eq!(index.offset(index.position(at)), at, "{c:?} at {at}");
        }
        assert_eq!(index.position(3), Position { line: 1, column: 1 });
        assert_eq!(
            index.offset(Position {
                line: 2,
                column: 99
            }),
            text.find("\n\n").unwrap()
        );
        assert_eq!(
            index.offset(Position {
                line: 99,
                column: 1
            }),
            text.len()
        );
    }

    #[test]
    fn a_reversed_span_is_empty_and_a_foreign_one_covers_nothing() {
        assert!(Span::new(5, 2).is_empty());
        assert_eq!(Span::new(1, 3).shifted(4), Span::new(5, 7));
        assert_eq!(Span::new(0, 1).of("æ"), None);
        assert_eq!(Span::new(0, 2).of("æ"), Some("æ"));
        assert_eq!(Span::new(0, 9).of("æ"), None);
    }

    #[test]
    fn an_empty_text_has_one_empty_line() {
        let index = LineIndex::new("");
        assert_eq!(index.lines(), 1);
        assert_eq!(index.position(7), Position { line: 1, column: 1 });
        assert_eq!(index.offset(Position { line: 0, column: 0 }), 0);
    }
}
