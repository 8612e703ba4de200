//! The calendar: local offers this week and the next five, day by day, and for the project the days
//! on which teams are asked how it went. A list, so that it reads on a phone and on a wall.

use jiff::{ToSpan, civil::Date};
use serde::Serialize;

use super::{Head, Maker};
use crate::{
    model::{Audience, Choice, Record, Value},
    render::{Page, TemplateError, pieces::Named},
    site::{
        Route, SiteView,
        rhythm::{self, Occasion},
    },
    text::{
        danish,
        fold::{match_key, slug},
    },
};

/// This week and so many in all.
const WEEKS: i64 = 6;
/// The choice of an area in the address.
const AREA: &str = "omraade";
/// Whoever lives anywhere can go to what has this area.
const EVERYWHERE: &str = "hele kommunen";

#[derive(Serialize)]
struct Own {
    calendar: Calendar,
}

#[derive(Serialize)]
struct Calendar {
    areas: Vec<Area>,
    weeks: Vec<Week>,
    /// The chosen area, in words.
    chosen: Option<String>,
    /// Whether the days of the teams stand among the offers.
    check_ins: bool,
    /// Offers with a time that nobody can find the day of.
    without: Vec<Named>,
    ics_url: String,
    offers_url: String,
}

#[derive(Serialize)]
struct Area {
    label: String,
    url: String,
    selected: bool,
}

#[derive(Serialize)]
struct Week {
    id: String,
    title: String,
    dates_text: String,
    days: Vec<Day>,
}

#[derive(Serialize)]
struct Day {
    title: String,
    today: bool,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    time_text: String,
    title: String,
    url: String,
    place: Option<String>,
    note: Option<String>,
    example: bool,
    check_in: bool,
}

/// Whether a view has anything for a calendar.
pub(super) fn has_days(view: &SiteView) -> bool {
    !rhythm::offers(view).is_empty()
}

pub(super) fn page(maker: &Maker<'_>) -> Result<Page, TemplateError> {
    let view = maker.view;
    let today = view.today();
    let chosen = chosen_area(maker);
    let monday = later(today, -i64::from(today.weekday().to_monday_zero_offset()));
    let end = later(monday, WEEKS * 7 - 1);
    let occasions: Vec<Occasion<'_>> = rhythm::occasions(view, today, end)
        .into_iter()
        .filter(|o| chosen.is_none_or(|area| lies_in(o.offer.seen.record, &area.key)))
        .collect();
    // The days of the teams belong to no area.
    let check_ins = *view.audience() != Audience::Public
        && maker.request.actor.follows_teams()
        && chosen.is_none();
    let mut items: Vec<(Date, Item)> = Vec::new();
    if check_ins {
        items.extend(asked(maker, today, end));
    }
    items.extend(occasions.iter().map(|o| (o.date, offer(maker, o))));
    items.sort_by_key(|(date, _)| *date);
    let weeks = (0..WEEKS)
        .map(|n| week(maker, n, later(monday, n * 7), &mut items))
        .collect();
    let named = |seen: crate::site::view::Seen<'_>| Named {
        title: seen.record.title.clone(),
        url: Some(maker.links.to_record(&seen.record.reference)),
    };
    let calendar = Calendar {
        areas: areas(maker, chosen),
        weeks,
        chosen: chosen.map(|area| area.label.clone()),
        check_ins,
        without: if *view.audience() == Audience::Public {
            Vec::new()
        } else {
            rhythm::without_a_day(view).into_iter().map(named).collect()
        },
        ics_url: maker.links.to(&Route::Ics(None)),
        offers_url: maker
            .links
            .to(&Route::Kind(crate::model::KindKey::new("ressource"))),
    };
    let title = maker.text("kalender_title");
    let mut head = Head::new("kalender", title.clone());
    head.description = maker.text("kalender_explain");
    head.crumbs = vec![maker.home(), Maker::here(title)];
    maker.finish(head, &Own { calendar })
}

/// Takes the items of a week from the front of those that are left.
fn week(maker: &Maker<'_>, number: i64, monday: Date, items: &mut Vec<(Date, Item)>) -> Week {
    let texts = &maker.renderer.texts;
    let sunday = later(monday, 6);
    let later_ones = items.split_off(items.partition_point(|(date, _)| *date <= sunday));
    let mut days: Vec<(Date, Day)> = Vec::new();
    for (date, item) in std::mem::replace(items, later_ones) {
        match days.last_mut() {
            Some((day, list)) if *day == date => list.items.push(item),
            _ => days.push((
                date,
                Day {
                    title: day_title(maker, date),
                    today: date == maker.view.today(),
                    items: vec![item],
                },
            )),
        }
    }
    let n = monday.iso_week_date().week().to_string();
    Week {
        id: format!("uge-{n}"),
        title: match number {
            0 => texts.get("kalender_this_week").to_owned(),
            1 => texts.get("kalender_next_week").to_owned(),
            _ => texts.fill("kalender_week", &[("count", &n)]),
        },
        dates_text: danish::date_span(monday, sunday, texts.lang()),
        days: days.into_iter().map(|(_, day)| day).collect(),
    }
}

/// "Onsdag 3. november".
fn day_title(maker: &Maker<'_>, date: Date) -> String {
    let lang = maker.renderer.texts.lang();
    let long = danish::date_long(date, lang);
    let year = format!(" {}", date.year());
    let day = long.strip_suffix(&year).unwrap_or(&long);
    let weekday = super::capitalised(danish::weekday_name(date.weekday(), lang));
    format!("{weekday} {day}")
}

fn offer(maker: &Maker<'_>, occasion: &Occasion<'_>) -> Item {
    let seen = occasion.offer.seen;
    Item {
        time_text: occasion.offer.times.written.replace('-', "–"),
        title: seen.record.title.clone(),
        url: maker.links.to_record(&seen.record.reference),
        place: seen.record.text("sted").map(str::to_owned),
        note: seen.record.text("tilmelding").map(str::to_owned),
        example: seen.record.example,
        check_in: false,
    }
}

/// The days on which teams are asked, from today on.
fn asked<'a>(
    maker: &'a Maker<'_>,
    today: Date,
    end: Date,
) -> impl Iterator<Item = (Date, Item)> + 'a {
    let texts = &maker.renderer.texts;
    let item = move |e: rhythm::Experiment<'_>| {
        let day = e.check_in.filter(|day| (today..=end).contains(day))?;
        let record = e.seen.record;
        let item = Item {
            time_text: String::new(),
            title: texts.fill("kalender_how_was", &[("title", &record.title)]),
            url: maker.links.to_record(&record.reference),
            place: maker
                .view
                .team(e.seen)
                .map(|team| team.record.title.clone()),
            note: None,
            example: record.example,
            check_in: true,
        };
        Some((day, item))
    };
    rhythm::experiments(maker.view).into_iter().filter_map(item)
}

/// The areas that have something to show, as plain links.
fn areas(maker: &Maker<'_>, chosen: Option<&Choice>) -> Vec<Area> {
    let (view, texts) = (maker.view, &maker.renderer.texts);
    let offers = rhythm::offers(view);
    let in_use = |area: &&Choice| {
        !is_everywhere(&area.key) && offers.iter().any(|o| has_area(o.seen.record, &area.key))
    };
    let area = |area: &Choice| Area {
        label: area.label.clone(),
        url: maker
            .links
            .with_query(&Route::Calendar, &[(AREA.to_owned(), slug(&area.key))]),
        selected: chosen.is_some_and(|chosen| chosen.key == area.key),
    };
    let mut all: Vec<Area> = view
        .config()
        .areas
        .choices
        .iter()
        .filter(in_use)
        .map(area)
        .collect();
    if !all.is_empty() || chosen.is_some() {
        all.insert(
            0,
            Area {
                label: texts.get("kalender_everywhere").to_owned(),
                url: maker.links.to(&Route::Calendar),
                selected: chosen.is_none(),
            },
        );
    }
    all
}

/// The area that the address asks for, if the site has it.
fn chosen_area<'a>(maker: &Maker<'a>) -> Option<&'a Choice> {
    let (_, asked) = maker.request.query.iter().find(|(name, _)| name == AREA)?;
    let mut choices = maker.view.config().areas.choices.iter();
    choices.find(|choice| slug(&choice.key) == *asked)
}

fn is_everywhere(key: &str) -> bool {
    match_key(key) == match_key(EVERYWHERE)
}

fn has_area(record: &Record, key: &str) -> bool {
    areas_of(record).any(|area| area == key)
}

fn lies_in(record: &Record, key: &str) -> bool {
    areas_of(record).any(|area| area == key || is_everywhere(area))
}

fn areas_of(record: &Record) -> impl Iterator<Item = &str> {
    record
        .values("område")
        .iter()
        .filter_map(|v| match &v.value {
            Value::Choice(area) => Some(&**area),
            _ => None,
        })
}

fn later(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}
