//! What leaves the site: feeds, calendars for other programs, and the letter of a week; read back
//! as strictly as those read who get them.

use std::collections::BTreeSet;

use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};
use kaffe::{
    model::{Actor, Audience, RecordId, Role},
    render::Letter,
    site::{rhythm, route::Surface},
};

use super::{a_site, a_wiki, actor, page_for};
use crate::support::{TODAY, TestSite, public_record, record, shipped};

// ---------------------------------------------------------------------------------------------
// Atom

/// An element of XML.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |c| c.name == name)
    }

    fn one(&self, name: &str) -> &Element {
        let found: Vec<&Element> = self.children.iter().filter(|c| c.name == name).collect();
        assert_eq!(found.len(), 1, "{name} in {}", self.name);
        found[0]
    }

    fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, value)| value)
    }

    fn link(&self, rel: &str) -> &str {
        let found = self.all("link").find(|l| l.attribute("rel") == rel);
        found.map_or("", |l| l.attribute("href"))
    }
}

fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let (name, after) = after.split_once(';').expect("an entity ends");
        plain.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            other => panic!("&{other}; is unknown to XML"),
        });
        rest = after;
    }
    plain + rest
}

/// Reads XML as a strict reader: every tag is closed in its order, nothing stands outside.
fn xml(text: &str) -> Element {
    let body = text
        .strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
        .expect("a declaration");
    let mut open: Vec<Element> = vec![Element::default()];
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        open.last_mut()
            .expect("a root")
            .text
            .push_str(&plain(&rest[..at]));
        let end = rest.find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let done = open.pop().expect("something is open");
            assert_eq!(done.name, name);
            open.last_mut().expect("a root").children.push(done);
            continue;
        }
        let (tag, alone) = tag.strip_suffix('/').map_or((tag, false), |t| (t, true));
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut element = Element {
            name: name.to_owned(),
            ..Element::default()
        };
        while let Some((key, after)) = attributes.trim_start().split_once("=\"") {
            let (value, after) = after.split_once('"').expect("a value ends");
            assert!(!value.contains('<'));
            element.attributes.push((key.to_owned(), plain(value)));
            attributes = after;
        }
        assert!(attributes.trim().is_empty(), "{tag}");
        if alone {
            open.last_mut().expect("a root").children.push(element);
        } else {
            open.push(element);
        }
    }
    assert!(
        rest.trim().is_empty() && open.len() == 1,
        "{} are still open",
        open.len()
    );
    let mut root = open.pop().expect("a root");
    assert!(root.text.trim().is_empty() && root.children.len() == 1);
    root.children.pop().expect("a feed")
}

/// A feed, held to what RFC 4287 asks of it.
fn feed(text: &str) -> Element {
    let feed = xml(text);
    assert_eq!(
        (feed.name.as_str(), feed.attribute("xmlns")),
        ("feed", "http://www.w3.org/2005/Atom")
    );
    let is_time = |e: &Element| {
        let day = e.text.strip_suffix("T00:00:00Z").expect("a moment");
        assert!(day.parse::<Date>().is_ok(), "{day}");
    };
    let mut names = BTreeSet::from([feed.one("id").text.clone()]);
    is_time(feed.one("updated"));
    assert!(!feed.one("title").text.is_empty() && !feed.one("author").one("name").text.is_empty());
    assert!(!feed.link("self").is_empty());
    for entry in feed.all("entry") {
        assert!(
            names.insert(entry.one("id").text.clone()),
            "a name stands twice"
        );
        is_time(entry.one("updated"));
        entry.all("published").for_each(is_time);
        assert!(!entry.one("title").text.is_empty() && !entry.link("alternate").is_empty());
    }
    for name in names {
        assert!(
            name.starts_with("urn:kaffe:") || name.starts_with("https://"),
            "{name} is no whole name"
        );
    }
    feed
}

fn titles(feed: &Element) -> Vec<&str> {
    feed.all("entry")
        .map(|e| e.one("title").text.as_str())
        .collect()
}

#[test]
fn a_feed_has_the_newest_first_and_nothing_from_tomorrow() {
    let (site, engine) = a_wiki();
    let all = feed(&site.get("/feed.xml").body);
    let first = all.all("entry").next().expect("an entry");
    assert_eq!(first.one("title").text, "Tavs prøve");
    assert_eq!(first.one("updated").text, "2021-10-29T00:00:00Z");
    assert_eq!(first.one("author").one("name").text, "Team A");
    assert_eq!(first.one("category").attribute("label"), "Prøvehandling");
    assert_eq!(
        first.one("id").text,
        "urn:kaffe:proevehuset:proevehandling:tavs"
    );
    assert_eq!(first.link("alternate"), "/proevehandlinger/tavs/");
    let days: Vec<&str> = all
        .all("entry")
        .map(|e| e.one("updated").text.as_str())
        .collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
    assert!(
        !titles(&all).contains(&"Snart i gang"),
        "it begins in a week, and nothing else is known of it"
    );
    assert!(!titles(&all).contains(&"Zqhemmelig prøve"));
    let own = feed(&page_for(&engine, &actor(Role::Team, &["team-b"]), "/feed.xml", &[]).body);
    assert!(titles(&own).contains(&"Zqhemmelig prøve"));
    let team = feed(&site.get("/teams/team-b/feed.xml").body);
    assert_eq!(titles(&team), ["B prøver"]);
    assert_eq!(team.one("title").text, "Team B – Prøvehuset");
    assert_eq!(team.link("alternate"), "/teams/team-b/");
    assert_ne!(team.one("id").text, all.one("id").text);
    let public = feed(&site.public("/feed.xml").body);
    assert_eq!(
        titles(&public),
        ["Sangcafé", "B prøver", "Kaffevogn", "Banko"]
    );
    assert!(!titles(&public).contains(&"Tavs prøve"));
}

#[test]
fn nothing_in_a_title_breaks_a_feed() {
    let site = TestSite::of(&[
        ("kaffe.yaml", "titel: \"Kaffe & <te> \\\"nu\\\"\"\n"),
        (
            "sider/a.md",
            &record(
                "titel: \"<script>&amp; \\\"x\\\" ]]>\"\noprettet: 2021-10-01",
                "En & <b>to</b>.",
            ),
        ),
    ]);
    let read = feed(&site.get("/feed.xml").body);
    assert_eq!(read.one("title").text, "Kaffe & <te> \"nu\"");
    assert_eq!(titles(&read), ["<script>&amp; \"x\" ]]>"]);
}

#[test]
fn a_feed_of_a_site_without_news_is_a_feed() {
    let site = TestSite::of(&[("sider/a.md", &record("titel: A", "Hej."))]);
    let read = feed(&site.get("/feed.xml").body);
    assert_eq!(read.all("entry").count(), 0);
    assert_eq!(read.one("updated").text, "2021-11-01T00:00:00Z");
}

#[test]
fn a_published_site_has_feeds_only_when_it_knows_where_it_is() {
    let site = a_site();
    assert!(site.build().keys().all(|path| !path.ends_with("feed.xml")));
    assert!(!site.built("index.html").contains("atom+xml"));
    site.file("kaffe.yaml", "titel: Prøvehuset\nadresse: https://kaffe.example/wiki\nområder: [Nord, Syd, Hele kommunen]\n")
        // A file of the team's own that lies where its feed is.
        .file("teams/team-a/feed.xml", "<zqfremmed/>")
        .file("teams/team-a.md", public_record("titel: Team A\nkommune: Eksempelkommune", "Os. [fil](feed.xml)"));
    let built = site.built("feed.xml");
    let read = feed(&built);
    assert_eq!(read.one("id").text, "https://kaffe.example/wiki/feed.xml");
    assert_eq!(read.link("self"), "https://kaffe.example/wiki/feed.xml");
    let entry = read.all("entry").next().expect("an entry");
    assert!(
        entry
            .one("id")
            .text
            .starts_with("https://kaffe.example/wiki/")
    );
    assert!(!built.contains("Tavs") && !built.contains("Zq"));
    assert!(!site.built("teams/team-a/feed.xml").contains("zqfremmed"));
    assert!(
        site.built("index.html")
            .contains("type=\"application/atom+xml\"")
    );
    assert!(
        site.build().keys().all(|path| !path.ends_with(".ics")),
        "a calendar is live"
    );
    // In the wiki the feed of the site and that of the team are named on their pages.
    site.get("/teams/team-a/")
        .says("href=\"/feed.xml\"")
        .says("href=\"/teams/team-a/feed.xml\"");
}

// ---------------------------------------------------------------------------------------------
// iCalendar

/// A component: its lines by name with their parameters, in order.
#[derive(Debug, Default)]
struct Component {
    name: String,
    lines: Vec<(String, String)>,
    inside: Vec<Component>,
}

impl Component {
    fn value(&self, name: &str) -> Option<&str> {
        let is = |n: &str| n == name || n.starts_with(&format!("{name};"));
        let found: Vec<&str> = self
            .lines
            .iter()
            .filter(|(n, _)| is(n))
            .map(|(_, v)| v.as_str())
            .collect();
        assert!(found.len() <= 1, "{name} stands {} times", found.len());
        found.first().copied()
    }

    fn events(&self) -> impl Iterator<Item = &Component> {
        self.inside.iter().filter(|c| c.name == "VEVENT")
    }

    fn event(&self, summary: &str) -> &Component {
        let found = self.events().find(|e| e.value("SUMMARY") == Some(summary));
        found.unwrap_or_else(|| panic!("no {summary} in {:?}", self.summaries()))
    }

    fn summaries(&self) -> Vec<&str> {
        self.events().filter_map(|e| e.value("SUMMARY")).collect()
    }
}

fn text(value: &str) -> String {
    let (mut plain, mut letters) = (String::new(), value.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => plain.push('\n'),
                Some(c @ (',' | ';' | '\\')) => plain.push(c),
                other => panic!("\\{other:?} in {value}"),
            },
            ',' | ';' => panic!("not escaped: {value}"),
            _ => plain.push(letter),
        }
    }
    plain
}

/// Reads a calendar as RFC 5545 says, and nothing that it does not say.
fn ics(body: &str) -> Component {
    assert!(body.ends_with("\r\n") && !body.replace("\r\n", "").contains(['\r', '\n']));
    for line in body.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    let mut open = vec![Component::default()];
    for line in body
        .replace("\r\n ", "")
        .split("\r\n")
        .filter(|l| !l.is_empty())
    {
        let (name, value) = line.split_once(':').expect("a name and a value");
        assert!(
            name.bytes()
                .all(|b| b.is_ascii_uppercase() || b"-;=/".contains(&b) || b.is_ascii_lowercase()),
            "{name}"
        );
        match name {
            "BEGIN" => open.push(Component {
                name: value.to_owned(),
                ..Component::default()
            }),
            "END" => {
                let done = open.pop().expect("open");
                assert_eq!(done.name, value);
                open.last_mut().expect("a root").inside.push(done);
            }
            "SUMMARY" | "DESCRIPTION" | "LOCATION" | "UID" | "X-WR-CALNAME" => {
                open.last_mut()
                    .expect("a root")
                    .lines
                    .push((name.to_owned(), text(value)));
            }
            _ => open
                .last_mut()
                .expect("a root")
                .lines
                .push((name.to_owned(), value.to_owned())),
        }
    }
    assert_eq!(open.len(), 1);
    let mut calendar = open
        .pop()
        .and_then(|mut root| root.inside.pop())
        .expect("a calendar");
    assert_eq!(
        (calendar.name.as_str(), calendar.value("VERSION")),
        ("VCALENDAR", Some("2.0"))
    );
    assert!(calendar.value("PRODID").is_some());
    let zone = calendar
        .inside
        .iter()
        .find(|c| c.name == "VTIMEZONE")
        .expect("a time zone");
    assert_eq!(zone.value("TZID"), Some("Europe/Copenhagen"));
    let mut names = BTreeSet::new();
    for event in calendar.events() {
        assert!(
            names.insert(event.value("UID").expect("a name").to_owned()),
            "a UID stands twice"
        );
        assert_eq!(event.value("DTSTAMP"), Some("20211101T000000Z"));
        let start = event
            .lines
            .iter()
            .find(|(n, _)| n.starts_with("DTSTART;"))
            .expect("a beginning");
        assert!(
            matches!(
                start.0.as_str(),
                "DTSTART;TZID=Europe/Copenhagen" | "DTSTART;VALUE=DATE"
            ),
            "{start:?}"
        );
        assert_eq!(
            start.1.len(),
            if start.0.ends_with("DATE") { 8 } else { 15 }
        );
    }
    calendar.lines.retain(|(name, _)| name != "METHOD");
    calendar
}

fn day(text: &str) -> Date {
    let n = |from: usize, to: usize| text[from..to].parse::<i16>().expect("a number");
    date(
        n(0, 4),
        n(4, 6).try_into().expect("a month"),
        n(6, 8).try_into().expect("a day"),
    )
}

/// The days of an event until a day, by its rule, as a calendar reckons them.
fn expanded(event: &Component, until: Date) -> Vec<Date> {
    let start = day(event.value("DTSTART").expect("a beginning"));
    let rule = event.value("RRULE").expect("a rule");
    let part = |name: &str| {
        rule.split(';')
            .find_map(|p| p.strip_prefix(&format!("{name}=")))
    };
    let last = part("UNTIL").map_or(until, |text| day(text).min(until));
    let by = part("BYDAY").expect("a weekday");
    let (ordinal, letters) = by.split_at(by.len() - 2);
    let weekday = match letters {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        other => panic!("{other}"),
    };
    assert_eq!(start.weekday(), weekday, "the first day fits its own rule");
    let mut days = Vec::new();
    match part("FREQ") {
        Some("WEEKLY") => {
            let step = 7 * part("INTERVAL").map_or(1, |n| n.parse::<i64>().expect("a number"));
            let mut day = start;
            while day <= last {
                days.push(day);
                day = day.checked_add(step.days()).expect("a day");
            }
        }
        Some("MONTHLY") => {
            let n: i8 = ordinal.parse().expect("an ordinal");
            let mut month = start.first_of_month();
            while month <= last {
                let day = month
                    .nth_weekday_of_month(n, weekday)
                    .expect("it is there every month");
                if day >= start && day <= last {
                    days.push(day);
                }
                month = month.checked_add(1.month()).expect("a month");
            }
        }
        other => panic!("{other:?}"),
    }
    days
}

#[test]
fn a_calendar_gives_the_days_that_the_page_gives() {
    let (site, engine) = a_wiki();
    let end = date(2022, 3, 1);
    for calendar in [
        ics(&site.get("/kalender.ics").body),
        ics(&crate::support::get(
            &crate::support::engine(&shipped(), Audience::Project, Surface::Live).snapshot(),
            "/kalender.ics",
        )
        .body),
    ] {
        assert!(calendar.events().count() > 3);
        for event in calendar.events().filter(|e| e.value("RRULE").is_some()) {
            assert!(!expanded(event, end).is_empty());
        }
    }
    let snapshot = engine.snapshot();
    let calendar = ics(&site.get("/kalender.ics").body);
    for title in ["Sangcafé", "Banko", "Frokost"] {
        let shown: Vec<Date> = rhythm::occasions(snapshot.view(), TODAY, end)
            .iter()
            .filter(|o| o.offer.seen.record.title == title)
            .map(|o| o.date)
            .collect();
        let mut reckoned = expanded(calendar.event(title), end);
        reckoned.retain(|day| *day >= TODAY);
        assert_eq!(reckoned, shown, "{title}");
    }
    assert!(
        !calendar.summaries().contains(&"Læsekreds"),
        "nobody knows its days"
    );
}

#[test]
fn an_entry_of_a_calendar_says_where_when_and_what() {
    let site = a_site();
    let calendar = ics(&site.public("/kalender.ics").body);
    let mut found = calendar.summaries();
    found.sort_unstable();
    assert_eq!(
        found,
        ["Banko", "Sangcafé"],
        "the public gets the public offers and no team's days"
    );
    let song = calendar.event("Sangcafé");
    assert_eq!(
        song.value("DTSTART"),
        Some("20211103T103000"),
        "it is held to begin when it is first known"
    );
    assert_eq!(song.value("DTEND"), Some("20211103T113000"));
    assert_eq!(song.value("RRULE"), Some("FREQ=WEEKLY;BYDAY=WE"));
    assert_eq!(song.value("LOCATION"), Some("Kulturhuset"));
    let note = song.value("DESCRIPTION").expect("a note");
    assert!(
        note.starts_with("Vi synger æblesange, og bagefter")
            && note.contains("\nTilmelding: Nej, kom bare; døren er åben"),
        "{note}"
    );
    assert_eq!(
        song.value("UID"),
        Some("ressource-sang-1@proevehuset.kaffe")
    );
    assert_eq!(
        calendar.event("Banko").value("RRULE"),
        Some("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20211130T235959Z")
    );
    let inside = ics(&site.get("/kalender.ics").body);
    assert_eq!(
        inside.event("Frokost").value("RRULE"),
        Some("FREQ=MONTHLY;BYDAY=-1FR")
    );
    assert_eq!(inside.event("Frokost").value("DTEND"), None);
    assert!(
        song.value("URL").is_none(),
        "a calendar has no root to begin an address at"
    );
    site.file(
        "kaffe.yaml",
        "titel: Prøvehuset\nadresse: https://kaffe.example\nområder: [Nord, Syd, Hele kommunen]\n",
    );
    let whole = ics(&site.public("/kalender.ics").body);
    let song = whole.event("Sangcafé");
    assert_eq!(
        song.value("URL"),
        Some("https://kaffe.example/lokalt/sang/")
    );
    assert_eq!(song.value("UID"), Some("ressource-sang-1@kaffe.example"));
}

#[test]
fn a_teams_calendar_asks_how_it_went() {
    let (site, engine) = a_wiki();
    let body = page_for(
        &engine,
        &actor(Role::Team, &["team-a"]),
        "/teams/team-a/kalender.ics",
        &[],
    )
    .body;
    let calendar = ics(&body);
    let asked = |e: &Component| {
        (
            e.value("SUMMARY").expect("words").to_owned(),
            e.value("DTSTART").expect("a day").to_owned(),
        )
    };
    let mut all: Vec<(String, String)> = calendar.events().map(asked).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    let expected = [
        ("Tavs prøve", "20211029"),
        ("Moden prøve", "20211101"),
        ("Ung prøve", "20211102"),
        ("Snart i gang", "20211122"),
    ];
    assert_eq!(
        all,
        expected.map(|(title, day)| (format!("Hvordan gik det med »{title}«?"), day.to_owned()))
    );
    assert!(
        calendar
            .events()
            .all(|e| e.value("RRULE").is_none() && e.value("TRANSP") == Some("TRANSPARENT"))
    );
    // The same tomorrow: a calendar that asks again finds the same entries.
    assert!(body.contains("UID:fortael-moden@proevehuset.kaffe\r\n"));
    assert_eq!(
        site.public("/teams/team-a/kalender.ics").status,
        404,
        "the public is told no team's days"
    );
    let leader = ics(&page_for(&engine, &actor(Role::Leader, &[]), "/kalender.ics", &[]).body);
    assert!(
        leader.summaries().iter().all(|s| !s.contains("Hvordan")),
        "{:?}",
        leader.summaries()
    );
    let other = ics(&page_for(
        &engine,
        &Actor::visitor(),
        "/teams/team-b/kalender.ics",
        &[],
    )
    .body);
    assert_eq!(other.summaries(), ["Hvordan gik det med »B prøver«?"]);
    site.file(
        "kaffe.yaml",
        "titel: Prøvehuset\nadresse: https://kaffe.example\nområder: [Nord, Syd, Hele kommunen]\n",
    );
    let whole = ics(&site.get("/teams/team-a/kalender.ics").body);
    let note = whole
        .event("Hvordan gik det med »Moden prøve«?")
        .value("DESCRIPTION")
        .expect("a note")
        .to_owned();
    assert!(
        note.ends_with("\nhttps://kaffe.example/fortael/proevehandlinger/moden/"),
        "{note}"
    );
}

#[test]
fn an_invented_offer_says_so_outside_the_site_too() {
    let engine = crate::support::engine(&shipped(), Audience::Public, Surface::Live);
    let calendar = ics(&crate::support::get(&engine.snapshot(), "/kalender.ics").body);
    assert!(!calendar.summaries().is_empty());
    assert!(
        calendar
            .summaries()
            .iter()
            .all(|s| s.ends_with("(EKSEMPEL – ikke et resultat)")),
        "{:?}",
        calendar.summaries()
    );
    let news = feed(&crate::support::get(&engine.snapshot(), "/feed.xml").body);
    assert!(
        titles(&news)
            .iter()
            .any(|t| t.ends_with("(EKSEMPEL – ikke et resultat)"))
    );
}

#[test]
fn feeds_and_calendars_say_what_they_are() {
    let engine = a_site().wiki();
    let server = crate::support::Http::over(&engine);
    let kind = |address: &str| server.get(address).header("content-type").to_owned();
    assert_eq!(kind("/feed.xml"), "application/atom+xml; charset=utf-8");
    assert_eq!(
        kind("/teams/team-a/feed.xml"),
        "application/atom+xml; charset=utf-8"
    );
    assert_eq!(kind("/kalender.ics"), "text/calendar; charset=utf-8");
    assert_eq!(server.get("/teams/findes-ikke/feed.xml").status, 404);
}

// ---------------------------------------------------------------------------------------------
// The letter of a week

#[test]
fn the_letter_tells_what_has_happened_since() {
    let (site, engine) = a_wiki();
    let teams = [RecordId::new("team-a")];
    let letter = Letter {
        since: date(2021, 10, 25),
        teams: &teams,
        unsubscribe: "https://kaffe.example/stop/abc",
    };
    let who = actor(Role::Team, &["team-a"]);
    let view = engine
        .snapshot_for(&who.audience(&Audience::Project))
        .expect("a snapshot");
    let made = view
        .digest(&letter)
        .expect("a letter")
        .expect("something has happened");
    assert_eq!(made.subject, "Nyt fra Prøvehuset, 1. november 2021");
    for text in [&made.text, &made.html] {
        for told in [
            "Moden prøve",
            "Tavs prøve",
            "Fortalt prøve",
            "Det virkede",
            "Kaffevogn",
            "Hvad gør I om natten",
            "https://kaffe.example/stop/abc",
        ] {
            assert!(text.contains(told), "{told} is not in\n{text}");
        }
        for untold in ["Zq", "zq", "B prøver", "Ung prøve", "Et besvaret"] {
            assert!(!text.contains(untold), "{untold} is in\n{text}");
        }
        // A site that does not know its own address writes no link that leads nowhere.
        assert!(!text.contains("/proevehandlinger/"), "{text}");
    }
    assert!(
        !made.html.contains("<img")
            && !made.html.contains("<script")
            && !made.html.contains("style")
    );

    // Of another team nothing is asked, and what is older is no news.
    let letter = Letter {
        since: date(2021, 10, 30),
        teams: &[],
        ..letter
    };
    let made = view
        .digest(&letter)
        .expect("a letter")
        .expect("a question still waits");
    assert!(
        !made.text.contains("Moden prøve")
            && !made.text.contains("Fortalt prøve")
            && made.text.contains("Hvad gør I om natten")
    );

    site.file(
        "kaffe.yaml",
        "titel: Prøvehuset\nadresse: https://kaffe.example\nområder: [Nord]\n",
    );
    let letter = Letter {
        since: date(2021, 10, 25),
        teams: &teams,
        unsubscribe: "https://kaffe.example/stop/abc",
    };
    let view = site
        .engine(Audience::of_teams(teams.clone()), Surface::Live)
        .snapshot();
    let made = view
        .digest(&letter)
        .expect("a letter")
        .expect("something has happened");
    assert!(
        made.html
            .contains("href=\"https://kaffe.example/fortael/proevehandlinger/moden/\""),
        "{}",
        made.html
    );
    assert!(
        made.text
            .contains("https://kaffe.example/proevehandlinger/fortalt/")
    );
}

#[test]
fn nobody_gets_an_empty_letter() {
    let site = TestSite::of(&[(
        "sider/a.md",
        &record("titel: A\noprettet: 2021-10-30", "Hej."),
    )]);
    let letter = Letter {
        since: date(2021, 10, 25),
        teams: &[],
        unsubscribe: "https://kaffe.example/stop",
    };
    assert_eq!(
        site.wiki().snapshot().digest(&letter).expect("no error"),
        None
    );
}
