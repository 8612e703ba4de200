//! The list of tags, and the records of one tag.

use serde::Serialize;

use super::{Head, Maker};
use crate::{
    render::{
        Page, TemplateError,
        pieces::{self, Card, CardGroup, Count},
    },
    site::{Route, view::Seen},
    text::danish,
};

#[derive(Serialize)]
struct AllOwn {
    tags: Vec<TagLine>,
}

#[derive(Serialize)]
struct TagLine {
    title: String,
    url: String,
    count: usize,
}

#[derive(Serialize)]
struct OneOwn {
    tag: Title,
    groups: Vec<CardGroup>,
    counts: Vec<Count>,
}

#[derive(Serialize)]
struct Title {
    title: String,
}

pub(super) fn all(maker: &Maker<'_>) -> Result<Page, TemplateError> {
    let mut tags: Vec<TagLine> = maker
        .view
        .tags()
        .iter()
        .map(|(slug, tag)| TagLine {
            title: tag.title.clone(),
            url: maker.links.to(&Route::Tag(slug.clone())),
            count: tag.records.len(),
        })
        .collect();
    tags.sort_by_cached_key(|t| danish::sort_key(&t.title));
    let title = maker.text("tags");
    let mut head = Head::new("tags", title.clone());
    head.crumbs = vec![maker.home(), Maker::here(title)];
    maker.finish(head, &AllOwn { tags })
}

pub(super) fn one(maker: &Maker<'_>, slug: &str) -> Result<Page, TemplateError> {
    let (view, texts) = (maker.view, &maker.renderer.texts);
    let Some(tag) = view.tags().get(slug) else {
        return super::missing::page(maker);
    };
    let mut groups: Vec<CardGroup> = Vec::new();
    for kind in view.definitions().kinds.iter() {
        let of_kind = |index: &crate::site::RecordIndex| {
            view.at(*index)
                .filter(|s| s.record.reference.kind == kind.key)
        };
        let found: Vec<Seen<'_>> = tag.records.iter().filter_map(of_kind).collect();
        if !found.is_empty() {
            let cards: Vec<Card> = found
                .into_iter()
                .map(|s| pieces::card(&maker.links, texts, s))
                .collect();
            groups.push(CardGroup {
                title: kind.name_many.clone(),
                cards,
            });
        }
    }
    let mut head = Head::new("tag", tag.title.clone());
    head.crumbs = vec![
        maker.home(),
        maker.crumb(&Route::Tags, maker.text("tags")),
        Maker::here(tag.title.clone()),
    ];
    maker.finish(
        head,
        &OneOwn {
            tag: Title {
                title: tag.title.clone(),
            },
            groups,
            counts: Vec::new(),
        },
    )
}
