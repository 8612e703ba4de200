//! The rules of what comes again, over any days.

use std::collections::BTreeSet;

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use proptest::{prelude::*, sample::select};

use super::{Clock, Every, Ordinal, Times, WEEK};

fn days() -> impl Strategy<Value = Date> {
    (0_i64..4_000).prop_map(|n| date(2019, 1, 1).checked_add(n.days()).expect("a day"))
}

fn some_times() -> impl Strategy<Value = Times> {
    let every = select(vec![Every::Week, Every::OtherWeek, Every::Month]);
    let to = prop::option::of(days());
    (select(WEEK.to_vec()), every, prop::option::of(days()), to).prop_map(
        |(day, every, from, to)| Times {
            day,
            clock: None,
            written: String::new(),
            every,
            from,
            to,
        },
    )
}

fn times(day: usize, every: Every, from: Option<Date>, to: Option<Date>) -> Times {
    Times {
        day: WEEK[day],
        clock: None,
        written: String::new(),
        every,
        from,
        to,
    }
}

proptest! {
    #[test]
    fn every_time_lies_between_its_ends_and_on_its_weekday(
        times in some_times(), start in days(), length in 0_i64..400,
    ) {
        let end = start.checked_add(length.days()).expect("a day");
        let found: Vec<Date> = times.between(start, end).collect();
        for day in &found {
            prop_assert_eq!(day.weekday(), times.day);
            prop_assert!(start <= *day && *day <= end);
            prop_assert!(times.from.is_none_or(|from| from <= *day));
            prop_assert!(times.to.is_none_or(|to| *day <= to));
        }
        prop_assert!(found.is_sorted());
        // Walking over the days one by one finds the same.
        let mut walked = Vec::new();
        let mut day = start;
        while day <= end {
            walked.extend(times.is_on(day).then_some(day));
            day = day.tomorrow().expect("a day");
        }
        prop_assert_eq!(found, walked);
    }

    #[test]
    fn two_spans_beside_each_other_hold_what_both_hold(
        times in some_times(), start in days(), first in 0_i64..100, second in 1_i64..100,
    ) {
        let middle = start.checked_add(first.days()).expect("a day");
        let next = middle.tomorrow().expect("a day");
        let end = middle.checked_add(second.days()).expect("a day");
        let whole: Vec<Date> = times.between(start, end).collect();
        let parts: Vec<Date> = times.between(start, middle).chain(times.between(next, end)).collect();
        prop_assert_eq!(whole, parts);
    }

    #[test]
    fn every_week_leaves_no_week_out(day in 0_usize..7, from in days(), weeks in 1_i64..60) {
        let times = times(day, Every::Week, Some(from), None);
        let end = from.checked_add((weeks * 7 - 1).days()).expect("a day");
        prop_assert_eq!(times.between(from, end).count(), usize::try_from(weeks).expect("few"));
    }

    #[test]
    fn every_other_week_counts_from_the_first_time(
        day in 0_usize..7, from in days(), start in 0_i64..300,
    ) {
        let times = times(day, Every::OtherWeek, Some(from), None);
        let first = times.first().expect("a first time");
        prop_assert!(from <= first && (first - from).get_days() < 7);
        let start = from.checked_add(start.days()).expect("a day");
        let end = start.checked_add(13.days()).expect("a day");
        let found: Vec<Date> = times.between(start, end).collect();
        prop_assert_eq!(found.len(), 1, "fourteen days hold one of them");
        prop_assert_eq!((found[0] - first).get_days() % 14, 0);
    }

    #[test]
    fn once_a_month_is_the_same_weekday_of_every_month(day in 0_usize..7, from in days()) {
        let times = times(day, Every::Month, Some(from), None);
        let first = times.first().expect("a first time");
        let end = first.checked_add(2.years()).expect("a day");
        let found: Vec<Date> = times.between(first, end).collect();
        prop_assert_eq!(found.first(), Some(&first));
        let months: BTreeSet<(i16, i8)> = found.iter().map(|d| (d.year(), d.month())).collect();
        prop_assert_eq!(months.len(), found.len(), "twice in one month");
        prop_assert!(found.len() >= 24, "a month was left out: {:?}", found);
        let number = |d: &Date| (d.day() - 1) / 7;
        for day in &found {
            match times.ordinal().expect("an ordinal") {
                Ordinal::Nth(n) => prop_assert_eq!(number(day) + 1, n),
                Ordinal::Last => prop_assert!(day.day() + 7 > day.days_in_month()),
            }
        }
    }

    #[test]
    fn hours_are_read_or_left_and_never_break_anything(text in "\\PC{0,12}") {
        if let Some(clock) = Clock::of(&text) {
            prop_assert!(clock.end.is_none_or(|end| end > clock.start));
        }
    }
}

#[test]
fn what_does_not_come_every_week_has_no_days_without_a_first_time() {
    for every in [Every::OtherWeek, Every::Month] {
        let times = times(2, every, None, None);
        assert!(!times.has_days());
        assert_eq!(times.between(date(2021, 1, 1), date(2022, 1, 1)).count(), 0);
    }
    assert!(times(2, Every::Week, None, None).has_days());
}

#[test]
fn the_days_of_one_autumn() {
    let autumn = |times: &Times| -> Vec<String> {
        times
            .between(date(2021, 9, 1), date(2021, 12, 31))
            .map(|d| d.to_string())
            .collect()
    };
    // The second Wednesday of each month.
    let second = times(2, Every::Month, Some(date(2021, 9, 8)), None);
    assert_eq!(
        autumn(&second),
        ["2021-09-08", "2021-10-13", "2021-11-10", "2021-12-08"]
    );
    // It begins on a fifth Wednesday, and so it is the last of each month.
    let last = times(
        2,
        Every::Month,
        Some(date(2021, 9, 29)),
        Some(date(2021, 11, 30)),
    );
    assert_eq!(autumn(&last), ["2021-09-29", "2021-10-27", "2021-11-24"]);
    // Every other Thursday from a Monday on; the day it ends is part of it.
    let other = times(
        3,
        Every::OtherWeek,
        Some(date(2021, 11, 1)),
        Some(date(2021, 12, 2)),
    );
    assert_eq!(autumn(&other), ["2021-11-04", "2021-11-18", "2021-12-02"]);
}

#[test]
fn hours_are_read_as_people_write_them() {
    let read = |text: &str| {
        Clock::of(text).map(|c| {
            let words = |t: jiff::civil::Time| format!("{:02}{:02}", t.hour(), t.minute());
            (words(c.start), c.end.map(words))
        })
    };
    let some = |a: &str, b: Option<&str>| Some((a.to_owned(), b.map(str::to_owned)));
    assert_eq!(read("10.30-11.30"), some("1030", Some("1130")));
    assert_eq!(read("9.30 – 10.45"), some("0930", Some("1045")));
    assert_eq!(read("kl. 10"), some("1000", None));
    assert_eq!(read("10:30"), some("1030", None));
    assert_eq!(read("13-16"), some("1300", Some("1600")));
    // An end that comes before the beginning is no end.
    assert_eq!(read("13-12"), some("1300", None));
    for none in ["", "om formiddagen", "25.00", "10.75", "10.30.30", "-"] {
        assert_eq!(read(none), None, "{none}");
    }
}
