//! The page of a record, of a team, and of a file that could not be read.

use serde::Serialize;

use super::{
    Head, Maker,
    actions::{self, Actions},
    confirm::Confirm,
};
use crate::{
    model::{Audience, Broken, FieldType, Record, RecordRef, Review, Visibility},
    render::{
        Alike, Content, Page, TemplateError, body,
        pieces::{self, Card, Fact, Named, Problem, State},
    },
    site::{Route, route::Surface, view::Seen},
    text::danish,
};

/// Fields that stand elsewhere on the page, or are for kaffe and not for readers.
const NOT_FACTS: [&str; 14] = [
    "titel",
    "resume",
    "synlighed",
    "gennemgang",
    "emneord",
    "oprettet",
    "kommer_fra",
    "sprog",
    "eksempel",
    "tidligere",
    "kilder",
    "frigivet",
    "fravalgte_råd",
    "kapitel",
];

#[derive(Serialize)]
struct Own {
    record: Shown,
    #[serde(skip_serializing_if = "Option::is_none")]
    team_page: Option<TeamPage>,
}

#[derive(Serialize)]
struct SimilarCard {
    card: Card,
    why: String,
}

#[derive(Serialize)]
struct Shown {
    id: String,
    kind: KindLink,
    title: String,
    lead: String,
    lang: Option<String>,
    example: bool,
    state: Option<State>,
    unfinished: bool,
    visibility_text: Option<String>,
    review_text: Option<String>,
    body_html: String,
    toc: Vec<TocLine>,
    facts: Vec<Fact>,
    quick: Vec<Quick>,
    tags: Vec<Named>,
    team: Option<Named>,
    sources: Vec<Source>,
    relations: Vec<Relation>,
    backlinks: Vec<Backlink>,
    files: Vec<File>,
    problems: Vec<Problem>,
    path: Option<String>,
    raw_url: Option<String>,
    similar: Vec<SimilarCard>,
    dates_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<Actions>,
    lineage: Option<()>,
    /// One tap that says that an offer still fits.
    confirm: Option<Confirm>,
}

#[derive(Serialize)]
struct KindLink {
    key: String,
    label: String,
    url: String,
}

/// A line of the table of contents.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TocLine {
    id: String,
    title: String,
    level: u8,
}

#[derive(Serialize)]
struct Quick {
    label: String,
    text: String,
    url: Option<String>,
}

#[derive(Serialize)]
struct Source {
    title: String,
    url: Option<String>,
    place: Option<String>,
}

#[derive(Serialize)]
struct Relation {
    label: String,
    cards: Vec<Card>,
    count: usize,
}

#[derive(Serialize)]
struct Backlink {
    url: String,
    title: String,
    kind_label: String,
    sentence_html: String,
    example: bool,
}

#[derive(Serialize)]
struct File {
    url: String,
    title: String,
    size_text: String,
}

#[derive(Serialize)]
struct TeamPage {
    now: Vec<Card>,
    tried: Vec<Card>,
    ideas: Vec<Card>,
    offers: Vec<Card>,
    asks: Vec<Card>,
    phone: Option<String>,
    /// *Til teammødet*, for those who write.
    meeting_url: Option<String>,
    feed_url: Option<String>,
}

#[derive(Serialize)]
struct BrokenOwn {
    broken: BrokenPage,
}

#[derive(Serialize)]
struct BrokenPage {
    path: String,
    text: String,
    problems: Vec<Problem>,
}

pub(super) fn page(maker: &Maker<'_>, reference: &RecordRef) -> Result<Page, TemplateError> {
    let view = maker.view;
    let Some(seen) = view.get(reference) else {
        return match view.broken_at(reference) {
            Some(broken) => broken_page(maker, broken),
            None => super::missing::page(maker),
        };
    };
    let record = seen.record;
    let made = body::write(maker.renderer, &maker.links, seen, "", &[])?;
    let team_page = (record.reference.kind.as_str() == "team").then(|| team_page(maker, seen));
    let own = Own {
        record: shown(maker, seen, made.html, team_page.is_some()),
        team_page,
    };
    let mut head = Head::new(
        if own.team_page.is_some() {
            "team"
        } else {
            "record"
        },
        record.title.clone(),
    );
    head.description = view.lead(seen);
    head.terms = maker.terms(&made.terms);
    head.crumbs = vec![
        maker.home(),
        maker.crumb(
            &Route::Kind(record.reference.kind.clone()),
            record.kind.name_many.clone(),
        ),
        Maker::here(record.title.clone()),
    ];
    maker.finish(head, &own)
}

/// The Markdown of a record as it stands in its file.
pub(super) fn source(maker: &Maker<'_>, reference: &RecordRef) -> Page {
    let text = maker
        .view
        .get(reference)
        .map(|s| s.record.document.text.as_bytes().to_vec());
    match text {
        Some(bytes) => Page {
            status: 200,
            content_type: "text/plain; charset=utf-8",
            content: Content::Bytes(bytes.into()),
        },
        None => Page {
            status: 404,
            content_type: "text/plain; charset=utf-8",
            content: Content::Bytes(Vec::new().into()),
        },
    }
}

/// The table of contents of a body.
pub(super) fn toc(record: &Record, prefix: &str) -> Vec<TocLine> {
    let headings = record.document.headings.iter().filter(|h| h.level <= 3);
    headings
        .map(|h| TocLine {
            id: format!("{prefix}{}", h.id),
            title: h.title.clone(),
            level: h.level,
        })
        .collect()
}

fn shown(maker: &Maker<'_>, seen: Seen<'_>, body_html: String, is_team: bool) -> Shown {
    let (view, links, texts, record) =
        (maker.view, &maker.links, &maker.renderer.texts, seen.record);
    let live = maker.request.surface == Surface::Live;
    let inside = live && *view.audience() != Audience::Public;
    let card = pieces::card(links, texts, seen);
    let toc = toc(record, "");
    let facts = record
        .kind
        .fields
        .iter()
        .filter(|f| !NOT_FACTS.contains(&&*f.key))
        .filter_map(|f| pieces::fact(links, texts, seen, f));
    let facts: Vec<Fact> = facts.collect();
    let problems = view
        .problems()
        .iter()
        .filter(|d| inside && d.path == record.path.as_str());
    Shown {
        id: record.reference.id.to_string(),
        kind: KindLink {
            key: record.reference.kind.to_string(),
            label: record.kind.name_one.clone(),
            url: links.to(&Route::Kind(record.reference.kind.clone())),
        },
        title: record.title.clone(),
        lead: view.lead(seen),
        lang: record.text("sprog").map(str::to_owned),
        example: record.example,
        state: card.state,
        unfinished: card.unfinished,
        visibility_text: inside.then(|| texts.get(visibility_key(record)).to_owned()),
        review_text: (inside && record.visibility == Visibility::Public)
            .then(|| texts.get(review_key(record)).to_owned()),
        body_html: without_repeated_lead(body_html, record),
        toc: if toc.len() < 3 { Vec::new() } else { toc },
        quick: quick(seen, &facts),
        facts: facts
            .into_iter()
            .filter(|f| {
                !record.kind.card.iter().any(|c| **c == *f.key)
                    || f.kind == "table"
                    || f.kind == "long"
            })
            .filter(|f| f.key != "team")
            .collect(),
        tags: card.tags,
        team: card.team.filter(|_| !is_team),
        sources: sources(maker, seen),
        relations: if is_team {
            relations(maker, seen, &TEAM_FIELDS)
        } else {
            relations(maker, seen, &[])
        },
        backlinks: backlinks(maker, seen),
        files: files(maker, record),
        problems: problems
            .map(|d| pieces::problem(links, texts, d, view))
            .collect(),
        path: inside.then(|| record.path.to_string()),
        raw_url: inside.then(|| links.to(&Route::Source(record.reference.clone()))),
        similar: similar(maker),
        dates_text: record
            .date("oprettet")
            .map(|d| texts.fill("written", &[("name", &danish::date_long(d, texts.lang()))])),
        actions: actions::of(maker, seen),
        lineage: None,
        confirm: Confirm::of(maker, seen),
    }
}

/// What is like it, each with the reason.
fn similar(maker: &Maker<'_>) -> Vec<SimilarCard> {
    let texts = &maker.renderer.texts;
    let card = |alike: &Alike| {
        let seen = maker.view.get(&alike.record)?;
        Some(SimilarCard {
            card: pieces::card(&maker.links, texts, seen),
            why: maker.renderer.why_similar(&alike.shared),
        })
    };
    maker.request.similar.iter().filter_map(card).collect()
}

/// A lead that was taken from the body's first sentence stands there already when the body has
/// nothing else; otherwise both stay, as in a newspaper.
fn without_repeated_lead(html: String, record: &Record) -> String {
    let only = record.text("resume").is_none()
        && html
            .trim()
            .strip_prefix("<p>")
            .and_then(|t| t.strip_suffix("</p>"))
            .is_some_and(|t| !t.contains('<') && t.trim() == body::escaped(record.lead.trim()));
    if only { String::new() } else { html }
}

const fn visibility_key(record: &Record) -> &'static str {
    match record.visibility {
        Visibility::Team => "visibility_team",
        Visibility::Project => "visibility_project",
        Visibility::Public => "visibility_public",
    }
}

const fn review_key(record: &Record) -> &'static str {
    match record.review {
        Review::NotYet => "review_not_yet",
        Review::Ready => "review_ready",
        Review::Approved => "review_approved",
    }
}

/// The kind's chosen facts for the top of the page: four boxes that are read in five seconds.
fn quick(seen: Seen<'_>, facts: &[Fact]) -> Vec<Quick> {
    let chosen = seen.record.kind.card.iter().filter(|key| &***key != "team");
    let quick = |key: &std::sync::Arc<str>| {
        let fact = facts
            .iter()
            .find(|f| f.key == **key && (f.kind == "text" || f.kind == "refs"))?;
        let text = fact
            .values
            .iter()
            .map(|v| v.text.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        let url = if let [one] = fact.values.as_slice() {
            one.url.clone()
        } else {
            None
        };
        Some(Quick {
            label: fact.label.clone(),
            text,
            url,
        })
    };
    chosen.filter_map(quick).take(5).collect()
}

fn sources(maker: &Maker<'_>, seen: Seen<'_>) -> Vec<Source> {
    let cell = |row: &crate::model::Row, column: &str| {
        row.cell(column).first().map(|v| v.value.to_plain())
    };
    let rows = seen.record.values("kilder").iter().filter_map(|v| {
        if let crate::model::Value::Row(row) = &v.value {
            Some(row)
        } else {
            None
        }
    });
    let source = |row: &crate::model::Row| {
        let written = cell(row, "kilde")?;
        let id = written.rsplit('/').next().unwrap_or(&written).to_owned();
        let target = maker
            .view
            .references(seen.index)
            .find(|(field, to)| *field == "kilder" && to.record.reference.id.as_str() == id)?
            .1;
        Some(Source {
            title: target.record.title.clone(),
            url: Some(maker.links.to_record(&target.record.reference)),
            place: cell(row, "side"),
        })
    };
    rows.filter_map(source).collect()
}

/// The relations that a team's page shows in its own way.
const TEAM_FIELDS: [&str; 1] = ["team"];

/// What points here in fields, in groups by what the field is called from this side.
fn relations(maker: &Maker<'_>, seen: Seen<'_>, left_out: &[&str]) -> Vec<Relation> {
    let texts = &maker.renderer.texts;
    let mut groups: Vec<(String, Vec<Seen<'_>>)> = Vec::new();
    for (field, inverse, from) in maker.view.referring(seen.index) {
        if left_out.contains(&field) {
            continue;
        }
        let label = inverse.map_or_else(|| from.record.kind.name_many.clone(), str::to_owned);
        match groups.iter_mut().find(|(l, _)| *l == label) {
            Some((_, list)) if list.iter().any(|s| s.index == from.index) => {}
            Some((_, list)) => list.push(from),
            None => groups.push((label, vec![from])),
        }
    }
    let kinds = &maker.view.definitions().kinds;
    groups.sort_by_key(|(label, list)| {
        (
            list.first()
                .map(|s| kinds.position(&s.record.reference.kind)),
            label.clone(),
        )
    });
    let group = |(label, mut list): (String, Vec<Seen<'_>>)| {
        list.sort_by(|a, b| a.record.sort_key.cmp(&b.record.sort_key));
        let cards: Vec<Card> = list
            .iter()
            .map(|&s| pieces::card(&maker.links, texts, s))
            .collect();
        Relation {
            label,
            count: cards.len(),
            cards,
        }
    };
    groups.into_iter().map(group).collect()
}

fn backlinks(maker: &Maker<'_>, seen: Seen<'_>) -> Vec<Backlink> {
    let backlink = |(from, link): (Seen<'_>, &crate::model::Link)| Backlink {
        url: maker.links.to_record(&from.record.reference),
        title: from.record.title.clone(),
        kind_label: from.record.kind.name_one.clone(),
        sentence_html: marked(maker, from, link),
        example: from.record.example,
    };
    maker.view.backlinks(seen.index).map(backlink).collect()
}

/// The sentence with the words of its link marked.
fn marked(maker: &Maker<'_>, from: Seen<'_>, link: &crate::model::Link) -> String {
    let parts = link.in_sentence.and_then(|(start, end)| {
        Some((
            link.sentence.get(..start)?,
            link.sentence.get(start..end)?,
            link.sentence.get(end..)?,
        ))
    });
    let spoken = |part: &str| body::escaped(&maker.view.spoken(from, part));
    match parts {
        Some((before, words, after)) => format!(
            "{}<mark>{}</mark>{}",
            spoken(before),
            spoken(words),
            spoken(after)
        ),
        None => spoken(&link.sentence),
    }
}

/// The files beside the record that its text does not show already.
fn files(maker: &Maker<'_>, record: &Record) -> Vec<File> {
    let shown = |name: &str| {
        record
            .document
            .links
            .iter()
            .any(|l| l.target.ends_with(name))
    };
    let file = |file: &crate::model::Attachment| File {
        url: maker.links.to(&Route::File(file.path.clone())),
        title: file.path.file_name().to_owned(),
        size_text: size(file.size, maker.renderer.texts.lang()),
    };
    maker
        .view
        .files_of(record)
        .filter(|f| !shown(f.path.file_name()))
        .map(file)
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
fn size(bytes: u64, lang: crate::text::Lang) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!(
            "{} MB",
            danish::decimal_places(bytes as f64 / 1_000_000.0, 1, lang)
        ),
    }
}

fn team_page(maker: &Maker<'_>, seen: Seen<'_>) -> TeamPage {
    let (view, texts) = (maker.view, &maker.renderer.texts);
    let (live, actor) = (maker.request.surface == Surface::Live, &maker.request.actor);
    let id = &seen.record.reference.id;
    let of = |kind: &str| -> Vec<Seen<'_>> {
        let own = |(field, _, from): (&str, Option<&str>, Seen<'_>)| {
            (field == "team" && from.record.reference.kind.as_str() == kind).then_some(from.index)
        };
        let mut list: Vec<Seen<'_>> = view
            .referring(seen.index)
            .filter_map(own)
            .filter_map(|i| view.at(i))
            .collect();
        list.sort_by(|a, b| {
            b.record
                .date("fra")
                .cmp(&a.record.date("fra"))
                .then_with(|| a.record.sort_key.cmp(&b.record.sort_key))
        });
        list
    };
    let cards = |list: Vec<Seen<'_>>| {
        list.into_iter()
            .map(|s| pieces::card(&maker.links, texts, s))
            .collect::<Vec<_>>()
    };
    let (now, tried): (Vec<Seen<'_>>, Vec<Seen<'_>>) = of("proevehandling")
        .into_iter()
        .partition(|s| s.record.value("til").is_none());
    let (asks, ideas): (Vec<Seen<'_>>, Vec<Seen<'_>>) = of("ide")
        .into_iter()
        .partition(|s| s.record.text("slags") == Some("spørgsmål"));
    let is_phone = |f: &&crate::model::Field| matches!(f.field_type, FieldType::Phone);
    let phone = seen
        .record
        .kind
        .fields
        .iter()
        .find(is_phone)
        .and_then(|f| seen.record.text(&f.key))
        .map(str::to_owned);
    TeamPage {
        now: cards(now),
        tried: cards(tried),
        ideas: cards(ideas),
        offers: cards(of("ressource")),
        asks: cards(asks),
        phone,
        meeting_url: (live && actor.may_write())
            .then(|| maker.links.to(&Route::Meeting(id.clone()))),
        feed_url: (live || view.config().base_url.is_some())
            .then(|| maker.links.to(&Route::Feed(Some(id.clone())))),
    }
}

fn broken_page(maker: &Maker<'_>, broken: &Broken) -> Result<Page, TemplateError> {
    let (view, links, texts) = (maker.view, &maker.links, &maker.renderer.texts);
    let problems = view
        .problems()
        .iter()
        .filter(|d| d.path == broken.path.as_str());
    let own = BrokenOwn {
        broken: BrokenPage {
            path: crate::text::cpr::mask_name(broken.path.as_str()).into_owned(),
            text: broken
                .text
                .as_ref()
                .filter(|_| !broken.withheld)
                .map_or_else(
                    || texts.get("broken_withheld").to_owned(),
                    ToString::to_string,
                ),
            problems: problems
                .map(|d| pieces::problem(links, texts, d, view))
                .collect(),
        },
    };
    let mut head = Head::new("broken", maker.text("broken_title"));
    head.crumbs = vec![
        maker.home(),
        maker.crumb(
            &Route::Kind(broken.kind.key.clone()),
            broken.kind.name_many.clone(),
        ),
        Maker::here(broken.reference.id.as_str()),
    ];
    maker.finish(head, &own)
}
