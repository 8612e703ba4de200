//! Calendars (iCalendar, RFC 5545): local offers and the days on which teams are asked how it went,
//! for programs that hold calendars.

mod lines;

use jiff::civil::{Date, Time};

use self::lines::Lines;
use super::{
    Page, Texts,
    feed::{marked, named},
    links::{deed, from_outside},
};
use crate::{
    model::{Actor, Audience, RecordId},
    site::{
        SiteView,
        rhythm::{Every, Experiment, Offer, Ordinal, Times, experiments, offers},
        route::Route,
    },
    text::{danish, fold::slug},
};

/// The rules of summer time, as they are in Denmark since 1996.
const COPENHAGEN: [&str; 17] = [
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Copenhagen",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// The facts of an offer that stand in its note.
const FACTS: [&str; 3] = ["hvornår", "tilmelding", "pris"];

/// The calendar of the site, or of a team.
pub(super) fn page(texts: &Texts, view: &SiteView, team: Option<&RecordId>, actor: &Actor) -> Page {
    let maker = Calendar { texts, view };
    let ics = maker.write(team, actor);
    Page::bytes("text/calendar; charset=utf-8", ics.as_bytes())
}

struct Calendar<'a> {
    texts: &'a Texts,
    view: &'a SiteView,
}

impl Calendar<'_> {
    fn write(&self, team: Option<&RecordId>, actor: &Actor) -> String {
        let (texts, view) = (self.texts, self.view);
        let site = &view.config().title;
        let of_team = team.and_then(|id| view.find("team", id.as_str()));
        let name = match of_team {
            Some(team) => texts.fill(
                "feed_team_title",
                &[("team", &team.record.title), ("name", site)],
            ),
            None => site.clone(),
        };
        let mut out = Lines::default();
        out.plain("BEGIN:VCALENDAR");
        out.plain("VERSION:2.0");
        out.plain(concat!(
            "PRODID:-//kaffe//kaffe ",
            env!("CARGO_PKG_VERSION"),
            "//DA"
        ));
        out.plain("CALSCALE:GREGORIAN");
        out.plain("METHOD:PUBLISH");
        out.text("X-WR-CALNAME", &name);
        out.plain("REFRESH-INTERVAL;VALUE=DURATION:P1D");
        for line in COPENHAGEN {
            out.plain(line);
        }
        if team.is_none() {
            for offer in offers(view) {
                self.offer(&mut out, &offer);
            }
        }
        if *view.audience() != Audience::Public && actor.follows_teams() {
            for experiment in experiments(view) {
                if team.is_none() || experiment.seen.record.team.as_ref() == team {
                    self.check_in(&mut out, &experiment);
                }
            }
        }
        out.plain("END:VCALENDAR");
        out.into_text()
    }

    fn offer(&self, out: &mut Lines, offer: &Offer<'_>) {
        let (view, record, times) = (self.view, offer.seen.record, &offer.times);
        // What has no first day is held to begin when it was written down.
        let begin = times.from.or_else(|| record.date("oprettet"));
        let begin = begin.unwrap_or_else(|| view.today());
        let Some(first) = times.between(begin, later(begin, 7)).next() else {
            return;
        };
        out.plain("BEGIN:VEVENT");
        self.head(
            out,
            &format!(
                "{}-{}-{}",
                record.reference.kind,
                record.reference.id,
                offer.row + 1
            ),
        );
        match times.clock {
            Some(clock) => {
                out.plain(&format!(
                    "DTSTART;TZID=Europe/Copenhagen:{}",
                    moment(first, clock.start)
                ));
                if let Some(end) = clock.end {
                    out.plain(&format!(
                        "DTEND;TZID=Europe/Copenhagen:{}",
                        moment(first, end)
                    ));
                }
            }
            None => out.plain(&format!("DTSTART;VALUE=DATE:{}", plain(first))),
        }
        out.plain(&format!("RRULE:{}", rule(times)));
        out.text("SUMMARY", &named(self.texts, offer.seen));
        if let Some(place) = record.text("sted") {
            out.text("LOCATION", place);
        }
        let mut note = vec![view.lead(offer.seen)];
        for key in FACTS {
            if let (Some(field), Some(text)) = (record.kind.field(key), record.text(key)) {
                note.push(format!("{}: {text}", field.label));
            }
        }
        let page = Route::Record(record.reference.clone());
        self.note(out, note, &view.address(&page));
        out.plain("END:VEVENT");
    }

    fn check_in(&self, out: &mut Lines, experiment: &Experiment<'_>) {
        let (texts, record) = (self.texts, experiment.seen.record);
        let Some(day) = experiment.check_in else {
            return;
        };
        out.plain("BEGIN:VEVENT");
        self.head(out, &format!("fortael-{}", record.reference.id));
        out.plain(&format!("DTSTART;VALUE=DATE:{}", plain(day)));
        out.plain("TRANSP:TRANSPARENT");
        let asked = texts.fill("kalender_how_was", &[("title", &record.title)]);
        out.text("SUMMARY", &marked(texts, experiment.seen, asked));
        let mut note = vec![texts.get("kalender_tell_note").to_owned()];
        if let Some(began) = experiment.began {
            let day = danish::date_long(began, texts.lang());
            note.push(texts.fill("moede_began", &[("date", &day)]));
        }
        self.note(out, note, &deed("fortael", record));
        out.plain("END:VEVENT");
    }

    /// What every entry begins with. Its name stays the same as long as its record has its id.
    fn head(&self, out: &mut Lines, name: &str) {
        out.text("UID", &format!("{name}@{}", host(self.view)));
        out.plain(&format!("DTSTAMP:{}T000000Z", plain(self.view.today())));
    }

    /// The words of an entry, and its address where that is known.
    fn note(&self, out: &mut Lines, mut words: Vec<String>, path: &str) {
        let address = self
            .view
            .config()
            .base_url
            .as_ref()
            .map(|_| from_outside(self.view, path));
        words.extend(address.clone());
        words.retain(|w| !w.is_empty());
        if !words.is_empty() {
            out.text("DESCRIPTION", &words.join("\n"));
        }
        if let Some(address) = address {
            out.plain(&format!("URL:{address}"));
        }
    }
}

/// How it comes again, in the words of RFC 5545.
fn rule(times: &Times) -> String {
    let day = lines::weekday(times.day);
    let mut rule = match (times.every, times.ordinal()) {
        (Every::OtherWeek, _) => format!("FREQ=WEEKLY;INTERVAL=2;BYDAY={day}"),
        (Every::Month, Some(Ordinal::Nth(n))) => format!("FREQ=MONTHLY;BYDAY={n}{day}"),
        (Every::Month, _) => format!("FREQ=MONTHLY;BYDAY=-1{day}"),
        (Every::Week, _) => format!("FREQ=WEEKLY;BYDAY={day}"),
    };
    if let Some(to) = times.to {
        // The day after has another weekday, so the hours between Denmark and UTC do not matter.
        rule.push_str(";UNTIL=");
        rule.push_str(&plain(to));
        if times.clock.is_some() {
            rule.push_str("T235959Z");
        }
    }
    rule
}

/// Who gives entries their names: the host of the site's address, or the site's title.
fn host(view: &SiteView) -> String {
    let base = view.config().base_url.as_deref().unwrap_or_default();
    let host = base.split_once("://").map_or("", |(_, rest)| rest);
    match host.split('/').next().unwrap_or_default() {
        "" => format!("{}.kaffe", slug(&view.config().title)),
        host => host.to_owned(),
    }
}

fn plain(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn moment(day: Date, time: Time) -> String {
    format!("{}T{:02}{:02}00", plain(day), time.hour(), time.minute())
}

fn later(day: Date, days: i32) -> Date {
    use jiff::ToSpan;
    day.checked_add(days.days()).unwrap_or(Date::MAX)
}
