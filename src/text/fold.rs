//! How a key, a value, a title and a heading become plain letters.
//!
//! Takes any text; gives the form used for matching ([`match_key`]) and the form used in addresses ([`slug`],
//! [`heading_id`]). Leaves out making an id unique, which needs to know the other ids.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::invisible::is_invisible;

/// The longest id, in characters.
pub const LONGEST_SLUG: usize = 80;

/// The id of a title without a single letter or digit.
pub const EMPTY_SLUG: &str = "uden-titel";

/// The id of a heading without a single letter or digit.
pub const EMPTY_HEADING: &str = "afsnit";

/// The form in which two keys or two values are the same: case, spaces, `_`, `-` and accents do not count, and
/// æ = ae, ø = oe, å = aa (also when å is written as two characters). Other signs are kept.
///
/// ```text
/// match_key("Bygger videre på") == match_key("bygger_videre-paa")
/// ```
#[must_use]
pub fn match_key(text: &str) -> String {
    plain_letters(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c) && !matches!(c, '_' | '-'))
        .collect()
}

/// The id made from a title: `[a-z0-9-]+`, at most [`LONGEST_SLUG`] characters, cut between words where possible,
/// never empty.
#[must_use]
pub fn slug(title: &str) -> String {
    hyphenated(title).unwrap_or_else(|| EMPTY_SLUG.to_owned())
}

/// The id of a heading within its page, made as [`slug`] makes one. Two equal headings get equal ids: the caller
/// counts them.
#[must_use]
pub fn heading_id(heading: &str) -> String {
    hyphenated(heading).unwrap_or_else(|| EMPTY_HEADING.to_owned())
}

/// Lower case without accents, the Danish letters written with two.
fn plain_letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    if text.is_ascii() {
        plain.push_str(text);
        plain.make_ascii_lowercase();
        return plain;
    }
    // Composed first, so that å in two characters is seen as one letter and not as an a with an accent.
    for c in text.nfc().flat_map(char::to_lowercase) {
        match c {
            'æ' | 'ǽ' | 'ǣ' => plain.push_str("ae"),
            'ø' | 'ǿ' | 'œ' => plain.push_str("oe"),
            'å' | 'ǻ' => plain.push_str("aa"),
            'ß' => plain.push_str("ss"),
            'þ' => plain.push_str("th"),
            'ð' | 'đ' => plain.push('d'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            other => plain.extend(
                std::iter::once(other)
                    .nfkd()
                    .filter(|c| !is_combining_mark(*c)),
            ),
        }
    }
    plain
}

/// The words of a text joined by hyphens, or nothing when it has none.
fn hyphenated(text: &str) -> Option<String> {
    let mut id = String::with_capacity(text.len());
    let mut gap = false;
    for c in plain_letters(text).chars() {
        if c.is_ascii_alphanumeric() {
            if gap && !id.is_empty() {
                id.push('-');
            }
            gap = false;
            // After NFKD a capital may come out of a sign such as №.
            id.push(c.to_ascii_lowercase());
        } else if !matches!(c, '\'' | '’' | '´' | '`') && !is_invisible(c) {
            gap = true;
        }
    }
    shorten(&mut id);
    (!id.is_empty()).then_some(id)
}

/// Cuts an id at [`LONGEST_SLUG`], at the last hyphen if that keeps at least half. The id is ASCII.
fn shorten(id: &mut String) {
    if id.len() <= LONGEST_SLUG {
        return;
    }
    let on_border = id.as_bytes().get(LONGEST_SLUG) == Some(&b'-');
    id.truncate(LONGEST_SLUG);
    if !on_border && let Some(cut) = id.rfind('-').filter(|cut| *cut >= LONGEST_SLUG / 2) {
        id.truncate(cut);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_match_however_they_are_typed() {
        let wanted = match_key("bygger_videre_på");
        for written in [
            "Bygger videre på",
            "BYGGER-VIDERE-PÅ",
            "bygger videre paa",
            "bygger\u{a0}videre_pa\u{30a}",
            "bygger\u{200b}viderepå",
        ] {
            assert_eq!(match_key(written), wanted, "{written}");
        }
        assert_eq!(match_key("idé"), match_key("Ide"));
        assert_eq!(match_key("Måned"), match_key("maaned"));
        assert_eq!(match_key("ÆØÅ"), "aeoeaa");
        assert_eq!(match_key("menü"), "menu");
    }

    #[test]
    fn other_signs_still_tell_keys_apart() {
        assert_ne!(match_key("før"), match_key("for"));
        assert_ne!(match_key("hvad?"), match_key("hvad"));
        assert_ne!(match_key("1.2"), match_key("12"));
    }

    #[test]
    fn a_title_becomes_an_id() {
        for (title, id) in [
            (
                "Kaffe før medicin om morgenen",
                "kaffe-foer-medicin-om-morgenen",
            ),
            ("  Rollator-race: på torvet!  ", "rollator-race-paa-torvet"),
            ("Idé, café & Århus", "ide-cafe-aarhus"),
            ("A\u{30a}len", "aalen"),
            ("Lone’s kaffe", "lones-kaffe"),
            ("Straße nr. 12½", "strasse-nr-121-2"),
            ("???", EMPTY_SLUG),
            ("", EMPTY_SLUG),
            ("日本", EMPTY_SLUG),
        ] {
            assert_eq!(slug(title), id, "{title}");
        }
    }

    #[test]
    fn an_id_is_never_long_or_strange() {
        for title in [
            "hjemmeplejeteam ".repeat(20),
            "x".repeat(300),
            "æ".repeat(81),
            "-a-".repeat(60),
        ] {
            let id = slug(&title);
            assert!(id.len() <= LONGEST_SLUG && !id.is_empty(), "{id}");
            assert!(
                id.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{id}"
            );
            assert!(
                !id.starts_with('-') && !id.ends_with('-') && !id.contains("--"),
                "{id}"
            );
            assert_eq!(slug(&id), id);
        }
        assert!(slug(&"hjemmeplejeteam ".repeat(20)).ends_with("hjemmeplejeteam"));
    }

    #[test]
    fn a_heading_has_its_own_word_for_nothing() {
        assert_eq!(heading_id("Hvad skete der?"), "hvad-skete-der");
        assert_eq!(heading_id("→"), EMPTY_HEADING);
    }
}
