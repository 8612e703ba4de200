//! Danish order, dates, numbers and lists, with the same in English.
//!
//! Takes values; gives text for pages, messages and exports. Dates are civil: no clock, no time zone. Left out: time
//! of day, and inflection of words, which kinds bring themselves (`ental`, `flertal`).

mod dates;
mod order;

pub use dates::{date_long, date_span, month_long, month_name, weekday_name};
pub use order::{compare, sort_key};

use super::Lang;

/// Words as they are listed in a sentence: "a, b og c", "a, b and c".
#[must_use]
pub fn list_words<S: AsRef<str>>(words: &[S], lang: Lang) -> String {
    joined(words, lang.pick(" og ", " and "))
}

/// Words of which one is to be chosen: "a, b eller c", "a, b or c".
#[must_use]
pub fn list_choices<S: AsRef<str>>(words: &[S], lang: Lang) -> String {
    joined(words, lang.pick(" eller ", " or "))
}

fn joined<S: AsRef<str>>(words: &[S], last_sign: &str) -> String {
    let Some((last, before)) = words.split_last() else {
        return String::new();
    };
    let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
    let sign = if before.is_empty() { "" } else { last_sign };
    format!("{}{sign}{}", before.join(", "), last.as_ref())
}

/// A number with the decimals it has (at most three), with a comma in Danish: "7,6", "140", "-0,25".
#[must_use]
pub fn decimal(value: f64, lang: Lang) -> String {
    let mut text = format!("{value:.3}");
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    localised(text, lang)
}

/// A number with a fixed count of decimals: "7,60".
#[must_use]
pub fn decimal_places(value: f64, places: usize, lang: Lang) -> String {
    localised(format!("{value:.places$}"), lang)
}

fn localised(text: String, lang: Lang) -> String {
    // What rounds to nothing has no sign.
    let zero = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
    let text = if zero {
        text.trim_start_matches('-').to_owned()
    } else {
        text
    };
    match lang {
        Lang::Da => text.replace('.', ","),
        Lang::En => text,
    }
}

/// A count and the word for it: "1 prøvehandling", "3 prøvehandlinger", "0 prøvehandlinger".
#[must_use]
pub fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_listed_as_in_a_sentence() {
        assert_eq!(list_words(&["a", "b", "c"], Lang::Da), "a, b og c");
        assert_eq!(list_words(&["a", "b", "c"], Lang::En), "a, b and c");
        assert_eq!(
            list_words(&["a".to_owned(), "b".to_owned()], Lang::Da),
            "a og b"
        );
        assert_eq!(list_words(&["a"], Lang::Da), "a");
        assert_eq!(list_words::<&str>(&[], Lang::Da), "");
        assert_eq!(list_choices(&["a", "b"], Lang::Da), "a eller b");
    }

    #[test]
    fn decimals_have_a_comma_in_danish() {
        for (value, da, en) in [
            (7.6, "7,6", "7.6"),
            (140.0, "140", "140"),
            (0.0, "0", "0"),
            (-0.0001, "0", "0"),
            (-2.5, "-2,5", "-2.5"),
            (1.0 / 3.0, "0,333", "0.333"),
            (1000.0, "1000", "1000"),
        ] {
            assert_eq!(decimal(value, Lang::Da), da);
            assert_eq!(decimal(value, Lang::En), en);
        }
        assert_eq!(decimal_places(7.6, 2, Lang::Da), "7,60");
        assert_eq!(decimal_places(-0.2, 0, Lang::Da), "0");
    }

    #[test]
    fn one_is_one_and_all_else_is_many() {
        assert_eq!(plural(1, "team", "teams"), "1 team");
        assert_eq!(plural(0, "team", "teams"), "0 teams");
        assert_eq!(plural(12, "team", "teams"), "12 teams");
    }
}
