//! Characters that a reader cannot see, and their names.
//!
//! Word processors and web pages leave them behind; a key with one in it looks right and is not. Gives a test and a
//! name in both languages. Leaves out removing them: what a person wrote is kept.

use super::Lang;

/// True for characters without ink and without width: zero-width spaces and joiners, soft hyphen, byte-order mark,
/// marks of direction. Spaces of any kind are not among them.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}'
            | '\u{feff}'
    )
}

/// The name of a character that cannot be seen or that looks like an ordinary space without being one; none for
/// all others.
///
/// ```text
/// name('\u{a0}', Lang::Da) == Some("et hårdt mellemrum (U+00A0)")
/// ```
#[must_use]
pub fn name(c: char, lang: Lang) -> Option<String> {
    let (da, en) = match c {
        '\u{a0}' | '\u{202f}' => ("et hårdt mellemrum", "a non-breaking space"),
        '\u{ad}' => ("en skjult orddeling", "a soft hyphen"),
        '\u{200b}' => ("et mellemrum uden bredde", "a zero-width space"),
        '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{34f}' => {
            ("et usynligt bindetegn", "an invisible joiner")
        }
        '\u{feff}' => ("et usynligt startmærke", "a byte-order mark"),
        '\u{2028}' | '\u{2029}' | '\u{85}' => ("et skjult linjeskift", "a hidden line break"),
        c if is_invisible(c) => (
            "et tegn, der ikke kan ses",
            "a character that cannot be seen",
        ),
        c if c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r') => (
            "et mellemrum af en særlig slags",
            "a space of a special kind",
        ),
        c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => {
            ("et styretegn", "a control character")
        }
        _ => return None,
    };
    Some(format!("{} (U+{:04X})", lang.pick(da, en), u32::from(c)))
}

/// The first such character of a text, with its byte offset.
#[must_use]
pub fn first(text: &str) -> Option<(usize, char)> {
    text.char_indices()
        .find(|(_, c)| name(*c, Lang::Da).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_space_has_a_name() {
        assert_eq!(
            name('\u{a0}', Lang::Da).as_deref(),
            Some("et hårdt mellemrum (U+00A0)")
        );
        assert_eq!(
            name('\u{200b}', Lang::En).as_deref(),
            Some("a zero-width space (U+200B)")
        );
        assert_eq!(first("titel\u{a0}"), Some((5, '\u{a0}')));
    }

    #[test]
    fn what_can_be_seen_has_none() {
        for c in "aæøåÅé -_\t\n\r:»«–€日".chars() {
            assert_eq!(name(c, Lang::Da), None, "{c:?}");
        }
        assert_eq!(first("bygger videre på"), None);
    }

    #[test]
    fn every_invisible_character_has_a_name() {
        for c in (0..0x1_0000)
            .filter_map(char::from_u32)
            .filter(|c| is_invisible(*c))
        {
            assert!(name(c, Lang::En).is_some(), "{c:?}");
        }
    }
}
