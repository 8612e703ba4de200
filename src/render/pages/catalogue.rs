//! The catalogue: its front page and its chapters.

use serde::Serialize;

use super::{Head, Maker};
use crate::{
    model::{Chapter, KindKey},
    render::{
        Page, TemplateError, body,
        pieces::{self, Card, CardGroup, Count},
    },
    site::{Route, route::Surface},
    text::danish,
};

#[derive(Serialize)]
struct FrontOwn {
    catalogue: Front,
}

#[derive(Serialize)]
struct Front {
    title: String,
    subtitle: String,
    label: String,
    date_text: Option<String>,
    intro_html: Option<String>,
    chapters: Vec<ChapterLine>,
    highlights: Vec<Card>,
    counts: Vec<Count>,
    demo_note: Option<String>,
    citation: String,
    changes: Option<String>,
}

#[derive(Serialize)]
struct ChapterLine {
    number: usize,
    title: String,
    question: String,
    url: String,
    count_text: Option<String>,
}

#[derive(Serialize)]
struct ChapterOwn {
    chapter: ChapterPage,
}

#[derive(Serialize)]
struct ChapterPage {
    number: usize,
    title: String,
    question: String,
    bodies_html: Vec<String>,
    groups: Vec<CardGroup>,
    previous: Option<Step>,
    next: Option<Step>,
    toc: Vec<super::record::TocLine>,
}

#[derive(Serialize)]
struct Step {
    url: String,
    title: String,
}

/// The chapters with their numbers, which are their places in the publication: a chapter that is
/// left out leaves its number free, so that a reference to a chapter holds from edition to edition.
fn numbered<'a>(maker: &Maker<'a>) -> Vec<(usize, &'a Chapter)> {
    let all = maker
        .view
        .publication()
        .map(|p| p.chapters.as_slice())
        .unwrap_or_default();
    let shown = maker.view.chapters();
    all.iter()
        .enumerate()
        .filter(|(_, chapter)| shown.iter().any(|s| s.key == chapter.key))
        .collect()
}

pub(super) fn front(maker: &Maker<'_>) -> Result<Page, TemplateError> {
    let (view, links, texts) = (maker.view, &maker.links, &maker.renderer.texts);
    let config = view.config();
    let publication = view.publication();
    let chapters = numbered(maker)
        .into_iter()
        .map(|(number, chapter)| ChapterLine {
            number,
            title: chapter.title.clone(),
            question: chapter.question.clone(),
            url: links.to(&Route::Chapter(chapter.key.clone())),
            count_text: count_text(maker, chapter),
        });
    let count = |kind: &std::sync::Arc<crate::model::Kind>| {
        let count = view.of_kind(&kind.key).count();
        Count {
            label: if count == 1 {
                kind.name_one.clone()
            } else {
                kind.name_many.clone()
            },
            count,
            url: links.to(&Route::Kind(kind.key.clone())),
        }
    };
    let demo = view.is_demo() && view.records().any(|s| s.record.example);
    let title = publication.map_or_else(|| config.title.clone(), |p| p.title.clone());
    let catalogue = Front {
        subtitle: publication.map_or_else(|| config.subtitle.clone(), |p| p.subtitle.clone()),
        label: publication
            .map(|p| super::capitalised(&p.edition))
            .unwrap_or_default(),
        date_text: publication
            .and_then(|p| p.date)
            .map(|d| danish::date_long(d, texts.lang())),
        intro_html: None,
        chapters: chapters.collect(),
        highlights: view
            .of_kind(&KindKey::new("anvisning"))
            .take(3)
            .map(|s| pieces::card(links, texts, s))
            .collect(),
        counts: view.kinds_in_use().map(count).collect(),
        demo_note: demo.then(|| texts.get("catalogue_demo_note").to_owned()),
        citation: publication.map(|p| maker.citation(p)).unwrap_or_default(),
        changes: None,
        title: title.clone(),
    };
    let mut head = Head::new("catalogue", title);
    head.description.clone_from(&catalogue.subtitle);
    if maker.request.surface == Surface::Live {
        head.crumbs = vec![maker.home(), Maker::here(maker.text("nav_catalogue"))];
    }
    maker.finish(head, &FrontOwn { catalogue })
}

fn count_text(maker: &Maker<'_>, chapter: &Chapter) -> Option<String> {
    let counted = chapter
        .cards
        .iter()
        .map(|kind| (kind, maker.view.of_kind(kind).count()))
        .filter(|(_, n)| *n > 0);
    let parts: Vec<String> = counted.map(|(kind, n)| maker.counted(kind, n)).collect();
    (!parts.is_empty()).then(|| danish::list_words(&parts, maker.renderer.texts.lang()))
}

pub(super) fn chapter(maker: &Maker<'_>, key: &str) -> Result<Page, TemplateError> {
    let (view, links, texts) = (maker.view, &maker.links, &maker.renderer.texts);
    let chapters = numbered(maker);
    let Some(position) = chapters.iter().position(|(_, c)| c.key == key) else {
        return super::missing::page(maker);
    };
    let Some(&(number, chapter)) = chapters.get(position) else {
        return super::missing::page(maker);
    };
    let (mut bodies, mut toc, mut terms) = (Vec::new(), Vec::new(), Vec::new());
    for (at, id) in chapter.pages.iter().enumerate() {
        let Some(seen) = view.find("side", id.as_str()) else {
            continue;
        };
        let prefix = if at == 0 {
            String::new()
        } else {
            format!("{id}-")
        };
        let made = body::write(maker.renderer, links, seen, &prefix, &terms)?;
        terms.extend(made.terms);
        bodies.push(made.html);
        toc.extend(super::record::toc(seen.record, &prefix));
    }
    let groups = chapter.cards.iter().filter_map(|key| {
        let kind = view.definitions().kinds.by_key(key)?;
        let cards: Vec<Card> = view
            .of_kind(key)
            .map(|s| pieces::card(links, texts, s))
            .collect();
        (!cards.is_empty()).then(|| CardGroup {
            title: kind.name_many.clone(),
            cards,
        })
    });
    let step = |at: Option<usize>| {
        let (_, other) = chapters.get(at?)?;
        Some(Step {
            url: links.to(&Route::Chapter(other.key.clone())),
            title: other.title.clone(),
        })
    };
    let own = ChapterOwn {
        chapter: ChapterPage {
            number,
            title: chapter.title.clone(),
            question: chapter.question.clone(),
            bodies_html: bodies,
            groups: groups.collect(),
            previous: step(position.checked_sub(1)),
            next: step(position.checked_add(1)),
            toc: if toc.len() < 3 { Vec::new() } else { toc },
        },
    };
    let mut head = Head::new("chapter", chapter.title.clone());
    head.description.clone_from(&chapter.question);
    head.terms = maker.terms(&terms);
    head.crumbs = match maker.request.surface {
        Surface::Live => vec![
            maker.home(),
            maker.crumb(&Route::Catalogue, maker.text("nav_catalogue")),
        ],
        Surface::Published => vec![maker.home()],
    };
    head.crumbs.push(Maker::here(chapter.title.clone()));
    maker.finish(head, &own)
}
