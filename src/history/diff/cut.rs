//! Cutting a text into words and paragraphs; the cuts, joined, are the text to the byte.

/// Cuts a text into words, runs of space, and single signs.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if is_of_word(first) {
            end_of_word(rest)
        } else if first == '\n' {
            1
        } else if first.is_whitespace() {
            rest.find(|c: char| !c.is_whitespace() || c == '\n')
                .unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// Letters, digits, and the marks that belong to the letter before (å as two characters).
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

/// Where the word ends; a hyphen or apostrophe between letters is inside it (tv-stue, Lars').
fn end_of_word(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let joins = matches!(c, '-' | '\'' | '’')
            && letters.peek().is_some_and(|(_, next)| is_of_word(*next));
        if !is_of_word(c) && !joins {
            return at;
        }
    }
    text.len()
}

/// Cuts a text into paragraphs with the empty lines after them; a heading is a paragraph, and so is
/// each line of front matter and each point of a list.
pub(super) fn paragraphs(text: &str) -> Vec<&str> {
    let mut cut = Vec::new();
    let (mut begins, mut at) = (0, 0);
    let mut in_front_matter = text.starts_with("---\n") || text.starts_with("---\r\n");
    let mut after_space = false;
    for (n, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim();
        let starts =
            n > 0 && !bare.is_empty() && (after_space || in_front_matter || begins_paragraph(bare));
        if starts && at > begins {
            cut.extend(text.get(begins..at));
            begins = at;
        }
        in_front_matter &= n == 0 || bare != "---";
        // The line after a heading begins a paragraph.
        after_space = bare.is_empty() || bare.starts_with('#') || (n > 0 && bare == "---");
        at += line.len();
    }
    cut.extend(text.get(begins..).filter(|rest| !rest.is_empty()));
    cut
}

fn begins_paragraph(line: &str) -> bool {
    let numbered = line
        .split_once(". ")
        .is_some_and(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    numbered
        || line.starts_with('#')
        || ["- ", "* ", "+ ", "> ", "| "]
            .iter()
            .any(|m| line.starts_with(m))
}
