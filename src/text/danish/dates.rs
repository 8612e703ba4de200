//! Dates in words: "6. april 2021", "6.–20. april 2021".

use jiff::civil::{Date, Weekday};

use crate::text::Lang;

/// The name of a month, 1 to 12: "april", "April". Another number gives an empty text.
#[must_use]
pub const fn month_name(month: i8, lang: Lang) -> &'static str {
    let (da, en) = match month {
        1 => ("januar", "January"),
        2 => ("februar", "February"),
        3 => ("marts", "March"),
        4 => ("april", "April"),
        5 => ("maj", "May"),
        6 => ("juni", "June"),
        7 => ("juli", "July"),
        8 => ("august", "August"),
        9 => ("september", "September"),
        10 => ("oktober", "October"),
        11 => ("november", "November"),
        12 => ("december", "December"),
        _ => ("", ""),
    };
    lang.pick(da, en)
}

/// The name of a day: "tirsdag", "Tuesday".
#[must_use]
pub const fn weekday_name(day: Weekday, lang: Lang) -> &'static str {
    let (da, en) = match day {
        Weekday::Monday => ("mandag", "Monday"),
        Weekday::Tuesday => ("tirsdag", "Tuesday"),
        Weekday::Wednesday => ("onsdag", "Wednesday"),
        Weekday::Thursday => ("torsdag", "Thursday"),
        Weekday::Friday => ("fredag", "Friday"),
        Weekday::Saturday => ("lørdag", "Saturday"),
        Weekday::Sunday => ("søndag", "Sunday"),
    };
    lang.pick(da, en)
}

/// A date in words: "6. april 2021", "6 April 2021".
#[must_use]
pub fn date_long(date: Date, lang: Lang) -> String {
    format!("{} {}", day_and_month(date, lang), date.year())
}

/// A month in words: "april 2021", "April 2021".
#[must_use]
pub fn month_long(date: Date, lang: Lang) -> String {
    format!("{} {}", month_name(date.month(), lang), date.year())
}

/// Two dates in words with what they share said once: "6.–20. april 2021", "26. april–9. maj 2021",
/// "20. december 2021–4. januar 2022"; one day is said once.
#[must_use]
pub fn date_span(from: Date, to: Date, lang: Lang) -> String {
    let end = date_long(to, lang);
    if from == to {
        end
    } else if from.year() != to.year() {
        format!("{}–{end}", date_long(from, lang))
    } else if from.month() != to.month() {
        format!("{}–{end}", day_and_month(from, lang))
    } else {
        format!("{}–{end}", day(from, lang))
    }
}

fn day_and_month(date: Date, lang: Lang) -> String {
    format!("{} {}", day(date, lang), month_name(date.month(), lang))
}

fn day(date: Date, lang: Lang) -> String {
    format!("{}{}", date.day(), lang.pick(".", ""))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_is_said_in_both_languages() {
        let day = date(2021, 4, 6);
        assert_eq!(date_long(day, Lang::Da), "6. april 2021");
        assert_eq!(date_long(day, Lang::En), "6 April 2021");
        assert_eq!(month_long(day, Lang::Da), "april 2021");
        assert_eq!(weekday_name(day.weekday(), Lang::Da), "tirsdag");
    }

    #[test]
    fn two_dates_share_what_is_the_same() {
        let span = |a, b| date_span(a, b, Lang::Da);
        assert_eq!(
            span(date(2021, 4, 6), date(2021, 4, 20)),
            "6.–20. april 2021"
        );
        assert_eq!(
            span(date(2021, 4, 26), date(2021, 5, 9)),
            "26. april–9. maj 2021"
        );
        assert_eq!(
            span(date(2021, 12, 20), date(2022, 1, 4)),
            "20. december 2021–4. januar 2022"
        );
        assert_eq!(span(date(2021, 4, 6), date(2021, 4, 6)), "6. april 2021");
        assert_eq!(
            date_span(date(2021, 4, 6), date(2021, 4, 20), Lang::En),
            "6–20 April 2021"
        );
        // The same month of another year is another month.
        assert_eq!(
            span(date(2020, 4, 6), date(2021, 4, 6)),
            "6. april 2020–6. april 2021"
        );
    }

    #[test]
    fn every_month_has_two_names() {
        for month in 1..=12 {
            for lang in Lang::ALL {
                assert!(month_name(month, lang).len() >= 3);
            }
        }
        assert_eq!(month_name(13, Lang::Da), "");
        assert_eq!(month_name(3, Lang::Da), "marts");
    }
}
