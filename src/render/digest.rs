//! The letter of a week: what is new, what spreads, who waits, and which experiments of the
//! account's teams have come of age. Only its words; sending is not done here.
//!
//! A letter leaves the house and cannot be called back, so a title that may point at a person is not in it: its kind
//! stands there instead, and the link leads to the rest.

mod question;

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Renderer, TemplateError, Texts,
    feed::named,
    links::{deed, from_outside},
};
use crate::{
    model::{KindKey, RecordId},
    site::{
        SiteView,
        rhythm::{self, Standing, last_known},
        route::Route,
        view::Seen,
    },
    text::{cpr, danish, personal},
};

/// So many lines of each kind; the rest can be read on the site.
const LINES: usize = 8;

/// What a letter is made for.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// What happened on this day or later is new.
    pub since: Date,
    /// The teams of the account: their experiments are asked about.
    pub teams: &'a [RecordId],
    /// The whole address that ends these letters with one tap.
    pub unsubscribe: &'a str,
}

/// A letter, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// The line that is read in the list of letters.
    pub subject: String,
    /// The letter as plain text.
    pub text: String,
    /// The same as HTML, without anything that is loaded from elsewhere.
    pub html: String,
}

#[derive(Serialize)]
struct Own<'a> {
    lang: &'static str,
    title: &'a str,
    greeting: &'a str,
    sections: &'a [Section],
    home_url: Option<String>,
    home_label: &'a str,
    why: &'a str,
    unsubscribe: &'a str,
    unsubscribe_label: &'a str,
}

#[derive(Serialize)]
struct Section {
    title: String,
    lines: Vec<Line>,
    more: Option<String>,
}

#[derive(Serialize)]
struct Line {
    title: String,
    /// Only where the site knows its own address: a letter has no root to begin a link at.
    url: Option<String>,
    note: String,
}

/// The letter, or nothing when there is nothing to tell: nobody gets an empty one.
pub(super) fn digest(
    renderer: &Renderer,
    view: &SiteView,
    letter: &Letter<'_>,
) -> Result<Option<Digest>, TemplateError> {
    let texts = &renderer.texts;
    let maker = Maker { renderer, view };
    let mut sections = vec![
        maker.section("brev_due", maker.due(letter.teams)),
        maker.section("brev_reports", maker.reports(letter.since)),
        maker.section("brev_spreading", maker.spreading(letter.since)),
        maker.section("brev_waiting", maker.waiting()),
    ];
    sections.retain(|section| !section.lines.is_empty());
    if sections.is_empty() {
        return Ok(None);
    }
    let site = &view.config().title;
    let subject = texts.fill(
        "brev_subject",
        &[("name", site), ("date", &maker.day(view.today()))],
    );
    let home_url = view
        .config()
        .base_url
        .as_ref()
        .map(|_| from_outside(view, ""));
    let own = Own {
        lang: texts.lang().as_str(),
        title: &subject,
        greeting: texts.get("brev_greeting"),
        sections: &sections,
        home_url: home_url.clone(),
        home_label: site,
        why: texts.get("brev_why"),
        unsubscribe: letter.unsubscribe,
        unsubscribe_label: texts.get("brev_unsubscribe"),
    };
    let html = renderer.templates.render("brev.html", &own)?;
    Ok(Some(Digest {
        text: plain(&own),
        subject,
        html,
    }))
}

pub(super) use question::question;

struct Maker<'a> {
    renderer: &'a Renderer,
    view: &'a SiteView,
}

impl<'a> Maker<'a> {
    fn section(&self, title: &str, mut lines: Vec<Line>) -> Section {
        let left_out = lines.len().saturating_sub(LINES);
        lines.truncate(LINES);
        let texts = &self.renderer.texts;
        Section {
            title: texts.get(title).to_owned(),
            lines,
            more: (left_out > 0).then(|| texts.count("view_more", left_out, &[])),
        }
    }

    /// What the account's teams are asked about.
    fn due(&self, teams: &[RecordId]) -> Vec<Line> {
        let texts = &self.renderer.texts;
        let own =
            |record: &crate::model::Record| record.team.as_ref().is_some_and(|t| teams.contains(t));
        rhythm::experiments(self.view)
            .into_iter()
            .filter(|e| e.is_due && own(e.seen.record))
            .map(|e| {
                let (key, day) = match e.standing {
                    Standing::Ended => ("moede_ended", e.seen.record.date("til")),
                    _ => ("moede_began", e.began),
                };
                let note = day.map_or_else(String::new, |day| {
                    texts.fill(key, &[("date", &self.day(day))])
                });
                self.line(e.seen, note, &deed("fortael", e.seen.record))
            })
            .collect()
    }

    /// Reports that were told since.
    fn reports(&self, since: Date) -> Vec<Line> {
        let kind = KindKey::new("proevehandling");
        let mut told: Vec<(Date, Seen<'a>)> = self
            .view
            .of_kind(&kind)
            .filter(|seen| !seen.record.withdrawn && seen.record.value("gik_det").is_some())
            .filter_map(|seen| Some((last_known(seen.record, self.view.today())?, seen)))
            .filter(|(day, _)| *day >= since)
            .collect();
        told.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
        let line = |(_, seen): (Date, Seen<'a>)| {
            let state = super::pieces::state(seen.record).map(|state| state.word);
            let team = self.view.team(seen).map(|t| t.record.title.clone());
            self.of(seen, &[team, state])
        };
        told.into_iter().map(line).collect()
    }

    /// Ideas that at least two teams use, one of them since.
    fn spreading(&self, since: Date) -> Vec<Line> {
        let texts = &self.renderer.texts;
        rhythm::spreading(self.view, 2)
            .into_iter()
            .filter(|idea| idea.newest.is_some_and(|day| day >= since))
            .map(|idea| {
                let teams = texts.count("moede_tried_by", idea.teams.len(), &[]);
                self.of(idea.seen, &[Some(teams)])
            })
            .collect()
    }

    /// Questions to all that nobody has answered.
    fn waiting(&self) -> Vec<Line> {
        let kind = KindKey::new("ide");
        self.view
            .of_kind(&kind)
            .filter(|seen| !seen.record.withdrawn && rhythm::waits_for_answer(self.view, *seen))
            .map(|seen| {
                let team = self.view.team(seen).map(|t| t.record.title.clone());
                self.of(seen, &[team])
            })
            .collect()
    }

    /// A line that leads to the record's page.
    fn of(&self, seen: Seen<'_>, notes: &[Option<String>]) -> Line {
        let notes: Vec<&str> = notes.iter().flatten().map(String::as_str).collect();
        let page = Route::Record(seen.record.reference.clone());
        self.line(seen, notes.join(" · "), &self.view.address(&page))
    }

    fn line(&self, seen: Seen<'_>, note: String, path: &str) -> Line {
        Line {
            title: outward(&self.renderer.texts, seen),
            url: self
                .view
                .config()
                .base_url
                .as_ref()
                .map(|_| from_outside(self.view, path)),
            note,
        }
    }

    fn day(&self, day: Date) -> String {
        danish::date_long(day, self.renderer.texts.lang())
    }
}

/// What a record is called outside the house.
fn outward(texts: &Texts, seen: Seen<'_>) -> String {
    let title = &seen.record.title;
    if personal::find(title).is_empty() && cpr::find(title).is_empty() {
        named(texts, seen)
    } else {
        seen.record.kind.name_one.clone()
    }
}

/// The letter as plain text.
fn plain(own: &Own<'_>) -> String {
    let mut lines = vec![own.greeting.to_owned()];
    for section in own.sections {
        lines.extend([String::new(), section.title.to_uppercase()]);
        for line in &section.lines {
            lines.extend([String::new(), format!("* {}", line.title)]);
            let more = [Some(&line.note), line.url.as_ref()];
            let more = more.into_iter().flatten().filter(|words| !words.is_empty());
            lines.extend(more.map(|words| format!("  {words}")));
        }
        if let Some(more) = &section.more {
            lines.extend([String::new(), format!("  {more}")]);
        }
    }
    lines.extend([String::new(), "-- ".to_owned()]);
    lines.extend(
        own.home_url
            .as_ref()
            .map(|home| format!("{}: {home}", own.home_label)),
    );
    lines.push(own.why.to_owned());
    lines.push(format!("{}: {}", own.unsubscribe_label, own.unsubscribe));
    lines.push(String::new());
    lines.join("\n")
}
