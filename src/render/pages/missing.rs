//! The page for an address that leads nowhere, and for one that has moved.

use serde::Serialize;

use super::{Head, Maker};
use crate::{
    model::RecordRef,
    render::{Page, TemplateError},
    site::{Route, route::Surface},
    text::{fold::match_key, likeness},
};

/// So many suggestions fit a phone.
const SUGGESTIONS: usize = 5;

#[derive(Serialize)]
struct Own {
    notfound: NotFound,
}

#[derive(Serialize)]
struct NotFound {
    path_text: String,
    suggestions: Vec<Suggestion>,
    search_url: String,
}

#[derive(Serialize)]
struct Suggestion {
    url: String,
    title: String,
    kind_label: String,
}

#[derive(Serialize)]
struct MovedOwn {
    moved: Moved,
}

#[derive(Serialize)]
struct Moved {
    url: String,
    title: String,
}

pub(super) fn page(maker: &Maker<'_>) -> Result<Page, TemplateError> {
    let live = maker.request.surface == Surface::Live;
    let own = Own {
        notfound: NotFound {
            path_text: if live {
                crate::text::cpr::mask(maker.request.asked).into_owned()
            } else {
                String::new()
            },
            suggestions: if live { suggestions(maker) } else { Vec::new() },
            search_url: maker.links.to(&Route::Search),
        },
    };
    let mut head = Head::new("notfound", maker.text("notfound_title"));
    head.status = 404;
    maker.finish(head, &own)
}

/// Records whose ids look like the last part of the address, the likest first.
fn suggestions(maker: &Maker<'_>) -> Vec<Suggestion> {
    let asked = maker.request.asked.trim_matches('/');
    let wanted = match_key(asked.rsplit('/').next().unwrap_or(asked));
    let length = wanted.chars().count();
    if !(3..=80).contains(&length) {
        return Vec::new();
    }
    let mut found: Vec<(usize, &str, Suggestion)> = Vec::new();
    for seen in maker.view.records() {
        let id = seen.record.reference.id.as_str();
        let folded = match_key(id);
        let distance = if folded.contains(&wanted) || wanted.contains(&folded) {
            Some(0)
        } else {
            likeness::distance(&wanted, &folded, length / 3)
        };
        if let Some(distance) = distance {
            let suggestion = Suggestion {
                url: maker.links.to_record(&seen.record.reference),
                title: seen.record.title.clone(),
                kind_label: seen.record.kind.name_one.clone(),
            };
            found.push((distance, id, suggestion));
        }
    }
    found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    found
        .into_iter()
        .take(SUGGESTIONS)
        .map(|(_, _, s)| s)
        .collect()
}

pub(super) fn moved(maker: &Maker<'_>, to: &RecordRef) -> Result<Page, TemplateError> {
    let Some(seen) = maker.view.get(to) else {
        return page(maker);
    };
    let title = seen.record.title.clone();
    let own = MovedOwn {
        moved: Moved {
            url: maker.links.to_record(to),
            title: title.clone(),
        },
    };
    maker.finish(Head::new("moved", title), &own)
}
