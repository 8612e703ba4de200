//! Feeds (Atom, RFC 4287): the newest that an audience may see, for programs that follow a site.
//!
//! An entry has a name that never changes. Where the site knows its own address (`adresse` in
//! `kaffe.yaml`), that is the whole address of its page. Where it does not, the name is
//! `urn:kaffe:SITE:KIND:ID` and the links begin at the root: Atom lets a program read them against
//! the address it asked. The days of records are all that is known, so `updated` is a day at
//! midnight.

use jiff::civil::Date;

use super::{Page, Renderer, links::from_outside};
use crate::{
    model::RecordId,
    site::{SiteView, rhythm::newest, route::Route, view::Seen},
    text::fold::slug,
};

/// So many entries a feed has.
const ENTRIES: usize = 40;

/// The feed of the site, or of a team.
pub(super) fn page(renderer: &Renderer, view: &SiteView, team: Option<&RecordId>) -> Page {
    let xml = atom(renderer, view, team);
    Page::bytes("application/atom+xml; charset=utf-8", xml.as_bytes())
}

fn atom(renderer: &Renderer, view: &SiteView, team: Option<&RecordId>) -> String {
    let texts = &renderer.texts;
    let wanted = |seen: Seen<'_>| {
        // The words of the glossary and the pages of the house are no news.
        !matches!(seen.record.reference.kind.as_str(), "team" | "begreb")
            && team.is_none_or(|team| seen.record.team.as_ref() == Some(team))
    };
    let entries = newest(view, wanted, ENTRIES);
    let site = &view.config().title;
    let of_team = team.and_then(|id| view.find("team", id.as_str()));
    let title = match of_team {
        Some(team) => texts.fill(
            "feed_team_title",
            &[("team", &team.record.title), ("name", site)],
        ),
        None => site.clone(),
    };
    let route = Route::Feed(team.cloned());
    let home = of_team.map_or(Route::Start, |team| {
        Route::Record(team.record.reference.clone())
    });
    let updated = entries.first().map_or(view.today(), |(day, _)| *day);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    xml.push_str(texts.lang().as_str());
    xml.push_str("\">\n");
    element(&mut xml, "title", &title);
    if !view.config().subtitle.is_empty() {
        element(&mut xml, "subtitle", &view.config().subtitle);
    }
    let name = team.map_or_else(|| "feed".to_owned(), |team| format!("feed:{team}"));
    element(&mut xml, "id", &identity(view, &route, &name));
    link(&mut xml, "self", &from_outside(view, &view.address(&route)));
    link(
        &mut xml,
        "alternate",
        &from_outside(view, &view.address(&home)),
    );
    element(&mut xml, "updated", &midnight(updated));
    author(&mut xml, site);
    element(
        &mut xml,
        "generator",
        concat!("kaffe ", env!("CARGO_PKG_VERSION")),
    );
    for (day, seen) in entries {
        entry(&mut xml, renderer, view, day, seen);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, renderer: &Renderer, view: &SiteView, day: Date, seen: Seen<'_>) {
    let record = seen.record;
    let route = Route::Record(record.reference.clone());
    let name = format!("{}:{}", record.reference.kind, record.reference.id);
    xml.push_str("<entry>\n");
    element(xml, "title", &named(&renderer.texts, seen));
    element(xml, "id", &identity(view, &route, &name));
    link(xml, "alternate", &from_outside(view, &view.address(&route)));
    element(xml, "updated", &midnight(day));
    if let Some(written) = record.date("oprettet").filter(|written| *written <= day) {
        element(xml, "published", &midnight(written));
    }
    if let Some(team) = view.team(seen) {
        author(xml, &team.record.title);
    }
    xml.push_str("<category term=\"");
    xml.push_str(&escaped(record.reference.kind.as_str()));
    xml.push_str("\" label=\"");
    xml.push_str(&escaped(&record.kind.name_one));
    xml.push_str("\"/>\n");
    let lead = view.lead(seen);
    if !lead.is_empty() {
        element(xml, "summary", &lead);
    }
    xml.push_str("</entry>\n");
}

/// The title, and whether it was invented: a list outside the site has no badge.
pub(super) fn named(texts: &super::Texts, seen: Seen<'_>) -> String {
    marked(texts, seen, seen.record.title.clone())
}

/// Words about a record, and whether it was invented.
pub(super) fn marked(texts: &super::Texts, seen: Seen<'_>, words: String) -> String {
    if seen.record.example {
        format!("{words} ({})", texts.get("example_badge"))
    } else {
        words
    }
}

/// A name that never changes and that nobody else has.
fn identity(view: &SiteView, route: &Route, name: &str) -> String {
    if view.config().base_url.is_some() {
        from_outside(view, &view.address(route))
    } else {
        format!("urn:kaffe:{}:{name}", slug(&view.config().title))
    }
}

fn midnight(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

fn element(xml: &mut String, name: &str, text: &str) {
    for part in ["<", name, ">", &escaped(text), "</", name, ">\n"] {
        xml.push_str(part);
    }
}

fn link(xml: &mut String, rel: &str, href: &str) {
    for part in ["<link rel=\"", rel, "\" href=\"", &escaped(href), "\"/>\n"] {
        xml.push_str(part);
    }
}

fn author(xml: &mut String, name: &str) {
    for part in ["<author><name>", &escaped(name), "</name></author>\n"] {
        xml.push_str(part);
    }
}

/// Text as it stands in XML; letters that XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'.. => safe.push(letter),
            _ => {}
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{escaped, midnight};

    #[test]
    fn nothing_that_people_write_is_markup() {
        assert_eq!(
            escaped("a <b> & \"c\" \u{1}æ\u{FFFE}☕\n"),
            "a &lt;b&gt; &amp; &quot;c&quot; æ☕\n"
        );
        assert_eq!(escaped("\u{10FFFF}"), "\u{10FFFF}");
    }

    #[test]
    fn a_day_is_a_moment() {
        assert_eq!(
            midnight(jiff::civil::date(2021, 5, 1)),
            "2021-05-01T00:00:00Z"
        );
    }
}
