//! Danish alphabetical order as bytes that can be compared.
//!
//! Numbers by value, then the letters a–z, then æ, ø, å; ä is æ, ö is ø, ü is y, and aa is å. Case, accents and
//! signs matter only between texts that are otherwise the same. Left out: names in which aa is two letters.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Ranks of what a text is made of; nothing else is compared.
const SPACE: u8 = 1;
const NUMBER: u8 = 2;
const LETTER_A: u8 = 10;
const AE: u8 = LETTER_A + 26;
const OE: u8 = AE + 1;
const AA: u8 = OE + 1;
const OTHER: u8 = AA + 1;

/// A key by which texts stand in Danish order when compared byte by byte.
///
/// Two different texts have different keys, so that an order made from keys is total.
#[must_use]
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = primary(text);
    // A text stands before a longer one that begins with it; then what was ignored decides.
    key.push(0);
    key.extend_from_slice(text.as_bytes());
    key
}

/// Danish order of two texts.
#[must_use]
pub fn compare(a: &str, b: &str) -> Ordering {
    sort_key(a).cmp(&sort_key(b))
}

fn primary(text: &str) -> Vec<u8> {
    let letters: Vec<char> = text.nfc().flat_map(char::to_lowercase).collect();
    let mut key = Vec::with_capacity(letters.len() + 2);
    let mut rest = letters.as_slice();
    while let Some((letter, after)) = rest.split_first() {
        rest = match letter {
            '0'..='9' => push_number(&mut key, rest),
            'a' if after.first() == Some(&'a') && !ends_a_run(after) => {
                key.push(AA);
                after.get(1..).unwrap_or_default()
            }
            letter => {
                push_letter(&mut key, *letter);
                after
            }
        };
    }
    while key.last() == Some(&SPACE) {
        key.pop();
    }
    key
}

/// True when three a's or more stand together, which no Danish word has.
fn ends_a_run(after: &[char]) -> bool {
    after.get(1) == Some(&'a')
}

fn push_letter(key: &mut Vec<u8>, letter: char) {
    match letter {
        'a'..='z' => key.extend(u8::try_from(letter).map(|byte| LETTER_A + (byte - b'a'))),
        'æ' | 'ä' | 'ǽ' => key.push(AE),
        'ø' | 'ö' | 'ǿ' | 'œ' | 'ő' => key.push(OE),
        'å' | 'ǻ' => key.push(AA),
        'ü' | 'ű' => push_letter(key, 'y'),
        'ß' => key.extend([LETTER_A + 18; 2]),
        'þ' => key.extend([LETTER_A + 19, LETTER_A + 7]),
        'ð' | 'đ' => push_letter(key, 'd'),
        'ł' => push_letter(key, 'l'),
        // A space, a hyphen and the like part words; the first of several counts.
        letter if letter.is_whitespace() || matches!(letter, '-' | '_' | '/' | '–' | '—') => {
            if !matches!(key.last(), None | Some(&SPACE)) {
                key.push(SPACE);
            }
        }
        letter if !letter.is_alphanumeric() => {}
        letter => {
            let plain: Vec<char> = std::iter::once(letter)
                .nfd()
                .filter(|c| !is_combining_mark(*c))
                .collect();
            match plain.as_slice() {
                [plain] if plain.is_ascii_lowercase() => push_letter(key, *plain),
                _ => {
                    key.push(OTHER);
                    key.extend(u32::from(letter).to_be_bytes());
                }
            }
        }
    }
}

/// Pushes the number at the beginning of `rest` by value: how many digits it has without zeros in front, then the
/// digits. Gives what follows.
fn push_number<'a>(key: &mut Vec<u8>, rest: &'a [char]) -> &'a [char] {
    let count = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let (number, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
    let digits: Vec<u8> = number
        .iter()
        .skip_while(|c| **c == '0')
        .filter_map(|c| u8::try_from(*c).ok())
        .collect();
    key.push(NUMBER);
    // Longer numbers than any in practice stand last, in order of their first digits.
    key.push(u8::try_from(digits.len() + usize::from(LETTER_A)).unwrap_or(u8::MAX));
    key.extend(digits);
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(words: &[&str]) -> Vec<String> {
        let mut sorted: Vec<String> = words.iter().rev().map(|w| (*w).to_owned()).collect();
        sorted.sort_by_key(|word| sort_key(word));
        sorted
    }

    #[test]
    fn danish_letters_stand_last() {
        let order = [
            "Abe",
            "bil",
            "zebra",
            "Æble",
            "ælling",
            "Øl",
            "øre",
            "Aabenraa",
            "Åbrinken",
            "ål",
        ];
        assert_eq!(sorted(&order), order);
    }

    #[test]
    fn double_a_is_a_ring() {
        let order = [
            "Gram",
            "Haderslev",
            "Vojens",
            "Øsby",
            "Aarhus",
            "Århus by",
            "Aarup",
        ];
        assert_eq!(sorted(&order), order);
        assert_eq!(primary("Aabrinken"), primary("Åbrinken"));
        assert_eq!(primary("a\u{30a}l"), primary("ål"));
        assert_ne!(primary("aaa"), primary("åa"));
    }

    #[test]
    fn numbers_stand_by_value_before_letters() {
        let order = [
            "2 teams",
            "010 teams!",
            "10 teams",
            "11",
            "Fase 2",
            "Fase 10",
            "fase a",
        ];
        assert_eq!(sorted(&order), order);
    }

    #[test]
    fn case_accents_and_signs_only_break_ties() {
        let order = [
            "cafe",
            "café",
            "Cafe bord",
            "»cafe« bro",
            "idé",
            "ideer",
            "Müller",
            "Myller A",
        ];
        let mut expected: Vec<&str> = order.to_vec();
        expected.sort_by(|a, b| compare(a, b));
        assert_eq!(expected, order);
        assert_eq!(primary("Kaffe-først!"), primary("kaffe først"));
    }

    #[test]
    fn a_short_word_stands_before_a_longer_one() {
        let order = ["kaffe", "kaffe først", "kaffebord"];
        assert_eq!(sorted(&order), order);
    }

    #[test]
    fn different_texts_have_different_keys() {
        for (a, b) in [
            ("a", "A"),
            ("a-b", "a b"),
            ("01", "1"),
            ("", " "),
            ("å", "aa"),
        ] {
            assert_ne!(compare(a, b), Ordering::Equal, "{a} {b}");
        }
        assert!(compare("日本", "å") == Ordering::Greater);
    }
}
