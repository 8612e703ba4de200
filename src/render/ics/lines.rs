//! The lines of iCalendar: ended by CRLF, folded at 75 octets between letters, with text escaped.

use jiff::civil::Weekday;

/// No line is longer, in bytes and without its end.
pub(super) const LONGEST: usize = 75;

/// Lines that are being written.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
}

impl Lines {
    /// A line whose value needs no escaping: what kaffe says itself.
    pub(super) fn plain(&mut self, line: &str) {
        let mut room = LONGEST;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = LONGEST - 1;
            }
            room -= letter.len_utf8();
            self.text.push(letter);
        }
        self.text.push_str("\r\n");
    }

    /// A line with words of people.
    pub(super) fn text(&mut self, name: &str, words: &str) {
        self.plain(&format!("{name}:{}", escaped(words)));
    }

    /// All lines.
    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// Words as they stand in a value of the type TEXT; other control characters are left out.
fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | ';' | ',' => {
                safe.push('\\');
                safe.push(letter);
            }
            '\n' => safe.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => safe.push(letter),
        }
    }
    safe
}

/// The two letters of a weekday.
pub(super) const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONGEST, Lines};

    /// Joins folded lines and takes the escapes away, as a calendar does.
    fn read(text: &str) -> String {
        let joined = text.replace("\r\n ", "");
        let value = joined
            .strip_suffix("\r\n")
            .and_then(|line| line.strip_prefix("SUMMARY:"))
            .expect("one line");
        let (mut plain, mut letters) = (String::new(), value.chars());
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next().expect("something is escaped") {
                    'n' => plain.push('\n'),
                    other => plain.push(other),
                },
                other => plain.push(other),
            }
        }
        plain
    }

    fn written(words: &str) -> String {
        let mut lines = Lines::default();
        lines.text("SUMMARY", words);
        lines.into_text()
    }

    proptest! {
        #[test]
        fn what_is_folded_is_never_too_long_and_reads_back(words in "[ -~æøåÆØÅ☕\n,;\\\\]{0,400}") {
            let text = written(&words);
            for line in text.strip_suffix("\r\n").expect("an end").split("\r\n") {
                prop_assert!(line.len() <= LONGEST, "{} octets: {line}", line.len());
                prop_assert!(!line.contains(['\r', '\n']));
            }
            prop_assert_eq!(read(&text), words);
        }
    }

    #[test]
    fn letters_of_two_octets_are_not_cut_in_two() {
        // 66 octets fit behind "SUMMARY:", and then one letter of two octets does not.
        let words = format!("{}æøå", "a".repeat(66));
        let text = written(&words);
        assert_eq!(text, format!("SUMMARY:{}\r\n æøå\r\n", "a".repeat(66)));
        // One octet less before them, and the first still fits: 75 octets exactly.
        let text = written(&format!("{}æøå", "a".repeat(65)));
        assert_eq!(text, format!("SUMMARY:{}æ\r\n øå\r\n", "a".repeat(65)));
    }

    #[test]
    fn control_characters_never_reach_a_calendar() {
        assert_eq!(written("a\u{7}\r\nb\tc"), "SUMMARY:a\\nbc\r\n");
    }
}
