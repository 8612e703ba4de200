//! Parts a file into front matter and body. Splitting is apart from reading.

use crate::diag::Span;

/// The parts of a file, in bytes of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the fences, without them; nothing when the file has no front matter.
    pub yaml: Option<Span>,
    /// Everything after it.
    pub body: Span,
}

/// The front matter begins and never ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeverClosed {
    /// Where the opening fence stands.
    pub opening: Span,
}

/// Parts a text. A byte-order mark and Windows line endings are allowed.
///
/// # Errors
/// When the text opens front matter that nothing closes.
pub fn split(text: &str) -> Result<Parts, NeverClosed> {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let rest = text.get(start..).unwrap_or_default();
    let mut lines = rest.split_inclusive('\n');
    let whole = Parts {
        yaml: None,
        body: Span {
            start,
            end: text.len(),
        },
    };
    let Some(first) = lines.next() else {
        return Ok(whole);
    };
    if first.trim_end() != "---" {
        return Ok(whole);
    }
    let yaml_start = start + first.len();
    let mut at = yaml_start;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            let body = Span {
                start: at + line.len(),
                end: text.len(),
            };
            return Ok(Parts {
                yaml: Some(Span {
                    start: yaml_start,
                    end: at,
                }),
                body,
            });
        }
        at += line.len();
    }
    Err(NeverClosed {
        opening: Span {
            start,
            end: start + 3,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<&str>, &str) {
        let parts = split(text).expect("closed");
        let slice = |s: Span| text.get(s.start..s.end).expect("a span of the text");
        (parts.yaml.map(slice), slice(parts.body))
    }

    #[test]
    fn a_file_is_parted_whatever_its_line_endings() {
        assert_eq!(parts("---\na: 1\n---\nhej\n"), (Some("a: 1\n"), "hej\n"));
        assert_eq!(
            parts("\u{feff}---\r\na: 1\r\n---\r\nhej"),
            (Some("a: 1\r\n"), "hej")
        );
        assert_eq!(parts("---\n---\n"), (Some(""), ""));
    }

    #[test]
    fn a_file_without_front_matter_is_all_body() {
        assert_eq!(
            parts("# Hej\n---\nikke noget\n"),
            (None, "# Hej\n---\nikke noget\n")
        );
        assert_eq!(parts(""), (None, ""));
    }

    #[test]
    fn front_matter_that_never_ends_is_told() {
        assert_eq!(
            split("---\na: 1\n").expect_err("open").opening,
            Span { start: 0, end: 3 }
        );
    }
}
