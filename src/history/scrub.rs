//! Taking a text out of bytes. The same rule is used for git's objects and, by the caller, for the
//! files on the disk, so that both are equal afterwards.

use gix::bstr::ByteSlice;
use unicode_normalization::UnicodeNormalization;

use super::HistoryError;

/// What stands in the text's place; the first that does not hold the text itself.
const IN_ITS_PLACE: [&str; 3] = ["[fjernet]", "[…]", "***"];

/// A shorter text stands inside too many other words.
const SHORTEST: usize = 3;

/// Taking one away may put two halves together that make it again; so often it is looked again.
const ROUNDS: usize = 10;

/// The texts to take out, in each way that they may be written.
#[derive(Clone, Debug)]
pub struct Scrub {
    texts: Vec<Vec<u8>>,
    instead: &'static str,
}

impl Scrub {
    /// Prepares texts. Each is found exactly as it is written, in composed and decomposed letters
    /// (a Mac writes å as two) and with both kinds of line endings. Other spellings, for example a
    /// name in an address, are texts of their own.
    ///
    /// # Errors
    /// When a text is too short.
    pub fn new(texts: &[String]) -> Result<Self, HistoryError> {
        let mut all = Vec::new();
        for text in texts {
            let text = text.trim();
            let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
            if letters < SHORTEST {
                return Err(HistoryError::TooShort(letters));
            }
            let unix = text.replace("\r\n", "\n");
            for ending in [unix.clone(), unix.replace('\n', "\r\n")] {
                all.push(ending.nfc().collect::<String>());
                all.push(ending.nfd().collect::<String>());
                all.push(ending);
            }
        }
        // The longest first: a part of it must not be taken out of its middle.
        all.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        all.dedup();
        let fits = |instead: &&str| !all.iter().any(|text| instead.contains(text.as_str()));
        let instead = IN_ITS_PLACE.into_iter().find(fits).unwrap_or_default();
        let texts = all.into_iter().map(String::into_bytes).collect();
        Ok(Self { texts, instead })
    }

    /// Whether one of the texts is in the bytes.
    #[must_use]
    pub fn is_in(&self, bytes: &[u8]) -> bool {
        self.texts.iter().any(|text| bytes.contains_str(text))
    }

    /// The bytes without the texts; none when none of them was there.
    #[must_use]
    pub fn without(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        if !self.is_in(bytes) {
            return None;
        }
        let mut left = bytes.to_vec();
        for _ in 0..ROUNDS {
            for text in &self.texts {
                if left.contains_str(text) {
                    left = left.replace(text, self.instead);
                }
            }
            if !self.is_in(&left) {
                break;
            }
        }
        Some(left)
    }
}

#[cfg(test)]
mod tests {
    use super::Scrub;

    fn without(texts: &[&str], from: &str) -> String {
        let texts: Vec<String> = texts.iter().map(|t| (*t).to_owned()).collect();
        let scrub = Scrub::new(&texts).expect("long enough");
        let left = scrub.without(from.as_bytes()).expect("it is there");
        assert!(!scrub.is_in(&left), "{from}");
        String::from_utf8(left).expect("text")
    }

    #[test]
    fn each_way_of_writing_is_found() {
        assert_eq!(
            without(&["Fru Åbrink"], "Fru Åbrink og Fru A\u{30a}brink"),
            "[fjernet] og [fjernet]"
        );
        assert_eq!(
            without(&["to\nlinjer"], "x to\r\nlinjer y"),
            "x [fjernet] y"
        );
        assert_eq!(
            without(&["Holm", "Åse Holm"], "Åse Holm, Holm"),
            "[fjernet], [fjernet]"
        );
    }

    #[test]
    fn it_is_gone_also_when_taking_it_away_makes_it_anew() {
        assert_eq!(without(&["fjernet"], "blev fjernet"), "blev […]");
        assert!(!without(&["abc"], "aabcbc aababcc").contains("abc"));
    }

    #[test]
    fn what_is_too_short_or_absent_changes_nothing() {
        assert!(Scrub::new(&["a ".to_owned()]).is_err());
        assert!(Scrub::new(&["...   .".to_owned()]).is_err());
        let scrub = Scrub::new(&["hemmelig".to_owned()]).expect("long enough");
        assert_eq!(scrub.without(b"intet her"), None);
        assert_eq!(Scrub::new(&[]).expect("none").without(b"x"), None);
    }
}
