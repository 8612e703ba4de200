//! When letters are written. Pure: the moments and the zone are told.

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// The hour of the morning, local time, from which letters are written.
pub const HOUR: i8 = 7;
/// A letter that is so late is not written any more; what it would have told stands in the next one.
pub const TOO_LATE: SignedDuration = SignedDuration::from_hours(3 * 24);
/// Days on which the question how it went may still be asked: its own and the next two.
const ASKED_LATE_DAYS: i32 = 2;
/// The first wait between two tries; each is twice as long as the one before.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(5);
/// The longest, and the one after a server has said no for good.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(12);

/// The Monday morning whose letter is to be written now, when none has been written since.
#[must_use]
pub fn due(last: Timestamp, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let today = now.to_zoned(zone.clone()).date();
    let back = i32::from(today.weekday().to_monday_zero_offset());
    let this = morning(today.checked_sub(back.days()).ok()?, zone)?;
    let monday = if this <= now {
        this
    } else {
        // It is Monday before the hour.
        morning(today.checked_sub(7.days()).ok()?, zone)?
    };
    let is_late = now.duration_since(monday) >= TOO_LATE;
    (last < monday && !is_late).then_some(monday)
}

/// The days whose questions are to be asked now, first and last, when those until `asked` have been.
#[must_use]
pub fn days_to_ask(asked: Date, now: Timestamp, zone: &TimeZone) -> Option<(Date, Date)> {
    let local = now.to_zoned(zone.clone());
    let today = local.date();
    let last = if local.hour() >= HOUR {
        today
    } else {
        today.yesterday().ok()?
    };
    let first = asked.tomorrow().ok()?;
    let first = first.max(today.checked_sub(ASKED_LATE_DAYS.days()).ok()?);
    (first <= last).then_some((first, last))
}

/// How long to wait after so many tries.
#[must_use]
pub fn wait(tries: u32, for_good: bool) -> SignedDuration {
    if for_good {
        return LONGEST_WAIT;
    }
    let doubled = 1_i32.checked_shl(tries.saturating_sub(1).min(20));
    let wait = FIRST_WAIT.checked_mul(doubled.unwrap_or(i32::MAX));
    wait.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT)
}

fn morning(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    let zoned = day.at(HOUR, 0, 0, 0).to_zoned(zone.clone()).ok()?;
    Some(zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copenhagen() -> TimeZone {
        TimeZone::get("Europe/Copenhagen").expect("a zone")
    }

    /// A moment as the clock on a Danish wall shows it.
    fn at(local: &str) -> Timestamp {
        let local: jiff::civil::DateTime = local.parse().expect("a moment");
        local
            .to_zoned(copenhagen())
            .expect("a moment there")
            .timestamp()
    }

    #[test]
    fn a_letter_is_due_from_seven_on_monday_and_only_once() {
        let zone = copenhagen();
        let last = at("2021-10-25T07:03");
        let is_due = |now: &str| due(last, at(now), &zone);
        assert_eq!(is_due("2021-10-31T23:00"), None, "Sunday");
        assert_eq!(is_due("2021-11-01T06:59"), None);
        assert_eq!(is_due("2021-11-01T07:00"), Some(at("2021-11-01T07:00")));
        assert_eq!(is_due("2021-11-03T12:00"), Some(at("2021-11-01T07:00")));
        assert_eq!(is_due("2021-11-04T07:00"), None, "too late");
        assert_eq!(is_due("2021-11-08T07:00"), Some(at("2021-11-08T07:00")));
        assert_eq!(
            due(at("2021-11-01T07:00"), at("2021-11-01T09:00"), &zone),
            None
        );
        // Before the hour on Monday the letter of the week before is long too late.
        assert_eq!(
            due(at("2021-10-01T07:00"), at("2021-11-01T03:00"), &zone),
            None
        );
    }

    #[test]
    fn the_hour_is_the_one_on_the_wall_in_summer_and_in_winter() {
        let (zone, last) = (copenhagen(), at("2021-01-01T00:00"));
        let hour = |day: &str| {
            let monday = due(last, at(&format!("{day}T08:00")), &zone).expect("due");
            monday.to_zoned(TimeZone::UTC).hour()
        };
        // The clock went back on 31 October 2021, and forth on 28 March.
        assert_eq!(hour("2021-10-25"), 5);
        assert_eq!(hour("2021-11-01"), 6);
        assert_eq!(hour("2021-03-29"), 5);
        assert_eq!(hour("2021-03-22"), 6);
    }

    #[test]
    fn a_question_is_asked_on_its_day_and_two_days_late_at_most() {
        let zone = copenhagen();
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let ask = |asked: &str, now: &str| days_to_ask(day(asked), at(now), &zone);
        assert_eq!(ask("2021-11-01", "2021-11-02T06:59"), None);
        let second = (day("2021-11-02"), day("2021-11-02"));
        assert_eq!(ask("2021-11-01", "2021-11-02T07:00"), Some(second));
        assert_eq!(ask("2021-11-02", "2021-11-02T23:59"), None);
        let three = (day("2021-11-07"), day("2021-11-09"));
        assert_eq!(ask("2021-10-01", "2021-11-09T12:00"), Some(three));
    }

    #[test]
    fn waits_grow_and_end() {
        let minutes: Vec<i64> = (1..=9).map(|n| wait(n, false).as_mins()).collect();
        assert_eq!(minutes, [5, 10, 20, 40, 80, 160, 320, 640, 720]);
        assert_eq!(wait(u32::MAX, false), LONGEST_WAIT);
        assert_eq!(wait(1, true), LONGEST_WAIT);
        // So often a letter is tried in the three days that it is kept.
        let mut gone = SignedDuration::ZERO;
        let tries = (1..).take_while(|n| {
            let fits = gone < TOO_LATE;
            gone += wait(*n, false);
            fits
        });
        assert_eq!(tries.count(), 13);
    }
}
